"""New algo orders of OKX: each kind with its words and no others, as it goes out."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from okx_sync import ConfigError
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.okx.algo.rest import Algo
from okx_sync.exchanges.okx.new_algo import call_of, new_algo

D = Decimal
PLACE = next(one for one in Algo.endpoints if one.name == "place_algo_order")
BASE = {"inst_id": "BTC-USDT-SWAP", "side": "Sell", "size": "2", "td_mode": "cross"}
TWAP = {"px_var": "0.001", "sz_limit": 1, "px_limit": "90000", "time_interval": 30}
ICEBERG = {"sz_limit": 1, "lmt_order_number": 2, "aggressiveness": "mid"}
CHASES = [{"chase_type": "distance", "chase_val": 0}]


def wire(kind: str, **words: Any) -> dict[str, Any]:
    """What goes out for an algo order, besides what all have; None takes a word away."""
    ids = (f"id{number}" for number in count(1))
    new = new_algo(
        {word: value for word, value in {"kind": kind, **BASE, **words}.items() if value is not None}, ids.__next__
    )
    params, _ = PLACE.to_wire(PLACE.bind((), call_of(new)))
    always = {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "sell", "algoClOrdId": "id1"}
    assert {name: params.pop(name) for name in always} == always
    return params


STOP = {"slTriggerPx": "58000", "slTriggerPxType": "mark", "slOrdPx": "57900"}
PROFIT = {"tpTriggerPx": "66000", "tpTriggerPxType": "last", "tpOrdPx": "-1"}
LOSS = TriggerPrice(58000, by="mark", limit=57900)


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("conditional", {"stop_loss": LOSS}, {"ordType": "conditional", "sz": "2", **STOP}),
        (
            "conditional",
            {"sl_trigger_px": 58000, "sl_trigger_px_type": "mark", "sl_ord_px": "57900"},
            {"ordType": "conditional", "sz": "2", **STOP},
        ),
        (
            "oco",
            {"take_profit": 66000, "stop_loss": LOSS, "size": None, "close_fraction": 1, "reduce_only": True}
            | {"stop_loss": 58000},
            {"ordType": "oco", "closeFraction": "1", "reduceOnly": True, **PROFIT}
            | {"slTriggerPx": "58000", "slTriggerPxType": "last", "slOrdPx": "-1"},
        ),
        (
            "trigger",
            {"trigger": 57000, "price": "56900", "take_profit": 50000, "side": "sell"},
            {"ordType": "trigger", "sz": "2", "triggerPx": "57000", "triggerPxType": "last", "orderPx": "56900"}
            | {
                "attachAlgoOrds": [
                    {"attachAlgoClOrdId": "id2", "tpTriggerPx": "50000", "tpTriggerPxType": "last", "tpOrdPx": "-1"}
                ]
            },
        ),
        (
            "trigger",
            {"trigger_px": 57000, "order_px": -1},
            {"ordType": "trigger", "sz": "2", "triggerPx": "57000", "triggerPxType": "last", "orderPx": "-1"},
        ),
        (
            "trigger",
            {"trigger": 57000, "advance_ord_type": "chase", "adv_chase_params": CHASES},
            {"ordType": "trigger", "sz": "2", "triggerPx": "57000", "triggerPxType": "last"}
            | {"advanceOrdType": "chase", "advChaseParams": [{"chaseType": "distance", "chaseVal": "0"}]},
        ),
        (
            "trailing_stop",
            {"callback_ratio": "0.01", "activation_price": 66000, "reduce_only": True},
            {"ordType": "move_order_stop", "sz": "2", "callbackRatio": "0.01", "activePx": "66000", "reduceOnly": True},
        ),
        (
            "trailing_stop",
            {"callback_spread": 100, "active_px": "66000"},
            {"ordType": "move_order_stop", "sz": "2", "callbackSpread": "100", "activePx": "66000"},
        ),
        (
            "twap",
            TWAP,
            {"ordType": "twap", "sz": "2", "pxVar": "0.001", "szLimit": "1", "pxLimit": "90000", "timeInterval": "30"},
        ),
        (
            "iceberg",
            ICEBERG,
            {"ordType": "smart_iceberg", "sz": "2", "szLimit": "1", "lmtOrderNumber": "2", "aggressiveness": "mid"},
        ),
        (
            "chase",
            {"chase_val": 5, "pos_side": "net"},
            {"ordType": "chase", "sz": "2", "chaseVal": "5", "posSide": "net"},
        ),
    ],
)
def test_each_kind_as_it_goes_out(kind: str, words: dict[str, Any], expected: dict[str, Any]) -> None:
    """In neutral words or in OKX's own."""
    assert wire(kind, **words) == expected


