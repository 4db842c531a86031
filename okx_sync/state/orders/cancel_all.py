"""The result of a request to cancel all open orders: one outcome for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, Literal, TypeVar

import attrs

from okx_sync.errors import DryRun, NotAllowedError, OkxAuthError, OkxError, ReadOnlyError
from okx_sync.state.orders.order_handle import AlgoHandle, OrderHandle

__all__ = [
    "FORBIDDEN",
    "AlgoCancelAllResult",
    "AlgoCancelOutcome",
    "CancelAllResult",
    "CancelOutcome",
    "CancelVerdict",
    "EndOutcome",
    "EndOutcomes",
]

FORBIDDEN: Final = (ReadOnlyError, DryRun, OkxAuthError, NotAllowedError)
"""What keeps a client from sending anything at all: raised, and no outcome of a single order."""

CancelVerdict = Literal["accepted", "gone", "refused", "unknown", "not_sent"]
"""``accepted``: the exchange has taken the request, ``order.wait_done()`` tells the end; ``gone``: it was over already;
``refused``: the exchange said no; ``unknown``: no answer came, it is looked up; ``not_sent``: nothing was sent for it.
"""


class EndOutcome:
    """One of those whose end was asked for. ``error`` says why it was refused, unknown or not sent."""

    __slots__ = ()
    verdict: CancelVerdict
    error: OkxError | None

    @property
    def ok(self) -> bool:
        """True when it is over, or the exchange has agreed to end it."""
        return self.verdict in ("accepted", "gone")


@attrs.frozen
class CancelOutcome(EndOutcome):
    """One order of ``cancel_all``. ``error`` says why it was refused, unknown or not sent."""

    order: OrderHandle
    verdict: CancelVerdict
    error: OkxError | None = None


@attrs.frozen
class AlgoCancelOutcome(EndOutcome):
    """One algo order of ``algos.cancel_all``. ``error`` says why it was refused, unknown or not sent."""

    algo: AlgoHandle
    verdict: CancelVerdict
    error: OkxError | None = None


One = TypeVar("One", bound=EndOutcome)


@attrs.frozen
class EndOutcomes(Generic[One]):
    """Outcomes, oldest first."""

    outcomes: tuple[One, ...] = ()

    @property
    def ok(self) -> bool:
        """True when every one is over or about to end; also when none was open."""
        return not self.failed

    @property
    def failed(self) -> tuple[One, ...]:
        """Those that may go on: refused, unknown, or not sent."""
        return tuple(one for one in self.outcomes if not one.ok)

    def __bool__(self) -> bool:
        return self.ok

    def __len__(self) -> int:
        return len(self.outcomes)

    def __iter__(self) -> Iterator[One]:
        return iter(self.outcomes)


class CancelAllResult(EndOutcomes[CancelOutcome]):
    """The outcomes of ``cancel_all``, oldest order first. It has a length, can be iterated, and is true when ``ok``."""


class AlgoCancelAllResult(EndOutcomes[AlgoCancelOutcome]):
    """The outcomes of ``algos.cancel_all``, as a ``CancelAllResult``."""
