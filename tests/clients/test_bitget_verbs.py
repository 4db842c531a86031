"""The everyday calls of BitgetClient, by the names of OkxClient: one word for both kinds of account."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from okx_sync import AsyncBitgetClient, BitgetClient, BitgetConfig, Credentials, OkxClient
from okx_sync.clients.bitget_market_verbs import BitgetMarketVerbs
from okx_sync.clients.bitget_verbs import BitgetVerbs
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.account_kind import AccountKind
from okx_sync.exchanges.bitget.classic_orders import margin_coin
from tests.rest.toy_dialect import TurnedClock

SPOT: Final = "/api/v2/spot/trade"
HOST: Final = "https://api.bitget.com"
KEY: Final = Credentials("key-1234", "secret", "phrase")
PERP: Final = "BTCUSDT"
NEW: Final[dict[str, Any]] = {
    "side": "buy",
    "order_type": "limit",
    "size": "0.01",
    "price": "100.50",
    "client_order_id": "mine",
}


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(kind: AccountKind | None) -> BitgetClient:
    return BitgetClient(BitgetConfig(KEY), clock=TurnedClock(), account_kind=kind)


def ok(data: Any) -> dict[str, Any]:
    return {"code": "00000", "msg": "success", "requestTime": 1_700_000_000_123, "data": data}


def sent(call: Any) -> tuple[str, str, Any]:
    request = call.request
    parts = urlsplit(request.url)
    return request.method, parts.path, json.loads(request.body) if request.body else dict(parse_qsl(parts.query))


UTA_NEW: Final[dict[str, Any]] = {
    "category": "USDT-FUTURES", "symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "qty": "0.01",
    "price": "100.50", "clientOid": "mine",
}  # fmt: skip
MIX_NEW: Final[dict[str, Any]] = {
    "productType": "USDT-FUTURES", "symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "size": "0.01",
    "price": "100.50", "clientOid": "mine", "marginMode": "crossed", "marginCoin": "USDT",
}  # fmt: skip
SPOT_NEW: Final[dict[str, Any]] = {
    "symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "size": "0.01", "price": "100.50", "clientOid": "mine",
    "force": "gtc",
}  # fmt: skip

ORDERS: Final[list[tuple[str, AccountKind, Callable[[BitgetClient], Any], str, Any]]] = [
    ("place", "uta", lambda c: c.place_order(PERP, **NEW), "/api/v3/trade/place-order", UTA_NEW),
    ("place", "classic", lambda c: c.place_order(PERP, **NEW), "/api/v2/mix/order/place-order", MIX_NEW),
    ("place", "classic", lambda c: c.place_order(PERP, **NEW, category="SPOT"), f"{SPOT}/place-order", SPOT_NEW),
    (
        "reduce",
        "uta",
        lambda c: c.place_order(PERP, **NEW, reduce_only=True),
        "/api/v3/trade/place-order",
        {**UTA_NEW, "reduceOnly": "yes"},
    ),
    (
        "reduce",
        "classic",
        lambda c: c.place_order(PERP, **NEW, reduce_only=True),
        "/api/v2/mix/order/place-order",
        {**MIX_NEW, "reduceOnly": "YES"},
    ),
    ("cancel", "uta", lambda c: c.cancel_order(PERP, client_order_id="mine"), "/api/v3/trade/cancel-order",
     {"category": "USDT-FUTURES", "symbol": "BTCUSDT", "clientOid": "mine"}),
    ("cancel", "classic", lambda c: c.cancel_order(PERP, client_oid="mine"), "/api/v2/mix/order/cancel-order",
     {"productType": "USDT-FUTURES", "symbol": "BTCUSDT", "clientOid": "mine"}),
    ("cancel", "classic", lambda c: c.cancel_order(PERP, client_oid="mine", category="SPOT"),
     f"{SPOT}/cancel-order", {"symbol": "BTCUSDT", "clientOid": "mine"}),
    ("amend", "uta", lambda c: c.amend_order(PERP, client_oid="mine", new_price="101"), "/api/v3/trade/modify-order",
     {"category": "USDT-FUTURES", "symbol": "BTCUSDT", "clientOid": "mine", "price": "101"}),
    ("leverage", "uta", lambda c: c.set_leverage(PERP, 5), "/api/v3/account/set-leverage",
     {"category": "USDT-FUTURES", "symbol": "BTCUSDT", "leverage": "5"}),
    ("leverage", "classic", lambda c: c.set_leverage(PERP, 5), "/api/v2/mix/account/set-leverage",
     {"productType": "USDT-FUTURES", "symbol": "BTCUSDT", "marginCoin": "USDT", "leverage": "5"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "call", "path", "body"), ORDERS, ids=[f"{row[0]}-{row[3]}" for row in ORDERS])
def test_writes_by_the_kind_of_account(
    server: responses.RequestsMock,
    name: str,
    kind: AccountKind,
    call: Callable[[BitgetClient], Any],
    path: str,
    body: Any,
) -> None:
    """Neutral words and Bitget's own, to the protocol of the account and nowhere else."""
    server.post(f"{HOST}{path}", json=ok({"orderId": "1", "clientOid": "mine"}))
    with client(kind) as bitget:
        receipt = call(bitget)
    assert [sent(one) for one in server.calls] == [("POST", path, body)]
    if name != "leverage":
        assert (receipt.ok, receipt.orderId) == (True, "1")


