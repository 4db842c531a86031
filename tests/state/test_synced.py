"""What orders, positions and account have in common; that of each is tested where it lives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest

from okx_sync import StreamClosed
from okx_sync.errors import ConfigError, DecodeError
from okx_sync.exchanges.okx.models import Position
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.state.synced import Synced
from okx_sync.types import AccountUpdate, BalanceUpdate
from tests.clocks import HandClock
from tests.state.accounts import SWAP


def test_it_begins_unsynced_with_a_reason() -> None:
    """That of nobody telling anything, where it is so; that of the end, once it is closed."""
    assert Synced("it").unsynced_reason == "no snapshot has come yet"
    live = Synced("it", no_source="nobody tells")
    assert live.unsynced_reason == "nobody tells"
    live.close("the day is over")
    assert live.unsynced_reason == "the day is over"
    with pytest.raises(StreamClosed, match="the day is over"):
        live.wait_synced()


def test_what_could_not_be_read_is_reported_and_the_rest_taken_in() -> None:
    """One report for a row, without a word from the others."""
    told: list[Exception] = []
    monitor = PositionMonitor(report=told.append)
    row = {"instId": SWAP, "posSide": "net", "pos": "3", "mgnMode": "cross", "ccy": "USDT", "uTime": "1"}
    monitor.apply(Position.from_wire({**row, "upl": "much"}), Position.from_wire({**row, "instId": "X"}))
    assert monitor[SWAP].size == 3
    assert "X" in monitor
    assert len(told) == 1
    assert "upl" in str(told[0])


class Told(Synced):
    """One that is fed by hand."""

    def snapshot(self) -> None:
        """A complete picture has come."""
        with self._lock:
            self._set_synced(True)

    def believe(self, at: int | None) -> int | None:
        """A time that the exchange told of."""
        with self._lock:
            found = self._believed_time(at)
        self._hand_on()
        return found


def test_it_can_be_waited_for() -> None:
    """From a complete picture on; without a timeout only where somebody tells one."""
    live = Told("it")
    assert not live.wait_synced(0)
    live.snapshot()
    assert live.wait_synced()
    assert live.unsynced_reason is None
    with pytest.raises(ConfigError, match="cannot be waited for without a timeout: nobody tells"):
        Told("it", no_source="nobody tells").wait_synced()


def test_a_row_that_cannot_be_read_makes_it_unsynced_until_the_next_picture() -> None:
    """Reported once for each error, and not again where that was done already."""
    told: list[Exception] = []
    live = Told("it", report=told.append)
    error = DecodeError("pos is no number", text="x")
    for problem in (error, error, None):
        live.snapshot()
        live.row_lost(problem)
        assert not live.synced
        assert "a row could not be read" in str(live.unsynced_reason)
    assert told == [error]


def test_a_reason_says_also_that_nobody_will_mend_it() -> None:
    """Where nobody ever tells a complete picture."""
    live = Told("it", no_source="nobody tells", report=lambda error: None)
    live.not_read(DecodeError("pos is no number", text="x"))
    assert str(live.unsynced_reason).endswith("; nobody tells")


def test_a_time_that_is_yet_to_come_is_not_believed() -> None:
    """By it all later news would be older. Reported once; a minute ahead is taken for a clock that is off."""
    told: list[Exception] = []
    clock = HandClock()
    live = Told("it", report=told.append, clock=clock)
    now = int(clock.time() * 1000)
    assert [live.believe(at) for at in (None, now, now + 60_000)] == [None, now, now + 60_000]
    assert [live.believe(at) for at in (now + 61_000, now + 99_000)] == [None, None]
    assert len(told) == 1
    assert "61 s ahead" in str(told[0])


def test_without_anybody_to_report_to_errors_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """They have no caller, and must not vanish."""
    Told("it").row_lost(DecodeError("pos is no number", text="x"))
    assert any("pos is no number" in record.getMessage() for record in caplog.records)


class AskedOnTheWay(HandClock):
    """A clock that has something done while it is asked for the exchange's time, as a picture is being taken in."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def server_time(self) -> float:
        self._act()
        return super().server_time()


@pytest.mark.parametrize("kind", [AccountMonitor, PositionMonitor])
def test_nobody_sees_it_synced_before_the_picture_is_there(kind: type[AccountMonitor] | type[PositionMonitor]) -> None:
    """A reader that looks while the picture is being taken in finds it unsynced, or waits until all of it is in."""
    seen: list[tuple[bool, int]] = []
    readers: list[threading.Thread] = []

    def number() -> int:
        return len(monitor) if isinstance(monitor, PositionMonitor) else len(monitor.balances)

    def read() -> None:
        synced = monitor.synced
        seen.append((synced, number()))

    def look() -> None:
        readers.append(threading.Thread(target=read))
        readers[-1].start()
        readers[-1].join(0.05)  # one that does not wait has read by then

    monitor = kind(clock=AskedOnTheWay(look))
    if isinstance(monitor, PositionMonitor):
        row = {"instId": SWAP, "posSide": "net", "pos": "3", "mgnMode": "cross", "ccy": "USDT", "uTime": "1"}
        monitor.apply_snapshot([Position.from_wire(row)], as_of=1)
    else:
        monitor.apply_snapshot([AccountUpdate(balances=(BalanceUpdate(currency="USDT", equity=Decimal(1)),))], as_of=1)
    for reader in readers:
        reader.join(5)
    assert readers
    assert (True, 0) not in seen
    assert (True, 1) in seen
