"""``TickerQuote``: what a ticker of any exchange says, under one set of names."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import attrs

from okx_sync.cli.place import Exchange
from okx_sync.rows.leading_fields import first_told

__all__ = ["QuoteBoard", "TickerQuote", "quote_of", "subscribe_quotes", "ticker_verb"]

# By meaning, the names that a ticker of some exchange has for it; a row has one of each at most.
_NAMES: Final = {
    "last": ("last", "lastPrice", "lastPr"),
    "bid": ("bidPx", "bid1Price", "bidPr", "bidPrice", "bestBid"),
    "bid_size": ("bidSz", "bid1Size", "bidSize"),
    "ask": ("askPx", "ask1Price", "askPr", "askPrice", "bestAsk"),
    "ask_size": ("askSz", "ask1Size", "askSize"),
    "volume": ("vol24h", "volume24h", "baseVolume"),
    "ts": ("ts", "systemTime"),
}
_SHARES: Final = ("price24hPcnt", "change24h", "priceChangePercent")


@attrs.frozen(kw_only=True)
class TickerQuote:
    """The best prices and 24 h figures of an instrument; None is what its exchange does not tell.

    ``change``: the price's change in 24 h, a share (0.01 is one per cent); ``volume``: traded in 24 h, in the
    exchange's unit (contracts, or the base currency); ``ts``: epoch ms of the exchange.
    """

    exchange: Exchange
    instrument: str
    last: Decimal | None = None
    bid: Decimal | None = None
    bid_size: Decimal | None = None
    ask: Decimal | None = None
    ask_size: Decimal | None = None
    change: Decimal | None = None
    volume: Decimal | None = None
    ts: int | None = None

    @property
    def name(self) -> str:
        """What the command line calls the instrument: ``bybit:BTCUSDT``."""
        return f"{self.exchange}:{self.instrument}"

    @property
    def spread(self) -> Decimal | None:
        """The distance of the best prices."""
        return None if self.bid is None or self.ask is None else self.ask - self.bid


def quote_of(exchange: Exchange, instrument: str, row: Any) -> TickerQuote:
    """Return what a ticker says."""
    found: dict[str, Any] = {name: first_told(row, theirs) for name, theirs in _NAMES.items()}
    change = first_told(row, _SHARES)
    before = getattr(row, "open24h", None)
    if change is None and before and found["last"] is not None:
        change = round(found["last"] / before - 1, 6)
    return TickerQuote(exchange=exchange, instrument=instrument, change=change, **found)


def ticker_verb(exchange: Exchange, ws: Any) -> Callable[..., Any]:
    """Return the method of a client that subscribes to tickers."""
    verb: Callable[..., Any] = ws.subscribe_ticker if exchange is Exchange.bitget else ws.subscribe_tickers
    return verb


def subscribe_quotes(exchange: Exchange, ws: Any, instruments: list[str], tell: Callable[[TickerQuote], object]) -> Any:
    """Subscribe to the tickers of instruments; returns the group, whose ``refused`` says what was not to be had."""
    subscribe = ticker_verb(exchange, ws)

    def take(row: Any) -> None:
        instrument = getattr(row, "instId", None) or getattr(row, "symbol", None) or ""
        tell(quote_of(exchange, instrument, row))

    return subscribe(instruments, callback=take)


class QuoteBoard:
    """The quotes of instruments as they come; written by callbacks, read by the screen.

    Args:
        keep: how many quotes wait for ``drain`` at most; the oldest go first.
    """

    def __init__(self, keep: int = 0) -> None:
        self._lock = threading.Lock()  # guards all below; held for a few operations
        self._newest: dict[str, tuple[TickerQuote, int]] = {}
        self._waiting: deque[TickerQuote] = deque(maxlen=keep)

    def take(self, quote: TickerQuote) -> None:
        """Note a quote."""
        with self._lock:
            _, count = self._newest.get(quote.name, (quote, 0))
            self._newest[quote.name] = (quote, count + 1)
            self._waiting.append(quote)

    def newest(self, name: str) -> tuple[TickerQuote | None, int]:
        """Return the newest quote of an instrument, and how many of it came."""
        with self._lock:
            return self._newest.get(name, (None, 0))

    def drain(self) -> list[TickerQuote]:
        """Return all that came since the last call."""
        with self._lock:
            found = list(self._waiting)
            self._waiting.clear()
            return found
