"""Orders on spreads over REST: those of the stream, in the same book."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.wire_client import RestClient

SPREAD = "BTC-USDT_BTC-USDT-SWAP"
ORDER = {"sprdId": SPREAD, "side": "buy", "ordType": "limit", "sz": "0.1", "px": "-5"}


@pytest.fixture
def rest() -> Iterator[RestClient]:
    """Alice's REST; time stands still."""
    with PaperExchange(flow_per_s=0, clock=PaperClock(frozen=True)) as paper, RestClient(paper) as client:
        yield client
        assert paper.problems == []


def test_the_life_of_an_order(rest: RestClient) -> None:
    """It is placed, amended, canceled, and then in the history; nothing fills it."""
    placed = rest.post("sprd/order", ORDER | {"clOrdId": "a"}).json()
    (verdict,) = placed["data"]
    assert (placed["code"], verdict["sCode"], verdict["clOrdId"]) == ("0", "0", "a")
    assert rest.post("sprd/amend-order", {"clOrdId": "a", "newPx": "-6"}).json()["code"] == "0"
    (pending,) = rest.rows("sprd/orders-pending", sprdId=SPREAD)
    assert (pending["ordId"], pending["px"], pending["pendingFillSz"]) == (verdict["ordId"], "-6", "0.1")
    assert rest.rows("sprd/order", clOrdId="a") == [pending]
    assert rest.post("sprd/cancel-order", {"ordId": verdict["ordId"]}).json()["code"] == "0"
    assert rest.rows("sprd/orders-pending") == rest.rows("sprd/trades") == []
    (ended,) = rest.rows("sprd/orders-history", state="canceled")
    assert (ended["state"], ended["canceledSz"], ended["cancelSource"]) == ("canceled", "0.1", "1")
    assert rest.rows("sprd/orders-history-archive", ordType="ioc") == []


def test_what_is_refused(rest: RestClient) -> None:
    """Wrong words, orders that are gone, and orders of others."""
    assert rest.post("sprd/order", ORDER | {"side": "up"}).json()["data"][0]["sCode"] == "51000"
    assert rest.post("sprd/cancel-order", {"ordId": "1"}).json()["data"][0]["sCode"] == "51603"
    assert rest.get("sprd/order", ordId="1").json()["code"] == "51603"
    assert rest.post("sprd/cancel-all-after", {"timeOut": "5"}).json()["code"] == "51000"


def test_all_at_once(rest: RestClient) -> None:
    """All of a spread, or all when nobody has called again in time."""
    for _ in range(2):
        rest.post("sprd/order", ORDER)
    assert rest.post("sprd/mass-cancel", {"sprdId": SPREAD}).json()["data"] == [{"result": True}]
    assert rest.rows("sprd/orders-pending") == []
    rest.post("sprd/order", ORDER)
    (armed,) = rest.post("sprd/cancel-all-after", {"timeOut": "10"}).json()["data"]
    assert int(armed["triggerTime"]) - int(armed["ts"]) == 10_000
    rest.paper.clock.advance(9)
    assert len(rest.rows("sprd/orders-pending")) == 1
    rest.paper.clock.advance(2)
    assert rest.rows("sprd/orders-pending") == []
