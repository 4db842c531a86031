"""Rows about signal channels and the bots that trade on their signals."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.exchanges.okx.words import InstType, MgnMode, PosSide, Side, TdMode
from okx_sync.rows import Row, model


@model
class NewSignal(SecretRow):
    """A signal channel that was made (``tradingBot/signal/create-signal``)."""

    _hidden: ClassVar[tuple[str, ...]] = (
        "signalChanToken",
        "signalToken",
    )

    signalChanId: str | None = None
    signalChanToken: str | None = None
    """A secret that alerts must carry."""
    signalToken: str | None = None
    """A secret that alerts must carry."""


@model
class SignalChannel(SecretRow):
    """A signal channel (``tradingBot/signal/signals``)."""

    _hidden: ClassVar[tuple[str, ...]] = ("signalChanToken",)

    signalChanId: str | None = None
    signalChanName: str | None = None
    signalChanDesc: str | None = None
    signalChanToken: str | None = None
    """A secret that alerts must carry."""
    signalSourceType: str | None = None
    """Source: "1" own, "2" subscribed, "3" free."""


@model
class SignalEntry(Row):
    """How a signal bot enters."""

    allowMultipleEntry: bool | None = None
    """Whether it may enter again in the same direction."""
    entryType: str | None = None
    """Size: "1" as the signal says, "2" fixed margin, "3" contracts, "4" ratio of free margin, "5" of investment."""
    amt: Decimal | None = None
    """Amount per order, for types 2 and 3."""
    ratio: Decimal | None = None
    """Ratio per order, for types 4 and 5."""


@model
class SignalExit(Row):
    """How a signal bot takes profit and stops losses."""

    tpSlType: str | None = None
    """What the percentages are of: "pnl" or "price"."""
    tpPct: Decimal | None = None
    """Take-profit, as a ratio."""
    slPct: Decimal | None = None
    """Stop-loss, as a ratio."""


@model
class SignalBot(Row):
    """A signal bot as it is now (``tradingBot/signal/orders-algo-details``, ``.../orders-algo-pending``, ...)."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instIds: tuple[str, ...] = ()
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    algoOrdType: str | None = None
    state: str | None = None
    """State: "starting", "running", "stopping", "stopped"."""
    cancelType: str | None = None
    """Why it stopped: "0" for no reason, "1" by hand."""
    totalPnl: Decimal | None = None
    """Profit in all, USDT."""
    totalPnlRatio: Decimal | None = None
    """Profit in all, as a ratio."""
    totalEq: Decimal | None = None
    """Equity, USDT."""
    floatPnl: Decimal | None = None
    """Unrealised profit, USDT."""
    realizedPnl: Decimal | None = None
    """Realised profit, USDT."""
    frozenBal: Decimal | None = None
    """Margin in use, USDT."""
    availBal: Decimal | None = None
    """Free margin, USDT."""
    lever: Decimal | None = None
    """Leverage, as a factor."""
    investAmt: Decimal | None = None
    """Investment, USDT."""
    subOrdType: str | None = None
    """Type of its orders: "1" limit, "2" market, "9" as the signal says."""
    ratio: Decimal | None = None
    """Distance of limit orders from the best price, as a ratio."""
    entrySettingParam: SignalEntry | None = None
    exitSettingParam: SignalExit | None = None
    signalChanId: str | None = None
    signalChanName: str | None = None
    signalSourceType: str | None = None
    """Source of the signal: "1" own, "2" subscribed, "3" free."""


@model
class SignalPositionHistory(Row):
    """A position of a signal bot that was closed (``tradingBot/signal/positions-history``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    openAvgPx: Decimal | None = None
    """Average price at which it was opened."""
    closeAvgPx: Decimal | None = None
    """Average price at which it was closed."""
    pnl: Decimal | None = None
    """Profit of the position."""
    pnlRatio: Decimal | None = None
    """Profit as a ratio."""
    lever: Decimal | None = None
    """Leverage, as a factor."""
    direction: str | None = None
    uly: str | None = None


@model
class SignalSubOrderResult(Row):
    """Verdict on one order within a signal bot (``tradingBot/signal/cancel-sub-order``)."""

    signalOrdId: str | None = None
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of that error."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class SignalSubOrder(Row):
    """An order of a signal bot (``tradingBot/signal/sub-orders``)."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    """Id of the order within the bot, the signalOrdId of requests."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    tdMode: TdMode | None = None
    ccy: str | None = None
    """Margin currency."""
    ordType: str | None = None
    sz: Decimal | None = None
    """Size."""
    state: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    """Price of the order."""
    fee: Decimal | None = None
    """Fee, in feeCcy."""
    feeCcy: str | None = None
    avgPx: Decimal | None = None
    """Average price of what is filled."""
    accFillSz: Decimal | None = None
    """Filled so far."""
    posSide: PosSide | None = None
    pnl: Decimal | None = None
    """Profit of the order."""
    ctVal: Decimal | None = None
    """Value of one contract."""
    lever: Decimal | None = None
    """Leverage, as a factor."""
    tag: str | None = None


@model
class SignalOrderId(Row):
    """An order that an event of a signal bot set off."""

    clOrdId: str | None = None


@model
class SignalEvent(Row):
    """Something that happened to a signal bot (``tradingBot/signal/event-history``)."""

    alertMsg: str | None = None
    """The alert."""
    algoId: str | None = None
    eventType: str | None = None
    """Kind of event: "system_action", "user_action", "signal_processing"."""
    eventCtime: int | None = None
    """Epoch ms at which it happened."""
    eventUtime: int | None = None
    """Epoch ms at which it was dealt with."""
    eventProcessMsg: str | None = None
    """What was done about it."""
    eventStatus: str | None = None
    """Result: "success" or "failure"."""
    triggeredOrdData: tuple[SignalOrderId, ...] = ()
