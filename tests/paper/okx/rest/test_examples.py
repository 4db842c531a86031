"""Example answers: marked as such, true to the request, changing nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperExchange
from okx_sync.paper.okx.rest.call import REFUSED
from okx_sync.paper.okx.rest.examples import row
from okx_sync.paper.okx.rest.router import ENDPOINTS
from tests.paper.wire_client import RestClient


@pytest.fixture(scope="module")
def rest() -> Iterator[RestClient]:
    """Alice's REST."""
    with PaperExchange(examples=True) as exchange, RestClient(exchange) as client:
        yield client
        assert exchange.problems == []


def test_a_row_in_words() -> None:
    """Names and texts, flags as JSON flags, empty texts, nested rows."""
    assert row("ccy BTC | on true | off false | label | name two words", details=[row("a 1")]) == {
        "ccy": "BTC",
        "on": True,
        "off": False,
        "label": "",
        "name": "two words",
        "details": [{"a": "1"}],
    }


def test_examples_are_marked(rest: RestClient) -> None:
    """What is made up says so in a header; what the exchange knows does not."""
    made_up = rest.get("account/risk-state")
    assert made_up.json()["code"] == "0"
    assert made_up.headers["x-paper-example"] == "1"
    assert "x-paper-example" not in rest.get("account/balance").headers


def test_what_the_request_says_is_repeated(rest: RestClient) -> None:
    """Currency, instrument and settings of the answer are those asked for; only known fields are."""
    tier = {"instType": "SWAP", "instFamily": "ETH-USDT", "limit": "5"}
    (row,) = rest.get("account/position-tiers", **tier).json()["data"]
    assert (row["instFamily"], "limit" in row) == ("ETH-USDT", False)
    (auto,) = rest.post("account/set-auto-repay", {"autoRepay": False}).json()["data"]
    assert auto == {"autoRepay": False}


def test_requests_are_still_checked(rest: RestClient) -> None:
    """Missing parameters and wrong methods are refused as everywhere."""
    assert rest.get("account/max-loan").json()["code"] == "50014"
    assert rest.post("account/max-loan", {}).json()["code"] == "50115"
    assert rest.post("account/set-greeks", []).json()["code"] == "50002"


def test_what_changes_nothing_is_not_answered() -> None:
    """Without examples each call that is to change something is refused, and says by whom and how to have them."""
    refused = [one for one in ENDPOINTS.values() if one.kind == REFUSED]
    assert len(refused) > 100
    assert {one.method for one in refused} == {"POST"}
    with PaperExchange(flow_per_s=0) as exchange, RestClient(exchange) as client:
        for one in refused:
            body = [{}] if one.is_batch else dict.fromkeys(one.required, "1")
            answer = client.post(one.path.removeprefix("/api/v5/"), body)
            assert (answer.json()["code"], answer.json()["data"]) == ("50062", []), one.path
            assert "examples=True" in answer.json()["msg"]
            assert "x-paper-example" not in answer.headers
        assert client.get("account/risk-state").headers["x-paper-example"] == "1"
        assert client.post("account/position-builder", {}).headers["x-paper-example"] == "1"
        assert exchange.problems == []


def test_bare_answers(rest: RestClient) -> None:
    """One object or one row of columns stands where others have a list of rows."""
    assert isinstance(rest.get("rubik/stat/trading-data/support-coin").json()["data"], dict)
    flat = rest.get("rubik/stat/option/taker-block-volume", ccy="BTC").json()["data"]
    assert all(isinstance(column, str) for column in flat)
