"""One picture of the demo: everything that the screens draw, taken at one moment. No threads, no drawing."""

from __future__ import annotations

from decimal import Decimal

import attrs

from okx_sync.exchanges.okx.models import Candle, Order, Position, Ticker, Trade
from okx_sync.state.book.views import BookSnapshot

__all__ = ["FillNote", "LinkView", "MarketView", "Money", "OrderCounts", "ScreenFrame"]


@attrs.frozen(kw_only=True)
class MarketView:
    """One instrument. ``direction``: where the last price went, -1, 0 or 1; ``places``: decimals of its prices."""

    inst_id: str
    ticker: Ticker | None
    direction: int
    since_move_s: float
    places: int
    book: BookSnapshot | None
    candles: tuple[Candle, ...]
    trades: tuple[Trade, ...]


@attrs.frozen(kw_only=True)
class FillNote:
    """A fill of an own order."""

    at_ms: int
    inst_id: str
    side: str
    price: Decimal
    size: Decimal
    role: str


@attrs.frozen(kw_only=True)
class Money:
    """The money of the account. ``profit_usd``: equity now minus equity at the start."""

    equity_usd: Decimal | None = None
    profit_usd: Decimal | None = None
    balances: tuple[tuple[str, Decimal], ...] = ()


@attrs.frozen(kw_only=True)
class OrderCounts:
    """Outcomes of order requests. The exchange's stream has confirmed all but ``late``.

    ``late``: requests that came too late, for instance an amend of an order that had just been filled.
    """

    placed: int = 0
    amended: int = 0
    canceled: int = 0
    filled: int = 0
    fills: int = 0
    late: int = 0


@attrs.frozen(kw_only=True)
class LinkView:
    """One link: its name, state ("ready", "connecting", ...), reconnects and round trip of the last ping."""

    name: str
    state: str
    reconnects: int
    round_trip_ms: float | None


@attrs.frozen(kw_only=True)
class ScreenFrame:
    """One picture of the demo, see the module. ``trading`` is False where only public streams are shown.

    ``news`` are the newest lines of ``news_total``; ``rate`` is in events per second, ``rates`` what it was before.
    """

    title: str
    trading: bool
    elapsed_s: float
    seconds: float
    markets: tuple[MarketView, ...]
    orders: tuple[Order, ...]
    fills: tuple[FillNote, ...]
    positions: tuple[Position, ...]
    money: Money
    counts: OrderCounts
    links: tuple[LinkView, ...]
    news: tuple[str, ...]
    news_total: int
    events: int
    rate: float
    rates: tuple[float, ...]
    lag_ms: float | None
    dropped: int
    errors: int
