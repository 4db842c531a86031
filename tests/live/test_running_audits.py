"""``RunningAudits``: the audits of one client, started one by one and ended together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import OkxHttpError
from okx_sync.live.audit import AuditedItem, AuditMismatch
from okx_sync.live.dispatcher import Dispatcher
from okx_sync.live.reporter import Reporter
from okx_sync.live.running_audits import RunningAudits
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S
from tests.live.audit_sides import Side, held
from tests.loopback.conftest import our_threads, until


@attrs.frozen
class Rig:
    """Audits of a client, and the errors that it tells."""

    audits: RunningAudits
    errors: list[Exception]


@pytest.fixture
def rig() -> Iterator[Rig]:
    """No thread may survive."""
    pool, errors = CallbackPool("okx-test-audits", Clock()), list[Exception]()
    reporter = Reporter(pool)
    reporter.on_error(errors.append)
    made = RunningAudits(reporter, Dispatcher(pool, reporter), Clock())
    yield Rig(made, errors)
    made.close()
    assert our_threads("okx-audit") == []
    assert pool.close(PATIENCE_S)


def differing() -> Side:
    """Something that REST has and the stream has not."""
    return Side({}, {"a": held(1)})


def test_mismatches_go_to_the_callback(rig: Rig) -> None:
    """On the callback thread; what the callback raises costs nothing but is told."""
    told = list[AuditMismatch]()

    def hear(mismatch: AuditMismatch) -> None:
        told.append(mismatch)
        raise ValueError("a bug of the user's")

    audit = rig.audits.start([differing()], hear, 0.01, 0.001)
    until(lambda: len(told) >= 2 and rig.errors)
    assert told[0].key == "a"
    assert audit.is_running
    assert "hear raised ValueError" in str(rig.errors[0])


def test_without_a_callback_they_are_counted(rig: Rig) -> None:
    """And can be asked for at any time."""
    audit = rig.audits.start([differing()], None, 1000.0, 0.001)
    assert [one.key for one in audit.run_now()] == ["a"]
    assert (audit.looks, audit.mismatches) == (1, 1)


def test_a_rest_that_fails_is_told_to_on_error(rig: Rig) -> None:
    """The audit goes on."""

    class Failing(Side):
        def rest(self) -> Mapping[str, AuditedItem]:
            raise OkxHttpError("no answer")

    audit = rig.audits.start([Failing({}, {})], None, 0.01, 0.001)
    until(lambda: len(rig.errors) >= 2)
    assert audit.is_running
    assert str(rig.errors[0]) == "no answer"


def test_all_end_with_the_client(rig: Rig) -> None:
    """Those that were stopped before are not kept; one that is started after the end does not run."""
    first, second = (rig.audits.start([differing()], None, 1000.0, 0.001) for _ in range(2))
    assert first.stop()
    third = rig.audits.start([differing()], None, 1000.0, 0.001)
    assert len(our_threads("okx-audit")) == 2
    for _ in range(2):
        rig.audits.close()
    assert not any(one.is_running for one in (first, second, third))
    assert our_threads("okx-audit") == []
    late: Any = rig.audits.start([differing()], None, 1000.0, 0.001)
    assert not late.is_running
    assert our_threads("okx-audit") == []
