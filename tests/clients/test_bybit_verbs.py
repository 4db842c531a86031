"""The everyday calls of ``BybitClient``: names of ``OkxClient``, the config's market, the groups' answers."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from okx_sync import AsyncBybitClient, BybitClient, BybitConfig, ConfigError, Credentials, OkxApiError, OkxClient
from okx_sync.clients.bybit_verbs import BybitVerbs
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bybit.com"
KEY: Final = Credentials("key-1234", "secret")
ORDER: Final = {"symbol": "BTCUSD", "side": "Buy", "order_type": "Limit", "qty": 1, "price": 5}
WIRE: Final = {"symbol": "BTCUSD", "side": "Buy", "orderType": "Limit", "qty": "1", "price": "5"}

CALLS: Final[list[tuple[str, dict[str, Any], str, dict[str, Any]]]] = [
    ("get_ticker", {"symbol": "BTCUSD"}, "market/tickers", {"symbol": "BTCUSD"}),
    ("get_tickers", {}, "market/tickers", {}),
    ("get_orderbook", {"symbol": "BTCUSD", "depth": 50}, "market/orderbook", {"symbol": "BTCUSD", "limit": "50"}),
    ("get_candles", {"symbol": "BTCUSD", "limit": 5}, "market/kline",
     {"symbol": "BTCUSD", "interval": "1", "limit": "5"}),
    ("get_trades", {"symbol": "BTCUSD", "limit": 5}, "market/recent-trade", {"symbol": "BTCUSD", "limit": "5"}),
    ("get_instruments", {"symbol": "BTCUSD"}, "market/instruments-info", {"symbol": "BTCUSD", "limit": "1000"}),
    ("get_positions", {"settle_coin": "USDT"}, "position/list", {"settleCoin": "USDT", "limit": "200"}),
    ("place_order", {**ORDER, "client_order_id": "m"}, "order/create", {**WIRE, "orderLinkId": "m"}),
    ("amend_order", {"symbol": "A", "order_id": "o", "new_size": 2}, "order/amend",
     {"symbol": "A", "orderId": "o", "qty": "2"}),
    ("cancel_order", {"symbol": "A", "order_id": "o", "order_filter": "tpslOrder"}, "order/cancel",
     {"symbol": "A", "orderId": "o", "orderFilter": "tpslOrder"}),
    ("place_batch_orders", {"orders": [{**ORDER, "order_link_id": "m"}]}, "order/create-batch",
     {"request": [{**WIRE, "orderLinkId": "m"}]}),
    ("amend_batch_orders", {"orders": [{"symbol": "A", "order_id": "o", "qty": 2}]}, "order/amend-batch",
     {"request": [{"symbol": "A", "orderId": "o", "qty": "2"}]}),
    ("cancel_batch_orders", {"orders": [{"symbol": "A", "order_id": "o"}]}, "order/cancel-batch",
     {"request": [{"symbol": "A", "orderId": "o"}]}),
    ("cancel_all_orders", {"settle_coin": "USDT"}, "order/cancel-all", {"settleCoin": "USDT"}),
    ("get_order", {"symbol": "A", "order_id": "o"}, "order/realtime", {"symbol": "A", "orderId": "o"}),
    ("get_orders_pending", {"symbol": "A"}, "order/realtime", {"symbol": "A", "limit": "50"}),
]  # fmt: skip
"""Call, arguments, path behind ``/v5/``, and what goes out besides the category."""


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def ok(result: Any, **more: Any) -> dict[str, Any]:
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": 1_700_000_000_123, **more}


def said(request: Any) -> dict[str, Any]:
    """The parameters of a request."""
    if request.method == "POST":
        found: dict[str, Any] = json.loads(request.body)
        return found
    return dict(parse_qsl(urlsplit(request.url).query))


@pytest.mark.parametrize(("name", "arguments", "path", "wire"), CALLS, ids=[call[0] for call in CALLS])
def test_each_asks_its_group(
    server: responses.RequestsMock, name: str, arguments: dict[str, Any], path: str, wire: dict[str, Any]
) -> None:
    """In the market of the config, or in the one that is named."""
    row = {"orderId": "o", "orderLinkId": "m", "symbol": "A"}
    result: Any = {"list": [row]} if "kline" not in path else {"list": []}
    if path in ("order/create", "order/amend", "order/cancel", "market/orderbook"):
        result = row
    for verb in (responses.GET, responses.POST):
        server.add(verb, f"{HOST}/v5/{path}", json=ok(result, retExtInfo={"list": [{"code": 0, "msg": "OK"}]}))
    with BybitClient(BybitConfig(KEY, category="inverse"), clock=TurnedClock()) as bybit:
        getattr(bybit, name)(**arguments)
        getattr(bybit, name)(**arguments, category="linear")
    asked = [said(call.request) for call in server.calls]
    assert asked == [{"category": "inverse", **wire}, {"category": "linear", **wire}]


def test_each_is_in_the_table() -> None:
    """But for the clock, the wallet and the key, which have no market."""
    public = {name for name in vars(BybitVerbs) if not name.startswith("_")}
    assert public == {name for name, *_ in CALLS} | {"get_system_time", "get_balance", "check_credentials"}


def test_the_names_are_those_of_okx() -> None:
    """Whoever knows one client knows the other; OKX has no call that cancels all."""
    theirs = {name for name, _ in inspect.getmembers(OkxClient, inspect.isfunction)}
    assert {name for name, *_ in CALLS} - theirs == {"cancel_all_orders"}
    assert {"get_balance", "check_credentials"} <= theirs
    assert all(hasattr(AsyncBybitClient, name) for name in vars(BybitVerbs) if not name.startswith("_"))


def test_the_clock(server: responses.RequestsMock) -> None:
    """In milliseconds."""
    server.get(f"{HOST}/v5/market/time", json=ok({"timeSecond": "1700000060", "timeNano": "1700000060123456789"}))
    with BybitClient() as bybit:
        assert bybit.get_system_time() == 1_700_000_060_123


def test_the_wallet_and_the_key(server: responses.RequestsMock) -> None:
    """The wallet of a unified account, all of it or some coins; none is an error. The key tells what it may do."""
    server.get(f"{HOST}/v5/account/wallet-balance", json=ok({"list": [{"totalEquity": "5"}]}))
    server.get(f"{HOST}/v5/account/wallet-balance", json=ok({"list": [{"totalEquity": "5"}]}))
    server.get(f"{HOST}/v5/account/wallet-balance", json=ok({"list": []}))
    server.get(f"{HOST}/v5/user/query-api", json=ok({"readOnly": 1}))
    with BybitClient(BybitConfig(KEY), clock=TurnedClock()) as bybit:
        assert bybit.get_balance().totalEquity == 5
        bybit.get_balance(["BTC", "USDT"])
        with pytest.raises(OkxApiError, match="no wallet"):
            bybit.get_balance("BTC")
        assert bybit.check_credentials().readOnly
    asked = [said(call.request) for call in server.calls][:3]
    assert asked == [{"accountType": "UNIFIED"} | more for more in ({}, {"coin": "BTC,USDT"}, {"coin": "BTC"})]


def test_one_order(server: responses.RequestsMock) -> None:
    """Among those that are open or have just ended, else in the history; not found is an error."""
    server.get(f"{HOST}/v5/order/realtime", json=ok({"list": []}))
    server.get(f"{HOST}/v5/order/history", json=ok({"list": [{"orderId": "o", "orderStatus": "Filled"}]}))
    server.get(f"{HOST}/v5/order/history", json=ok({"list": []}))
    with BybitClient(BybitConfig(KEY), clock=TurnedClock()) as bybit:
        assert bybit.get_order("A", "o").orderStatus == "Filled"
        with pytest.raises(OkxApiError, match="no order o") as caught:
            bybit.get_order("A", "o")
        assert caught.value.code == "110001"
        with pytest.raises(ConfigError, match="order_id or order_link_id"):
            bybit.get_order("A")


def test_a_symbol_that_is_not_listed(server: responses.RequestsMock) -> None:
    """An empty list is no ticker."""
    server.get(f"{HOST}/v5/market/tickers", json=ok({"list": []}))
    with BybitClient() as bybit, pytest.raises(OkxApiError, match="no ticker of X"):
        bybit.get_ticker("X")
