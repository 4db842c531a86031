"""``OrderTimes``: how long order operations on a stream take, and what they ended with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.errors import OkxApiError, OkxError, OrderStatusUnknown
from okx_sync.live.order_times import OrderTimes
from tests.live.order_entry_parts import NO_STREAM, OrderEntryParts, order_entry_parts
from tests.loopback.conftest import until


@pytest.fixture
def parts() -> Iterator[OrderEntryParts]:
    """An order entry that is not connected yet."""
    with order_entry_parts() as one:
        yield one


def test_what_was_never_sent_has_no_end() -> None:
    """A refusal is one of the exchange; an order that a check stopped is none."""
    times = OrderTimes()
    times.has_failed(None, OkxError("the rate limit leaves no room"))
    times.has_failed(1.0, OkxApiError("no", code="51000"))
    times.has_failed(1.0, OrderStatusUnknown("no answer", clOrdId="id0"))
    assert (times.sent, times.refused, times.unknown) == (0, 1, 1)


def test_an_order_on_the_stream(parts: OrderEntryParts) -> None:
    """Sent and answered, also for those who do not wait; a refusal is counted, and has its times."""
    parts.order()
    parts.order(wait=False).result(5)
    parts.answer(code="51000")
    with pytest.raises(OkxError):
        parts.order()
    times = parts.entry.times
    assert (times.sent, times.refused, times.unknown) == (3, 1, 0)
    assert times.intent_to_sent.count == times.sent_to_answer.count == 3


def test_an_order_without_an_answer(parts: OrderEntryParts) -> None:
    """Sent, and unknown; it has no time until its answer."""
    parts.entry.prepare("order", (), None)
    parts.answer_with(lambda request: [])
    with pytest.raises(OrderStatusUnknown):
        parts.order(timeout=0.05)
    assert (parts.entry.times.sent, parts.entry.times.unknown, parts.entry.times.sent_to_answer.count) == (1, 1, 0)


def test_an_order_by_rest_is_none_of_the_streams(parts: OrderEntryParts) -> None:
    """It is not sent on a stream, and nothing is made up for it."""
    kept: list[Any] = [parts.order(NO_STREAM)]
    until(lambda: parts.rest.sent)
    assert kept
    assert parts.entry.times.sent == 0
    assert parts.entry.times.intent_to_sent.percentiles(0.0) is None
