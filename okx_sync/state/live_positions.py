"""``PositionMonitor``: the positions of an account, as the exchange has them, with limits that call back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar

import attrs

from okx_sync.errors import ConfigError
from okx_sync.models.neutral import PositionSide, PositionUpdate
from okx_sync.state.front import Dispatch, call_now
from okx_sync.state.monitor import LimitHandle, Monitor
from okx_sync.state.numbers import Number
from okx_sync.state.positions import PositionEvent, Positions
from okx_sync.state.risk import RiskEvent
from okx_sync.timing import Clock

__all__ = ["POSITION_METRICS", "PositionMetric", "PositionMonitor", "PositionReads", "PositionsSnapshot"]

F = TypeVar("F", bound=Callable[..., Any])

PositionMetric = Literal[
    "margin_ratio",
    "unrealized_pnl",
    "unrealized_pnl_share",
    "leverage",
    "distance_to_liquidation",
    "size",
    "notional",
]


def _share_of_margin(one: PositionUpdate) -> Decimal | None:
    margin = one.margin or one.initial_margin
    return one.unrealized_pnl / margin if one.unrealized_pnl is not None and margin else None


def _distance(one: PositionUpdate) -> Decimal | None:
    if not one.mark_price or one.liquidation_price is None:
        return None
    room = one.mark_price - one.liquidation_price
    return (room if one.size > 0 else -room) / one.mark_price


def _size(one: PositionUpdate) -> Decimal:
    return abs(one.size)


def _notional(one: PositionUpdate) -> Decimal | None:
    return None if one.notional is None else abs(one.notional)


POSITION_METRICS: Final[dict[str, Callable[[PositionUpdate], Decimal | None]]] = {
    "margin_ratio": lambda one: one.margin_ratio,
    "unrealized_pnl": lambda one: one.unrealized_pnl,
    "unrealized_pnl_share": _share_of_margin,
    "leverage": lambda one: one.leverage,
    "distance_to_liquidation": _distance,
    "size": _size,
    "notional": _notional,
}


class PositionReads:
    """Reads of a set of positions; each is of one moment. Take a ``snapshot()`` for several that belong together."""

    __slots__ = ()

    @property
    @abstractmethod
    def all(self) -> tuple[PositionUpdate, ...]:
        """The open positions."""

    def of(self, inst_id: str) -> tuple[PositionUpdate, ...]:
        """All open positions in one instrument."""
        return tuple(one for one in self.all if one.inst_id == inst_id)

    def get(
        self, inst_id: str, side: PositionSide | None = None, margin_mode: str | None = None
    ) -> PositionUpdate | None:
        """The open position in an instrument; None when there is none.

        Raises ``ConfigError`` when there are several and ``side`` ("long", "short", "net") and ``margin_mode``
        ("cross", "isolated") do not tell them apart.
        """
        found = [
            one
            for one in self.of(inst_id)
            if side in (None, one.side) and margin_mode in (None, one.margin_mode)
        ]
        if len(found) > 1:
            raise ConfigError(
                f"inst_id {inst_id} has {len(found)} open positions: {', '.join(map(name_of, found))}",
                hint="name side= or margin_mode=, or take of(inst_id)",
            )
        return found[0] if found else None

    def __getitem__(self, inst_id: str) -> PositionUpdate:
        """As :meth:`get`; ``KeyError`` when there is none."""
        found = self.get(inst_id)
        if found is None:
            raise KeyError(inst_id)
        return found

    def __contains__(self, inst_id: object) -> bool:
        return any(one.inst_id == inst_id for one in self.all)

    def __iter__(self) -> Iterator[PositionUpdate]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    @property
    def unrealized_pnl_by_currency(self) -> dict[str, Decimal | None]:
        """Unrealised profit by margin currency; None where one position does not tell."""
        return _sums((one.currency or "", one.unrealized_pnl) for one in self.all)

    @property
    def total_unrealized_pnl(self) -> Decimal | None:
        """Unrealised profit of all positions; 0 without any.

        None when it is not known, or when margin currencies differ, which cannot be added up: see
        :attr:`unrealized_pnl_by_currency`.
        """
        sums = self.unrealized_pnl_by_currency
        return next(iter(sums.values())) if len(sums) == 1 else None if sums else Decimal(0)

    @property
    def exposure(self) -> dict[str, Decimal | None]:
        """Signed notional value by instrument, short below zero; None where the exchange does not tell.

        In the currency of the account's totals (USD on OKX).
        """
        return _sums((one.inst_id, _signed_notional(one)) for one in self.all)

    @property
    def exposure_by_currency(self) -> dict[str, Decimal | None]:
        """As :attr:`exposure`, by margin currency."""
        return _sums((one.currency or "", _signed_notional(one)) for one in self.all)


@attrs.frozen(repr=False)
class PositionsSnapshot(PositionReads):
    """The positions at one moment; never changes. ``synced``: whether nothing could be missing then."""

    all: tuple[PositionUpdate, ...]
    synced: bool

    def __repr__(self) -> str:
        return f"<PositionsSnapshot {describe(self.all)}{'' if self.synced else ', not synced'}>"


class PositionMonitor(PositionReads, Monitor[PositionUpdate]):
    """Live positions: ``ws.positions``.

    Reads give what is known now, also while it is not :attr:`synced`. It can be fed by hand as well::

        monitor = PositionMonitor()
        ws.subscribe_positions(callback=monitor.apply)

    Then only ``apply_snapshot`` makes it complete. All methods are safe from any thread.
    """

    def __init__(
        self,
        name: str = "positions",
        *,
        release: Callable[[], None] | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(name, release=release, dispatch=dispatch, clock=clock)
        self._positions = Positions()

    @property
    def all(self) -> tuple[PositionUpdate, ...]:
        """The open positions."""
        return self._positions.all

    def snapshot(self) -> PositionsSnapshot:
        """All of it as it is now, immutable."""
        with self._lock:
            return PositionsSnapshot(self.all, self.synced)

    def wait_flat(self, timeout: float | None = None) -> bool:
        """Wait until it is certain (:attr:`synced`) that nothing is open; False after ``timeout`` seconds."""
        return self.wait_until(lambda monitor: monitor.snapshot() == _FLAT, timeout)

    def on_change(self, fn: F) -> F:
        """Call ``fn(PositionEvent)`` for whatever happens to a position. A decorator, too."""
        return self._listen("change", fn)

    def on_open(self, fn: F) -> F:
        """Call ``fn(PositionEvent)`` when a position is opened."""
        return self._listen("opened", fn)

    def on_close(self, fn: F) -> F:
        """Call ``fn(PositionEvent)`` when a position is closed; ``event.previous`` is what it was."""
        return self._listen("closed", fn)

    def on_flip(self, fn: F) -> F:
        """Call ``fn(PositionEvent)`` when a position turns from long to short or back in one step."""
        return self._listen("flipped", fn)

    def limit(
        self,
        metric: PositionMetric,
        *,
        above: Number | None = None,
        below: Number | None = None,
        recover_at: Number | None = None,
        callback: Callable[[RiskEvent], object],
        inst_id: str | None = None,
    ) -> LimitHandle:
        """Call ``callback(RiskEvent)`` once when a position crosses a limit, and once when it is back.

        ``metric``, of each position (of ``inst_id`` only, if given): ``margin_ratio`` (maintenance margin over
        equity, 1 is liquidation), ``unrealized_pnl`` (margin currency), ``unrealized_pnl_share`` (of its margin),
        ``leverage``, ``distance_to_liquidation`` (share of the mark price), ``size``, ``notional``.
        ``recover_at``: how far it must come back, 5 % of the limit by default. What is beyond the limit already is
        told at once; a position that is closed has recovered; a value that the exchange does not tell changes
        nothing. Raises ``ConfigError``.
        """
        return self._add_limit(metric, POSITION_METRICS, (above, below, recover_at), callback, inst_id)

    def __repr__(self) -> str:
        now = self.snapshot()
        return f"<PositionMonitor {describe(now.all)}{'' if now.synced else f', not synced ({self._problem})'}>"

    # -- of Monitor --------------------------------------------------------------------------------------------

    def _change(
        self, updates: list[PositionUpdate], is_snapshot: bool, as_of: int | None, partial: bool
    ) -> list[PositionEvent]:
        if is_snapshot:
            return self._positions.apply_snapshot(updates, as_of)
        events = [self._positions.apply(update, partial=partial) for update in updates]
        return [event for event in events if event is not None]

    def _kind(self, event: PositionEvent) -> str | None:
        return None if event.kind == "changed" else event.kind

    def _check(self, limit: LimitHandle, events: tuple[PositionEvent, ...] | None) -> Iterator[RiskEvent | None]:
        watch, now = limit.watch, self._now_ms()
        measure = POSITION_METRICS[watch.limit.metric]
        for one in self.all if events is None else (event.position for event in events):
            if watch.only not in (None, one.inst_id):
                continue
            subject = name_of(one)
            yield watch.look(subject, measure(one), now, one) if one.is_open else watch.gone(subject, now, one)


_FLAT = PositionsSnapshot((), synced=True)


def name_of(one: PositionUpdate) -> str:
    """A position for people; two that are open side by side differ."""
    return " ".join(part for part in one.key if part)


def describe(positions: Iterable[PositionUpdate]) -> str:
    """What is open, for people."""
    told = [_describe(one) for one in positions]
    return f"{len(told)} open: {', '.join(told)}" if told else "nothing open"


def _describe(one: PositionUpdate) -> str:
    price = "" if one.entry_price is None else f" @ {one.entry_price:f}"
    pnl = "" if one.unrealized_pnl is None else f" ({one.unrealized_pnl:+f} {one.currency or ''})".replace(" )", ")")
    return f"{one.inst_id} {one.size:+f}{price}{pnl}"


def _signed_notional(one: PositionUpdate) -> Decimal | None:
    value = _notional(one)
    return value if value is None or one.size > 0 else -value


def _sums(parts: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal | None]:
    """Sums by name; one part that is not known makes its sum unknown."""
    sums: dict[str, Decimal | None] = {}
    for name, value in parts:
        so_far = sums.get(name, Decimal(0))
        sums[name] = None if so_far is None or value is None else so_far + value
    return sums
