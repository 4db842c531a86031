"""Market data over Bitget's REST: the venue's own numbers, in the words of V2 and V3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.rest_client import reader

MIX = {"productType": "USDT-FUTURES"}
ONE = {"symbol": "BTCUSDT", **MIX}
V3 = {"category": "USDT-FUTURES", "symbol": "BTCUSDT"}


@pytest.fixture(scope="module")
def shared() -> Iterator[PaperExchange]:
    """A market that stands still."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        assert exchange.problems == []


@pytest.fixture
def read(shared: PaperExchange) -> Any:
    """Public calls."""
    return reader(shared)


def test_tiers(read: Any) -> None:
    """In V2 and V3: the larger a position, the more margin it needs and the less leverage it may have."""
    rows = read("v2/mix/market/query-position-lever", **ONE)
    assert [row["level"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    levers = [int(row["leverage"]) for row in rows]
    assert levers == sorted(set(levers), reverse=True)
    newer = read("v3/market/position-tier", **V3)
    assert [(row["tier"], row["leverage"], row["mmr"]) for row in newer] == [
        (row["level"], row["leverage"], row["keepMarginRate"]) for row in rows
    ]
    (spot,) = read("v3/market/position-tier", category="MARGIN", coin="BTC")
    assert spot["leverage"] == "1"


def test_rules_of_contracts(read: Any) -> None:
    """Steps and smallest sizes are in coins, in V2 and V3; there are no contracts of other products."""
    rules = {row["symbol"]: row for row in read("v2/mix/market/contracts", **MIX)}
    assert set(rules) == {"BTCUSDT", "ETHUSDT"}
    btc = rules["BTCUSDT"]
    assert (btc["sizeMultiplier"], btc["volumePlace"], btc["minTradeNum"]) == ("0.0001", "4", "0.0001")
    assert (btc["pricePlace"], btc["priceEndStep"], btc["maxLever"]) == ("1", "1", "100")
    assert read("v2/mix/market/contracts", productType="COIN-FUTURES") == []
    (row,) = read("v3/market/instruments", **V3)
    assert (row["quantityMultiplier"], row["priceMultiplier"]) == ("0.0001", "0.1")
    spot = {row["symbol"]: row for row in read("v2/spot/public/symbols")}
    assert (spot["BTCUSDT"]["pricePrecision"], spot["BTCUSDT"]["quantityPrecision"]) == ("1", "8")


def test_ticker_and_book_agree(read: Any) -> None:
    """The best prices of the book are those of the ticker, on futures, spot and V3."""
    book, (ticker,) = read("v2/mix/market/merge-depth", limit=5, **ONE), read("v2/mix/market/ticker", **ONE)
    assert [book["asks"][0][0], book["bids"][0][0]] == [ticker["askPr"], ticker["bidPr"]]
    assert book["asks"][0][1] == ticker["askSz"]
    uta, (told,) = read("v3/market/orderbook", limit=5, **V3), read("v3/market/tickers", **V3)
    assert (uta["a"], uta["b"], told["ask1Price"]) == (book["asks"], book["bids"], ticker["askPr"])
    spot, (row,) = read("v2/spot/market/orderbook", symbol="BTCUSDT"), read("v2/spot/market/tickers", symbol="BTCUSDT")
    assert (spot["asks"][0][0], spot["bids"][0][0]) == (row["askPr"], row["bidPr"])


def test_candles(read: Any) -> None:
    """The oldest comes first; a window is kept; spot names its bars otherwise; V3 shows the same candles."""
    rows = read("v2/mix/market/candles", granularity="1m", limit=20, **ONE)
    starts = [int(row[0]) for row in rows]
    assert (len(rows), starts) == (20, sorted(starts))
    inner = read("v2/mix/market/candles", granularity="1m", startTime=starts[5], endTime=starts[8], **ONE)
    assert [int(row[0]) for row in inner] == starts[5:9]
    assert len(rows[0]) == 7
    assert len(read("v2/spot/market/candles", symbol="BTCUSDT", granularity="5min", limit=3)[0]) == 8
    assert read("v3/market/candles", interval="1m", limit=20, **V3) == rows


def test_trades(read: Any) -> None:
    """Newest first, older ones behind an id; past trades of futures spell their side with a capital."""
    first = read("v2/mix/market/fills", limit=3, **ONE)
    after = read("v2/mix/market/fills-history", limit=3, idLessThan=first[-1]["tradeId"], **ONE)
    assert int(after[0]["tradeId"]) < int(first[-1]["tradeId"])
    assert {row["side"] for row in first + after} <= {"buy", "sell", "Buy", "Sell"}
    assert after[0]["side"][0].isupper()
    assert [row["execId"] for row in read("v3/market/fills", limit=3, **V3)] == [row["tradeId"] for row in first]


def test_funding_and_prices(read: Any) -> None:
    """Funding, open interest, index and mark price are the venue's."""
    (funding,) = read("v2/mix/market/current-fund-rate", **ONE)
    assert funding["fundingRate"] == read("v3/market/current-fund-rate", symbol="BTCUSDT")[0]["fundingRate"]
    (due,) = read("v2/mix/market/funding-time", **ONE)
    assert funding["nextUpdate"] == due["nextFundingTime"]
    assert read("v2/mix/market/history-fund-rate", **ONE)[0]["fundingTime"] < due["nextFundingTime"]
    (price,) = read("v2/mix/market/symbol-price", **ONE)
    assert float(price["markPrice"]) > 0
    assert read("v2/mix/market/open-interest", **ONE)["openInterestList"][0]["symbol"] == "BTCUSDT"


def test_what_is_made_up_says_so(shared: PaperExchange) -> None:
    """Readings that the venue knows nothing of carry a header."""
    import requests

    answer = requests.get(f"{shared.url}/api/v3/market/proof-of-reserves", timeout=5)
    assert (answer.headers["x-paper-example"], answer.json()["code"]) == ("1", "00000")
