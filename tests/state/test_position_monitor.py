"""The position monitor: reads, waiting, listeners, limits, and no torn reads under threads."""

from __future__ import annotations

import threading
import time
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import ConfigError, PositionMonitor, RiskEvent, StreamClosed
from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.models import Position
from okx_sync.state.position_monitor import PositionMetric
from okx_sync.state.positions import PositionEvent
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate
from tests.clocks import HandClock
from tests.state.accounts import ETH, SWAP, position

D = Decimal


@pytest.fixture
def monitor() -> PositionMonitor:
    """Complete, with a long and a short position."""
    monitor = PositionMonitor(clock=HandClock())
    long = position(2, entry_price=D(100), unrealized_pnl=D("7.5"), notional=D(200), mark_price=D(100))
    monitor.apply_snapshot([long, position(-3, inst_id=ETH, unrealized_pnl=D(-2), notional=D(30))])
    return monitor


def test_what_is_no_position_is_refused(monitor: PositionMonitor) -> None:
    """A row of another stream, or none at all, changes nothing and is named."""
    before = monitor.snapshot()
    for wrong in (AccountUpdate(), {"pos": "1"}, "BTC"):
        with pytest.raises(ConfigError, match=f"{type(wrong).__name__} is no PositionUpdate"):
            monitor.apply(position(9), wrong)
        with pytest.raises(ConfigError, match="is no PositionUpdate"):
            monitor.apply_snapshot([wrong])
    assert monitor.snapshot() == before


def test_reads(monitor: PositionMonitor) -> None:
    """As a mapping and as a collection; sums over all."""
    assert monitor[SWAP].size == 2
    assert (SWAP in monitor, "X" in monitor, len(monitor)) == (True, False, 2)
    assert [one.inst_id for one in monitor] == [SWAP, ETH]
    assert monitor.all == monitor.snapshot().all
    assert monitor.get("X") is None
    with pytest.raises(KeyError, match="no open position in"):
        _ = monitor["X"]
    assert monitor.total_unrealized_pnl == D("5.5")
    assert monitor.exposure == {SWAP: 200, ETH: -30}
    assert monitor.exposure_by_currency == {"USDT": 170}
    assert repr(monitor) == "<PositionMonitor 2 open: BTC-USDT-SWAP +2 @ 100 (+7.5 USDT), ETH-USDT-SWAP -3 (-2 USDT)>"


def test_sums_that_cannot_be_told_are_none(monitor: PositionMonitor) -> None:
    """Profit in two currencies is not added up, and an unknown part makes the sum unknown."""
    monitor.apply(position(1, inst_id="BTC-USD-SWAP", currency="BTC", unrealized_pnl=D(1)))
    assert monitor.total_unrealized_pnl is None
    assert monitor.unrealized_pnl_by_currency == {"USDT": D("5.5"), "BTC": 1}
    assert monitor.exposure["BTC-USD-SWAP"] is None
    assert PositionMonitor().total_unrealized_pnl is None
    empty = PositionMonitor()
    empty.apply_snapshot([])
    assert empty.total_unrealized_pnl == 0


def test_several_positions_of_one_instrument_must_be_told_apart(monitor: PositionMonitor) -> None:
    """An arbitrary one of them would be a trap."""
    monitor.apply(position(1, margin_mode="isolated", side="long"))
    with pytest.raises(ConfigError, match="2 open positions") as caught:
        _ = monitor[SWAP]
    assert caught.value.hint
    found = monitor.get(SWAP, margin_mode="isolated")
    assert found is not None
    assert found.size == 1
    assert monitor.get(SWAP, side="short") is None
    assert [one.size for one in monitor.of(SWAP)] == [2, 1]


def test_it_can_be_fed_with_the_exchanges_own_rows() -> None:
    """``ws.subscribe_positions("ANY", monitor.apply)`` works; a row that cannot be read changes nothing."""
    monitor = PositionMonitor()
    row = {"instId": SWAP, "posSide": "short", "pos": "3", "mgnMode": "cross", "uTime": "5"}
    monitor.apply(Position.from_wire(row))
    assert monitor[SWAP].size == -3
    with pytest.raises(DecodeError, match="no size"):
        monitor.apply(Position.from_wire({**row, "pos": ""}))
    assert monitor[SWAP].size == -3
    assert not monitor.synced


