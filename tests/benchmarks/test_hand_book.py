"""What is compared when everything is read is the same work."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from okx_sync import OrderBook
from okx_sync.exchanges.okx.models import BookUpdate
from tests.benchmarks.load.hand_book import HandBook
from tests.benchmarks.load.payloads import Body, bodies_of, snapshot_of, topics_of


@pytest.mark.parametrize("count", [1, 800])
def test_a_book_by_hand_is_the_same_book(count: int) -> None:
    """Both follow the messages that are sent, also from the end of a cycle to its beginning."""
    by_hand, ours = HandBook(), OrderBook("X")
    snapshot = snapshot_of("X")
    by_hand.apply(snapshot)
    ours.apply(BookUpdate.from_wire(snapshot["data"][0], snapshot))
    topics = [("books", "X"), *[("trades", str(i)) for i in range(count - 1)]]
    for message in 2 * [_message(body) for body in bodies_of("okx", topics)[::count]]:
        by_hand.apply(message)
        assert ours.apply(BookUpdate.from_wire(message["data"][0], message)) in ("ok", "reset")
        for best, other in ((ours.best_bid, by_hand.best_bid), (ours.best_ask, by_hand.best_ask)):
            assert best is not None
            assert (best.price, best.size) == other
    assert len(ours.bids()) == len(by_hand.bids)


def _message(body: Body) -> dict[str, Any]:
    message: dict[str, Any] = orjson.loads(body[0] + b"1763726400123" + body[1])
    return message


def test_the_mix_has_all_three() -> None:
    """Five tickers to two trades and one book, each instrument once."""
    topics = topics_of("mix", 800)
    kinds = [stream for stream, _ in topics]
    assert [kinds.count(kind) for kind in ("tickers", "trades", "books")] == [500, 200, 100]
    assert len({name for _, name in topics}) == 800
