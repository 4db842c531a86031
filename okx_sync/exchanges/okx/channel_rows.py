"""The channel table: one row per kind of stream. Adding a channel is one model class and one row here.

After OKX's API guide, chapters "Order Book Trading", "Public Data", "Trading Account", "Spread Trading" and
"Status". Defaults of a row are in ``Channel``.
"""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx import models
from okx_sync.exchanges.okx.channel import Channel

__all__ = ["ROWS"]

_BARS: Final = (
    "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D", "2D", "3D", "5D", "1W", "1M", "3M",
    "6Hutc", "12Hutc", "1Dutc", "2Dutc", "3Dutc", "5Dutc", "1Wutc", "1Mutc", "3Mutc",
)  # fmt: skip
_DERIVATIVES: Final = ("MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")
_BOOK_CHANGES: Final = "a snapshot, then changes every {} ms; an empty change after about 60 s of none"
_BOOK_STATES: Final = "the whole {} every {} ms when it changed; repeated after about 60 s of no change"

_MARKET: Final = (
    Channel(
        name="tickers", path="public", model=models.Ticker, method="subscribe_tickers",
        cadence="on a trade or a change of the best prices, at most every 100 ms",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="trades", path="public", model=models.Trade, method="subscribe_trades",
        cadence="on each trade; fills of one taker order at one price come as one",
        required=("instId",), key=("instId",), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="trades-all", path="business", model=models.TradeAll, method="subscribe_trades_all",
        cadence="on each trade, one by one",
        required=("instId",), key=("instId",), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="books", path="public", model=models.BookUpdate, method="subscribe_books",
        cadence=_BOOK_CHANGES.format(100), required=("instId",), identity=("instId", "prevSeqId", "seqId"),
        snapshot=True, sequenced=True,
    ),
    Channel(
        name="books5", path="public", model=models.BookUpdate, method="subscribe_books5",
        cadence=_BOOK_STATES.format("5 best levels", 100),
        required=("instId",), key=("instId",), identity=("instId", "seqId"), snapshot=True,
    ),
    Channel(
        name="bbo-tbt", path="public", model=models.BookUpdate, method="subscribe_bbo_tbt",
        cadence=_BOOK_STATES.format("best level", 10),
        required=("instId",), key=("instId",), identity=("instId", "seqId"), snapshot=True,
    ),
    Channel(
        name="books50-l2-tbt", path="public", model=models.BookUpdate, method="subscribe_books50_l2_tbt",
        cadence=_BOOK_CHANGES.format(10), login=True, fee_tier="VIP4",
        required=("instId",), identity=("instId", "prevSeqId", "seqId"), snapshot=True, sequenced=True,
    ),
    Channel(
        name="books-l2-tbt", path="public", model=models.BookUpdate, method="subscribe_books_l2_tbt",
        cadence=_BOOK_CHANGES.format(10), login=True, fee_tier="VIP4",
        required=("instId",), identity=("instId", "prevSeqId", "seqId"), snapshot=True, sequenced=True,
    ),
)  # fmt: skip

_CANDLES: Final = (
    Channel(
        name="candle{bar}", path="business", model=models.Candle, method="subscribe_candles",
        cadence="at most once a second while the bar is open, and when it closes",
        required=("instId",), values={"bar": ("1s", *_BARS)}, key=("instId", "bar", "ts"), snapshot=True,
    ),
    Channel(
        name="mark-price-candle{bar}", path="business", model=models.MarkPriceCandle,
        method="subscribe_mark_price_candles",
        cadence="at most once a second while the bar is open, and when it closes",
        required=("instId",), values={"bar": (*_BARS, "1Yutc")}, key=("instId", "bar", "ts"), snapshot=True,
    ),
    Channel(
        name="index-candle{bar}", path="business", model=models.IndexCandle, method="subscribe_index_candles",
        cadence="at most once a second while the bar is open, and when it closes",
        required=("instId",), values={"bar": _BARS}, key=("instId", "bar", "ts"), snapshot=True,
    ),
    Channel(
        name="sprd-candle{bar}", path="business", model=models.SpreadCandle, method="subscribe_sprd_candles",
        cadence="at most once a second while the bar is open, and when it closes",
        required=("sprdId",), values={"bar": _BARS}, key=("sprdId", "bar", "ts"), snapshot=True,
    ),
)  # fmt: skip

