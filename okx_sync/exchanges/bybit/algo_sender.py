"""Algo orders of ``ws.orders`` on Bybit: orders that wait go over the trade stream, stops of positions by REST."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from okx_sync.algo_types import AlgoLeg, PriceSource, TriggerPrice
from okx_sync.errors import ConfigError, OkxApiError, OkxError
from okx_sync.exchanges.bybit.algo_params import is_at_position, order_words, own_words, rules_of, stop_params
from okx_sync.exchanges.bybit.algo_words import LEGS, PRICES
from okx_sync.exchanges.bybit.attached_stops import trigger_params
from okx_sync.exchanges.bybit.order_sender import GONE, BybitSender
from okx_sync.exchanges.bybit.row_conversion import SIDES
from okx_sync.logs import get_logger
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.new_algo import new_algo
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.account.models import Position
    from okx_sync.exchanges.bybit.algo_queries import BybitAlgoQueries
    from okx_sync.exchanges.order_client import OrderClient

__all__ = ["BybitAlgoSender"]

log = get_logger("client")

_LOOKS_S: Final = (0.0, 0.1, 0.2, 0.4)
"""When the orders are asked for that Bybit makes of what is set at a position: they come a moment later."""
_FILTERS: Final = {"conditional": "tpslOrder", "trigger": "StopOrder"}


class BybitAlgoSender:
    """Sends algo orders (``AlgoSender``).

    Args:
        client: Sends changes of orders.
        orders: Sends orders.
        rest: Gives the client's REST client; None where nobody says where REST is.
        queries: Asks for algo orders; None where ``rest`` is.
    """

    def __init__(
        self, client: OrderClient, orders: BybitSender, rest: Callable[[], Any] | None, queries: BybitAlgoQueries | None
    ) -> None:
        self._client = client
        self._orders = orders
        self._rest = rest
        self._queries = queries

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        """Make the algo order that ``words`` ask for, neutral or Bybit's own; ``product`` as with orders.

        An order with a trigger is sent the way that the price must go: without ``trigger_direction`` a ticker is asked.

        Raises ``ConfigError`` for what cannot be right, or Bybit has nothing like; ``OkxError`` of the ticker.
        """
        from okx_sync.exchanges.bybit.rest_dialect import new_order_link_id  # streams alone do without REST

        told = own_words(words)
        product = self._orders.product_of(told)
        new = new_algo(told, new_order_link_id, rules_of(product), product)
        if not is_at_position(new):
            order = self._orders.new_order(order_words(new, self._price), new_order_link_id)
            return attrs.evolve(new, options={**order.options, "order_type": order.order_type})
        if told.get("client_order_id") is not None:
            raise ConfigError("client_order_id is not for a stop of a position", hint="Bybit gives it one of its own")
        if self._rest is None:
            raise ConfigError("a stop of a position is set by REST", hint="give the config rest_url=")
        return attrs.evolve(new, client_order_id=None, options=stop_params(new))

    def _price(self, category: str, inst_id: str, source: PriceSource) -> Decimal | None:
        """Return what a price is now; None where nobody can be asked."""
        rows = [] if self._rest is None else self._rest().market.get_tickers(category, inst_id)
        price: Decimal | None = getattr(rows[0], f"{source}Price") if rows else None
        return price

    # -- placing -----------------------------------------------------------------------------------------------------

    def place_algo(self, new: PreparedAlgo) -> str | None:
        """Send it; returns Bybit's id, if it is known."""
        return self._set(new) if is_at_position(new) else self._orders.place(_order_of(new))

    def _set(self, new: PreparedAlgo) -> str | None:
        """Set a stop at a position, and find the order that Bybit makes of it: it tells no id.

        A stop for the whole position takes the place of another one; a trailing stop that is there already is left.
        """
        rest, queries = _needed("rest", self._rest)(), _needed("queries", self._queries)
        _check_side(new, rest.position.get_positions(new.product, new.inst_id))
        is_whole = new.size is None
        before = {} if is_whole and new.kind != "trailing_stop" else self._ids(queries, new)
        if before and is_whole:
            there = ", ".join(before)
            raise ConfigError(f"the position has a trailing stop already: {there}", hint="amend or cancel that one")
        rest.position.set_trading_stop(**new.options)
        try:
            for delay in _LOOKS_S:
                rest.clock.sleep(delay)
                found = [algo_id for algo_id in self._ids(queries, new) if algo_id not in before]
                if found:
                    return found[0] if len(found) == 1 else None
        except OkxError as error:  # it is set all the same
            log.warning("the order that Bybit makes of a stop is not known yet: %s", error)
        return None

    def _ids(self, queries: BybitAlgoQueries, new: PreparedAlgo) -> dict[str, None]:
        """Return the orders that are what is asked for."""
        return dict.fromkeys(one.algo_id for one in queries.alike(new) if one.algo_id)

    # -- ending and changing -----------------------------------------------------------------------------------------

    def cancel_algo(self, algo: AlgoState) -> bool:
        """Ask for its end; False when it is gone.

        Raises ``ConfigError`` for one whose id is not known, and that belongs to no order.
        """
        if algo.algo_id or algo.client_order_id:
            return self._orders.cancel(_as_order(algo), **_filter(algo))
        if not algo.parent_order_id and not algo.parent_client_order_id:
            raise ConfigError(f"Bybit has not told which order it is: {algo}", hint="wait_armed() first")
        leg = LEGS[_needed("leg", algo.leg)]
        try:
            self._amend_parent(algo, {leg.param: 0})
        except OkxApiError as error:
            if error.code not in GONE:
                raise
            return False
        return True

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        """Ask for a change.

        Of what is attached to an order that order is changed; what waits is an order of its own. Raises ``ConfigError``
        for what Bybit cannot change: a trailing stop is set anew at its position.
        """
        if algo.kind == "trailing_stop":
            raise ConfigError(
                f"Bybit does not change a trailing stop: {algo}",
                hint="position.set_trading_stop of the REST client sets another one in its place: it is followed, too",
            )
        if algo.leg is not None and changes.get(algo.leg) == Decimal(0):
            _only(changes, {algo.leg}, algo)
            self.cancel_algo(algo)
        elif algo.algo_id or algo.client_order_id:
            params = _order_changes(algo, changes)
            category = {"category": algo.product} if algo.product else {}
            order_id = algo.algo_id
            link = None if order_id else algo.client_order_id
            self._client.amend_order(algo.inst_id, order_id, link, **category, **params)
        else:
            leg = _needed("leg", algo.leg)
            _only(changes, {leg, "timeout"}, algo)
            trigger = _needed(leg, changes.get(leg))
            _check_limit(algo, trigger, leg)
            params = _leg_params(algo, leg, trigger)
            self._amend_parent(algo, params | {word: changes[word] for word in changes if word == "timeout"})

    def _amend_parent(self, algo: AlgoState, params: Mapping[str, Any]) -> None:
        category = {"category": algo.product} if algo.product else {}
        link = None if algo.parent_order_id else algo.parent_client_order_id
        self._client.amend_order(algo.inst_id, algo.parent_order_id, link, **category, **params)


