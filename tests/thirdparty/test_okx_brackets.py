"""ccxt and python-okx place, amend and cancel orders with stops, and stops by themselves, at the paper exchange."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.thirdparty.ccxt_clients import okx_client

SWAP, INST = "BTC/USDT:USDT", "BTC-USDT-SWAP"


@pytest.fixture
def calm() -> Iterator[PaperExchange]:
    """A market that only moves when told to."""
    with PaperExchange(flow_per_s=0) as paper:
        yield paper
        assert paper.problems == []


@pytest.fixture
def okx(calm: PaperExchange) -> Iterator[Any]:
    """Their client with Alice's key, pointed at the paper exchange."""
    client = okx_client(calm)
    yield client
    client.session.close()


def test_ccxt_brings_a_stop_and_a_target(okx: Any, calm: PaperExchange) -> None:
    """`stopLoss` and `takeProfit` of an order become an oco when it is filled, which closes what it had opened."""
    levels = {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}}
    placed = okx.create_order(SWAP, "limit", "buy", 2, 64000, levels)
    fetched = okx.fetch_order(placed["id"], SWAP)
    assert (fetched["status"], fetched["stopLossPrice"], fetched["takeProfitPrice"]) == ("open", 60000, 70000)
    calm.fill(ordId=placed["id"])
    (waiting,) = okx.fetch_open_orders(SWAP, params={"ordType": "oco", "trigger": True})
    assert (waiting["side"], waiting["amount"], waiting["stopLossPrice"]) == ("sell", 2, 60000)
    calm.trade_at(INST, "59900")
    assert okx.fetch_open_orders(SWAP, params={"ordType": "oco", "trigger": True}) == []
    assert [position["contracts"] for position in okx.fetch_positions([SWAP]) if position["contracts"]] == []


def test_ccxt_amends_and_cancels_a_stop(okx: Any) -> None:
    """A stop loss by itself waits, is moved and canceled; on the wrong side of the price it is refused."""
    ccxt = pytest.importorskip("ccxt")
    placed = okx.create_order(SWAP, "market", "sell", 1, None, {"stopLossPrice": 60000, "reduceOnly": True})
    okx.edit_order(placed["id"], SWAP, "conditional", "sell", 1, None, {"stopLossPrice": 61000, "newSlOrdPx": -1})
    (waiting,) = okx.fetch_open_orders(SWAP, params={"ordType": "conditional"})
    assert (waiting["id"], waiting["stopLossPrice"]) == (placed["id"], 61000)
    okx.cancel_order(placed["id"], SWAP, {"trigger": True})
    assert okx.fetch_open_orders(SWAP, params={"ordType": "conditional"}) == []
    with pytest.raises(ccxt.ExchangeError, match="51280"):
        okx.create_order(SWAP, "market", "sell", 1, None, {"stopLossPrice": 90000})


def test_ccxt_waits_for_a_price(okx: Any, calm: PaperExchange) -> None:
    """A trigger order is placed when its price is traded."""
    placed = okx.create_order(SWAP, "limit", "buy", 1, 60000, {"triggerPrice": 66000})
    assert [order["id"] for order in okx.fetch_open_orders(SWAP, params={"trigger": True})] == [placed["id"]]
    calm.trade_at(INST, "66000")
    (order,) = okx.fetch_open_orders(SWAP)
    assert (order["price"], order["info"]["algoId"]) == (60000, placed["id"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # their choice of datetime.utcnow(), not ours
def test_python_okx_brings_amends_and_cancels(calm: PaperExchange) -> None:
    """Their trading client: attached orders, their amendment, stops by themselves, and their refusals."""
    pytest.importorskip("okx", reason="needs the extra okx_sync[thirdparty]")
    from okx.Trade import TradeAPI

    account = calm.accounts[0]
    with TradeAPI(account.api_key, account.secret_key, account.passphrase, False, "0", domain=calm.url) as trade:
        about = {"instId": INST, "tdMode": "cross"}
        pair = {
            "attachAlgoClOrdId": "pair",
            "tpTriggerPx": "70000",
            "tpOrdPx": "-1",
            "slTriggerPx": "60000",
            "slOrdPx": "-1",
        }
        placed = trade.place_order(**about, side="buy", ordType="limit", px="64000", sz="1", attachAlgoOrds=[pair])
        ord_id = placed["data"][0]["ordId"]
        change = {"attachAlgoClOrdId": "pair", "newSlTriggerPx": "61000"}
        assert trade.amend_order(instId=INST, ordId=ord_id, attachAlgoOrds=[change])["code"] == "0"
        calm.fill(ordId=ord_id)
        (born,) = trade.order_algos_list(ordType="oco")["data"]
        assert (born["algoClOrdId"], born["slTriggerPx"], born["tpTriggerPx"]) == ("pair", "61000", "70000")
        moved = trade.amend_algo_order(instId=INST, algoId=born["algoId"], newSlTriggerPx="62000", newSlOrdPx="-1")
        assert moved["data"][0]["sCode"] == "0"
        assert trade.cancel_algo_order([{"instId": INST, "algoId": born["algoId"]}])["code"] == "0"
        stop = {**about, "side": "sell", "ordType": "conditional", "sz": "1", "slOrdPx": "-1"}
        assert trade.place_algo_order(**stop, slTriggerPx="90000")["data"][0]["sCode"] == "51280"
        assert trade.place_algo_order(**stop, slTriggerPx="60000")["data"][0]["sCode"] == "0"
