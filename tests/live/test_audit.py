"""The audit: what is told, what is left alone because the stream moved or is ahead, and what becomes of failures."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Mapping

import pytest

from okx_sync import OkxHttpError, StreamClosed
from okx_sync.live.audit import Audit, AuditedItem, AuditMismatch
from tests.clocks import HandClock
from tests.live.audit_sides import Side, held, unwanted
from tests.loopback.conftest import until


def audit(*sides: Side) -> tuple[Audit, list[AuditMismatch]]:
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
def test_a_push_that_was_only_late_is_no_mismatch(then: AuditedItem) -> None:
    """The stream has moved between the two looks: to what REST says, or to something else."""

    class Moving(Side):
        reads = 0

        def stream(self) -> Mapping[str, AuditedItem] | None:
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


def test_it_looks_by_itself_and_goes_on_after_failures() -> None:
    """REST that fails is reported, and the next look is made all the same; ``stop`` ends it."""

    class Failing(Side):
        def rest(self) -> Mapping[str, AuditedItem]:
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


def test_the_end_of_the_client_ends_it() -> None:
    """REST says that the client is closed: that is no failure to tell of."""

    class Closed(Side):
        def rest(self) -> Mapping[str, AuditedItem]:
            raise StreamClosed("the client was closed")

    look = Audit([Closed({}, {})], unwanted, unwanted, HandClock(), every_s=0.01).start()
    until(lambda: not look.is_running)
    assert look.stop(5)


def test_a_fault_of_ours_ends_it_and_is_told() -> None:
    """Silence would look like agreement; the hint says how to have another one."""

    class Broken(Side):
        def rest(self) -> Mapping[str, AuditedItem]:
            raise RuntimeError("a bug")

    errors = list[Exception]()
    look = Audit([Broken({}, {})], unwanted, errors.append, HandClock(), every_s=0.01).start()
    until(lambda: errors)
    assert str(errors[0]) == "the audit died: RuntimeError('a bug'). Hint: ws.audit() starts another one"
    until(lambda: not look.is_running)


def test_a_look_by_hand_raises_what_keeps_it_from_looking() -> None:
    """Whoever asks for it learns of it."""

    class Failing(Side):
        def rest(self) -> Mapping[str, AuditedItem]:
            raise OkxHttpError("no answer")

    look, told = audit(Failing({}, {}))
    with pytest.raises(OkxHttpError, match="no answer"):
        look.run_now()
    assert (look.looks, told) == (0, [])


def test_one_that_nobody_holds_ends() -> None:
    """Its thread does not keep it alive."""
    gone = weakref.ref(Audit([Side({}, {})], unwanted, unwanted, HandClock(), every_s=1000).start())
    gc.collect()
    assert gone() is None
    until(lambda: not any(thread.name == "okx-audit" for thread in threading.enumerate()))
