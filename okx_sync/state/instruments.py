"""``Instruments``: the trading rules of all instruments, loaded when first needed, kept up to date, thread-safe."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

import attrs

from okx_sync.checks import check_callback, did_you_mean
from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OkxTimeoutError
from okx_sync.logs import get_logger
from okx_sync.state.instrument_spec import InstrumentSpec, Kind
from okx_sync.timing import Clock, Deadline

__all__ = ["InstrumentChange", "InstrumentSource", "Instruments"]

log = get_logger("state")

F = TypeVar("F", bound=Callable[..., Any])


class InstrumentSource(Protocol):
    """Where an exchange's instruments come from. Called from several threads, never under the lock."""

    def kind(self, inst_type: str) -> Kind:
        """Return the kind that the exchange's word means. Raises ``ConfigError`` for a word that is none."""

    def kinds_for(self, inst_id: str) -> Iterable[Kind]:
        """Return every kind in which to look for an instrument, likeliest first."""

    def load(self, kind: Kind) -> Iterable[Any]:
        """Load the exchange's own rows of all instruments of a kind. Raises what a REST call raises."""

    def spec(self, row: Any) -> InstrumentSpec:
        """Convert one row to its neutral form. Raises ``DecodeError``."""


@attrs.frozen
class InstrumentChange:
    """A change of the rules: ``old`` is None for a new instrument, ``new`` for one that is not listed any more."""

    inst_id: str
    old: InstrumentSpec | None
    new: InstrumentSpec | None


