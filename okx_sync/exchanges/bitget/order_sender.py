"""Orders of ``ws.orders`` on Bitget's private streams.

``side`` is the order's on both kinds of account, and in hedge mode ``pos_side`` says which position it is for. On the
wire of classic accounts ``side`` is the position's then, and ``tradeSide`` follows from both.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exact_numbers import above_zero
from okx_sync.exchanges.bitget.order_stops import (
    CLASSIC,
    UNIFIED,
    check_brought,
    check_presets,
    check_replaced,
    folded,
    leg_words,
)
from okx_sync.exchanges.bitget.products import category_of, product_of
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.exchanges.order_words import joined, neutral_words
from okx_sync.exchanges.product_words import said_product
from okx_sync.exchanges.reduce_only import OPENS, check_reduces
from okx_sync.state.orders.batch_cancel import BatchCancel, CancelResult
from okx_sync.state.orders.new_order import OrderRules, new_order
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

if TYPE_CHECKING:
    from okx_sync.algo_types import AlgoLeg
    from okx_sync.exchanges.bitget.config import BitgetConfig
    from okx_sync.exchanges.bitget.mix.order_models import MixOrderReceipt
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrderReceipt
    from okx_sync.exchanges.bitget.uta.words import OrderTypeArg, TimeInForceArg
    from okx_sync.rest import Group

__all__ = ["CLASSIC_RULES", "RULES", "BitgetSender"]

_GONE: Final = frozenset({"25204", "22001", "43001", "40109", "40768", "40769", "45057", "45134"})
_ENDING: Final = frozenset({"45129", "25113"})  # its end was asked for already
_BATCH, _CLASSIC_BATCH = 20, 50
_KINDS: Final[dict[str, tuple[OrderTypeArg, TimeInForceArg | None]]] = {
    "limit": ("limit", None),
    "market": ("market", None),
    "post_only": ("limit", "post_only"),
    "ioc": ("limit", "ioc"),
    "fok": ("limit", "fok"),
    "rpi": ("limit", "rpi"),
}
_IN_QUOTE: Final = ("SPOT", "MARGIN")
_NOT_CLASSIC: Final = frozenset({"trade_side", "product_type"})
"""What ``pos_side`` with the order's side, and ``category``, say instead."""
RULES: Final = OrderRules(
    order_types={kind: kind != "market" for kind in _KINDS},
    client_id=re.compile(r"[.A-Z:/a-z0-9_-]{1,32}"),
    client_id_hint="up to 32 letters, digits and .:/_-",
    attaches="together",
)
CLASSIC_RULES: Final = OrderRules(
    order_types={kind: kind != "market" for kind in _KINDS if kind != "rpi"},
    client_id=re.compile(r"[0-9A-Za-z+_#-]{1,50}"),
    client_id_hint="up to 50 letters, digits and -_+#",
    attaches="apart",
)


class _Client(OrderClient, Protocol):
    """A client of a classic or a unified account."""

    config: BitgetConfig


