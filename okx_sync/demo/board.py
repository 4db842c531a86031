"""The state of the demo: fed by callbacks on the client's callback thread, read by the thread that draws."""

from __future__ import annotations

import statistics
import threading
from collections import deque
from collections.abc import Sequence
from decimal import Decimal

from okx_sync.demo.frame import FillNote, MarketView, Money, OrderCounts
from okx_sync.exchanges.okx.models import Account, Candle, Order, Position, Ticker, Trade
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state_event import StateEvent
from okx_sync.timing import Clock

__all__ = ["Board", "WatchedMarket"]

_CANDLES = 240
_LEVELS = 40
_TRADES = 40
_FILLS = 20
_REMEMBERED = 1000
_NEWS = 50
_LAGS = 100_000
_RECENT_LAGS = 200


class WatchedMarket:
    """What is known of one instrument."""

    def __init__(self, inst_id: str) -> None:
        self.inst_id = inst_id
        self.ticker: Ticker | None = None
        self.direction = 0
        self.moved_at = float("-inf")
        self.places = 0
        self.candles: dict[int, Candle] = {}
        self.trades: deque[Trade] = deque(maxlen=_TRADES)
        self.book: OrderBook | None = None

    def put_candle(self, candle: Candle) -> None:
        """Add a new candle, or change the present one."""
        if candle.ts is None:
            return
        self.candles[candle.ts] = candle
        while len(self.candles) > _CANDLES:
            del self.candles[min(self.candles)]

    def put_ticker(self, ticker: Ticker, now: float) -> None:
        """Take a new ticker, and note where the price went."""
        before = self.ticker.last if self.ticker is not None else None
        if ticker.last is not None and before is not None and ticker.last != before:
            self.direction = 1 if ticker.last > before else -1
            self.moved_at = now
        for price in (ticker.last, ticker.bidPx, ticker.askPx):
            # The tick size as the exchange's own texts show it: 65000.1 has one place.
            exponent = price.as_tuple().exponent if price is not None else 0
            self.places = max(self.places, -exponent if isinstance(exponent, int) else 0)
        self.ticker = ticker

    def view(self, now: float) -> MarketView:
        """Return a picture of this market."""
        return MarketView(
            inst_id=self.inst_id,
            ticker=self.ticker,
            direction=self.direction,
            since_move_s=now - self.moved_at,
            places=self.places,
            book=None if self.book is None else self.book.snapshot(_LEVELS, stale_ok=True),
            candles=tuple(self.candles[ts] for ts in sorted(self.candles)),
            trades=tuple(self.trades),
        )


