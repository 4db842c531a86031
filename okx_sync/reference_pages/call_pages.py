"""The pages of all REST calls: a short list, and for each exchange its parameters."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, Final

from okx_sync.clients.bitget_rest import BitgetClient
from okx_sync.clients.bybit_rest import BybitClient
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.reference_pages.markdown import EXCHANGES, MADE, arguments, by_number, cell, slug, summary, table
from okx_sync.reference_pages.row_pages import row_link
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.limits import RateLimit

__all__ = ["PAGES"]

_CLIENTS: Final[dict[str, Any]] = {"okx": OkxClient, "bybit": BybitClient, "bitget": BitgetClient}
_REST: Final = f"""\
# REST calls

{MADE}

Each call is a method of a group of the client: `client.<group>.<method>(...)`, and awaited of the asynchronous one; its
name leads to its parameters, what it gives to the fields. What is not here is reached by
`client.request(method, path, params)`.
"""
_PARAMETERS: Final = """\
# {exchange}'s REST calls: every parameter

{made}

[rest.md](rest.md) is the short list. A parameter in [brackets] may be left out. Numbers are `Decimal`, `int` or text,
never `float`. What a call may raise is in its `help()`.
"""
_COLUMNS: Final = ("Method", "Request", "Gives", "Signed")


def _rest() -> str:
    parts = [_REST]
    for exchange, client in _CLIENTS.items():
        parts.append(f"## `{client.__name__}`: {len(client.endpoints())} calls\n")
        for group, calls in _groups(exchange):
            cells = [_cells(exchange, call) for call in calls]
            parts.append(f"### `client.{group}`\n\n{table(_COLUMNS, cells)}")
    return "\n".join(parts)


def _groups(exchange: str) -> Iterable[tuple[str, Iterable[Endpoint]]]:
    return groupby(sorted(_CLIENTS[exchange].endpoints(), key=lambda one: one.group), key=lambda one: one.group)


def _cells(exchange: str, call: Endpoint) -> tuple[str, ...]:
    link = f"[`{call.name}`](calls-{exchange}.md#{slug(_title(call))})"
    return link, f"`{call.method} {call.path}`", _gives(call), "yes" if call.auth else ""


def _gives(call: Endpoint) -> str:
    return "" if call.model is None else row_link(call.model)


def _parameters(exchange: str) -> str:
    parts = [_PARAMETERS.format(exchange=EXCHANGES[exchange], made=MADE)]
    for group, calls in _groups(exchange):
        parts.append(f"## `client.{group}`\n")
        parts.extend(_call(call) for call in calls)
    return "\n".join(parts)


def _title(call: Endpoint) -> str:
    return f"{call.group}.{call.name}"


def _call(call: Endpoint) -> str:
    text = inspect.cleandoc(call.function.__doc__ or "")
    facts = [f"`{call.method} {call.path}`", "signed" if call.auth else "public", *map(_limit, call.limits)]
    if gives := _gives(call):
        facts.append(f"gives {gives}")
    rows = list(_arguments(call, text))
    shown = f"\n{table(('Parameter', 'Meaning'), rows)}" if rows else ""
    return f"### `{_title(call)}`\n\n{summary(text)}\n\n{'; '.join(facts)}.\n{shown}"


def _limit(limit: RateLimit) -> str:
    each = "".join(f" and {name}" for name in limit.by)
    return f"{limit.count} in {limit.per_s:g} s by {limit.scope}{each}"


def _arguments(call: Endpoint, text: str) -> Iterator[tuple[str, str]]:
    """Yield each parameter with its words, in the order of the docstring, which is that of the method."""
    declared = {one.name: one for one in call.params}
    for name, meaning in arguments(text):
        known = declared.get(name)
        shown = f"`{name}`" if known is not None and known.required else f"[`{name}`]"
        words = (
            [] if known is None else sorted(known.words, key=by_number)
        )  # whose order is that of whichever twin came first
        choices = f" One of {', '.join(f'`{word}`' for word in words)}." if words else ""
        yield shown, cell(meaning) + choices


PAGES: Final = {"rest.md": _rest} | {f"calls-{exchange}.md": partial(_parameters, exchange) for exchange in _CLIENTS}
"""Each page by its file."""
