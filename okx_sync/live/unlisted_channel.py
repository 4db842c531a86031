"""Channels that an exchange's table does not have: whoever names the path as well gets them all the same.

Exchanges add channels faster than anybody writes classes for their rows. Such a topic goes through the same engine as
any other (confirmed, restored, routed, counted); its rows are mappings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from okx_sync.checks import callback_hint
from okx_sync.errors import ConfigError
from okx_sync.live.stream_spec import ChannelInfo, StreamSpec
from okx_sync.protocol.dialect import Topic
from okx_sync.rows import Row, UntypedRow

__all__ = ["UnlistedChannel", "find_channel"]


@attrs.frozen
class UnlistedChannel:
    """A channel of which nothing is known but its name and path (``ChannelInfo``)."""

    name: str
    path: str
    login: bool
    private: bool
    model: type[Row] = UntypedRow
    key: tuple[str, ...] = ()
    snapshot: bool = False
    quiet: bool = True
    sequenced: bool = False
    paged: bool = False
    partial: bool = False
    required: tuple[str, ...] = ()
    gone: str = ""
    coalesced_by: None = None
    lag_field: None = None


def find_channel(spec: StreamSpec, name: str, args: Mapping[str, Any], path: str | None) -> tuple[ChannelInfo, Topic]:
    """Return what is known of a channel, and the topic of its arguments.

    ``path``: where the user says that it lives; then the table need not have it.

    Raises:
        ConfigError: The table has no such channel and no path was named, or an argument is not right.
    """
    try:
        info = spec.lookup(name)
    except ConfigError as error:
        if path is None or not isinstance(name, str) or not name:
            if isinstance(name, str):
                force = f"path={spec.paths[0]!r}, say, subscribes a channel that this version does not know"
                error.hint = f"{error.hint}; {force}" if error.hint else force
            raise
    else:
        return info, _sendable(spec.topic_for(name, **args))
    for arg, value in args.items():
        if value is not None and not isinstance(value, str):
            hint = callback_hint(value) if callable(value) else None
            raise ConfigError(f"{arg} of channel {name} must be text, not {value!r}", hint=hint)
    named = spec.path_at(path) if path.startswith("/") else path
    is_private = named in spec.login_paths
    # A path that has both kinds: nobody can tell, and to be logged in does no harm.
    login = is_private or (spec.credentials is not None and named in spec.paths[1:])
    return UnlistedChannel(name, path, login=login, private=is_private), _sendable(Topic.of(name, **args))


def _sendable(topic: Topic) -> Topic:
    """Return a topic whose texts can be sent: one that cannot would end the link of all others."""
    for name, value in (("name", topic.channel), *topic.args):
        try:
            f"{name}{value}".encode()
        except UnicodeEncodeError:
            raise ConfigError(f"{name!r} of channel {topic.channel!r} cannot be sent: {value!r}") from None
    return topic
