"""``okx-sync download``: candles, trades, funding rates, fills and bills to Parquet or CSV."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from okx_sync.cli.command import JsonOption, command, console, json_line, say
from okx_sync.cli.place import ExchangePlace, rest_client
from okx_sync.errors import ConfigError

__all__ = ["download"]


class History(StrEnum):
    """What can be downloaded; the last two are of the account."""

    candles = "candles"
    trades = "trades"
    funding = "funding"
    fills = "fills"
    bills = "bills"


_OF_ACCOUNT = (History.fills, History.bills)
StartOption = Annotated[str | None, typer.Option("--start", metavar="TIME", help="2026-11-01, or with T12:30 (UTC).")]
EndOption = Annotated[str | None, typer.Option("--end", metavar="TIME", help="Not included; now by default.")]


@command
def download(
    what: Annotated[History, typer.Argument(help="What to download.")],
    place: ExchangePlace,
    instrument: Annotated[str | None, typer.Argument(metavar="[INST]", help="As its exchange names it.")] = None,
    folder: Annotated[Path, typer.Option(metavar="DIR", help="Where the Parquet files go.")] = Path("history"),
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write all of it to this CSV file.")] = None,
    start: StartOption = None,
    end: EndOption = None,
    bar: Annotated[
        str | None, typer.Option(metavar="BAR", help="Candles: 1m, 1H, ... in the exchange's words.")
    ] = None,
    product: Annotated[str | None, typer.Option(metavar="KIND", help="OKX: SWAP, SPOT, ... Bybit: linear, ...")] = None,
    json: JsonOption = False,
) -> int:
    """Download a history within the exchange's limits. Interrupted, the same command goes on where it stopped.

    Examples: okx-sync download candles BTC-USDT --bar 1H --start 2026-11-01

    okx-sync download trades BTC-USDT --start 2026-11-29 --csv trades.csv
    """
    from okx_sync.store.download import download as fetch

    first, last = _moment("--start", start), _moment("--end", end)
    with (
        place.config(private=what in _OF_ACCOUNT, read_only=True) as config,
        rest_client(place.exchange, config) as client,
    ):
        with _progress(f"{what} {instrument or ''}".strip()) as progress:
            task = progress.task_ids[0]
            done = fetch(
                client, what.value, instrument, folder=folder, bar=bar, product=product, start=first, end=last,
                progress=lambda rows: progress.update(task, completed=rows),
            )  # fmt: skip
        rows = _write_csv(done, csv) if csv is not None else None
        if json:
            json_line({"channel": done.channel, "folder": str(folder), "new_rows": done.new_rows, "csv_rows": rows})
        else:
            say(f"{done.new_rows:,} new rows of {done.channel} in {folder}")
            if rows is not None:
                say(f"{rows:,} rows in {csv}")
    return 0


def _moment(option: str, text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{option} {text} is no time", hint="for example 2026-11-01 or 2026-11-01T12:30") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=dt.UTC)


def _progress(label: str) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,} rows"), TimeElapsedColumn())
    progress = Progress(*columns, console=console(stderr=True), transient=True)
    progress.add_task(label, total=None)
    return progress


def _write_csv(done: Any, file: Path) -> int:
    """Write the table to a file, which is replaced in one step; returns the number of its rows."""
    import pyarrow.csv  # type: ignore[import-untyped]

    table = done.read()
    unfinished = file.with_name(f"{file.name}.part")
    pyarrow.csv.write_csv(table, unfinished)
    unfinished.replace(file)
    return int(table.num_rows)
