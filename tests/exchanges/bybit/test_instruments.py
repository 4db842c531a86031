"""From Bybit's instrument rows to neutral trading rules, and the requests that bring them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest
import responses

from okx_sync import BybitClient, BybitConfig, ConfigError
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.instruments import instrument_spec
from okx_sync.exchanges.bybit.models import Instrument

URL = "https://api.bybit.com/v5/market/instruments-info"
SWAP: dict[str, Any] = {
    "symbol": "BTCUSDT",
    "contractType": "LinearPerpetual",
    "status": "Trading",
    "baseCoin": "BTC",
    "quoteCoin": "USDT",
    "settleCoin": "USDT",
    "launchTime": "1585526400000",
    "deliveryTime": "0",
    "priceFilter": {"minPrice": "0.10", "maxPrice": "1999999.80", "tickSize": "0.10"},
    "lotSizeFilter": {
        "minNotionalValue": "5",
        "maxOrderQty": "1190.000",
        "maxMktOrderQty": "119.000",
        "minOrderQty": "0.001",
        "qtyStep": "0.001",
    },
}
INVERSE = {
    **SWAP,
    "symbol": "BTCUSD",
    "contractType": "InversePerpetual",
    "quoteCoin": "USD",
    "settleCoin": "BTC",
    "lotSizeFilter": {"minNotionalValue": "5", "maxOrderQty": "1000000", "minOrderQty": "1", "qtyStep": "1"},
}
FUTURE = {**SWAP, "symbol": "BTCUSDT-25DEC26", "contractType": "LinearFutures", "deliveryTime": "1798185600000"}
OPTION = {
    **SWAP,
    "symbol": "ETH-25DEC26-4000-C",
    "contractType": None,
    "optionsType": "Call",
    "baseCoin": "ETH",
    "lotSizeFilter": {"maxOrderQty": "1500", "minOrderQty": "0.1", "qtyStep": "0.1"},
}
SPOT = {
    "symbol": "BTCUSDT",
    "status": "Trading",
    "baseCoin": "BTC",
    "quoteCoin": "USDT",
    "priceFilter": {"tickSize": "0.01"},
    "lotSizeFilter": {
        "basePrecision": "0.000001",
        "quotePrecision": "0.00000001",
        "minOrderQty": "0.000048",
        "maxOrderQty": "71",
        "minOrderAmt": "5",
        "maxOrderAmt": "8000000",
        "maxLimitOrderQty": "83",
        "maxMarketOrderQty": "41",
    },
}


def spec_of(words: dict[str, Any], **changes: Any) -> Any:
    return instrument_spec(Instrument.from_wire({**words, **changes}))


def serve(pages: dict[tuple[str, ...], list[dict[str, Any]]]) -> None:
    """Answer with the rows of a listing: by category, state, coin and cursor of what is asked."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        query = dict(parse_qsl(request.url.partition("?")[2]))
        asked = tuple(query[name] for name in ("category", "status", "baseCoin", "cursor") if name in query)
        following = "next" if (*asked, "next") in pages else ""
        result = {"list": pages.get(asked, []), "nextPageCursor": following, "category": query["category"]}
        return 200, {}, json.dumps({"retCode": 0, "retMsg": "OK", "result": result})

    responses.add_callback(responses.GET, URL, callback=answer)


def test_the_rules_are_carried_over() -> None:
    """Numbers with their own digits; a perpetual has no end."""
    one = spec_of(SWAP)
    assert (one.inst_id, one.kind, one.is_inverse, one.state) == ("BTCUSDT", "swap", False, "Trading")
    assert (str(one.tick), str(one.lot), one.min_size) == ("0.10", "0.001", Decimal("0.001"))
    assert (one.max_limit_size, one.max_market_size, one.min_notional) == (Decimal(1190), Decimal(119), Decimal(5))
    assert (one.listed_at, one.expires_at) == (1585526400000, None)
    assert spec_of(FUTURE).expires_at == 1798185600000


