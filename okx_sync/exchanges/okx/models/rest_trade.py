"""Rows of trading calls that no stream pushes: receipts of order requests, fills with their fees."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import ExecType, InstType, OrdType, PosSide, Side
from okx_sync.exchanges.okx.normalize_orders import fill_update
from okx_sync.models import Row, model
from okx_sync.models.neutral import FillUpdate


@model
class OrderResult(Row):
    """The exchange's receipt for placing, amending or canceling one order.

    Accepted means received: what becomes of the order is told by ``get_order`` and the ``orders`` channel.
    """

    # Empty when the order was refused.
    ordId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    # Amend requests: the id given with it.
    reqId: str | None = None
    # "0" accepted, else an error code with its text and a finer code.
    sCode: str | None = None
    sMsg: str | None = None
    subCode: str | None = None
    # Epoch ms at which the request was processed.
    ts: int | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class FillRecord(Row):
    """A fill of an own order, with fee and identity (``trade/fills``, ``trade/fills-history``).

    Sizes are contracts for derivatives, base currency for SPOT and MARGIN.
    """

    instType: InstType | None = None
    instId: str | None = None
    tradeId: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    billId: str | None = None
    subType: str | None = None
    tag: str | None = None
    fillPx: Decimal | None = None
    fillSz: Decimal | None = None
    # Index price at the fill.
    fillIdxPx: Decimal | None = None
    # Profit of closing trades.
    fillPnl: Decimal | None = None
    # Options: the fill in volatility and USD; mark volatility, forward and mark price at the fill.
    fillPxVol: Decimal | None = None
    fillPxUsd: Decimal | None = None
    fillMarkVol: Decimal | None = None
    fillFwdPx: Decimal | None = None
    fillMarkPx: Decimal | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    # "T" taker, "M" maker.
    execType: ExecType | None = None
    ordType: OrdType | None = None
    feeCcy: str | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    # Ratio, same sign as fee.
    feeRate: Decimal | None = None
    # Epoch ms: when the record was made, when the fill happened.
    ts: int | None = None
    fillTime: int | None = None
    tradeQuoteCcy: str | None = None

    def to_update(self) -> FillUpdate | None:
        """What it says in the neutral words of ``OrderManager``; None when it is no single fill.

        Raises ``DecodeError`` when it cannot be read.
        """
        return fill_update(self)


@model
class CancelAllAfter(Row):
    """State of the dead-man switch."""

    # Epoch ms at which all orders will be canceled; 0 when it is off.
    triggerTime: int | None = None
    tag: str | None = None
    # Epoch ms.
    ts: int | None = None
