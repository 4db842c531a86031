"""What the made pages have in common: tables, links to headings, docstrings as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["EXCHANGES", "MADE", "arguments", "by_number", "cell", "prose", "slug", "summary", "table"]

EXCHANGES: Final = {"okx": "OKX", "bybit": "Bybit", "bitget": "Bitget"}
"""The exchanges: the word of files and code, and how people write it."""
MADE: Final = "Made from the declarations by `python -m okx_sync.reference_pages`; do not edit by hand."

_ARGUMENT: Final = re.compile(r"^(\*{0,2}\w+): ?", re.MULTILINE)
_SECTION: Final = re.compile(r"\n(?:Args|Returns|Raises|Source):")
_ROLE: Final = re.compile(r":\w+:`~?([^`]+)`")


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table."""
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def prose(text: str) -> str:
    """Write a docstring's text as Markdown, which has no roles and no colons before code."""
    return _ROLE.sub(r"`\1`", text).replace("::\n", ":\n")


def cell(text: str) -> str:
    """Write a text as the cell of a table: in one line, without what would end the cell."""
    return prose(" ".join(text.split())).replace(" | ", " or ").replace("|", "\\|")


def by_number(word: object) -> tuple[int, int, str]:
    """Sort words as people would: numbers by their size, other words behind them."""
    text = str(word)
    return (0, int(text), "") if text.lstrip("-").isdecimal() else (1, 0, text)


def slug(title: str) -> str:
    """Return what a link to a heading ends in."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip())


def summary(text: str) -> str:
    """Return what a docstring says before its sections."""
    return prose(_SECTION.split(text, maxsplit=1)[0].strip())


def arguments(text: str) -> Iterator[tuple[str, str]]:
    """Yield the arguments that a docstring lists, each with its words."""
    body = text.partition("\nArgs:\n")[2]
    parts = _ARGUMENT.split(textwrap.dedent("\n".join(_until_dedent(body.splitlines()))))
    yield from zip(parts[1::2], parts[2::2], strict=True)


def _until_dedent(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line and not line.startswith(" "):
            return
        yield line
