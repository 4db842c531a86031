"""Algo orders of ``ws.orders`` on Bitget, which go by REST: plan orders of V2, strategy orders of V3.

What an order brings with it is changed by a change of the order, and goes the way that orders go.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from okx_sync.algo_types import AlgoLeg, TriggerPrice
from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.bitget.algo_call import AlgoCall, AlgoOptions, needed
from okx_sync.exchanges.bitget.classic_algos import ClassicAlgos
from okx_sync.exchanges.bitget.order_stops import CHANGES, LEGS, UNIFIED, leg_words
from okx_sync.exchanges.bitget.products import category_of, product_of
from okx_sync.exchanges.bitget.rest_error_codes import FAILURE, NOT_FOUND, TABLE
from okx_sync.exchanges.bitget.unified_algos import UnifiedAlgos, merged_legs
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.exchanges.product_words import said_product
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.new_algo import NEW_ALGO_WORDS, new_algo

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.algo_queries import BitgetAlgoQueries
    from okx_sync.exchanges.bitget.config import BitgetConfig
    from okx_sync.exchanges.bitget.groups import BitgetGroups
    from okx_sync.rest.endpoint import Endpoint

__all__ = ["BitgetAlgoSender"]

_GONE: Final = NOT_FOUND | {"22001", "40769", "45134"}
_OWN: Final = {"symbol": "inst_id", "client_oid": "client_order_id", "qty": "size"}


class BitgetAlgoSender:
    """Sends algo orders (``AlgoSender``).

    Args:
        rest: Gives the client's REST client.
        client: Sends changes of orders.
        config: The client's.
        queries: Ask what an order brings.
    """

    def __init__(
        self, rest: Callable[[], Any], client: OrderClient, config: BitgetConfig, queries: BitgetAlgoQueries
    ) -> None:
        self._rest = rest
        self._client = client
        self._guard = config.guard
        self._queries = queries
        self._is_classic = config.stream_protocol == "v2"
        self._classic, self._unified = ClassicAlgos(), UnifiedAlgos()

    @property
    def _groups(self) -> BitgetGroups:
        groups: BitgetGroups = self._rest()
        return groups

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        """Make the algo order that ``words`` ask for.

        Besides the neutral words there are ``product`` (``category``), ``pos_side`` in hedge mode, and on classic
        accounts ``margin_mode``, ``margin_coin``, ``stp_mode`` and ``plan_type``: a trailing stop is a ``track_plan``
        unless that says ``moving_plan``, which closes a part of a position.

        Raises ``ConfigError`` for what cannot be right, and what keeps the client from sending.
        """
        from okx_sync.rest.arguments import renamed  # streams alone do without REST

        told = dict(words)
        product = said_product(told)
        algos = self._classic if self._is_classic else self._unified
        told = renamed("place_algo", told, _OWN, algos.own_words | set(NEW_ALGO_WORDS))
        inst_id = told.get("inst_id")
        if product is None and isinstance(inst_id, str):
            product = product_of(inst_id) if self._is_classic else category_of(inst_id)
        new = new_algo(told, lambda: uuid.uuid4().hex, algos.rules, product)
        self._check(algos.place(new))
        return new

    def place_algo(self, new: PreparedAlgo) -> str | None:
        """Send it."""
        algos = self._classic if self._is_classic else self._unified
        receipt = self._run(algos.place(new))
        order_id: str | None = receipt.orderId
        return order_id

    def _check(self, call: AlgoCall) -> None:
        """Raise what the call would raise before it is sent."""
        from okx_sync.rest.encoding import json_body

        endpoint = self._endpoint(call)
        self._guard.check_read_only(endpoint.method, endpoint.path)
        params, _ = endpoint.to_wire(endpoint.bind((), _given(call)))
        self._guard.check_dry_run(endpoint.method, endpoint.path, json_body(params))

    def _endpoint(self, call: AlgoCall) -> Endpoint:
        from okx_sync.exchanges.bitget.mix.plan_rest import MixPlans
        from okx_sync.exchanges.bitget.uta.strategy_rest import UtaStrategy

        group = MixPlans if self._is_classic else UtaStrategy
        return next(one for one in group.endpoints if one.name == call.name)

    def _run(self, call: AlgoCall) -> Any:
        group = self._groups.mix if self._is_classic else self._groups.uta
        return getattr(group, call.name)(**_given(call))

    # -- ending --------------------------------------------------------------------------------------------------------

    def cancel_algo(self, algo: AlgoState) -> bool:
        """Ask for its end; False when it is gone.

        What an order brings is taken from it; what else that brings stays.
        """
        if _is_brought(algo):
            return self._change_order(algo, {leg: 0 for leg in LEGS if getattr(algo, leg) is not None})
        own_id = None if algo.algo_id else needed("its id", algo.client_order_id)
        try:
            if self._is_classic:
                return self._cancel_plan(algo, own_id)
            self._groups.uta.cancel_strategy_order(algo.algo_id, own_id)
        except OkxApiError as error:
            if error.code not in _GONE:
                raise
            return False
        return True

    def _cancel_plan(self, algo: AlgoState, own_id: str | None) -> bool:
        """Cancel one of V2. A refusal may come without a code: whether it is gone is asked then."""
        from okx_sync.exchanges.bitget.mix.requests import MixCancelOrder

        plan, product = self._classic.plan_type(algo), str(algo.product or product_of(algo.inst_id))
        rows = self._groups.mix.cancel_plan_orders(product, algo.inst_id, [MixCancelOrder(algo.algo_id, own_id)], plan)
        refused = next((row for row in rows if not row.ok), None)
        if refused is None:
            return True
        if refused.errorCode in _GONE:
            return False
        if refused.errorCode is None:
            found = self._queries.look_up_algo(algo)
            if found is not None and found.status in ("fired", "canceled", "failed"):
                return False
        raise TABLE.error_for(refused.errorCode or FAILURE, refused.errorMsg or "", environment="bitget")

    # -- changing ------------------------------------------------------------------------------------------------------

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        """Ask for a change.

        Bitget is told anew what stays, where its pages do not say that it does. A trailing stop takes
        ``callback_ratio``. Raises ``ConfigError`` for what Bitget cannot change.
        """
        if _is_brought(algo):
            if not self._change_order(algo, changes):
                raise ConfigError(f"its order is over: {algo}", hint="wait until it is armed or canceled")
            return
        needed("its id", algo.algo_id or algo.client_order_id)
        call = (self._classic if self._is_classic else self._unified).amend(algo, changes)
        self._check(call)
        self._run(call)

    def _change_order(self, algo: AlgoState, changes: Mapping[str, Any]) -> bool:
        """Change what an order brings, by changing the order; False when that is over.

        Both sides are named, as one alone may take the other away.
        """
        options = AlgoOptions(algo.kind, changes)
        words = self._presets(algo, options) if self._is_classic else _legs(algo, options)
        options.check_all_used()
        if words is None:
            return _over(algo)
        own_id = None if algo.parent_order_id else algo.parent_client_order_id
        product = {} if algo.product is None else {"category": algo.product}
        try:
            self._client.amend_order(algo.inst_id, algo.parent_order_id, own_id, **product, **words)
        except OkxApiError as error:
            if error.code not in _GONE:
                raise
            return _over(algo)
        return True

    def _presets(self, algo: AlgoState, options: AlgoOptions) -> dict[str, Any] | None:
        """Return the presets of V2 as they are to be; None where the order is over."""
        leg: AlgoLeg = needed("take_profit or stop_loss", algo.leg)
        asked = needed(leg, options.pop(leg))
        now: TriggerPrice | None = getattr(algo, leg)
        usual = "last" if now is None else now.by
        if isinstance(asked, TriggerPrice) and (asked.by != usual or asked.limit is not None):
            raise ConfigError(
                "a change of presets has a price, and neither by= nor limit=", hint=f"{leg}={asked.price}"
            )
        options.check_all_used()
        brought = self._queries.brought_by(algo)
        if brought is None:
            return None
        for other, trigger in brought.items():
            if trigger.limit is not None and not (other == leg and asked == 0):
                raise ConfigError(
                    f"the {other} of its order has a limit price, which a change of presets may lose",
                    hint="cancel the order, and place another one",
                )
        prices: dict[AlgoLeg, Any] = {other: trigger.price for other, trigger in brought.items()}
        prices[leg] = asked.price if isinstance(asked, TriggerPrice) else 0
        return {CHANGES[one]: price for one, price in prices.items()}


def _legs(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    """Return what an order of V3 is to bring: 0 takes a leg away."""
    legs = merged_legs(algo, options)
    removed = {UNIFIED[leg].price: 0 for leg in LEGS if legs[leg] is None and getattr(algo, leg) is not None}
    return leg_words(legs, UNIFIED) | removed


def _over(algo: AlgoState) -> bool:
    """Return False: its order is over. Raises ``ConfigError`` where that leaves open which algo order it became."""
    if algo.status == "unknown":
        raise ConfigError(f"it is not known which one it is: {algo}", hint="ws.orders.algos has all that are open")
    return False


def _is_brought(algo: AlgoState) -> bool:
    """Tell whether it belongs to an order that is not filled, as far as is known, and has no id."""
    is_child = algo.parent_order_id or algo.parent_client_order_id
    return algo.algo_id is None and algo.client_order_id is None and bool(is_child)


def _given(call: AlgoCall) -> dict[str, Any]:
    return {name: value for name, value in call.arguments.items() if value is not None}
