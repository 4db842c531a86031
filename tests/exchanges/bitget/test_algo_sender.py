"""Algo orders of Bitget: what is sent for each kind on both kinds of account, and what is refused before that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest
import responses

from okx_sync import BitgetConfig, BitgetWsClient, ConfigError, DryRun, OkxApiError, ReadOnlyError
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bitget.algo_queries import ClassicAlgoQueries, UnifiedAlgoQueries
from okx_sync.exchanges.bitget.algo_sender import BitgetAlgoSender
from okx_sync.exchanges.bitget.trade.models import AlgoOrder
from okx_sync.state.orders.algo_state import AlgoState
from tests.each_case import each_case
from tests.exchanges.bitget.rest_server import HOST, KEY, ok, refusal, sent

MIX, UTA = f"{HOST}/api/v2/mix/order", f"{HOST}/api/v3/trade"
EXIT = {"inst_id": "BTCUSDT", "side": "sell"}
MARK = TriggerPrice(58000, by="mark", limit="57900")
LOSS = AlgoState(
    inst_id="BTCUSDT", status="armed", algo_id="77", kind="conditional", leg="stop_loss", side="sell",
    stop_loss=MARK, size=Decimal("0.1"), product="USDT-FUTURES",
)  # fmt: skip
BOTH = attrs.evolve(LOSS, kind="oco", leg=None, take_profit=TriggerPrice(66000), size=None)

Make = Callable[..., BitgetAlgoSender]


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def sender() -> Iterator[Make]:
    """Makes the sender of a client whose streams never connect."""
    clients: list[BitgetWsClient] = []

    def make(protocol: Any = "v2", **settings: Any) -> BitgetAlgoSender:
        client = BitgetWsClient(BitgetConfig(credentials=KEY, protocol=protocol, **settings), orders_by="rest")
        clients.append(client)
        queries: Any = UnifiedAlgoQueries(client._rest)
        if protocol == "v2":
            queries = ClassicAlgoQueries(client._rest, ["USDT-FUTURES"])
        return BitgetAlgoSender(client._rest, client, client.config, queries)

    yield make
    for client in clients:
        client.close()


def placed(sender: BitgetAlgoSender, server: responses.RequestsMock, url: str, **words: Any) -> dict[str, Any]:
    """What goes out for an algo order of these words."""
    server.post(url, json=ok({"orderId": "77", "clientOid": "mine"}))
    new = sender.new_algo({"inst_id": "BTCUSDT", "side": "sell", "client_order_id": "mine", **words})
    assert sender.place_algo(new) == "77"
    body = sent(server)
    for name, value in {"symbol": "BTCUSDT", "clientOid": "mine"}.items():
        assert body.pop(name) == value
    return body  # type: ignore[no-any-return]


def test_exits_of_positions_of_a_classic_account(sender: Make, server: responses.RequestsMock) -> None:
    """Each is one plan order: of a part by its size, of all of it without; in one-way mode a long position is "buy"."""
    place = f"{MIX}/place-tpsl-order"
    shared = {"productType": "USDT-FUTURES", "marginCoin": "USDT"}
    body = placed(sender(), server, place, kind="conditional", size="0.1", stop_loss=MARK, reduce_only=True)
    assert body == shared | {
        "planType": "loss_plan", "holdSide": "buy", "size": "0.1", "triggerPrice": "58000",
        "triggerType": "mark_price", "executePrice": "57900",
    }  # fmt: skip
    body = placed(sender(), server, place, kind="conditional", take_profit=66000, pos_side="long")
    assert body == shared | {
        "planType": "pos_profit", "holdSide": "long", "triggerPrice": "66000", "triggerType": "fill_price",
    }  # fmt: skip
    trail = {"size": 1, "callback_ratio": "0.02", "activation_price": 70000}
    body = placed(sender(), server, place, kind="trailing_stop", plan_type="moving_plan", **trail)
    assert body == shared | {
        "planType": "moving_plan", "holdSide": "buy", "size": "1", "triggerPrice": "70000",
        "triggerType": "fill_price", "rangeRate": "2.00",
    }  # fmt: skip


def test_plan_orders_of_a_classic_account(sender: Make, server: responses.RequestsMock) -> None:
    """A trigger order with what its order brings, and a trailing stop in percent; in hedge mode the side is turned."""
    place = f"{MIX}/place-plan-order"
    shared = {"productType": "USDT-FUTURES", "marginMode": "crossed", "marginCoin": "USDT", "size": "1"}
    body = placed(
        sender(), server, place, kind="trigger", size=1, price=59000, trigger=TriggerPrice(59500, by="mark"),
        side="buy", stop_loss=TriggerPrice(50000, limit=49900),
    )  # fmt: skip
    assert body == shared | {
        "planType": "normal_plan", "side": "buy", "orderType": "limit", "price": "59000", "triggerPrice": "59500",
        "triggerType": "mark_price", "stopLossTriggerPrice": "50000", "stopLossTriggerType": "fill_price",
        "stopLossExecutePrice": "49900",
    }  # fmt: skip
    trail = {"callback_ratio": "0.02", "activation_price": 70000}
    body = placed(sender(), server, place, kind="trailing_stop", size=1, pos_side="long", **trail)
    assert body == shared | {
        "planType": "track_plan", "side": "buy", "tradeSide": "close", "orderType": "market", "callbackRatio": "2.00",
        "triggerPrice": "70000", "triggerType": "fill_price",
    }  # fmt: skip


def test_strategy_orders_of_a_unified_account(sender: Make, server: responses.RequestsMock) -> None:
    """Both exits are one order; the position is named in one-way mode, too."""
    place, shared = f"{UTA}/place-strategy-order", {"category": "USDT-FUTURES"}
    both = {"stop_loss": MARK, "take_profit": 66000}
    assert placed(sender("v3"), server, place, kind="oco", **both) == shared | {
        "type": "tpsl", "tpslMode": "full", "posSide": "long", "takeProfit": "66000", "tpTriggerBy": "market",
        "tpOrderType": "market", "stopLoss": "58000", "slTriggerBy": "mark", "slOrderType": "limit",
        "slLimitPrice": "57900",
    }  # fmt: skip
    body = placed(sender("v3"), server, place, kind="conditional", take_profit=50000, side="buy", size="0.1")
    assert (body["tpslMode"], body["posSide"], body["qty"]) == ("partial", "short", "0.1")
    assert placed(
        sender("v3"), server, place, kind="trigger", size="0.1", trigger=59500, price=59000, reduce_only=True
    ) == shared | {
        "type": "trigger", "side": "sell", "qty": "0.1", "reduceOnly": "yes", "triggerPrice": "59500",
        "triggerBy": "market", "triggerOrderType": "limit", "triggerOrderPrice": "59000",
    }  # fmt: skip


@each_case(
    ("protocol", "words", "told"),
    [
        ("v2", {"kind": "oco", "take_profit": 66000, "stop_loss": 58000}, "place two conditional ones"),
        ("v2", {"kind": "twap"}, "it has conditional, trigger, trailing_stop"),
        ("v2", {"kind": "trailing_stop", "size": 1, "callback_ratio": "0.2", "activation_price": 9}, "above 0.1"),
        ("v2", {"kind": "trailing_stop", "size": 1, "callback_ratio": "0.01"}, "activation_price is missing"),
        ("v2", {"kind": "conditional", "stop_loss": 58000, "pos_side": "short"}, "does not close a short position"),
        ("v2", {"kind": "conditional", "stop_loss": 58000, "margin_mode": "crossed"}, "margin_mode is not for"),
        ("v2", {"kind": "conditional", "stop_loss": 58000, "reduce_only": False}, "reduce_only=False cannot be"),
        ("v2", {"kind": "conditional", "stop_loss": 58000, "stop": 1}, "stop"),
        ("v2", {"kind": "conditional", "stop_loss": TriggerPrice(5, by="index")}, "by the index price"),
        ("v2", {"kind": "trigger", "trigger": 9, "size": 1, "pos_side": "long", "reduce_only": True}, "one-way mode"),
        ("v2", {"kind": "trigger", "trigger": 9, "size": 1, "product": "SPOT"}, "client.spot.place_plan_order"),
        ("v2", {"kind": "trigger", "trigger": 9, "size": 1, "client_order_id": ""}, "client_order_id cannot be ''"),
        ("v3", {"kind": "trailing_stop", "size": 1, "callback_ratio": "0.01"}, "classic ones have them"),
        ("v3", {"kind": "trigger", "trigger": 9, "size": 1, "pos_side": "short", "reduce_only": True}, "opens"),
        ("v3", {"kind": "conditional", "stop_loss": 58000, "product": "SPOT"}, "position of futures"),
        ("v3", {"kind": "conditional", "stop_loss": 58000, "pos_side": "short"}, "does not close a short position"),
        ("v3", {"kind": "trigger", "trigger": 9, "size": 1, "take_profit": 5}, "take_profit is not for a trigger"),
        ("v3", {"kind": "trigger", "trigger": TriggerPrice(9, by="index"), "size": 1}, "by the index price"),
        ("v3", {"kind": "conditional", "stop_loss": 5, "client_order_id": "no+"}, "up to 32 letters"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_is_not_sent(sender: Make, protocol: str, words: dict[str, Any], told: str) -> None:
    """Nothing is imitated, and no word is dropped."""
    with pytest.raises(ConfigError, match=told):
        sender(protocol).new_algo(EXIT | words)


def test_the_switches_hold(sender: Make) -> None:
    """A client that only reads, or runs dry, makes no record of what it does not send."""
    words = EXIT | {"kind": "conditional", "stop_loss": 58000}
    with pytest.raises(ReadOnlyError):
        sender(read_only=True).new_algo(words)
    with pytest.raises(DryRun, match="place-strategy-order"):
        sender("v3", dry_run=True).new_algo(words)


def canceled(sender: BitgetAlgoSender, server: responses.RequestsMock, answer: Any, algo: AlgoState = LOSS) -> bool:
    server.post(f"{MIX}/cancel-plan-order", json=ok(answer))
    return sender.cancel_algo(algo)


def test_a_plan_order_is_ended_by_its_kind(sender: Make, server: responses.RequestsMock) -> None:
    """Bitget looks for trigger orders alone where it is not told the plan type, which the stream spells otherwise."""
    done = {"successList": [{"orderId": "77", "clientOid": "c"}], "failureList": []}
    assert canceled(sender(), server, done)
    assert sent(server) == {
        "productType": "USDT-FUTURES", "symbol": "BTCUSDT", "orderIdList": [{"orderId": "77"}],
        "planType": "loss_plan",
    }  # fmt: skip
    row = AlgoOrder.from_wire({"planType": "mtpsl"})
    assert canceled(sender(), server, done, attrs.evolve(LOSS, raw=row, algo_id=None, client_order_id="c"))
    assert (sent(server)["planType"], sent(server)["orderIdList"]) == ("moving_plan", [{"clientOid": "c"}])


def test_a_refused_end_is_gone_or_an_error(sender: Make, server: responses.RequestsMock) -> None:
    """Where Bitget tells no code, the order itself tells whether it is over."""
    row = {"orderId": "77", "clientOid": "", "errorMsg": "no"}
    assert not canceled(sender(), server, {"successList": [], "failureList": [{**row, "errorCode": "43025"}]})
    page: dict[str, Any] = {"entrustedList": [], "endId": None}
    server.get(f"{MIX}/orders-plan-pending", json=ok(page))
    over = {"orderId": "77", "symbol": "BTCUSDT", "planType": "loss_plan", "planStatus": "executed"}
    server.get(f"{MIX}/orders-plan-history", json=ok({"entrustedList": [over], "endId": None}))
    assert not canceled(sender(), server, {"successList": [], "failureList": [row]})
    server.replace(responses.GET, f"{MIX}/orders-plan-history", json=ok(page))
    with pytest.raises(OkxApiError, match="no"):
        canceled(sender(), server, {"successList": [], "failureList": [row]})


def test_a_strategy_order_is_ended(sender: Make, server: responses.RequestsMock) -> None:
    """By one of its ids; one that is gone is no error."""
    server.post(f"{UTA}/cancel-strategy-order", json=ok(None))
    assert sender("v3").cancel_algo(LOSS)
    assert sent(server) == {"orderId": "77"}
    server.post(f"{UTA}/cancel-strategy-order", json=refusal("25204"), status=400)
    assert not sender("v3").cancel_algo(LOSS)


def amended(sender: BitgetAlgoSender, server: responses.RequestsMock, url: str, algo: AlgoState, **changes: Any) -> Any:
    named = algo.algo_id or algo.parent_order_id
    server.post(url, json=ok({"orderId": named, "clientOid": "mine"}))
    sender.amend_algo(algo, changes)
    return sent(server)


def test_changes_of_what_waits(sender: Make, server: responses.RequestsMock) -> None:
    """All of a stop is said anew, of a plan order what changes; of a trailing stop its distance goes along."""
    body = amended(sender(), server, f"{MIX}/modify-tpsl-order", LOSS, stop_loss=TriggerPrice(57000))
    assert body == {
        "symbol": "BTCUSDT", "productType": "USDT-FUTURES", "marginCoin": "USDT", "orderId": "77", "size": "0.1",
        "triggerPrice": "57000", "triggerType": "fill_price",
    }  # fmt: skip
    whole = attrs.evolve(LOSS, size=None)
    body = amended(sender(), server, f"{MIX}/modify-tpsl-order", whole, stop_loss=MARK)
    assert (body["size"], body["executePrice"], body["triggerType"]) == ("", "57900", "mark_price")
    plan = attrs.evolve(LOSS, kind="trigger", leg=None, stop_loss=None, trigger=TriggerPrice(5, limit=4))
    url = f"{MIX}/modify-plan-order"
    body = amended(sender(), server, url, plan, size=Decimal(2), trigger=TriggerPrice(6), stop_loss=Decimal(0))
    assert body == {
        "planType": "normal_plan", "symbol": "BTCUSDT", "productType": "USDT-FUTURES", "orderId": "77",
        "newSize": "2", "newTriggerPrice": "6", "newTriggerType": "fill_price", "newStopLossTriggerPrice": "0",
    }  # fmt: skip
    trail = attrs.evolve(plan, kind="trailing_stop", raw=AlgoOrder.from_wire({"planType": "track"}))
    body = amended(sender(), server, url, trail, callback_ratio=Decimal("0.03"), trigger=TriggerPrice(7))
    assert (body["planType"], body["newCallbackRatio"], body["newTriggerPrice"]) == ("track_plan", "3.00", "7")
    body = amended(sender("v3"), server, f"{UTA}/modify-strategy-order", BOTH, take_profit=TriggerPrice(67000))
    assert body == {
        "orderId": "77", "takeProfit": "67000", "tpTriggerBy": "market", "tpOrderType": "market", "stopLoss": "58000",
        "slTriggerBy": "mark", "slOrderType": "limit", "slLimitPrice": "57900",
    }  # fmt: skip
    body = amended(sender("v3"), server, f"{UTA}/modify-strategy-order", plan, price=Decimal(3))
    assert (body["triggerPrice"], body["triggerOrderPrice"], body["qty"]) == ("5", "3", "0.1")


@each_case(
    ("protocol", "algo", "changes", "told"),
    [
        ("v2", LOSS, {"stop_loss": Decimal(0)}, "cancel"),
        ("v2", LOSS, {"take_profit": TriggerPrice(9)}, "take_profit is not for a conditional"),
        ("v2", LOSS, {"price": Decimal(9)}, "price is not for"),
        ("v2", attrs.evolve(LOSS, size=None), {"size": Decimal(9)}, "for all of the position"),
        ("v2", attrs.evolve(LOSS, algo_id=None), {"stop_loss": MARK}, "its id is missing"),
        ("v3", BOTH, {"size": Decimal(9)}, "for all of the position"),
        ("v3", BOTH, {"take_profit": Decimal(0)}, "not added or taken away"),
        ("v3", LOSS, {"take_profit": TriggerPrice(9)}, "not added or taken away"),
        ("v3", BOTH, {"trigger": TriggerPrice(9)}, "trigger is not for"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_changed(
    sender: Make, protocol: str, algo: AlgoState, changes: dict[str, Any], told: str
) -> None:
    """Of a change that cannot be made whole nothing is sent."""
    with pytest.raises(ConfigError, match=told):
        sender(protocol).amend_algo(algo, changes)


BROUGHT = attrs.evolve(
    LOSS, status="attached", algo_id=None, parent_order_id="9", stop_loss=TriggerPrice(58000), size=None
)


def order(**presets: str) -> dict[str, Any]:
    return {"symbol": "BTCUSDT", "orderId": "9", "state": "live", "side": "buy", "posSide": "net", **presets}


def test_what_an_order_brings_is_changed_with_the_order(sender: Make, server: responses.RequestsMock) -> None:
    """The other preset is told anew: one alone may take it away. Both legs of a unified account are one."""
    server.get(f"{MIX}/detail", json=ok(order(presetStopSurplusPrice="66000", presetStopLossPrice="58000")))
    body = amended(sender(), server, f"{MIX}/modify-order", BROUGHT, stop_loss=TriggerPrice(57000))
    assert (body["orderId"], body["newPresetStopSurplusPrice"], body["newPresetStopLossPrice"]) == (
        "9", "66000", "57000",
    )  # fmt: skip
    assert sender().cancel_algo(BROUGHT)
    assert (sent(server)["newPresetStopSurplusPrice"], sent(server)["newPresetStopLossPrice"]) == ("66000", "0")
    both = attrs.evolve(BROUGHT, kind="oco", leg=None, take_profit=TriggerPrice(66000))
    body = amended(sender("v3"), server, f"{UTA}/modify-order", both, stop_loss=MARK)
    assert (body["takeProfit"], body["stopLoss"], body["slLimitPrice"]) == ("66000", "58000", "57900")
    assert sender("v3").cancel_algo(both)
    assert (sent(server)["takeProfit"], sent(server)["stopLoss"]) == ("0", "0")


def test_what_may_get_lost_is_not_changed(sender: Make, server: responses.RequestsMock) -> None:
    """A limit price of V2's presets has no word in a change; and an order that is over brings nothing any more."""
    limited = {"presetStopSurplusPrice": "66000", "presetStopSurplusExecutePrice": "65900"}
    server.get(f"{MIX}/detail", json=ok(order(**limited, presetStopLossPrice="58000")))
    with pytest.raises(ConfigError, match="take_profit of its order has a limit"):
        sender().cancel_algo(BROUGHT)
    with pytest.raises(ConfigError, match="neither by= nor limit="):
        sender().amend_algo(BROUGHT, {"stop_loss": MARK})
    with pytest.raises(ConfigError, match="size is not for"):
        sender().amend_algo(BROUGHT, {"stop_loss": TriggerPrice(5), "size": Decimal(1)})
    server.replace(responses.GET, f"{MIX}/detail", json=ok({**order(), "state": "filled"}))
    assert not sender().cancel_algo(BROUGHT)
    with pytest.raises(ConfigError, match="not known which one it is"):
        sender().cancel_algo(attrs.evolve(BROUGHT, status="unknown"))
    with pytest.raises(ConfigError, match="its order is over"):
        sender().amend_algo(BROUGHT, {"stop_loss": TriggerPrice(57000)})
