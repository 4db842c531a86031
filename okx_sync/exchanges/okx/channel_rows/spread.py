"""Spread trading. After "Spread Trading" of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["SPREAD"]

SPREAD: Final = (
    Channel(
        name="sprd-tickers", path="business", model=models.SpreadTicker, method="subscribe_sprd_tickers",
        cadence="on a trade or a change of the best prices, at most every 100 ms",
        required=("sprdId",), key=("sprdId",), identity=("sprdId", "ts"), snapshot=True,
    ),
    Channel(
        name="sprd-public-trades", path="business", model=models.SpreadTrade, method="subscribe_sprd_public_trades",
        cadence="on each trade, one by one",
        required=("sprdId",), key=("sprdId",), identity=("sprdId", "tradeId"), quiet=True,
    ),
    Channel(
        name="sprd-bbo-tbt", path="business", model=models.SpreadBookUpdate, method="subscribe_sprd_bbo_tbt",
        cadence="the whole best level every 10 ms when it changed",
        required=("sprdId",), key=("sprdId",), identity=("sprdId", "seqId"), snapshot=True,
    ),
    Channel(
        name="sprd-books5", path="business", model=models.SpreadBookUpdate, method="subscribe_sprd_books5",
        cadence="the whole 5 best levels every 100 ms when they changed",
        required=("sprdId",), key=("sprdId",), identity=("sprdId", "seqId"), snapshot=True,
    ),
    Channel(
        name="sprd-books-l2-tbt", path="business", model=models.SpreadBookUpdate,
        method="subscribe_sprd_books_l2_tbt", cadence="a snapshot, then changes every 10 ms",
        required=("sprdId",), identity=("sprdId", "prevSeqId", "seqId"), snapshot=True, sequenced=True,
    ),
    Channel(
        name="sprd-orders", path="business", model=models.SpreadOrder, method="subscribe_sprd_orders",
        cadence="on each change of an order; no snapshot", login=True, private=True, optional=("sprdId",),
        key=("ordId",), identity=("ordId", "uTime", "state", "accFillSz", "reqId"), quiet=True,
    ),
    Channel(
        name="sprd-trades", path="business", model=models.SpreadFill, method="subscribe_sprd_trades",
        cadence="when a fill is done or turned down; no snapshot", login=True, private=True, optional=("sprdId",),
        key=("sprdId", "tradeId"), identity=("sprdId", "tradeId", "state"), quiet=True,
    ),
)  # fmt: skip
