"""The documentation pages of Bybit's and Bitget's channels and of all REST calls, made from what is declared.

``python -m okx_sync.reference_pages`` writes them below ``docs`` (or the folder it is given). A test keeps the
committed pages equal to the declarations. OKX's channels have a page of their own: ``exchanges.okx.channel_doc``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from okx_sync.clients.bitget_rest import BitgetClient
from okx_sync.clients.bybit_rest import BybitClient
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bybit.channels import CHANNELS
from okx_sync.exchanges.channel import Channel

__all__ = ["PAGES", "main"]

_MADE: Final = "Made from the declarations by `python -m okx_sync.reference_pages`; do not edit by hand."
_STREAMS: Final = """\
# {exchange}'s channels

{made}

`ws.subscribe(channel, **arguments)` of `{client}` takes the names of this page and delivers the same objects as the
methods; each field keeps the exchange's spelling. A name alone is required, `a` or `b` means at least one of them,
[brackets] mark what may be left out. A channel that is not here is subscribed with `path=`; its rows are mappings.
"""
_CHANNEL_COLUMNS: Final = ("Channel", "Method", "Delivers", "Path", "Arguments", "Needs and notes", "Pushes")
_REST: Final = f"""\
# REST calls

{_MADE}

Each call is a method of a group of the client: `client.<group>.<method>(...)`; `help()` of it has parameters with
units, limits and the exchange's page. What is not here is reached by `client.request(method, path, params)`.
"""
_CALL_COLUMNS: Final = ("Method", "Request", "Gives", "Signed")


def _bybit() -> str:
    return _channels("Bybit", "BybitWsClient", {"V5": CHANNELS["v5"].rows.values()})


def _bitget() -> str:
    tables = {"V3, unified accounts": TABLES["v3"].rows.values(), "V2, classic accounts": TABLES["v2"].rows.values()}
    return _channels("Bitget", "BitgetWsClient", tables)


def _channels(exchange: str, client: str, tables: Mapping[str, Iterable[Channel]]) -> str:
    parts = [_STREAMS.format(exchange=exchange, client=client, made=_MADE)]
    for title, rows in tables.items():
        parts.append(f"## {title}\n\n{_table(_CHANNEL_COLUMNS, map(_channel_cells, rows))}")
    return "\n".join(parts)


def _channel_cells(channel: Channel) -> tuple[str, ...]:
    def spelled(name: str) -> str:
        allowed = channel.values.get(name)
        return f"`{name}` ({', '.join(allowed)})" if allowed else f"`{name}`"

    required = [spelled(name) for name in channel.required]
    if channel.one_of:
        required.append(" or ".join(spelled(name) for name in channel.one_of))
    arguments = [*required, *(f"[{spelled(name)}]" for name in channel.optional)]
    if channel.is_family:
        arguments.append(f"{channel.variable}: {', '.join(channel.values[channel.variable])}")
    needs = "; ".join(part for part in ("login" if channel.login else "", channel.note, channel.gone) if part)
    return (
        f"`{channel.name}`",
        f"`{channel.method}`",
        f"`{channel.model.__name__}`",
        channel.path,
        ", ".join(arguments),
        needs,
        channel.cadence,
    )


def _rest() -> str:
    parts = [_REST]
    for client in (OkxClient, BybitClient, BitgetClient):
        endpoints = sorted(client.endpoints(), key=lambda one: one.group)
        parts.append(f"## `{client.__name__}`: {len(endpoints)} calls\n")
        for group, calls in groupby(endpoints, key=lambda one: one.group):
            parts.append(f"### `client.{group}`\n\n{_table(_CALL_COLUMNS, map(_call_cells, calls))}")
    return "\n".join(parts)


def _call_cells(endpoint: Any) -> tuple[str, ...]:
    model = endpoint.model
    gives = f"`{getattr(model, '__name__', model)}`" if model is not None else ""
    return f"`{endpoint.name}`", f"`{endpoint.method} {endpoint.path}`", gives, "yes" if endpoint.auth else ""


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "channels-bybit.md": _bybit,
    "channels-bitget.md": _bitget,
    "rest.md": _rest,
}
"""Each page by its file."""


def main(args: list[str]) -> None:
    """Write the pages into the folder in ``args``, or into ``docs`` below the working directory."""
    folder = Path(args[0]) if args else Path("docs")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
