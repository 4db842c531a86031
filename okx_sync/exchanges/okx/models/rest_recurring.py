"""Rows about recurring buys that no stream pushes."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, Side, TdMode
from okx_sync.models import Row, model


@model
class RecurringSubOrder(Row):
    """An order of a recurring buy. Times are epoch ms."""

    algoId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    ordId: str | None = None
    cTime: int | None = None
    uTime: int | None = None
    tdMode: TdMode | None = None
    ordType: str | None = None
    sz: Decimal | None = None
    state: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    fee: Decimal | None = None
    feeCcy: str | None = None
    avgPx: Decimal | None = None
    accFillSz: Decimal | None = None
    tag: str | None = None
    algoClOrdId: str | None = None
    tradeQuoteCcy: str | None = None