def test_the_facts_of_a_new_one_are_neutral() -> None:
    """Whichever words gave them: what fires it, its sides, and the price from which a trailing stop follows."""
    ids = iter(("one",)).__next__
    own = {"sl_trigger_px": 58000, "sl_trigger_px_type": "mark", "sl_ord_px": "57900", "algo_cl_ord_id": "mine"}
    new = new_algo({"kind": "conditional", **BASE, **own}, ids)
    assert (new.kind, new.leg, new.side, new.client_order_id) == ("conditional", "stop_loss", "sell", "mine")
    assert (new.size, new.stop_loss) == (D(2), LOSS)
    trail = new_algo({"kind": "trailing_stop", **BASE, "callback_ratio": "0.01", "activation_price": 66000}, ids)
    assert trail.trigger == TriggerPrice(66000)


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("stop", {}, "kind"),
        ("oco", {"take_profit": 66000}, "stop_loss is missing"),
        ("conditional", {"take_profit": 66000, "stop_loss": 58000}, "a take_profit or a stop_loss"),
        ("conditional", {}, "a take_profit or a stop_loss"),
        ("oco", {"take_profit": 58000, "stop_loss": 66000}, "must be above"),
        ("conditional", {"stop_loss": 58000, "sl_trigger_px": 1}, "again what is given"),
        ("conditional", {"sl_trigger_px": 1}, "sl_trigger_px and sl_ord_px go together"),
        ("conditional", {"stop_loss": 58000, "td_mode": None}, "td_mode is missing"),
        ("conditional", {"stop_loss": 58000, "size": None}, "size is missing"),
        ("conditional", {"stop_loss": 58000, "close_fraction": 1}, "close_fraction says the size"),
        ("conditional", {"stop_loss": LOSS, "size": None, "close_fraction": 1}, "closes at market"),
        ("conditional", {"stop_loss": 58000, "cxl_on_close_pos": True}, "reduce_only=True"),
        ("conditional", {"stop_loss": 58000, "callback_ratio": "0.1"}, "callback_ratio is not for a conditional"),
        ("conditional", {"stop_loss": 58000, "chase_val": 1}, "chase_val is not for a conditional"),
        ("conditional", {"stop_loss": 58000, "sz": 1}, "both size and sz"),
        ("conditional", {"stop_loss": 58000, "client_order_id": "no blanks"}, "client_order_id"),
        ("conditional", {"stop_loss": 0.1}, "float"),
        ("conditional", {"stop_loss": 58000, "ord_type": "oco"}, "ord_type"),
        ("trigger", {}, "trigger is missing"),
        ("trigger", {"trigger_px": 1}, "trigger_px and order_px go together"),
        ("trigger", {"trigger": 57000, "order_px": 1}, "again what is given"),
        ("trigger", {"trigger": TriggerPrice(57000, limit=1), "price": 2}, "the limit of trigger"),
        ("trigger", {"trigger": 57000, "reduce_only": True}, "reduce_only is not for a trigger"),
        ("trigger", {"trigger": 57000, "stop_loss": 56000}, "must be above"),
        ("trigger", {"trigger": 57000, "advance_ord_type": "chase"}, "go together"),
        ("trigger", {"trigger": 57000, "adv_chase_params": CHASES}, "go together"),
        (
            "trigger",
            {"trigger": 57000, "price": 1, "advance_ord_type": "chase", "adv_chase_params": CHASES},
            "a chase has no price",
        ),
        ("trigger", {"trigger": 57000, "take_profit": 1, "attach_algo_ords": [{}]}, "say the same"),
        ("trailing_stop", {}, "one of callback_ratio and callback_spread"),
        ("trailing_stop", {"callback_ratio": "0.1", "callback_spread": 1}, "both given"),
        ("trailing_stop", {"callback_ratio": "0.1", "trigger": 1}, "trigger is not for a trailing_stop"),
        ("twap", TWAP | {"px_spread": 1}, "one of px_var and px_spread"),
        ("twap", TWAP | {"sz_limit": None}, "sz_limit is missing"),
        ("twap", TWAP | {"time_interval": "soon"}, "time_interval"),
        ("iceberg", ICEBERG | {"aggressiveness": None}, "aggressiveness is missing"),
        ("iceberg", ICEBERG | {"reduce_only": True}, "reduce_only is not for a iceberg"),
        ("chase", {"max_chase_val": 1}, "go together"),
        ("chase", {"price": 1}, "price is not for a chase"),
    ],
)
def test_what_cannot_be_right_is_told_before_it_is_sent(kind: str, words: dict[str, Any], told: str) -> None:
    """What is missing, said twice, of another kind, or would be dropped."""
    with pytest.raises(ConfigError, match=told):
        wire(kind, **words)
