"""The table of algo orders: one end, whatever the order in which news comes, by whatever names, and how often."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.algo_types import AlgoStatus, AlgoUpdate
from okx_sync.errors import ConfigError
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep, PreparedAlgo
from okx_sync.state.orders.algo_table import AlgoRecord, Algos
from okx_sync.state.orders.order_state import OrderState
from okx_sync.state.orders.order_table import OrderRecord
from tests.state.orders.algos import BTC, algo, price

PARENT: Any = {"parent_order_id": "7", "parent_client_order_id": "own"}


@attrs.frozen
class AlgoHistory:
    """``expected``: whether it was ours, and with an id of ours; ``truth``: the end; ``news``: what is heard of it."""

    expected: PreparedAlgo | None
    truth: AlgoUpdate
    news: list[AlgoUpdate]


@st.composite
def algo_histories(draw: Callable[[Any], Any]) -> AlgoHistory:
    """One take profit from its order to some end, told by names that lead to each other."""
    has_own, ours = draw(st.booleans()), draw(st.booleans())
    own = {"client_order_id": "c"} if has_own else {}
    attached = {"attached_id": "t", **own, **PARENT}
    facts: dict[str, Any] = {"kind": "conditional", "leg": "take_profit", "side": "sell", "size": Decimal(1)}
    end: Any = draw(st.sampled_from(["armed", "running", "fired", "canceled", "replaced", "failed"]))
    at, trigger = 10, 110
    moments: list[AlgoUpdate] = []
    for status in dict.fromkeys(
        ["attached", "armed", *draw(st.sampled_from([[], ["running"]] if end != "armed" else [[]])), end]
    ):
        for _ in range(1 if status == end else draw(st.integers(1, 2))):
            at += 0 if moments and moments[-1].status != status and draw(st.booleans()) else 1
            names = {"algo_id": "a", **draw(st.sampled_from([attached, own]))}
            names = {**names, **attached} if status == end else attached if status == "attached" else names
            prices = {}
            if status == "armed" or draw(st.booleans()):
                trigger += draw(st.integers(0, 1))
                prices = {"take_profit": price(trigger)}
            moments.append(algo(status, updated_at=at, **facts, **names, **prices))
    orders = ("8",) if end == "fired" else ()
    moments[-1] = moments[-1].evolved(order_ids=orders, reason="so" if end == "canceled" else None)
    news = moments + draw(st.lists(st.sampled_from(moments), max_size=4))
    new = PreparedAlgo(inst_id=BTC, kind="conditional", leg="take_profit", side="sell", **own)  # type: ignore[arg-type]
    told = [one.take_profit for one in moments if one.take_profit is not None]
    truth = moments[-1].evolved(take_profit=told[-1] if told else None)
    return AlgoHistory(new if ours else None, truth, draw(st.permutations(news)))


@given(algo_histories())
def test_the_end_is_the_same(history: AlgoHistory) -> None:
    """In any order, twice, under any of its names, beside the stop loss of the same order: one record, as it is."""
    table, parent = Algos(), object()
    loss = PreparedAlgo(inst_id=BTC, kind="conditional", leg="stop_loss", side="sell")
    other = table.expect(loss, 1, parent, **PARENT)
    mine = None if history.expected is None else table.expect(history.expected, 1, parent, **PARENT)
    for news in history.news:
        table.apply(news)
    found = [one for one in (*table.open, *table.finished) if one is not other]
    assert len(found) == 1
    state, truth = found[0].state, history.truth
    assert mine in (None, found[0])
    for name in attrs.fields_dict(AlgoUpdate):
        if name in attrs.fields_dict(AlgoState) and name != "raw":
            assert getattr(state, name) == getattr(truth, name), name
    assert table.find("a") is table.find("a", "c") is found[0]
    assert set(table.children("7", "own")) == {other, found[0]}
    assert other.state.status == "pending"
    assert [step.status for step in state.history][-1] == truth.status


def tell(table: Algos, status: AlgoStatus, **facts: Any) -> AlgoRecord:
    """Let the table hear of one."""
    return table.apply(algo(status, **facts)).record


def test_late_news_changes_nothing_but_what_was_not_told() -> None:
    """A fact that only old news tells is taken from there."""
    table = Algos()
    record = tell(table, "fired", algo_id="a", updated_at=9, size=Decimal(2))
    told = table.apply(algo("armed", algo_id="a", updated_at=5, size=Decimal(3), side="sell"))
    assert (record.state.status, record.state.size, record.state.side) == ("fired", Decimal(2), "sell")
    assert told.change is not None
    assert table.apply(algo("armed", algo_id="a", updated_at=5, size=Decimal(3), side="sell")).change is None


def test_several_of_one_side_are_told_apart() -> None:
    """An order that is filled in parts may have one of a side for each: the second is no news of the first."""
    table = Algos()
    first = tell(table, "armed", algo_id="a1", leg="take_profit", kind="conditional", **PARENT)
    second = tell(table, "armed", algo_id="a2", leg="take_profit", kind="conditional", **PARENT)
    assert first is not second
    assert tell(table, "attached", leg="take_profit", kind="conditional", **PARENT) is first
    tell(table, "fired", algo_id="a1")
    assert tell(table, "attached", leg="take_profit", kind="conditional", **PARENT) is second
    tell(table, "fired", algo_id="a2")
    assert tell(table, "attached", leg="take_profit", kind="conditional", **PARENT) is second
    assert len(table.finished) == 2


def test_what_a_filled_order_may_have_made() -> None:
    """One that is told alone, of no order and with all its facts, made when the order was filled; of two, none."""
    table = Algos()
    facts: dict[str, Any] = {"kind": "conditional", "leg": "stop_loss", "side": "sell", "stop_loss": price(90)}
    parent = OrderRecord(OrderState(inst_id=BTC, order_id="7", status="filled", filled=Decimal(2), updated_at=100))
    child = tell(table, "attached", **PARENT, **facts)
    made = {**facts, "created_at": 101}
    others: list[dict[str, Any]] = [
        {"created_at": 99}, {"created_at": 20_000}, {"stop_loss": price(91)}, {"side": "buy"}, {"parent_order_id": "8"},
    ]  # fmt: skip
    for number, other in enumerate(others):
        tell(table, "armed", algo_id=f"x{number}", **(made | other))
    assert table.may_have_become(child) is None
    one = tell(table, "armed", algo_id="a", **made)
    assert table.may_have_become(child) is None  # nobody knows the order
    child.parent = parent
    assert table.may_have_become(child) is one
    assert one.state.parent_order_id is None  # it is a guess, until the exchange was asked
    told = algo("armed", algo_id="a", is_inferred=True, parent_order_id="7", **made)
    mine = PreparedAlgo(inst_id=BTC, client_order_id="c", **facts)
    sent = Algos()
    same = tell(sent, "attached", **PARENT, **facts)
    sent.accept(sent.expect(mine, 90), "a")
    assert sent.apply(told, same).record.state.reason == "a has its facts, and was sent by itself"
    assert (same.state.status, same.state.algo_id) == ("unknown", None)
    tell(table, "armed", algo_id="a", size=Decimal(1), **made)
    assert table.may_have_become(child) is None
    tell(table, "armed", algo_id="b", **made)
    assert table.may_have_become(child) is None


def test_no_id_of_ours_means_an_older_one() -> None:
    """What was refused, or was sent later, is another one than the one that the exchange tells of."""
    table = Algos()
    new = PreparedAlgo(inst_id=BTC, kind="trigger", client_order_id="c")
    refused = table.expect(new, 100_000)
    table.conclude(refused, "rejected", "used twice")
    assert tell(table, "armed", algo_id="a1", client_order_id="c") is not refused
    with pytest.raises(ConfigError, match="in use"):
        table.expect(new, 100_001)
    tell(table, "canceled", algo_id="a1")
    ours = table.expect(new, 200_000)
    assert tell(table, "fired", algo_id="a2", client_order_id="c", created_at=100_000, recovered=True) is not ours
    assert tell(table, "armed", algo_id="a3", client_order_id="c", created_at=200_000, recovered=True) is ours


def test_the_answer_may_be_slower_than_the_stream() -> None:
    """What the stream told under the exchange's id alone is ours as soon as the answer names that."""
    table = Algos()
    ours = table.expect(PreparedAlgo(inst_id=BTC, kind="trigger"), 1)
    early = tell(table, "armed", algo_id="a", size=Decimal(2), updated_at=5, order_ids=("1",))
    applied = table.accept(ours, "a")
    assert applied.joined == (early,)
    assert (ours.state.status, ours.state.size, ours.state.order_ids) == ("armed", Decimal(2), ("1",))
    assert list(table.open) == [ours]
    assert table.find("a") is ours
    assert table.accept(ours, "b").change is None


