"""What a stream client asks of Bybit's REST: all that is open, one order, its fills.

Bybit's private streams tell changes only. A full picture is every page of every category; one that fails to answer
leaves the picture incomplete, so it is raised. Page: "Get Open & Closed Orders", "Get Position Info", "Get Wallet
Balance" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import attrs

from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OrderStatusUnknown
from okx_sync.exchanges.fetched_fills import fetched_fills
from okx_sync.rows.tolerant import each
from okx_sync.state.orders.algo_state import AlgoState
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import AccountUpdate, FillUpdate, OrderUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.account.models import Position, WalletBalance
    from okx_sync.exchanges.bybit.account_kind import AccountKind
    from okx_sync.exchanges.bybit.groups import BybitGroups
    from okx_sync.exchanges.bybit.order_lookup import BybitOrderLookup
    from okx_sync.exchanges.bybit.trade.models import Order

__all__ = ["BybitAccountQueries"]

_SETTLED: Final = frozenset({"USDT", "USDC"})  # what linear contracts are settled in, whatever else is listed one day
_REACH_MS: Final = 729 * 86_400_000  # executions are kept for two years
_NO_SUCH_SYMBOL: Final = frozenset({"10001", "170121"})
_NOT_UNIFIED: Final = frozenset({"10028", "110088"})

R = TypeVar("R")


class _Rest(Protocol):
    """The client's REST side: a ``BybitClient``."""

    def account_kind(self) -> AccountKind: ...
    def lookup(self, unknown: OrderStatusUnknown, *, timeout: float = ...) -> BybitOrderLookup: ...


class BybitAccountQueries:
    """Asks for the account's state, for ``ws.orders``, ``ws.positions`` and ``ws.account``.

    Args:
        rest: Gives the client's REST client.
        category: The market of an order whose own is not known.
    """

    def __init__(self, rest: Callable[[], Any], category: str) -> None:
        self._rest = rest
        self._category = category
        self._coins: frozenset[str] | None = None

    # -- full pictures -------------------------------------------------------------------------------------------

    def positions(self, _product: str | None = None) -> list[Position]:
        """List all open positions: linear by each currency of settlement, inverse, options. Raises ``OkxError``."""
        groups = self._groups()
        rows: list[Position] = []
        for coin in self._settle_coins():
            rows += groups.position.iter_positions("linear", settle_coin=coin, limit=200)
        rows += groups.position.iter_positions("inverse", limit=200)
        rows += _if_unified(groups.position.iter_positions("option", limit=200))
        return rows

    def wallet(self, _product: str | None = None) -> list[WalletBalance]:
        """List the unified wallet with all its coins.

        Raises ``ConfigError`` for an account that is not unified 2.0, whose money is in several wallets; ``OkxError``.
        """
        if (kind := self._rest().account_kind()) != "uta2":
            raise ConfigError(
                f"the wallet of this account ({kind}) is not all of its money: contracts have a wallet of their own",
                hint="upgrade the account to UTA 2.0, or ask client.account.get_wallet_balance for each",
            )
        rows: list[WalletBalance] = self._groups().account.get_wallet_balance("UNIFIED")
        return rows

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """List all open orders, or those on an instrument of any category, oldest first. Raises ``OkxError``."""
        found, lost = each(self.open_rows(inst_id), lambda row: row.to_update())
        return OpenOrders([_fetched(update) for update in reversed(found)], lost)

    def open_rows(self, inst_id: str | None) -> Iterator[Order]:
        """List what is open and what waits for a price, newest first in each category. Raises ``OkxError``."""
        listing = self._groups().order.iter_open_orders
        if inst_id is not None:
            for category in ("linear", "inverse", "spot", "option"):
                if category in self._categories_of(inst_id):
                    yield from listing(category, inst_id, limit=50)
            return
        for coin in self._settle_coins():
            yield from listing("linear", settle_coin=coin, limit=50)
        for category in ("inverse", "spot"):
            yield from listing(category, limit=50)
        yield from _if_unified(listing("option", limit=50))

    def _categories_of(self, inst_id: str) -> set[str]:
        """Return the categories that have an instrument of this name; spot and linear contracts share names.

        Raises ``ConfigError`` when none has: the list of a misspelt name would be empty as well.
        """
        found = {
            category
            for category in ("linear", "inverse", "spot", "option")
            if any(row.symbol == inst_id for row in self._instruments(category, inst_id))
        }
        if not found:
            raise ConfigError(f"Bybit has no instrument {inst_id!r}", hint="names are as in BTCUSDT")
        return found

    def _instruments(self, category: str, inst_id: str) -> list[Any]:
        try:
            rows: list[Any] = self._groups().market.get_instruments(category, inst_id)
        except OkxApiError as error:
            if error.code in _NO_SUCH_SYMBOL:  # some categories refuse a name that they do not have
                return []
            raise
        return rows

    def _settle_coins(self) -> list[str]:
        """Return what linear contracts are settled in, asked once: a list of positions needs each."""
        if self._coins is None:
            rows = self._groups().market.iter_instruments("linear", limit=1000)
            self._coins = _SETTLED | {row.settleCoin for row in rows if row.settleCoin}
        return sorted(self._coins)

    def account(self) -> AccountUpdate:
        """Return the balances of the unified wallet.

        Raises ``DecodeError`` when Bybit lists none or several; ``OkxError``.
        """
        rows = self.wallet()
        if len(rows) != 1:
            raise DecodeError(f"Bybit listed {len(rows)} unified wallets, not one")
        return rows[0].to_update()

    # -- single orders -------------------------------------------------------------------------------------------

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now. Raises ``OkxError``.

        None when Bybit does not know it, or shows another order of the same id.
        """
        row = self.row_of(order)
        return None if row is None else _fetched(row.to_update())

    def row_of(self, order: OrderState) -> Order | None:
        """Do what :meth:`look_up` does, and return the row."""
        ids = {"symbol": order.inst_id, "orderId": order.order_id, "orderLinkId": order.client_order_id}
        named = {"category": self.category_of(order)} | {name: value for name, value in ids.items() if value}
        asked = named if order.side is None else {**named, "side": order.side.capitalize()}
        unknown = OrderStatusUnknown(
            "looked up",
            clOrdId=order.client_order_id or "",
            orders=[named],
            action="place",
            sent_at=order.sent_at,
            requests=[asked],
        )
        found: Order | None = self._rest().lookup(unknown, timeout=0).order
        return found

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order, oldest first, of the last two years at most. Raises ``OkxError``."""
        rows = self._groups().order.iter_executions(
            self.category_of(order), order.inst_id, order_id=order.order_id, limit=100
        )
        return fetched_fills(rows, order, round(self._rest().clock.server_time() * 1000) - _REACH_MS)

    def category_of(self, order: OrderState | AlgoState) -> str:
        """Return the market of an order: as its row tells it or it was placed, else that of the config."""
        return getattr(order.raw, "category", None) or order.product or self._category

    def _groups(self) -> BybitGroups:
        groups: BybitGroups = self._rest()
        return groups


def _if_unified(rows: Iterable[R]) -> Iterator[R]:
    """Yield the rows; none where Bybit says that the account is not unified: it has no options then."""
    try:
        yield from rows
    except OkxApiError as error:
        if error.code not in _NOT_UNIFIED:
            raise


def _fetched(update: OrderUpdate) -> OrderUpdate:
    """Mark an update as fetched."""
    return attrs.evolve(update, recovered=True)
