"""What an audit compares, in the hand of a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from okx_sync.live.audit import AuditedItem, AuditKind


class Side:
    """Two sides. ``moves`` are made one by one, each after REST was asked once more."""

    kind: AuditKind = "order"

    def __init__(self, stream: dict[str, AuditedItem] | None, rest: dict[str, AuditedItem]) -> None:
        self.now = stream
        self.answer = rest
        self.moves: list[Callable[[], None]] = []
        self.repaired: list[tuple[AuditedItem | None, AuditedItem | None]] = []
        self.asked = 0

    def stream(self) -> Mapping[str, AuditedItem] | None:
        return None if self.now is None else dict(self.now)

    def rest(self) -> Mapping[str, AuditedItem]:
        self.asked += 1
        answer = dict(self.answer)
        if self.moves:
            self.moves.pop(0)()
        return answer

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        self.repaired.append((stream, rest))
        return True


def held(fact: object, at: int | None = 1) -> AuditedItem:
    """Something of which only one thing is compared."""
    return AuditedItem({"fact": fact, "same": 0}, at, f"source {fact}")


def unwanted(what: object) -> None:
    """For what must not be told."""
    pytest.fail(str(what))
