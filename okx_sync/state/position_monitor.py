"""``PositionMonitor``: the positions of an account, as the exchange has them, with limits that call back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar

import attrs

from okx_sync.checks import check_inst_id
from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import Number
from okx_sync.lazy import drawn_by
from okx_sync.state.live_object import Dispatch, call_now
from okx_sync.state.monitor import LimitHandle, Monitor
from okx_sync.state.positions import PositionEvent, Positions
from okx_sync.state.risk import RiskEvent
from okx_sync.state.synced import Report
from okx_sync.timing import Clock
from okx_sync.types import PositionSide, PositionUpdate

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
        """The open positions that are known; all of them while this is synced."""

    @property
    @abstractmethod
    def synced(self) -> bool:
        """Whether nothing can be missing."""

    def of(self, inst_id: str) -> tuple[PositionUpdate, ...]:
        """Return all open positions in one instrument. Raises ``ConfigError`` for what is no name of one."""
        check_inst_id(inst_id)
        return tuple(one for one in self.all if one.inst_id == inst_id)

    def get(
        self, inst_id: str, side: PositionSide | None = None, margin_mode: str | None = None
    ) -> PositionUpdate | None:
        """Return the open position in an instrument; None when none is known (there is none while this is synced).

        Raises ``ConfigError`` when there are several and ``side`` ("long", "short", "net") and ``margin_mode``
        ("cross", "isolated") do not tell them apart.
        """
        found = [one for one in self.of(inst_id) if side in (None, one.side) and margin_mode in (None, one.margin_mode)]
        if len(found) > 1:
            raise ConfigError(
                f"inst_id {inst_id} has {len(found)} open positions: {', '.join(map(name_of, found))}",
                hint="name side= or margin_mode=, or take of(inst_id)",
            )
        return found[0] if found else None

    def __getitem__(self, inst_id: str) -> PositionUpdate:
        """Return the position as :meth:`get` does; ``KeyError`` when there is none."""
        found = self.get(inst_id)
        if found is None:
            raise KeyError(f"no open position in {inst_id!r} is known")
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
        """Unrealised profit of all positions that are known; 0 when it is certain that there are none.

        None when it is not known, or when margin currencies differ, which cannot be added up: see
        :attr:`unrealized_pnl_by_currency`.
        """
        sums = self.unrealized_pnl_by_currency
        if not sums:
            return Decimal(0) if self.synced else None
        return next(iter(sums.values())) if len(sums) == 1 else None

    @property
    def exposure(self) -> dict[str, Decimal | None]:
        """Signed notional value by instrument, short below zero; None where the exchange does not tell.

        In the currency of the account's totals (USD on OKX). Of the positions that are known: an instrument that is
        missing here has none only while this is synced.
        """
        return _sums((one.inst_id, _signed_notional(one)) for one in self.all)

    @property
    def exposure_by_currency(self) -> dict[str, Decimal | None]:
        """As :attr:`exposure`, by margin currency."""
        return _sums((one.currency or "", _signed_notional(one)) for one in self.all)


@attrs.frozen(repr=False)
class PositionsSnapshot(PositionReads):
    """The positions at one moment; never changes.

    ``synced``: whether nothing could be missing then, and why it could (``unsynced_reason``).
    """

    all: tuple[PositionUpdate, ...]
    synced: bool
    unsynced_reason: str | None = attrs.field(default=None, eq=False)

    _repr_html_ = drawn_by("account_pictures", "positions_picture")

    def __repr__(self) -> str:
        return f"<PositionsSnapshot {describe(self.all, self.unsynced_reason, synced=self.synced)}>"


class PositionMonitor(Monitor[PositionUpdate], PositionReads):
    """Live positions: ``ws.positions``.

    Reads give what is known now, also while it is not :attr:`synced`. It can be fed by hand as well::

        monitor = PositionMonitor()
        ws.subscribe_positions(callback=monitor.apply)

    Then only ``apply_snapshot`` makes it complete. All methods are safe from any thread.
    """

    _feeds_on = PositionUpdate

    def __init__(
        self,
        name: str = "positions",
        *,
        release: Callable[[], None] | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        report: Report | None = None,
        no_source: str | None = None,
        products: Iterable[str] = (),
        untold: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            name,
            release=release,
            dispatch=dispatch,
            clock=clock,
            report=report,
            no_source=no_source,
            products=products,
        )
        self._untold = untold or {}
        self._positions = Positions()

    @property
    def all(self) -> tuple[PositionUpdate, ...]:
        """The open positions that are known; all of them while this is :attr:`synced`."""
        return self._positions.all

    def snapshot(self) -> PositionsSnapshot:
        """Return all positions as they are now, immutable."""
        with self._lock:
            return PositionsSnapshot(self.all, self.synced, self.unsynced_reason)

    def wait_flat(self, timeout: float | None = None) -> bool:
        """Wait until it is certain (:attr:`synced`) that nothing is open; False after ``timeout`` seconds.

        :attr:`unsynced_reason` says why it is not certain. Raises as :meth:`wait_synced`.
        """
        return self._wait_surely(lambda: self.snapshot() == _FLAT, timeout)

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

        ``metric``, of each position (of ``inst_id`` only, if given): ``margin_ratio`` (maintenance margin over equity,
        1 is liquidation), ``unrealized_pnl`` (margin currency), ``unrealized_pnl_share`` (of its margin), ``leverage``,
        ``distance_to_liquidation`` (share of the mark price), ``size``, ``notional``. ``recover_at``: how far it must
        come back, 5 % of the limit by default. A value that is beyond the limit already is reported at once; a position
        that is closed has recovered. A value that the exchange does not give for a position changes nothing, and is
        reported once. Raises ``ConfigError``, also for a metric that it never gives.
        """
        if inst_id is not None:
            check_inst_id(inst_id)
        line = (above, below, recover_at)
        return self._add_limit(metric, POSITION_METRICS, line, callback, inst_id, self._untold)

    _repr_html_ = drawn_by("account_pictures", "live_picture")

    def __repr__(self) -> str:
        now = self.snapshot()
        return f"<PositionMonitor {describe(now.all, now.unsynced_reason, synced=now.synced)}>"

    # -- of Monitor --------------------------------------------------------------------------------------------

    def _change(self, updates: list[PositionUpdate], partial: bool) -> list[PositionEvent]:
        events = [self._positions.apply(update, partial=partial) for update in updates]
        return [event for event in events if event is not None]

    def _change_all(self, updates: list[PositionUpdate], as_of: int | None, product: str | None) -> list[PositionEvent]:
        return self._positions.apply_snapshot(updates, as_of, product)

    def _kind(self, event: PositionEvent) -> str | None:
        return None if event.kind == "changed" else event.kind

    def _check(self, limit: LimitHandle, events: tuple[PositionEvent, ...] | None) -> Iterator[RiskEvent | None]:
        watch, now = limit.watch, self._now_ms()
        measure = POSITION_METRICS[watch.limit.metric]
        for one in self.all if events is None else (event.position for event in events):
            if watch.only not in (None, one.inst_id):
                continue
            subject, value = name_of(one), measure(one)
            if one.is_open and value is None and (lack := _lack(watch.limit.metric, one)) is not None:
                self._cannot_judge(limit, subject, lack)
            yield watch.look(subject, value, now, one) if one.is_open else watch.gone(subject, now, one)


