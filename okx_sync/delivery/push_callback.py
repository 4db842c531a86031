"""Callbacks that take a push as a whole, for local state.

No row says that a snapshot ends with it, that the snapshot is empty, or that another row could not be read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from okx_sync.protocol.events import Push

__all__ = ["AssembledPush", "AssembledPushCallback"]


class AssembledPush(NamedTuple):
    """One push, all pages of a snapshot together: ``rows`` as objects, and the push as it is on the wire."""

    rows: list[Any]
    push: Push

    @property
    def is_complete(self) -> bool:
        """True when every row could be read."""
        return len(self.rows) == len(self.push.rows)


class AssembledPushCallback:
    """Base of callbacks that take an :class:`AssembledPush`, also one without rows, in place of single rows.

    For ``inline=True`` only.
    """

    def __call__(self, whole: AssembledPush) -> None:
        """Take in one push; to be overridden."""
        raise NotImplementedError
