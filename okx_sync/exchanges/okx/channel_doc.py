"""The documentation page of all channels, made from what the typed methods declare.

``python -m okx_sync.exchanges.okx.channel_doc`` writes ``docs/channels.md`` (or the path it is given). A test keeps
the committed page equal to the table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from okx_sync.exchanges.declared import declared_by
from okx_sync.exchanges.okx.channel import Channel
from okx_sync.exchanges.okx.channels import CHANNELS
from okx_sync.exchanges.okx.streams import Subscriber

__all__ = ["PAGE", "main", "page"]

PAGE: Final = Path("docs", "channels.md")

_COLUMNS: Final = ("Channel", "Method of `WsClient`", "Delivers", "Path", "Arguments", "Needs and notes", "Pushes")
_INTRO: Final = """\
# OKX channels

Made from the declarations by `python -m okx_sync.exchanges.okx.channel_doc`; do not edit by hand.

{rows} kinds of stream, {names} concrete channels. Each has a typed method; `ws.subscribe(channel, **arguments)` takes
the wire's own names from this page and delivers the same objects. The classes are in the module
that is named below; each field keeps OKX's spelling.

Arguments: a name alone is required, `a` or `b` means at least one of them, [brackets] mark what may be left out. The
methods spell them `inst_id`, `inst_type`, and so on; `extraParams` is their `interval_ms`. Needs: "login" is a client
with credentials; a fee tier is what the account must have, else OKX refuses with 64003.
"""


def page() -> str:
    """Write the whole page, in Markdown."""
    names = sum(len(channel.wire_names()) for channel in CHANNELS.values())
    parts = [_INTRO.format(rows=len(CHANNELS), names=names)]
    for streams in Subscriber.__bases__:
        family = list(declared_by(streams, Channel))
        title = (streams.__doc__ or "").partition("\n")[0].rstrip(".")
        module = f"{streams.__module__.rpartition('.')[0]}.models"
        parts.append(f"## {title}\n\nClasses: `{module}`.\n\n{_table(family)}{_bars(family)}")
    return "\n".join(parts)


def main(args: list[str]) -> None:
    """Write the page to the path in ``args``, or to ``PAGE`` below the working directory."""
    target = Path(args[0]) if args else PAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(), encoding="utf-8")


def _table(family: Iterable[Channel]) -> str:
    rows = [_COLUMNS, tuple("---" for _ in _COLUMNS), *(_cells(channel) for channel in family)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _cells(channel: Channel) -> tuple[str, ...]:
    return (
        f"`{channel.name}`",
        f"`{channel.method}`",
        f"`{channel.model.__name__}`",
        channel.path,
        _arguments(channel),
        _needs(channel),
        channel.cadence,
    )


def _arguments(channel: Channel) -> str:
    """Write the arguments, required ones first; closed lists of values in parentheses.

    Bars are listed below the table.
    """

    def spelled(name: str) -> str:
        allowed = channel.values.get(name)
        return f"`{name}` ({', '.join(allowed)})" if allowed else f"`{name}`"

    required = [spelled(name) for name in channel.required]
    if channel.one_of:
        required.append(" or ".join(spelled(name) for name in channel.one_of))
    return ", ".join([*required, *(f"[{spelled(name)}]" for name in channel.optional)])


def _needs(channel: Channel) -> str:
    tier = f"fee tier {channel.fee_tier}" if channel.fee_tier else ""
    return "; ".join(part for part in ("login" if channel.login else "", tier, channel.note) if part)


def _bars(family: Iterable[Channel]) -> str:
    lines = [f"Bars of `{c.name}`: {', '.join(c.values['bar'])}.\n" for c in family if c.is_family]
    return "".join(f"\n{line}" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1:])
