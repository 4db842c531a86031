"""The functions by which a link reaches its owner, so that the transport knows neither client nor exchange."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import attrs

from okx_sync.protocol.dialect import Topic
from okx_sync.state_event import StateEvent
from okx_sync.transport.connection import Sink

__all__ = ["LinkHooks", "Login"]


class Login(Protocol):
    """Makes a login request with a fresh signature each time it is called."""

    def __call__(self) -> str:
        """Make the login request."""


@attrs.frozen(kw_only=True)
class LinkHooks:
    """Functions that a link calls; none may raise, and none is called while a lock of the link is held.

    ``sink()`` makes the place where one socket's pushes go; ``state(event)`` and ``error(exception)`` tell the user;
    ``refused(topic, exception)`` ends the subscriptions of a topic; ``failed(exception)`` says that the link has given
    up; ``sync_clock()`` learns the exchange's time, True when it could; ``tick()`` runs about twice a second;
    ``orphaned()``, when the owner was dropped and the link has ended; ``lend(loan)`` finds a thread that reads a socket
    in place of the link's, False when there is none (see ``loan``). These two must not know the owner.
    """

    sink: Callable[[], Sink]
    state: Callable[[StateEvent], None]
    error: Callable[[Exception], None]
    refused: Callable[[Topic, Exception], None]
    failed: Callable[[Exception], None]
    sync_clock: Callable[[], bool]
    tick: Callable[[], None]
    orphaned: Callable[[], object] = lambda: None
    lend: Callable[[Any], bool] | None = None
