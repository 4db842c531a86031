"""What a call tells the journal: which orders it is about, and what an answer says of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from okx_sync.errors import OkxApiError, OkxTimeoutError, OrderStatusUnknown
from okx_sync.rest.dialect import Reply
from okx_sync.rest.journaling import JournaledOrder, Journaling
from tests.rest.toy_group import Toy
from tests.rest.toy_journal import HeardJournal, JournaledDialect

ENDPOINTS = {one.name: one for one in Toy.endpoints}


@pytest.fixture
def heard() -> HeardJournal:
    return HeardJournal()


@pytest.fixture
def journaling(heard: HeardJournal) -> Journaling:
    return Journaling(heard, JournaledDialect())


def _sent(journaling: Journaling, name: str, params: dict[str, Any]) -> Sequence[JournaledOrder]:
    return journaling.before(ENDPOINTS[name], params, 1_700_000_000_000)


def test_a_single_order(journaling: Journaling, heard: HeardJournal) -> None:
    """Its instrument, product, id and time."""
    (order,) = _sent(journaling, "order", {"market": "m", "mine": "a", "kind": "linear"})
    assert (order.client_order_id, order.inst_id, order.product) == ("a", "m", "linear")
    assert order.sent_at == 1_700_000_000_000
    assert heard.lines == [("intent", "a", "m", "linear")]


def test_a_batch_with_each_answer(journaling: Journaling, heard: HeardJournal) -> None:
    """Accepted ones get their id, refused ones are over, the others stay in doubt."""
    rows = [{"market": "m", "mine": name} for name in "abcd"]
    orders = _sent(journaling, "orders", {"orders": rows, "kind": "spot"})
    heard.lines.clear()
    answers: list[Any] = [{"order": "1"}, {"bad": "no money"}, {"order": "3"}, "?"]
    reply = Reply(True, "0", "", answers, unknown=frozenset({2}))
    journaling.answered(orders, reply)
    assert heard.lines == [("answer", "a", "1"), ("refusal", "b")]
    assert [order.product for order in orders] == ["spot"] * 4


def test_an_order_whose_time_was_wrong(journaling: Journaling, heard: HeardJournal) -> None:
    """What was written is over, and the order is there with the time at which it really goes out."""
    orders = _sent(journaling, "order", {"market": "m", "mine": "a", "kind": "linear"})
    heard.lines.clear()
    (order,) = journaling.anew(orders, 1_700_000_300_000)
    assert (order.client_order_id, order.product, order.sent_at) == ("a", "linear", 1_700_000_300_000)
    assert heard.lines == [("refusal", "a"), ("intent", "a", "m", "linear")]


def test_an_algo_order(journaling: Journaling, heard: HeardJournal) -> None:
    """It is written while they are followed, under a name that is no order's; without an id of ours it is not."""
    row = {"market": "m", "mine": "a"}
    assert _sent(journaling, "settings", row) == ()
    heard.follows_algos = True
    (algo,) = _sent(journaling, "settings", row)
    assert (algo.key, algo.kind, algo.parent, algo.is_algo) == ("algo a", "trigger", None, True)
    assert _sent(journaling, "settings", {"market": "m"}) == []
    journaling.answered([algo], Reply(True, "0", "", [{"order": "7"}]))
    assert heard.lines == [("intent", "algo a", "m", "None"), ("answer", "algo a", "7")]


def test_what_an_order_brings(journaling: Journaling, heard: HeardJournal) -> None:
    """It is written with its order, and shares a refusal; the answer's id is the order's alone."""
    params = {"market": "m", "mine": "a", "kind": "linear", "brings": ("c", None)}
    assert _sent(journaling, "order", params)[0].also == ()
    heard.follows_algos = True
    heard.lines.clear()
    (order,) = _sent(journaling, "order", params)
    keys = ["a", "algo c", "algo of a both"]
    assert [line[:2] for line in heard.lines] == [("intent", key) for key in keys]
    assert [(one.kind, one.side, one.parent) for one in order.also] == [("oco", "sell", "a")] * 2
    heard.lines.clear()
    journaling.answered([order], Reply(True, "0", "", [{"order": "1"}]))
    (again,) = journaling.anew([order], 1_700_000_300_000)
    journaling.answered([again], Reply(True, "0", "", [{"bad": "no money"}]))
    refusals = [("refusal", key) for key in keys]
    intents = [("intent", key, "m", "linear") for key in keys]
    assert heard.lines == [("answer", "a", "1"), *refusals, *intents, *refusals]
    assert {one.sent_at for one in (again, *again.also)} == {1_700_000_300_000}


def test_an_order_that_takes_the_place_of_another(journaling: Journaling, heard: HeardJournal) -> None:
    """It is written by its new id; the answer names the old one. A change that leaves the order what it is, is none."""
    change = {"market": "m", "mine": "a", "anew": "b"}
    assert _sent(journaling, "renewal", change) == ()
    (order,) = _sent(journaling, "renewal", {**change, "sz": 1, "px": 2})
    journaling.answered([order], Reply(True, "0", "", [{"order": "1", "mine": "a"}]))
    assert heard.lines == [("intent", "b", "m", "None")]
    journaling.failed([order], OkxApiError("it is filled", code="1"))
    assert heard.lines[1:] == [("refusal", "b")]


def test_other_calls_are_none_of_its_business(journaling: Journaling, heard: HeardJournal) -> None:
    """Nor an order that has no id by which it could be found."""
    assert _sent(journaling, "settings", {"lever": 3}) == ()
    assert _sent(journaling, "order", {"market": "m"}) == []
    assert heard.lines == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OkxApiError("no money", code="1"), [("refusal", "a")]),
        (OkxTimeoutError("nothing was sent"), [("refusal", "a")]),
        (OrderStatusUnknown("lost", clOrdId="a", orders=[]), []),
        (LookupError("it goes by another way"), [("refusal", "a")]),
        (KeyboardInterrupt(), []),
        (ValueError("a bug"), []),
    ],
)
def test_an_error(
    journaling: Journaling, heard: HeardJournal, error: BaseException, told: list[tuple[str, ...]]
) -> None:
    """Only what is certain ends an order."""
    orders = _sent(journaling, "order", {"market": "m", "mine": "a"})
    heard.lines.clear()
    journaling.failed(orders, error, certain=LookupError)
    assert heard.lines == told
