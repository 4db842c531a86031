"""Algo orders of ``ws.orders`` on OKX, which go by REST: no stream takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

from okx_sync.algo_types import TriggerPrice
from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.okx import error_codes
from okx_sync.exchanges.okx.algo_words import leg_words
from okx_sync.exchanges.okx.new_algo import call_of, new_algo
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.algo.rest import Algo

__all__ = ["OkxAlgoSender"]

_GONE: Final = frozenset({"51400", "51401", "51402", "51412", "51416", "51503", "51527", "51538", "51603"})
_AMENDABLE: Final = ("conditional", "oco", "trigger")
_STOPS: Final = ("conditional", "oco")
_OF_ORDERS: Final = ("timeout", "expires_at", "exp_time", "req_id", "cxl_on_fail")  # options of any change of an order
_ZERO: Final = Decimal(0)
_SIDES: Final = {"take_profit": "tp", "stop_loss": "sl"}


class _Rest(Protocol):
    """The client's REST side: an ``OkxClient``."""

    @property
    def algo(self) -> Algo: ...


class OkxAlgoSender:
    """Sends algo orders (``AlgoSender``).

    Args:
        rest: Gives the client's REST client.
        client: Sends changes of orders, and of what is attached to them.
        guard: The client's.
    """

    def __init__(self, rest: Callable[[], _Rest], client: OrderClient, guard: WriteGuard) -> None:
        self._rest = rest
        self._client = client
        self._guard = guard

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        """Make the algo order that ``words`` ask for, neutral or OKX's own; see ``new_algo``.

        Raises ``ConfigError`` for what cannot be right, and what keeps the client from sending.
        """
        from okx_sync.exchanges.okx.algo.rest import Algo  # streams alone do without REST
        from okx_sync.exchanges.okx.rest_dialect import new_cl_ord_id
        from okx_sync.rest.encoding import json_body

        place = next(one for one in Algo.endpoints if one.name == "place_algo_order")
        self._guard.check_read_only(place.method, place.path)
        new = new_algo(words, new_cl_ord_id)
        params, _ = place.to_wire(place.bind((), call_of(new)))
        self._guard.check_dry_run(place.method, place.path, json_body(params))
        return new

    def place_algo(self, new: PreparedAlgo) -> str | None:
        """Send it. Raises what ``algo.place_algo_order`` raises."""
        return self._rest().algo.place_algo_order(**call_of(new)).algoId

    # -- ending --------------------------------------------------------------------------------------------------------

    def cancel_algo(self, algo: AlgoState) -> bool:
        """Ask for its end; False when it is gone.

        What is attached to an order is taken from it, both sides at once. Raises ``ConfigError`` for a trailing stop
        there, which OKX does not take away.
        """
        from okx_sync.exchanges.okx.algo.requests import AlgoOrderId  # streams alone do without REST

        if algo.status == "attached":
            return self._detach(algo)
        own_id = None if algo.algo_id else algo.client_order_id
        if algo.algo_id is None and own_id is None:
            raise ConfigError(f"OKX has not told its id yet: {algo}", hint="wait_armed() first")
        result = self._rest().algo.cancel_algo_orders([AlgoOrderId(algo.inst_id, algo.algo_id, own_id)])
        if result.lost is not None:
            raise result.lost
        for row in result.refused:
            if row.sCode in _GONE:
                return False
            raise error_codes.error_for(row.sCode or "", row.sMsg or "", environment="okx")
        return True

    def _detach(self, algo: AlgoState) -> bool:
        if algo.kind not in _STOPS:
            raise ConfigError(f"OKX takes no {algo.kind} from its order: {algo}", hint="cancel the order")
        sides = _SIDES.keys() if algo.leg is None else (algo.leg,)
        try:
            self._amend_parent(algo, {f"new_{_SIDES[side]}_trigger_px": 0 for side in sides})
        except OkxApiError as error:
            if error.code not in _GONE:
                raise
            return False
        return True

    def _amend_parent(self, algo: AlgoState, change: Mapping[str, Any], **options: Any) -> None:
        """Change what is attached to an order, which is done by changing the order."""
        name = (
            {"attach_algo_id": algo.attached_id}
            if algo.attached_id
            else {"attach_algo_cl_ord_id": algo.client_order_id}
        )
        own_id = None if algo.parent_order_id else algo.parent_client_order_id
        rows = [{**name, **change}]
        self._client.amend_order(algo.inst_id, algo.parent_order_id, own_id, attach_algo_ords=rows, **options)

    # -- changing ------------------------------------------------------------------------------------------------------

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        """Ask for a change; own words are those of ``algo.amend_algo_order``.

        Raises ``ConfigError`` for what OKX does not change: kinds other than triggers, take profits and stop losses,
        the size of what is attached to an order, and a conditional order's lack of the other side.
        """
        if algo.kind not in _AMENDABLE:
            raise ConfigError(f"OKX changes no {algo.kind} order: {algo}", hint="cancel it, and place another one")
        own = dict(changes)
        sides = {side: own.pop(side) for side in _SIDES if side in own}
        if algo.kind in _STOPS:
            _check_sides_left(algo, sides)
        if algo.status == "attached":
            self._amend_attached(algo, sides, own)
            return
        own_id = None if algo.algo_id else algo.client_order_id
        if (size := own.pop("size", None)) is not None:
            own["new_sz"] = size
        if algo.kind == "trigger":
            own = _trigger_words(algo, own)
            own |= {"attach_algo_ords": [_side_words(sides)]} if sides else {}
        else:
            _check_words(algo, own, ("trigger", "price"))
            own |= _side_words(sides)
        self._rest().algo.amend_algo_order(algo.inst_id, algo.algo_id, own_id, **own)

    def _amend_attached(self, algo: AlgoState, sides: Mapping[str, Any], own: dict[str, Any]) -> None:
        _check_words(algo, own, ("trigger", "price", "size"))
        options = {name: own.pop(name) for name in _OF_ORDERS if name in own}
        self._amend_parent(algo, {**_side_words(sides), **own}, **options)