def _check_side(new: PreparedAlgo, positions: Iterable[Position]) -> None:
    """Raise ``ConfigError`` for a stop that does not close its position: Bybit is told no side, and takes the other."""
    index = new.options["position_idx"]
    for one in positions:
        held = SIDES.get(one.side)
        if one.positionIdx == index and one.size and held == new.side:
            word = "long" if held == "buy" else "short"
            raise ConfigError(f"the position in {new.inst_id} is {word}: a {new.side} order does not close it")


def _order_of(new: PreparedAlgo) -> PreparedOrder:
    """Return the order that waits."""
    trigger: TriggerPrice = getattr(new, new.leg or "trigger")
    options = dict(new.options)
    return PreparedOrder(
        inst_id=new.inst_id,
        side=_needed("side", new.side),
        size=_needed("size", new.size),
        order_type=options.pop("order_type"),
        client_order_id=_needed("client_order_id", new.client_order_id),
        price=trigger.limit if new.price is None else new.price,
        product=new.product,
        attached=_brought(new) if new.kind == "trigger" else (),
        options=options,
    )


def _brought(new: PreparedAlgo) -> tuple[PreparedAlgo, ...]:
    """Return what an order that waits brings with it."""
    legs: dict[Any, Any] = {leg: getattr(new, leg) for leg in LEGS if getattr(new, leg) is not None}
    one = PreparedAlgo(inst_id=new.inst_id, kind="conditional", product=new.product)
    return tuple(attrs.evolve(one, leg=leg, **{leg: trigger}) for leg, trigger in legs.items())


