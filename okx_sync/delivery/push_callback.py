"""Callbacks that take a push as a whole: for local state, or to hand it on to another process.

No row says that a snapshot ends with it, that the snapshot is empty, or that another row could not be read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push

__all__ = ["AssembledPush", "AssembledPushCallback", "RawCallback", "StateCallback"]


class AssembledPush(NamedTuple):
    """One push, all pages of a snapshot together: ``rows`` as objects, and the push as it is on the wire."""

    rows: list[Any]
    push: Push

    @property
    def is_complete(self) -> bool:
        """True when every row could be read."""
        return len(self.rows) == len(self.push.rows)


class StateCallback:
    """Base of callbacks that keep local state, which is wrong unless they are given every event."""


class AssembledPushCallback(StateCallback):
    """Base of callbacks that take an :class:`AssembledPush`, also one without rows, in place of single rows.

    For ``inline=True`` only.
    """

    def __call__(self, whole: AssembledPush) -> None:
        """Take in one push; to be overridden."""
        raise NotImplementedError


class RawCallback:
    """Base of callbacks that hand on what comes, and decode nothing. For ``inline=True`` only.

    They are given what is due: after a handover and a recovery each message once, and changes of rows put together.
    """

    def __call__(self, item: object) -> None:
        """Do nothing: no row is made for it."""

    def take(self, topic: Topic, frame: bytes) -> None:
        """Take a message as it is on the wire; to be overridden. Must neither raise nor wait."""
        raise NotImplementedError

    def take_push(self, topic: Topic, push: Push) -> None:
        """Take a message that had to be parsed; to be overridden. Must neither raise nor wait."""
        raise NotImplementedError
