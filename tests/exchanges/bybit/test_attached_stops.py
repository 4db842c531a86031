"""What an order of Bybit brings with it: words, contradictions, and the parameters that go out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import BybitConfig, BybitWsClient, ConfigError, Credentials
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bybit.attached_stops import attached_params
from okx_sync.exchanges.bybit.order_sender import BybitSender
from okx_sync.state.orders.order_state import PreparedOrder

ORDER = {"inst_id": "BTCUSDT", "side": "buy", "size": "0.01", "price": "60000"}


@pytest.fixture(scope="module")
def sender() -> Iterator[BybitSender]:
    """Of a client that never connects."""
    with BybitWsClient(BybitConfig(credentials=Credentials("key-1234", "secret"))) as client:
        yield BybitSender(client)


def made(sender: BybitSender, **words: Any) -> PreparedOrder:
    """An order of a contract with these words."""
    return sender.new_order(ORDER | words, lambda: "made")


def test_exits_of_a_contract_live_beside_those_of_the_position(sender: BybitSender) -> None:
    """One algo order for each leg, of the order's product; Partial, unless the user wants them for all of it."""
    new = made(sender, take_profit="66000", stop_loss=TriggerPrice(58000, by="mark", limit="57900"))
    assert [(algo.kind, algo.leg, algo.side, algo.product, algo.client_order_id) for algo in new.attached] == [
        ("conditional", "take_profit", "sell", "linear", None), ("conditional", "stop_loss", "sell", "linear", None),
    ]  # fmt: skip
    assert attached_params(new) == {
        "tpsl_mode": "Partial", "take_profit": Decimal(66000), "stop_loss": Decimal(58000), "sl_order_type": "Limit",
        "sl_trigger_by": "MarkPrice", "sl_limit_price": Decimal(57900),
    }  # fmt: skip
    full = made(sender, inst_id="BTCUSD", stop_loss="58000", tpsl_mode="Full")
    assert attached_params(full) == {"tpsl_mode": "Full", "stop_loss": Decimal(58000)}
    assert attached_params(made(sender)) == {}


def test_bybits_own_words_are_parts_of_the_same_thing(sender: BybitSender) -> None:
    """Each way of saying it makes the same order."""
    trigger = TriggerPrice("66000", by="index", limit="66010")
    own = made(sender, take_profit="66000", tp_trigger_by="IndexPrice", tp_order_type="Limit", tp_limit_price="66010")
    assert own == made(sender, take_profit=trigger)
    assert own.attached[0].take_profit == trigger
    assert made(sender, stop_loss=58000, sl_order_type="Market") == made(sender, stop_loss=TriggerPrice(58000))


def test_a_pair_has_no_mode(sender: BybitSender) -> None:
    """Its limit orders take both legs, fired by the last price."""
    new = made(sender, product="spot", take_profit=TriggerPrice(66000, limit=66010), stop_loss=58000)
    assert attached_params(new) == {
        "take_profit": Decimal(66000), "tp_order_type": "Limit", "tp_limit_price": Decimal(66010),
        "stop_loss": Decimal(58000),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({"tpsl_mode": "Full", "stop_loss": TriggerPrice(58000, limit=57900)}, "'Full' has market orders only"),
        ({"tpsl_mode": "Full"}, "without take_profit and stop_loss"),
        ({"tpsl_mode": "full", "stop_loss": 58000}, "tpsl_mode"),
        ({"tp_trigger_by": "MarkPrice"}, "tp_trigger_by is without take_profit"),
        ({"take_profit": TriggerPrice(66000), "tp_trigger_by": "MarkPrice"}, "says again what is in take_profit"),
        ({"take_profit": 66000, "tp_trigger_by": "mark"}, "tp_trigger_by"),
        ({"take_profit": 66000, "tp_order_type": "Stop"}, "tp_order_type"),
        ({"take_profit": 66000, "tp_order_type": "Limit"}, "contradicts tp_limit_price"),
        ({"take_profit": 66000, "tp_order_type": "Market", "tp_limit_price": 66010}, "contradicts tp_limit_price"),
        ({"take_profit": 66000, "reduce_only": True}, "only reduces"),
        ({"take_profit": 59000}, "must be above the price"),
        ({"take_profit": 66000.0}, "float"),
        ({"inst_id": "BTC-26MAR27-90000-C", "take_profit": 66000}, "not for option orders"),
        ({"product": "spot", "price": None, "take_profit": 66000}, "market order of a pair"),
        ({"product": "spot", "tpsl_mode": "Partial", "take_profit": 66000}, "not for pairs"),
        ({"product": "spot", "stop_loss": TriggerPrice(58000, by="mark")}, "last price only"),
    ],
)
def test_what_bybit_does_not_carry_out(sender: BybitSender, words: dict[str, Any], text: str) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ConfigError, match=text):
        made(sender, **words)