def test_synced_is_complete_and_up_to_date() -> None:
    """Single pushes do not complete it; a loss ends it until the next snapshot, with the last state to read."""
    monitor = PositionMonitor()
    monitor.apply(position(1))
    assert not monitor.synced
    assert not monitor.wait_synced(0.01)
    assert "not synced (no snapshot has come yet)" in repr(monitor)
    monitor.apply_snapshot([position(1)])
    assert monitor.wait_synced(0)
    monitor.invalidate("the link was lost")
    assert (monitor.synced, monitor[SWAP].size) == (False, D(1))
    assert "the link was lost" in repr(monitor)
    assert not monitor.snapshot().synced
    monitor.apply_snapshot([])
    assert monitor.synced


def test_flat_means_certain() -> None:
    """Nothing open and nothing that could be missing."""
    monitor = PositionMonitor()
    assert not monitor.wait_flat(0.01)
    monitor.apply_snapshot([position(1)])
    assert not monitor.wait_flat(0.01)
    monitor.apply(position(0, 2))
    assert monitor.wait_flat(0)
    monitor.invalidate("a test")
    assert not monitor.wait_flat(0.01)


def test_listeners_hear_their_kind() -> None:
    """``on_change`` hears all, the others their own; each works as a decorator."""
    monitor, heard = PositionMonitor(), list[tuple[str, str]]()

    def into(name: str) -> Any:
        def listen(event: PositionEvent) -> None:
            heard.append((name, event.kind))

        return listen

    monitor.on_change(into("any"))
    monitor.on_open(into("open"))
    monitor.on_close(into("close"))

    @monitor.on_flip
    def flipped(event: PositionEvent) -> None:
        heard.append(("flip", event.kind))

    for number, size in enumerate((1, 2, -1, 0), 1):
        monitor.apply(position(size, number))
    told = [kind for name, kind in heard if name == "any"]
    assert told == ["opened", "changed", "flipped", "closed"]
    own = [pair for pair in heard if pair[0] != "any"]
    assert own == [("open", "opened"), ("flip", "flipped"), ("close", "closed")]


def test_a_listener_that_raises_costs_the_others_nothing() -> None:
    """By hand it is heard of by whoever feeds, after all have been told; the state has changed."""
    monitor, heard = PositionMonitor(), list[str]()

    @monitor.on_change
    def bad(event: PositionEvent) -> None:
        raise ZeroDivisionError

    monitor.on_change(lambda event: heard.append(event.kind))
    with pytest.raises(ZeroDivisionError):
        monitor.apply(position(1))
    assert (heard, monitor[SWAP].size) == (["opened"], D(1))


def test_a_listener_may_feed_and_read() -> None:
    """User code never runs under the lock; what it brings is told after what was told before."""
    monitor, heard = PositionMonitor(), list[Decimal]()

    @monitor.on_change
    def feed(event: PositionEvent) -> None:
        if event.kind == "opened":
            monitor.apply(position(9, 9))

    @monitor.on_change
    def note(event: PositionEvent) -> None:
        reader = threading.Thread(target=lambda: heard.append(monitor.snapshot().all[0].size - event.position.size))
        reader.start()
        reader.join(5)

    monitor.apply(position(1, 1))
    assert heard == [8, 0]


def test_limits_call_back_once_each_way(monitor: PositionMonitor) -> None:
    """The thresholds of a position, one line each; closing it ends what it breached."""
    heard: list[RiskEvent] = []
    monitor.limit("margin_ratio", above="0.8", callback=heard.append)
    monitor.limit("unrealized_pnl", below="-1000", callback=heard.append)
    handle = monitor.limit("distance_to_liquidation", below="0.05", recover_at="0.08", callback=heard.append)
    pushes: list[dict[str, Any]] = [
        {"margin_ratio": D("0.81"), "unrealized_pnl": D(-999)},
        {"margin_ratio": D("0.79"), "unrealized_pnl": D(-1001)},
        {"margin_ratio": D("0.85"), "unrealized_pnl": D(-960)},
        {"margin_ratio": D("0.70"), "unrealized_pnl": D(-940), "mark_price": D(100), "liquidation_price": D(96)},
        {"mark_price": D(100), "liquidation_price": D(93)},
        {"mark_price": D(100), "liquidation_price": D(96)},
    ]
    for at, facts in enumerate(pushes, 2):
        monitor.apply(position(2, at, **facts))
    assert [(event.kind, event.is_breach) for event in heard] == [
        ("margin_ratio", True),
        ("unrealized_pnl", True),
        ("margin_ratio", False),
        ("unrealized_pnl", False),
        ("distance_to_liquidation", True),
    ]
    assert (heard[-1].value, heard[-1].at, heard[-1].source.size) == (D("0.04"), 1_700_000_000_000, 2)
    assert handle.breached == (f"{SWAP} net cross USDT",)
    assert "breached by BTC-USDT-SWAP" in repr(handle)
    monitor.apply(position(0, 50))
    assert (heard[-1].is_breach, heard[-1].value) == (False, None)
    assert not handle.breached


