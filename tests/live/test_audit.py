"""The audit: what is told, what is left alone because the stream moved or is ahead, and what becomes of failures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from okx_sync import AccountMonitor, OkxHttpError, PositionMonitor
from okx_sync.live.audit import Audit, AuditKind, AuditMismatch, Held
from okx_sync.live.audit_sources import BalanceAudit, PositionAudit
from okx_sync.types import PositionUpdate
from tests.clocks import HandClock
from tests.loopback.conftest import until
from tests.state.accounts import ETH, SWAP, account, balance, position

D = Decimal


class Side:
    """Two sides in the hand of a test. ``moves`` are made one by one, each after REST was asked once more."""

    kind: AuditKind = "order"

    def __init__(self, stream: dict[str, Held] | None, rest: dict[str, Held]) -> None:
        self.now = stream
        self.answer = rest
        self.moves: list[Callable[[], None]] = []
        self.repaired: list[tuple[Held | None, Held | None]] = []
        self.asked = 0

    def stream(self) -> Mapping[str, Held] | None:
        return None if self.now is None else dict(self.now)

    def rest(self) -> Mapping[str, Held]:
        self.asked += 1
        answer = dict(self.answer)
        if self.moves:
            self.moves.pop(0)()
        return answer

    def repair(self, stream: Held | None, rest: Held | None) -> bool:
        self.repaired.append((stream, rest))
        return True


def held(fact: object, at: int | None = 1) -> Held:
    """Something of which only one thing is compared."""
    return Held({"fact": fact, "same": 0}, at, f"source {fact}")


def unwanted(what: object) -> None:
    """For what must not be told."""
    pytest.fail(str(what))


def audit(*sides: Side | PositionAudit | BalanceAudit) -> tuple[Audit, list[AuditMismatch]]:
    """An audit that does not run by itself, and what it tells."""
    told: list[AuditMismatch] = []
    return Audit(sides, told.append, unwanted, HandClock(), recheck_s=0.001), told


def test_what_differs_twice_is_told_once_a_look() -> None:
    """With both sides, and whether it was repaired."""
    side = Side({"a": held(1), "b": held(2), "c": held(3)}, {"a": held(1), "b": held(9, at=2), "d": held(4)})
    look, told = audit(side)
    assert look.run_now() == told
    assert [(one.kind, one.key, one.stream, one.rest, one.repaired) for one in told] == [
        ("order", "b", "source 2", "source 9", True),
        ("order", "c", "source 3", None, True),
        ("order", "d", None, "source 4", True),
    ]
    assert told[0].at == 1_700_000_000_000
    assert str(told[0]) == "order b: the stream has fact 2, REST has fact 9; taken over from REST"
    assert told[1].difference == "the stream has fact 3, same 0, REST has nothing"
    assert (look.looks, look.mismatches, len(side.repaired)) == (1, 3, 3)


def test_agreement_costs_one_request_and_tells_nothing() -> None:
    """No second look without a difference in the first."""
    side = Side({"a": held(1)}, {"a": held(1, at=5)})
    look, told = audit(side)
    assert (look.run_now(), told, side.asked) == ([], [], 1)


def test_a_rest_that_is_behind_is_not_believed() -> None:
    """By its own time it is the older one."""
    side = Side({"a": held(1, at=5)}, {"a": held(2, at=4)})
    look, _ = audit(side)
    assert (look.run_now(), side.asked) == ([], 1)


def test_what_moves_while_rest_is_asked_is_left_alone() -> None:
    """The answer may be of before or after it."""
    side = Side({"a": held(1)}, {"a": held(2, at=9)})
    side.moves = [lambda: side.now.update(a=held(3, at=2))]  # type: ignore[union-attr]
    look, _ = audit(side)
    assert (look.run_now(), side.asked) == ([], 1)


@pytest.mark.parametrize("then", [held(2, at=2), held(3, at=3)])
def test_a_push_that_was_only_late_is_no_mismatch(then: Held) -> None:
    """The stream has moved between the two looks: to what REST says, or to something else."""

    class Moving(Side):
        reads = 0

        def stream(self) -> Mapping[str, Held] | None:
            self.reads += 1  # twice in each look
            return {"a": held(1) if self.reads <= 2 else then}

    side = Moving({}, {"a": held(2, at=4)})
    look, told = audit(side)
    assert (look.run_now(), told, side.asked) == ([], [], 2)


def test_what_is_not_synced_is_not_judged() -> None:
    """Neither before nor while REST is asked, nor at the second look."""
    never = Side(None, {"a": held(1)})
    lost = Side({}, {"a": held(1)})
    lost.moves = [lambda: setattr(lost, "now", None)]
    later = Side({}, {"a": held(1)})
    later.moves = [lambda: None, lambda: setattr(later, "now", None)]
    look, _ = audit(never, lost, later)
    assert look.run_now() == []
    assert (never.asked, lost.asked, later.asked) == (0, 1, 2)


def test_positions_are_compared_by_size_and_price_and_repaired() -> None:
    """What moves with the market does not count; the monitor says what REST says afterwards."""
    monitor, answer = PositionMonitor(), list[PositionUpdate]()
    seen = [position(1, 5, entry_price=D(100), mark_price=D(101)), position(2, 5, ETH), position(3, 5, "SOL-USDT-SWAP")]
    monitor.apply_snapshot(seen)
    answer.append(position(1, 5, entry_price=D(100), mark_price=D(99)))
    answer += [position(7, 6, ETH), position(4, 6, "XRP-USDT-SWAP")]
    look, told = audit(PositionAudit(monitor, lambda: answer))
    look.run_now()
    assert [one.key.split()[0] for one in told] == [ETH, "SOL-USDT-SWAP", "XRP-USDT-SWAP"]
    assert {one.inst_id: int(one.size) for one in monitor} == {SWAP: 1, ETH: 7, "XRP-USDT-SWAP": 4}
    assert look.run_now() == []


def test_balances_are_compared_by_cash_and_repaired() -> None:
    """Equity moves with the market; nothing of a currency is the same as no row."""
    monitor = AccountMonitor()
    monitor.apply(account(balance("USDT", 100), balance("BTC", 0), balance("ETH", 3), total_equity=D(103)))
    rest = account(balance("USDT", 101, cash=D(90), at=2), balance("SOL", 5, at=2))
    look, told = audit(BalanceAudit(monitor, lambda: rest))
    look.run_now()
    assert [one.key for one in told] == ["USDT", "ETH", "SOL"]
    assert {one.currency: one.cash for one in monitor.balances} == {"USDT": 90, "BTC": 0, "ETH": 0, "SOL": 5}
    assert monitor.equity == 103
    assert look.run_now() == []


def test_it_looks_by_itself_and_goes_on_after_failures() -> None:
    """REST that fails is reported, and the next look is made all the same; ``stop`` ends it."""

    class Failing(Side):
        def rest(self) -> Mapping[str, Held]:
            super().rest()
            if self.asked == 1:
                raise OkxHttpError("no answer")
            return self.answer

    side, told, errors = Failing({}, {"a": held(1)}), list[AuditMismatch](), list[Exception]()
    look = Audit([side], told.append, errors.append, HandClock(), every_s=0.01, recheck_s=0.01).start()
    assert look.is_running
    until(lambda: told, what="a mismatch")
    assert [str(error) for error in errors] == ["no answer"]
    assert look.stop(5)
    assert "stopped" in repr(look)
    assert not any(thread.name == "okx-audit" for thread in threading.enumerate())


def test_a_look_that_waits_ends_with_stop() -> None:
    """The pause between the two looks does not hold up the end."""
    side = Side({}, {"a": held(1)})
    look = Audit([side], unwanted, unwanted, HandClock(), every_s=0.01, recheck_s=1000).start()
    until(lambda: side.asked, what="a first look")
    assert look.stop(5)
