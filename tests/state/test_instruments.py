"""The shared table of trading rules: loaded once, however many ask, and never older than the newest push."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConfigError, OkxApiError, OkxHttpError
from okx_sync.state.instrument_spec import InstrumentSpec
from okx_sync.state.instruments import InstrumentChange, Instruments

PATIENCE_S = 10.0


def spec(inst_id: str, kind: str = "spot", lot: str = "1", code: int | None = None) -> InstrumentSpec:
    one = Decimal(1)
    return InstrumentSpec(inst_id=inst_id, kind=kind, tick=one, lot=Decimal(lot), min_size=one, code=code)


class Toy:
    """A source whose rows are specs. ``before`` runs inside every request."""

    def __init__(self, *specs: InstrumentSpec) -> None:
        self.listed = list(specs)
        self.asked: Counter[str] = Counter()
        self.before: Callable[[str], object] = lambda kind: None

    def kind(self, inst_type: str) -> str:
        return inst_type.lower()

    def kinds_for(self, inst_id: str) -> list[str]:
        return ["spot", "swap", "option"]

    def load(self, kind: str) -> list[InstrumentSpec]:
        self.asked[kind] += 1
        found = [one for one in self.listed if one.kind == kind]
        self.before(kind)
        return found

    def spec(self, row: InstrumentSpec) -> InstrumentSpec:
        return row


def made(*specs: InstrumentSpec) -> tuple[Toy, Instruments, list[InstrumentChange]]:
    """A source, the table, and the changes it tells of."""
    toy, changes = Toy(*specs), list[InstrumentChange]()
    instruments = Instruments(toy)
    instruments.on_change(changes.append)
    return toy, instruments, changes


def test_a_type_is_loaded_when_it_is_first_needed_and_once() -> None:
    """Types are looked through in the source's order, and no further than necessary."""
    toy, instruments, changes = made(spec("A"), spec("B"), spec("C", "swap", code=7))
    assert toy.asked == {}
    assert instruments["A"] is instruments.get("A")
    assert instruments["B"].inst_id == "B"
    assert toy.asked == {"spot": 1}
    assert instruments.code("C") == 7
    assert toy.asked == {"spot": 1, "swap": 1}
    assert (list(instruments), len(instruments), "C" in instruments) == (["A", "B", "C"], 3, True)
    assert [one.inst_id for one in instruments.all("SPOT")] == ["A", "B"]
    assert changes == [], "a first load is no change"


def test_types_are_loaded_ahead_and_shown() -> None:
    """Each once, so that later reads of them cost no request."""
    toy, instruments, _ = made(spec("A"), spec("C", "swap"))
    assert repr(instruments) == "<Instruments 0 loaded (none yet)>"
    instruments.preload("SPOT", "SWAP")
    instruments.preload("SWAP")
    assert instruments["C"].kind == "swap"
    assert toy.asked == {"spot": 1, "swap": 1}
    assert repr(instruments) == "<Instruments 2 loaded (spot, swap)>"


def test_an_unknown_instrument_costs_each_type_once() -> None:
    """The second question is answered without any request, and both name what was meant."""
    toy, instruments, _ = made(spec("BTC-USDT"), spec("BTC-USDT-SWAP", "swap"))
    for _ in range(2):
        with pytest.raises(ConfigError, match="'btc-usd' is not an instrument") as caught:
            instruments["btc-usd"]
        assert "BTC-USDT" in (caught.value.hint or "")
    assert toy.asked == {"spot": 1, "swap": 1, "option": 1}
    with pytest.raises(ConfigError, match="inst_id"):
        instruments[""]


def test_without_a_code_there_is_an_error_before_anything_is_sent() -> None:
    """Streams take no order without it; the hint names the way that is left."""
    _, instruments, _ = made(spec("A"))
    with pytest.raises(ConfigError, match="inst_id A has no code") as caught:
        instruments.code("A")
    assert "REST" in (caught.value.hint or "")


