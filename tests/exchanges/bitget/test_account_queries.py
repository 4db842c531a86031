"""What ``BitgetWsClient`` asks of REST: requests and rows of both kinds of account."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest
import responses

from okx_sync import BitgetClient, BitgetConfig, Credentials
from okx_sync.errors import ConfigError, OkxAuthError
from okx_sync.exchanges.bitget.account_queries import ClassicQueries, UnifiedQueries
from okx_sync.exchanges.bitget.mix.order_models import MixOrder
from okx_sync.exchanges.bitget.products import product_of
from okx_sync.rows import decoder
from okx_sync.state.orders.order_state import OrderState
from okx_sync.timing import Clock

HOST: Final = "https://api.bitget.com"
MIX: Final = f"{HOST}/api/v2/mix"
KEY: Final = Credentials("key-1234", "secret", "phrase")
SENT_AT: Final = 1_700_000_000_000


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def rest() -> Iterator[BitgetClient]:
    with BitgetClient(BitgetConfig(KEY)) as client:
        yield client


def ok(data: Any) -> dict[str, Any]:
    return {"code": "00000", "msg": "success", "requestTime": SENT_AT, "data": data}


def mix_order(number: str, status: str, **more: str) -> dict[str, str]:
    words = {"symbol": "BTCUSD", "orderId": number, "status": status, "side": "buy", "size": "1", "marginCoin": "BTC"}
    return words | {"price": "1", "baseVolume": "0", "cTime": str(SENT_AT + int(number))} | more


def asked(server: responses.RequestsMock) -> list[dict[str, str]]:
    return [dict(call.request.params) for call in server.calls]  # type: ignore[attr-defined]  # responses adds them


def test_both_states_of_open_orders_are_asked_for(server: responses.RequestsMock, rest: BitgetClient) -> None:
    """One that is filled in part between the two answers is told once, as it was last; the oldest comes first."""
    rows = [mix_order("2", "live"), mix_order("1", "live")]
    server.get(f"{MIX}/order/orders-pending", json=ok({"entrustedList": rows, "endId": None}))
    rows = [mix_order("2", "partially_filled", baseVolume="0.5")]
    server.get(f"{MIX}/order/orders-pending", json=ok({"entrustedList": rows, "endId": None}))
    found = ClassicQueries(lambda: rest, ["COIN-FUTURES"]).open_orders()
    assert [(one.order_id, one.filled, one.recovered) for one in found.updates] == [
        ("1", 0, True),
        ("2", Decimal("0.5"), True),
    ]
    assert [one["status"] for one in asked(server)] == ["live", "partially_filled"]
    assert {product_of("", one.raw) for one in found.updates} == {"COIN-FUTURES"}


def test_a_category_that_fails_leaves_no_picture(server: responses.RequestsMock, rest: BitgetClient) -> None:
    """It is raised, whatever the others said."""
    server.get(f"{MIX}/order/orders-pending", json=ok({"entrustedList": None, "endId": None}))
    server.get(f"{MIX}/order/orders-pending", json=ok({"entrustedList": None, "endId": None}))
    refused = {"code": "40014", "msg": "no permission", "requestTime": SENT_AT, "data": None}
    server.get(f"{MIX}/order/orders-pending", json=refused, status=400)
    with pytest.raises(OkxAuthError, match="no permission"):
        ClassicQueries(lambda: rest, ["USDT-FUTURES", "COIN-FUTURES"]).open_orders()


def test_a_row_without_a_readable_name_may_be_the_one(server: responses.RequestsMock, rest: BitgetClient) -> None:
    """It is told as lost, and not left out; what is on others is left out."""
    rows = [
        mix_order("1", "live"),
        mix_order("2", "live", symbol="ETHUSD"),
        {**mix_order("3", "live"), "symbol": ["?"]},
    ]
    server.get(f"{MIX}/order/orders-pending", json=ok({"entrustedList": rows, "endId": None}))
    found = ClassicQueries(lambda: rest, ["COIN-FUTURES"]).open_orders("BTCUSD")
    assert [one.order_id for one in found.updates] == ["1"]
    assert {error.field for error in found.lost} == {"MixOrder.symbol"}


def test_a_name_that_there_is_not(server: responses.RequestsMock, rest: BitgetClient) -> None:
    """No orders on a contract that there is; a ConfigError for another one."""
    server.get(f"{MIX}/order/orders-pending", json=ok({"entrustedList": [], "endId": None}))
    server.get(f"{MIX}/market/contracts", json=ok([{"symbol": "BTCUSD"}]))
    queries = ClassicQueries(lambda: rest, ["COIN-FUTURES"])
    assert queries.open_orders("BTCUSD").updates == []
    with pytest.raises(ConfigError, match="BTCUDS"):
        queries.open_orders("BTCUDS")


def test_a_futures_order_is_looked_up_where_it_is(server: responses.RequestsMock, rest: BitgetClient) -> None:
    """By the product type that a row of it tells, that it was placed in, or that of its name."""
    row = mix_order("7", "filled", clientOid="mine", baseVolume="1")
    server.get(f"{MIX}/order/detail", json=ok(row))
    queries = ClassicQueries(lambda: rest, ["USDT-FUTURES", "COIN-FUTURES"])
    update = queries.look_up(OrderState(inst_id="BTCUSD", client_order_id="mine"))
    assert update is not None
    assert (update.status, update.recovered, update.raw.productType) == ("filled", True, "COIN-FUTURES")
    (raw,) = decoder(MixOrder)([row], {"productType": "SCOIN-FUTURES"})
    queries.look_up(OrderState(inst_id="BTCUSD", order_id="7", raw=raw))
    queries.look_up(OrderState(inst_id="BTCUSDT", client_order_id="mine", product="SUSDT-FUTURES"))
    assert [one["productType"] for one in asked(server)] == ["COIN-FUTURES", "SCOIN-FUTURES", "SUSDT-FUTURES"]


@pytest.mark.parametrize("code", ["25204", "40109"])
def test_an_order_that_bitget_does_not_know(server: responses.RequestsMock, rest: BitgetClient, code: str) -> None:
    """None, on both kinds of account; other refusals are raised."""
    refused = {"code": code, "msg": "no order", "requestTime": SENT_AT, "data": None}
    server.get(f"{MIX}/order/detail", json=refused, status=400)
    server.get(f"{HOST}/api/v3/trade/order-info", json=refused, status=400)
    order = OrderState(inst_id="BTCUSDT", order_id="7")
    assert ClassicQueries(lambda: rest, ["USDT-FUTURES"]).look_up(order) is None
    assert UnifiedQueries(lambda: rest).look_up(order) is None


def test_positions_of_a_unified_account_are_of_three_categories(
    server: responses.RequestsMock, rest: BitgetClient
) -> None:
    """Each is asked for; null says that there are none."""
    server.get(f"{HOST}/api/v3/position/current-position", json=ok({"list": None}))
    assert UnifiedQueries(lambda: rest).positions() == []
    assert [one["category"] for one in asked(server)] == ["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"]


def test_fills_come_oldest_first(server: responses.RequestsMock, rest: BitgetClient) -> None:
    """Of the one order, from its creation on; flagged as fetched."""
    now = round(Clock().server_time() * 1000)
    fill = {"symbol": "BTCUSDT", "orderId": "7", "side": "buy", "execPrice": "1", "execQty": "1"}
    rows = [fill | {"execId": "2", "createdTime": str(now)}, fill | {"execId": "1", "createdTime": str(now - 1)}]
    server.get(f"{HOST}/api/v3/trade/fills", json=ok({"list": rows, "cursor": None}))
    order = OrderState(inst_id="BTCUSDT", order_id="7", created_at=now - 1000)
    found = UnifiedQueries(lambda: rest).fills_of(order)
    assert [(one.trade_id, one.recovered) for one in found] == [("1", True), ("2", True)]
    (request,) = asked(server)
    assert (request["orderId"], request["startTime"]) == ("7", str(now - 61_000))


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("BTCUSDT", "USDT-FUTURES"),
        ("BTCPERP", "USDC-FUTURES"),
        ("BTCUSD", "COIN-FUTURES"),
        ("ETHUSDM26", "COIN-FUTURES"),
        ("?", "USDT-FUTURES"),
    ],
)
def test_names_tell_the_product_type(name: str, product: str) -> None:
    """Where no row does."""
    assert product_of(name) == product
