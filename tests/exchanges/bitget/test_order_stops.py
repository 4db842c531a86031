"""What an order of Bitget brings with it: words, contradictions, and the parameters that go out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import BitgetConfig, BitgetWsClient, ConfigError
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bitget.models import Order
from okx_sync.exchanges.bitget.order_sender import BitgetSender
from okx_sync.exchanges.bitget.trade import order_ops as classic_ops
from okx_sync.exchanges.bitget.v3 import order_ops as unified_ops
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from tests.each_case import each_case
from tests.exchanges.bitget.rest_server import KEY

ORDER = {"inst_id": "BTCUSDT", "side": "buy", "size": "0.01", "price": "60000"}
MARK = TriggerPrice(58000, by="mark", limit="57900")


def senders(protocol: Any) -> Iterator[BitgetSender]:
    with BitgetWsClient(BitgetConfig(credentials=KEY, protocol=protocol)) as client:  # which never connects
        yield BitgetSender(client)


@pytest.fixture(scope="module")
def classic() -> Iterator[BitgetSender]:
    """Of a classic account."""
    yield from senders("v2")


@pytest.fixture(scope="module")
def unified() -> Iterator[BitgetSender]:
    """Of a unified account."""
    yield from senders("v3")


def made(sender: BitgetSender, **words: Any) -> PreparedOrder:
    """An order of a contract with these words."""
    return sender.new_order(ORDER | words, lambda: "made")


def sent(sender: BitgetSender, new: PreparedOrder) -> dict[str, Any]:
    """The options with which ``place_order`` is called."""
    return sender._call(new)[1]


def test_presets_of_a_classic_account(classic: BitgetSender) -> None:
    """One algo order for each leg, without an id of ours; the limit of its order goes along."""
    new = made(classic, take_profit=TriggerPrice(66000, limit="65900"), stop_loss="58000")
    assert [(algo.kind, algo.leg, algo.side, algo.product, algo.client_order_id) for algo in new.attached] == [
        ("conditional", "take_profit", "sell", "USDT-FUTURES", None),
        ("conditional", "stop_loss", "sell", "USDT-FUTURES", None),
    ]  # fmt: skip
    assert sent(classic, new) == {
        "preset_stop_surplus_price": Decimal(66000), "preset_stop_surplus_execute_price": Decimal(65900),
        "preset_stop_loss_price": Decimal(58000),
    }  # fmt: skip


def test_a_unified_account_has_one_for_both(unified: BitgetSender) -> None:
    """It is fired by the last price or the mark price, and has no id of ours either."""
    new = made(unified, take_profit=66000, stop_loss=MARK)
    assert [(algo.kind, algo.leg, algo.client_order_id) for algo in new.attached] == [("oco", None, None)]
    assert sent(unified, new) == {
        "take_profit": Decimal(66000), "tp_trigger_by": "market", "tp_order_type": "market",
        "stop_loss": Decimal(58000), "sl_trigger_by": "mark", "sl_order_type": "limit",
        "sl_limit_price": Decimal(57900),
    }  # fmt: skip
    (alone,) = made(unified, stop_loss=MARK).attached
    assert (alone.kind, alone.leg, alone.stop_loss) == ("conditional", "stop_loss", MARK)


def test_bitgets_own_words_are_parts_of_the_same_thing(classic: BitgetSender, unified: BitgetSender) -> None:
    """Each way of saying it makes the same order."""
    own = made(unified, stop_loss=58000, sl_trigger_by="mark", sl_order_type="limit", sl_limit_price="57900")
    assert own == made(unified, stop_loss=MARK)
    own = made(classic, preset_stop_loss_price=58000, preset_stop_loss_execute_price="57900")
    assert own == made(classic, stop_loss=TriggerPrice(58000, limit=57900))


@each_case(
    ("words", "told"),
    [
        ({"stop_loss": 61000}, "must be below the price"),
        ({"stop_loss": 58000, "reduce_only": True}, "an order that closes"),
        ({"stop_loss": 62000, "side": "sell", "pos_side": "long"}, "an order that closes"),
        ({"side": "sell", "pos_side": "short", "reduce_only": True}, "opens, whatever reduce_only says"),
        ({"stop_loss": MARK, "sl_limit_price": 5}, "sl_limit_price is given beside a TriggerPrice"),
        ({"sl_limit_price": 57900}, "without stop_loss"),
        ({"stop_loss": 58000, "sl_trigger_by": "index"}, "sl_trigger_by cannot be 'index'"),
        ({"stop_loss": 58000, "sl_order_type": "limit"}, "contradicts"),
        ({"stop_loss": TriggerPrice(58000, by="index")}, "by the index price"),
        ({"stop_loss": 58000, "product": "SPOT"}, "only orders of futures"),
    ],
)
def test_what_a_unified_account_cannot_bring(unified: BitgetSender, words: dict[str, Any], told: str) -> None:
    """An order that would lose its stop is not sent."""
    with pytest.raises(ConfigError, match=told):
        made(unified, **words)


@each_case(
    ("words", "told"),
    [
        ({"stop_loss": MARK}, "which price fires the stop_loss"),
        ({"stop_loss": 58000, "preset_stop_loss_price": 58000}, "stop_loss"),
        ({"preset_stop_loss_execute_price": 57900}, "without stop_loss"),
        ({"stop_loss": 58000, "reduce_only": True}, "an order that closes"),
        ({"side": "sell", "pos_side": "short", "reduce_only": True}, "opens, whatever reduce_only says"),
        ({"stop_loss": 58000, "sl_trigger_by": "mark"}, "sl_trigger_by"),
    ],
)
def test_what_a_classic_account_cannot_bring(classic: BitgetSender, words: dict[str, Any], told: str) -> None:
    """V2 has no word for the price that fires; a word of V3 is none of it."""
    with pytest.raises(ConfigError, match=told):
        made(classic, **words)


def test_a_hedged_order_may_open_with_presets(classic: BitgetSender) -> None:
    """The side on the wire is the position's, the presets are the same."""
    new = made(classic, side="sell", pos_side="short", stop_loss=62000)
    assert sent(classic, new) == {"trade_side": "open", "preset_stop_loss_price": Decimal(62000)}


