"""The table of orders: one truth however the news is shuffled, and what it keeps."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync import ConfigError
from okx_sync.exchanges.okx.models import Order
from okx_sync.rows.packed_row import PackedRow
from okx_sync.state.orders.order_state import AFTER, RANK, OrderState
from okx_sync.state.orders.order_table import Applied, Orders
from okx_sync.types import FINAL, FillUpdate, OrderStatus, OrderUpdate
from tests.state.order_histories import BTC, D, OrderHistory, fill, new, order_histories, update


def take(orders: Orders, news: OrderUpdate | FillUpdate) -> Applied:
    """Apply either kind of news."""
    return orders.apply_fill(news) if isinstance(news, FillUpdate) else orders.apply(news)


def state_of(orders: Orders) -> OrderState:
    """Order "1" as the table has it."""
    record = orders.find("1")
    assert record is not None
    return record.state


@settings(deadline=None)
@given(order_histories(), st.booleans())
def test_any_shuffle_of_the_news_ends_in_the_truth(life: OrderHistory, is_ours: bool) -> None:
    """Status, sizes, prices and fee of the end; the average is right; each fill that was heard of counts once."""
    orders = Orders()
    if is_ours:
        orders.expect(new(), now=0)
    applied = [take(orders, one) for one in life.news]
    state, truth = state_of(orders), life.truth
    for name in ("status", "filled", "size", "price", "client_order_id", "side", "order_type", "updated_at"):
        assert getattr(state, name) == getattr(truth, name), name
    assert state.average_price == truth.average_price
    told = [one.fill.trade_id for one in applied if one.fill is not None]
    assert sorted(told) == sorted(life.heard)
    assert {one.trade_id: (one.size, one.fee) for one in state.fills} == {
        one.trade_id: (one.size, one.fee) for one in life.fills if one.trade_id in life.heard
    }
    assert state.missing == state.filled - sum((one.size for one in state.fills), D(0))
    assert len(orders.open) + len(orders.finished) == 1


@settings(deadline=None)
@given(order_histories())
def test_an_order_never_goes_backwards(life: OrderHistory) -> None:
    """After no piece of news is there less filled, an earlier status, or another end; history has each step once."""
    orders = Orders()
    before: OrderState | None = None
    for news in life.news:
        applied = take(orders, news)
        if applied.record is None:
            continue
        now = applied.record.state
        if before is not None:
            assert now.filled >= before.filled
            assert RANK[now.status] >= RANK[before.status]
            assert not (before.is_done and now.status != before.status)
            assert now.history[: len(before.history)] == before.history
            assert (applied.change is None) == (now == before)
        before = now
        assert [step.status for step in now.history][-1] == now.status
        assert len({step.status for step in now.history}) == len(now.history)


@settings(deadline=None)
@given(order_histories())
def test_the_same_news_again_changes_nothing(life: OrderHistory) -> None:
    """The whole life once more, as after a reconnect: no change is told, no fill."""
    orders = Orders()
    for news in life.news:
        take(orders, news)
    again = [take(orders, one) for one in life.news]
    assert [(one.change, one.fill) for one in again] == [(None, None)] * len(again)


@pytest.mark.parametrize("old", RANK)
@pytest.mark.parametrize("told", RANK)
def test_every_pair_of_statuses_is_decided(old: OrderStatus, told: OrderStatus) -> None:
    """The next status is the old one or the told one, never an earlier one, and an end stays."""
    after = AFTER[old][told]
    assert after in (old, told)
    assert RANK[after] >= RANK[old]
    if old in FINAL:
        assert after == old


def test_a_word_that_is_no_status_is_an_error() -> None:
    """A typing mistake of ours must not pass as a status."""
    with pytest.raises(KeyError):
        AFTER["live"]["ended"]  # type: ignore[index]


def test_several_fills_in_one_push_are_told_as_merged_and_repaired_later() -> None:
    """Filled grows by 5 with a fill of 2: 3 are missing until the fills come by another way; the average stays."""
    orders = Orders()
    orders.apply(update("live"))
    orders.apply(update("partially_filled", 2, "5", average_price=D(98), fill=fill(3, "2", "95")))
    state = state_of(orders)
    assert (state.filled, state.missing, state.is_merged, state.average_price) == (D(5), D(3), True, D(98))
    repaired = [orders.apply_fill(fill(one, "1", "100")).fill for one in (1, 1, 2)]
    assert [one and one.trade_id for one in repaired] == ["t1", None, "t2"]
    orders.apply_fill(fill(4, "1", "100"))
    state = state_of(orders)
    assert (state.filled, state.missing, state.is_merged, state.average_price) == (D(5), D(0), False, D(98))


def test_fills_sooner_than_the_order_raise_what_is_filled() -> None:
    """The channel of fills is faster: filled and average come from the fills until the order's own push."""
    orders = Orders()
    orders.apply(update("partially_filled", 1, "1", average_price=D(100), fill=fill(1, "1", "100")))
    orders.apply_fill(fill(2, "3", "104"))
    state = state_of(orders)
    assert (state.status, state.filled, state.average_price) == ("partially_filled", D(4), D(103))
    orders.apply(update("partially_filled", 5, "4", average_price=D("103.0001")))
    assert state_of(orders).average_price == D("103.0001")


