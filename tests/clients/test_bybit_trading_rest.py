"""BybitClient's groups ``order`` and ``position``: what goes out, what comes back, limits, paging."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
import responses

from okx_sync import AsyncBybitClient, BybitClient, BybitConfig, Credentials
from okx_sync.clients.bybit_async_trading import AsyncBybitOrder, AsyncBybitPosition
from okx_sync.errors import ConfigError, DryRun, OkxApiError, OkxHttpError, ReadOnlyError
from okx_sync.exchanges.bybit.models import Execution, Order, OrderReceipt, Position
from okx_sync.exchanges.bybit.position.requests import PositionMove
from okx_sync.exchanges.bybit.position.rest import PositionEndpoints
from okx_sync.exchanges.bybit.rest import CancelOrder, NewOrder
from okx_sync.exchanges.bybit.signing import rest_sign
from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints
from tests.clients.okx_async.event_loops import run
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bybit.com"
KEY: Final = Credentials("key-1234", "secret")
PERP: Final = {"category": "linear", "symbol": "BTCUSDT"}
NOW: Final = 1_700_000_000_000  # when the clock of these tests stands
DAY: Final = 86_400_000

READINGS: Final[list[tuple[str, str, dict[str, Any], dict[str, str]]]] = [
    (
        "order.get_open_orders",
        "order/realtime",
        {**PERP, "open_only": 1, "limit": 50},
        {**PERP, "openOnly": "1", "limit": "50"},
    ),
    (
        "order.get_order_history",
        "order/history",
        {"category": "spot", "inst_id": "BTCUSDT", "client_order_id": "mine", "start_time": 1, "end_time": 2},
        {"category": "spot", "symbol": "BTCUSDT", "orderLinkId": "mine", "startTime": "1", "endTime": "2"},
    ),
    (
        "order.get_executions",
        "execution/list",
        {"category": "inverse", "settle_coin": "BTC", "exec_type": "Trade"},
        {"category": "inverse", "settleCoin": "BTC", "execType": "Trade"},
    ),
    (
        "order.get_borrow_quota",
        "order/spot-borrow-check",
        {"category": "spot", "symbol": "BTCUSDT", "side": "Buy"},
        {"category": "spot", "symbol": "BTCUSDT", "side": "Buy"},
    ),
    ("position.get_positions", "position/list", {"category": "linear", "settle_coin": "USDT", "limit": 200},
     {"category": "linear", "settleCoin": "USDT", "limit": "200"}),
    ("position.get_leverage", "position/symbol-info", PERP, PERP),
    ("position.get_closed_pnl", "position/closed-pnl", {**PERP, "start_time": 5}, {**PERP, "startTime": "5"}),
    ("position.get_closed_option_positions", "position/get-closed-positions", {"category": "option"},
     {"category": "option"}),
    ("position.get_move_history", "position/move-history", {"status": "Filled", "block_trade_id": "b"},
     {"status": "Filled", "blockTradeId": "b"}),
]  # fmt: skip
"""Group and method, path behind ``/v5/``, arguments, and the query that they are."""

LIMIT: Final = {"side": "Buy", "order_type": "Limit", "qty": Decimal("0.01"), "price": 60000, "order_link_id": "mine"}
WIRE: Final = {"side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "60000", "orderLinkId": "mine"}

WRITES: Final[list[tuple[str, str, dict[str, Any], dict[str, Any]]]] = [
    (
        "order.place_order",
        "order/create",
        {**PERP, **LIMIT, "position_idx": 2, "reduce_only": True, "trigger_direction": 2, "bbo_level": 5},
        {**PERP, **WIRE, "positionIdx": 2, "reduceOnly": True, "triggerDirection": 2, "bboLevel": "5"},
    ),
    ("order.amend_order", "order/amend", {**PERP, "order_id": "o", "new_price": "5.50"},
     {**PERP, "orderId": "o", "price": "5.50"}),
    ("order.cancel_order", "order/cancel", {**PERP, "order_link_id": "mine"}, {**PERP, "orderLinkId": "mine"}),
    (
        "order.place_batch_orders",
        "order/create-batch",
        {"category": "spot", "request": [NewOrder("A", "Sell", "Market", 1, order_link_id="m", is_leverage=True)]},
        {"category": "spot", "request": [
            {"symbol": "A", "side": "Sell", "orderType": "Market", "qty": "1", "orderLinkId": "m", "isLeverage": 1}]},
    ),
    (
        "order.amend_batch_orders",
        "order/amend-batch",
        {"category": "linear", "request": [{"inst_id": "A", "order_id": "o", "tp_limit_price": 5}]},
        {"category": "linear", "request": [{"symbol": "A", "orderId": "o", "tpLimitPrice": "5"}]},
    ),
    (
        "order.cancel_batch_orders",
        "order/cancel-batch",
        {"category": "linear", "request": [CancelOrder("A", order_link_id="m")]},
        {"category": "linear", "request": [{"symbol": "A", "orderLinkId": "m"}]},
    ),
    (
        "order.cancel_all_orders",
        "order/cancel-all",
        {"category": "linear", "settle_coin": "USDT", "order_filter": "StopOrder", "stop_order_type": "Stop"},
        {"category": "linear", "settleCoin": "USDT", "orderFilter": "StopOrder", "stopOrderType": "Stop"},
    ),
    (
        "order.set_disconnect_cancel_all",
        "order/disconnected-cancel-all",
        {"time_window": 40, "product": "DERIVATIVES"},
        {"timeWindow": 40, "product": "DERIVATIVES"},
    ),
    ("order.pre_check_order", "order/pre-check", {**PERP, **LIMIT}, {**PERP, **WIRE}),
    (
        "position.set_leverage",
        "position/set-leverage",
        {**PERP, "buy_leverage": 10, "sell_leverage": "10"},
        {**PERP, "buyLeverage": "10", "sellLeverage": "10"},
    ),
    ("position.set_position_mode", "position/switch-mode", {"category": "linear", "mode": 3, "coin": "USDT"},
     {"category": "linear", "mode": 3, "coin": "USDT"}),
    (
        "position.set_trading_stop",
        "position/trading-stop",
        {**PERP, "tpsl_mode": "Full", "position_idx": 0, "take_profit": "70000", "trailing_stop": 0},
        {**PERP, "tpslMode": "Full", "positionIdx": 0, "takeProfit": "70000", "trailingStop": "0"},
    ),
    (
        "position.set_auto_add_margin",
        "position/set-auto-add-margin",
        {**PERP, "auto_add_margin": True, "position_idx": 2},
        {**PERP, "autoAddMargin": 1, "positionIdx": 2},
    ),
    ("position.add_margin", "position/add-margin", {**PERP, "margin": "-10"}, {**PERP, "margin": "-10"}),
    ("position.confirm_pending_mmr", "position/confirm-pending-mmr", PERP, PERP),
    (
        "position.move_positions",
        "position/move-positions",
        {"from_uid": "1", "to_uid": "2", "list": [PositionMove("linear", "A", "5", "Sell", 1)]},
        {"fromUid": "1", "toUid": "2", "list": [
            {"category": "linear", "symbol": "A", "price": "5", "side": "Sell", "qty": "1"}]},
    ),
]  # fmt: skip
"""The same of writing calls and of one that computes, with the body that they are."""


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(**settings: Any) -> BybitClient:
    return BybitClient(BybitConfig(KEY, **settings), clock=TurnedClock())


def ok(result: Any, **more: Any) -> dict[str, Any]:
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": NOW, **more}


def method(bybit: BybitClient, name: str) -> Any:
    group, _, call = name.partition(".")
    return getattr(getattr(bybit, group), call)


@pytest.mark.parametrize(("name", "path", "arguments", "query"), READINGS, ids=[call[0] for call in READINGS])
def test_each_reading_asks_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], query: dict[str, str]
) -> None:
    """Method, path and query, signed as sent."""
    is_list = method(BybitClient(), name).endpoint.result[0] == "list"
    server.get(f"{HOST}/v5/{path}", json=ok({"list": []} if is_list else {"symbol": "s"}))
    with client() as bybit:
        answer = method(bybit, name)(**arguments)
    assert (answer == []) is is_list
    sent = server.calls[0].request
    text = (sent.url or "").partition("?")[2]
    assert dict(parse_qsl(text)) == query
    assert sent.headers["X-BAPI-SIGN"] == rest_sign(KEY, sent.headers["X-BAPI-TIMESTAMP"], "5000", text)


@pytest.mark.parametrize(("name", "path", "arguments", "body"), WRITES, ids=[call[0] for call in WRITES])
def test_each_write_asks_as_documented(
    server: responses.RequestsMock, name: str, path: str, arguments: dict[str, Any], body: dict[str, Any]
) -> None:
    """Method, path and body, numbers as Bybit wants them, signed as sent; the row, the rows or nothing comes back."""
    with client() as bybit:
        shape, model = method(bybit, name).endpoint.result
        row = {"orderId": "o", "orderLinkId": "mine", "symbol": "BTCUSDT"}
        if shape == "batch":
            rows = [{**{key: one[key] for key in ("orderId", "orderLinkId") if key in one}} for one in body["request"]]
            rows = [{"orderId": "o", **one} for one in rows]
            answer = ok({"list": rows}, retExtInfo={"list": [{"code": 0, "msg": "OK"}] * len(rows)})
        else:
            answer = ok({"one": row, "list": {"list": [row], "success": "1"}, "none": {}}[shape])
        server.post(f"{HOST}/v5/{path}", json=answer)
        found = method(bybit, name)(**arguments)
    sent = server.calls[0].request
    assert isinstance(sent.body, bytes)
    assert json.loads(sent.body) == body
    assert sent.headers["X-BAPI-SIGN"] == rest_sign(KEY, sent.headers["X-BAPI-TIMESTAMP"], "5000", sent.body.decode())
    rows_found = list(found) if shape in ("list", "batch") else [found]
    assert all(found is None if shape == "none" else isinstance(one, model) for one in rows_found)


def test_each_endpoint_has_a_call_of_these_tables() -> None:
    """None is left out; each belongs to its group, is signed, and is named once."""
    mine = [one for one in BybitClient.endpoints() if one.group in ("order", "position")]
    tables = [(name, f"/v5/{path}") for name, path, *_ in (*READINGS, *WRITES)]
    assert sorted((f"{one.group}.{one.name}", one.path) for one in mine) == sorted(tables)
    assert all(one.auth for one in mine)
    assert {one.name for one in mine if one.method == "POST" and one.reads} == {"pre_check_order"}


def test_no_method_is_left_out_of_the_async_twins() -> None:
    """The groups have each call and each listing."""
    for twin, group in ((AsyncBybitOrder, OrderEndpoints), (AsyncBybitPosition, PositionEndpoints)):
        assert {name for name in vars(twin) if name[0] != "_"} == {name for name in vars(group) if _is_call(name)}


def _is_call(name: str) -> bool:
    return name[0] != "_" and name not in ("name", "endpoints")


def test_orders_are_awaited(server: responses.RequestsMock) -> None:
    """As the others are."""
    server.get(f"{HOST}/v5/order/realtime", json=ok({"list": [{"orderId": "o"}], "nextPageCursor": ""}))

    async def main() -> None:
        async with AsyncBybitClient(BybitConfig(KEY)) as bybit:
            assert [row.orderId for row in await bybit.order.get_open_orders("spot")] == ["o"]
            assert [row.orderId async for row in bybit.order.iter_open_orders("spot")] == ["o"]

    run(main())


# -- rows --------------------------------------------------------------------------------------------------------------


def test_rows_are_typed_and_convert_themselves(server: responses.RequestsMock) -> None:
    """Orders, executions and positions are those of the streams; the category is told beside the list."""
    order = {"orderId": "o", "orderLinkId": "m", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Market",
             "qty": "100", "price": "0", "orderStatus": "PartiallyFilledCanceled", "cumExecQty": "0.002",
             "avgPrice": "49000", "cumExecFee": "0.000002", "cumFeeDetail": {"BTC": "0.000002"},
             "createdTime": "1", "updatedTime": "2", "cancelType": "UNKNOWN", "rejectReason": "EC_NoError"}  # fmt: skip
    fill = {"symbol": "BTCUSDT", "orderId": "o", "execId": "e", "side": "Sell", "execPrice": "5", "execQty": "2",
            "execType": "Trade", "execFee": "0.1", "execTime": "7", "isMaker": True, "extraFees": ""}  # fmt: skip
    place = {"symbol": "BTCUSD", "side": "Sell", "size": "100", "positionIdx": 2, "avgPrice": "50000",
             "positionValue": "0.002", "leverage": "10", "liqPrice": "", "updatedTime": "9"}  # fmt: skip
    flat = {"symbol": "ETHUSD", "side": "", "size": "0", "positionIdx": 0, "avgPrice": "0"}
    server.get(f"{HOST}/v5/order/history", json=ok({"category": "spot", "list": [order]}))
    server.get(f"{HOST}/v5/execution/list", json=ok({"category": "linear", "list": [fill]}))
    server.get(f"{HOST}/v5/position/list", json=ok({"category": "inverse", "list": [place, flat]}))
    with client() as bybit:
        (listed,) = bybit.order.get_order_history("spot", "BTCUSDT")
        assert isinstance(listed, Order)
        update = listed.to_update()
        assert (update.status, update.size, update.filled, update.fee) == (
            "canceled", None, Decimal("0.002"), Decimal("-0.000002"))  # fmt: skip
        assert (listed.category, update.fee_currency, update.average_price) == ("spot", "BTC", Decimal(49000))
        (done,) = bybit.order.get_executions("linear", "BTCUSDT")
        assert isinstance(done, Execution)
        told = done.to_update()
        assert told is not None
        assert (told.trade_id, told.side, told.fee, told.is_maker, told.ts) == ("e", "sell", Decimal("-0.1"), True, 7)
        held, none = bybit.position.get_positions("inverse")
        assert isinstance(held, Position)
        short = held.to_update()
        assert (short.size, short.side, short.entry_price, held.avgPrice) == (
            Decimal(-100), "short", Decimal(50000), Decimal(50000))  # fmt: skip
        assert (short.notional, held.category, none.to_update().size) == (None, "inverse", Decimal(0))


def test_what_a_cancelled_market_answers(server: responses.RequestsMock) -> None:
    """The orders that are being cancelled, each with what was said of the whole."""
    listed = [{"orderId": "a", "orderLinkId": ""}, {"orderId": "b", "orderLinkId": "m"}]
    server.post(f"{HOST}/v5/order/cancel-all", json=ok({"list": listed, "success": "1"}))
    server.post(f"{HOST}/v5/order/cancel-all", json=ok({"list": [], "success": "1"}))
    with client() as bybit:
        found = bybit.order.cancel_all_orders("linear", settle_coin="USDT")
        assert [(row.orderId, row.orderLinkId, row.success, row.ok) for row in found] == [
            ("a", None, "1", True), ("b", "m", "1", True)]  # fmt: skip
        assert bybit.order.cancel_all_orders("spot") == []


def test_a_batch_has_a_verdict_for_each(server: responses.RequestsMock) -> None:
    """They stand beside the list; code 0 of the whole says nothing of an order."""
    rows = [{"orderId": "1", "orderLinkId": "a"}, {"orderId": "", "orderLinkId": ""}]
    verdicts = [{"code": 0, "msg": "OK"}, {"code": 110007, "msg": "ab not enough"}]
    server.post(f"{HOST}/v5/order/create-batch", json=ok({"list": rows}, retExtInfo={"list": verdicts}))
    with client() as bybit:
        order = {"symbol": "A", "side": "Buy", "order_type": "Market", "qty": 1}
        found = bybit.order.place_batch_orders("linear", [{**order, "order_link_id": one} for one in "ab"])
    assert (found.ok, [row.orderId for row in found.accepted], [row.code for row in found.refused]) == (
        False, ["1"], ["110007"])  # fmt: skip
    assert all(isinstance(row, OrderReceipt) for row in found)


# -- before sending ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("order.place_order", {**PERP, **LIMIT, "qty": 0.1}, "qty is a float"),
        ("order.place_order", {**PERP, **LIMIT, "side": "buy"}, "did you mean 'Buy'"),
        ("order.place_order", {**PERP, **LIMIT, "reduce_only": "maybe"}, "reduce_only"),
        ("order.place_order", PERP, "side is missing"),
        ("order.place_order", {**PERP, **LIMIT, "order_link_id": "\ud800"}, "order_link_id cannot be sent"),
        ("order.get_open_orders", {**PERP, "order_id": "\ud800"}, "order_id cannot be sent"),
        ("order.set_disconnect_cancel_all", {"time_window": 10**30}, "timeWindow is too large"),
        ("order.amend_order", PERP, "needs order_id or order_link_id"),
        ("order.cancel_all_orders", {"category": "linear", "order_filter": "Ordr"}, "did you mean 'Order'"),
        ("order.cancel_batch_orders", {"category": "spot", "request": [CancelOrder("A", "o")] * 11}, "1 to 10"),
        ("order.cancel_batch_orders", {"category": "linear", "request": []}, "1 to 20"),
        ("order.get_open_orders", {"category": "linear", "symbl": "A"}, "symbol"),
        (
            "order.get_open_orders",
            {"category": "linear"},
            "of category linear needs symbol or base_coin or",
        ),
        ("order.iter_open_orders", {"category": "linear"}, "of category linear needs symbol"),
        ("order.cancel_all_orders", {"category": "inverse"}, "of category inverse needs symbol or base_coin"),
        ("position.get_positions", {"category": "linear"}, "of category linear needs symbol or settle_coin"),
        ("position.set_position_mode", {"category": "linear", "mode": 3}, "needs symbol or coin"),
        ("position.set_position_mode", {"category": "linear", "mode": 1, "coin": "USDT"}, "mode cannot be 1"),
        ("position.set_leverage", {**PERP, "buy_leverage": 1.5, "sell_leverage": "2"}, "buy_leverage is a float"),
        ("position.set_trading_stop", {**PERP, "tpsl_mode": "full", "position_idx": 0}, "did you mean 'Full'"),
        ("position.move_positions", {"from_uid": "1", "to_uid": "2", "list": [{}] * 26}, "at most 25"),
    ],
)
def test_what_cannot_be_right_is_not_sent(name: str, arguments: dict[str, Any], message: str) -> None:
    """It is refused by name."""
    with client() as bybit, pytest.raises(ConfigError, match=message):
        method(bybit, name)(**arguments)


@pytest.mark.parametrize(
    ("name", "arguments"), [(name, args) for name, _, args, _ in WRITES if "pre_check" not in name]
)
def test_what_writes_is_guarded(name: str, arguments: dict[str, Any]) -> None:
    """``read_only`` and ``dry_run`` hold for each of them."""
    with client(read_only=True) as bybit, pytest.raises(ReadOnlyError):
        method(bybit, name)(**arguments)
    with client(dry_run=True) as bybit, pytest.raises(DryRun):
        method(bybit, name)(**arguments)


def test_a_setting_in_doubt(server: responses.RequestsMock) -> None:
    """A write that is no order is not repeated either, and its error says that it may have been carried out."""
    server.post(f"{HOST}/v5/position/set-leverage", status=502, body="bad gateway")
    with client() as bybit, pytest.raises(OkxHttpError, match="may have been carried out"):
        bybit.position.set_leverage("linear", "BTCUSDT", 5, 5)
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("code", "words"), [(110043, "it is so already"), (110025, "it is so already"), (110024, "close positions")]
)
def test_a_setting_that_is_refused(server: responses.RequestsMock, code: int, words: str) -> None:
    """With a hint; one that was set so already says so."""
    answer = {"retCode": code, "retMsg": "no", "result": {}, "retExtInfo": {}, "time": NOW}
    server.post(f"{HOST}/v5/position/switch-mode", json=answer)
    with client() as bybit, pytest.raises(OkxApiError, match=words) as caught:
        bybit.position.set_position_mode("linear", 3, coin="USDT")
    assert caught.value.code == str(code)


# -- limits and pages ----------------------------------------------------------------------------------------------


def test_orders_are_paced_by_market(server: responses.RequestsMock) -> None:
    """Twenty of spot in a second, ten of the others, each call of its own count."""
    server.post(f"{HOST}/v5/order/cancel", json=ok({"orderId": "o", "orderLinkId": "m"}))
    clock = TurnedClock()
    with BybitClient(BybitConfig(KEY), clock=clock) as bybit:
        began = clock.monotonic()
        for category, count in (("spot", 20), ("linear", 5), ("inverse", 5)):
            for _ in range(count):
                bybit.order.cancel_order(category, "A", "o")
        assert clock.monotonic() == began
        bybit.order.cancel_order("option", "A", "o")
        assert 1 <= clock.monotonic() - began < 2


def test_orders_are_read_in_weeks(server: responses.RequestsMock) -> None:
    """``between`` asks for no more than 7 days at once, newest first, and follows the cursor in each."""
    asked = []

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        given = dict(parse_qsl(request.url.partition("?")[2]))
        asked.append((int(given["startTime"]), int(given["endTime"]), given.get("cursor")))
        following = "" if "cursor" in given else "next%3D"
        row = {"orderId": f"{given['endTime']}-{given.get('cursor', '')}"}
        return 200, {}, json.dumps(ok({"list": [row], "nextPageCursor": following}))

    server.add_callback(responses.GET, f"{HOST}/v5/order/history", callback=answer)
    with client() as bybit:
        rows = list(bybit.order.iter_order_history("linear").between(NOW - 10 * DAY, NOW))
    edge = NOW - 7 * DAY
    assert asked == [
        (edge, NOW - 1, None), (edge, NOW - 1, "next%3D"),
        (NOW - 10 * DAY, edge - 1, None), (NOW - 10 * DAY, edge - 1, "next%3D"),
    ]  # fmt: skip
    assert len(rows) == 4


def test_listings_without_times_follow_the_cursor(server: responses.RequestsMock) -> None:
    """Positions, page by page, with as many rows as a page may have."""
    pages = {"": ("A", "p2"), "p2": ("B", "")}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        given = dict(parse_qsl(request.url.partition("?")[2]))
        assert given["limit"] == "200"
        symbol, following = pages[given.get("cursor", "")]
        listed = {"list": [{"symbol": symbol}], "nextPageCursor": following, "category": "linear"}
        return 200, {}, json.dumps(ok(listed))

    server.add_callback(responses.GET, f"{HOST}/v5/position/list", callback=answer)
    with client() as bybit:
        rows = list(bybit.position.iter_positions("linear", settle_coin="USDT"))
    assert [(row.symbol, row.category) for row in rows] == [("A", "linear"), ("B", "linear")]
