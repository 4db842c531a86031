"""A new algo order of Bybit: each kind as it goes out, and what is refused before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import responses

from okx_sync import BybitClient, BybitConfig, BybitWsClient, ConfigError, Credentials
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bybit.account_queries import BybitAccountQueries
from okx_sync.exchanges.bybit.algo_queries import BybitAlgoQueries
from okx_sync.exchanges.bybit.algo_sender import BybitAlgoSender
from okx_sync.exchanges.bybit.order_sender import BybitSender
from okx_sync.state.orders.algo_state import PreparedAlgo

SELL = {"inst_id": "BTCUSDT", "side": "sell", "size": "0.01"}
TRIGGER = {"kind": "trigger", **SELL, "trigger": 58000}
STOP = {"kind": "conditional", **SELL, "stop_loss": 58000}
TRAILING = {"kind": "trailing_stop", "inst_id": "BTCUSDT", "side": "sell", "callback_spread": 500}
TICKER = {"symbol": "BTCUSDT", "lastPrice": "60000", "markPrice": "57000", "indexPrice": "58000"}
CONFIG = BybitConfig(credentials=Credentials("key-1234", "secret"))


@pytest.fixture(scope="module")
def alone() -> Iterator[BybitAlgoSender]:
    """One that knows no REST, of a client that never connects."""
    with BybitWsClient(CONFIG) as client:
        yield BybitAlgoSender(client, BybitSender(client), None, None)


@pytest.fixture(scope="module")
def sender() -> Iterator[BybitAlgoSender]:
    """One whose REST tells the prices of the ticker above, and nothing else."""
    answer = {"retCode": 0, "retMsg": "OK", "result": {"category": "linear", "list": [TICKER]}, "time": 1}
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked, BybitWsClient(CONFIG) as client:
        mocked.get("https://api.bybit.com/v5/market/tickers", json.dumps(answer))
        with BybitClient(CONFIG) as rest:
            queries = BybitAlgoQueries(BybitAccountQueries(lambda: rest, "linear"), lambda: rest)
            yield BybitAlgoSender(client, BybitSender(client), lambda: rest, queries)


def made(sender: BybitAlgoSender, words: dict[str, Any], **more: Any) -> PreparedAlgo:
    """What comes of the words."""
    return sender.new_algo(words | more)


def test_an_order_with_a_trigger(sender: BybitAlgoSender) -> None:
    """The price that fires it tells which way it must go; it has an id of ours, and options of orders."""
    new = made(sender, TRIGGER, reduce_only=True)
    assert (new.kind, new.side, new.size, new.product) == ("trigger", "sell", Decimal("0.01"), "linear")
    assert len(new.client_order_id or "") == 32
    assert new.options == {
        "trigger_price": Decimal(58000), "trigger_direction": 2, "trigger_by": "LastPrice", "reduce_only": True,
        "category": "linear", "order_type": "market",
    }  # fmt: skip
    up = made(sender, TRIGGER, trigger=TriggerPrice(58000, by="mark"), price=57900, client_order_id="mine")
    assert (up.options["trigger_direction"], up.options["trigger_by"], up.client_order_id) == (1, "MarkPrice", "mine")
    assert (up.price, up.options["order_type"]) == (Decimal(57900), "limit")
    own = {"kind": "trigger", "symbol": "BTCUSDT", "side": "sell", "qty": "0.01", "trigger_price": 58000}
    assert made(sender, own, order_link_id="mine") == made(sender, TRIGGER, client_order_id="mine")
    assert made(sender, TRIGGER, inst_id="BTCUSD").options["category"] == "inverse"
    with pytest.raises(ConfigError, match="is 58000 already"):
        made(sender, TRIGGER, trigger=TriggerPrice(58000, by="index"))


def test_where_no_price_is_known(alone: BybitAlgoSender) -> None:
    """Only the user can say which way it must go, and nothing can be set at a position."""
    with pytest.raises(ConfigError, match="the last price of BTCUSDT is not known") as refused:
        made(alone, TRIGGER)
    assert "trigger_direction" in str(refused.value.hint)
    assert made(alone, TRIGGER, trigger_direction=1).options["trigger_direction"] == 1
    for words in (STOP, TRAILING):
        with pytest.raises(ConfigError, match="set by REST"):
            made(alone, words)


def test_orders_of_pairs(alone: BybitAlgoSender) -> None:
    """A trigger holds nothing until it fires, a stop holds what it would sell; the last price fires both."""
    new = made(alone, TRIGGER, product="spot")
    assert new.options == {
        "category": "spot", "order_filter": "StopOrder", "trigger_price": Decimal(58000), "order_type": "market",
    }  # fmt: skip
    stop = made(alone, STOP, product="spot", stop_loss=TriggerPrice(58000, limit=57900), client_order_id="mine")
    assert (stop.kind, stop.leg, stop.stop_loss) == ("conditional", "stop_loss", TriggerPrice(58000, limit=57900))
    assert (stop.trigger, stop.client_order_id) == (None, "mine")
    assert stop.options == {
        "category": "spot", "order_filter": "tpslOrder", "trigger_price": Decimal(58000), "order_type": "limit",
    }  # fmt: skip


def test_a_stop_of_a_position(sender: BybitAlgoSender) -> None:
    """Of a size it is added to those that the position has; for all of it the user says so."""
    new = made(sender, STOP, position_idx=1, stop_loss=TriggerPrice(58000, by="mark", limit="57900"))
    assert (new.kind, new.leg, new.size, new.client_order_id) == ("conditional", "stop_loss", Decimal("0.01"), None)
    assert new.options == {
        "category": "linear", "symbol": "BTCUSDT", "position_idx": 1, "tpsl_mode": "Partial",
        "stop_loss": Decimal(58000), "sl_size": Decimal("0.01"), "sl_trigger_by": "MarkPrice", "sl_order_type": "Limit",
        "sl_limit_price": Decimal(57900),
    }  # fmt: skip
    full = made(sender, STOP, stop_loss=None, take_profit=66000, size=None, tpsl_mode="Full")
    assert (full.size, full.options["tpsl_mode"], full.options["take_profit"]) == (None, "Full", Decimal(66000))
    assert "tp_size" not in full.options


def test_a_trailing_stop(sender: BybitAlgoSender) -> None:
    """A distance, and the price from which on it follows."""
    new = made(sender, TRAILING, activation_price="61000", reduce_only=True)
    assert (new.kind, new.size, new.trigger, new.client_order_id) == ("trailing_stop", None, TriggerPrice(61000), None)
    assert new.options == {
        "category": "linear", "symbol": "BTCUSDT", "position_idx": 0, "tpsl_mode": "Full",
        "trailing_stop": Decimal(500), "active_price": Decimal(61000),
    }  # fmt: skip
    own = {"kind": "trailing_stop", "symbol": "BTCUSDT", "side": "sell", "trailing_stop": 500}
    assert made(sender, own) == made(sender, TRAILING)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (TRIGGER | {"kind": "oco"}, "of the kind 'oco'"),
        (TRIGGER | {"kind": "twap"}, "of the kind 'twap'"),
        (TRIGGER | {"kind": "stop"}, "kind"),
        (TRIGGER | {"trigger": None}, "trigger is missing"),
        (TRIGGER | {"trigger": 58000.0}, "float"),
        (TRIGGER | {"size": None}, "size is missing"),
        (TRIGGER | {"side": "Verkauf"}, "side"),
        (TRIGGER | {"take_profit": 66000}, "take_profit 66000 must be below the price 58000"),
        (TRIGGER | {"take_profit": 56000, "reduce_only": True}, "not for an order that only reduces"),
        (TRIGGER | {"callback_spread": 500}, "callback_spread is not for a trigger order"),
        (TRIGGER | {"trigger": TriggerPrice(58000, limit=57900), "price": 57800}, "contradict each other"),
        (TRIGGER | {"trigger_price": 58000}, "both given"),
        (TRIGGER | {"order_type": "limit"}, "price is missing"),
        (TRIGGER | {"tpsl_mode": "Full"}, "tpsl_mode is given without"),
        (TRIGGER | {"order_filter": "StopOrder"}, "takes no 'order_filter'"),
        (TRIGGER | {"product": "spot", "trigger": TriggerPrice(58000, by="mark")}, "by the mark price"),
        (TRIGGER | {"inst_id": "BTC-26MAR27-90000-C"}, "no algo orders for option"),
        (STOP | {"take_profit": 66000}, "a take_profit or a stop_loss"),
        (STOP | {"stop_loss": None}, "a take_profit or a stop_loss"),
        (STOP | {"size": None}, "size and tpsl_mode"),
        (STOP | {"tpsl_mode": "Full"}, "size and tpsl_mode"),
        (STOP | {"tpsl_mode": "full"}, "tpsl_mode"),
        (
            STOP | {"size": None, "tpsl_mode": "Full", "stop_loss": TriggerPrice(58000, limit=57900)},
            "market orders only",
        ),
        (STOP | {"size": 0}, "size must be above 0"),
        (STOP | {"client_order_id": "mine"}, "client_order_id is not for"),
        (STOP | {"price": 57900}, "price is not for a conditional order"),
        (STOP | {"reduce_only": False}, "reduce_only cannot be False"),
        (STOP | {"position_idx": 3}, "position_idx"),
        (STOP | {"trigger_by": "MarkPrice"}, "takes no 'trigger_by'"),
        (STOP | {"inst_id": ""}, "inst_id cannot be"),
        (TRAILING | {"callback_ratio": "0.01"}, "callback_ratio is not for"),
        (TRAILING | {"callback_spread": None}, "callback_spread is missing"),
        (TRAILING | {"size": "0.01"}, "size is not for a trailing_stop order"),
        (TRAILING | {"product": "spot"}, "of the kind 'trailing_stop'"),
    ],
)
def test_what_bybit_does_not_carry_out(sender: BybitAlgoSender, words: dict[str, Any], text: str) -> None:
    """It is refused, and nothing is imitated."""
    with pytest.raises(ConfigError, match=text):
        made(sender, {word: value for word, value in words.items() if value is not None})