def test_what_fills_have_told_stays_when_the_order_ends() -> None:
    """The end is known by other ways than the exchange's count: filled does not shrink."""
    orders = Orders()
    record = orders.apply(update("live")).record
    orders.apply_fill(fill(1, "4"))
    assert record is not None
    orders.conclude(record, "canceled", "the exchange does not know it any more")
    assert (record.state.status, record.state.filled) == ("canceled", D(4))


def test_an_average_that_nobody_knows_is_not_made_up() -> None:
    """Filled 5 of which one fill of 2 is known, and no average told: None, not the price of the one fill."""
    orders = Orders()
    orders.apply(update("partially_filled", 2, "5", fill=fill(1, "2", "95")))
    assert state_of(orders).average_price is None


def test_a_fill_of_an_order_that_is_not_known_waits_for_it() -> None:
    """It is told at once, and counts for the order when that is told of."""
    orders = Orders()
    assert orders.apply_fill(fill(1)).fill == fill(1)
    assert orders.find("1") is None
    applied = orders.apply(update("partially_filled", 1, "1", fill=fill(1)))
    assert applied.fill is None
    assert state_of(orders).fills == (fill(1),)


def test_a_trade_with_ourselves_is_two_fills() -> None:
    """One trade, two orders of ours: a fill of each."""
    orders = Orders()
    other = fill(1, order_id="2", side="sell")
    assert [orders.apply_fill(one).fill for one in (fill(1), other, fill(1), other)] == [fill(1), other, None, None]


def test_fills_that_are_known_again_are_bounded() -> None:
    """The memory of fills forgets the oldest, and what was seen lately is not the oldest."""
    orders = Orders(max_known=3)
    for number in (1, 2, 3, 1, 4):
        orders.apply_fill(fill(number))
    known = [number for number in (1, 3, 4) if orders.apply_fill(fill(number)).fill is None]
    assert known == [1, 3, 4]
    assert orders.apply_fill(fill(2)).fill is not None


def test_finished_orders_are_bounded_and_open_ones_are_not() -> None:
    """The oldest end is forgotten, ids and all; an open order stays however many end after it."""
    orders = Orders(max_finished=2)
    orders.apply(update("live", order_id="open", client_order_id="o"))
    for number in "abc":
        orders.apply(update("canceled", order_id=number, client_order_id=f"c{number}"))
    assert [record.state.order_id for record in orders.finished] == ["b", "c"]
    assert orders.find("a") is None
    assert orders.find(client_order_id="ca") is None
    assert orders.find("open") is not None


