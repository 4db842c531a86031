"""``new_algo``: an algo order in neutral words is right as a whole, or refused by the word that is not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from okx_sync.algo_types import TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.new_algo import NEW_ALGO_WORDS, AlgoRules, AlgoWords, new_algo
from tests.each_case import each_case
from tests.state.order_histories import BTC, D

RULES = AlgoRules(
    kinds={
        "conditional": AlgoWords((), {"size", "take_profit", "stop_loss", "reduce_only"}),
        "oco": AlgoWords({"take_profit", "stop_loss", "size"}),
        "trigger": AlgoWords({"trigger", "size"}, {"price", "take_profit", "stop_loss"}),
        "trailing_stop": AlgoWords({"size"}, {"callback_ratio", "callback_spread", "activation_price"}),
    },
    lacks={"chase": "amend a limit order yourself"},
    sources=("last", "mark"),
    client_id=re.compile(r"[a-z]{1,4}"),
    client_id_hint="up to 4 letters",
)


def made(kind: Any, **words: Any) -> PreparedAlgo:
    """The algo order of these words, on a side that exits a long position."""
    return new_algo({"kind": kind, "inst_id": BTC, "side": "sell", **words}, lambda: "made", RULES, "SWAP")


def test_each_kind_is_taken_exactly() -> None:
    """What is no neutral word is an option of the exchange's, and what is None was not given."""
    loss = made("conditional", stop_loss=TriggerPrice(90, by="mark"), reduce_only=True, td_mode="cross", tag=None)
    assert loss == PreparedAlgo(
        inst_id=BTC, kind="conditional", leg="stop_loss", side="sell", stop_loss=TriggerPrice(90, by="mark"),
        client_order_id="made", product="SWAP", options={"td_mode": "cross", "reduce_only": True},
    )  # fmt: skip
    both = made("OCO", size="2", take_profit="110", stop_loss=90, client_order_id="mine")
    assert (both.kind, both.leg, both.size, both.client_order_id) == ("oco", None, D(2), "mine")
    assert (both.take_profit, both.stop_loss) == (TriggerPrice(110), TriggerPrice(90))
    trigger = made("trigger", size=1, trigger=100, price="99.5", take_profit=80)
    assert (trigger.trigger, trigger.price, trigger.take_profit) == (TriggerPrice(100), D("99.5"), TriggerPrice(80))
    trail = made("trailing_stop", size=1, callback_ratio="0.01", activation_price=120)
    assert (trail.trigger, trail.options) == (TriggerPrice(120), {"callback_ratio": D("0.01")})


@each_case(
    ("words", "told"),
    [
        ({"kind": "stop"}, "kind cannot be 'stop'"),
        ({"kind": "twap"}, "no algo orders of the kind 'twap'"),
        ({"kind": "chase"}, "amend a limit order yourself"),
        ({"kind": "oco", "size": 1, "take_profit": 110}, "stop_loss is missing"),
        ({"kind": "oco", "size": 1, "take_profit": 90, "stop_loss": 110}, "must be above stop_loss"),
        ({"kind": "conditional"}, "a take_profit or a stop_loss"),
        ({"kind": "conditional", "take_profit": 110, "stop_loss": 90}, "a take_profit or a stop_loss"),
        ({"kind": "conditional", "stop_loss": 90, "price": 89}, "price is not for a conditional order"),
        ({"kind": "conditional", "stop_loss": 90, "reduce_only": "yes"}, "reduce_only must be True or False"),
        ({"kind": "conditional", "stop_loss": 90.5}, "money must be exact"),
        ({"kind": "conditional", "stop_loss": TriggerPrice(90, by="index")}, "by the index price"),
        ({"kind": "conditional", "stop_loss": 90, "inst_id": " "}, "inst_id cannot be"),
        ({"kind": "conditional", "stop_loss": 90, "side": "short"}, "side cannot be 'short'"),
        ({"kind": "conditional", "stop_loss": 90, "client_order_id": "NO"}, "up to 4 letters"),
        ({"kind": "conditional", "stop_loss": 90, "client_order_id": ""}, "client_order_id cannot be ''"),
        ({"kind": "trigger", "size": 1, "trigger": 100, "take_profit": 120}, "take_profit 120 must be below"),
        ({"kind": "trailing_stop", "size": 1, "callback_ratio": 1, "callback_spread": 2}, "are both given"),
        ({"kind": "trigger", "size": 1, "trigger": TriggerPrice(9, limit=8), "price": 7}, "contradict each other"),
        ({"kind": "trailing_stop", "callback_ratio": "0.1"}, "size is missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_right(words: dict[str, Any], told: str) -> None:
    """The error names the word, and nothing is made up for it."""
    with pytest.raises(ConfigError, match=re.escape(told)):
        made(**words)


def test_the_words_are_listed() -> None:
    """Every word that the rules speak of is one of the neutral ones."""
    spoken = {word for words in RULES.kinds.values() for word in words.needs | words.more}
    assert spoken | {"kind", "inst_id", "side", "client_order_id"} == set(NEW_ALGO_WORDS)
