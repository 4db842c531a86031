"""Rows about signal channels and the bots that trade on their signals."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.exchanges.okx.words import InstType, MgnMode, PosSide, Side, TdMode
from okx_sync.rows import Row, model


@model
class NewSignal(SecretRow):
    """A signal channel that was made; the token is what alerts must carry."""

    _hidden: ClassVar[tuple[str, ...]] = (
        "signalChanToken",
        "signalToken",
    )

    signalChanId: str | None = None
    # A secret.
    signalChanToken: str | None = None
    signalToken: str | None = None


@model
class SignalChannel(SecretRow):
    """A signal channel."""

    _hidden: ClassVar[tuple[str, ...]] = ("signalChanToken",)

    signalChanId: str | None = None
    signalChanName: str | None = None
    signalChanDesc: str | None = None
    # A secret.
    signalChanToken: str | None = None
    # "1" own, "2" subscribed, "3" free.
    signalSourceType: str | None = None


@model
class SignalEntry(Row):
    """How a bot enters."""

    allowMultipleEntry: bool | None = None
    # "1" as the signal says, "2" fixed margin, "3" fixed contracts, "4" ratio of free margin, "5" ratio of investment.
    entryType: str | None = None
    amt: Decimal | None = None
    ratio: Decimal | None = None


@model
class SignalExit(Row):
    """How a bot takes profit and stops losses."""

    # "pnl" or "price".
    tpSlType: str | None = None
    tpPct: Decimal | None = None
    slPct: Decimal | None = None


@model
class SignalBot(Row):
    """A signal bot as it is now. Times are epoch ms."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instIds: tuple[str, ...] = ()
    cTime: int | None = None
    uTime: int | None = None
    algoOrdType: str | None = None
    state: str | None = None
    cancelType: str | None = None
    totalPnl: Decimal | None = None
    totalPnlRatio: Decimal | None = None
    # In USDT, as the amounts below.
    totalEq: Decimal | None = None
    floatPnl: Decimal | None = None
    realizedPnl: Decimal | None = None
    frozenBal: Decimal | None = None
    availBal: Decimal | None = None
    lever: Decimal | None = None
    investAmt: Decimal | None = None
    # "1" limit, "2" market, "9" as the signal says.
    subOrdType: str | None = None
    # Distance of limit orders from the best price.
    ratio: Decimal | None = None
    entrySettingParam: SignalEntry | None = None
    exitSettingParam: SignalExit | None = None
    signalChanId: str | None = None
    signalChanName: str | None = None
    signalSourceType: str | None = None


@model
class SignalPositionHistory(Row):
    """A position of a signal bot that was closed. Times are epoch ms."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    cTime: int | None = None
    uTime: int | None = None
    openAvgPx: Decimal | None = None
    closeAvgPx: Decimal | None = None
    pnl: Decimal | None = None
    pnlRatio: Decimal | None = None
    lever: Decimal | None = None
    direction: str | None = None
    uly: str | None = None


@model
class SignalSubOrderResult(Row):
    """Verdict on one order within a signal bot."""

    signalOrdId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class SignalSubOrder(Row):
    """An order of a signal bot. Times are epoch ms."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    cTime: int | None = None
    uTime: int | None = None
    tdMode: TdMode | None = None
    ccy: str | None = None
    ordType: str | None = None
    sz: Decimal | None = None
    state: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    fee: Decimal | None = None
    feeCcy: str | None = None
    avgPx: Decimal | None = None
    accFillSz: Decimal | None = None
    posSide: PosSide | None = None
    pnl: Decimal | None = None
    ctVal: Decimal | None = None
    lever: Decimal | None = None
    tag: str | None = None


@model
class SignalOrderId(Row):
    """An order that an event set off."""

    clOrdId: str | None = None


@model
class SignalEvent(Row):
    """Something that happened to a signal bot."""

    # The alert, and what was done about it.
    alertMsg: str | None = None
    algoId: str | None = None
    eventType: str | None = None
    # Epoch ms: happened, dealt with.
    eventCtime: int | None = None
    eventUtime: int | None = None
    eventProcessMsg: str | None = None
    # "success" or "failure".
    eventStatus: str | None = None
    triggeredOrdData: tuple[SignalOrderId, ...] = ()