def test_a_change_on_a_classic_account_is_another_order(server: responses.RequestsMock) -> None:
    """Both size and price go out, with a new id of our own, by which the new order is found."""
    server.post(f"{HOST}/api/v2/mix/order/modify-order", json=ok({"orderId": "1", "clientOid": "mine"}))
    with client("classic") as bitget:
        receipt = bitget.amend_order(PERP, client_oid="mine", new_size="2", new_price="101")
        with pytest.raises(ConfigError, match="new_size"):
            bitget.amend_order(PERP, client_oid="mine", new_price="101")
    (_, _, body) = sent(server.calls[0])
    assert (body["newSize"], body["newPrice"], body["clientOid"]) == ("2", "101", "mine")
    assert receipt.newClientOid == body["newClientOid"] != "mine"  # type: ignore[union-attr]
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("side", "position", "theirs"),
    [
        ("buy", "long", ("buy", "open")),
        ("sell", "long", ("buy", "close")),
        ("sell", "short", ("sell", "open")),
        ("buy", "short", ("sell", "close")),
    ],
)
def test_hedge_mode(server: responses.RequestsMock, side: str, position: str, theirs: tuple[str, str]) -> None:
    """One meaning of side: V3 takes it as it is, V2 names the position's and says whether it opens or closes."""
    server.post(f"{HOST}/api/v2/mix/order/place-order", json=ok({"orderId": "1", "clientOid": "mine"}))
    server.post(f"{HOST}/api/v3/trade/place-order", json=ok({"orderId": "1", "clientOid": "mine"}))
    order = {**NEW, "side": side, "pos_side": position}
    kinds: tuple[AccountKind, ...] = ("classic", "uta")
    for kind in kinds:
        with client(kind) as bitget:
            bitget.place_order(PERP, **order)
    old, new = (sent(call)[2] for call in server.calls)
    assert (old["side"], old["tradeSide"]) == theirs
    assert "posSide" not in old
    assert (new["side"], new["posSide"]) == (side, position)


def test_what_a_classic_account_does_not_have(server: responses.RequestsMock) -> None:
    """An error before anything is sent, never a word that is dropped."""
    with client("classic") as bitget:
        with pytest.raises(ConfigError, match="reduce_only"):
            bitget.place_order(PERP, **NEW, category="SPOT", reduce_only=True)
        with pytest.raises(ConfigError, match="pos_side"):
            bitget.place_order(PERP, **NEW, category="SPOT", pos_side="long")
        with pytest.raises(ConfigError, match="one-way"):
            bitget.place_order(PERP, **NEW, pos_side="long", reduce_only=True)
        with pytest.raises(ConfigError, match="MARGIN"):
            bitget.place_order(PERP, **NEW, category="MARGIN")
        with pytest.raises(ConfigError) as caught:
            bitget.cancel_order(PERP, "1", category="usdt-futures")
        assert "USDT-FUTURES" in (caught.value.hint or "")
        with pytest.raises(ConfigError, match="tp_trigger"):
            bitget.place_order(PERP, **NEW, tp_trigger_by="mark")  # type: ignore[call-arg]
    assert len(server.calls) == 0


