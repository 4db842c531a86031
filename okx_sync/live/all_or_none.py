"""Topics that are of use together only: asked for in as few requests as the exchange allows, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from okx_sync.delivery.subscription import Subscription

__all__ = ["Gather", "subscribe_all"]

Gather = Callable[[], AbstractContextManager[Any]]
"""Gathers what is subscribed within its block, and waits for the exchange at the end of it: a client's ``batch``."""


def subscribe_all(together: Gather, wishes: Iterable[Callable[[], Subscription[Any]]]) -> tuple[Subscription[Any], ...]:
    """Subscribe several topics; returns when the exchange has agreed to each.

    Args:
        together: the client's.
        wishes: each subscribes one topic.

    Raises:
        OkxError: one was refused, or not answered in time; none of them is subscribed then.
    """
    made: list[Subscription[Any]] = []
    try:
        with together():
            for subscribe in wishes:
                made.append(subscribe())
        for one in made:
            if one.failure is not None:
                raise one.failure
    except BaseException:
        for one in made:
            one.unsubscribe()
        raise
    return tuple(made)
