"""Money that enters, leaves and moves. Pages: "Spot / Account" of Bitget's API guide."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.spot.words import AccountType, TransferStatus, WalletStatus
from okx_sync.rows import Row, model

__all__ = [
    "SpotTransferReceipt",
    "SpotTransferableCoin",
    "SpotWalletDone",
    "WalletDeposit",
    "WalletDepositAddress",
    "WalletTransfer",
    "WalletWithdrawal",
    "WalletWithdrawalReceipt",
]


@model
class SpotTransferReceipt(Row):
    """The receipt of a transfer."""

    transferId: str | None = None
    """Id that Bitget gave the transfer."""
    clientOid: str | None = None
    """Id that the client gave the transfer."""


@model
class SpotTransferableCoin(Row):
    """A coin that can be moved between two accounts."""

    coin: str | None = None


@model
class SpotWalletDone(Row):
    """The answer to a request that has no more to say than that it was done."""

    result: str | None = None
    """Verdict: "success"; a refusal raises."""


@model
class WalletTransfer(Row):
    """A transfer between accounts."""

    coin: str | None = None
    status: TransferStatus | None = None
    toType: AccountType | None = None
    """Account that receives it."""
    toSymbol: str | None = None
    """Pair of the account that receives it, where it is one of isolated margin."""
    fromType: AccountType | None = None
    """Account that it comes from."""
    fromSymbol: str | None = None
    """Pair of the account that it comes from, where it is one of isolated margin."""
    size: Decimal | None = None
    """Amount, in the coin."""
    ts: int | None = None
    """Epoch ms of the transfer."""
    clientOid: str | None = None
    """Id that the client gave the transfer."""
    transferId: str | None = None
    """Id that Bitget gave the transfer."""


@model
class WalletDepositAddress(Row):
    """Where a coin can be sent to."""

    address: str | None = None
    chain: str | None = None
    coin: str | None = None
    tag: str | None = None
    url: str | None = None


@model
class WalletDeposit(Row):
    """A deposit."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    tradeId: str | None = None
    """Hash on the chain, or the id of a transfer inside Bitget."""
    coin: str | None = None
    type: str | None = None
    """Always "deposit"."""
    size: Decimal | None = None
    """Amount, in the coin."""
    status: WalletStatus | None = None
    fromAddress: str | None = None
    toAddress: str | None = None
    chain: str | None = None
    dest: str | None = None
    """Way: "on_chain", "internal_transfer"."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    clientOid: str | None = None
    confirm: int | None = None
    """Blocks that confirm it."""
    tag: str | None = None


@model
class WalletWithdrawalReceipt(Row):
    """The receipt of a withdrawal."""

    orderId: str | None = None
    """Id that Bitget gave the withdrawal."""
    clientOid: str | None = None
    """Id that the client gave the withdrawal."""


@model
class WalletWithdrawal(Row):
    """A withdrawal."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    tradeId: str | None = None
    """Hash on the chain, or the id of a transfer inside Bitget."""
    coin: str | None = None
    clientOid: str | None = None
    """Id that the client gave it."""
    type: str | None = None
    """Always "withdraw"."""
    dest: str | None = None
    """Way: "on_chain", "internal_transfer"."""
    size: Decimal | None = None
    """Amount, in the coin."""
    fee: Decimal | None = None
    """Fee, in the coin; negative when paid."""
    status: WalletStatus | None = None
    fromAddress: str | None = None
    toAddress: str | None = None
    chain: str | None = None
    confirm: int | None = None
    """Blocks that confirm it."""
    tag: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
