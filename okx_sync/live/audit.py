"""Audits of local state: every few minutes the live objects are compared with what REST says.

Streams are fast and REST is slow, so a difference means nothing by itself. A difference is reported only when it is
seen twice, a moment apart, while the stream stood still, and when REST's side is not simply the older one.
"""

from __future__ import annotations

import queue
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Literal, Protocol

import attrs

from okx_sync.dropped import Bell, weakly, wired
from okx_sync.errors import OkxError, StreamClosed
from okx_sync.logs import get_logger
from okx_sync.single_flight import SingleFlight
from okx_sync.timing import Clock
from okx_sync.worker import Worker

__all__ = ["Audit", "AuditKind", "AuditMismatch", "AuditSide", "AuditedItem"]

log = get_logger("client")

AuditKind = Literal["order", "position", "balance", "algo"]


@attrs.frozen
class AuditedItem:
    """One thing that a side holds: what is compared of it, when it changed (epoch ms), and the thing itself.

    ``slack``: how far apart amounts may be that were reckoned from others, each rounded by itself.
    """

    facts: Mapping[str, Any]
    updated_at: int | None
    source: Any
    slack: Decimal = Decimal(0)


class AuditSide(Protocol):
    """One kind of local state and how to ask REST for the same. Called on the audit's thread."""

    @property
    def kind(self) -> AuditKind:
        """Which local state this is: orders, positions, balances or algo orders."""

    def stream(self) -> Mapping[str, AuditedItem] | None:
        """Return what the live object holds; None while that is not complete, so that it cannot be judged."""

    def rest(self) -> Mapping[str, AuditedItem]:
        """Ask REST for the same. Raises ``OkxError``."""

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        """Make the live object say what REST says; True when it does."""


@attrs.frozen(kw_only=True)
class AuditMismatch:
    """The stream and REST disagree. ``stream`` and ``rest`` are both sides, None where there is nothing.

    ``kind`` and ``key`` say of what, ``difference`` how they differ; ``at``: when it was found, epoch ms on the
    exchange's clock; ``repaired``: whether the live object was corrected to REST's side.
    """

    kind: AuditKind
    key: str
    stream: Any
    rest: Any
    difference: str
    at: int
    repaired: bool

    def __str__(self) -> str:
        end = "taken over from REST" if self.repaired else "left as it is"
        return f"{self.kind} {self.key}: {self.difference}; {end}"


