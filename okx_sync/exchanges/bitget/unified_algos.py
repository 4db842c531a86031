"""Algo orders of a unified account (V3): strategy orders, which are trigger orders and exits of positions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import attrs

from okx_sync.algo_types import AlgoLeg, TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.algo_call import AlgoCall, AlgoOptions, needed
from okx_sync.exchanges.bitget.order_stops import LEGS, UNIFIED, WATCHED, leg_words
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.new_algo import AlgoRules, AlgoWords

__all__ = ["UnifiedAlgos", "merged_legs"]

_FUTURES: Final = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
_TO_CLOSE: Final = {"buy": "short", "sell": "long"}
_HELD: Final = ("long", "short")
_EXITS: Final = ("size", "take_profit", "stop_loss", "reduce_only")


class UnifiedAlgos:
    """What is asked of ``client.uta``."""

    rules: Final = AlgoRules(
        kinds={
            "conditional": AlgoWords((), _EXITS),
            "oco": AlgoWords(("take_profit", "stop_loss"), _EXITS),
            "trigger": AlgoWords(("trigger", "size"), ("price", "reduce_only")),
        },
        lacks={"trailing_stop": "Bitget's documents name none for unified accounts: classic ones have them"},
        sources=tuple(WATCHED),
        client_id=re.compile(r"[.A-Z:/a-z0-9_-]{1,32}"),
        client_id_hint="up to 32 letters, digits and .:/_-",
    )
    own_words: Final = frozenset({"pos_side"})

    def place(self, new: PreparedAlgo) -> AlgoCall:
        """Return the call that places it. Raises ``ConfigError`` for what V3 has no word for."""
        options = AlgoOptions(new.kind, new.options)
        held, reduce_only = options.one_of("pos_side", _HELD, None), options.pop("reduce_only")
        options.check_all_used()
        common = {"category": new.product, "symbol": new.inst_id, "client_oid": new.client_order_id, "qty": new.size}
        if new.kind == "trigger":
            return AlgoCall("place_strategy_order", common | _trigger(new, held, reduce_only))
        if new.product not in _FUTURES:
            raise ConfigError(f"an exit is of a position of futures, not of {new.product}", hint="kind='trigger'")
        closed = _TO_CLOSE[str(new.side)]
        if held not in (None, closed):
            raise ConfigError(f"a {new.side} does not close a {held} position", hint="side is the order's: it closes")
        if reduce_only is False:
            raise ConfigError("it closes a position: reduce_only=False cannot be", hint="leave it out")
        legs: dict[AlgoLeg, TriggerPrice | None] = {"take_profit": new.take_profit, "stop_loss": new.stop_loss}
        mode = "full" if new.size is None else "partial"
        words = {"type_": "tpsl", "tpsl_mode": mode, "pos_side": closed, **leg_words(legs, UNIFIED)}
        return AlgoCall("place_strategy_order", common | words)

    def amend(self, algo: AlgoState, changes: Mapping[str, Any]) -> AlgoCall:
        """Return the call that changes it; all of it is said anew. Raises ``ConfigError`` for what V3 cannot change."""
        options = AlgoOptions(algo.kind, changes)
        size = options.pop("size")
        if size is not None and algo.size is None:
            raise ConfigError("it is for all of the position, and has no size", hint="cancel it, and place another one")
        words = _changed_trigger(algo, options) if algo.kind == "trigger" else _changed_legs(algo, options)
        options.check_all_used()
        ids = {"order_id": algo.algo_id, "client_oid": None if algo.algo_id else algo.client_order_id}
        return AlgoCall("amend_strategy_order", {**ids, "qty": size or algo.size, **words})


def _trigger(new: PreparedAlgo, held: str | None, reduce_only: bool | None) -> dict[str, Any]:
    trigger: TriggerPrice = needed("trigger", new.trigger)
    words = {"type_": "trigger", "side": new.side, "pos_side": held, "reduce_only": reduce_only}
    return words | _trigger_words(trigger if new.price is None else attrs.evolve(trigger, limit=new.price))


def _trigger_words(trigger: TriggerPrice) -> dict[str, Any]:
    return {
        "trigger_price": trigger.price,
        "trigger_by": WATCHED[trigger.by],
        "trigger_order_type": "market" if trigger.limit is None else "limit",
        "trigger_order_price": trigger.limit,
    }


def _checked(name: str, trigger: TriggerPrice) -> TriggerPrice:
    if trigger.by not in WATCHED:
        raise ConfigError(f"{name} cannot be fired by the {trigger.by} price here", hint=" or ".join(WATCHED))
    return trigger


def _changed_trigger(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    price, asked = options.pop("price"), options.pop("trigger")
    now = algo.trigger
    trigger = _checked("trigger", needed("trigger", asked or now))
    if asked is not None and asked.limit is None and now is not None:  # its order stays what it is
        trigger = attrs.evolve(trigger, limit=now.limit)
    return _trigger_words(trigger if price is None else attrs.evolve(trigger, limit=price))


def merged_legs(algo: AlgoState, options: AlgoOptions) -> dict[AlgoLeg, TriggerPrice | None]:
    """Return both legs as they are to be; None of one that it has not, or that is taken away (0)."""
    found: dict[AlgoLeg, TriggerPrice | None] = {}
    for leg in LEGS:
        asked = options.pop(leg)
        found[leg] = getattr(algo, leg) if asked is None else asked if isinstance(asked, TriggerPrice) else None
        if isinstance(asked, TriggerPrice):
            _checked(leg, asked)
    return found


def _changed_legs(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    legs = merged_legs(algo, options)
    for leg in LEGS:
        if (legs[leg] is None) != (getattr(algo, leg) is None):
            raise ConfigError(f"{leg} can be changed, not added or taken away", hint="cancel it, and place another one")
    return leg_words(legs, UNIFIED)
