"""What an audit compares: positions, balances, open orders and algo orders, in the neutral words of local state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

import attrs

from okx_sync.algo_types import AlgoUpdate
from okx_sync.errors import DecodeError
from okx_sync.live.audit import AuditedItem, AuditKind
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.orders.algo_state import AlgoState
from okx_sync.state.orders.order_state import OrderState
from okx_sync.state.position_monitor import PositionMonitor, name_of
from okx_sync.types import FINAL, AccountUpdate, BalanceUpdate, OrderUpdate, PositionUpdate

__all__ = ["AlgoAudit", "BalanceAudit", "OrderAudit", "OrdersToAudit", "PositionAudit"]

U = TypeVar("U")
U_contra = TypeVar("U_contra", contravariant=True)

_ZERO = Decimal(0)
_SLACK = Decimal("0.000001")  # two amounts of which each is rounded
_WAITING = ("armed", "running")
_ORDER_FACTS = ("filled", "size", "price")
_ALGO_FACTS = ("size", "trigger", "take_profit", "stop_loss")
_AMOUNTS = ("equity", "cash", "available", "unrealized_pnl", "liability", "equity_usd")


class PositionAudit:
    """Size and average price; what moves with the market is none of it. ``fetch``: all positions, by REST."""

    kind: AuditKind = "position"

    def __init__(self, monitor: PositionMonitor, fetch: Callable[[], Iterable[PositionUpdate]]) -> None:
        self._monitor = monitor
        self._fetch = fetch

    def stream(self) -> Mapping[str, AuditedItem] | None:
        """Return the open positions of the live object."""
        now = self._monitor.snapshot()
        return _positions(now.all) if now.synced else None

    def rest(self) -> Mapping[str, AuditedItem]:
        """Return the open positions by REST."""
        return _positions(self._fetch())

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        """Take over the one position."""
        if rest is not None:
            self._monitor.apply(rest.source)
        elif stream is not None:
            self._monitor.apply(attrs.evolve(stream.source, size=_ZERO))
        return True


class BalanceAudit:
    """Cash and liabilities of every currency, product type by product type. ``fetch``: the whole account, by REST.

    Where the exchange tells no cash (Bitget's classic accounts), it is reckoned: equity without unrealised profit.
    """

    kind: AuditKind = "balance"

    def __init__(self, monitor: AccountMonitor, fetch: Callable[[], AccountUpdate]) -> None:
        self._monitor = monitor
        self._fetch = fetch

    def stream(self) -> Mapping[str, AuditedItem] | None:
        """Return the balances of the live account."""
        now = self._monitor.snapshot()
        return _balances(now.balances) if now.synced else None

    def rest(self) -> Mapping[str, AuditedItem]:
        """Return the balances by REST. Raises ``DecodeError`` for a list that does not tell all of them."""
        found = self._fetch()
        if found.is_cut:  # what cannot be read would look as if it were gone
            raise next(iter(found.unreadable), DecodeError("REST listed balances that cannot be read"))
        return _balances(found.balances)

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        """Take over the one currency."""
        held = rest or stream
        if held is None:
            return False
        one: BalanceUpdate = held.source
        if rest is None:
            nothing: dict[str, Any] = dict.fromkeys(_AMOUNTS, _ZERO)
            one = attrs.evolve(one, **nothing)
        self._monitor.apply(AccountUpdate(balances=(one,)), partial=True)
        return True


class OrdersToAudit(Protocol[U_contra]):
    """A manager of orders or of algo orders, as far as an audit needs it."""

    @property
    def synced(self) -> bool:
        """Whether the open ones are known whole."""

    @property
    def open(self) -> Iterable[Any]:
        """The open ones."""

    def apply(self, update: U_contra) -> object:
        """Take in what REST says of one."""


class _ManagerAudit(Generic[U]):
    """What the audits of both managers have in common.

    Args:
        fetch: Gets all open ones, by REST.
        look_up: Gets one, given what the manager holds; None when there is none.
    """

    def __init__(
        self, manager: OrdersToAudit[U], fetch: Callable[[], Iterable[U]], look_up: Callable[[Any], U | None]
    ) -> None:
        self._manager = manager
        self._fetch = fetch
        self._look_up = look_up

    def stream(self) -> Mapping[str, AuditedItem] | None:
        """Return the open ones of the manager to which the exchange has given an id; None while it is not synced."""
        held = [one.snapshot() for one in self._manager.open]
        return self._items(held) if self._manager.synced else None

    def rest(self) -> Mapping[str, AuditedItem]:
        """Return the same by REST."""
        return self._items(self._fetch())

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        """Take over the one; one that is not open any more is asked for by itself."""
        update: U | None = rest.source if rest is not None else None
        if update is None and stream is not None:
            update = self._look_up(stream.source)
        if update is None:
            return False
        self._manager.apply(update)
        return True

    def _items(self, found: Iterable[Any]) -> dict[str, AuditedItem]:
        raise NotImplementedError


class OrderAudit(_ManagerAudit[OrderUpdate]):
    """Open orders: what is filled of them, size and price."""

    kind: AuditKind = "order"

    def _items(self, found: Iterable[OrderState | OrderUpdate]) -> dict[str, AuditedItem]:
        return {
            one.order_id: AuditedItem({name: getattr(one, name) for name in _ORDER_FACTS}, one.updated_at, one)
            for one in found
            if one.order_id is not None and one.status not in FINAL
        }


class AlgoAudit(_ManagerAudit[AlgoUpdate]):
    """Algo orders that wait for their price: which there are, their sizes and prices.

    What still belongs to an order that is not filled has no id, or one that no list of algo orders has: left out.
    """

    kind: AuditKind = "algo"

    def _items(self, found: Iterable[AlgoState | AlgoUpdate]) -> dict[str, AuditedItem]:
        return {
            one.algo_id: AuditedItem({name: getattr(one, name) for name in _ALGO_FACTS}, one.updated_at, one)
            for one in found
            if one.algo_id is not None and one.status in _WAITING
        }


def _positions(positions: Iterable[PositionUpdate]) -> dict[str, AuditedItem]:
    return {
        name_of(one): AuditedItem({"size": one.size, "entry_price": one.entry_price}, one.updated_at, one)
        for one in positions
        if one.is_open
    }


def _balances(balances: Iterable[BalanceUpdate]) -> dict[str, AuditedItem]:
    items = {" ".join(filter(None, (one.currency, one.product))): _balance(one) for one in balances}
    return {key: item for key, item in items.items() if any(item.facts.values())}


def _balance(one: BalanceUpdate) -> AuditedItem:
    liability = one.liability or _ZERO
    if one.cash is not None or one.equity is None:
        return AuditedItem({"cash": one.cash or _ZERO, "liability": liability}, one.updated_at, one)
    cash = one.equity - (one.unrealized_pnl or _ZERO)
    return AuditedItem({"cash": cash, "liability": liability}, one.updated_at, one, _SLACK)
