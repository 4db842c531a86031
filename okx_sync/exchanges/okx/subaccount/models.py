"""Rows about sub-accounts: who they are, their keys, their transfers."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.rows import Row, model


@model
class SubAccount(Row):
    """A sub-account. ``ts``: epoch ms."""

    subAcct: str | None = None
    label: str | None = None
    uid: str | None = None
    ts: int | None = None
    enable: bool | None = None
    # Whether it may transfer out.
    canTransOut: bool | None = None
    # Whether it has two-factor login.
    gAuth: bool | None = None
    mobile: str | None = None
    # "1" standard, "2" managed, "5" custody Copper, "9" managed Copper, "12" custody Komainu.
    type: str | None = None
    # Level below the master, and the first one above.
    subAcctLv: str | None = None
    firstLvSubAcct: str | None = None
    # Whether it belongs to a DMA broker.
    ifDma: bool | None = None
    # What is frozen: "trading", "convert", "transfer", "withdrawal", "deposit", ...
    frozenFunc: tuple[str, ...] = ()


@model
class SubAccountKey(Row):
    """An API key of a sub-account, without its secret. ``ts``: epoch ms."""

    subAcct: str | None = None
    label: str | None = None
    apiKey: str | None = None
    # "read_only", "trade", joined by commas.
    perm: str | None = None
    # Addresses that it is bound to, joined by commas.
    ip: str | None = None
    ts: int | None = None


@model
class NewSubAccountKey(SecretRow):
    """A new API key of a sub-account. The secret is told only once. ``ts``: epoch ms."""

    _hidden: ClassVar[tuple[str, ...]] = (
        "secretKey",
        "passphrase",
    )

    subAcct: str | None = None
    label: str | None = None
    apiKey: str | None = None
    secretKey: str | None = None
    passphrase: str | None = None
    # "read_only", "trade", joined by commas.
    perm: str | None = None
    # Addresses that it is bound to, joined by commas.
    ip: str | None = None
    ts: int | None = None


@model
class EntrustedSubAccount(Row):
    """A custody sub-account."""

    subAcct: str | None = None


@model
class SubAccountBill(Row):
    """A transfer between master and sub-account. ``ts``: epoch ms."""

    billId: str | None = None
    # "0" to the sub-account, "1" from it.
    type: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    subAcct: str | None = None
    # Only for managed sub-accounts.
    subUid: str | None = None
    ts: int | None = None


@model
class SubAccountTransfer(Row):
    """Receipt for a transfer."""

    transId: str | None = None
