"""Algo orders of a classic account (V2): plan orders of futures, and take-profits and stop-losses of positions.

A trigger order and a trailing stop open or close; all others are on a position. In hedge mode ``pos_side`` says which
one, as with orders: the side is always the order's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from okx_sync.algo_types import AlgoKind, AlgoLeg, PriceSource, TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.algo_call import AlgoCall, AlgoOptions, needed
from okx_sync.exchanges.bitget.classic_orders import margin_coin
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.new_algo import AlgoRules, AlgoWords

__all__ = ["ClassicAlgos"]

_SOURCES: Final[dict[PriceSource, str]] = {"last": "fill_price", "mark": "mark_price"}
_HELD: Final = {"long": "buy", "short": "sell"}
_TO_CLOSE: Final = {"buy": "short", "sell": "long"}
_MOST_PERCENT: Final = 10
_PLANS: Final = {"pl": "normal_plan", "track": "track_plan", "mtpsl": "moving_plan", "tp": "profit_plan",
                 "sl": "loss_plan", "ptp": "pos_profit", "psl": "pos_loss"}  # fmt: skip
_OF_LEG: Final[dict[tuple[AlgoLeg | None, bool], str]] = {
    ("take_profit", False): "profit_plan",
    ("take_profit", True): "pos_profit",
    ("stop_loss", False): "loss_plan",
    ("stop_loss", True): "pos_loss",
}
_TRAILS: Final = ("track_plan", "moving_plan")
_LEG_WORDS: Final[dict[AlgoLeg, str]] = {"take_profit": "stop_surplus", "stop_loss": "stop_loss"}


class ClassicAlgos:
    """What is asked of ``client.mix``."""

    rules: Final = AlgoRules(
        kinds={
            "conditional": AlgoWords((), ("take_profit", "stop_loss", "size", "reduce_only")),
            "trigger": AlgoWords(("trigger", "size"), ("price", "take_profit", "stop_loss", "reduce_only")),
            "trailing_stop": AlgoWords(("callback_ratio", "activation_price", "size"), ("reduce_only",)),
        },
        lacks={
            "oco": "place two conditional ones: Bitget has one for each, and the end of the position ends both",
            **dict.fromkeys(("iceberg", "twap", "chase"), "it has conditional, trigger, trailing_stop"),
        },
        sources=tuple(_SOURCES),
        client_id=re.compile(r"[0-9A-Za-z+_#-]{1,50}"),
        client_id_hint="up to 50 letters, digits and -_+#",
    )
    own_words: Final = frozenset({"pos_side", "margin_mode", "margin_coin", "stp_mode", "plan_type"})

    def place(self, new: PreparedAlgo) -> AlgoCall:
        """Return the call that places it. Raises ``ConfigError`` for what V2 has no word for."""
        options = AlgoOptions(new.kind, new.options)
        plan = options.one_of("plan_type", _TRAILS, "track_plan") if new.kind == "trailing_stop" else None
        common: dict[str, Any] = {
            "symbol": new.inst_id,
            "product_type": new.product,
            "margin_coin": options.pop("margin_coin") or margin_coin(str(new.product), new.inst_id),
            "client_oid": new.client_order_id,
            "stp_mode": options.pop("stp_mode"),
        }
        if new.kind == "conditional" or plan == "moving_plan":
            call = AlgoCall("place_tpsl_order", common | _of_position(new, options))
        else:
            call = AlgoCall("place_plan_order", common | _plan(new, options))
        options.check_all_used()
        return call

    def amend(self, algo: AlgoState, changes: Mapping[str, Any]) -> AlgoCall:
        """Return the call that changes it. Raises ``ConfigError`` for what V2 does not change."""
        options = AlgoOptions(algo.kind, changes)
        plan = self.plan_type(algo)
        ids = {"symbol": algo.inst_id, "product_type": algo.product, "order_id": algo.algo_id}
        ids["client_oid"] = None if algo.algo_id else algo.client_order_id
        if plan in ("normal_plan", "track_plan"):
            words = _plan_changes(algo, options) if plan == "normal_plan" else _trail_changes(algo, options)
            call = AlgoCall("amend_plan_order", {"plan_type": plan, **ids, **words})
        else:
            words = _moving_changes(algo, options) if plan == "moving_plan" else _leg_changes(algo, options)
            coin = getattr(algo.raw, "marginCoin", None) or margin_coin(str(algo.product), algo.inst_id)
            call = AlgoCall("amend_tpsl_order", {**ids, "margin_coin": coin, **words})
        options.check_all_used()
        return call

    def plan_type(self, algo: AlgoState) -> str:
        """Return its plan type as REST has it."""
        told: str | None = getattr(algo.raw, "planType", None)
        if told:
            return _PLANS.get(told, told)
        plain: dict[AlgoKind | None, str] = {"trigger": "normal_plan", "trailing_stop": "track_plan"}
        return plain.get(algo.kind) or _OF_LEG[needed("take_profit or stop_loss", algo.leg), algo.size is None]


# -- placing -----------------------------------------------------------------------------------------------------------


def _of_position(new: PreparedAlgo, options: AlgoOptions) -> dict[str, Any]:
    """Return a take-profit, a stop-loss or a trailing stop of a position; without a size it is for all of it."""
    if options.pop("reduce_only") is False:
        raise ConfigError("it closes a position: reduce_only=False cannot be", hint="leave it out")
    held = options.one_of("pos_side", _HELD, None)
    closed = _TO_CLOSE[str(new.side)]
    if held not in (None, closed):
        raise ConfigError(f"a {new.side} does not close a {held} position", hint="side is the order's: it closes")
    where = {"hold_side": held or _HELD[closed]}
    if new.kind == "trailing_stop":
        trigger = needed("activation_price", new.trigger)
        kind = {"plan_type": "moving_plan", "trigger_price": trigger.price, "trigger_type": _SOURCES[trigger.by]}
        return {**where, **kind, "size": new.size, "range_rate": _percent(options.pop("callback_ratio"))}
    leg: TriggerPrice = needed("take_profit or stop_loss", new.take_profit or new.stop_loss)
    return {
        **where,
        "plan_type": _OF_LEG[new.leg, new.size is None],
        "size": new.size,
        "trigger_price": leg.price,
        "trigger_type": _SOURCES[leg.by],
        "execute_price": leg.limit,
    }


def _plan(new: PreparedAlgo, options: AlgoOptions) -> dict[str, Any]:
    """Return a trigger order or a trailing stop."""
    trigger: TriggerPrice = needed("trigger", new.trigger)
    price = new.price or trigger.limit
    held, reduce_only = options.one_of("pos_side", _HELD, None), options.pop("reduce_only")
    if held is not None and reduce_only:
        raise ConfigError("reduce_only is for one-way mode", hint="with pos_side the side says whether it closes")
    words: dict[str, Any] = {
        "plan_type": "normal_plan" if new.kind == "trigger" else "track_plan",
        "margin_mode": options.pop("margin_mode") or "crossed",
        "side": new.side if held is None else _HELD[held],
        "trade_side": None if held is None else "open" if _HELD[held] == new.side else "close",
        "order_type": "market" if price is None else "limit",
        "size": new.size,
        "trigger_price": trigger.price,
        "trigger_type": _SOURCES[trigger.by],
        "price": price,
        "reduce_only": reduce_only,
    }
    ratio = options.pop("callback_ratio")
    return words | _legs(new, "") | ({} if ratio is None else {"callback_ratio": _percent(ratio)})


def _legs(algo: PreparedAlgo | AlgoOptions, prefix: str) -> dict[str, Any]:
    """Return what the order of a trigger order will bring; a leg of 0 is taken away."""
    found: dict[str, Any] = {}
    for leg, name in _LEG_WORDS.items():
        trigger = algo.pop(leg) if isinstance(algo, AlgoOptions) else getattr(algo, leg)
        if isinstance(trigger, TriggerPrice):
            found[f"{prefix}{name}_trigger_price"] = trigger.price
            found[f"{prefix}{name}_trigger_type"] = _SOURCES[trigger.by]
            found[f"{prefix}{name}_execute_price"] = trigger.limit or (0 if prefix else None)
        elif trigger is not None:
            found[f"{prefix}{name}_trigger_price"] = 0
    return found


def _percent(ratio: Decimal | None) -> Decimal:
    """Return the distance of a trailing stop in percent. Raises ``ConfigError`` for one that is too wide."""
    percent = needed("callback_ratio", ratio) * 100
    if percent > _MOST_PERCENT:
        raise ConfigError(f"callback_ratio {ratio} is above 0.1, the most that Bitget takes", hint="0.01 is 1 %")
    return Decimal(percent)


# -- changing ----------------------------------------------------------------------------------------------------------


def _checked(name: str, trigger: TriggerPrice) -> TriggerPrice:
    if trigger.by not in _SOURCES:
        raise ConfigError(f"{name} cannot be fired by the {trigger.by} price here", hint=" or ".join(_SOURCES))
    return trigger


def _plan_changes(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    words: dict[str, Any] = {"new_size": options.pop("size"), "new_price": options.pop("price")}
    trigger = options.pop("trigger")
    if trigger is not None:
        _checked("trigger", trigger)
        words |= {"new_trigger_price": trigger.price, "new_trigger_type": _SOURCES[trigger.by]}
        words["new_price"] = words["new_price"] or trigger.limit
    for leg in _LEG_WORDS:
        if isinstance(asked := options.peek(leg), TriggerPrice):
            _checked(leg, asked)
    now = algo.trigger
    if words["new_price"] is not None and now is not None and now.limit is None:
        raise ConfigError("it sends a market order, which has no price", hint="cancel it, and place another one")
    return words | _legs(options, "new_")


def _trail_changes(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    """Return a change of a trailing stop; Bitget wants its distance with each of them."""
    ratio = options.pop("callback_ratio")
    percent = getattr(algo.raw, "callbackRatio", None) if ratio is None else _percent(ratio)
    if percent is None:
        raise ConfigError("callback_ratio is missing: Bitget needs it with any change", hint="0.01 is 1 %")
    words = {"new_callback_ratio": percent, "new_size": options.pop("size")}
    trigger = options.pop("trigger")
    if trigger is not None:
        _checked("trigger", trigger)
        words |= {"new_trigger_price": trigger.price, "new_trigger_type": _SOURCES[trigger.by]}
    return words


def _moving_changes(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    ratio, trigger = options.pop("callback_ratio"), options.pop("trigger") or algo.trigger
    words = {"trigger_price": _checked("trigger", needed("trigger", trigger)).price}
    words |= {} if ratio is None else {"range_rate": _percent(ratio)}
    return words | {"size": options.pop("size") or needed("size", algo.size)}


def _leg_changes(algo: AlgoState, options: AlgoOptions) -> dict[str, Any]:
    """Return a change of a take-profit or a stop-loss of a position: all of it is said anew."""
    leg: AlgoLeg = needed("take_profit or stop_loss", algo.leg)
    asked = options.pop(leg)
    if asked is not None and not isinstance(asked, TriggerPrice):
        raise ConfigError(f"{leg}=0 would leave nothing of it", hint="cancel() it")
    trigger: TriggerPrice = _checked(leg, needed(leg, asked or getattr(algo, leg)))
    size = options.pop("size")
    if size is not None and algo.size is None:
        raise ConfigError("it is for all of the position, and has no size", hint="cancel it, and place another one")
    return {
        "size": size or algo.size,
        "trigger_price": trigger.price,
        "trigger_type": _SOURCES[trigger.by],
        "execute_price": trigger.limit,
    }
