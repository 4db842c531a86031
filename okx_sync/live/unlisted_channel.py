"""Channels that an exchange's table does not have: whoever names the path as well gets them all the same.

Exchanges add channels faster than anybody writes classes for their rows. Such a topic goes through the same engine as
any other (confirmed, restored, routed, counted); its rows are mappings.
"""

from __future__ import annotations

from typing import Any

import attrs

from okx_sync.checks import callback_hint
from okx_sync.errors import ConfigError
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.protocol.dialect import Topic
from okx_sync.rows import Row, UntypedRow

__all__ = ["UnlistedChannel", "topic_of_texts", "unlisted_channel"]


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


def unlisted_channel(spec: StreamSpec, name: str, path: str, error: ConfigError) -> UnlistedChannel:
    """Return what is known of a channel that the table does not have.

    ``path``: where the user says that it lives; without one the ``error`` of the table is raised, with that hint.
    """
    if not isinstance(name, str):
        raise error
    if not path or not name:
        force = f"path={spec.paths[0]!r}, say, subscribes a channel that this version does not know"
        error.hint = f"{error.hint}; {force}" if error.hint else force
        raise error
    named = spec.path_at(path) if path.startswith("/") else path
    is_private = named in spec.login_paths
    # A path that has both kinds: nobody can tell, and to be logged in does no harm.
    login = is_private or (spec.credentials is not None and named in spec.paths[1:])
    return UnlistedChannel(name, path, login=login, private=is_private)


def topic_of_texts(name: str, **args: Any) -> Topic:
    """Make the topic of a channel of which nothing is known. Raises ``ConfigError`` for what is no text."""
    for arg, value in args.items():
        if value is not None and not isinstance(value, str):
            hint = callback_hint(value) if callable(value) else None
            raise ConfigError(f"{arg} of channel {name} must be text, not {value!r}", hint=hint)
    return Topic.of(name, **args)
