"""From OKX's instrument rows to neutral trading rules, and the requests that bring them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import responses

from okx_sync import ConfigError, OkxClient
from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.instruments import instrument_spec
from okx_sync.exchanges.okx.models import Instrument
from okx_sync.state.instrument_spec import UNKNOWN

URL = "https://openapi.okx.com/api/v5/public/"
RULES = {"tickSz": "0.1", "lotSz": "0.01", "minSz": "0.05", "maxLmtSz": "1000", "maxMktSz": "12.0000000000"}
SPOT = {"instType": "SPOT", "instId": "BTC-USDT", "baseCcy": "BTC", "quoteCcy": "USDT", "ctVal": "", "state": "live"}
SWAP = {
    "instType": "SWAP",
    "instId": "BTC-USDT-SWAP",
    "baseCcy": "",
    "quoteCcy": "",
    "settleCcy": "USDT",
    "ctVal": "0.01",
    "ctMult": "1",
    "ctValCcy": "BTC",
    "ctType": "linear",
    "instFamily": "BTC-USDT",
    "instIdCode": 10459,
    "listTime": "1573557408000",
    "expTime": "",
}
INVERSE = {**SWAP, "instId": "BTC-USD-SWAP", "settleCcy": "BTC", "ctVal": "100", "ctValCcy": "USD", "ctType": "inverse"}
OPTION = {
    "instType": "OPTION",
    "instId": "BTC-USD-250926-60000-C",
    "settleCcy": "BTC",
    "instFamily": "BTC-USD",
    "ctVal": "1",
    "ctMult": "0.01",
    "ctValCcy": "BTC",
    "ctType": "",
    "expTime": "1758873600000",
}


def row(words: dict[str, Any], **changes: Any) -> Instrument:
    return Instrument.from_wire({**RULES, **words, **changes})


def test_the_rules_are_carried_over() -> None:
    """Numbers with their own digits, empty fields as None, the code as a number."""
    one = instrument_spec(row(SWAP))
    assert (one.inst_id, one.kind, one.family, one.code) == ("BTC-USDT-SWAP", "swap", "BTC-USDT", 10459)
    assert (one.tick, one.lot, one.min_size) == (Decimal("0.1"), Decimal("0.01"), Decimal("0.05"))
    assert (one.max_limit_size, one.max_market_size) == (Decimal(1000), Decimal(12))
    assert (one.listed_at, one.expires_at, one.state) == (1573557408000, None, None)


def test_the_largest_market_order_on_spot_is_not_a_size() -> None:
    """OKX tells it in USDT: it does not bound an amount of coins, and a large order of a cheap coin passes."""
    one = instrument_spec(row(SPOT))
    assert (one.max_limit_size, one.max_market_size) == (Decimal(1000), None)
    one.check("sell", "market", "500")


@pytest.mark.parametrize(
    ("words", "value", "of", "is_inverse", "sides"),
    [
        (SPOT, "1", "BTC", False, ("BTC", "USDT")),
        (SWAP, "0.01", "BTC", False, ("BTC", "USDT")),
        (INVERSE, "100", "USD", True, ("BTC", "USD")),
        (OPTION, "0.01", "BTC", False, ("BTC", "BTC")),
    ],
)
def test_what_one_contract_is(words: Any, value: str, of: str, is_inverse: bool, sides: tuple[str, str]) -> None:
    """ctVal x ctMult of ctValCcy; both sides follow from the contract, since rows of derivatives leave them empty."""
    one = instrument_spec(row(words))
    assert (one.contract_value, one.contract_currency, one.is_inverse) == (Decimal(value), of, is_inverse)
    assert (one.base, one.quote) == sides


def test_a_margin_pair_is_the_spot_pair() -> None:
    """Same name, same rules: one entry for both."""
    assert instrument_spec(row(SPOT, instType="MARGIN")) == instrument_spec(row(SPOT))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"tickSz": ""}, "tickSz"),
        ({"lotSz": "0"}, "lotSz"),
        ({"minSz": None}, "minSz"),
        ({"ctVal": "0"}, "ctVal"),
        ({"instId": ""}, "instId"),
        ({"instType": "BOND"}, "instType"),
        ({"tickSz": "fine"}, "tickSz"),
    ],
)
def test_a_row_without_a_rule_is_refused(changes: Any, named: str) -> None:
    """Nobody can round with half the rules."""
    with pytest.raises(DecodeError, match=named):
        instrument_spec(row(SWAP, **changes))


def answer(path: str, rows: list[Any], **query: str) -> None:
    """One answer to a public call with exactly this query."""
    matcher = [responses.matchers.query_param_matcher(query)]
    responses.get(URL + path, json={"code": "0", "msg": "", "data": rows}, match=matcher)


@responses.activate
def test_options_come_by_family_with_their_price_steps() -> None:
    """The list of price steps names the families; each family's options are one request."""
    low, high = {"minPx": "0", "tickSz": "0.0001"}, {"minPx": "0.005", "tickSz": "0.0005"}
    families = [{"instType": "OPTION", "instFamily": name, "tickBand": [high, low]} for name in ("BTC-USD", "ETH-USD")]
    answer("instrument-tick-bands", families, instType="OPTION")
    answer("instruments", [{**RULES, **OPTION}], instType="OPTION", instFamily="BTC-USD")
    answer("instruments", [], instType="OPTION", instFamily="ETH-USD")
    with OkxClient() as client:
        one = client.instruments["BTC-USD-250926-60000-C"]
        assert one.round_price("0.00312", "buy") == Decimal("0.0031")
        assert one.round_price("0.0312", "buy") == Decimal("0.0310")
        client.instruments.feed(row(OPTION, lotSz="2"))
        assert client.instruments[one.inst_id].tick_bands == one.tick_bands, "a push does not know them"
    assert len(responses.calls) == 3


