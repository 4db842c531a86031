"""Orders of Bitget whose answer was lost, on each of its APIs: what the error knows, and what a look-up finds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

import pytest
import responses

from okx_sync import BitgetClient
from okx_sync.errors import ConfigError, OkxAuthError, OrderStatusUnknown
from okx_sync.exchanges.bitget.order_lookup import (
    MixOrderLookup,
    MixPlanLookup,
    SpotOrderLookup,
    SpotPlanLookup,
    UtaOrderLookup,
    UtaStrategyLookup,
)
from tests.exchanges.bitget.rest_server import HOST, client, ok, refusal, sent

NOW: Final = 1_700_000_000_000  # when the clock of these tests stands
ROW: Final = {
    "orderId": "7", "clientOid": "mine", "symbol": "BTCUSDT", "side": "buy", "size": "1", "qty": "1", "price": "5",
    "status": "live", "state": "live", "orderStatus": "live", "planStatus": "live", "cTime": str(NOW + 20),
    "createdTime": str(NOW + 20), "orderType": "limit",
}  # fmt: skip
FUTURE: Final[dict[str, Any]] = {"symbol": "BTCUSDT", "product_type": "USDT-FUTURES"}
LIMIT: Final[dict[str, Any]] = {"side": "buy", "order_type": "limit", "size": "1", "price": "5"}
UTA: Final[dict[str, Any]] = {
    "category": "USDT-FUTURES",
    "symbol": "BTCUSDT",
    "side": "buy",
    "order_type": "limit",
    "qty": "1",
}

Call = Callable[[BitgetClient], object]

PLACED: Final[dict[str, tuple[Call, str, dict[str, str], type[Any]]]] = {
    "mix": (
        lambda one: one.mix.place_order(
            **FUTURE,
            **LIMIT,
            margin_mode="crossed",
            margin_coin="USDT",
            client_oid="mine",
        ),
        "/api/v2/mix/order/detail",
        {"symbol": "BTCUSDT", "productType": "USDT-FUTURES", "clientOid": "mine"},
        MixOrderLookup,
    ),
    "spot": (
        lambda one: one.spot.place_order("BTCUSDT", **LIMIT, client_oid="mine"),
        "/api/v2/spot/trade/orderInfo",
        {"clientOid": "mine"},
        SpotOrderLookup,
    ),
    "uta": (
        lambda one: one.uta.place_order(**UTA, price="5", client_oid="mine"),
        "/api/v3/trade/order-info",
        {"clientOid": "mine"},
        UtaOrderLookup,
    ),
}
"""A lost placement on each API, where it is looked up and by what, and what is found."""


def lost(server: responses.RequestsMock, bitget: BitgetClient, call: Call) -> OrderStatusUnknown:
    """The error of a call whose answer does not come through."""
    server.post(re.compile(f"{HOST}/.*"), status=502, body="bad gateway")
    with pytest.raises(OrderStatusUnknown) as caught:
        call(bitget)
    return caught.value


@pytest.mark.parametrize("api", PLACED)
@pytest.mark.parametrize("shape", [list, dict])
def test_a_lost_order_is_found(server: responses.RequestsMock, api: str, shape: type) -> None:
    """By its own id; the answer may be an object or a list with it."""
    call, path, asked, kind = PLACED[api]
    server.get(f"{HOST}{path}", json=ok([ROW] if shape is list else ROW))
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, call))
    assert isinstance(found, kind)
    assert found.order is not None
    assert (found.status, found.order.orderId, found.applied) == ("found", "7", True)
    assert sent(server) == asked


@pytest.mark.parametrize("api", PLACED)
@pytest.mark.parametrize("answer", [refusal("40109"), refusal("43001"), refusal("25204"), ok(None), ok([])])
def test_a_lost_order_that_is_not_there(server: responses.RequestsMock, api: str, answer: dict[str, Any]) -> None:
    """Whether Bitget refuses or answers with nothing; it is asked again, since an order can be late."""
    call, path, *_ = PLACED[api]
    server.get(f"{HOST}{path}", json=answer, status=400 if answer["code"] != "00000" else 200)
    with client() as bitget:
        error = lost(server, bitget, call)
        assert bitget.reconcile(error, timeout=2) is None
    assert len(server.calls) > 3


@pytest.mark.parametrize("api", PLACED)
def test_a_namesake_is_not_the_one(server: responses.RequestsMock, api: str) -> None:
    """An id may be used again: an older order of it, or one of other terms, is another one."""
    call, path, *_ = PLACED[api]
    older = {**ROW, "cTime": str(NOW - 60_000_000), "createdTime": str(NOW - 60_000_000)}
    server.get(f"{HOST}{path}", json=ok(older))
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, call), timeout=0)
    assert (found.status, found.order) == ("missing", None)
    assert found.other is not None
    assert "before" in str(found)


def test_a_look_up_that_fails(server: responses.RequestsMock) -> None:
    """Nobody takes it for "not there"."""
    call, path, *_ = PLACED["spot"]
    server.get(f"{HOST}{path}", json=refusal("40014"), status=400)
    with client() as bitget, pytest.raises(OkxAuthError):
        bitget.lookup(lost(server, bitget, call))


def test_a_market_buy_of_a_unified_account(server: responses.RequestsMock) -> None:
    """It has an amount of quote currency and no size, which contradicts nothing."""
    order: dict[str, Any] = {
        "category": "SPOT",
        "symbol": "BTCUSDT",
        "side": "buy",
        "order_type": "market",
        "qty": "100",
    }
    server.get(f"{HOST}/api/v3/trade/order-info", json=ok({**ROW, "qty": "0", "amount": "100", "price": "0"}))
    with client() as bitget:
        error = lost(server, bitget, lambda one: one.uta.place_order(**order, client_oid="mine"))
        assert bitget.lookup(error).is_found


def test_a_lost_cancel(server: responses.RequestsMock) -> None:
    """What the order is now tells whether it was carried out."""
    server.get(
        f"{HOST}/api/v2/spot/trade/orderInfo", json=ok([{**ROW, "status": "cancelled", "cTime": str(NOW - 9000)}])
    )
    with client() as bitget:
        error = lost(server, bitget, lambda one: one.spot.cancel_order("BTCUSDT", "7"))
        assert bitget.lookup(error).applied is True


def test_a_lost_batch(server: responses.RequestsMock) -> None:
    """Pair and product type, which a batch says once, are known of each of its orders."""
    rows = [{**LIMIT, "client_oid": name} for name in ("a", "b")]
    with client() as bitget:
        error = lost(server, bitget, lambda one: one.spot.place_batch_orders(rows, "BTCUSDT"))
        assert [order["symbol"] for order in error.orders] == ["BTCUSDT", "BTCUSDT"]
        server.get(f"{HOST}/api/v2/spot/trade/orderInfo", json=ok([{**ROW, "clientOid": "a"}]))
        first, second = bitget.lookup_all(error, timeout=0)
    assert (first.is_found, second.is_found) == (True, False)


# -- orders that take the place of others ------------------------------------------------------------------------------

REPLACED: Final[dict[str, tuple[Call, str]]] = {
    "mix": (
        lambda one: one.mix.amend_order(
            **FUTURE,
            order_id="7",
            new_size="2",
            new_price="6",
            new_client_oid="new",
        ),
        "/api/v2/mix/order/detail",
    ),
    "spot": (
        lambda one: one.spot.replace_order("BTCUSDT", "6", "2", order_id="7", new_client_oid="new"),
        "/api/v2/spot/trade/orderInfo",
    ),
}


@pytest.mark.parametrize("api", REPLACED)
def test_the_new_order_is_looked_for_first(server: responses.RequestsMock, api: str) -> None:
    """It has another id, and was made after the request."""
    call, path = REPLACED[api]
    server.get(f"{HOST}{path}", json=ok([{**ROW, "orderId": "8", "clientOid": "new", "size": "2", "price": "6"}]))
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, call))
    assert found.order is not None
    assert (found.order.orderId, found.applied) == ("8", True)
    assert (sent(server)["clientOid"], "orderId" in sent(server)) == ("new", False)


@pytest.mark.parametrize("api", REPLACED)
def test_the_old_order_where_there_is_no_new_one(server: responses.RequestsMock, api: str) -> None:
    """It says what is left: perhaps it stands, perhaps it is canceled without a successor."""
    call, path = REPLACED[api]

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        is_new = "clientOid=new" in request.url
        old = {**ROW, "cTime": str(NOW - 9000), "clientOid": "old"}
        return (400, {}, json.dumps(refusal("40109"))) if is_new else (200, {}, json.dumps(ok([old])))

    server.add_callback(responses.GET, f"{HOST}{path}", callback=answer)
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, call), timeout=0)
    assert found.order is not None
    assert (found.order.orderId, found.applied) == ("7", False)


# -- trigger orders ----------------------------------------------------------------------------------------------------

TRIGGERS: Final[dict[str, tuple[Call, str, str, type[Any]]]] = {
    "mix": (
        lambda one: one.mix.place_plan_order(
            **FUTURE,
            plan_type="normal_plan",
            margin_mode="crossed",
            margin_coin="USDT",
            size="1",
            price="5",
            trigger_price="6",
            trigger_type="mark_price",
            side="buy",
            order_type="limit",
            client_oid="mine",
        ),
        "/api/v2/mix/order/orders-plan-",
        "entrustedList",
        MixPlanLookup,
    ),
    "spot": (
        lambda one: one.spot.place_plan_order(
            "BTCUSDT", "buy", "limit", "1", "6", "mark_price", execute_price="5", client_oid="mine"
        ),
        "/api/v2/spot/trade/",
        "orderList",
        SpotPlanLookup,
    ),
    "uta": (
        lambda one: one.uta.cancel_strategy_order(client_oid="mine"),
        "/api/v3/trade/",
        "list",
        UtaStrategyLookup,
    ),
}
"""A lost request, how the paths of the listings begin, and under which name the rows are."""


@pytest.mark.parametrize("api", TRIGGERS)
@pytest.mark.parametrize("is_done", [False, True])
def test_trigger_orders_are_found_in_their_lists(server: responses.RequestsMock, api: str, is_done: bool) -> None:
    """Among those that stand, or in the history; single orders of that kind cannot be asked for."""
    call, path, key, kind = TRIGGERS[api]
    row = {**ROW, **({} if api != "uta" else {"cTime": str(NOW - 9000), "createdTime": str(NOW - 9000)})}

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        has = ("history" in request.url) is is_done
        return 200, {}, json.dumps(ok({key: [{"orderId": "1", "clientOid": "other"}, *([row] if has else [])]}))

    server.add_callback(responses.GET, re.compile(f"{HOST}{path}.*"), callback=answer)
    with client() as bitget:
        found = bitget.lookup(lost(server, bitget, call), timeout=0)
    assert isinstance(found, kind)
    assert found.order is not None
    assert found.order.orderId == "7"
    if is_done and api == "spot":
        assert int(sent(server)["endTime"]) - int(sent(server)["startTime"]) < 90 * 86_400_000


# -- what cannot be looked up ------------------------------------------------------------------------------------------


def test_canceling_all_names_no_order(server: responses.RequestsMock) -> None:
    """It is said what to do instead."""
    with client() as bitget:
        error = lost(server, bitget, lambda one: one.spot.cancel_all_orders("BTCUSDT"))
        with pytest.raises(ConfigError, match="no single order"):
            bitget.lookup(error)


def test_an_error_of_the_callers_making(server: responses.RequestsMock) -> None:
    """What it says of its order tells where that is; else nobody can look."""
    server.get(f"{HOST}/api/v3/trade/order-info", json=ok(ROW))
    asked = {"symbol": "BTCUSDT", "clientOid": "mine", "category": "SPOT"}
    with client() as bitget:
        found = bitget.reconcile(OrderStatusUnknown("lost", clOrdId="mine", orders=[asked]))
        assert found is not None
        assert found.orderId == "7"
        with pytest.raises(ConfigError, match="where"):
            bitget.reconcile(OrderStatusUnknown("lost", clOrdId="mine", orders=[{"clientOid": "mine"}]))
        with pytest.raises(ConfigError, match="names no order"):
            bitget.reconcile(OrderStatusUnknown("lost", clOrdId="mine"))
