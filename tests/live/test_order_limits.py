"""Limits of orders: what is refused before it is sent, and that threads never pass a bound together."""

from __future__ import annotations

import contextlib
import threading
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.errors import ConfigError, OkxApiError, OrderLimitError, OrderStatusUnknown
from okx_sync.live.limit_check import LimitCheck
from okx_sync.live.order_limits import InstrumentKey, OrderLimits, PositionUnknownError, WantedOrder
from okx_sync.rest.dialect import Reply
from okx_sync.state.exposure import Exposure
from okx_sync.types import PositionUpdate
from tests.clocks import HandClock
from tests.each_case import each_case
from tests.live.limited_venue import BROKEN, ENDPOINTS, SWAP, Contract, Fate, LimitedVenue, checked, params, send

PLACE, BATCH, AMEND = (ENDPOINTS[name] for name in ("place_order", "place_batch_orders", "amend_order"))


def refusal(limits: OrderLimits, order: dict[str, Any], venue: LimitedVenue | None = None) -> OrderLimitError:
    """The refusal of an order; one that passes fails the test."""
    with pytest.raises(OrderLimitError) as found:
        checked(limits, venue or LimitedVenue()).before(PLACE, order)
    return found.value


def told(error: OrderLimitError) -> tuple[str, Decimal | None]:
    """Which limit refused, and what the order would have come to."""
    return error.limit, error.value


@each_case(
    "words",
    [
        {"max_notional": 0.5},
        {"max_notional": "-1"},
        {"max_orders_per_s": 0},
        {"max_orders_per_s": True},
        {"max_position": 1.5},
        {"max_position": {"BTC-USDT-SWAP": "many"}},
        {"max_position": {"": 1}},
        {"allowed": "BTC-USDT"},
        {"allowed": [7]},
        {"market_margin": "-0.1"},
    ],
)
def test_a_limit_that_is_none(words: dict[str, Any]) -> None:
    """It is refused when the limits are made, and no order is needed to find out."""
    with pytest.raises(ConfigError):
        OrderLimits(**words)


def test_instruments_that_may_be_traded() -> None:
    """All others are refused and counted; an empty list allows none."""
    limits = OrderLimits(allowed=[SWAP])
    assert checked(limits, LimitedVenue()).before(PLACE, params()) is not None
    error = refusal(limits, params(instId="ETH-USDT-SWAP"))
    assert (error.limit, error.inst_id, error.value, error.bound) == ("allowed", "ETH-USDT-SWAP", None, None)
    assert error.hint == f"allowed=['{SWAP}']"
    assert limits.refused == {"allowed": 1}
    assert refusal(OrderLimits(allowed=[]), params()).limit == "allowed"


@each_case(
    ("order", "worth"),
    [
        (params(ordType="limit", px="50000"), "500"),
        (params(), "606"),  # 60000 x 0.01 and a hundredth
        (params(side="sell"), "605.9899"),
        (params(sz="3", ordType="limit", px="50000", reduceOnly=True), "1500"),
        (params(instId="BTC-USDT", sz="700"), "700"),  # a buy of spot at market is sized in money
        (params(instId="BTC-USDT", sz="700", tgtCcy="quote_ccy"), "700"),
        (params(instId="BTC-USDT", sz="2", tgtCcy="base_ccy"), "1212"),
        (params(instId="BTC-USDT", sz="2", side="sell"), "1211.9798"),
    ],
)
def test_what_an_order_is_worth(order: dict[str, Any], worth: str) -> None:
    """Size x contract value x price; at market the best opposite price and a margin. The bound itself is allowed."""
    exact = Decimal(worth)
    assert checked(OrderLimits(max_notional=exact), LimitedVenue()).before(PLACE, order) is not None
    error = refusal(OrderLimits(max_notional=exact - Decimal("0.0001")), order)
    assert (error.limit, error.value, error.bound) == ("max_notional", exact, exact - Decimal("0.0001"))


def test_an_inverse_contract_is_worth_money_at_any_price() -> None:
    """Nobody asks for a price."""
    venue = LimitedVenue(Contract(Decimal(100), is_inverse=True))
    assert refusal(OrderLimits(max_notional="99"), params(), venue).value == 100
    assert venue.asked == []


def test_a_worth_that_is_not_known_is_refused() -> None:
    """No price, no answer, no contract value, a price in another unit: each by name, and nothing passes."""
    limits, venue = OrderLimits(max_notional=10**9), LimitedVenue()
    venue.best = venue.best._replace(ask=None)
    assert refusal(limits, params(), venue).value is None
    venue.broken = BROKEN
    error = refusal(limits, params(side="sell"), venue)
    assert (error.value, error.__cause__) == (None, BROKEN)
    assert refusal(limits, params(ordType="limit", pxVol="0.5"), venue).value is None
    nobody_knows = LimitedVenue(Contract(None))  # type: ignore[arg-type]
    assert refusal(limits, params(ordType="limit", px="1"), nobody_knows).value is None
    assert limits.refused == {"max_notional": 4}


