"""``new_order``: an order in neutral words is right as a whole, or refused by the word that is not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from okx_sync.algo_types import TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.new_order import NEW_ORDER_WORDS, OrderRules, new_order
from okx_sync.state.orders.order_state import PreparedOrder
from tests.state.order_histories import BTC, D

RULES = OrderRules(
    order_types={"limit": True, "post_only": True, "market": False},
    other_prices=("px_usd",),
    client_id=re.compile(r"[a-z]{1,4}"),
    client_id_hint="up to 4 letters",
)
RIGHT: dict[str, Any] = {"inst_id": BTC, "side": "buy", "size": "10", "price": 100}


def made(rules: OrderRules | None = RULES, **words: Any) -> PreparedOrder:
    """The order of ``RIGHT`` with these words."""
    given = RIGHT | words
    return new_order(given, lambda: "made") if rules is None else new_order(given, lambda: "made", rules)


def test_all_words_are_taken_exactly() -> None:
    """What is no neutral word is an option of the exchange's, and what is None was not given."""
    found = made(client_order_id="mine", expires_at=5, td_mode="cash", tag=None)
    assert found == PreparedOrder(
        inst_id=BTC, side="buy", size=D(10), price=D(100), order_type="limit", client_order_id="mine", expires_at=5,
        options={"td_mode": "cash"},
    )  # fmt: skip
    more = {"order_type", "client_order_id", "expires_at", "take_profit", "stop_loss"}
    assert RIGHT.keys() | more == set(NEW_ORDER_WORDS)


def test_the_type_follows_from_the_price() -> None:
    """With a price, by whatever word, it is a limit order; without one a market order."""
    assert made().order_type == "limit"
    assert made(price=None).order_type == "market"
    other = made(price=None, px_usd="7")
    assert (other.order_type, other.price, other.options) == ("limit", None, {"px_usd": "7"})


def test_words_are_read_without_regard_to_case() -> None:
    """And given out as the exchange's table has them."""
    found = made(side="SELL", order_type="Post_Only")
    assert (found.side, found.order_type) == ("sell", "post_only")


def test_an_order_without_an_id_of_ours_gets_one() -> None:
    """By it the order can be looked up when its answer is lost."""
    assert made(client_order_id=None).client_order_id == "made"


@pytest.mark.parametrize(
    ("words", "named", "hint"),
    [
        ({"inst_id": None}, "inst_id cannot be None", "the instrument's name as text"),
        ({"inst_id": " "}, "inst_id cannot be ' '", "the instrument's name as text"),
        ({"inst_id": 7}, "inst_id cannot be 7", "the instrument's name as text"),
        ({"side": None}, "side is missing", "one of: buy, sell"),
        ({"side": "long"}, "side cannot be 'long'", "one of: buy, sell"),
        ({"side": True}, "side cannot be True", "one of: buy, sell"),
        ({"size": None}, "size is missing", "give size="),
        ({"size": "0"}, "size must be above 0", None),
        ({"size": 0.1}, "size is a float", "give text or Decimal, as '0.1'"),
        ({"price": "-1"}, "price must be above 0", None),
        ({"order_type": "limt"}, "order_type cannot be 'limt'", "did you mean limit? one of: limit, post_only, market"),
        ({"order_type": "Post-Only"}, "order_type cannot", "did you mean post_only? one of: limit, post_only, market"),
        ({"order_type": "market"}, "price is not for a market order", "leave it out, or give order_type='limit'"),
        ({"order_type": "post_only", "price": None}, "price is missing: a post_only order", "give price= or px_usd="),
        ({"client_order_id": "LONG"}, "client_order_id cannot be 'LONG'", "up to 4 letters"),
        ({"client_order_id": "mine1"}, "client_order_id cannot be 'mine1'", "up to 4 letters"),
        ({"client_order_id": 7}, "client_order_id cannot be 7", "up to 4 letters"),
        ({"client_order_id": ""}, "client_order_id cannot be ''", "up to 4 letters"),
        ({"expires_at": "5"}, "expires_at cannot be '5'", "epoch milliseconds, as a whole number"),
        ({"expires_at": -5}, "expires_at cannot be -5", "epoch milliseconds, as a whole number"),
        ({"expires_at": True}, "expires_at cannot be True", "epoch milliseconds, as a whole number"),
    ],
)
def test_the_word_that_cannot_be_right_is_named(words: dict[str, Any], named: str, hint: str | None) -> None:
    """With the cure."""
    with pytest.raises(ConfigError, match=re.escape(named)) as caught:
        made(**words)
    assert caught.value.hint == hint


def test_without_rules_there_are_limit_and_market_orders() -> None:
    """And any id."""
    assert made(None, client_order_id="Anything goes!").client_order_id == "Anything goes!"
    with pytest.raises(ConfigError, match="order_type cannot be 'post_only'") as caught:
        made(None, order_type="post_only")
    assert caught.value.hint == "one of: limit, market"


TOGETHER = OrderRules(order_types={"limit": True, "market": False}, attaches="together")
APART = OrderRules(order_types={"limit": True, "market": False}, attaches="apart")


def test_a_take_profit_and_a_stop_loss_come_as_the_exchange_makes_them() -> None:
    """One algo order for both with an id of ours, or one for each without; they close what the order opens."""
    words = RIGHT | {"take_profit": "110", "stop_loss": TriggerPrice(90, by="mark", limit="89.5")}
    legs: dict[Any, Any] = {
        "take_profit": TriggerPrice("110"),
        "stop_loss": TriggerPrice("90", by="mark", limit="89.5"),
    }
    shared: dict[str, Any] = {"inst_id": BTC, "side": "sell"}
    both = PreparedAlgo(**shared, kind="oco", client_order_id="made", **legs)
    assert new_order(words, lambda: "made", TOGETHER).attached == (both,)
    each = tuple(PreparedAlgo(**shared, kind="conditional", leg=leg, **{leg: legs[leg]}) for leg in legs)
    assert new_order(words, lambda: "made", APART).attached == each
    only = new_order(RIGHT | {"side": "sell", "take_profit": "90"}, lambda: "made", TOGETHER).attached
    assert [(one.kind, one.leg, one.side, one.client_order_id) for one in only] == [
        ("conditional", "take_profit", "buy", "made")
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({"take_profit": 100}, "take_profit 100 must be above the price 100 of a buy order"),
        ({"stop_loss": 101}, "stop_loss 101 must be below the price 100 of a buy order"),
        ({"side": "sell", "take_profit": 101}, "take_profit 101 must be below the price 100 of a sell order"),
        ({"price": None, "take_profit": 90, "stop_loss": 91}, "take_profit 90 must be above stop_loss 91"),
        ({"take_profit": 110.5}, "take_profit is a float"),
        ({"stop_loss": 0}, "stop_loss must be above 0"),
    ],
)
def test_a_trigger_on_the_wrong_side_is_refused(words: dict[str, Any], text: str) -> None:
    """It would fire at once: the most expensive mistake of a bot."""
    with pytest.raises(ConfigError, match=text):
        new_order(RIGHT | words, lambda: "made", TOGETHER)


def test_orders_without_attached_ones_refuse_them() -> None:
    """A stop that is dropped is worse than an error."""
    with pytest.raises(ConfigError, match="stop_loss cannot be given with an order here"):
        made(stop_loss=90)
