"""What a stream client asks of Bitget's REST: all that is open, one order, its fills.

Bitget's streams list positions and balances when they begin, and never the open orders. A full picture is every page
of every product type; one that fails to answer leaves the picture incomplete, so it is raised. Trigger orders,
take-profits and stop-losses are no part of it: the channels of orders never tell of them. Pages: "Get Pending Orders",
"Get All Positions", "Get Account List", "Get Open Orders", "Get Position Info" and "Get Account Assets" of Bitget's
API guide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from okx_sync.errors import ConfigError, OrderStatusUnknown
from okx_sync.exchanges.bitget.products import ALL, product_of
from okx_sync.exchanges.fetched_fills import fetched_fills
from okx_sync.rows.tolerant import each, value_or_none
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import AccountUpdate, FillUpdate, OrderUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.groups import BitgetGroups
    from okx_sync.exchanges.bitget.mix.account_models import MixBalance, MixPosition
    from okx_sync.exchanges.bitget.mix.order_models import MixOrder
    from okx_sync.exchanges.bitget.uta.account_models import UtaAccountAssets
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrder, UtaPosition
    from okx_sync.exchanges.bitget.uta.words import CategoryArg

__all__ = ["BitgetAccountQueries", "ClassicQueries", "UnifiedQueries", "proved"]

_CATEGORIES: Final[tuple[CategoryArg, ...]] = (*ALL, "SPOT", "MARGIN")
_PAGE: Final = 100
_REACH_MS: Final = 85 * 86_400_000  # fills are kept for 90 days, in V2 for three months


class BitgetAccountQueries(Protocol):
    """Asks for the account's state, for ``ws.orders``, ``ws.positions`` and ``ws.account``. All raise ``OkxError``."""

    def positions(self, product: str | None = None) -> Iterable[Any]:
        """List all open positions, or those of a product type."""

    def balances(self, product: str | None = None) -> Iterable[Any]:
        """List all balances, or those of a product type."""

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """List all open orders, or those on an instrument, oldest first."""

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now; None when Bitget does not know it, or shows another one of the same id."""

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order, oldest first."""

    def account(self) -> AccountUpdate:
        """Return all balances as one."""


class ClassicQueries:
    """Asks for the futures of a classic account (V2): ``BitgetAccountQueries``.

    Args:
        rest: Gives the client's REST client.
        products: The product types that are covered.
    """

    def __init__(self, rest: Callable[[], Any], products: Collection[str]) -> None:
        self._rest = rest
        self._products = tuple(products)

    def positions(self, product: str | None = None) -> list[MixPosition]:
        """List all open positions, or those of a product type. Raises ``OkxError``."""
        ask = _groups(self._rest).mix.get_positions
        return [row for one in self._of(product) for row in ask(one)]

    def balances(self, product: str | None = None) -> list[MixBalance]:
        """List the margin coins of all product types, or of one. Raises ``OkxError``."""
        ask = _groups(self._rest).mix.get_accounts
        return [row for one in self._of(product) for row in ask(one)]

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """List all open orders, or those on a contract, oldest first.

        Raises ``ConfigError`` for a contract that does not exist: the list of it would be empty as well; ``OkxError``.
        """
        return _open_orders(self._open_rows(), inst_id, self._names)

    def _open_rows(self) -> Iterator[MixOrder]:
        """Yield open orders. Those without fills are asked for first, so that one which is filled meanwhile is seen."""
        listing = _groups(self._rest).mix.iter_open_orders
        for product in self._of(None):
            for status in ("live", "partially_filled"):
                yield from listing(product, status=status, limit=_PAGE)

    def _names(self) -> Iterator[str | None]:
        for product in self._of(None):
            for row in _groups(self._rest).mix.get_contracts(product):
                yield value_or_none(row, "symbol")

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now. Raises ``OkxError``.

        None when Bitget does not know it, or shows another order of the same id.
        """
        known = {"symbol": order.inst_id, "productType": _product(order), **_ids(order)}
        return _looked_up(self._rest, order, known, "/api/v2/mix/order/place-order")

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order of the last three months, oldest first. Raises ``OkxError``."""
        product: Any = _product(order)
        listing = _groups(self._rest).mix.iter_fills
        rows = listing(product, order.inst_id, order.order_id, limit=_PAGE)
        return fetched_fills(rows, order, _earliest_fills_ms(self._rest))

    def account(self) -> AccountUpdate:
        """Return all balances as one. Raises ``OkxError``."""
        return _whole_account(self.balances())

    def _of(self, product: str | None) -> tuple[Any, ...]:
        return self._products if product is None else (product,)


