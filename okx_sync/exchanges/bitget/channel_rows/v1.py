"""V1, futures, for gateways and recordings. Public and private channels are on one socket's address."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.bitget import models
from okx_sync.exchanges.bitget.channel import Channel
from okx_sync.exchanges.bitget.channel_rows.v2 import BARS

__all__ = ["V1"]

_PRODUCTS: Final = ("UMCBL", "DMCBL", "CMCBL", "SUMCBL", "SDMCBL", "SCMCBL")
_NOTE: Final = "switched off by Bitget on 2025-11-28"


def _public(**facts: Any) -> Channel:
    """Of one instrument. ``MC`` are futures."""
    values = {"instType": ("MC", "SP"), **facts.pop("values", {})}
    return Channel(
        path="public", required=("instId",), optional=("instType",), values=values, defaults={"instType": "MC"},
        note=_NOTE, **facts,
    )  # fmt: skip


def _private(**facts: Any) -> Channel:
    """Of the account: all instruments or coins of a product."""
    return Channel(
        path="private", login=True, private=True, quiet=True, optional=("instId", "instType"),
        values={"instType": _PRODUCTS, "instId": ("default",)},
        defaults={"instType": "UMCBL", "instId": "default"}, note=_NOTE, **facts,
    )  # fmt: skip


V1: Final = (
    _public(
        name="ticker", model=models.V1Ticker, method="subscribe_ticker", cadence="on a change",
        key=("instId",), identity=("instId", "systemTime"), snapshot=True,
    ),
    _public(
        name="trade", model=models.V1Trade, method="subscribe_trade",
        cadence="recent trades at first, then on each trade", key=("instId",), quiet=True,
    ),
    _public(
        name="candle{bar}", model=models.Candle, method="subscribe_candles",
        cadence="recent bars at first, then on a change", values={"bar": BARS},
        key=("instId", "bar", "ts"), snapshot=True,
    ),
    _public(
        name="books", model=models.BookUpdate, method="subscribe_books", cadence="a snapshot, then changes",
        snapshot=True, sequenced=True,
    ),
    _public(
        name="books5", model=models.BookUpdate, method="subscribe_books5",
        cadence="the whole book of the best 5 levels", key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    _public(
        name="books15", model=models.BookUpdate, method="subscribe_books15",
        cadence="the whole book of the best 15 levels", key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    _private(
        name="account", model=models.V1Account, method="subscribe_account",
        cadence="the present state at first, then on each change", key=("marginCoin",), snapshot=True,
    ),
    _private(
        name="positions", model=models.V1Position, method="subscribe_positions",
        cadence="all open positions at first and on each change",
        key=("instId", "holdSide", "marginMode", "marginCoin"), snapshot=True,
    ),
    _private(
        name="orders", model=models.V1Order, method="subscribe_orders", cadence="on each change of an order",
        key=("ordId",), identity=("ordId", "status", "accFillSz", "uTime"),
    ),
    _private(
        # Not worth a method of its own: what its rows had is not known any more.
        name="ordersAlgo", model=models.V1AlgoOrder, method="subscribe",
        cadence="on each change of a plan order",
    ),
)  # fmt: skip
