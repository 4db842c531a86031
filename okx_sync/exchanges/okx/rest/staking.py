# mypy: disable-error-code="empty-body"
"""Groups ``onchain_earn``, ``eth_staking``, ``sol_staking``. On-chain earn and the staking of ETH and SOL.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Financial Product > On-chain Earn, ETH Staking, SOL Staking.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.models.rest_common import ApyRecord
from okx_sync.exchanges.okx.models.rest_staking import (
    EarnOffer,
    EarnOrder,
    EarnReceipt,
    StakingBalance,
    StakingProduct,
    StakingRecord,
)
from okx_sync.exchanges.okx.rest.bodies_funding import CoinAmount
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["EthStaking", "OnchainEarn", "SolStaking"]


class OnchainEarn(Group, group="onchain_earn"):
    """Products of protocols on chains. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/offers", "3/1s user", auth=True)
    def get_offers(
        self, product_id: str | None = None, protocol_type: str | None = None, ccy: str | None = None
    ) -> list[EarnOffer]:
        """Products on offer. ``protocol_type``: ``"defi"`` (or ``"staking"``, of old)."""

    @post("/api/v5/finance/staking-defi/purchase", "2/1s user")
    def subscribe(
        self, product_id: str, invest_data: Sequence[CoinAmount], term: str | None = None, tag: str | None = None
    ) -> EarnReceipt:
        """Put money into a product; ``term`` in days for fixed ones. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/redeem", "2/1s user")
    def redeem(
        self, ord_id: str, protocol_type: str, allow_early_redeem: bool | None = None, tag: str | None = None
    ) -> EarnReceipt:
        """Take money out; ``allow_early_redeem`` may cost the yield. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/cancel", "2/1s user")
    def cancel(self, ord_id: str, protocol_type: str) -> EarnReceipt:
        """Cancel an order that has not started. Needs a key with the right to trade."""

    @get("/api/v5/finance/staking-defi/orders-active", "3/1s user", auth=True)
    def get_orders_active(
        self,
        product_id: str | None = None,
        protocol_type: str | None = None,
        ccy: str | None = None,
        state: str | None = None,
    ) -> list[EarnOrder]:
        """Running orders."""

    @get("/api/v5/finance/staking-defi/orders-history", "3/1s user", auth=True)
    def get_orders_history(
        self,
        product_id: str | None = None,
        protocol_type: str | None = None,
        *,
        ccy: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[EarnOrder]:
        """Orders that are over. Newest first, ``limit`` (100) a call; cursors are order ids."""

    iter_orders_history = paged(get_orders_history, key="ordId", time="purchasedTime")


class EthStaking(Group, group="eth_staking"):
    """Stake ETH for BETH. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/eth/product-info", "3/1s user", auth=True)
    def get_product_info(self) -> StakingProduct:
        """Terms."""

    @post("/api/v5/finance/staking-defi/eth/purchase", "2/1s user")
    def stake(self, amt: Number) -> None:
        """Stake ``amt`` ETH. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/eth/redeem", "2/1s user")
    def redeem(self, amt: Number) -> None:
        """Give ``amt`` BETH back for ETH. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/eth/cancel-redeem", "2/1s user")
    def cancel_redeem(self, ord_id: str) -> EarnReceipt:
        """Cancel a redemption that is waiting. Needs a key with the right to trade."""

    @get("/api/v5/finance/staking-defi/eth/balance", "6/1s user", auth=True)
    def get_balance(self) -> list[StakingBalance]:
        """BETH held and its yield."""

    @get("/api/v5/finance/staking-defi/eth/purchase-redeem-history", "6/1s user", auth=True)
    def get_history(
        self,
        after: str | int | None = None,
        before: str | int | None = None,
        *,
        limit: int | None = None,
        type_: str | None = None,
        status: str | None = None,
    ) -> list[StakingRecord]:
        """Purchases and redemptions. ``type_``: ``"purchase"`` or ``"redeem"``.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_history = paged(get_history, tied="requestTime", same="ordId")

    @get("/api/v5/finance/staking-defi/eth/apy-history", "6/1s ip")
    def get_apy_history(self, days: int) -> list[ApyRecord]:
        """Rate of each of the last ``days`` days (365). No key needed."""


class SolStaking(Group, group="sol_staking"):
    """Stake SOL for OKSOL. Rates are per year, 0.01 is one percent."""

    @get("/api/v5/finance/staking-defi/sol/product-info", "3/1s user", auth=True)
    def get_product_info(self) -> StakingProduct:
        """Terms."""

    @post("/api/v5/finance/staking-defi/sol/purchase", "2/1s user")
    def stake(self, amt: Number) -> None:
        """Stake ``amt`` SOL. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/sol/redeem", "2/1s user")
    def redeem(self, amt: Number) -> None:
        """Give ``amt`` OKSOL back for SOL. Needs a key with the right to trade."""

    @post("/api/v5/finance/staking-defi/sol/cancel-redeem", "2/1s user")
    def cancel_redeem(self, ord_id: str) -> EarnReceipt:
        """Cancel a redemption that is waiting. Needs a key with the right to trade."""

    @get("/api/v5/finance/staking-defi/sol/balance", "6/1s user", auth=True)
    def get_balance(self) -> list[StakingBalance]:
        """OKSOL held and its yield."""

    @get("/api/v5/finance/staking-defi/sol/purchase-redeem-history", "6/1s user", auth=True)
    def get_history(
        self,
        after: str | int | None = None,
        before: str | int | None = None,
        *,
        limit: int | None = None,
        type_: str | None = None,
        status: str | None = None,
    ) -> list[StakingRecord]:
        """Purchases and redemptions. ``type_``: ``"purchase"`` or ``"redeem"``.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_history = paged(get_history, tied="requestTime", same="ordId")

    @get("/api/v5/finance/staking-defi/sol/apy-history", "6/1s ip")
    def get_apy_history(self, days: int) -> list[ApyRecord]:
        """Rate of each of the last ``days`` days (365). No key needed."""
