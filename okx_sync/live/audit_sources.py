"""What an audit compares: positions, balances, open orders and algo orders, in the neutral words of local state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

import attrs

from okx_sync.algo_types import AlgoUpdate
from okx_sync.errors import DecodeError
from okx_sync.live.audit import AuditedItem, AuditKind
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.orders.algo_state import AlgoState
from okx_sync.state.position_monitor import PositionMonitor, name_of
from okx_sync.types import FINAL, AccountUpdate, BalanceUpdate, OrderUpdate, PositionUpdate

__all__ = ["AlgoAudit", "AlgosToAudit", "BalanceAudit", "OrderAudit", "OrdersToAudit", "PositionAudit"]

_ZERO = Decimal(0)
_SLACK = Decimal("0.000001")  # two amounts of which each is rounded
_WAITING = ("armed", "running")
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


class _Order(Protocol):
    @property
    def order_id(self) -> str | None: ...
    @property
    def filled(self) -> Decimal: ...
    @property
    def size(self) -> Decimal | None: ...
    @property
    def price(self) -> Decimal | None: ...
    @property
    def updated_at(self) -> int | None: ...


class OrdersToAudit(Protocol):
    """The order manager, as far as an audit needs it."""

    @property
    def synced(self) -> bool:
        """Whether the open orders are known whole."""

    @property
    def open(self) -> Iterable[Any]:
        """The open orders."""

    def apply(self, update: OrderUpdate) -> object:
        """Take in what REST says of an order."""


class OrderAudit:
    """Open orders: what is filled of them, size and price.

    Args:
        fetch: Gets all open orders, by REST.
        look_up: Gets one order, given what the manager holds; None when there is none.
    """

    kind: AuditKind = "order"

    def __init__(
        self,
        manager: OrdersToAudit,
        fetch: Callable[[], Iterable[OrderUpdate]],
        look_up: Callable[[Any], OrderUpdate | None],
    ) -> None:
        self._manager = manager
        self._fetch = fetch
        self._look_up = look_up

    def stream(self) -> Mapping[str, AuditedItem] | None:
        """Return the open orders of the manager to which the exchange has given an id."""
        orders = [order.snapshot() for order in self._manager.open]
        return _orders(orders) if self._manager.synced else None

    def rest(self) -> Mapping[str, AuditedItem]:
        """Return the open orders by REST."""
        return _orders(order for order in self._fetch() if order.status not in FINAL)

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        """Take over the one order; one that is not open any more is asked for by itself."""
        update: OrderUpdate | None = rest.source if rest is not None else None
        if update is None and stream is not None:
            update = self._look_up(stream.source)
        if update is None:
            return False
        self._manager.apply(update)
        return True


class AlgosToAudit(Protocol):
    """The algo manager, as far as an audit needs it."""

    @property
    def synced(self) -> bool:
        """Whether the open algo orders are known whole."""

    @property
    def open(self) -> Iterable[Any]:
        """The open algo orders."""

    def apply(self, update: AlgoUpdate) -> object:
        """Take in what REST says of an algo order."""


class AlgoAudit:
    """Algo orders that wait for their price: which there are, their sizes and prices.

    What still belongs to an order that is not filled has no id, or one that no list of algo orders has: left out.

    Args:
        fetch: Gets all open algo orders, by REST.
        look_up: Gets one, given what the manager holds; None when there is none.
    """

    kind: AuditKind = "algo"

    def __init__(
        self,
        manager: AlgosToAudit,
        fetch: Callable[[], Iterable[AlgoUpdate]],
        look_up: Callable[[Any], AlgoUpdate | None],
    ) -> None:
        self._manager = manager
        self._fetch = fetch
        self._look_up = look_up

    def stream(self) -> Mapping[str, AuditedItem] | None:
        """Return those of the manager that wait for their price."""
        algos = [algo.snapshot() for algo in self._manager.open]
        return _algos(algos) if self._manager.synced else None

    def rest(self) -> Mapping[str, AuditedItem]:
        """Return the same by REST."""
        return _algos(self._fetch())

    def repair(self, stream: AuditedItem | None, rest: AuditedItem | None) -> bool:
        """Take over the one; one that does not wait any more is asked for by itself."""
        update: AlgoUpdate | None = rest.source if rest is not None else None
        if update is None and stream is not None:
            update = self._look_up(stream.source)
        if update is None:
            return False
        self._manager.apply(update)
        return True


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


def _orders(orders: Iterable[_Order]) -> dict[str, AuditedItem]:
    return {
        one.order_id: AuditedItem({"filled": one.filled, "size": one.size, "price": one.price}, one.updated_at, one)
        for one in orders
        if one.order_id is not None
    }


def _algos(algos: Iterable[AlgoState | AlgoUpdate]) -> dict[str, AuditedItem]:
    return {
        one.algo_id: AuditedItem({name: getattr(one, name) for name in _ALGO_FACTS}, one.updated_at, one)
        for one in algos
        if one.algo_id is not None and one.status in _WAITING
    }