@pytest.mark.parametrize(
    ("words", "kind", "of", "is_inverse", "sides"),
    [
        (SPOT, "spot", "BTC", False, ("BTC", "USDT", None)),
        (SWAP, "swap", "BTC", False, ("BTC", "USDT", "USDT")),
        (FUTURE, "futures", "BTC", False, ("BTC", "USDT", "USDT")),
        (INVERSE, "swap", "USD", True, ("BTC", "USD", "BTC")),
        (OPTION, "option", "ETH", False, ("ETH", "USDT", "USDT")),
    ],
)
def test_what_one_contract_is(words: Any, kind: str, of: str, is_inverse: bool, sides: Any) -> None:
    """One coin of the base currency, of inverse contracts one dollar."""
    one = spec_of(words)
    assert (one.kind, one.contract_value, one.contract_currency, one.is_inverse) == (kind, 1, of, is_inverse)
    assert (one.base, one.quote, one.settle) == sides


def test_spot_counts_what_an_order_is_worth() -> None:
    """Its smallest size is not checked any more; its steps and largest sizes have names of their own."""
    one = spec_of(SPOT)
    assert (one.lot, one.min_size) == (Decimal("0.000001"), Decimal("0.000001"))
    assert (one.max_limit_size, one.max_market_size, one.min_notional) == (83, 41, 5)
    one.check("buy", "limit", "0.00005", "100000")
    with pytest.raises(ConfigError, match="worth"):
        one.check("buy", "limit", "0.00004", "100000")


def test_of_inverse_contracts_nobody_knows_the_smallest_worth() -> None:
    """The page does not say in what it is counted."""
    assert spec_of(INVERSE).min_notional is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"symbol": ""}, "symbol"),
        ({"contractType": "Bond"}, "contractType"),
        ({"priceFilter": None}, "priceFilter"),
        ({"priceFilter": {"tickSize": "0"}}, "tickSize"),
        ({"lotSizeFilter": {"qtyStep": "", "minOrderQty": "1"}}, "step of the size"),
        ({"lotSizeFilter": {"qtyStep": "1"}}, "smallest size"),
    ],
)
def test_a_row_without_a_rule_is_refused(changes: Any, named: str) -> None:
    """Nobody can round with half the rules."""
    with pytest.raises(DecodeError, match=named):
        spec_of(SWAP, **changes)


@responses.activate
def test_contracts_and_spot_have_the_same_names() -> None:
    """The client's category says which is meant; spot has a door of its own. All pages are read."""
    new = {**SWAP, "symbol": "NEWUSDT", "status": "PreLaunch"}
    serve(
        {
            ("linear",): [SWAP],
            ("linear", "next"): [FUTURE],
            ("inverse",): [INVERSE],
            ("linear", "PreLaunch"): [new],
            ("spot",): [SPOT],
        }
    )
    with BybitClient() as client:
        assert client.instruments["BTCUSDT"].kind == "swap"
        assert client.spot_instruments["BTCUSDT"].kind == "spot"
        assert client.instruments["BTCUSD"].is_inverse
        assert client.instruments["NEWUSDT"].state == "PreLaunch"
        assert [one.inst_id for one in client.instruments.all("futures")] == ["BTCUSDT-25DEC26"]
    with BybitClient(BybitConfig(category="spot")) as client:
        assert client.instruments is client.spot_instruments
        assert client.instruments["BTCUSDT"].round_price("0.019", "buy") == Decimal("0.01")


@responses.activate
@pytest.mark.parametrize("knows_all", [True, False])
def test_options_come_on_every_coin(knows_all: bool) -> None:
    """In one listing where Bybit takes "All", else coin by coin."""
    serve({("option", "All" if knows_all else "ETH"): [OPTION]})
    with BybitClient() as client:
        assert client.instruments["ETH-25DEC26-4000-C"].kind == "option"
    assert len(responses.calls) == (1 if knows_all else 7)


def test_words_of_other_exchanges_are_refused() -> None:
    """The hint tells how linear and inverse contracts are told apart."""
    with BybitClient() as client:
        with pytest.raises(ConfigError, match="is_inverse"):
            client.instruments.all("linear")
        with pytest.raises(ConfigError, match="one of spot"):
            client.spot_instruments.all("swap")
