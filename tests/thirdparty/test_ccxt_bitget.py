"""ccxt's synchronous Bitget client works against the paper exchange, with other URLs alone: classic and unified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late

ccxt = imported_late("ccxt", "needs the extra okx_sync[thirdparty]")

SPOT, SWAP = "BTC/USDT", "BTC/USDT:USDT"
#: Label of the account, and ccxt's option for it; both find the kind out by themselves without the option.
KINDS = {"classic": ("alice", False), "unified": ("carol", True)}


def client_of(paper: PaperExchange, kind: str, **options: Any) -> Any:
    """Their client with a key of this kind, pointed at the paper exchange."""
    account = next(one for one in paper.accounts if one.label == KINDS[kind][0])
    keys = {"apiKey": account.api_key, "secret": account.secret_key, "password": account.passphrase}
    client = ccxt.bitget({**keys, "options": options})
    client.urls["api"] = dict.fromkeys(client.urls["api"], paper.url)
    client.session.trust_env = False
    return client


@pytest.fixture(params=[pytest.param("classic", marks=pytest.mark.slow), "unified"])
def bitget(paper: PaperExchange, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Their client at a market that stands still, for each kind of account; it closes its own connections."""
    paper.quiet()
    client = client_of(paper, request.param, uta=KINDS[request.param][1])
    yield client
    client.session.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_found_out(paper: PaperExchange, kind: str) -> None:
    """Without the option their client asks for the account's settings, and goes by the answer."""
    client = client_of(paper, kind)
    assert client.fetch_balance()["USDT"]["total"] == 100_000
    assert client.options["uta"] is KINDS[kind][1]
    client.session.close()


def test_market_data(bitget: Any, paper: PaperExchange) -> None:
    """Markets, tickers, order book, trades, candles and funding are read, with the numbers of the exchange."""
    markets = bitget.load_markets()
    assert {SPOT, SWAP} <= set(markets)
    assert (markets[SWAP]["contractSize"], markets[SPOT]["precision"]["price"]) == (1, 0.1)
    assert markets[SWAP]["precision"]["amount"] == 0.0001
    for symbol in (SPOT, SWAP):
        ticker, book = bitget.fetch_ticker(symbol), bitget.fetch_order_book(symbol, 5)
        assert ticker["bid"] == book["bids"][0][0] < book["asks"][0][0] == ticker["ask"]
        assert bitget.fetch_tickers([symbol])[symbol]["last"] == ticker["last"]
        candles = bitget.fetch_ohlcv(symbol, "1m", limit=20)
        assert [row[0] for row in candles] == sorted(row[0] for row in candles)
        assert len(candles) == 20
        assert bitget.fetch_trades(symbol, limit=3)[-1]["symbol"] == symbol
    assert bitget.fetch_funding_rate(SWAP)["fundingRate"] is not None
    assert abs(bitget.fetch_time() - paper.clock.now_ms()) < 5000


def test_life_of_a_spot_order(bitget: Any) -> None:
    """An order is placed, found open, changed, fetched, cancelled and found among the canceled ones."""
    before = bitget.fetch_balance()["USDT"]["free"]
    placed = bitget.create_order(SPOT, "limit", "buy", 0.1, 60000, {"clientOrderId": "ccxt-1"})
    fetched = bitget.fetch_order(placed["id"], SPOT)
    assert (fetched["status"], fetched["price"], fetched["amount"]) == ("open", 60000, 0.1)
    assert fetched["clientOrderId"] == "ccxt-1"
    assert [order["id"] for order in bitget.fetch_open_orders(SPOT)] == [placed["id"]]
    assert bitget.fetch_balance()["USDT"]["used"] == pytest.approx(6000, rel=0.01)
    bitget.edit_order(placed["id"], SPOT, "limit", "buy", 0.1, 60100)
    (changed,) = bitget.fetch_open_orders(SPOT)
    assert changed["price"] == 60100
    assert bitget.cancel_order(changed["id"], SPOT)["id"] == changed["id"]
    assert bitget.fetch_order(changed["id"], SPOT)["status"] == "canceled"
    assert bitget.fetch_open_orders(SPOT) == []
    assert bitget.fetch_ledger("USDT", params={"type": "spot"})
    assert changed["id"] in [order["id"] for order in bitget.fetch_canceled_orders(SPOT)]
    assert bitget.fetch_balance()["USDT"]["free"] == before


def test_fills_and_positions(bitget: Any) -> None:
    """A market order of a swap opens a position; trades, closed orders and the ledger tell of it; it is closed."""
    bitget.set_leverage(20, SWAP)
    placed = bitget.create_order(SWAP, "market", "buy", 0.02)
    order = bitget.fetch_order(placed["id"], SWAP)
    assert (order["status"], order["filled"]) == ("closed", 0.02)
    trades = bitget.fetch_my_trades(SWAP)
    assert sum(trade["amount"] for trade in trades) == pytest.approx(0.02)
    assert all(trade["order"] == placed["id"] for trade in trades)
    (position,) = bitget.fetch_positions([SWAP])
    assert (position["side"], position["contracts"], position["leverage"]) == ("long", 0.02, 20)
    assert [one["id"] for one in bitget.fetch_closed_orders(SWAP)] == [placed["id"]]
    assert bitget.fetch_ledger("USDT", params={"type": "swap"})
    bitget.create_order(SWAP, "market", "sell", 0.02, None, {"reduceOnly": True})
    assert [one for one in bitget.fetch_positions([SWAP]) if one["contracts"]] == []


def test_a_swap_order_is_edited(bitget: Any) -> None:
    """On V2 that makes a new order, which is found by its client id; on V3 the order keeps its id."""
    placed = bitget.create_order(SWAP, "limit", "buy", 0.01, 60000)
    bitget.edit_order(placed["id"], SWAP, "limit", "buy", 0.02, 60100)
    (changed,) = bitget.fetch_open_orders(SWAP)
    assert (changed["price"], changed["amount"]) == (60100, 0.02)
    assert (changed["id"] == placed["id"]) is bitget.options["uta"]
    bitget.cancel_all_orders(SWAP)
    assert bitget.fetch_open_orders(SWAP) == []


def test_stops(bitget: Any) -> None:
    """A stop loss of a position waits among the trigger orders, and is cancelled there."""
    bitget.create_order(SWAP, "market", "buy", 0.01)
    hedged = {"hedged": True} if bitget.options["uta"] else {}
    stop = bitget.create_order(
        SWAP, "market", "sell", 0.01, None, {"stopLossPrice": 60000, "reduceOnly": True, **hedged}
    )
    (waiting,) = bitget.fetch_open_orders(SWAP, params={"trigger": True, "planType": "profit_loss"})
    assert waiting["id"] == stop["id"]
    bitget.cancel_order(stop["id"], SWAP, {"trigger": True, "planType": "pos_loss"})
    assert bitget.fetch_open_orders(SWAP, params={"trigger": True, "planType": "profit_loss"}) == []


def test_their_errors(bitget: Any) -> None:
    """Refusals have the codes that ccxt turns into its own exceptions."""
    with pytest.raises(ccxt.ExchangeError):
        bitget.fetch_order("1", SWAP)
    with pytest.raises(ccxt.ExchangeError):
        bitget.create_order(SPOT, "limit", "buy", 1000, 60000)
    bitget.secret = "wrong"
    with pytest.raises(ccxt.AuthenticationError):
        bitget.fetch_balance()
