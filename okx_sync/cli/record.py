"""``okx-sync record``, ``replay`` and ``verify``: what the streams say, kept, played again and proved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import attrs
import typer
from rich.text import Text

from okx_sync.cli.command import Form, JsonOption, SecondsOption, command, json_line, say, warn_of_refused
from okx_sync.cli.place import Exchange, ExchangePlace, ws_client
from okx_sync.cli.quotes import QuoteBoard, subscribe_quotes
from okx_sync.cli.screen import show
from okx_sync.cli.watch import WatchScreen
from okx_sync.errors import ConfigError

if TYPE_CHECKING:
    from okx_sync.store.recorder import Recorder

__all__ = ["record", "replay", "verify"]

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="The recording.")]

# As many quotes as a recording may have: none of a replay is left out.
_ALL: Final = 1 << 40
# What people call a stream, and the method of each exchange's client for it.
_STREAMS: Final = {
    "tickers": {Exchange.bitget: "subscribe_ticker"},
    "trades": {Exchange.bitget: "subscribe_trade"},
    "books": {Exchange.bybit: "subscribe_orderbook"},
    "candles": dict[Exchange, str](),
}

_USUAL: Final = "tickers,trades,books"  # tickers, so that `replay` has something to show


@command
def record(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made when it is not there.")],
    instruments: Annotated[list[str], typer.Argument(metavar="INST...", help="As their exchange names them.")],
    place: ExchangePlace,
    form: Form,
    what: Annotated[str, typer.Option(metavar="NAMES", help="Of tickers, trades, books, candles.")] = _USUAL,
    private: Annotated[bool, typer.Option("--account", help="Also orders, positions and balances of the key.")] = False,
    seconds: SecondsOption = 0,
) -> int:
    """Record streams raw, as they come, until Ctrl-C. A recording can be played, proved, and made tables of.

    A second run with the same folder goes on with the recording. Exit code 1: something was not to be had, or could not
    be kept.

    Examples: okx-sync record btc BTC-USDT --what books,candles

    okx-sync record btc BTC-USDT --paper --seconds 10
    """
    methods = _methods(what, place.exchange)
    with place.config(private=private, read_only=True) as config, ws_client(place.exchange, config) as ws:
        with ws.record(folder) as recorder:
            groups = [getattr(ws, method)(instruments, callback=_ignore) for method in methods]
            is_refused = warn_of_refused(place.exchange, *groups)
            if private:
                _ = ws.account, ws.positions, ws.orders
            show(RecorderScreen(recorder), form, seconds, ws.wait)
        if form is Form.json:
            json_line(attrs.asdict(recorder.stats))
        else:
            say(repr(recorder))
        return 1 if recorder.stats.missed or is_refused else 0


def _methods(what: str, exchange: Exchange) -> list[str]:
    names = [name.strip() for name in what.split(",") if name.strip()]
    if not names or (unknown := set(names) - set(_STREAMS)):
        wrong = ", ".join(sorted(unknown)) if names else "nothing"
        raise ConfigError(f"--what {wrong}: there is no such stream here", hint=f"known are {', '.join(_STREAMS)}")
    return [_STREAMS[name].get(exchange, f"subscribe_{name}") for name in names]


def _ignore(_row: object) -> None:
    """Take what is recorded anyway."""


class RecorderScreen:
    """How a recording grows.

    Args:
        recorder: the one that runs.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def picture(self) -> Text:
        """Draw its counts."""
        return Text(self._line())

    def lines(self) -> Iterator[str]:
        """Say its counts."""
        yield self._line()

    def documents(self) -> Iterator[dict[str, Any]]:
        """Give nothing: the counts at the end say all."""
        return iter(())

    def _line(self) -> str:
        stats = self._recorder.stats
        missed = f", {stats.missed:,} left out" if stats.missed else ""
        return f"{stats.frames:,} messages, {stats.size / 1e6:,.1f} MB in {stats.files} files{missed}"


@command
def replay(
    folder: FolderArgument,
    instruments: Annotated[list[str], typer.Argument(metavar="INST...", help="Instruments whose tickers are shown.")],
    form: Form,
    speed: Annotated[str, typer.Option(metavar="N", help="So many times as fast as recorded, or max.")] = "1",
) -> int:
    """Play a recording: the table of 'okx-sync watch', from what was recorded.

    Exit code 1: nothing was recorded of an instrument; standard error says so.

    Examples: okx-sync replay btc BTC-USDT --speed 10

    okx-sync replay btc BTC-USDT --speed max --json
    """
    from okx_sync import BitgetReplayClient, BybitReplayClient, Recording, ReplayClient

    where = Exchange(Recording(folder).exchange)
    kinds: dict[Exchange, Any] = {Exchange.bybit: BybitReplayClient, Exchange.bitget: BitgetReplayClient}
    with kinds.get(where, ReplayClient)(folder, speed=_speed(speed)) as ws:
        board = QuoteBoard(keep=_ALL if form is Form.json else 0)
        is_refused = warn_of_refused(where, subscribe_quotes(where, ws, instruments, board.take))
        ws.play(wait=False)
        view = WatchScreen(
            board, [f"{where}:{name}" for name in instruments], lambda: f"recorded, {speed} times as fast"
        )
        show(view, form, 0, ws.wait_played)
    return 1 if is_refused else 0


def _speed(text: str) -> Any:
    if text == "max":
        return text
    try:
        return float(text)
    except ValueError:
        raise ConfigError(f"--speed {text} is no number", hint="for example 10, or max") from None


@command
def verify(folder: FolderArgument, json: JsonOption = False) -> int:
    """Prove that a recording is whole, number by number, or say what is missing.

    Exit code 1: it is not whole.

    Example: okx-sync verify btc
    """
    from okx_sync import Recording

    found = Recording(folder).verify()
    if json:
        json_line({**attrs.asdict(found, value_serializer=_plain), "is_whole": found.is_whole})
    else:
        say(str(found))
    return 0 if found.is_whole else 1


def _plain(_owner: object, field: Any, value: Any) -> Any:
    return str(value) if field is not None and field.name == "topic" else value
