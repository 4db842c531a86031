"""Reference data made from the state of the market: it agrees with the other endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import RestClient

SPREAD = "BTC-USDT_BTC-USDT-SWAP"


@pytest.fixture(scope="module")
def rest() -> Iterator[RestClient]:
    """Alice's REST on a market that stands still."""
    with PaperExchange() as exchange, RestClient(exchange) as client:
        exchange.quiet(True)
        yield client
        assert exchange.problems == []


@pytest.mark.parametrize(
    ("recent", "history", "query", "columns"),
    [
        ("market/index-candles", "market/history-index-candles", {"instId": "BTC-USDT"}, 6),
        ("market/mark-price-candles", "market/history-mark-price-candles", {"instId": "BTC-USDT-SWAP"}, 6),
        ("market/sprd-candles", "market/sprd-history-candles", {"sprdId": SPREAD}, 7),
    ],
)
def test_candles(rest: RestClient, recent: str, history: str, query: dict[str, str], columns: int) -> None:
    """History tells the closed bars that the recent list tells, newest first, with the columns of their kind."""
    new, old = rest.rows(recent, **query), rest.rows(history, **query)
    assert {len(row) for row in [*new, *old]} == {columns}
    times = [int(row[0]) for row in old]
    assert times == sorted(times, reverse=True)
    assert new[5] in old


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("market/sprd-ticker", {"sprdId": "NO"}),
        ("market/sprd-candles", {"sprdId": "NO"}),
        ("market/index-candles", {"instId": "NO"}),
        ("market/index-components", {"index": "NO"}),
        ("market/books-sbe", {"instIdCode": "0", "source": "0"}),
        ("market/block-ticker", {"instId": "NO"}),
        ("public/convert-contract-coin", {"instId": "BTC-USDT", "sz": "1"}),
    ],
)
def test_what_there_is_not(rest: RestClient, path: str, query: dict[str, str]) -> None:
    """Unknown names are refused with the exchange's code."""
    assert rest.get(path, **query).json()["code"] == "51001"


def test_the_rpi_book(rest: RestClient) -> None:
    """It is the order book with one more column: what others can take of a level."""
    (plain,) = rest.rows("market/books", instId="BTC-USDT", sz="5")
    (rpi,) = rest.rows("market/books-rpi", instId="BTC-USDT", sz="5")
    assert rpi["asks"] == [[px, sz, sz, n] for px, sz, _, n in plain["asks"]]
    assert rpi["seqId"] == plain["seqId"]


def test_an_instrument_says_whether_it_has_retail_orders(rest: RestClient) -> None:
    """In a number, as OKX does: a client that reads a choice of three there ends at an empty text."""
    assert {row["elp"] for row in rest.rows("public/instruments", instType="SWAP")} == {"0"}


def test_the_binary_book(rest: RestClient) -> None:
    """Bytes that are no JSON, with the type that says so."""
    (code,) = (row["instIdCode"] for row in rest.rows("public/instruments", instType="SPOT", instId="BTC-USDT"))
    answer = rest.get("market/books-sbe", instIdCode=str(code), source="0")
    assert answer.headers["Content-Type"] == "application/sbe"
    assert len(answer.content) == 8


def test_indices(rest: RestClient) -> None:
    """An index is made of this exchange's price alone; every type of instrument names its indices."""
    made = rest.rows("market/index-components", index="BTC-USDT")
    assert made["components"][0]["cnvPx"] == made["last"]
    assert rest.rows("public/underlying", instType="SWAP") == [["BTC-USDT", "ETH-USDT"]]


def test_volumes(rest: RestClient) -> None:
    """The platform has traded at least what its spot tickers say; nobody trades blocks."""
    (platform,) = rest.rows("market/platform-24-volume")
    spot = sum(Decimal(row["volCcy24h"]) for row in rest.rows("market/tickers", instType="SPOT"))
    assert Decimal(platform["volUsd"]) >= spot - 1
    assert {row["vol24h"] for row in rest.rows("market/block-tickers", instType="SWAP")} == {"0"}


def test_tiers_and_conversion(rest: RestClient) -> None:
    """The first tier has the instrument's leverage, others less; contracts and coins differ by the contract's value."""
    (rules,) = rest.rows("public/instruments", instType="SWAP", instId="BTC-USDT-SWAP")
    tiers = rest.rows("public/position-tiers", instType="SWAP", tdMode="cross", instFamily="BTC-USDT")
    assert tiers[0]["maxLever"] == rules["lever"]
    levers = [int(tier["maxLever"]) for tier in tiers]
    assert levers == sorted(set(levers), reverse=True)
    assert rest.rows("public/position-tiers", instType="SWAP", tdMode="cross", tier="2") == [
        tier for tier in rest.rows("public/position-tiers", instType="SWAP", tdMode="cross") if tier["tier"] == "2"
    ]
    query = {"instId": "BTC-USDT-SWAP", "sz": "3", "type": "2"}
    (coins,) = rest.rows("public/convert-contract-coin", **query)
    assert Decimal(coins["sz"]) == 3 * Decimal(rules["ctVal"])
    (usd,) = rest.rows("public/convert-contract-coin", **query, unit="usds", px="100")
    assert Decimal(usd["sz"]) == 300 * Decimal(rules["ctVal"])
    assert rest.get("public/convert-contract-coin", instId="BTC-USDT-SWAP", sz="x").json()["code"] == "51000"