class Instruments:
    """Trading rules by instrument: ``client.instruments["BTC-USDT"].round_price("65000.123", "buy")``.

    All instruments of a type are fetched with one request when the first of them is needed, however many threads ask
    at once. After that they change by :meth:`feed` and :meth:`refresh`; ``ws.watch_instruments(client.instruments,
    "SWAP")`` does the former whenever the exchange pushes a change. Safe from any thread. Do not ask for an
    instrument that is not loaded yet in an inline callback: the request would hold up the stream.
    """

    def __init__(self, source: InstrumentSource, *, clock: Clock | None = None) -> None:
        self._source = source
        self._clock = clock if clock is not None else Clock()
        # Guards everything below; never held during a request or while user code runs. Single lookups go without.
        self._lock = threading.RLock()
        self._specs: dict[str, InstrumentSpec] = {}
        self._loads: dict[Kind, Future[None]] = {}
        # How often a kind was wanted anew, and which of those the last load has satisfied: equal means up to date.
        self._wanted: dict[Kind, int] = {}
        self._had: dict[Kind, int] = {}
        # Pushes are numbered, so that a list that was asked for before one of them does not undo it.
        self._pushes = 0
        self._pushed_at: dict[str, int] = {}
        self._listeners: tuple[Callable[[InstrumentChange], object], ...] = ()

    # -- reading -----------------------------------------------------------------------------------------------

    def get(self, inst_id: str) -> InstrumentSpec:
        """Return the trading rules of one instrument; ``instruments[inst_id]`` is the same.

        Costs a request when its type is not loaded yet, or must be loaded again. An instrument that is not known
        costs at most one request for each type, once. Raises ``ConfigError`` for one that does not exist, and what a
        REST call raises.
        """
        spec = self._specs.get(inst_id)
        if spec is not None and self._had.get(spec.kind, -1) >= self._wanted.get(spec.kind, 0):
            return spec
        if not isinstance(inst_id, str) or not inst_id:
            raise ConfigError(f"inst_id cannot be {inst_id!r}", hint="give text, for example 'BTC-USDT'")
        for kind in self._kinds_for(inst_id, spec):
            self._look_into(kind)
            found = self._specs.get(inst_id)
            if found is not None:
                return found
        raise self._unknown(inst_id)

    __getitem__ = get

    def code(self, inst_id: str) -> int:
        """Return the number by which order operations on a stream name the instrument (OKX: ``instIdCode``).

        Raises ``ConfigError`` when the exchange has given it none, and what :meth:`get` raises.
        """
        code = self.get(inst_id).code
        if code is None:
            raise ConfigError(
                f"inst_id {inst_id} has no code, and a stream takes no order without one",
                hint="place the order over REST; refresh() asks whether it has one by now",
            )
        return code

    def preload(self, *inst_types: str) -> None:
        """Load types ("SPOT", "SWAP", ...) that are not loaded yet, so that later reads of them cost no request.

        Raises what a REST call raises.
        """
        for inst_type in inst_types:
            self._look_into(self._source.kind(inst_type))

    def all(self, inst_type: str) -> list[InstrumentSpec]:
        """Return all instruments of a type ("SPOT", "SWAP", ...), by name. Raises what a REST call raises."""
        kind = self._source.kind(inst_type)
        self._ensure(kind)
        with self._lock:
            found = [spec for spec in self._specs.values() if spec.kind == kind]
        return sorted(found, key=lambda spec: spec.inst_id)

    def __contains__(self, inst_id: object) -> bool:
        """Tell whether an instrument is loaded; never costs a request."""
        return inst_id in self._specs

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the instruments that are loaded."""
        with self._lock:
            return iter(sorted(self._specs))

    def __len__(self) -> int:
        return len(self._specs)

    def __repr__(self) -> str:
        with self._lock:
            kinds = ", ".join(sorted(self._had))
        return f"<Instruments {len(self)} loaded ({kinds or 'none yet'})>"

    # -- keeping up to date ------------------------------------------------------------------------------------

    def refresh(self, inst_type: str | None = None) -> None:
        """Load a type again now, or all that are loaded. Raises what a REST call raises; the old rules stay then."""
        if inst_type is not None:
            self.expire(inst_type)
            self._ensure(self._source.kind(inst_type))
            return
        with self._lock:
            kinds = sorted(self._had)
        for kind in kinds:
            self._expire(kind)
            self._look_into(kind)

    def expire(self, inst_type: str) -> None:
        """Do not trust what is loaded of a type: the next read loads it again. Costs nothing by itself."""
        self._expire(self._source.kind(inst_type))

    def doubt(self, inst_id: str) -> None:
        """Do :meth:`expire` for the type of an instrument whose rules or number the exchange did not accept."""
        spec = self._specs.get(inst_id)
        if spec is not None:
            self._expire(spec.kind)

    def feed(self, rows: Any) -> None:
        """Take in what the exchange pushed: one row of the ``instruments`` channel, or several.

        Fits as a callback: ``ws.subscribe_instruments("SWAP", client.instruments.feed)``. Raises ``DecodeError`` for
        a row that cannot be read (nothing is taken in then), and what an ``on_change`` function raised, after all of
        them were called.
        """
        self.tell(self.apply(rows))

    def apply(self, rows: Any) -> list[InstrumentChange]:
        """Take in rows, and return what changed: the first half of :meth:`feed`. Quick, and runs no user code."""
        specs = [self._source.spec(row) for row in (rows if isinstance(rows, list | tuple) else (rows,))]
        with self._lock:
            self._pushes += 1
            for spec in specs:
                self._pushed_at[spec.inst_id] = self._pushes
            return self._put(specs)

    def tell(self, changes: list[InstrumentChange]) -> None:
        """Call the ``on_change`` functions, on whatever thread is right for that: the other half of :meth:`feed`."""
        problem: Exception | None = None
        for change in changes:
            for fn in self._listeners:
                try:
                    fn(change)
                except Exception as error:
                    log.exception("on_change function %r raised", fn)
                    problem = problem or error
        if problem is not None:
            raise problem

    def on_change(self, fn: F) -> F:
        """Call ``fn(change)`` when rules have changed, an instrument was listed, or is listed no more. A decorator too.

        Not called for what a first load brings. It runs in the thread that learned of it: the callback thread for
        pushes, otherwise whoever reads or refreshes. What it raises is logged; for pushes ``on_error`` gets it, too.
        """
        check_callback(fn, "the listener")
        with self._lock:
            self._listeners += (fn,)
        return fn

    # -- loading -----------------------------------------------------------------------------------------------

    def _is_fresh(self, kind: Kind) -> bool:
        return self._had.get(kind, -1) >= self._wanted.get(kind, 0)

    def _is_loaded(self, kind: Kind) -> bool:
        return kind in self._had

    def _expire(self, kind: Kind) -> None:
        with self._lock:
            self._wanted[kind] = self._wanted.get(kind, 0) + 1

    def _kinds_for(self, inst_id: str, known: InstrumentSpec | None) -> Iterator[Kind]:
        """Yield the kinds to look in: where it was, then those out of date, then the rest, likeliest first."""
        if known is not None:
            yield known.kind
        kinds = list(self._source.kinds_for(inst_id))
        yield from sorted(kinds, key=lambda kind: not self._is_loaded(kind))

    def _look_into(self, kind: Kind) -> None:
        """Load a kind if needed; one that this site of the exchange does not offer has no instruments."""
        try:
            self._ensure(kind)
        except OkxApiError as error:
            if error.retryable:
                raise
            log.info("no %s instruments here: %s", kind, error)
            with self._lock:
                self._had[kind] = self._wanted.get(kind, 0)

    def _ensure(self, kind: Kind) -> None:
        """Return when a kind is up to date. One thread asks, the others wait for its answer."""
        while not self._is_fresh(kind):
            with self._lock:
                if self._is_fresh(kind):  # the thread that asked has just finished
                    return
                load = self._loads.get(kind)
                is_mine = load is None
                if load is None:
                    load = self._loads[kind] = Future()
                    wanted, pushes = self._wanted.get(kind, 0), self._pushes
            if is_mine:
                self._load(kind, load, wanted, pushes)
                return  # what was asked for after we were called is good enough
            Deadline(None, self._clock).wait_for(load)

    def _load(self, kind: Kind, load: Future[None], wanted: int, pushes: int) -> None:
        try:
            specs = self._fetch(kind)
        except BaseException as error:
            with self._lock:
                del self._loads[kind]
            # Whatever ended this thread (Ctrl-C) is not for the others.
            interrupted = OkxTimeoutError(f"loading {kind} instruments was interrupted", retryable=True)
            load.set_exception(error if isinstance(error, Exception) else interrupted)
            raise
        with self._lock:
            is_first = kind not in self._had
            changes = self._replace(kind, specs, pushes)
            self._had[kind] = wanted
            del self._loads[kind]
        load.set_result(None)
        if not is_first:
            with contextlib.suppress(Exception):  # it is logged, and whoever reads can do nothing about it
                self.tell(changes)

    def _fetch(self, kind: Kind) -> list[InstrumentSpec]:
        specs = []
        for row in self._source.load(kind):
            try:
                specs.append(self._source.spec(row))
            except DecodeError as error:
                log.warning("left out an instrument that cannot be read: %s", error)
        return specs

    def _replace(self, kind: Kind, specs: list[InstrumentSpec], pushes: int) -> list[InstrumentChange]:
        """Put a full list in place of what was known, except for what was pushed since it was asked for."""

        def is_newer(inst_id: str) -> bool:
            return self._pushed_at.get(inst_id, 0) > pushes

        listed = {spec.inst_id for spec in specs}
        gone = [old for old in self._specs.values() if old.kind == kind and old.inst_id not in listed]
        changes = []
        for old in gone:
            if not is_newer(old.inst_id):
                del self._specs[old.inst_id]
                changes.append(InstrumentChange(old.inst_id, old, None))
        return changes + self._put([spec for spec in specs if not is_newer(spec.inst_id)])

    def _put(self, specs: list[InstrumentSpec]) -> list[InstrumentChange]:
        changes = []
        for spec in specs:
            old = self._specs.get(spec.inst_id)
            self._specs[spec.inst_id] = spec
            if old != spec and (old is not None or self._is_loaded(spec.kind)):
                changes.append(InstrumentChange(spec.inst_id, old, spec))
        return changes

    def _unknown(self, inst_id: str) -> ConfigError:
        meant = did_you_mean(inst_id, self)
        return ConfigError(
            f"inst_id {inst_id!r} is not an instrument of this exchange",
            hint=f"{f'{meant} ' if meant else ''}refresh() if it was listed just now",
        )