def test_a_price_is_asked_once_a_second() -> None:
    """Orders at market in between use the one that is known."""
    clock, venue = HandClock(), LimitedVenue()
    check = checked(OrderLimits(max_notional=10**6), venue, clock)
    for wait in (0.0, 0.9, 0.2):
        clock.forward(wait)
        check.before(PLACE, params())
    assert venue.asked == ["prices", "prices"]


def test_orders_within_a_second() -> None:
    """Those of a batch count one by one; one too many is refused at once, and room comes back with time."""
    clock, limits = HandClock(), OrderLimits(max_orders_per_s=3)
    check = checked(limits, LimitedVenue(), clock)
    for name in "ab":
        check.before(PLACE, params(name))
    with pytest.raises(OrderLimitError) as batch:
        check.before(BATCH, {"orders": [params("c"), params("d")]})
    assert told(batch.value) == ("max_orders_per_s", Decimal(4))
    assert batch.value.retryable
    clock.forward(0.5)
    check.before(PLACE, params("e"))
    with pytest.raises(OrderLimitError):
        check.before(PLACE, params("f"))
    clock.forward(0.5)
    assert check.before(BATCH, {"orders": [params("c"), params("d")]}) is not None
    with pytest.raises(OrderLimitError) as never:
        check.before(BATCH, {"orders": [params(str(n)) for n in range(4)]})
    assert not never.value.retryable


def test_what_is_not_sent_gives_its_room_back() -> None:
    """Of the rate and of the position; what was refused that of the position alone."""
    limits, venue = OrderLimits(max_orders_per_s=2, max_position=1), LimitedVenue()
    check = checked(limits, venue)
    room = check.before(PLACE, params("a"))
    assert room is not None
    room.withdraw()
    with pytest.raises(OkxApiError):
        send(check, venue, params("b"), "refused")
    send(check, venue, params("c"))
    assert refusal(limits, params("d"), venue).limit == "max_orders_per_s"


@each_case(
    ("fate", "left"),
    [("rests", 1), ("fills", 1), ("refused", 3), ("lost and rests", 1), ("lost and fills", 1), ("lost and gone", 1)],
)
def test_what_an_order_takes_of_a_position(fate: Fate, left: int) -> None:
    """While it is open, filled, or nobody knows; nothing once it was refused."""
    limits, venue = OrderLimits(max_position=3), LimitedVenue()
    check = checked(limits, venue)
    with contextlib.suppress(OrderStatusUnknown, OkxApiError):
        send(check, venue, params("a", sz="2"), fate)
    error = refusal(limits, params("b", sz=str(left + 1)), venue)
    assert (told(error), error.bound) == (("max_position", Decimal(4)), Decimal(3))
    send(check, venue, params("c", sz=str(left)))
    assert venue.worst <= 3


def test_a_lost_order_is_let_go_when_it_can_not_arrive_any_more() -> None:
    """A minute after it was sent the exchange still does not know it."""
    clock, venue = HandClock(), LimitedVenue()
    check = checked(OrderLimits(max_position=1), venue, clock)
    with pytest.raises(OrderStatusUnknown):
        send(check, venue, params("a"), "lost and gone")
    clock.forward(59)
    with pytest.raises(OrderLimitError):
        check.before(PLACE, params("b"))
    clock.forward(2)
    send(check, venue, params("b"))


def test_a_position_is_limited_in_both_directions() -> None:
    """A short one may be bought back and turned; closing orders are exempt, whatever they come to."""
    limits, venue = OrderLimits(max_position={SWAP: 5, "ETH-USDT-SWAP": 1}), LimitedVenue(position="-4")
    check = checked(limits, venue)
    assert refusal(limits, params(side="sell", sz="2"), venue).value == 6
    send(check, venue, params("a", side="sell", sz="1"))
    send(check, venue, params("b", side="buy", sz="9"))
    assert refusal(limits, params("c", side="buy", sz="1"), venue).value == 6
    assert check.before(PLACE, params("d", side="buy", sz="99", reduceOnly=True)) is not None
    assert check.before(PLACE, params("e", side="buy", sz="99", instId="SOL-USDT-SWAP")) is not None  # not named


def test_a_position_that_is_not_known_is_refused() -> None:
    """The exchange cannot be asked, the instrument has none, or an order of unknown size is open."""
    limits, venue = OrderLimits(max_position=5), LimitedVenue()
    venue.broken = BROKEN
    error = refusal(limits, params(), venue)
    assert (error.limit, error.value, error.__cause__) == ("max_position", None, BROKEN)
    assert refusal(limits, params(instId="BTC-USDT"), LimitedVenue()).value is None