class BitgetSender:
    """Sends the orders of ``ws.orders`` (``OrderSender``)."""

    def __init__(self, client: _Client) -> None:
        self._client = client

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        """Make the order that ``words`` ask for, neutral or Bitget's own.

        Raises ``ConfigError`` for what cannot be right.

        ``order_type`` is ``"limit"``, ``"market"``, ``"post_only"``, ``"ioc"``, ``"fok"`` or ``"rpi"``. What tells
        how late an order may arrive (``expires_at``) is not carried out. A market order that buys on spot or margin is
        sized in quote currency, which an order here cannot be: ``ws.place_order`` sends it.
        """
        told = dict(words)
        product = said_product(told)
        told |= {} if product is None else {"category": product}
        names, aliases = self._words()
        legs, rules = (CLASSIC, CLASSIC_RULES) if self._is_classic else (UNIFIED, RULES)
        new = new_order(folded(neutral_words(told, names, aliases, ("timeout",)), legs), new_id, rules)
        by_name = product_of if self._is_classic else category_of
        new = attrs.evolve(new, product=product or by_name(new.inst_id))
        # What an order brings has no id of ours.
        brought = [attrs.evolve(one, client_order_id=None, product=new.product) for one in new.attached]
        check_reduces(new.side, new.options.get("pos_side"), new.options.get("reduce_only"))
        check_brought(new, brought, is_classic=self._is_classic)
        new = attrs.evolve(new, attached=tuple(brought))
        self._client._check_order("place-order", *self._call(new))
        if new.product in _IN_QUOTE and (new.side, new.order_type) == ("buy", "market"):
            raise ConfigError(
                "the size of a market order that buys on spot or margin is in quote currency",
                hint="ws.orders counts coins: send it with ws.place_order, or give a price and order_type='ioc'",
            )
        return new

    def _words(self) -> tuple[set[str], Mapping[str, str]]:
        """Return the words of a new order that are Bitget's own, and what the neutral ones are among them."""
        if self._is_classic:
            from okx_sync.exchanges.bitget import order_words as classic_words  # streams alone do without REST
            from okx_sync.exchanges.bitget.mix.order_rest import MixOrders

            names = (_names(MixOrders) - _NOT_CLASSIC) | {"category", "pos_side"}
            return names, classic_words.PLACE | {leg: words.price for leg, words in CLASSIC.items()}
        from okx_sync.exchanges.bitget.uta import order_words
        from okx_sync.exchanges.bitget.uta.order_rest import UtaOrders

        return _names(UtaOrders), order_words.PLACE

    @property
    def _is_classic(self) -> bool:
        return self._client.config.stream_protocol == "v2"

    def _call(self, new: PreparedOrder) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return arguments and options of ``place_order``."""
        args, options = _call(new)
        for one in new.attached:
            legs: dict[AlgoLeg, Any] = {"take_profit": one.take_profit, "stop_loss": one.stop_loss}
            options |= leg_words(legs, CLASSIC if self._is_classic else UNIFIED)
        return _on_classic_wire(args, options) if self._is_classic else (args, options)

    def place(self, new: PreparedOrder) -> str | None:
        """Send it."""
        args, options = self._call(new)
        receipt: UtaOrderReceipt | MixOrderReceipt = self._client.place_order(*args, **options)
        return receipt.orderId

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when it is gone."""
        try:
            self._client.cancel_order(order.inst_id, *_name(order), **self._category(order))
        except OkxApiError as error:
            if error.code in _GONE:
                return False
            if error.code not in _ENDING:
                raise
        return True

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Ask for the end of all of them, in batches. Raises what forbids all of it."""
        return BatchCancel(
            send=self._cancel_batch, judge=_judged, together=self._together, alone=self.cancel, gone=_GONE
        ).cancel(orders)

    def _together(self, order: OrderState) -> tuple[Hashable, int]:
        """Return what the orders of a batch have in common, and how many there may be."""
        category = self._category_of(order)
        if self._is_classic:
            return (order.inst_id, category), _CLASSIC_BATCH
        return (category, order.order_id is None), _BATCH

    def _cancel_batch(self, orders: Sequence[OrderState]) -> Any:
        rows = []
        for one in orders:
            order_id, client_order_id = _name(one)
            ids = {"order_id": order_id} if order_id else {"client_oid": client_order_id}
            rows.append({"category": self._category_of(one), "symbol": one.inst_id, **ids})
        return self._client.cancel_batch_orders(rows)

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        """Make the order that takes the place of one of a classic account, where size or price are changed.

        What is not given of both is as it was. Raises ``ConfigError`` for what cannot be right, and where what stays is
        not known.
        """
        if not self._is_classic:
            return None
        from okx_sync.exchanges.bitget import order_words  # streams alone do without REST
        from okx_sync.exchanges.bitget.mix.order_rest import MixOrders
        from okx_sync.rest.arguments import renamed

        given = {word: value for word, value in {"size": size, "price": price, **options}.items() if value is not None}
        said = dict.fromkeys(("inst_id", "order_id", "client_order_id", "category", "product"), "")
        joined(said, given, order_words.IDS)
        known = _names(MixOrders, "amend_order") - {"order_id", "client_oid", "symbol", "product_type"}
        told = renamed("amend", given, order_words.AMEND | {"qty": "new_size"}, known, ("timeout",))
        new_size, new_price = told.pop("new_size", order.size), told.pop("new_price", order.price)
        if (new_size, new_price) == (order.size, order.price):
            return None  # take-profit and stop-loss: the order stays
        check_replaced(order)
        if order.side is None or new_size is None or new_price is None:
            raise ConfigError(f"side, size and price of this order are not all known: {order}", hint="place a new one")
        new_id = told.setdefault("new_client_oid", uuid.uuid4().hex)
        self._client._check_order("modify-order", (None, order.order_id, order.client_order_id), {
            **told, "inst_id": order.inst_id, "new_size": new_size, "new_price": new_price, **self._category(order),
        })  # fmt: skip
        return PreparedOrder(
            inst_id=order.inst_id,
            side=order.side,
            size=above_zero("size", new_size),
            price=above_zero("price", new_price),
            order_type=order.order_type or "limit",
            client_order_id=new_id,
            product=self._category_of(order),
            options=told,
        )

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change."""
        from okx_sync.exchanges.bitget.uta import order_words  # streams alone do without REST

        if self._is_classic:
            check_presets(order, options)
        order_id, client_order_id = _name(order)
        fixed = {"inst_id": order.inst_id, "order_id": order_id, "client_order_id": client_order_id}
        changes = {"size": size, "price": price, **options}
        same = order_words.IDS | {"category": "product"}
        self._client.amend_order(**joined(fixed | self._category(order), changes, same))

    def _category(self, order: OrderState) -> dict[str, Any]:
        """Return the product of an order, as far as it is known; V3 finds the order without."""
        category = self._category_of(order) if self._is_classic else _told_category(order)
        return {"category": category} if category else {}

    def _category_of(self, order: OrderState) -> str:
        """Return the product of an order: as its row tells it, as it was placed, or by its instrument."""
        if self._is_classic:
            return order.product or product_of(order.inst_id, order.raw)
        return _told_category(order) or category_of(order.inst_id)


