"""Order operations in Bybit's words: what goes out, and what a reply means. Facts written down by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
import pytest

from okx_sync.errors import ConfigError, OrderStatusUnknown
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import BybitDialect
from okx_sync.exchanges.bybit.order_ops import ops_for
from okx_sync.exchanges.bybit.rest import AmendOrder, BybitRestDialect, CancelOrder, NewOrder
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest import call_rules
from okx_sync.rest.batch import BatchResult
from okx_sync.rest.dialect import Reply

NOW = [1711001595.207]
OPS = ops_for(lambda: NOW[0])


def framed(word: str, **arguments: Any) -> dict[str, Any]:
    """The message of an operation with these arguments, as the exchange would parse it."""
    op = OPS[word]
    params, fields = op.twin.to_wire(arguments)
    found: dict[str, Any] = orjson.loads(op.frame(params, fields, lambda _: 0)("r7"))
    return found


def replied(text: str) -> SocketReply:
    """A reply as the socket brings it."""
    reply = BybitDialect().read(text.encode())
    assert isinstance(reply, SocketReply)
    return reply


def test_the_table() -> None:
    """Six operations, all on the trade path; batches of at most twenty."""
    most = {word: op.twin.options.get("max_rows", 1) for word, op in OPS.items()}
    assert most == {
        "order.create": 1, "order.amend": 1, "order.cancel": 1,
        "order.create-batch": 20, "order.amend-batch": 20, "order.cancel-batch": 20,
    }  # fmt: skip
    assert {op.path for op in OPS.values()} == {"trade"}
    assert all(op.word == word and op.twin.is_order for word, op in OPS.items())


def test_a_new_order() -> None:
    """One item in ``args``; the server's time in the header; numbers as text, but for those that Bybit wants plain."""
    assert framed(
        "order.create", category="linear", symbol="BTCPERP", side="Buy", order_type="Limit", qty=Decimal("0.010"),
        price="30000.5", order_link_id="mine", time_in_force="PostOnly", position_idx=0, reduce_only=False,
        trigger_direction=1,
    ) == {
        "reqId": "r7",
        "header": {"X-BAPI-TIMESTAMP": "1711001595207"},
        "op": "order.create",
        "args": [{
            "category": "linear", "symbol": "BTCPERP", "side": "Buy", "orderType": "Limit", "qty": "0.010",
            "price": "30000.5", "orderLinkId": "mine", "timeInForce": "PostOnly", "positionIdx": 0,
            "reduceOnly": False, "triggerDirection": 1,
        }],
    }  # fmt: skip


def test_headers() -> None:
    """What REST sends as headers goes into the header."""
    found = framed("order.cancel", category="linear", symbol="X", order_id="o", recv_window=2000, referer="me")
    assert found["header"] == {"X-BAPI-TIMESTAMP": "1711001595207", "X-BAPI-RECV-WINDOW": "2000", "Referer": "me"}
    assert found["args"] == [{"category": "linear", "symbol": "X", "orderId": "o"}]


def test_the_time_is_that_of_sending() -> None:
    """An order that had to wait for its turn must not be refused as late."""
    op = OPS["order.cancel"]
    frame = op.frame(*op.twin.to_wire({"category": "linear", "symbol": "X", "order_id": "o"}), lambda _: 0)
    NOW[0] += 60
    try:
        assert orjson.loads(frame("r8"))["header"]["X-BAPI-TIMESTAMP"] == "1711001655207"
    finally:
        NOW[0] -= 60


