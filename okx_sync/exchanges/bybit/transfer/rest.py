# mypy: disable-error-code="empty-body"
"""Part of the group ``asset``: transfers between wallets and accounts.

Pages: "Asset / Transfer" of the V5 documentation. A transfer is sent once and has an id, yours or one that is made up.
Where no answer tells whether it was carried out, the error names the id in ``request_id`` and says how to look it up.
"""

from __future__ import annotations

import uuid

from okx_sync.exchanges.bybit.transfer.models import (
    InternalTransfer,
    TransferableCoin,
    TransferReceipt,
    UniversalTransfer,
)
from okx_sync.exchanges.bybit.words import WalletType
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["AssetTransfers"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")
_INTERNAL = ("transferId", "asset.get_internal_transfer_records(transfer_id={!r}) tells whether it was")
_UNIVERSAL = ("transferId", "asset.get_universal_transfer_records(transfer_id={!r}) tells whether it was")


def _new_transfer_id() -> str:
    return str(uuid.uuid4())


_NEW_ID = {"transferId": _new_transfer_id}


class AssetTransfers(Group, group="asset"):
    """Transfers between wallets and accounts."""

    @post("/v5/asset/transfer/inter-transfer", "60/60s user", fill=_NEW_ID, look_up=_INTERNAL)
    def create_internal_transfer(
        self,
        coin: str,
        amount: Number,
        from_account_type: WalletType,
        to_account_type: WalletType,
        transfer_id: str | None = None,
    ) -> TransferReceipt:
        """Transfer a coin between wallets of the account.

        Look at ``status`` of the receipt: it may be pending.

        Args:
            coin: Currency, such as ``USDT``.
            amount: Amount in ``coin``.
            from_account_type: Wallet that it comes from: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            to_account_type: Wallet that it goes to: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            transfer_id: Id of the transfer: a UUID with hyphens; made up when left out.

        Source: POST /v5/asset/transfer/inter-transfer
            https://bybit-exchange.github.io/docs/v5/asset/transfer/create-inter-transfer
        """

    @get("/v5/asset/transfer/query-inter-transfer-list", "60/60s user", auth=True)
    def get_internal_transfer_records(
        self,
        transfer_id: str | None = None,
        *,
        coin: str | None = None,
        status: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[InternalTransfer]:
        """List transfers between wallets of the account, newest first.

        Seven days in one request, the last seven without times. ``iter_`` looks two years back, a week at a time:
        choose a time with ``.between()`` where that takes too long.

        Args:
            transfer_id: Only the transfer of this id.
            coin: Only this currency, such as ``USDT``; all when left out.
            status: Only transfers in this state: ``"SUCCESS"``, ``"FAILED"`` or ``"PENDING"``.
            start_time: First moment in epoch ms, included; Bybit looks at whole seconds.
            end_time: Last moment in epoch ms, included; Bybit looks at whole seconds.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/transfer/query-inter-transfer-list
            https://bybit-exchange.github.io/docs/v5/asset/transfer/inter-transfer-list
        """

    iter_internal_transfer_records = paged(
        get_internal_transfer_records,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 7, 730, step_ms=1000),
        time="timestamp",
        most=50,
    )

    @get("/v5/asset/transfer/query-transfer-coin-list", "60/60s user", auth=True, text_key="coin")
    def get_transferable_coin(
        self, from_account_type: WalletType, to_account_type: WalletType
    ) -> list[TransferableCoin]:
        """List the coins that can be transferred between two wallets.

        Args:
            from_account_type: Wallet that it comes from: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            to_account_type: Wallet that it goes to: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.

        Source: GET /v5/asset/transfer/query-transfer-coin-list
            https://bybit-exchange.github.io/docs/v5/asset/transfer/transferable-coin
        """

    @post("/v5/asset/transfer/universal-transfer", "5/1s user", fill=_NEW_ID, look_up=_UNIVERSAL)
    def create_universal_transfer(
        self,
        coin: str,
        amount: Number,
        from_member_id: int | str,
        to_member_id: int | str,
        from_account_type: WalletType,
        to_account_type: WalletType,
        transfer_id: str | None = None,
    ) -> TransferReceipt:
        """Transfer a coin between main account and sub-accounts.

        Look at ``status`` of the receipt: it may be pending.

        Args:
            coin: Currency, such as ``USDT``.
            amount: Amount in ``coin``.
            from_member_id: User id (UID) that it comes from.
            to_member_id: User id (UID) that it goes to; another one.
            from_account_type: Wallet that it comes from: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            to_account_type: Wallet that it goes to: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            transfer_id: Id of the transfer: a UUID with hyphens; made up when left out.

        Source: POST /v5/asset/transfer/universal-transfer
            https://bybit-exchange.github.io/docs/v5/asset/transfer/unitransfer
        """

    @get("/v5/asset/transfer/query-universal-transfer-list", "5/1s user", auth=True)
    def get_universal_transfer_records(
        self,
        transfer_id: str | None = None,
        *,
        coin: str | None = None,
        status: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UniversalTransfer]:
        """List transfers between main account and sub-accounts, newest first.

        Seven days in one request, the last seven without times. ``iter_`` looks two years back, a week at a time:
        choose a time with ``.between()`` where that takes too long.

        Args:
            transfer_id: Only the transfer of this id.
            coin: Only this currency, such as ``USDT``; all when left out.
            status: Only transfers in this state: ``"SUCCESS"``, ``"FAILED"`` or ``"PENDING"``.
            start_time: First moment in epoch ms, included; Bybit looks at whole seconds.
            end_time: Last moment in epoch ms, included; Bybit looks at whole seconds.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/transfer/query-universal-transfer-list
            https://bybit-exchange.github.io/docs/v5/asset/transfer/unitransfer-list
        """

    iter_universal_transfer_records = paged(
        get_universal_transfer_records,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 7, 730, step_ms=1000),
        time="timestamp",
        most=50,
    )
