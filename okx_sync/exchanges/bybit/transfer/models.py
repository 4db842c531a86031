"""Transfers between wallets and accounts. Page: "Asset / Transfer" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model

__all__ = ["InternalTransfer", "TransferReceipt", "TransferableCoin", "UniversalTransfer"]


@model
class TransferReceipt(Row):
    """What became of a request to transfer (``POST /v5/asset/transfer/inter-transfer``)."""

    transferId: str | None = None
    """Id that the client gave the transfer."""
    status: str | None = None
    """``"SUCCESS"``, ``"PENDING"``, ``"FAILED"`` or ``"STATUS_UNKNOWN"``: ask for it by its id where it is open."""


@model
class InternalTransfer(Row):
    """A transfer between wallets (``GET /v5/asset/transfer/query-inter-transfer-list``)."""

    transferId: str | None = None
    """Id that the client gave the transfer."""
    coin: str | None = None
    amount: Decimal | None = None
    """Amount, in ``coin``."""
    fromAccountType: str | None = None
    """Wallet that it comes from."""
    toAccountType: str | None = None
    """Wallet that it goes to."""
    timestamp: int | None = None
    """Epoch ms of creation."""
    status: str | None = None
    """``"SUCCESS"``, ``"PENDING"``, ``"FAILED"`` or ``"STATUS_UNKNOWN"``."""


@model
class UniversalTransfer(InternalTransfer):
    """A transfer between accounts (``GET /v5/asset/transfer/query-universal-transfer-list``)."""

    fromMemberId: str | None = None
    """UID that it comes from."""
    toMemberId: str | None = None
    """UID that it goes to."""


@model
class TransferableCoin(Row):
    """A coin that can be transferred (``GET /v5/asset/transfer/query-transfer-coin-list``)."""

    coin: str | None = None
