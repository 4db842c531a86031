"""ccxt places, amends and cancels orders with stops, and stops by themselves, on the paper exchange's Bitget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late

ccxt = imported_late("ccxt", "needs the extra okx_sync[thirdparty]")

SYMBOL, SWAP = "BTC/USDT:USDT", "BTC-USDT-SWAP"
LEVELS = {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}}
STOPS = {"trigger": True, "planType": "profit_loss"}
CLASSIC, UNIFIED = ("alice", False), ("carol", True)


@pytest.fixture
def calm() -> Iterator[PaperExchange]:
    """A market that only moves when told to."""
    with PaperExchange(flow_per_s=0) as paper:
        yield paper
        assert paper.problems == []


@pytest.fixture
def bitget(calm: PaperExchange, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Their client with the key of an account of a kind."""
    label, is_unified = request.param
    account = next(one for one in calm.accounts if one.label == label)
    keys = {"apiKey": account.api_key, "secret": account.secret_key, "password": account.passphrase}
    client = ccxt.bitget({**keys, "enableRateLimit": False, "options": {"uta": is_unified}})
    client.urls["api"] = dict.fromkeys(client.urls["api"], calm.url)
    client.session.trust_env = False
    yield client
    client.session.close()


def held(bitget: Any) -> list[float]:
    """The sizes of the open positions."""
    return [one["contracts"] for one in bitget.fetch_positions([SYMBOL]) if one["contracts"]]


def sold(bitget: Any) -> float:
    """How much has been sold."""
    return float(sum(one["amount"] for one in bitget.fetch_my_trades(SYMBOL) if one["side"] == "sell"))


@pytest.mark.parametrize("bitget", [CLASSIC], indirect=True, ids=["classic"])
def test_a_classic_bracket(bitget: Any, calm: PaperExchange) -> None:
    """Refused on the wrong side, amended on the order and after its fill; one stop ends the position and the other."""
    with pytest.raises(ccxt.ExchangeError, match="45066"):
        bitget.create_order(SYMBOL, "limit", "buy", 0.02, 64000, {"stopLoss": {"triggerPrice": 66000}})
    placed = bitget.create_order(SYMBOL, "limit", "buy", 0.02, 64000, LEVELS)
    both = {"stopLoss": {"triggerPrice": 60500}, "takeProfit": {"triggerPrice": 70000}}
    bitget.edit_order(placed["id"], SYMBOL, "limit", "buy", None, None, both)
    (order,) = bitget.fetch_open_orders(SYMBOL)
    assert (order["id"], order["stopLossPrice"], order["takeProfitPrice"]) == (placed["id"], 60500, 70000)
    calm.trade_at(SWAP, "63950")
    born = {one["info"]["planType"]: one for one in bitget.fetch_open_orders(SYMBOL, params=STOPS)}
    assert {kind: one["triggerPrice"] for kind, one in born.items()} == {"pos_loss": 60500, "pos_profit": 70000}
    bitget.edit_order(born["pos_loss"]["id"], SYMBOL, "market", "sell", 0.02, None, {"stopLossPrice": 61000})
    calm.trade_at(SWAP, "60900")
    assert bitget.fetch_open_orders(SYMBOL, params=STOPS) == []
    assert held(bitget) == []
    assert sold(bitget) == pytest.approx(0.02)
    ended = {one["id"]: one["status"] for one in bitget.fetch_canceled_and_closed_orders(SYMBOL, params=STOPS)}
    assert ended == {born["pos_loss"]["id"]: "closed", born["pos_profit"]["id"]: "canceled"}


