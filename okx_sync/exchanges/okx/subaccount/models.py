"""Rows about sub-accounts: who they are, their keys, their transfers."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.rows import Row, model


@model
class SubAccount(Row):
    """A sub-account (``users/subaccount/list``)."""

    subAcct: str | None = None
    label: str | None = None
    uid: str | None = None
    ts: int | None = None
    """Epoch ms of creation."""
    enable: bool | None = None
    """Whether it may be used; False when frozen."""
    canTransOut: bool | None = None
    """Whether it may transfer out."""
    gAuth: bool | None = None
    """Whether it has two-factor login."""
    mobile: str | None = None
    """Phone number that it is linked with."""
    type: str | None = None
    """Kind: "1" standard, "2" managed, "5" custody Copper, "9" managed Copper, "12" custody Komainu."""
    subAcctLv: str | None = None
    """Level below the master account: "1" or "2"."""
    firstLvSubAcct: str | None = None
    """Sub-account of the first level that it belongs to."""
    ifDma: bool | None = None
    """Whether it belongs to a DMA broker."""
    frozenFunc: tuple[str, ...] = ()
    """What is frozen: "trading", "convert", "transfer", "withdrawal", "deposit", ..."""


@model
class SubAccountKey(Row):
    """An API key of a sub-account, without its secret (``users/subaccount/apikey``)."""

    subAcct: str | None = None
    label: str | None = None
    apiKey: str | None = None
    perm: str | None = None
    """Permissions, "read_only" and "trade", joined by commas."""
    ip: str | None = None
    """IP addresses that it is bound to, joined by commas."""
    ts: int | None = None
    """Epoch ms."""


@model
class NewSubAccountKey(SecretRow):
    """A new API key of a sub-account. The secret is told only once."""

    _hidden: ClassVar[tuple[str, ...]] = (
        "secretKey",
        "passphrase",
    )

    subAcct: str | None = None
    label: str | None = None
    apiKey: str | None = None
    secretKey: str | None = None
    """A secret; told only once."""
    passphrase: str | None = None
    """A secret."""
    perm: str | None = None
    """Permissions, "read_only" and "trade", joined by commas."""
    ip: str | None = None
    """IP addresses that it is bound to, joined by commas."""
    ts: int | None = None
    """Epoch ms."""


@model
class EntrustedSubAccount(Row):
    """A custody sub-account (``users/entrust-subaccount-list``)."""

    subAcct: str | None = None


@model
class SubAccountBill(Row):
    """A transfer between master and sub-account (``asset/subaccount/bills``, ``.../managed-subaccount-bills``)."""

    billId: str | None = None
    type: str | None = None
    """Direction: "0" to the sub-account, "1" from it."""
    ccy: str | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    subAcct: str | None = None
    subUid: str | None = None
    """Id of the sub-account; only for managed ones."""
    ts: int | None = None
    """Epoch ms."""


@model
class SubAccountTransfer(Row):
    """Receipt for a transfer (``asset/subaccount/transfer``)."""

    transId: str | None = None