def test_accounts_have_positions_of_their_own() -> None:
    """The rate is that of all of them; what one holds leaves the others their room."""
    limits = OrderLimits(max_position=1, max_orders_per_s=2)
    for account in ("alice", "bob"):
        venue = LimitedVenue()
        send(checked(limits, venue, account=account), venue, params())
    with pytest.raises(OrderLimitError, match="max_orders_per_s"):
        checked(limits, LimitedVenue(), account="carol").before(PLACE, params())


def test_a_batch_is_refused_whole() -> None:
    """Its orders count together; one that does not fit keeps the others, and nothing stays reserved."""
    limits, venue = OrderLimits(max_position=5, allowed=[SWAP]), LimitedVenue()
    check = checked(limits, venue)
    with pytest.raises(OrderLimitError) as error:
        check.before(BATCH, {"orders": [params("a", sz="3"), params("b", sz="3")]})
    assert error.value.value == 6
    with pytest.raises(OrderLimitError):
        check.before(BATCH, {"orders": [params("a", sz="3"), params("b", instId="ETH-USDT-SWAP")]})
    assert limits.refused == {"max_position": 1, "allowed": 1}
    assert check.before(BATCH, {"orders": [params("a", sz="3"), params("b", sz="2")]}) is not None


def test_changes() -> None:
    """One that makes an order larger or dearer is checked as the order that it makes; all others pass."""
    limits, venue = OrderLimits(max_position=5, max_notional=700), LimitedVenue()
    check = checked(limits, venue)
    send(check, venue, params("a", sz="1", ordType="limit", px="50000"))
    venue.orders["a"] = venue.change("a", price=Decimal(50_000))
    with pytest.raises(OrderLimitError) as larger:
        check.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newSz": "2"})
    assert told(larger.value) == ("max_notional", Decimal(1000))
    with pytest.raises(OrderLimitError) as dearer:
        check.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newPx": "70001"})
    assert told(dearer.value) == ("max_notional", Decimal("700.01"))
    assert check.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newPx": "70000"}) is not None
    wide = checked(OrderLimits(max_position=5), venue)
    with pytest.raises(OrderLimitError) as wider:
        wide.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newSz": "6"})
    assert told(wider.value) == ("max_position", Decimal(6))
    narrow = checked(OrderLimits(max_notional=1, allowed=[], max_orders_per_s=1), venue)
    for _ in range(3):
        narrow.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newSz": "0.5", "newPx": "49000"})
    assert check.before(ENDPOINTS["cancel_order"], {"instId": "ETH-USDT", "clOrdId": "a"}) is None


def test_a_change_takes_room_until_it_is_seen() -> None:
    """What it adds counts beside the order; one that was refused after all counts no more after some seconds."""
    clock, venue = HandClock(), LimitedVenue()
    check = checked(OrderLimits(max_position=5), venue, clock)
    send(check, venue, params("a", sz="1"))
    room = check.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newSz": "4"})
    assert room is not None
    room.answered(venue.receipt("a"))
    with pytest.raises(OrderLimitError):
        check.before(PLACE, params("b", sz="2"))
    venue.orders["a"] = venue.change("a", size=Decimal(4))
    with pytest.raises(OrderLimitError):
        check.before(PLACE, params("b", sz="2"))
    venue.orders["a"] = venue.change("a", size=Decimal(1))
    clock.forward(6)
    send(check, venue, params("b", sz="4"))
    for size in ("3", "2"):  # the last word counts, whatever was added before
        room = check.before(AMEND, {"instId": SWAP, "clOrdId": "b", "newSz": size})
        assert room is not None
        venue.orders["b"] = venue.change("b", size=Decimal(size))
        room.answered(venue.receipt("b"))
    assert check.before(PLACE, params("c", sz="2")) is not None
    with pytest.raises(OrderLimitError) as unknown:
        check.before(AMEND, {"instId": SWAP, "clOrdId": "nobody", "newSz": "4"})
    assert unknown.value.value is None


def changed(check: LimitCheck, venue: LimitedVenue, size: str) -> None:
    """A change of order "a" that the exchange accepts, and does not show yet."""
    room = check.before(AMEND, {"instId": SWAP, "clOrdId": "a", "newSz": size})
    assert room is not None
    room.answered(venue.receipt("a"))


