# mypy: disable-error-code="empty-body"
"""Group ``broker``. DMA and fully disclosed (FD) brokers.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Broker
Program.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_broker import (
    BrokerFile,
    DmaSubAccounts,
    DmaTradeFees,
    FdRebateState,
    FileRequest,
)
from okx_sync.exchanges.okx.models.rest_subaccount import NewSubAccountKey, SubAccountKey
from okx_sync.rest import Group, get, paged, post

__all__ = ["Broker"]


class Broker(Group, group="broker"):
    """Rebate files and, for DMA brokers, the clients' sub-accounts."""

    @get("/api/v5/broker/dma/subaccount-info", "10/1s user", auth=True)
    def get_dma_subaccounts(
        self, sub_acct: str | None = None, uid: str | None = None, page: int | None = None, limit: int | None = None
    ) -> DmaSubAccounts:
        """Clients' sub-accounts. Pages of ``limit`` (100) by number; ``totalPage`` tells how many there are."""

    iter_dma_subaccounts = paged(get_dma_subaccounts, items=lambda page: page.details, same="uid")

    @get("/api/v5/broker/dma/subaccount-trade-fee", "1/1s user", auth=True)
    def get_dma_trade_fees(
        self, sub_acct: str | None = None, uid: str | None = None, page: int | None = None, limit: int | None = None
    ) -> DmaTradeFees:
        """Fee rates of clients' sub-accounts.

        Pages of ``limit`` (100) by number; ``totalPage`` tells how many there are.
        """

    iter_dma_trade_fees = paged(get_dma_trade_fees, items=lambda page: page.details, same="uid")

    @get("/api/v5/broker/dma/subaccount/apikey", "1/1s user", auth=True)
    def get_dma_api_keys(self, sub_acct: str, api_key: str | None = None) -> list[SubAccountKey]:
        """API keys of a client's sub-account."""

    @post("/api/v5/broker/dma/subaccount/apikey", "40/1s user")
    def create_dma_api_key(
        self, sub_acct: str, label: str, passphrase: str, ip: str | None = None, perm: str | None = None
    ) -> NewSubAccountKey:
        """Make an API key for a client's sub-account. The secret key is told only now.

        Needs a key with the right to trade.
        """

    @post("/api/v5/broker/dma/trades", "1/1h user")
    def request_dma_trades(self, begin: str, end: str) -> FileRequest:
        """Have a file of the clients' trades made. ``begin``, ``end``: days, ``"20260131"``.

        Needs a key with the right to read.
        """

    @get("/api/v5/broker/dma/rebate-per-orders", "2/60s user", auth=True)
    def get_dma_rebate_files(self, type_: str, begin: int | None = None, end: int | None = None) -> list[BrokerFile]:
        """Files of rebates. ``type_``: ``"true"`` all, ``"false"`` those from ``begin`` to ``end`` (ms)."""

    @post("/api/v5/broker/fd/rebate-per-orders", "1/1h user")
    def request_fd_rebates(self, begin: str, end: str, broker_type: str | None = None) -> FileRequest:
        """Have a file of rebates made. ``begin``, ``end``: days, ``"20260131"``.

        Needs a key with the right to read.
        """

    @get("/api/v5/broker/fd/rebate-per-orders", "2/60s user", auth=True)
    def get_fd_rebate_files(
        self, type_: str, begin: int | None = None, end: int | None = None, broker_type: str | None = None
    ) -> list[BrokerFile]:
        """Files of rebates. ``type_``: ``"true"`` all, ``"false"`` those from ``begin`` to ``end`` (ms)."""

    @get("/api/v5/broker/fd/if-rebate", "2/1s user", auth=True)
    def get_fd_rebate_state(self, api_key: str, broker_type: str | None = None) -> list[FdRebateState]:
        """Whether trades of a user (by API key) bring a rebate."""
