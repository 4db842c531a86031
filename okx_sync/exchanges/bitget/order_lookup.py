"""What Bitget says over REST of an order whose answer was lost: of V2 (futures, spot), V3, and their trigger orders.

Which of them is asked is told by the request that was lost. Pages: "Get Order Detail", "Get Order Info", "Get Trigger
Orders" and "Get Strategy Orders" of Bitget's API guide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, TypeVar

import attrs

from okx_sync.errors import ConfigError, OkxApiError, OrderStatusUnknown
from okx_sync.exchanges.bitget.groups import BitgetGroups
from okx_sync.exchanges.bitget.rest_error_codes import NOT_FOUND
from okx_sync.rest.lost_orders import LostOrders
from okx_sync.rest.order_identity import OrderFields
from okx_sync.rest.order_lookup import Finder, Lookup
from okx_sync.rows import Row, decoder
from okx_sync.timing import Deadline

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.mix.order_models import MixOrder
    from okx_sync.exchanges.bitget.mix.plan_models import MixPlanOrder
    from okx_sync.exchanges.bitget.spot.order_models import SpotOrder
    from okx_sync.exchanges.bitget.spot.plan_models import SpotPlanOrder
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrder, UtaStrategyOrder

__all__ = [
    "BitgetLostOrders",
    "MixOrderLookup",
    "MixPlanLookup",
    "SpotOrderLookup",
    "SpotPlanLookup",
    "UtaOrderLookup",
    "UtaStrategyLookup",
]

Request: TypeAlias = Callable[[str, str, Mapping[str, Any]], list[Any]]

R = TypeVar("R", bound=Row)

_NEW_ID: Final = "newClientOid"
_MOST_PAGES: Final = 200
_REACH_MS: Final = 89 * 86_400_000  # the history goes back 90 days, and asks for both times
_CATEGORIES: Final = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SPOT", "MARGIN")
_PLANS: Final = ("normal_plan", "track_plan", "profit_loss")
_NAMES: Final[dict[str, Any]] = {
    "instrument": "symbol",
    "order_id": "orderId",
    "client_id": "clientOid",
    "side": "side",
    "canceled": ("canceled", "cancelled"),
}


@attrs.frozen(kw_only=True)
class SpotOrderLookup(Lookup["SpotOrder"]):
    """What Bitget says of a spot order (V2) whose answer was lost. ``asked``: symbol and ids, as far as known."""

    fields: ClassVar[OrderFields] = OrderFields(**_NAMES, created="cTime", size="size", status="status", amended={})


@attrs.frozen(kw_only=True)
class UtaOrderLookup(Lookup["UtaOrder"]):
    """What Bitget says of an order of a unified account whose answer was lost. ``asked``: ids, and what else is known.

    A ``clientOid`` may be used again once its order is done: the time of creation must fit that of sending.
    """

    fields: ClassVar[OrderFields] = OrderFields(
        **_NAMES,
        created="createdTime",
        size="qty",
        status="orderStatus",
        amended={"qty": "qty", "price": "price"},
        # Where an amount of quote currency was ordered, the size is none; what only reduces is cut to the position.
        resized=("amount", "reduceOnly"),
        resizing=("reduceOnly", "posSide"),
    )


@attrs.frozen(kw_only=True)
class SpotPlanLookup(Lookup["SpotPlanOrder"]):
    """What Bitget says of a trigger order of spot (V2) whose answer was lost."""

    fields: ClassVar[OrderFields] = OrderFields(
        **_NAMES,
        created="cTime",
        size="size",
        status="status",
        amended={"size": "size", "triggerPrice": "triggerPrice", "executePrice": "executePrice"},
    )


@attrs.frozen(kw_only=True)
class UtaStrategyLookup(Lookup["UtaStrategyOrder"]):
    """What Bitget says of a strategy order (take-profit, stop-loss, trigger) of a unified account."""

    fields: ClassVar[OrderFields] = OrderFields(
        **_NAMES,
        created="createdTime",
        size="qty",
        status="status",
        amended={"qty": "qty", "triggerPrice": "triggerPrice", "takeProfit": "takeProfit", "stopLoss": "stopLoss"},
        resizing=("reduceOnly", "posSide"),
    )


# In hedge mode the side of V2's futures is that of the position, and sources disagree on rows of closing orders: it
# proves nothing. What closes a position may be cut to it.
_MIX: Final[dict[str, Any]] = {
    **_NAMES,
    "side": "",
    "created": "cTime",
    "size": "size",
    "resized": ("reduceOnly",),
    "resizing": ("reduceOnly", "tradeSide"),
}


@attrs.frozen(kw_only=True)
class MixOrderLookup(Lookup["MixOrder"]):
    """What Bitget says of an order of V2's futures whose answer was lost. ``asked``: symbol, product type and ids."""

    fields: ClassVar[OrderFields] = OrderFields(
        **_MIX,
        status="status",
        amended={
            "newPresetStopSurplusPrice": "presetStopSurplusPrice",
            "newPresetStopLossPrice": "presetStopLossPrice",
        },
    )