class Board:
    """Callbacks in, pictures out. Nothing here knows of sockets, REST or terminals."""

    def __init__(self, inst_ids: Sequence[str], clock: Clock) -> None:
        self._clock = clock
        # Guards everything below; held for a few operations only.
        self._lock = threading.Lock()
        self._markets = {inst_id: WatchedMarket(inst_id) for inst_id in inst_ids}
        self._orders: dict[str, Order] = {}
        self._done: deque[str] = deque(maxlen=_REMEMBERED)
        self._fills: deque[FillNote] = deque(maxlen=_FILLS)
        self._fill_ids: deque[tuple[str | None, str | None]] = deque(maxlen=_REMEMBERED)
        self._positions: dict[str, Position] = {}
        self._balances: dict[str, Decimal] = {}
        self._equity: Decimal | None = None
        self._start_equity: Decimal | None = None
        self._counts = dict.fromkeys(("placed", "amended", "canceled", "filled", "fills", "late"), 0)
        self._lags: deque[float] = deque(maxlen=_LAGS)
        self._news: deque[str] = deque(maxlen=_NEWS)
        self._told = 0
        self.errors: list[Exception] = []

    # -- callbacks ---------------------------------------------------------------------------------------------

    def on_ticker(self, ticker: Ticker) -> None:
        """Take best prices and last trade."""
        self._note_lag(ticker.ts)
        with self._lock:
            self._markets[str(ticker.instId)].put_ticker(ticker, self._clock.monotonic())

    def on_trade(self, trade: Trade) -> None:
        """Take a public trade."""
        self._note_lag(trade.ts)
        with self._lock:
            self._markets[str(trade.instId)].trades.appendleft(trade)

    def on_candle(self, candle: Candle) -> None:
        """Take a candle, open or closed; also one that REST was asked for."""
        with self._lock:
            self._markets[str(candle.instId)].put_candle(candle)

    def on_order(self, order: Order) -> None:
        """Take a change of an own order, from the stream or looked up; what is known already counts once."""
        self._note_lag(order.uTime)
        key = str(order.ordId)
        with self._lock:
            if key not in self._orders and key not in self._done:
                self._counts["placed"] += 1
            if order.amendResult == "0":
                self._counts["amended"] += 1
            self._note_fill(order)
            if not order.is_final:
                self._orders[key] = order
            elif key not in self._done:
                self._done.append(key)
                self._orders.pop(key, None)
                self._counts["filled" if order.state == "filled" else "canceled"] += 1

    def _note_fill(self, order: Order) -> None:
        identity = (order.instId, order.tradeId)
        if order.fillPx is None or order.fillSz is None or not order.is_fill or identity in self._fill_ids:
            return
        self._fill_ids.append(identity)
        self._counts["fills"] += 1
        self._fills.appendleft(_fill_note(order, order.fillPx, order.fillSz))

    def on_account(self, account: Account) -> None:
        """Take balances; an update carries only the currencies that changed."""
        with self._lock:
            for detail in account.details:
                self._balances[str(detail.ccy)] = detail.cashBal or Decimal(0)
            if account.totalEq is not None:
                self._equity = account.totalEq
                if self._start_equity is None:
                    self._start_equity = account.totalEq

    def on_position(self, position: Position) -> None:
        """Take a position; one of size 0 is closed."""
        with self._lock:
            if position.pos:
                self._positions[str(position.posId)] = position
            else:
                self._positions.pop(str(position.posId), None)

    def on_state(self, event: StateEvent) -> None:
        """Note what happened to a link."""
        detail = event.reason or event.topic or ""
        self.tell(f"{event.path} link {event.kind}" + (f": {detail}" if detail else ""))

    def on_error(self, error: Exception) -> None:
        """Note an error that has no caller."""
        with self._lock:
            self.errors.append(error)
        self.tell(f"error: {error}")

    # -- from the strategy and the session -----------------------------------------------------------------------

    def on_late(self, order: Order) -> None:
        """Note a request that came too late for this order, which stays as it is."""
        self.on_order(order)
        with self._lock:
            self._counts["late"] += 1

    def tell(self, text: str) -> None:
        """Add a line to the news."""
        with self._lock:
            self._news.append(text)
            self._told += 1

    def take_book(self, book: OrderBook) -> None:
        """Take the live book of one of the instruments."""
        with self._lock:
            self._markets[book.inst_id].book = book

    def _note_lag(self, stamp_ms: int | None) -> None:
        if stamp_ms is not None:
            self._lags.append(self._clock.server_time() * 1000 - stamp_ms)

    # -- pictures ------------------------------------------------------------------------------------------------

    def markets(self) -> tuple[MarketView, ...]:
        """Return the pictures of all instruments."""
        now = self._clock.monotonic()
        with self._lock:
            return tuple(market.view(now) for market in self._markets.values())

    def orders(self) -> tuple[Order, ...]:
        """Return own open orders: by instrument, dearest first."""
        with self._lock:
            open_orders = list(self._orders.values())
        return tuple(sorted(open_orders, key=lambda order: (str(order.instId), -(order.px or Decimal(0)))))

    def fills(self) -> tuple[FillNote, ...]:
        """Return own fills, newest first."""
        with self._lock:
            return tuple(self._fills)

    def positions(self) -> tuple[Position, ...]:
        """Open positions."""
        with self._lock:
            return tuple(self._positions.values())

    def money(self) -> Money:
        """Return balances and equity."""
        with self._lock:
            profit = None
            if self._equity is not None and self._start_equity is not None:
                profit = self._equity - self._start_equity
            return Money(equity_usd=self._equity, profit_usd=profit, balances=tuple(self._balances.items()))

    def counts(self) -> OrderCounts:
        """Return what became of order requests."""
        with self._lock:
            return OrderCounts(**self._counts)

    def news(self) -> tuple[int, tuple[str, ...]]:
        """Return how many lines there were so far, and the newest of them, oldest first."""
        with self._lock:
            return self._told, tuple(self._news)

    def recent_lag_ms(self) -> float | None:
        """Return the median time from the exchange's stamp to the callback, of the newest events, ms."""
        recent = list(self._lags)[-_RECENT_LAGS:]
        return statistics.median(recent) if recent else None

    def lag_percentiles_ms(self) -> tuple[float, float] | None:
        """Return the 50th and 99th percentile of that time over the whole run, ms."""
        lags = sorted(self._lags)
        return (lags[len(lags) // 2], lags[min(len(lags) - 1, len(lags) * 99 // 100)]) if lags else None


def _fill_note(order: Order, price: Decimal, size: Decimal) -> FillNote:
    role = "maker" if order.execType == "M" else "taker"
    at_ms = order.fillTime or order.uTime or 0
    return FillNote(at_ms=at_ms, inst_id=str(order.instId), side=str(order.side), price=price, size=size, role=role)
