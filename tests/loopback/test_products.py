"""``product=`` on Bitget and Bybit: which of the instruments of one name an order is of, on streams and over REST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import BitgetClient, BitgetWsClient, BybitClient, BybitWsClient, ConfigError
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, our_threads, until

BTC = "BTCUSDT"
WORDS: dict[str, tuple[str, str]] = {"v3": ("SPOT", "USDT-FUTURES"), "bybit": ("spot", "linear")}


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A market that stands still."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        problems = exchange.problems
    assert problems == []
    until(lambda: not our_threads(), what="the end of all threads")


def config_of(paper: PaperExchange, wire: str) -> Any:
    """The settings of a client of the first account."""
    if wire == "v3":
        paper.unify()
        return paper.bitget_config("v3")
    return paper.bybit_config()


def placed(paper: PaperExchange) -> list[str]:
    """What the open orders of the first account are of, for the venue."""
    return paper.run(lambda: [one.instrument.instId for one in paper.venue.accounts[0].orders.values()])


@pytest.mark.parametrize("wire", WORDS)
def test_an_order_of_the_live_orders(paper: PaperExchange, wire: str) -> None:
    """It is of what was said, and keeps it for its change and its end; without a word of the usual one."""
    config, (spot, usual) = config_of(paper, wire), WORDS[wire]
    kind: Any = BybitWsClient if wire == "bybit" else BitgetWsClient
    with kind(config, options=FAST) as ws:
        pair = ws.orders.place(BTC, "buy", "0.02", "60000", product=spot)
        contract = ws.orders.place(BTC, "buy", "0.02", "60000")
        assert (pair.snapshot().product, contract.snapshot().product) == (spot, usual)
        assert placed(paper) == ["BTC-USDT", "BTC-USDT-SWAP"]
        pair.amend(price="59000")
        with pytest.raises(ConfigError, match="given already"):
            pair.amend(price="58000", product=usual)
        with pytest.raises(ConfigError, match="both product and category"):
            ws.orders.place(BTC, "buy", "0.02", "60000", product=spot, category=spot)
        assert [one.verdict for one in ws.orders.cancel_all()] == ["accepted"] * 2
        assert pair.wait_done(PATIENCE_S)
        assert placed(paper) == []


@pytest.mark.parametrize("wire", WORDS)
def test_the_verbs_of_stream_and_rest(paper: PaperExchange, wire: str) -> None:
    """The same word, in batches, too; a batch is of one product."""
    config, (spot, _) = config_of(paper, wire), WORDS[wire]
    side, limit = ("Buy", "Limit") if wire == "bybit" else ("buy", "limit")
    row = {"symbol": BTC, "side": side, "order_type": limit, "qty": "0.02", "price": "60000"}
    streams: Any = BybitWsClient if wire == "bybit" else BitgetWsClient
    calls: Any = BybitClient if wire == "bybit" else BitgetClient
    with streams(config, options=FAST) as ws, calls(config) as rest:
        for client in (ws, rest):
            one = client.place_order(BTC, side, limit, "0.02", "60000", product=spot)
            assert placed(paper) == ["BTC-USDT"]
            assert client.cancel_order(BTC, one.orderId, product=spot).ok
        assert rest.place_batch_orders([row], product=spot).ok
        rows, said = ([row], {"product": spot}) if wire == "bybit" else ([row | {"product": spot}], {})
        assert ws.place_batch_orders(rows, **said).ok
        assert placed(paper) == ["BTC-USDT"] * 2
        with pytest.raises(ConfigError, match="both product and category"):
            rest.get_ticker(BTC, product=spot, category=spot)
        with pytest.raises(ConfigError, match="of one category"):
            rest.place_batch_orders([row, row | {"symbol": "BTCUSD"}])
        with pytest.raises(ConfigError, match="of one category"):
            ws.place_batch_orders([row, row | {"symbol": "BTCUSD"}])
        assert rest.get_ticker(BTC, product=spot).symbol == BTC


def test_books_of_v3(paper: PaperExchange) -> None:
    """Of the product that is said, and of the one that a name is of."""
    with BitgetWsClient(config_of(paper, "v3"), options=FAST) as ws:
        pair, contract = ws.order_book(BTC, product="SPOT"), ws.order_book(BTC)
        assert pair.wait_valid(PATIENCE_S)
        assert contract.wait_valid(PATIENCE_S)
        ticker = ws.subscribe_ticker(BTC, product="SPOT")
        assert dict(ticker.topic.args)["instType"] == "spot"
