"""pybit and ccxt place, amend and cancel orders with stops, and stops by themselves, on the paper exchange's Bybit."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange

PERP, SYMBOL, SWAP = {"category": "linear", "symbol": "BTCUSDT"}, "BTC/USDT:USDT", "BTC-USDT-SWAP"
SPOT = "BTC/USDT"
ENTRY = {**PERP, "side": "Buy", "orderType": "Limit", "qty": "0.02", "price": "64000"}
SEEN = {"acknowledged": True}
TIMEOUT_S = 10


@pytest.fixture
def calm() -> Iterator[PaperExchange]:
    """A market that only moves when told to."""
    with PaperExchange(flow_per_s=0) as paper:
        yield paper
        assert paper.problems == []


@pytest.fixture
def http(calm: PaperExchange) -> Iterator[Any]:
    """pybit's HTTP client with Alice's key."""
    unified_trading = pytest.importorskip("pybit.unified_trading", reason="needs the extra okx_sync[thirdparty]")
    account = calm.accounts[0]
    client = unified_trading.HTTP(testnet=True, api_key=account.api_key, api_secret=account.secret_key)
    client.endpoint = calm.url
    client.client.trust_env = False
    yield client
    client.client.close()


@pytest.fixture
def bybit(calm: PaperExchange) -> Iterator[Any]:
    """ccxt's client with Alice's key."""
    ccxt = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")
    account = calm.accounts[0]
    client = ccxt.bybit({"apiKey": account.api_key, "secret": account.secret_key, "enableRateLimit": False})
    client.urls["api"] = dict.fromkeys(client.urls["api"], calm.url)
    client.session.trust_env = False
    yield client
    client.session.close()


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The list of an answer."""
    found: list[dict[str, Any]] = answer["result"]["list"]
    return found


def waiting(http: Any) -> dict[str, dict[str, Any]]:
    """The stops that wait, by their kind."""
    return {row["stopOrderType"]: row for row in rows(http.get_open_orders(**PERP, orderFilter="StopOrder"))}


def refusal(call: Callable[..., Any], **args: Any) -> int:
    """The code of a call that has to fail."""
    exceptions = pytest.importorskip("pybit.exceptions", reason="needs pybit 5")
    with pytest.raises(exceptions.InvalidRequestError) as refused:
        call(**args)
    code: int = refused.value.status_code
    return code


def test_pybit_brings_a_stop_and_a_target(http: Any, calm: PaperExchange) -> None:
    """They are amended on the order, born by its fill, moved and taken away there, and one closes the position."""
    assert refusal(http.place_order, **ENTRY, stopLoss="66000") == 10001
    http.place_order(**ENTRY, takeProfit="70000", stopLoss="60000", tpslMode="Full", orderLinkId="entry")
    http.amend_order(**PERP, orderLinkId="entry", stopLoss="60500")
    (row,) = rows(http.get_open_orders(**PERP))
    assert (row["orderStatus"], row["takeProfit"], row["stopLoss"]) == ("New", "70000", "60500")
    calm.fill("entry")
    born = waiting(http)
    assert {kind: row["triggerPrice"] for kind, row in born.items()} == {"TakeProfit": "70000", "StopLoss": "60500"}
    assert {row["parentOrderLinkId"] for row in born.values()} == {"entry"}
    http.amend_order(**PERP, orderId=born["StopLoss"]["orderId"], triggerPrice="61000")
    http.cancel_order(**PERP, orderId=born["TakeProfit"]["orderId"])
    http.set_trading_stop(**PERP, tpslMode="Full", positionIdx=0, takeProfit="71000")
    (held,) = rows(http.get_positions(**PERP))
    assert (held["size"], held["takeProfit"], held["stopLoss"]) == ("0.02", "71000", "61000")
    calm.trade_at(SWAP, "60900")
    assert waiting(http) == {}
    (stop,) = (row for row in rows(http.get_order_history(**PERP)) if row["stopOrderType"] == "StopLoss")
    assert (stop["orderId"], stop["orderStatus"]) == (born["StopLoss"]["orderId"], "Filled")
    sold = [row for row in rows(http.get_executions(**PERP)) if row["orderId"] == stop["orderId"]]
    assert {row["stopOrderType"] for row in sold} == {"StopLoss"}
    assert sum(float(row["closedSize"]) for row in sold) == pytest.approx(0.02)
    assert [row["size"] for row in rows(http.get_positions(**PERP))] == ["0"]


