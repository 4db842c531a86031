"""``okx-sync endpoints`` and ``channels``: find what exists, and what it is called here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from rich.table import Table

from okx_sync.cli.command import JsonOption, command, console, json_line, say, warn
from okx_sync.cli.place import Exchange

__all__ = ["channels", "endpoints"]

WordsArgument = Annotated[list[str] | None, typer.Argument(metavar="WORD...", help="All of these must occur.")]
OneExchangeOption = Annotated[Exchange | None, typer.Option("--exchange", "-e", help="Of this exchange only.")]


@command
def endpoints(words: WordsArgument = None, exchange: OneExchangeOption = None, json: JsonOption = False) -> int:
    """Search the REST calls of the three exchanges by words of their path, method or group.

    Exit code 1: nothing was found.

    Example: okx-sync endpoints funding rate --exchange okx
    """
    return _print(("call", "request", "gives", "signed"), _endpoints(exchange), words or [], json=json)


@command
def channels(words: WordsArgument = None, exchange: OneExchangeOption = None, json: JsonOption = False) -> int:
    """Search the channels of the three exchanges by words of their name, method or class.

    Exit code 1: nothing was found.

    Example: okx-sync channels book
    """
    return _print(("channel", "method", "delivers", "path", "login"), _channels(exchange), words or [], json=json)


def _endpoints(exchange: Exchange | None) -> Iterator[tuple[str, ...]]:
    import okx_sync

    clients: dict[Exchange, Any] = {
        Exchange.okx: okx_sync.OkxClient,
        Exchange.bybit: okx_sync.BybitClient,
        Exchange.bitget: okx_sync.BitgetClient,
    }
    for one, client in clients.items():
        if exchange in (None, one):
            for call in client.endpoints():
                gives = "" if call.model is None else getattr(call.model, "__name__", str(call.model))
                name = f"{client.__name__}.{call.group}.{call.name}"
                yield name, f"{call.method} {call.path}", gives, "yes" if call.auth else ""


def _channels(exchange: Exchange | None) -> Iterator[tuple[str, ...]]:
    from okx_sync.exchanges.bitget.channels import TABLES
    from okx_sync.exchanges.bybit.channels import CHANNELS as BYBIT
    from okx_sync.exchanges.okx.channels import CHANNELS as OKX

    found: dict[Exchange, list[tuple[str, Iterable[Any]]]] = {
        Exchange.okx: [("WsClient", OKX.values())],
        Exchange.bybit: [("BybitWsClient", BYBIT["v5"].rows.values())],
        Exchange.bitget: [(f"BitgetWsClient {which}", TABLES[which].rows.values()) for which in ("v3", "v2")],
    }
    for one, tables in found.items():
        if exchange in (None, one):
            for client, rows in tables:
                for row in rows:
                    login = "yes" if row.login else ""
                    yield row.name, f"{client}.{row.method}", row.model.__name__, row.path, login


def _print(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], words: list[str], *, json: bool) -> int:
    wanted = [word.lower() for word in words]
    found = [row for row in rows if all(word in " ".join(row).lower() for word in wanted)]
    if json:
        for row in found:
            json_line(dict(zip(headings, row, strict=True)))
    elif not console().is_terminal:
        for row in found:
            say("\t".join(row))
    elif found:
        table = Table(box=None, pad_edge=False)
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in found:
            table.add_row(*row)
        console().print(table)
    if not found:
        warn(f"nothing has {' and '.join(words)} in it")
    return 0 if found else 1
