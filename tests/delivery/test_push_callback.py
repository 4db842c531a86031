"""Pushes that are handed on whole: also without rows, and telling whether a row could not be read."""

from __future__ import annotations

from typing import Any

from okx_sync.delivery.push_callback import AssembledPush, AssembledPushCallback
from okx_sync.delivery.router import Batch, Router
from okx_sync.delivery.subscription import Subscription
from okx_sync.timing import Clock
from tests.delivery.owner import recording_owner
from tests.delivery.test_router import opener
from tests.protocol.toy_dialect import A, push


class Keep(AssembledPushCallback):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.pushes: list[AssembledPush] = []

    def __call__(self, whole: AssembledPush) -> None:
        self.pushes.append(whole)


def test_a_push_is_one_thing_and_at_once() -> None:
    """With its rows, without any, and marked when a row is missing; the others on the topic get rows as ever."""
    with recording_owner() as owner:
        keep, rows, errors = Keep(), list[Any](), list[Exception]()
        router = Router(Clock(), errors.append)
        mailbox: Subscription[Any] = Subscription(owner, A)
        whole: Subscription[Any] = Subscription(owner, A, callback=keep, inline=True)
        for sub in (mailbox, Subscription[Any](owner, A, callback=rows.append, inline=True), whole):
            route = router.add(A, opener(report=errors.append), sub)
        batch = Batch(router)
        pushes = [push("a", 1, 2), push("a"), push("a", 3, None)]
        for one in pushes:
            batch.add(route, one)
        assert [(one.rows, one.is_complete) for one in keep.pushes] == [([1, 2], True), ([], True), ([3], False)]
        assert [one.push for one in keep.pushes] == pushes
        assert (rows, len(errors)) == ([1, 2, 3], 1)
        batch.flush()
        assert mailbox.received == 3

        assert not router.remove(whole)
        batch.add(route, push("a", 4))
        assert (len(keep.pushes), rows[-1]) == (3, 4)


def test_elsewhere_than_inline_rows_are_rows() -> None:
    """A callback of that kind on the callback thread would get its pushes late, and is none of ours."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        route = router.add(A, opener(), Subscription(owner, A, callback=Keep()))
        assert (len(route.whole), len(route.queued)) == (0, 1)