def test_pybit_waits_for_a_price(http: Any, calm: PaperExchange) -> None:
    """A conditional order is refused on the wrong side, amended, fires with its id, and is canceled."""
    order = {**ENTRY, "triggerPrice": "66000", "orderLinkId": "wait"}
    assert refusal(http.place_order, **order, triggerDirection=2) == 110093
    http.place_order(**order, triggerDirection=1)
    http.amend_order(**PERP, orderLinkId="wait", triggerPrice="65500", price="63000")
    (row,) = waiting(http).values()
    assert (row["orderStatus"], row["stopOrderType"], row["triggerPrice"]) == ("Untriggered", "Stop", "65500")
    calm.trade_at(SWAP, "65500")
    (fired,) = rows(http.get_open_orders(**PERP))
    assert (fired["orderId"], fired["orderStatus"], fired["price"]) == (row["orderId"], "New", "63000")
    http.cancel_order(**PERP, orderLinkId="wait")
    assert rows(http.get_order_history(**PERP))[0]["orderStatus"] == "Cancelled"


def test_pybit_is_told(http: Any, calm: PaperExchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its private stream has the birth of both stops, the fill of one, the end of the other, and the position."""
    unified_trading = pytest.importorskip("pybit.unified_trading")
    monkeypatch.setattr(unified_trading, "PRIVATE_WSS", calm.bybit_url("/v5/private"))
    calm.faults.delay(0.1, "ack")  # they note whom an answer is for after they have asked
    account, boxes = (
        calm.accounts[0],
        {name: queue.Queue[dict[str, Any]]() for name in ("order", "execution", "position")},
    )
    keys = {"api_key": account.api_key, "api_secret": account.secret_key, "private_auth_expire": 10}
    ws = unified_trading.WebSocket(testnet=True, channel_type="private", **keys)
    for name, box in boxes.items():
        getattr(ws, f"{name}_stream")(box.put)
    assert calm.wait_for(lambda: len(calm.topics()) == len(boxes))

    def told(name: str, **wanted: str) -> dict[str, Any]:
        while True:
            for row in boxes[name].get(timeout=TIMEOUT_S)["data"]:
                if wanted.items() <= row.items():
                    found: dict[str, Any] = row
                    return found

    http.place_order(**ENTRY, takeProfit="70000", stopLoss="60000", orderLinkId="entry")
    told("order", orderLinkId="entry", orderStatus="New", takeProfit="70000")
    calm.fill("entry")
    told("position", size="0.02", takeProfit="70000", stopLoss="60000")
    calm.trade_at(SWAP, "70100")
    target = told("order", stopOrderType="TakeProfit", orderStatus="Filled", parentOrderLinkId="entry")
    told("execution", orderId=target["orderId"], stopOrderType="TakeProfit", side="Sell")
    told("order", stopOrderType="StopLoss", cancelType="CancelByTpSlTsClear")
    told("position", size="0")
    ws.exit()


def test_ccxt_brings_a_stop_and_a_target(bybit: Any, calm: PaperExchange) -> None:
    """Placed with the order, amended on it, found when it is filled; one closes the position and ends the other."""
    levels = {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}}
    placed = bybit.create_order(SYMBOL, "limit", "buy", 0.02, 64000, levels)
    bybit.edit_order(placed["id"], SYMBOL, "limit", "buy", 0.02, 64000, {"stopLoss": 61000})
    fetched = bybit.fetch_order(placed["id"], SYMBOL, SEEN)
    assert (fetched["status"], fetched["stopLossPrice"], fetched["takeProfitPrice"]) == ("open", 61000, 70000)
    calm.trade_at(SWAP, "63950")
    found = bybit.fetch_open_orders(SYMBOL, params={"trigger": True})
    assert {(one["side"], one["amount"], one["triggerPrice"]) for one in found} == {
        ("sell", 0.02, 61000),
        ("sell", 0.02, 70000),
    }
    calm.trade_at(SWAP, "60900")
    assert bybit.fetch_open_orders(SYMBOL, params={"trigger": True}) == []
    assert [one["contracts"] for one in bybit.fetch_positions([SYMBOL]) if one["contracts"]] == []
    sold = [one for one in bybit.fetch_my_trades(SYMBOL) if one["side"] == "sell"]
    assert sum(one["amount"] for one in sold) == pytest.approx(0.02)


def test_ccxt_brings_both_to_a_spot_order(bybit: Any, calm: PaperExchange) -> None:
    """They wait as one order of two sides that sells what was bought, less the fee."""
    levels = {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}}
    bybit.create_order(SPOT, "limit", "buy", 0.02, 64000, levels)
    calm.trade_at("BTC-USDT", "63950")
    (pair,) = bybit.fetch_open_orders(SPOT, params={"trigger": True, "orderFilter": "OcoOrder"})
    assert (pair["side"], pair["amount"], pair["status"]) == ("sell", 0.019984, "open")
    calm.trade_at("BTC-USDT", "70100")
    assert bybit.fetch_open_orders(SPOT, params={"trigger": True, "orderFilter": "OcoOrder"}) == []
    assert bybit.fetch_my_trades(SPOT)[-1]["side"] == "sell"


def test_ccxt_waits_for_a_price(bybit: Any, calm: PaperExchange) -> None:
    """Triggers are amended, fire and are canceled; stops by themselves, fixed and trailing, belong to the position."""
    ccxt = pytest.importorskip("ccxt")
    placed = bybit.create_order(
        SYMBOL, "limit", "buy", 0.01, 64000, {"triggerPrice": 66000, "triggerDirection": "ascending"}
    )
    bybit.edit_order(placed["id"], SYMBOL, "limit", "buy", 0.01, 63000, {"triggerPrice": 65500})
    (waits,) = bybit.fetch_open_orders(SYMBOL, params={"trigger": True})
    assert (waits["id"], waits["triggerPrice"], waits["price"]) == (placed["id"], 65500, 63000)
    calm.trade_at(SWAP, "65500")
    bybit.cancel_order(placed["id"], SYMBOL)
    assert bybit.fetch_order(placed["id"], SYMBOL, SEEN)["status"] == "canceled"
    bybit.create_order(SYMBOL, "market", "buy", 0.02)
    stop = {"reduceOnly": True}
    with pytest.raises(ccxt.InvalidOrder, match="110093"):
        bybit.create_order(SYMBOL, "market", "sell", 0.02, None, {**stop, "stopLossPrice": 67000})
    own = bybit.create_order(SYMBOL, "market", "sell", 0.02, None, {**stop, "stopLossPrice": 60000})
    bybit.create_order(SYMBOL, "market", "sell", 0.02, None, {"trailingAmount": 1000})
    found = {
        one["info"]["stopOrderType"]: one["id"] for one in bybit.fetch_open_orders(SYMBOL, params={"trigger": True})
    }
    assert set(found) == {"Stop", "TrailingStop"}
    bybit.cancel_order(own["id"], SYMBOL, {"trigger": True})
    calm.trade_at(SWAP, "64000")
    assert [one["contracts"] for one in bybit.fetch_positions([SYMBOL]) if one["contracts"]] == []