@responses.activate
def test_event_contracts_come_by_series() -> None:
    """They are not looked through for a name, but can be loaded."""
    event = {"instType": "EVENTS", "instId": "BTC-UP-1", "seriesId": "BTC-UP", "settleCcy": "USDT"}
    answer("event-contract/series", [{"seriesId": "BTC-UP"}])
    answer("instruments", [{**RULES, **event}], instType="EVENTS", seriesId="BTC-UP")
    with OkxClient() as client:
        assert [one.inst_id for one in client.instruments.all("EVENTS")] == ["BTC-UP-1"]
        assert client.instruments["BTC-UP-1"].kind == "events"


@responses.activate
@pytest.mark.parametrize(
    ("inst_id", "first"),
    [("BTC-USDT", "SPOT"), ("BTC-USDT-SWAP", "SWAP"), ("BTC-USDT-250926", "FUTURES")],
)
def test_the_likeliest_type_is_asked_first(inst_id: str, first: str) -> None:
    """So that an everyday name costs one request; what it is, the list decides."""
    answer("instruments", [{**RULES, **SPOT, "instType": first, "instId": inst_id}], instType=first)
    with OkxClient() as client:
        assert client.instruments[inst_id].inst_id == inst_id
    assert len(responses.calls) == 1


@responses.activate
def test_a_row_that_cannot_be_read_does_not_hide_the_others() -> None:
    """One instrument before its listing has no rules yet."""
    answer("instruments", [{**RULES, **SPOT, "instId": "NEW-USDT", "tickSz": ""}, {**RULES, **SPOT}], instType="SPOT")
    with OkxClient() as client:
        assert [one.inst_id for one in client.instruments.all("spot")] == ["BTC-USDT"]
        with pytest.raises(ConfigError, match="inst_type cannot be 'BONDS'"):
            client.instruments.refresh("BONDS")


@pytest.mark.parametrize("words", [SPOT, SWAP])
def test_what_is_announced_only_is_an_instrument_without_rules(words: dict[str, Any]) -> None:
    """Its name is known, and that its rules are not; the same row of a listed instrument cannot be read."""
    empty = {"tickSz": "", "lotSz": "", "minSz": "", "ctVal": ""}
    one = instrument_spec(row(words, **empty, instId="LISTING-X", state="preopen"))
    assert one.is_announced
    assert (one.inst_id, one.state) == ("LISTING-X", "preopen")
    assert {one.tick, one.lot, one.min_size} == {UNKNOWN}
    with pytest.raises(DecodeError, match="tickSz is None"):
        instrument_spec(row(words, **empty, state="live"))


@responses.activate
def test_an_announced_instrument_can_be_asked_for() -> None:
    """It is in the list, and reading it is no error."""
    new = {**SPOT, "instId": "LISTING-SPOT-SLX-USDT", "state": "preopen", "tickSz": "", "lotSz": "", "minSz": ""}
    responses.get(URL + "instruments", json={"code": "0", "msg": "", "data": [new]})
    with OkxClient() as rest:
        one = rest.instruments["LISTING-SPOT-SLX-USDT"]
        assert one.is_announced
        with pytest.raises(ConfigError, match="LISTING-SPOT-SLX-USDT is announced only"):
            one.check("buy", "limit", "1", "1")
