"""The algo orders of one account: the same in the end, whatever the order in which news of them comes.

News comes from several sides (a push of an algo order, a push of the order to which it is attached, REST) in any order,
and twice. A status only goes forward (``algo_state.ALGO_AFTER``); each fact is that of the latest news that told it.
What an exchange calls by several names (an id of its own, one of ours, one while it is attached, its order and side) is
one record as soon as any news joins two names.

No locks here and no threads: ``algo_manager`` has those.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import attrs

from okx_sync.algo_types import ALGO_FINAL, AlgoStatus, AlgoUpdate
from okx_sync.errors import ConfigError
from okx_sync.rows.packed_row import PackedRow
from okx_sync.state.orders.algo_state import ALGO_AFTER, AlgoChange, AlgoState, AlgoStep, PreparedAlgo
from okx_sync.state.orders.order_news import is_older

__all__ = ["AlgoRecord", "Algos", "AppliedAlgo"]

_RANK: Final[dict[AlgoStatus, int]] = {"pending": 0, "unknown": 0, "attached": 1, "armed": 2, "running": 3}
_OVER: Final = 4
_IDS: Final = ("algo_id", "client_order_id", "attached_id")
_NAMES: Final = (*_IDS, "kind", "leg")
_PARENT: Final = ("parent_order_id", "parent_client_order_id")
_FACTS: Final = (
    *_NAMES, *_PARENT, "side", "position_side", "size", "fired_leg", "reduce_only", "product", "created_at",
    "updated_at", "raw",
)  # fmt: skip
_TRIGGERS: Final = ("trigger", "take_profit", "stop_loss")
_WHAT: Final = ("inst_id", "kind", "leg", "side")
_ALIKE: Final = (*_WHAT, *_TRIGGERS)
_MADE_WITHIN_MS: Final = 10_000
_BLANK: Final = AlgoState(inst_id="")
_Moment = tuple[bool, int, int]


@attrs.define(eq=False)
class AlgoRecord:
    """One algo order through its life. ``state`` is replaced as a whole, so that reading it needs no lock.

    ``told``: where in its life the news stands that told each fact. ``parent``, ``handle`` and ``listeners`` belong to
    whoever wraps the record.
    """

    state: AlgoState
    told: dict[str, _Moment] = attrs.field(factory=dict)
    parent: Any = None
    handle: Any = None
    listeners: tuple[Any, ...] = ()


class AppliedAlgo(NamedTuple):
    """The effect of a piece of news: the change if there is one, and the records that proved to be this one."""

    record: AlgoRecord
    change: AlgoChange | None = None
    joined: tuple[AlgoRecord, ...] = ()


class Algos:
    """The table of algo orders.

    Args:
        max_finished: How many that are over are kept; open ones always are.
    """

    def __init__(self, *, max_finished: int = 10_000) -> None:
        self.open: dict[AlgoRecord, None] = {}
        self.finished: OrderedDict[AlgoRecord, None] = OrderedDict()
        self._max_finished = max_finished
        # By the name of an id, then the id: an id of ours means the newest that has it.
        self._by: dict[str, dict[str, AlgoRecord]] = {"algo_id": {}, "client_order_id": {}, "attached_id": {}}
        self._children: dict[tuple[str, str], dict[AlgoRecord, None]] = {}

    # -- looking up --------------------------------------------------------------------------------------------

    def find(self, algo_id: str | None = None, client_order_id: str | None = None) -> AlgoRecord | None:
        """Find the algo order of one of these ids."""
        found = self._by["algo_id"].get(algo_id) if algo_id else None
        return found or (self._by["client_order_id"].get(client_order_id) if client_order_id else None)

    def children(self, order_id: str | None, client_order_id: str | None) -> list[AlgoRecord]:
        """Return those whose order has one of these ids, in the order in which they became known."""
        found: dict[AlgoRecord, None] = {}
        for key in zip(_PARENT, (order_id, client_order_id), strict=True):
            found |= self._children.get(key, {})  # type: ignore[arg-type]
        return [one for one in found if order_id is None or one.state.parent_order_id in (None, order_id)]

    def alike(self, record: AlgoRecord, update: AlgoUpdate) -> list[AlgoRecord]:
        """Return the others that have no id, and of which the news of ``record`` may be as well, as far as is known."""
        others = [one for one in self.open if one is not record and _is_nameless(one.state)]
        same = [one for one in others if _has_same(one.state, record.state, _WHAT)]
        told = update if _fires(update) else record.state
        return [one for one in same if not _fires(one.state) or _has_same(one.state, told, _TRIGGERS)]

    def learn(self, record: AlgoRecord, update: AlgoUpdate) -> AppliedAlgo:
        """Take over what fires an algo order of an earlier run of the program, of which nothing else is sure yet."""
        if _fires(record.state):
            return AppliedAlgo(record)
        return self._put(record, {name: getattr(update, name) for name in _TRIGGERS}, record.state.status)

    def may_have_become(self, record: AlgoRecord) -> AlgoRecord | None:
        """Return the one of unknown origin that an order may have made of what it brought: it alone has these facts."""
        if record.parent is None or not _is_nameless(record.state):
            return None
        alike = [one for one in self.open if one.state.status == "armed" and _has_same(one.state, record.state, _ALIKE)]
        known = (one for one in alike if one.state.algo_id is not None and _is_orphan(one.state))
        found = [one for one in known if _may_have_made(record.parent, one.state)]
        if len(found) != 1 or found[0].state.size not in (None, record.parent.state.filled):
            return None
        return found[0]

    # -- our own -----------------------------------------------------------------------------------------------

    def expect(self, new: PreparedAlgo, now: int, parent: Any = None, **parent_ids: str | None) -> AlgoRecord:
        """Record an algo order that is about to be sent (epoch ms), alone or with an order: the ``parent``.

        Raises ``ConfigError`` when one of that id is open already.
        """
        used = self.find(None, new.client_order_id)
        if used is not None and used.state.is_open:
            raise ConfigError(
                f"client_order_id {new.client_order_id!r} is in use: {used.state}",
                hint="leave it out, or use a new one",
            )
        shared = (*_TRIGGERS, "inst_id", "kind", "leg", "side", "size", "client_order_id", "product")
        facts: dict[str, Any] = {name: getattr(new, name) for name in shared} | parent_ids
        if new.trigger is not None and new.trigger.limit is None and new.price is not None:
            facts["trigger"] = attrs.evolve(new.trigger, limit=new.price)
        record = AlgoRecord(AlgoState(**facts, history=(AlgoStep("pending", now),)), parent=parent)
        self._file(record)
        return record

    def adopt(self, state: AlgoState, parent: Any = None) -> AlgoRecord:
        """Record an algo order that is known from before, unless one of its ids is recorded already."""
        found = self.find(state.algo_id, state.client_order_id)
        if found is None:
            found = AlgoRecord(state, parent=parent)
            self._file(found)
        return found

    def forget(self, record: AlgoRecord) -> None:
        """Take an algo order out, as if it had never been known."""
        self.open.pop(record, None)
        self.finished.pop(record, None)
        self._unname(record)

    def _unname(self, record: AlgoRecord) -> None:
        for name, table in self._by.items():
            if table.get(key := getattr(record.state, name)) is record:
                del table[key]
        for name in _PARENT:
            siblings = self._children.get((name, getattr(record.state, name)), {})
            siblings.pop(record, None)

    def accept(self, record: AlgoRecord, algo_id: str) -> AppliedAlgo:
        """Note that the exchange has received it and calls it ``algo_id``. The next news says whether it lives."""
        if record.state.algo_id is not None:
            return AppliedAlgo(record)
        known = self._by["algo_id"].get(algo_id)  # the stream was faster
        return self._put(record, {"algo_id": algo_id}, "pending", joined=(known,) if known else ())

    def name_parent(self, record: AlgoRecord, order_id: str) -> AppliedAlgo:
        """Note how the exchange calls the order that it came with, by which it may have told of it already."""
        told = [one for one in self.children(order_id, None) if one is not record and _is_same(record.state, one.state)]
        strangers = tuple(one for one in told if one.parent is None)
        joined = strangers if len(strangers) == 1 and record.state.algo_id is None else ()
        return self._put(record, {"parent_order_id": order_id}, record.state.status, joined=joined)

    def conclude(self, record: AlgoRecord, status: AlgoStatus, reason: str, at: int | None = None) -> AppliedAlgo:
        """Set what is known of it by other means than news of it.

        An answer was lost, the request was refused, its order was, or the exchange does not know it (any more).
        """
        if status == "rejected" and record.state.algo_id is not None:
            return AppliedAlgo(record)  # a request was refused, but the exchange has this algo order
        return self._put(record, {}, status, reason=reason, at=at)

    # -- news --------------------------------------------------------------------------------------------------

    def is_moot(self, update: AlgoUpdate) -> bool:
        """Tell whether news is of the end of what has no id, and nobody knew: an order that has no take profit, say."""
        has_id = update.algo_id or update.client_order_id or update.attached_id
        return not has_id and update.status in ALGO_FINAL and self._child(update) is None

    def apply(self, update: AlgoUpdate, about: AlgoRecord | None = None) -> AppliedAlgo:
        """Take in what the exchange says of an algo order. ``about``: which one was asked for, where one was.

        What was inferred to be the one is taken in where it is known to be nothing else; else that one is ``unknown``.
        """
        if about is not None and not _is_same(update, about.state, _IDS):
            about = None  # it has got its id meanwhile
        if about is not None and update.is_inferred and (rival := self._rival(about, update)) is not None:
            other = rival.state.parent_order_id
            whose = f"those of what came with order {other}" if other else "was sent by itself"
            return self.conclude(about, "unknown", f"{update.algo_id} has its facts, and {whose}", update.updated_at)
        found = dict.fromkeys(self._named(update))
        if about is not None:
            found = {about: None, **found}
        ours = [one for one in found if one.parent is not None or one.state.sent_at is not None]
        record = about or next(iter(ours), None) or next(iter(found), None) or AlgoRecord(_BLANK)
        joined = tuple(one for one in found if one is not record and _is_same(record.state, one.state, _IDS))
        told: dict[str, Any] = {"inst_id": record.state.inst_id or update.inst_id}
        moment = _moment(update.status, update.updated_at)
        facts = {name: getattr(update, name) for name in _FACTS}
        facts = {name: value for name, value in facts.items() if value is not None}
        if update.is_amend_failed:
            facts["amend_error"] = update.reason or "the exchange gave no reason"
        told |= {name: value for name, value in facts.items() if _is_later(record, name, moment)}
        if told.get("kind") == "oco":  # it may have been one side before
            told["leg"] = None
        triggers = {name: getattr(update, name) for name in _TRIGGERS}
        if any(value is not None for value in triggers.values()) and _is_later(record, "trigger", moment):
            told |= triggers
        if new := [one for one in update.order_ids if one not in record.state.order_ids]:
            told["order_ids"] = (*record.state.order_ids, *new)
        reason = None if update.is_amend_failed else update.reason
        return self._put(
            record, told, update.status, reason=reason, at=update.updated_at, recovered=update.recovered, joined=joined
        )

    # -- how -----------------------------------------------------------------------------------------------------

    def _named(self, update: AlgoUpdate) -> Iterator[AlgoRecord]:
        """Find the records that an update is about, by its surest name first."""
        for name, table in self._by.items():
            record = table.get(getattr(update, name) or "")
            if record is None or not _is_same(update, record.state, _IDS):  # a change may take a side, and so its kind
                continue
            if not _is_namesake(update, record.state, name):
                yield record
        if (child := self._child(update)) is not None:
            yield child

    def _child(self, update: AlgoUpdate) -> AlgoRecord | None:
        """Find the child that an update is about, by its order and side: where only one can be meant."""
        if update.parent_order_id is None and update.parent_client_order_id is None:
            return None
        siblings = self.children(update.parent_order_id, update.parent_client_order_id)
        alike = [one for one in siblings if _is_same(update, one.state)]
        if update.algo_id or update.client_order_id or update.attached_id:
            alike = [one for one in alike if one.state.algo_id is None or update.algo_id is None]
            alike = [one for one in alike if one.state.is_open]  # what ended without an id gets none any more
            return alike[0] if len(alike) == 1 else None
        # The order's row says again what it brought with it: mostly of one that has its own rows by now.
        if update.status in ALGO_FINAL:  # which tell of its end
            alike = [one for one in alike if one.state.algo_id is None and not _is_before(update, one.state)]
        found = next((one for one in alike if one.state.is_open), alike[-1] if alike else None)
        return None if found is not None and _is_anew(update, found.state) else found

    def _rival(self, record: AlgoRecord, update: AlgoUpdate) -> AlgoRecord | None:
        """Return another one that an update may be about as well, which was found by the facts of ``record`` alone.

        The algo order is known as of another order, or as sent by us; or another one has its facts, and its order was
        filled shortly before.
        """
        known = self.find(update.algo_id)
        if known is not None and known is not record and not _is_orphan(known.state):
            return known
        return next((one for one in self.alike(record, update) if _may_have_made(one.parent, update)), None)

    def _put(
        self,
        record: AlgoRecord,
        told: dict[str, Any],
        status_told: AlgoStatus,
        *,
        reason: str | None = None,
        at: int | None = None,
        recovered: bool = False,
        joined: tuple[AlgoRecord, ...] = (),
    ) -> AppliedAlgo:
        """Put facts and status into the record, and the record into its place in the table."""
        before = record.state if record in self.open or record in self.finished else None
        old = record.state
        status = ALGO_AFTER[old.status][status_told]
        if status != old.status or before is None:
            reason = reason if status == status_told else None
            told |= {"status": status, "reason": reason, "history": (*old.history, AlgoStep(status, at, reason))}
        elif status == status_told:
            told["reason"] = (reason or old.reason) if status == "unknown" else (old.reason or reason)
        record.state = attrs.evolve(old, **told)
        for other in joined:
            self.forget(other)
            _join(record, other)
        if record.state.is_done:
            record.state = attrs.evolve(record.state, raw=PackedRow.of(record.state.raw))
        self._file(record)
        after = record.state
        change = AlgoChange(algo=after, previous=before, recovered=recovered) if after != before else None
        return AppliedAlgo(record, change, joined)

    def _file(self, record: AlgoRecord) -> None:
        state = record.state
        for name, table in self._by.items():
            if (key := getattr(state, name)) is not None:
                rival = table.setdefault(key, record)
                if rival.state.is_done or state.is_open:
                    table[key] = record
        for name in _PARENT:
            if (key := getattr(state, name)) is not None:
                self._children.setdefault((name, key), {})[record] = None
        if state.is_open:
            self.open[record] = None
        elif record not in self.finished:
            self.open.pop(record, None)
            self.finished[record] = None
            while len(self.finished) > self._max_finished:
                self.forget(next(iter(self.finished)))


def _moment(status: AlgoStatus, at: int | None) -> _Moment:
    """Return where news stands in the life of an algo order: what is over is latest, then the time counts."""
    rank = _RANK.get(status, _OVER)
    return rank == _OVER, at or 0, rank


def _is_later(record: AlgoRecord, name: str, moment: _Moment) -> bool:
    """Tell whether news of this moment tells a fact anew; then it is noted."""
    if moment < record.told.get(name, moment):
        return False
    record.told[name] = moment
    return True


def _is_before(update: AlgoUpdate, known: AlgoState) -> bool:
    return update.updated_at is not None and known.updated_at is not None and update.updated_at < known.updated_at


def _is_anew(update: AlgoUpdate, known: AlgoState) -> bool:
    """Tell whether news is of one that an order was given after the one that is known was taken from it."""
    was_taken = known.status == "canceled" and known.algo_id is None
    return was_taken and update.status == "attached" and (update.updated_at or 0) > (known.updated_at or 0)


def _is_same(one: AlgoUpdate | AlgoState, other: AlgoState, names: Iterable[str] = _NAMES) -> bool:
    """Tell whether both can be one algo order: no name that both have differs."""
    return all(getattr(one, name) in (None, getattr(other, name)) or getattr(other, name) is None for name in names)


def _is_nameless(state: AlgoState) -> bool:
    """Tell whether it has none of the ids by which it could be known."""
    return all(getattr(state, name) is None for name in _IDS)


def _is_orphan(state: AlgoState) -> bool:
    """Tell whether nothing says what it came of: no order, and no request of ours."""
    return all(told is None for told in (state.sent_at, state.parent_order_id, state.parent_client_order_id))


def _fires(state: AlgoState | AlgoUpdate) -> bool:
    """Tell whether it is known what fires it."""
    return any(getattr(state, name) is not None for name in _TRIGGERS)


def _has_same(one: AlgoState, other: AlgoState | AlgoUpdate, names: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _may_have_made(order: Any, update: AlgoUpdate | AlgoState) -> bool:
    """Tell whether an algo order may be what came of an order: as far as is known, its fill was shortly before."""
    if order is None or not (order.state.is_done and order.state.filled):
        return False
    filled_at, made_at = order.state.updated_at, update.created_at
    return filled_at is None or made_at is None or 0 <= made_at - filled_at <= _MADE_WITHIN_MS


def _is_namesake(update: AlgoUpdate, ours: AlgoState, name: str) -> bool:
    """Tell whether an id of ours was another one's before: ours was refused, or was sent later."""
    if name != "client_order_id" or (ours.algo_id is not None and update.algo_id == ours.algo_id):
        return False
    is_refused = ours.status == "rejected" and ours.algo_id is None
    return is_refused or is_older(update.recovered, update.created_at, ours.sent_at)


def _join(record: AlgoRecord, other: AlgoRecord) -> None:
    """Take over what is known of a record that proved to be this one."""
    mine, others = record.state, other.state
    told: dict[str, Any] = {}
    for name in (*_FACTS, "amend_error"):
        value, moment = getattr(others, name), other.told.get(name)
        if value is not None and (getattr(mine, name) is None or (moment and _is_later(record, name, moment))):
            told[name] = value
    if "trigger" in other.told and _is_later(record, "trigger", other.told["trigger"]):
        told |= {name: getattr(others, name) for name in _TRIGGERS}
    told["order_ids"] = (*mine.order_ids, *(one for one in others.order_ids if one not in mine.order_ids))
    status = ALGO_AFTER[mine.status][others.status]
    if status != mine.status:
        steps = [step for step in others.history if ALGO_AFTER[mine.status][step.status] == step.status]
        told |= {"status": status, "reason": others.reason, "history": (*mine.history, *steps)}
    record.state = attrs.evolve(mine, **told)
    record.parent = record.parent or other.parent
    record.listeners += other.listeners