def state(**presets: str) -> OrderState:
    row = Order.from_wire({"instId": "BTCUSDT", "orderId": "9", "status": "live", **presets})
    return OrderState(
        inst_id="BTCUSDT", status="live", order_id="9", side="buy", size=Decimal(1), price=Decimal(5), raw=row
    )


def test_no_preset_is_lost_by_a_change(classic: BitgetSender) -> None:
    """A new price makes a new order, and one preset alone may take the other away: Bitget's page leaves both open."""
    brings = state(presetStopSurplusPrice="7", presetStopLossPrice="")
    with pytest.raises(ConfigError, match="may be lost"):
        classic.replacement(brings, None, Decimal(6), {})
    assert classic.replacement(state(presetStopSurplusPrice="", presetStopLossPrice="0"), None, Decimal(6), {})
    for one in state(presetStopSurplusPrice="7"), state(presetStopLossPrice="3"), OrderState(inst_id="BTCUSDT"):
        with pytest.raises(ConfigError, match="new_preset_stop_loss_price is missing"):
            classic.amend(one, None, None, {"new_preset_stop_surplus_price": 8})


def test_what_the_streams_have_no_sure_word_for_goes_by_rest() -> None:
    """V3's page spells both legs otherwise than REST does, V2's has no limit price of theirs."""
    order = {"category": "USDT-FUTURES", "symbol": "BTCUSDT", "qty": "1", "side": "buy", "orderType": "market"}
    ops = unified_ops.ops()
    assert ops["place-order"].frame(order, {}, int) is not None
    assert ops["place-order"].frame({**order, "stopLoss": "5"}, {}, int) is None
    assert ops["batch-place"].frame({"orders": [order, {**order, "takeProfit": "9"}]}, {}, int) is None
    assert ops["modify-order"].frame({"orderId": "9", "stopLoss": "0"}, {}, int) is None
    place = classic_ops.ops()["place-order"]
    order = {"productType": "USDT-FUTURES", "symbol": "BTCUSDT", "presetStopLossPrice": "5"}
    assert place.frame(order, {}, int) is not None
    assert place.frame({**order, "presetStopLossExecutePrice": "4"}, {}, int) is None