def test_a_refusal_is_of_the_request_alone() -> None:
    """What the exchange has is not rejected; what is over stays so."""
    table = Algos()
    record = tell(table, "armed", algo_id="a")
    assert table.conclude(record, "rejected", "no").change is None
    assert table.conclude(record, "unknown", "not listed").change is not None
    assert tell(table, "armed", algo_id="a") is record
    assert [str(step) for step in record.state.history] == ["armed", "unknown (not listed)", "armed"]


def test_those_that_are_over_are_kept_for_a_while() -> None:
    """The oldest goes first, and all its names with it; open ones stay, oldest first."""
    table = Algos(max_finished=2)
    names = {"client_order_id": "c", "attached_id": "t", **PARENT}
    tell(table, "armed", algo_id="open")
    for number in range(3):
        tell(table, "armed", algo_id=f"a{number}", **({} if number else names))
        tell(table, "fired", algo_id=f"a{number}")
    tell(table, "armed", algo_id="open", size=Decimal(1))
    assert [one.state.algo_id for one in table.finished] == ["a1", "a2"]
    assert table.find("a0", "c") is None
    assert table.children("7", "own") == []
    tell(table, "armed", algo_id="later")
    assert [one.state.algo_id for one in table.open] == ["open", "later"]


def test_one_from_before_is_adopted_once() -> None:
    """What is known already stays as it is."""
    table, parent = Algos(), object()
    state = AlgoState(inst_id=BTC, status="unknown", client_order_id="c", history=(AlgoStep("pending", 1),), **PARENT)
    first = table.adopt(state, parent)
    assert table.adopt(state) is first
    assert (first.parent, table.children(None, "own")) == (parent, [first])
    assert first.state.sent_at == 1


def test_what_fires_one_from_before_tells_it_from_others() -> None:
    """Of one of which that is not known any news may be, until it is learned; what is known already stays."""
    table = Algos()
    facts: dict[str, Any] = {"inst_id": BTC, "status": "unknown", "kind": "conditional", "leg": "take_profit"}
    one, other, third = (table.adopt(AlgoState(**facts, parent_client_order_id=name)) for name in "abc")
    table.learn(third, algo("unknown", take_profit=price(120)))
    found = algo("armed", algo_id="a1", take_profit=price(110), is_inferred=True)
    assert table.alike(one, found) == [other]
    table.learn(other, algo("unknown", take_profit=price(111)))
    assert table.alike(one, found) == []
    table.learn(other, found)
    assert (other.state.take_profit, other.state.status, other.state.algo_id) == (price(111), "unknown", None)
    assert table.alike(one, found.evolved(take_profit=price(111))) == [other]
