"""How channels are asked for: the shape of their declarations, and the checks of a subscribe argument."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from okx_sync.paper.okx.codes import describe_arg

PUBLIC, PRIVATE, BUSINESS = "public", "private", "business"
PATHS = (PUBLIC, PRIVATE, BUSINESS)

UNECHOED = ("uid", "extraParams")
"""Keys of an argument that do not tell topics apart and are not repeated in pushes."""


class TopicError(Exception):
    """An argument of a subscribe request that gets an error event instead of an ack."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """How one channel is asked for.

    `feed` names the maker of its pushes (see `feeds.table.FEEDS`), which reads `options`; `one_of`: one of these
    arguments has to be given, too; `values`: what arguments may be; `ids`: which arguments name something that has
    to exist, and of what kind (an `instrument`, a `swap`, an `index`, a `spread`... see `Server.exists`).

    `login`: only after a login; `own`: data of the account (`uid` in the argument of pushes); `vip`: for higher fee
    tiers; `live_only`: not in the demo environment; `counted` channels have a connection count; `omits`: arguments
    that pushes do not repeat.
    """

    name: str
    path: str
    feed: str
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    values: Mapping[str, Container[str]] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=lambda: {"instId": "instrument"})
    login: bool = False
    own: bool = False
    vip: bool = False
    live_only: bool = False
    counted: bool = False
    omits: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def topic_name(arg: Mapping[str, Any]) -> str:
    """Return the topic of an argument as text: `tickers(instId=BTC-USDT)`, `status`; a `topic` alone is one already."""
    if "topic" in arg and len(arg) == 1:
        return str(arg["topic"])
    name = "topic" if "topic" in arg else "channel"
    rest = sorted(f"{k}={v}" for k, v in arg.items() if k != name and k not in UNECHOED)
    channel = str(arg.get(name, ""))
    return f"{channel}({', '.join(rest)})" if rest else channel


def check_arg(
    arg: Mapping[str, Any],
    channels: Mapping[str, ChannelSpec],
    path: str,
    op: str,
    exists: Callable[[str, str], bool],
) -> ChannelSpec:
    """Return the channel of a well-formed argument on the right path.

    `exists(kind, name)` tells whether there is such an instrument, swap, index... Raises
    `TopicError` with the code of the first thing wrong.
    """
    if "uly" in arg:
        raise TopicError("64000")
    channel = channels.get(str(arg.get("channel", "")))
    unknown = TopicError("60018", Op=op.capitalize(), arg=describe_arg(dict(arg)))
    if channel is None:
        raise unknown
    if channel.path != path:
        raise _wrong_path(channel, path) or unknown
    for name in channel.required:
        if not arg.get(name):
            raise TopicError("60027", name=name)
    if channel.one_of and not any(arg.get(name) for name in channel.one_of):
        raise TopicError("60027", name=" or ".join(channel.one_of))
    for name, allowed in channel.values.items():
        if name in arg and arg[name] not in allowed:
            raise unknown
    for name, kind in channel.ids.items():
        if arg.get(name) and not exists(kind, str(arg[name])):
            raise unknown
    return channel


def _wrong_path(channel: ChannelSpec, path: str) -> TopicError | None:
    if channel.path == BUSINESS:
        return TopicError("64001")
    if path == BUSINESS:
        return TopicError("64002")
    return None


def echoed(arg: Mapping[str, Any], channel: ChannelSpec, uid: str | None = None) -> dict[str, Any]:
    """Return the argument as pushes carry it.

    `extraParams` and what the channel omits is dropped, `uid` of the owner added.
    """
    shown = {name: value for name, value in arg.items() if name not in UNECHOED and name not in channel.omits}
    return shown if uid is None else {**shown, "uid": uid}