def _order_changes(algo: AlgoState, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a change of an order that waits."""
    own = dict(changes)
    name = algo.leg or "trigger"
    trigger: TriggerPrice | None = own.pop(name, None)
    made = _changes_of_brought(algo, own) if algo.kind == "trigger" else {}
    neutral = {"trigger", *LEGS} & own.keys()
    if neutral:
        raise ConfigError(f"{', '.join(sorted(neutral))} is not of this one: {algo}", hint=f"it has {name}")
    if trigger is not None:
        _check_limit(algo, trigger, name)
        made["trigger_price"] = trigger.price
        made |= {} if algo.product == "spot" else {"trigger_by": PRICES[trigger.by]}
        made |= {} if trigger.limit is None else {"price": trigger.limit}
    twice = made.keys() & own.keys()
    if twice:
        raise ConfigError(f"{', '.join(sorted(twice))} is given twice", hint=f"{name} says it already")
    return made | own


def _changes_of_brought(algo: AlgoState, own: dict[str, Any]) -> dict[str, Any]:
    """Take the changes of what an order that waits brings with it out of ``own``, and return their parameters."""
    made: dict[str, Any] = {}
    for leg, words in LEGS.items():
        told = own.pop(leg, None)
        if told == Decimal(0):
            made[words.param] = 0
        elif told is not None:
            _check_limit(algo, told, leg)
            made |= _leg_params(algo, leg, told)
    return made


def _leg_params(algo: AlgoState, leg: AlgoLeg, trigger: TriggerPrice) -> dict[str, Any]:
    """Return the parameters of a changed side; of a pair it is fired by the last price, and none says so."""
    made = trigger_params(leg, trigger, is_new=False)
    if algo.product == "spot":
        del made[LEGS[leg].by]
    return made


def _check_limit(algo: AlgoState, trigger: TriggerPrice, name: str) -> None:
    """Raise ``ConfigError`` where a market order would become a limit order, or the reverse."""
    now: TriggerPrice | None = getattr(algo, name)
    if now is not None and (now.limit is None) != (trigger.limit is None):
        kind = "a market" if now.limit is None else "a limit"
        raise ConfigError(
            f"it sends {kind} order, which Bybit does not change: {algo}",
            hint="TriggerPrice(price, limit=...) for one that sends a limit order; or cancel it, and place another one",
        )


def _only(changes: Mapping[str, Any], known: set[str], algo: AlgoState) -> None:
    """Raise ``ConfigError`` for a change that would be dropped."""
    others = sorted(changes.keys() - known)
    if others:
        raise ConfigError(
            f"Bybit cannot change {', '.join(others)} of it: {algo}",
            hint=f"only {', '.join(sorted(known - {'timeout'}))}",
        )


def _as_order(algo: AlgoState) -> OrderState:
    return OrderState(
        inst_id=algo.inst_id,
        order_id=algo.algo_id,
        client_order_id=algo.client_order_id,
        product=algo.product,
        raw=algo.raw,
    )


def _filter(algo: AlgoState) -> dict[str, str]:
    """Return what names the kind of an order of a pair, until its row does: without it Bybit looks for plain ones."""
    return {"order_filter": _FILTERS[algo.kind]} if algo.product == "spot" and algo.kind in _FILTERS else {}


def _needed(name: str, value: Any) -> Any:
    """Return what the check of the algo order made sure of."""
    if value is None:
        raise ConfigError(f"{name} is missing")
    return value