class UnifiedQueries:
    """Asks for a unified account (V3), spot, margin and all futures together: ``BitgetAccountQueries``.

    Args:
        rest: Gives the client's REST client.
    """

    def __init__(self, rest: Callable[[], Any]) -> None:
        self._rest = rest

    def positions(self, _product: str | None = None) -> list[UtaPosition]:
        """List all open positions, category by category. Raises ``OkxError``."""
        ask: Callable[[Any], list[UtaPosition]] = _groups(self._rest).uta.get_positions
        return [row for category in ALL for row in ask(category)]

    def balances(self, _product: str | None = None) -> list[UtaAccountAssets]:
        """Tell the account whole, with all its coins. Raises ``OkxError``."""
        return [_groups(self._rest).uta.get_account_assets()]

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """List all open orders, or those on an instrument of any category, oldest first.

        Raises ``ConfigError`` for an instrument that does not exist: the list of it would be empty as well;
        ``OkxError``.
        """
        rows: Iterable[UtaOrder] = _groups(self._rest).uta.iter_open_orders(limit=_PAGE)
        return _open_orders(rows, inst_id, self._names)

    def _names(self) -> Iterator[str | None]:
        for category in _CATEGORIES:
            for row in _groups(self._rest).uta.get_instruments(category):
                yield value_or_none(row, "symbol")

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now. Raises ``OkxError``.

        None when Bitget does not know it, or shows another order of the same id.
        """
        return _looked_up(self._rest, order, {"symbol": order.inst_id, **_ids(order)}, "/api/v3/trade/place-order")

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order of the last 90 days, oldest first. Raises ``OkxError``."""
        listing = _groups(self._rest).uta.iter_fills
        rows = listing(order_id=order.order_id, limit=_PAGE)
        return fetched_fills(rows, order, _earliest_fills_ms(self._rest))

    def account(self) -> AccountUpdate:
        """Return all balances as one. Raises ``OkxError``."""
        return _whole_account(self.balances())


def _whole_account(rows: Iterable[Any]) -> AccountUpdate:
    """Return the balances of all rows: V2 has one for each coin of each product type, V3 one with all coins."""
    return AccountUpdate.of_parts(row.to_update() for row in rows)


def _product(order: OrderState) -> str:
    """Return the product type of an order of V2: as its row tells it, as it was placed, or by its contract."""
    placed_in = order.product if order.raw is None else None
    return placed_in or product_of(order.inst_id, order.raw)


def _groups(rest: Callable[[], Any]) -> BitgetGroups:
    groups: BitgetGroups = rest()
    return groups


def _open_orders(rows: Iterable[Any], inst_id: str | None, names: Callable[[], Iterable[str | None]]) -> OpenOrders:
    """Return open orders, each once, as it was told last. What has no readable instrument may be on any of them."""
    wanted = [row for row in rows if inst_id is None or value_or_none(row, "symbol") in (None, inst_id)]
    if inst_id is not None and not wanted and inst_id not in names():
        raise ConfigError(f"Bitget has no instrument {inst_id!r}", hint="names are as in BTCUSDT")
    found, lost = each(wanted, lambda row: row.to_update())
    once = {update.order_id: _fetched(update) for update in found}
    return OpenOrders(sorted(once.values(), key=lambda update: update.created_at or 0), lost)


def _earliest_fills_ms(rest: Callable[[], Any]) -> int:
    now_s: float = rest().clock.server_time()
    return round(now_s * 1000) - _REACH_MS


def _ids(order: OrderState) -> dict[str, str]:
    ids = {"orderId": order.order_id, "clientOid": order.client_order_id}
    return {name: value for name, value in ids.items() if value}


def _looked_up(rest: Callable[[], Any], order: OrderState, known: dict[str, str], path: str) -> OrderUpdate | None:
    """Return an order as it is now, once it is proved that it is the one."""
    row = proved(rest, known, path, order.sent_at, order.side)
    return None if row is None else _fetched(row.to_update())


def proved(
    rest: Callable[[], Any], known: Mapping[str, str], path: str, sent_at: int | None, side: str | None
) -> Any | None:
    """Return REST's row of the order that was placed by this path, once it is proved that it is the one.

    ``known``: its ids, and where it is looked for, by wire name. Raises ``OkxError``.
    """
    unknown = OrderStatusUnknown(
        "looked up",
        clOrdId=known.get("clientOid", ""),
        orders=[known],
        action="place",
        sent_at=sent_at,
        requests=[known if side is None else {**known, "side": side}],
        path=path,
    )
    return rest().lookup(unknown, timeout=0).order


def _fetched(update: OrderUpdate) -> OrderUpdate:
    """Mark an update as fetched."""
    return attrs.evolve(update, recovered=True)
