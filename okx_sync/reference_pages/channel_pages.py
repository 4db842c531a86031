"""The pages of all channels."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from okx_sync.clients.bitget_ws import BitgetWsClient
from okx_sync.clients.bybit_ws import BybitWsClient
from okx_sync.clients.okx_ws import WsClient
from okx_sync.exchanges.bitget.channels import TABLES as BITGET_CHANNELS
from okx_sync.exchanges.bybit.channels import CHANNELS as BYBIT_CHANNELS
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.declared import declared_by
from okx_sync.exchanges.okx.channel import Channel as OkxChannel
from okx_sync.exchanges.okx.channels import CHANNELS as OKX_CHANNELS
from okx_sync.exchanges.okx.streams import Subscriber as OkxSubscriber
from okx_sync.reference_pages.markdown import MADE, arguments, cell, slug, summary, table
from okx_sync.reference_pages.row_pages import row_link

__all__ = ["PAGES"]

_STREAMS: Final = """\
# {exchange}'s channels

{made}

{count}Each has a typed method of `{client}`; `ws.subscribe(channel, **arguments)` takes the names of this page and
delivers the same objects. Each field keeps the exchange's spelling. A name alone is required, `a` or `b` means at least
one of them, [brackets] mark what may be left out; "login" is a client with credentials. A channel that is not here is
subscribed with `path=`; its rows are mappings. A method leads to its parameters; each also takes `callback` and the
[options](reference-objects.md) of all subscriptions. A method whose first argument is an instrument, a spread or a
family takes a list of them as well, and gives a group.
{more}"""
_OKX_MORE: Final = """
The methods spell the arguments `inst_id`, `inst_type`, and so on; `extraParams` is their `interval_ms`. A fee tier is
what the account must have, else OKX refuses with 64003.
"""
_BYBIT_MORE: Final = """
That is the way to what too little is documented of for a class of its own: the category event, as in
`ws.subscribe("tickers.SYMBOL", path="/v5/public/event")` (a name of this page keeps its class), and the twins
`rfq.site.*` of the RFQ topics, with `path="private"`. Over REST,
`client.request("GET", "/v5/market/tickers", {"category": "event"})`.
"""
_BITGET_MORE: Final = """
That is the way to `reality-orderbook` of V3, of which too little is documented for a class of its own:
`ws.subscribe("reality-orderbook", path="private", instType="UTA", symbol="...")`.
"""
_CHANNEL_COLUMNS: Final = ("Channel", "Method", "Delivers", "Arguments", "Path, needs, pace")


def _okx() -> str:
    names = sum(len(channel.wire_names()) for channel in OKX_CHANNELS.values())
    count = f"{len(OKX_CHANNELS)} kinds of stream, {names} concrete channels.\n\n"
    parts = []
    for streams in OkxSubscriber.__bases__:
        title = (streams.__doc__ or "").partition("\n")[0].rstrip(".")
        module = f"{streams.__module__.rpartition('.')[0]}.models"
        parts.append((title, f"Classes: `{module}`.\n\n", list(declared_by(streams, OkxChannel))))
    return _channels("OKX", WsClient, parts, count, _OKX_MORE)


def _bybit() -> str:
    parts = [("V5", "", BYBIT_CHANNELS["v5"].rows.values())]
    return _channels("Bybit", BybitWsClient, parts, more=_BYBIT_MORE)


def _bitget() -> str:
    v3, v2 = (BITGET_CHANNELS[protocol].rows.values() for protocol in ("v3", "v2"))
    parts = [("V3, unified accounts", "", v3), ("V2, classic accounts", "", v2)]
    return _channels("Bitget", BitgetWsClient, parts, more=_BITGET_MORE)


def _channels(
    exchange: str,
    client: type[Any],
    tables: Sequence[tuple[str, str, Collection[Channel]]],
    count: str = "",
    more: str = "",
) -> str:
    """Write a page; each table has a title, what stands above it, and its channels."""
    parts = [_STREAMS.format(exchange=exchange, client=client.__name__, made=MADE, count=count, more=more)]
    for title, above, channels in tables:
        lines = table(_CHANNEL_COLUMNS, map(_channel_cells, channels))
        parts.append(f"## {title}\n\n{above}{lines}{_families(channels)}")
    parts.append("## Every method and its parameters\n")
    methods = dict.fromkeys(channel.method for _, _, channels in tables for channel in channels)
    parts.extend(_method(client, method) for method in methods)
    return "\n".join(parts)


def _method(client: type[Any], name: str) -> str:
    text = inspect.cleandoc(getattr(client, name).__doc__)
    told = [(f"`{one}`", cell(words)) for one, words in arguments(text) if one not in ("callback", "**options")]
    shown = f"\n{table(('Parameter', 'Meaning'), told)}" if told else ""
    return f"### `{name}`\n\n{summary(text)}\n{shown}"


def _channel_cells(channel: Channel) -> tuple[str, ...]:
    tier = getattr(channel, "fee_tier", None)
    needs = ("login" if channel.login else "", f"fee tier {tier}" if tier else "", channel.note, channel.gone)
    notes = (channel.path, *needs, f"pushes: {channel.cadence}")
    return (
        f"`{channel.name}`",
        f"[`{channel.method}`](#{slug(channel.method)})",
        row_link(channel.model),
        _arguments(channel),
        "; ".join(part for part in notes if part),
    )


def _arguments(channel: Channel) -> str:
    """Write the arguments, required ones first; closed lists of values in parentheses."""

    def spelled(name: str) -> str:
        allowed = channel.values.get(name)
        return f"`{name}` ({', '.join(allowed)})" if allowed else f"`{name}`"

    required = [spelled(name) for name in channel.required]
    if channel.one_of:
        required.append(" or ".join(spelled(name) for name in channel.one_of))
    return ", ".join([*required, *(f"[{spelled(name)}]" for name in channel.optional)])


def _families(channels: Iterable[Channel]) -> str:
    """Write below a table what the names in braces stand for: such lists are too long for a cell."""
    families = [channel for channel in channels if channel.is_family]
    return "".join(f"\n`{{{c.variable}}}` of `{c.name}`: {', '.join(c.values[c.variable])}.\n" for c in families)


PAGES: Final = {"channels.md": _okx, "channels-bybit.md": _bybit, "channels-bitget.md": _bitget}
"""Each page by its file."""