def test_batches() -> None:
    """One item with the category and all orders."""
    new = [NewOrder("A", "Buy", "Market", 1, is_leverage=True), NewOrder("B", "Sell", "Limit", "2", Decimal("3"))]
    found = framed("order.create-batch", category="spot", request=new)
    rows = found["args"][0]["request"]
    assert (len(found["args"]), found["args"][0]["category"], len(rows)) == (1, "spot", 2)
    assert rows[0] == {"symbol": "A", "side": "Buy", "orderType": "Market", "qty": "1", "isLeverage": 1}
    amended = framed("order.amend-batch", category="linear", request=[AmendOrder("A", "o-1", price="5")])
    assert amended["args"] == [{"category": "linear", "request": [{"symbol": "A", "orderId": "o-1", "price": "5"}]}]
    gone = framed("order.cancel-batch", category="linear", request=[CancelOrder("A", order_link_id="m")])
    assert gone["args"] == [{"category": "linear", "request": [{"symbol": "A", "orderLinkId": "m"}]}]


@pytest.mark.parametrize(
    ("word", "arguments", "message"),
    [
        ("order.create", {"side": "buy"}, "side cannot be 'buy'"),
        ("order.create", {"category": "usdt"}, "category cannot be 'usdt'"),
        ("order.create", {"qty": 0.1}, "qty is a float"),
        ("order.create", {"symbol": None}, "symbol is missing"),
        ("order.cancel", {}, "needs order_id or order_link_id"),
    ],
)
def test_what_cannot_be_right(word: str, arguments: dict[str, Any], message: str) -> None:
    """Is refused before anything is sent."""
    whole = {"category": "linear", "symbol": "X", "side": "Buy", "order_type": "Market", "qty": 1}
    given = whole | arguments if word == "order.create" else {"category": "linear", "symbol": "X"} | arguments
    with pytest.raises(ConfigError, match=message):
        framed(word, **given)


def test_a_batch_has_its_bounds() -> None:
    """Twenty at most, ten of spot, and ids for those that have none."""
    twin = OPS["order.create-batch"].twin
    params, _ = twin.to_wire({"category": "linear", "request": [NewOrder("A", "Buy", "Market", 1)] * 21})
    with pytest.raises(ConfigError, match="1 to 20"):
        call_rules.filled(twin, params)
    params["request"] = params["request"][:2]
    ids = {row["orderLinkId"] for row in call_rules.filled(twin, params)["request"]}
    assert len(ids) == 2
    gone = OPS["order.cancel-batch"].twin
    params, _ = gone.to_wire({"category": "spot", "request": [CancelOrder("A", "o")] * 11})
    with pytest.raises(ConfigError, match="1 to 10 with category spot, not 11"):
        call_rules.filled(gone, params)


def test_replies() -> None:
    """A receipt; a refusal with its code; in a batch every order has its own verdict."""
    op, rest = OPS["order.create"], BybitRestDialect(BybitConfig())
    done = op.read(replied('{"reqId":"r7","retCode":0,"retMsg":"OK","op":"order.create","data":{"orderId":"o"}}'))
    assert done.ok
    assert op.twin.decode(done, {}).orderId == "o"
    refused = op.read(replied('{"reqId":"r7","retCode":110007,"retMsg":"balance","op":"order.create","data":{}}'))
    assert (refused.ok, refused.code, refused.message) == (False, "110007", "balance")
    assert not op.refuses_code(refused)
    batch = OPS["order.create-batch"]
    reply = batch.read(replied(
        '{"reqId":"r7","retCode":0,"retMsg":"OK","op":"order.create-batch","data":{"list":[{"orderId":"o-1"},'
        '{"orderId":"","orderLinkId":"m-2"}]},"retExtInfo":{"list":[{"code":0,"msg":"OK"},'
        '{"code":110007,"msg":"balance"}]}}'
    ))  # fmt: skip
    result = batch.twin.decode(reply, {})
    assert isinstance(result, BatchResult)
    assert [row.ok for row in result] == [True, False]
    assert (result[1].code, result[1].msg, result.ok) == ("110007", "balance", False)
    assert [rest.row_refusal(row) for row in reply.rows] == [None, ("110007", "balance")]
    assert batch.instruments({}) == set()