def _side_words(sides: Mapping[str, Any]) -> dict[str, Any]:
    """Return OKX's words for new sides; 0 takes one away."""
    found: dict[str, Any] = {}
    for side, new in sides.items():
        if new == _ZERO:
            found[f"new_{_SIDES[side]}_trigger_px"] = 0
        else:
            found |= leg_words(**{"take_profit": None, "stop_loss": None, side: new}, front="new_")
    return found


def _trigger_words(algo: AlgoState, changes: dict[str, Any]) -> dict[str, Any]:
    """Return a change of a trigger in OKX's words: it wants its price and that of its order, whatever else changes."""
    own = dict(changes)
    trigger: TriggerPrice | None = own.pop("trigger", None)
    price: Decimal | None = own.pop("price", None)
    if trigger is not None and trigger.limit is not None and price is not None:
        raise ConfigError("price says again what the limit of trigger says", hint="give one of both")
    at = trigger or algo.trigger
    if at is None:
        if "new_trigger_px" in own:
            return own
        raise ConfigError(f"OKX has not told what fires it: {algo}", hint="give trigger=, too")
    limit = at.limit if price is None else price
    now: dict[str, Any] = {"new_trigger_px": at.price, "new_trigger_px_type": at.by}
    if getattr(algo.raw, "advanceOrdType", None) != "chase":  # which has no price
        now["new_ord_px"] = -1 if limit is None else limit
    return now | own


def _check_words(algo: AlgoState, own: Mapping[str, Any], words: tuple[str, ...]) -> None:
    """Raise ``ConfigError`` for a word of which such an algo order has nothing to change."""
    wrong = [word for word in words if word in own]
    if wrong:
        what = "attached to an order" if algo.status == "attached" else f"of kind {algo.kind!r}"
        raise ConfigError(
            f"{', '.join(wrong)} cannot be changed of one {what}: {algo}", hint="take_profit=, stop_loss="
        )


def _check_sides_left(algo: AlgoState, sides: Mapping[str, Any]) -> None:
    """Raise ``ConfigError`` for a change that leaves no side, or gives an armed order of one side the other."""
    has = {side for side in _SIDES if getattr(algo, side) is not None}
    left = (has | sides.keys()) - {side for side, new in sides.items() if new == _ZERO}
    if sides and not left:
        raise ConfigError(f"nothing would be left of it: {algo}", hint="cancel() ends it")