class Audit:
    """A running audit: what ``ws.audit()`` returns; :meth:`stop` ends it.

    Args:
        tell: Takes each mismatch.
        report: Takes the errors of REST calls.
        every_s: Seconds between two comparisons.
        recheck_s: Seconds between seeing a difference and believing it.
    """

    def __init__(
        self,
        sides: Sequence[AuditSide],
        tell: Callable[[AuditMismatch], None],
        report: Callable[[Exception], None],
        clock: Clock,
        *,
        every_s: float = 300.0,
        recheck_s: float = 2.0,
    ) -> None:
        self._sides = tuple(sides)
        self._tell = tell
        self._report = report
        self._clock = clock
        self._every_s = every_s
        self._recheck_s = recheck_s
        self._looking = SingleFlight(clock)  # two looks at a time would repair twice
        self._bell: Bell = queue.SimpleQueue()
        body = partial(_serve, wired(self, self._bell), self._bell, every_s)
        self._worker = Worker("okx-audit", body, on_crash=weakly(self._crashed))
        self.looks = 0
        self.mismatches = 0

    def start(self) -> Audit:
        """Begin; returns itself."""
        self._worker.start()
        return self

    def stop(self, timeout: float = 1.0) -> bool:
        """Look no more; False when a look is still waiting for REST after ``timeout`` seconds. Idempotent."""
        self._worker.ask_to_stop()
        self._bell.put(None)
        return self._worker.join(timeout)

    @property
    def is_running(self) -> bool:
        """True until :meth:`stop`, or the client's close."""
        return self._worker.is_alive and not self._worker.stopping

    def run_now(self) -> list[AuditMismatch]:
        """Compare once in this thread; returns the mismatches, which are also reported.

        Raises ``OkxError`` when REST fails.

        While another thread looks, its result is waited for and returned.
        """
        return self._looking.run("the audit", self._look, None)

    def _look(self) -> list[AuditMismatch]:
        seen = [(side, self._differences(side)) for side in self._sides]
        found: list[AuditMismatch] = []
        if any(differences for _, differences in seen) and not self._worker.wait(self._recheck_s):
            for side, first in seen:
                if first:
                    found += self._confirm(side, first)
        self.looks += 1
        self.mismatches += len(found)
        for mismatch in found:
            log.warning("audit: %s", mismatch)
            self._tell(mismatch)
        return found

    def __repr__(self) -> str:
        state = f"every {self._every_s:g} s" if self.is_running else "stopped"
        return f"<Audit {state}: {self.looks} looks, {self.mismatches} mismatches>"

    def try_now(self) -> bool:
        """Compare once as :meth:`run_now` does; return False when the client is closed."""
        try:
            self.run_now()
        except StreamClosed:
            return False
        except OkxError as error:
            error.add_note("while auditing local state against REST")
            self._report(error)
        return True

    def _crashed(self, error: BaseException) -> None:
        self._report(OkxError(f"the audit died: {error!r}", hint="ws.audit() starts another one"))

    def _differences(self, side: AuditSide) -> dict[str, tuple[AuditedItem | None, AuditedItem | None]]:
        """Return both sides of every key on which they differ, apart from what moved while REST was asked."""
        before = side.stream()
        if before is None:
            return {}
        rest = side.rest()
        after = side.stream()
        if after is None:
            return {}
        return {
            key: (after.get(key), rest.get(key))
            for key in _keys(after, rest)
            if _same(before.get(key), after.get(key)) and _differ(after.get(key), rest.get(key))
        }

    def _confirm(
        self, side: AuditSide, first: Mapping[str, tuple[AuditedItem | None, AuditedItem | None]]
    ) -> Iterable[AuditMismatch]:
        """Yield what still differs, on a stream that has not moved since."""
        for key, (stream, rest) in self._differences(side).items():
            if key in first and _same(first[key][0], stream):
                yield AuditMismatch(
                    kind=side.kind,
                    key=key,
                    stream=None if stream is None else stream.source,
                    rest=None if rest is None else rest.source,
                    difference=f"the stream has {_differing(stream, rest)}, REST has {_differing(rest, stream)}",
                    at=int(self._clock.server_time() * 1000),
                    repaired=side.repair(stream, rest),
                )


def _serve(ref: weakref.ref[Audit], bell: Bell, every_s: float, worker: Worker) -> None:
    """Run the audit thread. While it waits it does not hold the client, see ``okx_sync.dropped``."""
    while not worker.stopping:
        try:
            bell.get(timeout=every_s)
        except queue.Empty:
            audit = ref()
            if audit is None or not audit.try_now():
                return
            del audit
        else:  # stopped, or dropped
            return


def _keys(one: Mapping[str, AuditedItem], other: Mapping[str, AuditedItem]) -> list[str]:
    return [*one, *(key for key in other if key not in one)]


def _differing(one: AuditedItem | None, other: AuditedItem | None) -> str:
    """Return what one side says and the other does not."""
    if one is None:
        return "nothing"
    differing = (name for name, value in one.facts.items() if other is None or other.facts.get(name) != value)
    return ", ".join(f"{name} {one.facts[name]}" for name in differing)


def _same(one: AuditedItem | None, other: AuditedItem | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.facts == other.facts and one.updated_at == other.updated_at


def _differ(stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
    if stream is None or rest is None:
        return stream is not rest
    is_rest_older = None not in (rest.updated_at, stream.updated_at) and (rest.updated_at or 0) < (
        stream.updated_at or 0
    )
    return not is_rest_older and not _are_alike(stream, rest)


def _are_alike(one: AuditedItem, other: AuditedItem) -> bool:
    """Tell whether both say the same, but for what amounts lose when they are rounded."""
    slack = max(one.slack, other.slack)
    if not slack or one.facts.keys() != other.facts.keys():
        return one.facts == other.facts
    return all(abs(value - other.facts[name]) <= slack for name, value in one.facts.items())
