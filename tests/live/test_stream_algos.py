"""``StreamAlgos``: what tells of algo orders is followed whole or not at all."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from okx_sync.errors import SubscriptionError
from okx_sync.live.stream_algos import StreamAlgos


class _Made:
    """A subscription."""

    failure = None

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.is_closed = False

    def unsubscribe(self) -> None:
        self.is_closed = True


def test_all_channels_are_followed_or_none() -> None:
    """On the thread that reads; where one is refused the others are given up, and the refusal is raised."""
    asked: list[Any] = []
    refused = ""

    def subscribe(channel: str, feed: Any, **options: Any) -> Any:
        if channel == refused:
            raise SubscriptionError("no")
        asked.append((channel, feed, options))
        made.append(_Made(channel))
        return made[-1]

    made: list[_Made] = []
    sender: Any = object()
    source = StreamAlgos(subscribe, ("a", "b"), (("orders", {}), ("algos", {"kind": "ANY"})), sender, None)
    assert (source.paths, source.sender, source.queries) == (("a", "b"), sender, None)
    told = source.follow(print, nullcontext)
    assert [one.channel for one in told] == ["orders", "algos"]  # type: ignore[attr-defined]
    assert asked == [("orders", print, {"inline": True}), ("algos", print, {"inline": True, "kind": "ANY"})]
    made.clear()
    refused = "algos"
    with pytest.raises(SubscriptionError):
        source.follow(print, nullcontext)
    assert [one.is_closed for one in made] == [True]