@attrs.frozen(kw_only=True)
class MixPlanLookup(Lookup["MixPlanOrder"]):
    """What Bitget says of a trigger order, take-profit or stop-loss of V2's futures whose answer was lost."""

    fields: ClassVar[OrderFields] = OrderFields(
        **_MIX,
        status="planStatus",
        amended={
            "newSize": "size",
            "newPrice": "price",
            "newTriggerPrice": "triggerPrice",
            "newCallbackRatio": "callbackRatio",
            "triggerPrice": "triggerPrice",
        },
    )


# -- asking ------------------------------------------------------------------------------------------------------------


def _ids(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the ids of an order. Raises ``ConfigError`` where there are none."""
    ids = {name: asked[name] for name in ("orderId", "clientOid") if asked.get(name)}
    if not ids:
        hint = "list the orders that stand; canceling all may be asked for again"
        raise ConfigError("this error names no single order", hint=hint)
    return ids


def _is_meant(row: Mapping[str, Any], ids: Mapping[str, str]) -> bool:
    """Tell whether a row of a listing is the order. Its id of Bitget's counts where it is known."""
    name = "orderId" if "orderId" in ids else "clientOid"
    return row.get(name) == ids[name]


def _single(request: Request, path: str, params: Mapping[str, Any], model: type[R]) -> R | None:
    """Ask for one order; Bitget refuses for one that it does not have, or answers with nothing."""
    try:
        rows = request("GET", path, params)
    except OkxApiError as error:
        if error.code not in NOT_FOUND:
            raise
        return None
    told = {name: params[name] for name in ("productType",) if name in params}
    return decoder(model)(rows[:1], told)[0] if rows else None


def _listed(request: Request, path: str, params: Mapping[str, Any], key: str, token: str, told: str) -> Iterator[Any]:
    """Yield the rows of a listing: page by page, as long as it says what the next one is asked with."""
    cursor: Any = None
    for _ in range(_MOST_PAGES):
        answer = request("GET", path, {**params, **({token: cursor} if cursor else {})})
        whole = answer[0] if answer and isinstance(answer[0], dict) else {}
        rows = whole.get(key) or [] if key in whole else answer
        yield from rows
        following = whole.get(told) if key in whole else None
        if not rows or not following or following == cursor:
            return
        cursor = following


def _spot(request: Request, asked: Mapping[str, str], _now_ms: int) -> SpotOrder | None:
    from okx_sync.exchanges.bitget.spot.order_models import SpotOrder

    return _single(request, "/api/v2/spot/trade/orderInfo", _ids(asked), SpotOrder)


def _uta(request: Request, asked: Mapping[str, str], _now_ms: int) -> UtaOrder | None:
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrder

    return _single(request, "/api/v3/trade/order-info", _ids(asked), UtaOrder)


def _spot_plan(request: Request, asked: Mapping[str, str], now_ms: int) -> SpotPlanOrder | None:
    from okx_sync.exchanges.bitget.spot.plan_models import SpotPlanOrder

    ids = _ids(asked)
    known = {"limit": "100", **({"symbol": asked["symbol"]} if asked.get("symbol") else {})}
    span = {"startTime": str(now_ms - _REACH_MS), "endTime": str(now_ms)}
    for listing, times in (("current", {}), ("history", span)):
        path, known = f"/api/v2/spot/trade/{listing}-plan-order", {**known, **times}
        for row in _listed(request, path, known, "orderList", "idLessThan", "idLessThan"):
            if _is_meant(row, ids):
                return decoder(SpotPlanOrder)([row], {})[0]
    return None


def _mix_place(asked: Mapping[str, str]) -> dict[str, str]:
    """Return contract and product type of an order. Raises ``ConfigError`` where one is not known."""
    known = {name: asked[name] for name in ("symbol", "productType") if asked.get(name)}
    if len(known) < 2:
        raise ConfigError("this error does not tell symbol and productType of its order", hint="ask mix.get_order(...)")
    return known


def _mix(request: Request, asked: Mapping[str, str], _now_ms: int) -> MixOrder | None:
    from okx_sync.exchanges.bitget.mix.order_models import MixOrder

    return _single(request, "/api/v2/mix/order/detail", {**_mix_place(asked), **_ids(asked)}, MixOrder)


def _mix_plan(request: Request, asked: Mapping[str, str], _now_ms: int) -> MixPlanOrder | None:
    from okx_sync.exchanges.bitget.mix.plan_models import MixPlanOrder

    ids = _ids(asked)
    plans: Sequence[str] = (asked["planType"],) if asked.get("planType") else _PLANS
    for listing in ("pending", "history"):
        for plan in plans:
            params = {**_mix_place(asked), **ids, "planType": plan}
            path = f"/api/v2/mix/order/orders-plan-{listing}"
            for row in _listed(request, path, params, "entrustedList", "idLessThan", "endId"):
                if _is_meant(row, ids):
                    return decoder(MixPlanOrder)([row], {})[0]
    return None


def _uta_strategy(request: Request, asked: Mapping[str, str], _now_ms: int) -> UtaStrategyOrder | None:
    from okx_sync.exchanges.bitget.uta.order_models import UtaStrategyOrder

    ids = _ids(asked)
    categories: Sequence[str] = (asked["category"],) if asked.get("category") else _CATEGORIES
    for listing in ("unfilled", "history"):
        for category in categories:
            path = f"/api/v3/trade/{listing}-strategy-orders"
            for row in _listed(request, path, {"category": category}, "list", "cursor", "cursor"):
                if _is_meant(row, ids):
                    return decoder(UtaStrategyOrder)([row], {})[0]
    return None


@attrs.frozen
class _Source:
    """Where the orders of some requests are found: how their paths begin, and what is in the paths of trigger orders.

    ``mark``: what an error says of its orders where it does not tell its path.
    """

    path: str
    words: tuple[str, ...]
    mark: str
    lookup: type[Lookup[Any]]
    find: Callable[[Request, Mapping[str, str], int], Row | None]


_SOURCES: Final = (
    _Source("/api/v3/trade/", ("strategy",), "", UtaStrategyLookup, _uta_strategy),
    _Source("/api/v3/trade/", ("",), "category", UtaOrderLookup, _uta),
    _Source("/api/v2/mix/order/", ("plan", "tpsl"), "", MixPlanLookup, _mix_plan),
    _Source("/api/v2/mix/order/", ("",), "productType", MixOrderLookup, _mix),
    _Source("/api/v2/spot/trade/", ("plan",), "", SpotPlanLookup, _spot_plan),
    _Source("/api/v2/spot/trade/", ("",), "symbol", SpotOrderLookup, _spot),
)


def _source_of(unknown: OrderStatusUnknown, number: int) -> _Source:
    """Return where the order is found. Raises ``ConfigError`` where the error does not tell."""
    path, order = unknown.path, unknown.orders[number]
    for source in _SOURCES:
        is_meant = path.startswith(source.path) and any(word in path for word in source.words)
        if is_meant if path else source.mark in order:
            return source
    raise ConfigError("this error does not tell where its order is", hint="ask for the order by its ids")


class BitgetLostOrders(BitgetGroups, LostOrders[Any, Lookup[Any]]):
    """The groups of ``BitgetClient``, and the part of it that looks up orders whose answer was lost."""

    _order_call = "get_order(...) of mix, spot or uta"

    if TYPE_CHECKING:

        def request(
            self,
            method: str,
            path: str,
            params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
            *,
            auth: bool | None = None,
        ) -> list[Any]:
            """Call any endpoint, as the client does."""

    def _look_up(
        self, unknown: OrderStatusUnknown, number: int, deadline: Deadline, known_order_ids: Collection[str]
    ) -> Lookup[Any]:
        """Look for one order; of a request that replaces one for the new order, and then for the old one."""
        source = _source_of(unknown, number)

        def ask(asked: Mapping[str, str]) -> Row | None:
            return source.find(self.request, asked, round(self.clock.server_time() * 1000))

        finder: Finder[Any, Lookup[Any]] = Finder(source.lookup, ask, self.clock, self.sync_clock)
        anew = _new_order(unknown, number)
        if anew is None:
            return finder.find(unknown, number, deadline, known_order_ids)
        found = finder.find(anew, 0, deadline, known_order_ids)
        if found.is_found:
            return found
        old = finder.find(unknown, number, Deadline(0.0, self.clock), known_order_ids)
        return attrs.evolve(old, applied=False) if old.is_found else old


def _new_order(unknown: OrderStatusUnknown, number: int) -> OrderStatusUnknown | None:
    """Return the error as if the new order of a replacement had been placed; None where there is no such order."""
    order = unknown.orders[number]
    if unknown.action != "amend" or not order.get(_NEW_ID):
        return None
    gone = ("orderId", _NEW_ID)
    request = unknown.requests[number] if number < len(unknown.requests) else order
    if unknown.path.startswith("/api/v2/mix/") and not {"newSize", "newPrice"} & request.keys():
        return None  # a change of presets alone, which leaves the order what it is
    new = {"clientOid": order[_NEW_ID]}
    renamed = {"newSize": "size", "newPrice": "price"}
    return OrderStatusUnknown(
        unknown.message,
        clOrdId=order[_NEW_ID],
        orders=[{**{name: value for name, value in order.items() if name not in gone}, **new}],
        action="place",
        sent_at=unknown.sent_at,
        sent_offset_s=unknown.sent_offset_s,
        requests=[{**{renamed.get(n, n): value for n, value in request.items() if n not in gone}, **new}],
        path=unknown.path,
    )
