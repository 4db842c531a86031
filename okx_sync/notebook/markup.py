"""The HTML that pictures are made of: escaped text, cells, tables and cards, for light and dark pages.

Every text goes through :func:`text`, which escapes it and hides secrets; all else takes and gives :data:`Html`, so that
a type checker notices what was not escaped. Colors are those of the page's own theme, with one that suits both where it
names none.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal, NewType

from okx_sync import logs

__all__ = [
    "NONE",
    "NOT_KNOWN",
    "Color",
    "Html",
    "bar",
    "card",
    "colored",
    "moment",
    "note",
    "number",
    "pairs",
    "side_by_side",
    "signed",
    "table",
    "text",
    "warning",
]

Html = NewType("Html", str)
"""Text that is HTML: what is not markup in it is escaped."""

Color = Literal["up", "down", "doubt", "faint", ""]

_COLORS: Final[dict[Color, str]] = {
    "up": "var(--jp-success-color1,var(--vscode-charts-green,#2e8b57))",
    "down": "var(--jp-error-color1,var(--vscode-charts-red,#d9534f))",
    "doubt": "var(--jp-warn-color1,var(--vscode-charts-orange,#b8730b))",
    "faint": "var(--jp-content-font-color2,var(--vscode-descriptionForeground,#808080))",
    "": "inherit",
}
_CELL: Final = "padding:1px 10px 1px 0;border:0;white-space:nowrap;background:none"
_LINE: Final = "border-bottom:1px solid rgba(128,128,128,.35)"


def text(value: object) -> Html:
    """Escape a text, and take out of it what is known as a secret."""
    return Html(html.escape(logs.redact(str(value))))


NOT_KNOWN: Final = Html(f'<span style="color:{_COLORS["doubt"]}">not known</span>')
"""Stands for a value that nobody has told."""


NONE: Final = Html('<span style="opacity:.5">&mdash;</span>')
"""Stands for a value that there need not be."""


def colored(value: object, color: Color, *, bold: bool = False) -> Html:
    """Write a text in a color."""
    weight = ";font-weight:600" if bold else ""
    return Html(f'<span style="color:{_COLORS[color]}{weight}">{text(value)}</span>')


def number(value: Decimal | None, color: Color = "") -> Html:
    """Write a number with all its digits."""
    if value is None:
        return NOT_KNOWN
    return colored(f"{value:f}", color) if color else text(f"{value:f}")


def signed(value: Decimal | None) -> Html:
    """Write a profit or loss, with its sign and color."""
    if value is None:
        return NOT_KNOWN
    return colored(f"{value:+f}" if value else "0", "up" if value > 0 else "down" if value < 0 else "")


def moment(ms: int | None) -> Html:
    """Write a time (epoch ms) in UTC."""
    if ms is None:
        return NOT_KNOWN
    try:
        at = dt.datetime.fromtimestamp(ms / 1000, dt.UTC)
    except (ValueError, OverflowError, OSError):  # no time after all
        return text(ms)
    return text(f"{at:%Y-%m-%d %H:%M:%S}.{ms % 1000:03d}")


def bar(share: float, color: Color, content: Html, *, right: bool = True) -> Html:
    """Write content over a bar that fills a share (0 to 1) of its cell, from the right unless told otherwise."""
    width = max(1, min(100, round(share * 100)))
    place = "right" if right else "left"
    return Html(
        f'<div style="position:relative;min-width:90px;text-align:right"><div style="position:absolute;{place}:0;top:0;'
        f'bottom:0;width:{width}%;background:{_COLORS[color]};opacity:.18"></div>{content}</div>'
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[Html]], left: Collection[int] = (0,)) -> Html:
    """Make a table; columns whose numbers are not in ``left`` stand at the right."""
    sides = ["left" if place in left else "right" for place in range(len(headings))]
    head = "".join(
        f'<th style="{_CELL};{_LINE};text-align:{side};font-weight:600">{text(heading)}</th>'
        for side, heading in zip(sides, headings, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{_CELL};text-align:{side}">{one}</td>' for side, one in zip(sides, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return Html(
        f'<table style="border-collapse:collapse;margin:2px 0;font-variant-numeric:tabular-nums"><thead><tr>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def pairs(found: Iterable[tuple[str, Html, str]]) -> Html:
    """Make a table of names and values; the third of each is what the pointer shows over the name."""
    body = "".join(
        f'<tr><td style="{_CELL};text-align:left;color:{_COLORS["faint"]}" title="{text(about)}">{text(name)}</td>'
        f'<td style="{_CELL};text-align:left">{value}</td></tr>'
        for name, value, about in found
    )
    return Html(f'<table style="border-collapse:collapse;margin:2px 0"><tbody>{body}</tbody></table>')


def note(value: object) -> Html:
    """Write a line of less weight."""
    return Html(f'<div style="color:{_COLORS["faint"]};font-size:90%">{text(value)}</div>')


def warning(value: object) -> Html:
    """Write a line that says what is not to be relied on."""
    return Html(f'<div style="color:{_COLORS["doubt"]}">⚠ {text(value)}</div>')


def card(title: str, *parts: Html) -> str:
    """Make the picture of one object: its title and what is below it."""
    head = f'<div style="font-weight:600">{text(title)}</div>' if title else ""
    return f'<div style="margin:4px 0;max-width:100%;overflow-x:auto">{head}{"".join(parts)}</div>'


def side_by_side(drawn: Iterable[str]) -> str:
    """Put finished pictures beside each other, as far as there is room."""
    inside = "".join(f"<div>{one}</div>" for one in drawn)
    return f'<div style="display:flex;flex-wrap:wrap;gap:4px 28px;align-items:flex-start">{inside}</div>'
