"""What an audit compares, in the hand of a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from okx_sync.live.audit import AuditKind, Held


class Side:
    """Two sides. ``moves`` are made one by one, each after REST was asked once more."""

    kind: AuditKind = "order"

    def __init__(self, stream: dict[str, Held] | None, rest: dict[str, Held]) -> None:
        self.now = stream
        self.answer = rest
        self.moves: list[Callable[[], None]] = []
        self.repaired: list[tuple[Held | None, Held | None]] = []
        self.asked = 0

    def stream(self) -> Mapping[str, Held] | None:
        return None if self.now is None else dict(self.now)

    def rest(self) -> Mapping[str, Held]:
        self.asked += 1
        answer = dict(self.answer)
        if self.moves:
            self.moves.pop(0)()
        return answer

    def repair(self, stream: Held | None, rest: Held | None) -> bool:
        self.repaired.append((stream, rest))
        return True


def held(fact: object, at: int | None = 1) -> Held:
    """Something of which only one thing is compared."""
    return Held({"fact": fact, "same": 0}, at, f"source {fact}")


def unwanted(what: object) -> None:
    """For what must not be told."""
    pytest.fail(str(what))