def test_details_that_come_later_are_added_to_a_known_fill() -> None:
    """A push of the fills channel has no fee; the order's push has, and the fill is not told again."""
    orders = Orders()
    orders.apply_fill(fill(1))
    applied = orders.apply(update("partially_filled", 1, "1", fill=fill(1, fee=D("-0.1"), fee_currency="USDT")))
    assert applied.fill is None
    assert [(one.fee, one.fee_currency) for one in state_of(orders).fills] == [(D("-0.1"), "USDT")]
    orders.apply_fill(fill(1, fee=D("-7")))
    assert state_of(orders).fills[0].fee == D("-0.1")


# -- our own orders ------------------------------------------------------------------------------------------------


def test_the_reply_may_come_before_or_after_the_push() -> None:
    """Either way it is one order, found by both ids, and its history begins with pending."""
    for order in (("reply", "push"), ("push", "reply")):
        orders = Orders()
        record = orders.expect(new(), now=5)
        for news in order:
            if news == "reply":
                orders.accept(record, "1")
            else:
                orders.apply(update("live", 6))
        assert orders.find("1") is orders.find(client_order_id="mine") is record
        assert [(step.status, step.at) for step in record.state.history] == [("pending", 5), ("live", 6)]
        assert list(orders.open) == [record]


def test_an_order_of_unknown_fate_is_settled_by_the_next_news_of_it() -> None:
    """A lost reply: unknown with the reason, then what the exchange says, without the old reason."""
    orders = Orders()
    record = orders.expect(new(), now=5)
    orders.conclude(record, "unknown", "no answer within 5 s")
    assert (record.state.status, record.state.reason) == ("unknown", "no answer within 5 s")
    orders.apply(update("filled", 9, "10", average_price=D(100)))
    assert (record.state.status, record.state.reason) == ("filled", None)
    assert [str(step) for step in record.state.history] == ["pending", "unknown (no answer within 5 s)", "filled"]


def test_a_refused_order_is_over_and_another_one_of_its_id_is_another() -> None:
    """The exchange has an order of that id all the same (an earlier one): both are seen, neither is hidden."""
    orders = Orders()
    record = orders.expect(new(), now=5)
    orders.conclude(record, "rejected", "[51016] Duplicated client order ID.")
    orders.apply(update("live", 9))
    assert record.state.status == "rejected"
    assert state_of(orders).status == "live"
    assert orders.find(client_order_id="mine") is orders.find("1")


def test_a_refusal_does_not_end_an_order_that_the_exchange_has() -> None:
    """The stream told of it before the answer said no."""
    orders = Orders()
    record = orders.expect(new(), now=5)
    orders.apply(update("live", 6))
    orders.conclude(record, "rejected", "some error")
    assert record.state.status == "live"


def test_an_id_that_is_in_use_is_refused_here() -> None:
    """While the order of that id is open; afterwards it means the new one, and the old order keeps its own news."""
    orders = Orders()
    old = orders.expect(new(), now=5)
    with pytest.raises(ConfigError, match="in use"):
        orders.expect(new(), now=6)
    orders.apply(update("canceled", 6))
    again = orders.expect(new(), now=7)
    orders.apply(update("canceled", 6, fill=fill(1)))
    assert (again.state.status, old.state.fills) == ("pending", (fill(1),))
    orders.apply(update("live", 8, order_id="2"))
    assert again.state.order_id == "2"


def test_orders_of_the_same_client_id_are_kept_apart() -> None:
    """An exchange that allows it has two orders then; each has its own news."""
    orders = Orders()
    orders.apply(update("live", 1))
    orders.apply(update("live", 2, order_id="2", created_at=2))
    orders.apply(update("canceled", 3))
    assert [record.state.order_id for record in orders.open] == ["2"]
    found = orders.find(client_order_id="mine")
    assert found is not None
    assert found.state.order_id == "2"


