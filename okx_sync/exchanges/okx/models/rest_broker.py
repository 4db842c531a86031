"""Rows for brokers."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.models import Row, model


@model
class BrokerFile(Row):
    """A file of rebates, or that it is being made. Times are epoch ms."""

    # Link to the file, valid for a while.
    fileHref: str | None = None
    beginTime: int | None = None
    endTime: int | None = None
    cTime: int | None = None
    ts: int | None = None
    # "finished" or "ongoing".
    state: str | None = None


@model
class FileRequest(Row):
    """Receipt for asking for a file. ``ts``: epoch ms."""

    result: bool | None = None
    ts: int | None = None


@model
class FdRebateState(Row):
    """Whether trades of a user bring a rebate."""

    # Why or why not, a number in text.
    type: str | None = None
    brokerCode: str | None = None
    affiliated: bool | None = None
    # Ratio.
    clientRebateRatio: Decimal | None = None
    lastRebate: Decimal | None = None


@model
class DmaSubAccount(Row):
    """A client's sub-account. ``ts``: epoch ms."""

    subAcct: str | None = None
    uid: str | None = None
    label: str | None = None
    # Account mode.
    acctLv: str | None = None
    enable: bool | None = None
    # What is frozen.
    frozenFunc: tuple[str, ...] = ()
    canTransOut: bool | None = None
    firstLvSubAcct: str | None = None
    subAcctLv: str | None = None
    ts: int | None = None


@model
class DmaSubAccounts(Row):
    """A page of clients' sub-accounts."""

    page: int | None = None
    totalPage: int | None = None
    details: tuple[DmaSubAccount, ...] = ()


@model
class DmaFeeRate(Row):
    """Fee rates for one kind of instrument; negative is paid."""

    type: str | None = None
    maker: Decimal | None = None
    taker: Decimal | None = None


@model
class DmaFeeAccount(Row):
    """Fee rates of a client's sub-account. ``ts``: epoch ms."""

    subAcct: str | None = None
    uid: str | None = None
    firstLvSubAcct: str | None = None
    subAcctLv: str | None = None
    ts: int | None = None
    feeRates: tuple[DmaFeeRate, ...] = ()


@model
class DmaTradeFees(Row):
    """A page of fee rates."""

    page: int | None = None
    totalPage: int | None = None
    details: tuple[DmaFeeAccount, ...] = ()
