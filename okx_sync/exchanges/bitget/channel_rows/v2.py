"""V2, futures. After "Contract / Websocket" of Bitget's API guide."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.bitget import models
from okx_sync.exchanges.bitget.channel import Channel

__all__ = ["BARS", "V2"]

BARS: Final = (
    "1m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D", "3D", "1W", "1M",
    "6Hutc", "12Hutc", "1Dutc", "3Dutc", "1Wutc", "1Mutc",
)  # fmt: skip
_INST_TYPES: Final = (
    "USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SUSDT-FUTURES", "SCOIN-FUTURES", "SUSDC-FUTURES",
)  # fmt: skip
_ALL: Final = "default"
_SHORT_BOOK: Final = "the whole book of the best {} every {} ms when it changed"


def _public(**facts: Any) -> Channel:
    """Of one instrument."""
    values = {"instType": _INST_TYPES, **facts.pop("values", {})}
    return Channel(
        path="public", required=("instId",), optional=("instType",), values=values,
        defaults={"instType": "USDT-FUTURES"}, **facts,
    )  # fmt: skip


def _private(selector: str | None = "instId", *, all_only: bool = False, **facts: Any) -> Channel:
    """Of the account. ``selector``: the argument that says of which instrument or coin; ``all_only``: of all alone."""
    values: dict[str, tuple[str, ...]] = {"instType": _INST_TYPES}
    defaults = {"instType": "USDT-FUTURES"}
    optional: tuple[str, ...] = ("instType",)
    if selector is not None:
        optional = (selector, "instType")
        defaults[selector] = _ALL
        if all_only:
            values[selector] = (_ALL,)
    return Channel(
        path="private", login=True, private=True, quiet=True, optional=optional, values=values, defaults=defaults,
        **facts,
    )  # fmt: skip


V2: Final = (
    _public(
        name="ticker", model=models.Ticker, method="subscribe_ticker",
        cadence="on a change, every 100 to 300 ms", key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    _public(
        name="trade", model=models.Trade, method="subscribe_trade",
        cadence="recent trades at first, then on each trade",
        key=("instId",), identity=("instId", "tradeId"), quiet=True,
    ),
    _public(
        name="candle{bar}", model=models.Candle, method="subscribe_candles",
        cadence="recent bars at first, then every 500 ms", values={"bar": BARS},
        key=("instId", "bar", "ts"), snapshot=True,
    ),
    _public(
        name="books", model=models.BookUpdate, method="subscribe_books",
        cadence="a snapshot, then changes every 150 ms", identity=("instId", "ts", "pseq", "seq"),
        snapshot=True, sequenced=True,
    ),
    _public(
        name="books1", model=models.BookUpdate, method="subscribe_books1", cadence=_SHORT_BOOK.format("level", 100),
        key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    _public(
        name="books5", model=models.BookUpdate, method="subscribe_books5", cadence=_SHORT_BOOK.format("5 levels", 150),
        key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    _public(
        name="books15", model=models.BookUpdate, method="subscribe_books15",
        cadence=_SHORT_BOOK.format("15 levels", 150), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    _private(
        "coin", all_only=True, name="account", model=models.Account, method="subscribe_account",
        cadence="the present state at first, then on transfers and fills", key=("marginCoin",), snapshot=True,
    ),
    _private(
        all_only=True, name="positions", model=models.Position, method="subscribe_positions",
        cadence="all open positions at first and whenever an order is made, filled or canceled",
        key=("instId", "holdSide", "marginMode", "marginCoin"), snapshot=True,
    ),
    _private(
        name="orders", model=models.Order, method="subscribe_orders", cadence="on each change of an order",
        key=("orderId",), identity=("orderId", "status", "accBaseVolume", "uTime"),
    ),
    _private(
        name="fill", model=models.Fill, method="subscribe_fill", cadence="on each fill",
        key=("symbol", "tradeId", "orderId"), identity=("symbol", "tradeId", "orderId"),
    ),
    _private(
        name="orders-algo", model=models.AlgoOrder, method="subscribe_orders_algo",
        cadence="when a trigger order is made, changed, canceled or triggered",
        key=("orderId",), identity=("orderId", "status", "uTime"),
    ),
    _private(
        all_only=True, name="positions-history", model=models.ClosedPosition, method="subscribe_positions_history",
        cadence="when a position was closed altogether", key=("posId",), identity=("posId", "uTime"),
    ),
    _private(
        None, name="equity", model=models.Equity, method="subscribe_equity",
        cadence="the present state at first, then on each change", snapshot=True,
    ),
    _private(
        name="adl-noti", model=models.AdlNotice, method="subscribe_adl_noti",
        cadence="when a position of ours was reduced to cover a loss of another account",
        identity=("symbol", "side", "ts"),
    ),
)  # fmt: skip
