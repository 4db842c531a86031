"""Limits that the user sets: each breach is reported once, and so is each recovery.

Pure: values go in, events come out. Each limit remembers for each subject (a position, a currency, the account)
whether it is breached; only the other side of ``recover_at`` ends that, so the two kinds of event always alternate.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import Number, exact

__all__ = ["Limit", "RiskEvent", "Watch"]

_MARGIN = Decimal("0.05")


@attrs.frozen
class Limit:
    """A limit on a metric: breached beyond ``above`` or ``below``, recovered when back at ``recover_at``."""

    metric: str
    above: Decimal | None
    below: Decimal | None
    recover_at: Decimal

    @classmethod
    def of(
        cls, metric: str, above: Number | None = None, below: Number | None = None, recover_at: Number | None = None
    ) -> Limit:
        """Make a limit from what the user gave. ``recover_at``: by default 5 % of the limit on its safe side.

        Raises ``ConfigError`` unless exactly one of ``above`` and ``below`` is given, and for a ``recover_at`` on the
        wrong side of it.
        """
        if above is not None and below is None:
            side, line, safe = "above", exact("above", above), -1
        elif below is not None and above is None:
            side, line, safe = "below", exact("below", below), 1
        else:
            raise ConfigError("give above= or below=, one of them", hint="for example above='0.8'")
        back = line + safe * _MARGIN * abs(line) if recover_at is None else exact("recover_at", recover_at)
        if (back - line) * safe < 0:
            raise ConfigError(
                f"recover_at={back} is beyond {side}={line}: the limit would be left before it is crossed",
                hint="leave it out for a margin of 5 %",
            )
        return cls(metric, line if side == "above" else None, line if side == "below" else None, back)

    def is_breached_by(self, value: Decimal) -> bool:
        """Tell whether ``value`` is beyond the limit; the limit itself is still allowed."""
        if self.above is not None:
            return value > self.above
        return self.below is not None and value < self.below

    def is_recovered_by(self, value: Decimal) -> bool:
        """Tell whether ``value`` is at ``recover_at`` or on the safe side of it."""
        return value <= self.recover_at if self.above is not None else value >= self.recover_at

    def __str__(self) -> str:
        return f"{self.metric} above {self.above}" if self.above is not None else f"{self.metric} below {self.below}"


@attrs.frozen(kw_only=True)
class RiskEvent:
    """A limit was crossed (``is_breach``) or left again.

    ``kind``: the metric; ``value``: what it was at that moment, None when what it was measured on is gone;
    ``subject``: which position, currency or account, for people; ``source``: the position or account as it was;
    ``at``: when, epoch ms on the exchange's clock.
    """

    kind: str
    limit: Limit
    value: Decimal | None
    subject: str
    at: int
    is_breach: bool
    source: Any = attrs.field(default=None, repr=False, eq=False)

    def __str__(self) -> str:
        state = "BREACH" if self.is_breach else "recovered"
        return f"{self.subject}: {self.kind} {'gone' if self.value is None else self.value} {state} ({self.limit})"


class Watch:
    """One limit at work. Parameters: ``only``: the one instrument or currency it is for; None for all."""

    def __init__(self, limit: Limit, only: str | None = None) -> None:
        self.limit = limit
        self.only = only
        self.is_reported = False  # that the exchange does not tell the metric
        self._breached: dict[str, None] = {}

    @property
    def breached(self) -> tuple[str, ...]:
        """The subjects that are beyond the limit now."""
        return tuple(self._breached.copy())

    def look(self, subject: str, value: Decimal | None, at: int, source: Any = None) -> RiskEvent | None:
        """Return the event that this value makes, if any. None as a value says nothing and changes nothing."""
        if value is None:
            return None
        was_breached = subject in self._breached
        if was_breached and self.limit.is_recovered_by(value):
            return self._turn(subject, value, at, source, is_breach=False)
        if not was_breached and self.limit.is_breached_by(value):
            return self._turn(subject, value, at, source, is_breach=True)
        return None

    def gone(self, subject: str, at: int, source: Any = None) -> RiskEvent | None:
        """End the breach: its subject does not exist any more."""
        return self._turn(subject, None, at, source, is_breach=False) if subject in self._breached else None

    def _turn(self, subject: str, value: Decimal | None, at: int, source: Any, *, is_breach: bool) -> RiskEvent:
        if is_breach:
            self._breached[subject] = None
        else:
            del self._breached[subject]
        return RiskEvent(
            kind=self.limit.metric,
            limit=self.limit,
            value=value,
            subject=subject,
            at=at,
            is_breach=is_breach,
            source=source,
        )