def test_limits_measure_what_they_say() -> None:
    """Short positions are measured by the distance upwards, sizes and values without their sign."""
    monitor, seen = PositionMonitor(), dict[str, Decimal | None]()
    short: dict[str, Any] = {"mark_price": D(100), "liquidation_price": D(110), "notional": D(50), "leverage": D(5)}
    monitor.apply(position(-4, unrealized_pnl=D(-1), margin=D(10), **short))
    metrics: list[PositionMetric] = [
        "distance_to_liquidation",
        "size",
        "notional",
        "leverage",
        "unrealized_pnl_share",
    ]
    for metric in metrics:
        monitor.limit(metric, above=-5, callback=lambda event: seen.update({event.kind: event.value}))
    assert seen == {
        "distance_to_liquidation": D("0.1"),
        "size": 4,
        "notional": 50,
        "leverage": 5,
        "unrealized_pnl_share": D("-0.1"),
    }


def test_a_limit_for_one_instrument_and_its_removal(monitor: PositionMonitor) -> None:
    """What is beyond it already is told at once; after ``remove`` nothing is."""
    heard: list[RiskEvent] = []
    handle = monitor.limit("size", above=1, callback=heard.append, inst_id=ETH)
    assert [event.subject for event in heard] == [f"{ETH} net cross USDT"]
    handle.remove()
    handle.remove()
    monitor.apply(position(0, 9, ETH))
    assert len(heard) == 1


def test_an_unknown_metric_is_refused(monitor: PositionMonitor) -> None:
    """With the list of those that there are."""
    with pytest.raises(ConfigError, match="metric 'luck'") as caught:
        monitor.limit("luck", above=1, callback=print)  # type: ignore[arg-type]
    assert "distance_to_liquidation" in (caught.value.hint or "")


def test_closing_wakes_those_who_wait_and_stops_changes() -> None:
    """It leaves its stream, once."""
    left: list[bool] = []
    monitor = PositionMonitor(release=lambda: left.append(True))
    monitor.apply_snapshot([position(1)])
    failed: list[StreamClosed] = []

    def wait() -> None:
        try:
            monitor.wait_flat()
        except StreamClosed as error:
            failed.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    monitor.close("a test is over")
    monitor.close()
    thread.join(5)
    assert "a test is over" in str(failed[0])
    assert left == [True]
    assert monitor.apply(position(2, 2)) == ()
    assert (monitor[SWAP].size, monitor.synced) == (D(1), False)


def test_no_read_is_torn_under_eight_threads() -> None:
    """Each push moves three positions; a reader never sees two pushes mixed, whether one by one or as a snapshot."""
    monitor = PositionMonitor()
    names = [SWAP, ETH, "SOL-USDT-SWAP"]
    stop, problems, reads = threading.Event(), list[BaseException](), 0

    def read() -> None:
        nonlocal reads
        try:
            while not stop.is_set():
                taken = monitor.snapshot()
                assert len(taken) in (0, 3)
                assert len({one.size for one in taken}) <= 1
                assert len(set(monitor.exposure.values())) <= 1
                reads += 1
        except BaseException as problem:  # noqa: BLE001  handed to the test
            problems.append(problem)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for at in range(1, 600):
        rows = [position(at % 7, at, name, notional=D(at)) for name in names]
        if at % 10:
            monitor.apply(*rows)
        else:
            monitor.apply_snapshot([row for row in rows if row.is_open], at)
        if at % 50 == 0:
            time.sleep(0.001)  # the readers' turn
    stop.set()
    for thread in threads:
        thread.join(10)
    assert problems == []
    assert reads > 0


def test_news_from_another_thread_waits_for_its_turn() -> None:
    """While one thread tells, another only leaves its news: a listener never meets itself, and the order stays."""
    monitor, heard = PositionMonitor(), list[Decimal]()
    entered, go_on = threading.Event(), threading.Event()

    @monitor.on_change
    def slow(event: PositionEvent) -> None:
        if event.kind == "opened":
            entered.set()
            assert go_on.wait(5)
        heard.append(event.position.size)

    thread = threading.Thread(target=lambda: monitor.apply(position(1, 1)))
    thread.start()
    assert entered.wait(5)
    monitor.apply(position(2, 2))
    assert not heard
    assert monitor[SWAP].size == 2
    go_on.set()
    thread.join(5)
    assert heard == [1, 2]


