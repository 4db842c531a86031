"""``live_table``: the tickers of instruments as a table that moves."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Any, Final

from okx_sync.cli.numbers import amount, clock_time, percent, price
from okx_sync.cli.place import Exchange
from okx_sync.cli.quotes import TickerQuote, quote_of, ticker_verb
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, OkxError, StreamClosed
from okx_sync.live.stream_client import StreamClient
from okx_sync.notebook.hold import Moving, check_seconds, hold
from okx_sync.notebook.markup import Color, Html, card, colored, note, table, text, warning

__all__ = ["live_table"]

_COLUMNS: Final = ("instrument", "last", "bid", "ask", "spread", "24 h", "volume", "events", "time (UTC)")

# By client, what its live table watches: the next table goes on with it, and ends what it does not show.
_watched: Final[weakref.WeakKeyDictionary[StreamClient, dict[str, Subscription[Any]]]] = weakref.WeakKeyDictionary()


def live_table(ws: StreamClient, instruments: str | Iterable[str], seconds: float | None = None) -> None:
    """Show a live table of tickers in a notebook cell: last price, best prices, spread, change and volume in 24 hours.

    The cell is held and redrawn as :func:`show` does it. The client goes on with the subscriptions afterwards, so that
    the cell that is run again, or another live table of the same client, takes them over: nothing is subscribed twice,
    and what the new table does not show is unsubscribed.

    Args:
        ws: A stream client of OKX, Bybit or Bitget, also one that replays or follows.
        instruments: As their exchange names them: ``["BTC-USDT-SWAP", "ETH-USDT-SWAP"]``.
        seconds: How long; None: until it is stopped.

    Raises:
        SubscriptionError: The exchange refused all of them. What it refused of several stands in the table.
        StreamClosed: The client was closed; or the error that ended a link for good.
        ConfigError: No instrument, no such instrument, or ``ws`` is no stream client.
    """
    if not isinstance(ws, StreamClient):
        raise ConfigError(
            f"a live table needs a stream client, not a {type(ws).__name__}", hint="live_table(ws, [...])"
        )
    if not isinstance(instruments, Iterable):
        raise ConfigError(f"a live table needs names of instruments, not {instruments!r}", hint="['BTC-USDT']")
    names = list(dict.fromkeys([instruments] if isinstance(instruments, str) else instruments))
    if not names:
        raise ConfigError("a live table needs an instrument", hint="for example ['BTC-USDT']")
    check_seconds(seconds)
    exchange = Exchange(ws._spec.dialect.name)
    board = _Board(ws, exchange, _take_over(ws, exchange, names))
    hold(Moving(board.picture, board.words, board.is_over), seconds)


def _take_over(ws: StreamClient, exchange: Exchange, names: list[str]) -> dict[str, Subscription[Any]]:
    """Return a subscription for each instrument, in their order: those that are there, and new ones for the others."""
    watched = _watched.setdefault(ws, {})
    ended = [name for name, sub in watched.items() if sub.is_closed or name not in names]
    subscribe = ticker_verb(exchange, ws)
    with ws.batch():
        for name in ended:
            watched.pop(name).unsubscribe()
        fresh = {name: subscribe(name, policy="latest") for name in names if name not in watched}
    watched.update(fresh)
    return {name: watched[name] for name in names}


class _Board:
    """What is drawn.

    Args:
        ws: The client.
        exchange: Its exchange.
        subs: Its subscriptions by instrument.
    """

    def __init__(self, ws: StreamClient, exchange: Exchange, subs: dict[str, Subscription[Any]]) -> None:
        self._ws = ws
        self._exchange = exchange
        self._subs = subs
        self._before: dict[str, TickerQuote] = {}

    def is_over(self) -> bool:
        """Raise what has ended the client or all that is shown; else it goes on."""
        if self._ws.wait(0):
            raise StreamClosed("the client was closed")
        ended = [sub for sub in self._subs.values() if sub.is_closed]
        if len(ended) == len(self._subs):
            ended[0].latest()  # raises why
        return False

    def picture(self) -> str:
        """Draw the table; a last price that has moved since the picture before is green or red."""
        rows, doubts = [], []
        for name, sub in self._subs.items():
            quote, doubt = self._newest(name, sub)
            rows.append(self._row(name, sub, quote, is_doubtful=doubt is not None))
            doubts += [] if doubt is None else [warning(f"{name}: {doubt}")]
        return card("", table(_COLUMNS, rows), *doubts, *([] if doubts else [note(self._exchange)]))

    def words(self) -> str:
        """Say the same in lines."""
        lines = []
        for name, sub in self._subs.items():
            quote, doubt = self._newest(name, sub)
            told = "nothing has come yet" if quote is None else _words(quote)
            lines.append(f"{name:<22} {told}, events {sub.received:,}{'' if doubt is None else f', {doubt}'}")
        return "\n".join(lines)

    def _newest(self, name: str, sub: Subscription[Any]) -> tuple[TickerQuote | None, str | None]:
        """Return the newest quote, and why it may not be the market's."""
        try:
            row = sub.latest()
        except OkxError as end:
            return self._before.get(name), str(end)
        quote = None if row is None else quote_of(self._exchange, name, row)
        return quote, None if sub.is_connected else "the link is down; this is what was known before"

    def _row(self, name: str, sub: Subscription[Any], quote: TickerQuote | None, *, is_doubtful: bool) -> list[Html]:
        if quote is None:
            return [text(name), *[colored("…", "faint")] * (len(_COLUMNS) - 1)]
        before, self._before[name] = self._before.get(name, quote), quote
        moved = (quote.last or 0) - (before.last or 0)
        change = quote.change or 0
        shade: Color = "faint" if is_doubtful else ""
        up_or_down: Color = "up" if moved > 0 else "down" if moved < 0 else ""
        return [
            text(name),
            colored(price(quote.last), shade or up_or_down, bold=True),
            *(colored(price(value), shade) for value in (quote.bid, quote.ask, quote.spread)),
            colored(percent(quote.change), shade or ("up" if change > 0 else "down" if change < 0 else "")),
            colored(amount(quote.volume, 2), shade),
            colored(f"{sub.received:,}", shade),
            colored(clock_time(quote.ts), shade),
        ]


def _words(quote: TickerQuote) -> str:
    return (
        f"{clock_time(quote.ts)} last {price(quote.last)} bid {price(quote.bid)} ask {price(quote.ask)} "
        f"24h {percent(quote.change)}"
    )