def test_threads_that_miss_together_share_one_request() -> None:
    """Sixteen threads, one request; all get the same object."""
    toy, instruments, _ = made(spec("A"))
    started = threading.Barrier(16)
    go = threading.Event()
    toy.before = lambda kind: go.wait(PATIENCE_S)

    def ask(_: int) -> InstrumentSpec:
        started.wait(PATIENCE_S)
        return instruments["A"]

    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(ask, number) for number in range(16)]
        assert not any(one.done() for one in asked)
        go.set()
        assert {id(one.result(PATIENCE_S)) for one in asked} == {id(instruments["A"])}
    assert toy.asked == {"spot": 1}


def test_a_thread_that_missed_before_the_answer_does_not_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread has seen that the type is not loaded before the answer came, and goes on after it: one request."""
    toy, instruments, _ = made(spec("A"))
    missed = threading.Barrier(4)
    is_fresh = instruments._is_fresh
    firsts = threading.local()

    def look(kind: str) -> bool:
        found = is_fresh(kind)
        if not hasattr(firsts, "looked"):
            firsts.looked = True
            missed.wait(PATIENCE_S)
        return found

    monkeypatch.setattr(instruments, "_is_fresh", look)
    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(instruments.all, "spot") for _ in range(4)]:
            assert len(one.result(PATIENCE_S)) == 1
    assert toy.asked == {"spot": 1}


def test_a_failed_request_fails_everybody_and_the_next_one_asks_again() -> None:
    """Whoever waited gets the error; nothing is remembered of it."""
    toy, instruments, _ = made(spec("A"))
    entered, go = threading.Event(), threading.Event()

    def fail(kind: str) -> None:
        entered.set()
        go.wait(PATIENCE_S)
        raise OkxHttpError("connection lost")

    toy.before = fail
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(instruments.get, "A")
        assert entered.wait(PATIENCE_S)
        second = pool.submit(instruments.get, "A")
        go.set()
        for one in (first, second):
            with pytest.raises(OkxHttpError):
                one.result(PATIENCE_S)
    toy.before = lambda kind: None
    assert instruments["A"].inst_id == "A"


def test_a_type_that_is_not_offered_has_no_instruments() -> None:
    """A refusal ends neither the search nor comes again; one that may pass is raised; asked by name it is raised."""
    toy, instruments, _ = made(spec("A", "swap"))

    def refuse(kind: str) -> None:
        if kind == "spot":
            raise OkxApiError("not here", code="51155", retryable=False)

    toy.before = refuse
    assert instruments["A"].kind == "swap"
    with pytest.raises(ConfigError):
        instruments["B"]
    assert toy.asked["spot"] == 1
    with pytest.raises(OkxApiError):
        instruments.refresh("SPOT")
    instruments.refresh()

    toy, instruments, _ = made(spec("A", "swap"))
    toy.before = lambda kind: (_ for _ in ()).throw(OkxApiError("busy", code="50026", retryable=True))
    with pytest.raises(OkxApiError):
        instruments["A"]


def test_a_push_replaces_and_is_told() -> None:
    """Once for each real change; a push that says what is known is none."""
    _, instruments, changes = made(spec("A", lot="1"))
    old = instruments["A"]
    instruments.feed(old)
    assert changes == []
    instruments.feed([spec("A", lot="5"), spec("NEW")])
    assert instruments["A"].lot == 5
    assert changes == [InstrumentChange("A", old, spec("A", lot="5")), InstrumentChange("NEW", None, spec("NEW"))]


def test_a_refresh_tells_what_changed_came_and_went() -> None:
    """The full list is the truth, also for what it does not contain any more."""
    toy, instruments, changes = made(spec("A"), spec("B"), spec("S", "swap"))
    assert instruments["A"].lot == instruments["S"].lot == 1
    toy.listed = [spec("A", lot="2"), spec("C"), spec("S", "swap")]
    instruments.refresh("SPOT")
    told = {one.inst_id: (one.old and one.old.lot, one.new and one.new.lot) for one in changes}
    assert told == {"A": (1, 2), "B": (1, None), "C": (None, 1)}
    with pytest.raises(ConfigError):
        instruments["B"]
    instruments.refresh()
    assert toy.asked == {"spot": 3, "swap": 2, "option": 2}


def test_a_list_does_not_undo_a_push_that_came_after_it_was_asked_for() -> None:
    """The answer was on its way while the rules changed; the next list is believed again."""
    toy, instruments, _ = made(spec("A", lot="1"), spec("B"))
    toy.before = lambda kind: instruments.feed([spec("A", lot="9"), spec("NEW")]) if kind == "spot" else None
    assert instruments["A"].lot == 9
    assert "NEW" in instruments
    assert instruments["B"].lot == 1
    toy.before = lambda kind: None
    instruments.refresh("SPOT")
    assert instruments["A"].lot == 1
    assert "NEW" not in instruments


def test_what_has_expired_is_loaded_again_by_the_next_read() -> None:
    """Once, and also when it expired while a list was on its way: that one may be too old."""
    toy, instruments, _ = made(spec("A", lot="1"))
    assert instruments["A"].lot == 1
    toy.listed = [spec("A", lot="2")]
    assert instruments["A"].lot == 1
    instruments.expire("SPOT")
    assert toy.asked["spot"] == 1, "expiring costs nothing by itself"
    assert instruments["A"].lot == instruments["A"].lot == 2
    assert toy.asked["spot"] == 2

    def change_in_between(kind: str) -> None:
        toy.before = lambda kind: None
        toy.listed = [spec("A", lot="4")]
        instruments.expire("SPOT")

    toy.before = change_in_between
    instruments.refresh("SPOT")
    assert instruments["A"].lot == 4
    assert toy.asked["spot"] == 4


def test_one_that_waits_for_a_list_that_has_expired_asks_for_another() -> None:
    """What was asked for before the rules were known to change is not good enough for whoever came after."""
    toy, instruments, _ = made(spec("A", lot="1"))
    entered, go = threading.Event(), threading.Event()

    def hold(kind: str) -> None:
        entered.set()
        go.wait(PATIENCE_S)

    toy.before = hold
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(instruments.get, "A")
        assert entered.wait(PATIENCE_S)
        toy.listed = [spec("A", lot="2")]
        instruments.expire("SPOT")
        second = pool.submit(instruments.get, "A")
        go.set()
        assert first.result(PATIENCE_S).lot == 1
        assert second.result(PATIENCE_S).lot == 2


def test_a_listener_that_raises_costs_the_others_nothing() -> None:
    """All are called; whoever feeds learns of it, whoever reads does not."""
    toy, instruments, changes = made(spec("A", lot="1"))

    def broken(change: InstrumentChange) -> None:
        raise RuntimeError("mine")

    instruments.on_change(broken)
    later: list[Any] = []
    instruments.on_change(later.append)
    assert instruments["A"].lot == 1
    with pytest.raises(RuntimeError, match="mine"):
        instruments.feed(spec("A", lot="2"))
    toy.listed = [spec("A", lot="3")]
    instruments.refresh()
    assert [one.new.lot for one in later if one.new] == [one.new.lot for one in changes if one.new] == [2, 3]


def test_user_code_runs_without_the_lock() -> None:
    """A listener may read and register; readers in other threads go on meanwhile."""
    _, instruments, _ = made(spec("A"))
    assert instruments["A"].lot == 1
    seen: list[Decimal] = []

    def read(change: InstrumentChange) -> None:
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(lambda: instruments["A"].lot + len(instruments.all("SPOT"))).result(PATIENCE_S))

    instruments.on_change(read)
    instruments.feed(attrs.evolve(instruments["A"], lot=Decimal(8)))
    assert seen == [9]
