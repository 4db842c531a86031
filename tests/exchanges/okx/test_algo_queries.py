"""``OkxAlgoQueries``: all that are open, and what became of one, by its ids or by its order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import responses

from okx_sync import Config, Credentials, OkxApiError, OkxClient
from okx_sync.exchanges.okx.algo_queries import OkxAlgoQueries
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep

TRADE = "https://openapi.okx.com/api/v5/trade"
NOW = 1_700_000_000_000
ATTACHED = {"attachAlgoId": "70", "attachAlgoClOrdId": "mine", "slTriggerPx": "58000", "slOrdPx": "-1"}
ALGO = {"instId": "BTC-USDT-SWAP", "algoId": "90", "algoClOrdId": "mine", "ordType": "trigger", "state": "live"}


class Okx:
    """Answers queries."""

    def __init__(self, client: OkxClient, mock: responses.RequestsMock) -> None:
        self.mock = mock
        self.queries = OkxAlgoQueries(lambda: client)

    def tells(self, call: str, *rows: dict[str, Any]) -> None:
        """What the next call brings; without rows: there is no such order."""
        answer = {"code": "0", "data": list(rows)} if rows else {"code": "51603", "msg": "none", "data": []}
        self.mock.get(f"{TRADE}/{call}", json=answer)


@pytest.fixture
def okx() -> Iterator[Okx]:
    with (
        OkxClient(Config(credentials=Credentials("key", "secret", "pass"))) as client,
        responses.RequestsMock() as mock,
    ):
        yield Okx(client, mock)


def algo(**facts: Any) -> AlgoState:
    """One of ours that was sent now."""
    return AlgoState(inst_id="BTC-USDT-SWAP", history=(AlgoStep("pending", NOW),), **facts)


def order(*attached: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An order with what it brings."""
    row = {"instId": "BTC-USDT-SWAP", "ordId": "7", "side": "buy", "state": "live", "accFillSz": "0"}
    return {**row, "attachAlgoOrds": list(attached), **changes}


def test_each_kind_is_listed(okx: Okx) -> None:
    """The attached ones of open orders first, oldest first; what cannot be read costs no other."""
    stops = [ALGO | {"algoId": "92"}, ALGO | {"algoId": "91"}, ALGO | {"state": "new"}]
    lists = {"conditional,oco": stops, "trigger": [ALGO]}
    for kind in "conditional,oco", "trigger", "move_order_stop", "smart_iceberg", "twap", "chase":
        match = [responses.matchers.query_param_matcher({"ordType": kind, "limit": "100"})]
        okx.mock.get(f"{TRADE}/orders-algo-pending", json={"code": "0", "data": lists.get(kind, [])}, match=match)
    resting = order(algoId="89", source="7", ordId="8")  # what sent it has fired
    okx.mock.get(f"{TRADE}/orders-pending", json={"code": "0", "data": [resting, order(ATTACHED)]})
    found, lost = okx.queries.open_algos()
    assert [one.attached_id or one.algo_id for one in found] == ["70", "91", "92", "90"]
    assert (len(lost), {one.recovered for one in found}) == (1, {True})


def test_one_is_found_by_its_id(okx: Okx) -> None:
    """Whatever its age; by the id that we gave it only if it is not older than our request."""
    okx.tells("order-algo", ALGO | {"cTime": "1"})
    found = okx.queries.look_up_algo(algo(algo_id="90"))
    assert found is not None
    assert (found.algo_id, found.status, found.recovered) == ("90", "armed", True)
    assert okx.queries.look_up_algo(algo(client_order_id="mine")) is None
    okx.mock.replace(responses.GET, f"{TRADE}/order-algo", json={"code": "0", "data": [ALGO | {"cTime": str(NOW + 5)}]})
    assert okx.queries.look_up_algo(algo(client_order_id="mine")) is not None
    assert okx.queries.look_up_algo(algo()) is None


def test_an_error_is_no_answer(okx: Okx) -> None:
    """Only the word that there is no such order counts."""
    for call in "order-algo", "order":
        okx.mock.get(f"{TRADE}/{call}", json={"code": "51000", "msg": "no", "data": []})
    with pytest.raises(OkxApiError):
        okx.queries.look_up_algo(algo(client_order_id="mine"))
    with pytest.raises(OkxApiError):
        okx.queries.look_up_algo(algo(attached_id="70", parent_order_id="7"))


MINE: dict[str, Any] = {"client_order_id": "mine", "attached_id": "70"}
NAMELESS = ATTACHED | {"attachAlgoClOrdId": ""}
FILLED = {"state": "filled", "accFillSz": "1"}


@pytest.mark.parametrize(
    ("row", "facts", "status"),
    [
        (order(ATTACHED), MINE, "attached"),
        (order(ATTACHED), {"client_order_id": "mine"}, "attached"),
        (order(ATTACHED, **FILLED), MINE, "attached"),  # an algo order is due
        (order(NAMELESS, **FILLED), {"attached_id": "70"}, "replaced"),
        (order(NAMELESS), {"attached_id": "70"}, "attached"),
        (order(ATTACHED | {"failCode": "51277"}, **FILLED), MINE, "failed"),
        (order(ATTACHED, state="canceled"), MINE, "canceled"),
        (order(), MINE, "canceled"),
        (order(), {"client_order_id": "mine"}, None),  # may be an order of before
        (None, MINE, None),
    ],
)
def test_without_an_algo_order_its_order_is_asked(
    okx: Okx, row: dict[str, Any] | None, facts: dict[str, Any], status: str | None
) -> None:
    """What came with an order has the fate of that, until OKX has made an algo order of it."""
    if "client_order_id" in facts:
        okx.tells("order-algo")
    okx.tells("order", *([] if row is None else [row]))
    found = okx.queries.look_up_algo(algo(parent_order_id="7", **facts))
    assert (None if found is None else found.status) == status