def test_events_of_many_feeders_are_told_in_order() -> None:
    """Whichever thread hands them on: a listener sees each state follow from the one before."""
    monitor, sizes = PositionMonitor(), [D(0)]

    @monitor.on_change
    def follow(event: PositionEvent) -> None:
        before = D(0) if event.previous is None else event.previous.size
        assert before == sizes[-1], event
        sizes.append(event.position.size)

    problems: list[BaseException] = []

    def feed(first: int) -> None:
        try:
            for at in range(first, 800, 4):
                monitor.apply(position(at % 5, at))
        except BaseException as problem:  # noqa: BLE001  handed to the test
            problems.append(problem)

    threads = [threading.Thread(target=feed, args=(first,)) for first in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert problems == []
    assert len(sizes) > 2


def test_a_time_to_come_orders_nothing() -> None:
    """A push, or a list, that says it was made in a year: what comes next is newer all the same; reported once."""
    told: list[Exception] = []
    monitor = PositionMonitor(report=told.append)
    now = int(Clock().server_time() * 1000)
    in_a_year = now + 365 * 86_400_000
    monitor.apply(position(1, in_a_year))
    monitor.apply(position(2, now))
    assert monitor[SWAP].size == 2
    monitor.apply(position(0, in_a_year))
    monitor.apply(position(3, now + 1))
    assert monitor[SWAP].size == 3
    monitor.apply_snapshot([position(4, now + 2)], in_a_year)
    monitor.apply(position(5, now + 3, inst_id=ETH))
    assert len(monitor) == 2
    assert len(told) == 1
    assert "ahead of its clock" in str(told[0])


def test_a_list_of_one_product_type_ends_only_its_own() -> None:
    """And the monitor is complete when each type was told; after a loss each has to be told anew."""
    monitor = PositionMonitor(products=("A", "B"))
    monitor.apply(position(1, product="A"), position(1, inst_id=ETH, product="B"))
    monitor.apply_snapshot([], product="A")
    assert [one.inst_id for one in monitor] == [ETH]
    assert monitor.unsynced_reason == "B: no snapshot has come yet"
    assert not monitor.wait_flat(0)
    monitor.apply_snapshot([], product="B")
    assert monitor.wait_flat(0)
    monitor.invalidate("the link was lost")
    monitor.apply_snapshot([], product="B")
    assert not monitor.wait_synced(0)
    assert monitor.unsynced_reason == "A: the link was lost"
    with pytest.raises(ConfigError, match="'C'"):
        monitor.apply_snapshot([], product="C")


def test_where_nobody_lists_anything() -> None:
    """Waiting without a timeout is refused; a list that the user fetched completes it all the same."""
    monitor = PositionMonitor(no_source="nobody tells")
    assert not monitor.wait_flat(0.01)
    with pytest.raises(ConfigError, match="nobody tells"):
        monitor.wait_flat()
    monitor.apply_snapshot([])
    assert monitor.wait_flat()
    monitor.invalidate("the link was lost")
    assert monitor.unsynced_reason == "the link was lost; nobody tells"


def test_a_limit_that_cannot_be_judged_is_reported_once() -> None:
    """The exchange tells no mark price: a limit on the distance to liquidation says so, once."""
    told: list[Exception] = []
    monitor = PositionMonitor(report=told.append, untold={"leverage": "nobody tells it"})
    monitor.limit("distance_to_liquidation", below="0.1", callback=print)
    monitor.apply(position(1, liquidation_price=D(5)))
    monitor.apply(position(2, 2, liquidation_price=D(5)))
    assert len(told) == 1
    assert "mark price" in str(told[0])
    with pytest.raises(ConfigError, match="nobody tells it"):
        monitor.limit("leverage", above=3, callback=print)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), 0.1])
def test_what_is_no_exact_number_gets_in_nowhere(monitor: PositionMonitor, value: Any) -> None:
    """Not as an amount that is fed by hand, nor as a limit."""
    before = monitor.all
    for name in ("size", "unrealized_pnl"):
        with pytest.raises(DecodeError, match=name):
            monitor.apply(attrs.evolve(position(1, 9_000), **{name: value}))
    assert monitor.all == before
    for line in ("above", "below"):
        with pytest.raises(ConfigError, match=line):
            monitor.limit("size", callback=print, **{line: value})


@pytest.mark.parametrize("name", [None, "", 5])
def test_what_is_no_name_of_an_instrument_has_no_positions_to_tell(monitor: PositionMonitor, name: Any) -> None:
    """A variable that was left empty is not answered with "nothing open", and no limit waits for it for ever."""
    with pytest.raises(ConfigError, match="inst_id cannot be"):
        monitor.of(name)
    if name is not None:
        with pytest.raises(ConfigError, match="inst_id cannot be"):
            monitor.limit("leverage", above=5, callback=print, inst_id=name)
