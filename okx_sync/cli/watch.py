"""``okx-sync watch``: a live table of instruments, of one exchange or of all three side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Annotated, Any

import attrs
import typer
from rich.table import Table
from rich.text import Text

from okx_sync.cli.command import Form, SecondsOption, command, warn_of_refused
from okx_sync.cli.numbers import amount, clock_time, percent, price
from okx_sync.cli.place import (
    ExchangePlace,
    named,
    ws_client,
)
from okx_sync.cli.quotes import QuoteBoard, TickerQuote, subscribe_quotes
from okx_sync.cli.screen import show
from okx_sync.errors import ConfigError

__all__ = ["InstrumentsArgument", "WatchScreen", "watch"]

_WAITING_QUOTES = 100_000
_COLUMNS = ("instrument", "last", "bid", "ask", "spread", "24 h", "volume", "events", "time (UTC)")

InstrumentsArgument = Annotated[
    list[str],
    typer.Argument(metavar="INST...", help="Instruments as their exchange names them; bybit:BTCUSDT names it as well."),
]


@command
def watch(
    instruments: InstrumentsArgument,
    place: ExchangePlace,
    form: Form,
    seconds: SecondsOption = 0,
) -> int:
    """Watch instruments: best prices, spread, change and volume in 24 hours, live.

    Exit code 1: nothing was to be had of an instrument; standard error says why.

    Examples: okx-sync watch BTC-USDT ETH-USDT

    okx-sync watch okx:BTC-USDT bybit:BTCUSDT bitget:BTCUSDT

    okx-sync watch BTC-USDT --paper --seconds 5 --json | jq .last
    """
    wanted = named(instruments, place.exchange)
    exchanges = list(dict.fromkeys(one for one, _ in wanted))
    if len(exchanges) > 1 and (place.profile or place.demo or place.site):
        raise ConfigError("several exchanges, and one --profile, --demo or --site", hint="watch them apart")
    board = QuoteBoard(keep=_WAITING_QUOTES if form is Form.json else 0)
    with ExitStack() as stack:
        here = stack.enter_context(place.opened())
        clients: list[Any] = []
        is_refused = False
        for one in exchanges:
            config = stack.enter_context(attrs.evolve(here, exchange=one).config())
            ws = stack.enter_context(ws_client(one, config))
            names = [name for of, name in wanted if of is one]
            is_refused |= warn_of_refused(one, subscribe_quotes(one, ws, names, board.take))
            clients.append(ws)
        view = WatchScreen(board, [f"{one}:{name}" for one, name in wanted], lambda: links_of(clients))
        show(view, form, seconds, clients[0].wait)
    return 1 if is_refused else 0


def links_of(clients: Iterable[Any]) -> str:
    """Say in which state the links of clients are."""
    states = [
        f"{status['environment']} {path} {link['state']}"
        for status in (client.status() for client in clients)
        for path, link in status["links"].items()
        if link["topics"]
    ]
    return "\n".join(states)


class WatchScreen:
    """The table of instruments.

    Args:
        board: where quotes come in.
        names: which instruments, as ``exchange:name``.
        links: says in which state the links are.
    """

    def __init__(self, board: QuoteBoard, names: list[str], links: Callable[[], str]) -> None:
        self._board = board
        self._names = names
        self._links = links
        self._shown: dict[str, int] = {}
        self._last: dict[str, TickerQuote] = {}

    def picture(self) -> Table:
        """Draw the table; what has moved since the last picture is green or red."""
        table = Table(caption=self._links(), caption_justify="left", box=None, pad_edge=False)
        for number, name in enumerate(_COLUMNS):
            table.add_column(name, justify="left" if number == 0 else "right", no_wrap=number < 4)
        for name in self._names:
            quote, count = self._board.newest(name)
            table.add_row(*self._cells(name, quote, count))
        return table

    def _cells(self, name: str, quote: TickerQuote | None, count: int) -> list[Text | str]:
        if quote is None:
            return [name, *["…"] * (len(_COLUMNS) - 1)]
        before, self._last[name] = self._last.get(name, quote), quote
        moved = (quote.last or 0) - (before.last or 0)
        color = "green" if moved > 0 else "red" if moved < 0 else ""
        change = "green" if (quote.change or 0) > 0 else "red" if (quote.change or 0) < 0 else ""
        return [
            name,
            Text(price(quote.last), color),
            price(quote.bid),
            price(quote.ask),
            price(quote.spread),
            Text(percent(quote.change), change),
            amount(quote.volume, 2),
            f"{count:,}",
            clock_time(quote.ts),
        ]

    def lines(self) -> Iterator[str]:
        """Say what is new of each instrument, a line each."""
        for name in self._names:
            quote, count = self._board.newest(name)
            if quote is not None and count != self._shown.get(name):
                self._shown[name] = count
                yield (
                    f"{clock_time(quote.ts)} {name:<22} last {price(quote.last)} bid {price(quote.bid)} "
                    f"ask {price(quote.ask)} 24h {percent(quote.change)} events {count}"
                )

    def documents(self) -> Iterator[dict[str, Any]]:
        """Give every quote."""
        return (attrs.asdict(quote) for quote in self._board.drain())