@pytest.mark.parametrize("bitget", [CLASSIC], indirect=True, ids=["classic"])
def test_classic_plans(bitget: Any, calm: PaperExchange) -> None:
    """A trigger is amended, fires, is canceled; a stop of the position is refused, canceled; a trailing one fires."""
    placed = bitget.create_order(SYMBOL, "limit", "buy", 0.01, 64000, {"triggerPrice": 66000})
    bitget.edit_order(placed["id"], SYMBOL, "limit", "buy", 0.01, 63000, {"triggerPrice": 65500})
    (waits,) = bitget.fetch_open_orders(SYMBOL, params={"trigger": True})
    assert (waits["id"], waits["triggerPrice"], waits["price"]) == (placed["id"], 65500, 63000)
    calm.trade_at(SWAP, "65500")
    (child,) = bitget.fetch_open_orders(SYMBOL)
    assert (child["price"], child["clientOrderId"]) == (63000, placed["id"])
    bitget.cancel_order(child["id"], SYMBOL)
    again = bitget.create_order(SYMBOL, "limit", "buy", 0.01, 64000, {"triggerPrice": 67000})
    bitget.cancel_order(again["id"], SYMBOL, {"trigger": True})
    assert bitget.fetch_open_orders(SYMBOL, params={"trigger": True}) == []
    bitget.create_order(SYMBOL, "market", "buy", 0.02)
    with pytest.raises(ccxt.InvalidOrder, match="40917"):
        bitget.create_order(SYMBOL, "market", "sell", 0.02, None, {"stopLossPrice": 69000})
    stop = bitget.create_order(SYMBOL, "market", "sell", 0.02, None, {"stopLossPrice": 60000})
    bitget.cancel_order(stop["id"], SYMBOL, {"trigger": True, "planType": "pos_loss"})
    trailing = {"trailingPercent": 1, "trailingTriggerPrice": 66000, "reduceOnly": True}
    bitget.create_order(SYMBOL, "market", "sell", 0.02, None, trailing)
    assert len(bitget.fetch_open_orders(SYMBOL, params={"trailing": True})) == 1
    for price in ("66000", "67000", "66300"):
        calm.trade_at(SWAP, price)
    assert held(bitget) == []
    assert sold(bitget) == pytest.approx(0.02)


@pytest.mark.parametrize("bitget", [UNIFIED], indirect=True, ids=["unified"])
def test_a_unified_bracket(bitget: Any, calm: PaperExchange) -> None:
    """One strategy order has both sides; it is amended, and fires; another is refused, and canceled."""
    with pytest.raises(ccxt.ExchangeError, match="25586"):
        bitget.create_order(SYMBOL, "limit", "buy", 0.02, 64000, {"stopLoss": {"triggerPrice": 66000}})
    bitget.create_order(SYMBOL, "limit", "buy", 0.02, 64000, LEVELS)
    (order,) = bitget.fetch_open_orders(SYMBOL)
    assert (order["stopLossPrice"], order["takeProfitPrice"]) == (60000, 70000)
    calm.trade_at(SWAP, "63950")
    (born,) = bitget.fetch_open_orders(SYMBOL, params=STOPS)
    assert (born["stopLossPrice"], born["takeProfitPrice"]) == (60000, 70000)
    bitget.edit_order(born["id"], SYMBOL, "market", "sell", 0.02, None, {"stopLossPrice": 61000})
    calm.trade_at(SWAP, "60900")
    assert bitget.fetch_open_orders(SYMBOL, params=STOPS) == []
    assert held(bitget) == []
    assert sold(bitget) == pytest.approx(0.02)
    (ended,) = bitget.fetch_canceled_and_closed_orders(SYMBOL, params=STOPS)
    assert (ended["id"], ended["stopLossPrice"]) == (born["id"], 61000)
    bitget.create_order(SYMBOL, "market", "buy", 0.02)
    with pytest.raises(ccxt.ExchangeError, match="25590"):
        bitget.create_order(SYMBOL, "market", "sell", 0.02, None, {"stopLossPrice": 69000, "reduceOnly": True})
    stop = bitget.create_order(SYMBOL, "market", "sell", 0.02, None, {"stopLossPrice": 60000, "reduceOnly": True})
    bitget.cancel_order(stop["id"], SYMBOL, {"trigger": True})
    assert bitget.fetch_open_orders(SYMBOL, params=STOPS) == []
