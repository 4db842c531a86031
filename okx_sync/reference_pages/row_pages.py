"""The pages of all row classes, with their fields."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache, partial
from itertools import groupby
from types import ModuleType
from typing import Any, Final

import attrs

from okx_sync import exchanges
from okx_sync.reference_pages.markdown import EXCHANGES, MADE, cell, prose, slug, table
from okx_sync.rows.field_docs import told_fields

__all__ = ["PAGES", "row_link"]

_TOP: Final = """\
# {exchange}'s rows: every field

{made}

What streams and calls deliver, and the rows of requests. A name is the exchange's own; a field of what is delivered is
None when the exchange did not send it or sent an empty text. `Decimal` is exact, times are integers. What the
exchange adds later is in `row.extra`; `row.to_wire()` gives back what came in.
"""


def row_link(model: Any) -> str:
    """Write the name of a row class, as a link where it has a page."""
    name: str = getattr(model, "__name__", str(model))
    module = getattr(model, "__module__", "")
    exchange = module.removeprefix(f"{exchanges.__name__}.").partition(".")[0]
    if exchange not in EXCHANGES or model not in _rows(exchange):
        return f"`{name}`"
    return f"[`{name}`](rows-{exchange}.md#{slug(_title(model))})"


def _page(exchange: str) -> str:
    parts = [_TOP.format(exchange=EXCHANGES[exchange], made=MADE)]
    for module, rows in groupby(_rows(exchange), key=lambda row: row.__module__):
        parts.append(f"## `{module}`\n")
        parts.extend(_row(row) for row in rows)
    return "\n".join(parts)


def _row(row: type[Any]) -> str:
    # That of a typed dict without one of its own is that of `dict`, or of nobody.
    own = inspect.cleandoc(row.__doc__ or "").partition("\nAttributes:")[0].strip()
    fields = [
        (f"`{name}`", f"`{cell(kind.removesuffix(' | None'))}` {cell(text)}".rstrip())
        for name, kind, text in told_fields(row)
    ]
    shown = table(("Field", "Type and meaning"), fields) if fields else "It has no fields of its own.\n"
    return f"### `{_title(row)}`\n\n{prose(own)}\n\n{shown}"


def _title(row: type[Any]) -> str:
    """Name a row so that no other has the same heading: ``okx.market.Ticker``."""
    place = row.__module__.removeprefix(f"{exchanges.__name__}.").removesuffix(".models")
    return f"{place}.{row.__name__}"


@cache
def _rows(exchange: str) -> tuple[type[Any], ...]:
    return tuple(row for module in _modules(exchange) for row in _of(module))


def _of(module: ModuleType) -> Iterator[type[Any]]:
    """Yield the classes with fields that a module itself defines, in its order."""
    for name, value in vars(module).items():
        is_own = inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_")
        if is_own and (attrs.has(value) or issubclass(value, dict)):
            yield value


def _modules(exchange: str) -> Iterator[ModuleType]:
    package = importlib.import_module(f"{exchanges.__name__}.{exchange}")
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda one: one.name):
        if found.name.rpartition(".")[2].endswith(("models", "requests")):
            yield importlib.import_module(found.name)


PAGES: Final = {f"rows-{exchange}.md": partial(_page, exchange) for exchange in EXCHANGES}
"""Each page by its file."""