_FLAT = PositionsSnapshot((), synced=True)


def name_of(one: PositionUpdate) -> str:
    """Name a position for people; two that are open side by side have different names."""
    return " ".join(part for part in one.key if part)


def describe(positions: Iterable[PositionUpdate], unsynced_reason: str | None, *, synced: bool) -> str:
    """Describe the open positions for people."""
    told = [_describe(one) for one in positions]
    none = "nothing open" if synced else "what is open is not known"
    rest = "" if synced else f", not synced ({unsynced_reason})"
    return (f"{len(told)} open: {', '.join(told)}" if told else none) + rest


def _lack(metric: str, one: PositionUpdate) -> str | None:
    """Say why the metric of an open position has no value, unless it is a figure that need not exist."""
    if metric == "distance_to_liquidation":  # a position may be far from any liquidation price
        return None if one.mark_price is not None else "the exchange does not tell the mark price"
    if metric == "unrealized_pnl_share" and one.unrealized_pnl is not None:
        return None
    return f"the exchange does not tell {metric} of this position"


def _describe(one: PositionUpdate) -> str:
    price = "" if one.entry_price is None else f" @ {one.entry_price:f}"
    pnl = "" if one.unrealized_pnl is None else f" ({one.unrealized_pnl:+f} {one.currency or ''})".replace(" )", ")")
    return f"{one.inst_id} {one.size:+f}{price}{pnl}"


def _signed_notional(one: PositionUpdate) -> Decimal | None:
    value = _notional(one)
    return value if value is None or one.size > 0 else -value


def _sums(parts: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal | None]:
    """Add up by name; one part that is not known makes its sum unknown."""
    sums: dict[str, Decimal | None] = {}
    for name, value in parts:
        so_far = sums.get(name, Decimal(0))
        sums[name] = None if so_far is None or value is None else so_far + value
    return sums
