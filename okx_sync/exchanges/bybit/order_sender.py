"""Orders of ``ws.orders`` on Bybit's trade stream."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.bybit import error_codes
from okx_sync.exchanges.bybit.attached_stops import attached_params, with_triggers
from okx_sync.exchanges.bybit.products import category_of
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.exchanges.order_words import joined, neutral_words
from okx_sync.exchanges.product_words import said_product
from okx_sync.rows import Row
from okx_sync.rows.tolerant import value_or_none
from okx_sync.state.orders.batch_cancel import BatchCancel, CancelResult
from okx_sync.state.orders.new_order import OrderRules, new_order
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.argument_words import OrderType, Side, TimeInForce
    from okx_sync.exchanges.bybit.config import BybitConfig
    from okx_sync.exchanges.bybit.trade.models import OrderReceipt

__all__ = ["CLIENT_ID", "CLIENT_ID_HINT", "GONE", "BybitSender"]

GONE: Final = frozenset({
    "110001", "170213", "170143",  # not known, or not any more
    "110008", "110010", "170139", "170142", "170190",  # done
})  # fmt: skip
"""What a refusal says of an order that is over."""
_FILTERS: Final = {"Stop": "StopOrder"}
"""Kinds of spot orders whose rows name them otherwise than requests do."""
_SIDES: Final[dict[str, Side]] = {"buy": "Buy", "sell": "Sell"}
_KINDS: Final[dict[str, tuple[OrderType, TimeInForce | None]]] = {
    "limit": ("Limit", None),
    "market": ("Market", None),
    "post_only": ("Limit", "PostOnly"),
    "ioc": ("Limit", "IOC"),
    "fok": ("Limit", "FOK"),
    "rpi": ("Limit", "RPI"),
}
CLIENT_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,36}")
CLIENT_ID_HINT: Final = "up to 36 letters, digits, dashes and underscores"
RULES: Final = OrderRules(
    order_types={kind: kind != "market" for kind in _KINDS},
    client_id=CLIENT_ID,
    client_id_hint=CLIENT_ID_HINT,
    attaches="apart",
)


class _Client(OrderClient, Protocol):
    """A client of a category."""

    config: BybitConfig


class BybitSender:
    """Sends the orders of ``ws.orders`` (``OrderSender``)."""

    def __init__(self, client: _Client) -> None:
        self._client = client

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        """Make the order that ``words`` ask for, neutral or Bybit's own.

        Raises ``ConfigError`` for what cannot be right.

        ``order_type`` is ``"limit"``, ``"market"``, ``"post_only"``, ``"ioc"``, ``"fok"`` or ``"rpi"``. What tells
        how late an order may arrive (``expires_at``) Bybit does not carry out. ``take_profit`` and ``stop_loss`` are
        exits of this order, and live beside those that the position has: ``tpsl_mode="Full"`` replaces these.
        """
        from okx_sync.exchanges.bybit import order_words  # streams alone do without REST
        from okx_sync.exchanges.bybit.trade import rest as trade

        place = next(one for one in trade.OrderEndpoints.endpoints if one.name == "place_order")
        names = [param.name for param in place.params]
        told = dict(words)
        product = said_product(told)
        told |= {} if product is None else {"category": product}
        told = with_triggers(neutral_words(told, names, order_words.PLACE, ("timeout",)))
        new = new_order(told, new_id, RULES)
        product = product or category_of(new.inst_id, self._client.config.category)
        attached = tuple(attrs.evolve(algo, product=product) for algo in new.attached)
        new = attrs.evolve(new, product=product, attached=attached)
        self._client._check_order("order.create", *_call(new))
        return new

    def product_of(self, words: dict[str, Any]) -> str:
        """Take the category out of the words of an order: the one that is said, else that of the instrument's name.

        Raises ``ConfigError`` where that may be of several others than the config's.
        """
        product, inst_id = said_product(words), words.get("inst_id")
        return str(product or category_of(str(inst_id or ""), self._client.config.category))

    def place(self, new: PreparedOrder) -> str | None:
        """Send it."""
        args, options = _call(new)
        receipt: OrderReceipt = self._client.place_order(*args, **options)
        return receipt.orderId

    def cancel(self, order: OrderState, **waiting: Any) -> bool:
        """Ask for its end; False when it is gone.

        ``waiting`` names the kind of an order that waits for a price, where its row does not yet.
        """
        try:
            kind = _waiting_kind(order) if isinstance(order.raw, Row) else waiting
            self._client.cancel_order(order.inst_id, *_name(order), **_category(order), **kind)
        except OkxApiError as error:
            if error.code not in GONE:
                raise
            return False
        return True

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Ask for the end of all of them, in batches of one category. Raises what forbids all of it."""
        return BatchCancel(
            send=self._cancel_batch, judge=_judged, together=self._together, alone=self.cancel, gone=GONE
        ).cancel(orders)

    def _together(self, order: OrderState) -> tuple[Hashable, int] | None:
        if _waiting_kind(order):
            return None  # the rows of a batch cannot name it
        category = _category(order).get("category") or category_of(order.inst_id, self._client.config.category)
        if self._client.config.environment == "demo" and category not in ("linear", "option"):
            return None  # demo trading has no other batches
        return category, 10 if category == "spot" else 20

    def _cancel_batch(self, orders: Sequence[OrderState]) -> Any:
        rows = []
        for one in orders:
            order_id, client_order_id = _name(one)
            rows.append({"symbol": one.inst_id, "order_id": order_id, "order_link_id": client_order_id})
        return self._client.cancel_batch_orders(rows, **_category(orders[0]))

    def replacement(
        self,
        order: OrderState,
        size: Decimal | None,
        price: Decimal | None,
        options: Mapping[str, Any],
    ) -> None:
        """Return None: an order of Bybit stays the same when it is changed."""

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change."""
        from okx_sync.exchanges.bybit import order_words  # streams alone do without REST

        order_id, client_order_id = _name(order)
        fixed = {"inst_id": order.inst_id, "order_id": order_id, "client_order_id": client_order_id}
        changes = {"size": size, "price": price, **options}
        same = order_words.IDS | {"category": "product"}
        self._client.amend_order(**joined(fixed | _category(order), changes, same))


def _call(new: PreparedOrder) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return arguments and options of ``place_order``."""
    kind, force = _KINDS[new.order_type]
    options = dict(new.options)
    given = options.pop("time_in_force", None)
    allowed = force or ("IOC" if kind == "Market" else None)
    if given is not None and allowed is not None and given != allowed:
        raise ConfigError(
            f"time_in_force {given!r} contradicts order_type {new.order_type!r}",
            hint="give order_type='limit' with it, or leave it out",
        )
    if force or given:
        options["time_in_force"] = force or given
    options |= attached_params(new)
    return (new.inst_id, _SIDES[new.side], kind, new.size, new.price, new.client_order_id), options


def _judged(row: OrderReceipt) -> CancelResult | None:
    """Return what a row of a batch's answer says of its order."""
    if row.ok:
        return "accepted", None
    if row.code is None:
        return None
    if row.code in GONE:
        return "gone", None
    return "refused", error_codes.TABLE.error_for(row.code, row.msg or "", environment="bybit")


def _category(order: OrderState) -> dict[str, Any]:
    """Return the market of an order, as its row tells it or it was placed; else it is the config's."""
    category = getattr(order.raw, "category", None) or order.product
    return {"category": category} if category else {}


def _waiting_kind(order: OrderState) -> dict[str, Any]:
    """Return what names the kind of a spot order that waits for a price: without it Bybit looks for plain ones only."""
    row, spot = order.raw, _category(order).get("category") == "spot"
    kind = value_or_none(row, "stopOrderType") if spot and isinstance(row, Row) else None
    if not kind or value_or_none(row, "orderStatus") != "Untriggered":
        return {}
    return {"order_filter": _FILTERS.get(kind, kind)}


def _name(order: OrderState) -> tuple[str | None, str | None]:
    """Return one of the two ids, the exchange's if it is known."""
    return (order.order_id, None) if order.order_id else (None, order.client_order_id)
