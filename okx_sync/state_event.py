"""``StateEvent``: one step in the life of a link, as users and the rooms hear of it."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any, Final, Literal, TypeVar

import attrs

from okx_sync.checks import warn_user
from okx_sync.errors import ConfigError

__all__ = ["StateEvent", "StateKind"]

StateKind = Literal[
    "connected",
    "first_data",
    "lost",
    "reconnecting",
    "restored",
    "gap",
    "replacing",
    "replaced",
    "stale",
    "throttled",
    "failed",
    "closed",
]


_C = TypeVar("_C", bound=type[Any])
_LINK_IS_PATH: Final = "link is called path now, and goes in version 0.3.0"


def _accept_link(cls: _C) -> _C:
    """Let a class whose ``path`` was called ``link`` be made with ``link=``, too, with a warning."""
    made = cls.__init__

    @functools.wraps(made)
    def init(self: Any, **values: Any) -> None:
        if "link" in values:
            if "path" in values:
                raise ConfigError("path= and link= are one field", hint="link is its former name: leave it out")
            warn_user(_LINK_IS_PATH)
            values["path"] = values.pop("link")
        made(self, **values)

    cls.__init__ = init
    return cls


@_accept_link
@attrs.frozen(kw_only=True)
class StateEvent:
    """One step in the life of a link.

    ==============  ==============================================================================================
    kind            meaning
    ==============  ==============================================================================================
    connected       a socket is open (and logged in where that is needed)
    first_data      the first data on this socket has arrived
    lost            the socket is gone; ``reason`` says how
    reconnecting    attempt ``attempt`` starts in ``delay_s`` seconds
    restored        after a loss: every topic is subscribed again
    gap             events between ``from_at`` and ``to_at`` may be missing; ``recovered`` of them were fetched;
                    ``missing_before``, ``reason``: what REST was not asked for or does not list any more
    replacing       the exchange will restart this socket: a new one is being opened first
    replaced        the new socket has taken over, without a gap
    stale           ``topic`` has been silent for longer than its ``max_silence``
    throttled       topics wait to be asked for, as the exchange allows so many requests only; ``reason`` has the number
    failed          the link has given up; ``error`` says why
    closed          closed on purpose
    ==============  ==============================================================================================

    ``path`` is the path of the link ("public"), ``shard`` which of its links, where limits of the exchange made more
    than one necessary (0: the first; an event is about the topics of its shard only), ``epoch`` the number of its
    socket, ``at`` when it happened (aware, UTC), ``account`` the label of the account where one was given.
    """

    kind: StateKind
    path: str
    epoch: int
    at: dt.datetime
    reason: str | None = None
    attempt: int | None = None
    delay_s: float | None = None
    topic: str | None = None
    from_at: dt.datetime | None = None
    to_at: dt.datetime | None = None
    recovered: int = 0
    missing_before: dt.datetime | None = None
    error: Exception | None = None
    account: str | None = None
    shard: int = 0

    @property
    def link(self) -> str:
        """The former name of ``path``; it warns, and goes in version 0.3.0."""
        warn_user(_LINK_IS_PATH)
        return self.path

    def __str__(self) -> str:
        details = {
            "reason": self.reason,
            "attempt": self.attempt,
            "delay": None if self.delay_s is None else f"{self.delay_s:.2f} s",
            "topic": self.topic,
            "from": self.from_at,
            "to": self.to_at,
            "missing before": self.missing_before,
            "error": self.error,
        }
        tail = ", ".join(f"{name}={value}" for name, value in details.items() if value is not None)
        place = f"{self.path}/{self.shard}" if self.shard else self.path
        return f"{place}#{self.epoch} {self.kind}" + (f" ({tail})" if tail else "")