def test_a_lost_reply_names_the_orders() -> None:
    """By symbol, both ids and market, so that they can be looked up."""
    op, rest = OPS["order.create"], BybitRestDialect(BybitConfig())
    params, _ = op.twin.to_wire({"category": "linear", "symbol": "X", "side": "Buy", "order_type": "Market", "qty": 1})
    params = call_rules.filled(op.twin, params)
    error = call_rules.lost(rest, op.twin, params, rest.error("10016", "internal", status=None, rows=[]))
    assert vars(error)["clOrdId"] == params["orderLinkId"]
    assert vars(error)["orders"] == ({"symbol": "X", "orderLinkId": params["orderLinkId"], "category": "linear"},)


TWO = {"category": "linear", "request": [{"symbol": "BTCUSDT", "orderLinkId": one} for one in "ab"]}
A, B, NAMELESS = ({"orderId": number, "orderLinkId": name} for number, name in (("1", "a"), ("2", "b"), ("", "a")))
GOOD = {"code": 0, "msg": "OK"}
UNTOLD: dict[str, tuple[Any, Any, list[bool] | None]] = {
    "no verdicts": ({"list": [A, B]}, {}, [False, False]),
    "fewer verdicts than rows": ({"list": [A, B]}, {"list": [GOOD]}, [False, False]),
    "fewer rows": ({"list": [B]}, {"list": [GOOD]}, [False, True]),
    "another order": ({"list": [B, A]}, {"list": [GOOD, GOOD]}, [True, True]),
    "no id of the new order": ({"list": [NAMELESS, B]}, {"list": [GOOD, GOOD]}, [False, True]),
    "no list": ({}, {}, None),
    "a list of nothing": ({"list": []}, {"list": []}, None),
}


@pytest.mark.parametrize("case", UNTOLD)
def test_a_batch_that_does_not_tell_of_all(case: str) -> None:
    """Rows and verdicts are two lists: an order is accepted where both tell, else it is unknown."""
    data, beside, known = UNTOLD[case]
    op = OPS["order.create-batch"]
    words = {"reqId": "r", "retCode": 0, "retMsg": "OK", "op": op.word, "data": data, "retExtInfo": beside}
    reply = op.read(replied(orjson.dumps(words).decode()))
    told = call_rules.settled(BybitRestDialect(BybitConfig()), op.twin, TWO, reply, None)
    if known is None:
        assert isinstance(told, OrderStatusUnknown)
        return
    assert isinstance(told, Reply)
    result = op.twin.decode(told, TWO)
    assert [one.ok for one in result] == known
    assert [one.orderLinkId for one in result] == ["a", "b"]
    assert [number not in told.unknown for number in range(2)] == known
    assert (result.lost is None) is all(known)


@pytest.mark.parametrize(
    "text",
    [
        '{"reqId":"r","op":"order.create"}',
        '{"reqId":"r","op":"order.create","retCode":null,"data":{}}',
        '{"reqId":"r","op":"order.create","retCode":[0],"data":{"orderId":"1","orderLinkId":"a"}}',
        '{"reqId":"r","op":"order.create","retCode":0.0,"data":{}}',
        '{"reqId":"r","op":"order.create","retCode":0,"data":[]}',
        '{"reqId":"r","op":"order.create","retCode":0,"data":{"orderId":"","orderLinkId":"a"}}',
        '{"reqId":"r","op":"order.create","retCode":0,"data":{"orderId":"1","orderLinkId":"b"}}',
    ],
)
def test_a_reply_that_does_not_tell(text: str) -> None:
    """Without a code, with one of a wrong type, without an id or with that of another order: unknown, not refused."""
    op, order = OPS["order.create"], {"symbol": "BTCUSDT", "orderLinkId": "a"}
    told = call_rules.settled(
        BybitRestDialect(BybitConfig()), op.twin, order, op.read(replied(text)), call_rules.SentAt(7, 0.5)
    )
    assert isinstance(told, OrderStatusUnknown)
    assert (told.clOrdId, told.sent_at, told.sent_offset_s, told.action) == ("a", 7, 0.5, "place")
