"""Options of a link, every timeout and limit in one place; and how its sockets reach the server."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from okx_sync.checks import check_options
from okx_sync.errors import ConfigError

__all__ = ["MAX_MESSAGE", "LinkOptions", "WireOptions"]

MAX_MESSAGE = 16 << 20
_LEAST = 1 << 16  # frames of up to this size are cut out of the stream without a look at their length


def _check_bytes(_options: object, field: attrs.Attribute[int], value: object) -> None:
    if type(value) is not int or value < _LEAST:
        raise ConfigError(f"{field.name} must be a whole number of bytes, at least {_LEAST}, not {value!r}")


def _is_a_count(_options: LinkOptions, attribute: attrs.Attribute[int | None], value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ConfigError(f"{attribute.name} cannot be {value!r}", hint="a whole number, or None to try for ever")


def _at_least_one(_options: LinkOptions, field: attrs.Attribute[int | None], value: object) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise ConfigError(f"{field.name} cannot be {value!r}", hint="a whole number above 0, or None")


@check_options
@attrs.frozen(kw_only=True)
class LinkOptions:
    """Timeouts in seconds. The defaults follow the exchange's documented limits; tests shorten them.

    ``ping_s``: silence after which a text ping is sent (the exchange drops a socket after 30 s); ``pong_s``: how long
    the answer may take; ``ack_s``: how long an ack may take; ``connect_s``: how long connecting may take in all: TCP,
    proxy, TLS and the handshake together; ``backoff_s``, ``backoff_cap_s``: bounds of the first and of every reconnect
    delay; ``healthy_s``: a socket that lived this long resets the backoff; ``connects_per_s``: connection attempts per
    second and host; ``control_per_hour``: login, subscribe and unsubscribe requests per socket and hour;
    ``control_per_s``: and per second; None: as the exchange's limits have it; ``drain_s``: how long an old socket may
    still deliver before its replacement takes over; ``tick_s``: how often deadlines are looked at, at least;
    ``wake_s``: a jump of the clock that means that the machine slept; ``wake_pong_s``: pong deadline after it;
    ``recover_s``: how long account data may be held back after an outage while REST is asked what was missed;
    ``snapshot_s``: how long a book channel may push updates without a snapshot before REST is asked for one;
    ``rotate_s``: age at which a socket is replaced by a new one, which takes over first; None: never;
    ``max_reconnect_attempts``: how many attempts in a row may lead to no socket that lives for ``healthy_s`` before the
    link gives up (state event ``failed``, and ``ConnectionLost`` for whoever waits); None: it never does;
    ``max_message_bytes``: the largest message that is taken, all its fragments together (at least 65,536): a larger one
    ends the socket before it is read, and is reported to ``on_error``; ``topics_per_socket``: how many topics one
    socket may have before another is opened for the same path, and ``max_sockets``: how many sockets a path may have;
    None: as the exchange's limits and advice have it. Account data, logins and orders stay on the first of a path.
    """

    ping_s: float = 18.0
    pong_s: float = 10.0
    ack_s: float = 10.0
    connect_s: float = 10.0
    backoff_s: float = 0.5
    backoff_cap_s: float = 30.0
    healthy_s: float = 30.0
    connects_per_s: int = 3
    control_per_hour: int = 470
    control_per_s: int | None = attrs.field(default=None, validator=_at_least_one)
    drain_s: float = 0.3
    tick_s: float = 0.5
    wake_s: float = 5.0
    wake_pong_s: float = 3.0
    recover_s: float = 5.0
    snapshot_s: float = 3.0
    rotate_s: float | None = None
    max_message_bytes: int = attrs.field(default=MAX_MESSAGE, validator=_check_bytes)
    max_reconnect_attempts: int | None = attrs.field(default=None, validator=_is_a_count)
    topics_per_socket: int | None = attrs.field(default=None, validator=_at_least_one)
    max_sockets: int | None = attrs.field(default=None, validator=_at_least_one)

    def __attrs_post_init__(self) -> None:
        for name in (field.name for field in attrs.fields(LinkOptions) if field.name.endswith("_s")):
            seconds = getattr(self, name)
            if seconds is not None and not (type(seconds) in (int, float) and seconds >= 0):
                raise ConfigError(f"{name} must be a number of seconds, not {seconds!r}")


@attrs.frozen
class WireOptions:
    """How to reach a server.

    ``connect_s``: how long connecting may take in all; ``proxy_url``: http, https, socks4 or socks5; ``ca_file``:
    further trusted certificates (PEM); ``headers``: extra handshake headers; ``max_message_bytes``: see
    :class:`LinkOptions`.
    """

    connect_s: float = 10.0
    proxy_url: str | None = None
    ca_file: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict)
    max_message_bytes: int = attrs.field(default=MAX_MESSAGE, validator=_check_bytes)