def _told_category(order: OrderState) -> str | None:
    told: str | None = getattr(order.raw, "category", None) or order.product
    return told.upper() if told else None


def _judged(row: MixOrderReceipt | UtaOrderReceipt) -> CancelResult | None:
    """Return what a row of a batch's answer says of its order."""
    from okx_sync.exchanges.bitget.rest_error_codes import FAILURE, TABLE  # streams alone do without REST

    if row.ok:
        return "accepted", None
    code, message = getattr(row, "errorCode", None), getattr(row, "errorMsg", None)
    code, message = code or getattr(row, "code", None), message or getattr(row, "msg", None)
    if not code and not message:
        return None
    if code in _ENDING:
        return "accepted", None
    if code in _GONE:
        return "gone", None
    return "refused", TABLE.error_for(code or FAILURE, message or "", environment="bitget")


def _call(new: PreparedOrder) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return arguments and options of ``place_order``."""
    kind, force = _KINDS[new.order_type]
    options = dict(new.options)
    given = options.pop("force", None) or options.pop("time_in_force", None)
    if given is not None and (kind == "market" or force not in (None, given)):
        raise ConfigError(
            f"time_in_force {given!r} contradicts order_type {new.order_type!r}",
            hint="give order_type='limit' with it, or leave it out",
        )
    if force or given:
        options["time_in_force"] = force or given
    return (new.inst_id, new.side, kind, new.size, new.price, new.client_order_id), options


def _on_classic_wire(args: tuple[Any, ...], options: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the same as classic accounts have it: in hedge mode the side is that of the position."""
    held = options.pop("pos_side", None)
    if held is None:
        return args, options
    if held not in OPENS:
        raise ConfigError(f"pos_side cannot be {held!r}", hint="long or short, in hedge mode")
    inst_id, side, *rest = args
    opens = side == OPENS[held]
    return (inst_id, OPENS[held], *rest), {**options, "trade_side": "open" if opens else "close"}


def _names(group: type[Group], call: str = "place_order") -> set[str]:
    """Return the parameters of a call of a group."""
    return {param.name for one in group.endpoints if one.name == call for param in one.params}


def _name(order: OrderState) -> tuple[str | None, str | None]:
    """Return one of the two ids, the exchange's if it is known."""
    return (order.order_id, None) if order.order_id else (None, order.client_order_id)