def test_the_coin_of_the_margin() -> None:
    """From the category, or from the name of a contract that is settled in its base currency."""
    assert [margin_coin("USDT-FUTURES", PERP), margin_coin("USDC-FUTURES", "BTCPERP")] == ["USDT", "USDC"]
    assert [margin_coin("COIN-FUTURES", name) for name in ("BTCUSD", "ETHUSDZ26")] == ["BTC", "ETH"]
    with pytest.raises(ConfigError, match="margin"):
        margin_coin("COIN-FUTURES", "BTC")


def test_the_kind_is_asked_for_once(server: responses.RequestsMock) -> None:
    """By the first call that needs it; market data do not."""
    server.get(f"{HOST}/api/v3/account/settings", json=ok({"uid": "1"}))
    server.get(f"{HOST}/api/v3/market/tickers", json=ok([{"symbol": "BTCUSDT", "lastPrice": "1.5"}]))
    server.get(f"{HOST}/api/v3/position/current-position", json=ok({"list": None}))
    with client(None) as bitget:
        ticker = bitget.get_ticker(PERP)
        assert ticker is not None
        assert ticker.lastPrice == Decimal("1.5")
        assert [sent(one)[1] for one in server.calls] == ["/api/v3/market/tickers"]
        assert bitget.get_positions() == bitget.get_positions(PERP, category="USDT-FUTURES") == []
    paths = [sent(one)[1] for one in server.calls[1:]]
    assert paths == ["/api/v3/account/settings", *["/api/v3/position/current-position"] * 4]


def test_open_orders_and_positions_of_all_categories(server: responses.RequestsMock) -> None:
    """Of a unified account open orders come from one listing, of a classic one from four."""
    server.get(f"{HOST}/api/v3/trade/unfilled-orders", json=ok({"list": None, "cursor": None}))
    server.get(f"{HOST}/api/v2/mix/order/orders-pending", json=ok({"entrustedList": None, "endId": None}))
    server.get(f"{HOST}/api/v2/spot/trade/unfilled-orders", json=ok(None))
    server.get(f"{HOST}/api/v2/mix/position/all-position", json=ok([]))
    with client("uta") as bitget:
        assert bitget.get_open_orders() == []
    assert len(server.calls) == 1
    with client("classic") as bitget:
        assert bitget.get_orders_pending() == []
        assert bitget.get_positions() == []
    asked = [sent(one) for one in server.calls[1:]]
    kinds = ["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"]
    assert asked[0][1] == "/api/v2/spot/trade/unfilled-orders"
    assert [data.get("productType") for _, _, data in asked[1:]] == [*kinds, *kinds]


def test_balances(server: responses.RequestsMock) -> None:
    """Each row gives neutral balances, whichever account it is of."""
    account = {"accountEquity": "11", "assets": [{"coin": "USDT", "equity": "6"}]}
    server.get(f"{HOST}/api/v3/account/assets", json=ok(account))
    server.get(f"{HOST}/api/v2/mix/account/accounts", json=ok([{"marginCoin": "USDT", "available": "1"}]))
    server.get(f"{HOST}/api/v2/spot/account/assets", json=ok([{"coin": "BTC", "available": "2"}]))
    with client("uta") as bitget:
        told = [row.to_update() for row in bitget.get_balance()]
    assert [(one.total_equity, one.balances[0].currency) for one in told] == [(Decimal(11), "USDT")]
    with client("classic") as bitget:
        told = [row.to_update() for row in bitget.get_balance()]
    assert [one.balances[0].currency for one in told] == ["USDT", "USDT", "USDT", "BTC"]


