"""Many subscriptions asked for together: nothing waits inside the block, all of it is waited for at its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import attrs

from okx_sync.delivery.subscription import Subscription
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import OkxError, StreamClosed
from okx_sync.live.active_subscriptions import ActiveSubscriptions
from okx_sync.live.links import Links
from okx_sync.timing import Deadline
from okx_sync.transport.link import Link

__all__ = ["Asked", "Together"]


@attrs.frozen
class Asked:
    """A subscription whose agreement is waited for."""

    subscription: Subscription[Any]
    done: Future[None]
    link: Link


@attrs.frozen
class Block:
    """What was asked within one block, on the thread that is in it."""

    group: SubscriptionGroup[Any]
    asked: list[Asked] = attrs.field(factory=list)


class _Here(threading.local):
    block: Block | None = None


class Together:
    """The blocks of one client; each thread has its own."""

    def __init__(self, links: Links, active: ActiveSubscriptions) -> None:
        self._links = links
        self._active = active
        self.here = _Here()
        """``here.block``: the innermost block that this thread is in."""

    @contextmanager
    def __call__(self, timeout: float) -> Iterator[SubscriptionGroup[Any]]:
        """Gather within the block; at its end wait at most ``timeout`` seconds for all that the exchange has to say.

        A block within a block leaves the waiting to the outer one, whose group has its subscriptions as well.
        """
        Deadline(timeout, self._active.clock)  # what is no number is refused before anything is asked
        outer = self.here.block
        block = self.here.block = Block(SubscriptionGroup(self._active.clock, self._links.together))
        try:
            with self._links.together():
                yield block.group
            self.here.block = outer
            if outer is None:
                self._wait(block, timeout)
            else:
                outer.asked.extend(block.asked)
                for one in block.group.subscriptions:
                    outer.group.add(one)
        except BaseException:
            block.group.unsubscribe()
            raise
        finally:
            self.here.block = outer

    def _wait(self, block: Block, timeout: float) -> None:
        deadline = Deadline(timeout, self._active.clock)
        errors: list[OkxError] = []
        for one in block.asked:
            try:
                self._active.wait_agreed(one.subscription, one.done, one.link, timeout, deadline)
            except StreamClosed:
                raise
            except OkxError as error:
                one.subscription.failure = error
                errors.append(error)
        if errors and len(errors) == len(block.asked):
            if len(errors) > 1:
                errors[0].add_note(f"all {len(errors)} topics failed; this is what was said of the first")
            raise errors[0]