def test_the_size_of_an_order_over_money_is_not_compared_with_what_is_filled() -> None:
    """A market order for 100 USDT fills some BTC: what remains is not 100 minus that."""
    orders = Orders()
    record = orders.expect(new(price=None, order_type="market"), now=1)
    orders.apply(update("live", 2, size=None, price=None, order_type="market"))
    assert record.state.size is None
    assert record.state.remaining is None


# -- amendments ----------------------------------------------------------------------------------------------------


def test_a_refused_change_is_told_once_and_the_order_lives_on() -> None:
    """The reason is the change's, not the order's; a repeated push is no second refusal; a late one is still told."""
    orders = Orders()
    orders.apply(update("live"))
    refused = update("live", 3, is_amend_failed=True, reason="no money", request_id="r1")
    change = orders.apply(refused).change
    assert change is not None
    assert change.is_amend_failed
    assert (change.order.status, change.order.reason, change.order.amend_error) == ("live", None, "no money")
    assert orders.apply(refused).change is None
    orders.apply(update("partially_filled", 9, "1", fill=fill(1)))
    late = orders.apply(attrs.evolve(refused, updated_at=8, reason="too late")).change
    assert late is not None
    assert late.is_amend_failed
    assert late.order.amend_error == "too late"


def test_an_older_push_does_not_take_back_a_new_price() -> None:
    """Facts are those of the newest news, by time, then by what is filled."""
    orders = Orders()
    orders.apply(update("live", 5, price=D(105), size=D(12)))
    orders.apply(update("live", 4, price=D(99), size=D(9), fee=D(-1)))
    state = state_of(orders)
    assert (state.price, state.size, state.fee, state.updated_at) == (D(105), D(12), None, 5)
    orders.apply(update("live", None, price=D(106)))
    assert state_of(orders).price == D(106)


def test_orders_read_well() -> None:
    """One line says what was wanted and what became of it."""
    orders = Orders()
    orders.apply(update("canceled", 5, "4", average_price=D("99.5"), reason="by the user"))
    line = f"{BTC} buy limit 10 @ 100: canceled (by the user), 4 filled at 99.5, id 1"
    assert str(state_of(orders)) == line


def test_an_older_order_of_the_same_id_is_another() -> None:
    """What is fetched later may be of an order that ended before ours was sent: ours stays what it is."""
    sent = 1_700_000_000_000
    orders = Orders()
    ours = orders.expect(new(), now=sent)
    before = {"created_at": sent - 3_600_000, "recovered": True}
    orders.apply(update("filled", sent - 3_500_000, "10", order_id="old", **before))
    orders.apply_fill(fill(9, order_id="older", client_order_id="mine", ts=sent - 3_600_000, recovered=True))
    assert (ours.state.status, ours.state.order_id, ours.state.filled) == ("pending", None, D(0))
    found = orders.find("old")
    assert found is not None
    assert found.state.is_filled
    orders.apply(update("live", sent + 5, created_at=sent + 3, recovered=True))
    assert (ours.state.status, ours.state.order_id) == ("live", "1")


def test_rows_that_are_kept_for_long_are_packed_and_read_as_they_came() -> None:
    """Those of fills, and the last one of an order that is over; made again when they are read."""
    orders = Orders()
    wire = {"instId": BTC, "ordId": "1", "side": "buy", "sz": "2", "fillPx": "9", "fillSz": "1", "new": "thing"}
    rows = [
        Order.from_wire({**wire, "state": state, "accFillSz": number, "tradeId": number}, {"arg": {"uid": "44"}})
        for number, state in (("1", "partially_filled"), ("2", "filled"))
    ]
    held = []
    for row in rows:
        take(orders, row.to_update())
        held.append(type(vars(state_of(orders))["raw"]))
    assert held == [Order, PackedRow]
    take(orders, rows[0].to_update())
    assert [type(vars(fill)["raw"]) for fill in orders.fills] == [PackedRow, PackedRow]
    assert [fill.raw for fill in orders.fills] == rows
    last = state_of(orders).raw
    assert last == rows[1]
    assert (last.uid, last.extra) == ("44", {"new": "thing"})