BATCH: Final = [{"inst_id": "BTCUSDT", **NEW}, {"inst_id": "BTCUSDT", **NEW, "client_order_id": "other"}]


def test_batches(server: responses.RequestsMock) -> None:
    """Each protocol has its own form: what all orders of futures share is said once on V2."""
    rows = [{"orderId": "1", "clientOid": "mine"}, {"orderId": "2", "clientOid": "other"}]
    server.post(f"{HOST}/api/v3/trade/place-batch", json=ok(rows))
    both = ok({"successList": rows, "failureList": []})
    server.post(f"{HOST}/api/v2/mix/order/batch-place-order", json=both)
    server.post(f"{HOST}{SPOT}/batch-orders", json=both)
    with client("uta") as bitget:
        assert bitget.place_batch_orders(BATCH).ok
    with client("classic") as bitget:
        assert bitget.place_batch_orders(BATCH).ok
        assert bitget.place_batch_orders(BATCH, category="SPOT").ok
    new, mix, spot = (sent(call)[2] for call in server.calls)
    assert new == [UTA_NEW, {**UTA_NEW, "clientOid": "other"}]
    of_all = {name: MIX_NEW[name] for name in ("symbol", "productType", "marginMode", "marginCoin")}
    own = {name: value for name, value in MIX_NEW.items() if name not in of_all}
    assert mix == {**of_all, "orderList": [own, {**own, "clientOid": "other"}]}
    assert spot == {"batchMode": "multiple", "orderList": [SPOT_NEW, {**SPOT_NEW, "clientOid": "other"}]}


def test_canceling_batches(server: responses.RequestsMock) -> None:
    """By ids, of one contract on V2's futures."""
    rows = [{"orderId": "1", "clientOid": ""}, {"orderId": "2", "clientOid": ""}]
    server.post(f"{HOST}/api/v3/trade/cancel-batch", json=ok(rows))
    both = ok({"successList": rows, "failureList": []})
    server.post(f"{HOST}/api/v2/mix/order/batch-cancel-orders", json=both)
    server.post(f"{HOST}{SPOT}/batch-cancel-order", json=both)
    wanted = [{"symbol": "BTCUSDT", "order_id": "1"}, {"symbol": "BTCUSDT", "order_id": "2"}]
    with client("uta") as bitget:
        assert bitget.cancel_batch_orders(wanted).ok
    with client("classic") as bitget:
        assert bitget.cancel_batch_orders(wanted).ok
        assert bitget.cancel_batch_orders(wanted, category="SPOT").ok
        with pytest.raises(ConfigError, match="symbol in common"):
            bitget.cancel_batch_orders([*wanted, {"symbol": "ETHUSDT", "order_id": "3"}])
        with pytest.raises(ConfigError, match="no batch of changes"):
            bitget.amend_batch_orders([{"symbol": "BTCUSDT", "order_id": "1", "new_price": "1"}])
    ids = [{"orderId": "1"}, {"orderId": "2"}]
    bodies = [sent(call)[2] for call in server.calls]
    assert bodies[0] == [{"category": "USDT-FUTURES", "symbol": "BTCUSDT", **one} for one in ids]
    assert bodies[1] == {"symbol": "BTCUSDT", "productType": "USDT-FUTURES", "orderIdList": ids}
    assert bodies[2] == {"batchMode": "multiple", "orderList": [{"symbol": "BTCUSDT", **one} for one in ids]}
    assert len(bodies) == 3


def test_the_same_names_as_on_okx_and_awaited() -> None:
    """A program is moved by changing the client; the asynchronous one has all of them."""
    own = {name for part in (BitgetVerbs, BitgetMarketVerbs) for name in vars(part) if not name.startswith("_")}
    own -= {"account_kind"}
    okx = {name for name in vars(OkxClient) if name.startswith(("get_", "place_", "amend_", "cancel_"))}
    assert okx - own == {"get_index_tickers"}
    assert own <= vars(AsyncBitgetClient).keys()