_PUBLIC: Final = (
    Channel(
        name="instruments", path="public", model=models.Instrument, method="subscribe_instruments",
        cadence="when a state, a trading parameter or a listing or expiry time changes; no full list at first",
        required=("instType",), values={"instType": ("SPOT", *_DERIVATIVES)},
        key=("instId",), quiet=True,
    ),
    Channel(
        name="open-interest", path="public", model=models.OpenInterest, method="subscribe_open_interest",
        cadence="every 3 s when it changed",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="funding-rate", path="public", model=models.FundingRate, method="subscribe_funding_rate",
        cadence="every 30 to 90 s",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="price-limit", path="public", model=models.PriceLimit, method="subscribe_price_limit",
        cadence="every 200 ms when a limit changed",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True, quiet=True,
    ),
    Channel(
        # Around maintenance two pushes may share a ts, so ts names no event here.
        name="mark-price", path="public", model=models.MarkPrice, method="subscribe_mark_price",
        cadence="every 200 ms when it changed, else every 10 s",
        required=("instId",), key=("instId",), snapshot=True,
    ),
    Channel(
        name="index-tickers", path="public", model=models.IndexTicker, method="subscribe_index_tickers",
        cadence="every 100 ms when it changed, else every 60 s",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="status", path="public", model=models.SystemStatus, method="subscribe_status",
        cadence="the latest record at first, then on each change",
        key=("title", "begin"), snapshot=True, quiet=True,
    ),
)  # fmt: skip

_ACCOUNT: Final = (
    Channel(
        # An event update carries changed currencies only: rows build on each other, hence no key.
        name="account", path="private", model=models.Account, method="subscribe_account",
        cadence="a snapshot, changes within about 50 ms, and a snapshot now and then (updateInterval)",
        login=True, private=True, optional=("ccy", "extraParams"), snapshot=True, paged=True, quiet=True,
    ),
    Channel(
        name="positions", path="private", model=models.Position, method="subscribe_positions",
        cadence="a snapshot, changes within about 50 ms, and a snapshot every 5 s (updateInterval)",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId", "extraParams"),
        values={"instType": (*_DERIVATIVES, "ANY")}, key=("instId", "mgnMode", "posSide", "posId"),
        snapshot=True, paged=True, quiet=True,
    ),
    Channel(
        name="balance_and_position", path="private", model=models.BalanceAndPosition,
        method="subscribe_balance_and_position",
        cadence="a snapshot, then on each fill, transfer, funding, liquidation or other change",
        login=True, private=True, snapshot=True, quiet=True,
    ),
    Channel(
        name="orders", path="private", model=models.Order, method="subscribe_orders",
        cadence="on each change of an order; no snapshot",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId"),
        values={"instType": ("SPOT", *_DERIVATIVES, "ANY")}, key=("instId", "ordId"),
        identity=("instId", "ordId", "uTime", "state", "accFillSz", "reqId"), quiet=True,
    ),
    Channel(
        name="fills", path="private", model=models.Fill, method="subscribe_fills",
        cadence="on each fill in the order book; no snapshot",
        login=True, private=True, fee_tier="VIP4", optional=("instId",),
        key=("instId", "tradeId"), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="orders-algo", path="business", model=models.AlgoOrder, method="subscribe_orders_algo",
        cadence="on each change of an algo order; no snapshot",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId"),
        values={"instType": ("SPOT", "MARGIN", "SWAP", "FUTURES", "ANY")}, key=("algoId",),
        identity=("algoId", "uTime", "state"), quiet=True,
    ),
)  # fmt: skip

ROWS: Final[tuple[Channel, ...]] = (*_MARKET, *_CANDLES, *_PUBLIC, *_ACCOUNT)
