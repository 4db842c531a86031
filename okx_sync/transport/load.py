"""How much of what an exchange allows one socket is used: what decides where a new topic goes."""

from __future__ import annotations

import attrs

from okx_sync.protocol.dialect import Dialect
from okx_sync.transport.options import LinkOptions

__all__ = ["SocketLoad", "most_topics"]


@attrs.frozen(kw_only=True)
class SocketLoad:
    """The load of one link.

    ``is_up``: its socket is open, and logged in where that is needed; ``is_blocked``: it is not open, and the latest
    attempt to connect came to nothing; ``is_over``: it has given up, or is being closed; ``requests``: how many its
    budget still has for new topics, not above 0 when only repairs may use the rest; ``next_s``: seconds until the next
    of them may be sent; ``topics``, ``length``: how many topics it carries, and how many characters they take where the
    exchange counts them; ``lag_s``: seconds that it is behind.
    """

    is_up: bool = True
    is_blocked: bool = False
    is_over: bool = False
    requests: int = 1
    next_s: float = 0.0
    topics: int = 0
    length: int = 0
    lag_s: float = 0.0


def most_topics(dialect: Dialect, options: LinkOptions) -> int:
    """Return how many topics one socket may have: what the exchange allows, or less where the options say so."""
    allowed, wanted = dialect.topics_per_socket, options.topics_per_socket
    return allowed if wanted is None else min(wanted, allowed)