def test_the_last_of_several_changes_counts() -> None:
    """Each is told from what is listed; one that was seen counts no more, whatever becomes of the order."""
    clock, venue = HandClock(), LimitedVenue()
    check = checked(OrderLimits(max_position=5), venue, clock)
    send(check, venue, params("a", sz="1"))
    changed(check, venue, "4")
    changed(check, venue, "2")
    send(check, venue, params("b", sz="3"))
    with pytest.raises(OrderLimitError):
        check.before(PLACE, params("c", sz="1"))
    venue.orders["a"] = venue.change("a", size=Decimal(2))
    with pytest.raises(OrderLimitError):
        check.before(PLACE, params("c", sz="1"))
    venue.orders["a"] = venue.change("a", size=Decimal(1))  # by another program
    send(check, venue, params("c", sz="1"))


def test_the_rows_of_a_batch_are_told_apart() -> None:
    """One that was refused gives its room back, one of which nothing is told keeps it."""
    venue = LimitedVenue()
    check = checked(OrderLimits(max_position=6), venue)
    room = check.before(BATCH, {"orders": [params("a", sz="1"), params("b", sz="2"), params("c", sz="3")]})
    assert room is not None
    rows = [venue.take(params("a", sz="1"), "rests").rows[0], {"clOrdId": "b", "sCode": "51008"}, {"clOrdId": "c"}]
    room.answered(Reply(True, "0", "", rows, unknown=frozenset({2})))
    with pytest.raises(OrderLimitError) as error:
        check.before(PLACE, params("d", sz="3"))
    assert error.value.value == 7
    send(check, venue, params("d", sz="2"))


def test_what_was_asked_before_is_older() -> None:
    """An answer that comes late changes nothing."""
    limits, key = OrderLimits(max_position=1), InstrumentKey("https://x", "a", None, SWAP)
    early, late = limits.next_turn(), limits.next_turn()
    told = Exposure(positions=(PositionUpdate(inst_id=SWAP, size=Decimal(1)),))
    limits.learn(key, told, late, 2.0)
    limits.learn(key, Exposure(), early, 1.0)
    assert limits.asked_turn(key) == late
    with pytest.raises(PositionUnknownError):
        limits.reserve([WantedOrder(key=key, side="buy", adds=Decimal(1))], 2.5, late)


def test_limits_say_what_they_are() -> None:
    """For people, and without a number in scientific notation."""
    limits = OrderLimits(max_notional="1E+5", max_orders_per_s=7, max_position={SWAP: 1}, allowed=[SWAP])
    assert repr(limits) == (
        "<OrderLimits max_notional=100000, max_orders_per_s=7, max_position={'BTC-USDT-SWAP': '1'}, "
        "allowed=['BTC-USDT-SWAP']; 0 refused>"
    )
    assert repr(OrderLimits()) == "<OrderLimits none; 0 refused>"


_FATES: list[Fate] = ["rests", "fills", "refused", "lost and rests", "lost and fills", "lost and gone"]
_SENT = st.tuples(st.sampled_from(["buy", "sell"]), st.integers(1, 4), st.sampled_from(_FATES))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 8), st.lists(st.lists(_SENT, min_size=1, max_size=3), min_size=2, max_size=4))
def test_threads_never_pass_a_bound_together(bound: int, plans: list[list[tuple[str, int, Fate]]]) -> None:
    """Two clients share the limits, each thread sends by one of them, and answers are lost: the position keeps it."""
    limits, venue = OrderLimits(max_position=bound), LimitedVenue()
    checks = [checked(limits, venue), checked(limits, venue)]
    start = threading.Barrier(len(plans))
    odd: list[BaseException] = []

    def trade(number: int) -> None:
        start.wait()
        for step, (side, size, fate) in enumerate(plans[number]):
            try:
                send(checks[number % 2], venue, params(f"{number}x{step}", side=side, sz=str(size)), fate)
            except (OrderLimitError, OrderStatusUnknown, OkxApiError):
                continue
            except BaseException as error:  # noqa: BLE001  told below
                odd.append(error)

    threads = [threading.Thread(target=trade, args=(number,)) for number in range(len(plans))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert odd == []
    assert venue.worst <= bound


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 8), st.lists(_SENT, max_size=6))
def test_room_that_there_is_is_given(bound: int, plan: list[tuple[str, int, Fate]]) -> None:
    """After any orders of which all is known an order of what is left passes, and one more does not."""
    limits, venue = OrderLimits(max_position=bound), LimitedVenue()
    check = checked(limits, venue)
    for step, (side, size, fate) in enumerate(plan):
        if fate == "lost and gone":
            continue
        try:
            send(check, venue, params(f"x{step}", side=side, sz=str(size)), fate)
        except (OrderLimitError, OrderStatusUnknown, OkxApiError):
            continue
    left = bound - venue.reach("buy")
    if left > 0:
        send(check, venue, params("y", sz=str(left)))
    assert refusal(limits, params("z"), venue).value == bound + 1
