"""How much may be asked, and what happens around maintenance (facts 259 to 269)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.algo_forms import algo
from tests.paper.rules.case import Case, keeps
from tests.paper.rules.okx_forms import SPOT, SWAP, get
from tests.paper.rules.scene import check
from tests.paper.rules.stage import quiet_exchange
from tests.paper.wire_client import RestClient, WireClient

ORDER = {"tdMode": "cash", "side": "buy", "ordType": "limit", "px": "100", "sz": "0.1"}
ALGO = algo("trigger", triggerPx="60000", orderPx="-1").body

CASES = (
    Case(
        facts=[267],
        promise="Maintenance that is over is told of to who asks for it.",
        ask=get("system/status", state="completed"),
        row={"state": "completed"},
        reads=[(get("system/status"), []), (get("system/status", state="ongoing"), [])],
    ),
)

UNCERTAIN = {
    261: "whether spot orders count among the thousand in two seconds: here they do; one paragraph exempts them",
}
LEFT_OUT = {
    265: "no call ends with OKX's own time-out codes by itself; `paper.faults.rest_status` and `lose_reply` send any",
    268: "maintenance is a record that is told of; trading goes on",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rates_and_maintenance(case: Case, exchange: PaperExchange) -> None:
    """What OKX tells of its maintenance."""
    check(case, exchange)


@pytest.fixture
def strict() -> Iterator[PaperExchange]:
    """A quiet exchange that enforces its limits; its clock stands still."""
    with quiet_exchange(limits=True) as paper:
        yield paper
        assert paper.problems == []


def code_of(rest: RestClient, path: str, body: Any) -> tuple[int, str]:
    """HTTP status and outer code."""
    response = rest.post(path, body)
    return response.status_code, orjson.loads(response.content)["code"]


@keeps(259, 264)
def test_orders_of_an_instrument(strict: PaperExchange) -> None:
    """Sixty in two seconds, over REST and streams together; each kind of request and each instrument for itself."""
    with RestClient(strict) as rest, WireClient(strict, "private", "alice") as socket:
        code = strict.venue.instruments[SPOT].instIdCode
        for number in range(60):
            if number % 2:
                assert code_of(rest, "trade/order", {"instId": SPOT, **ORDER}) == (200, "0")
            else:
                socket.send({"id": "1", "op": "order", "args": [{"instIdCode": code, **ORDER}]})
                assert socket.until(lambda frame: frame.get("id") == "1")["code"] == "0"
        assert code_of(rest, "trade/order", {"instId": SPOT, **ORDER}) == (429, "50011")
        socket.send({"id": "2", "op": "order", "args": [{"instIdCode": code, **ORDER}]})
        assert socket.until(lambda frame: frame.get("id") == "2")["code"] == "50011"
        assert code_of(rest, "trade/order", {"instId": "ETH-USDT", **ORDER}) == (200, "0")
        assert code_of(rest, "trade/cancel-order", {"instId": SPOT, "clOrdId": "x"})[1] == "1"
        strict.clock.advance(2.1)
        assert code_of(rest, "trade/order", {"instId": SPOT, **ORDER}) == (200, "0")


@keeps(260)
def test_orders_of_batches(strict: PaperExchange) -> None:
    """Three hundred in two seconds, counted by order; a batch of one counts as a single order."""
    with RestClient(strict) as rest:
        batch = [{"instId": SPOT, **ORDER, "sz": "0.001"}] * 20
        assert {code_of(rest, "trade/batch-orders", batch) for _ in range(15)} == {(200, "0")}
        assert code_of(rest, "trade/batch-orders", batch[:2]) == (429, "50011")
        assert {code_of(rest, "trade/batch-orders", batch[:1]) for _ in range(60)} == {(200, "0")}
        assert code_of(rest, "trade/batch-orders", batch[:1]) == (429, "50011")
        assert code_of(rest, "trade/order", batch[0]) == (429, "50011")


@keeps(261)
def test_orders_of_an_account(strict: PaperExchange) -> None:
    """A thousand in two seconds over all instruments, new and amended ones together; others have their own."""
    instruments = ("BTC-USDT", "ETH-USDT", "SOL-USDT", "BTC-USDT-SWAP")
    with RestClient(strict) as rest, RestClient(strict, "bob") as bob:
        for name in instruments:
            mode = "cross" if name.endswith("SWAP") else "cash"
            batch = [{"instId": name, **ORDER, "tdMode": mode, "px": "1000000"}] * 20
            for _ in range(15 if name != "BTC-USDT-SWAP" else 5):
                assert code_of(rest, "trade/batch-orders", batch)[0] == 200
        amendment = {"instId": SWAP, "clOrdId": "x", "newSz": "1"}
        assert code_of(rest, "trade/amend-order", amendment) == (200, "50061")
        assert code_of(rest, "trade/order", {"instId": SWAP, **ORDER}) == (200, "50061")
        assert code_of(bob, "trade/amend-order", amendment) == (200, "1")
        assert code_of(rest, "trade/cancel-order", {"instId": SWAP, "clOrdId": "x"}) == (200, "1")
        strict.clock.advance(2.1)
        assert code_of(rest, "trade/amend-order", amendment) == (200, "1")


@keeps(262)
def test_algo_orders(strict: PaperExchange) -> None:
    """Twenty in two seconds; placing, amending and canceling for themselves."""
    with RestClient(strict) as rest:
        assert {code_of(rest, "trade/order-algo", ALGO) for _ in range(20)} == {(200, "0")}
        assert code_of(rest, "trade/order-algo", ALGO) == (429, "50011")
        gone = {"instId": SWAP, "algoId": "1"}
        assert {code_of(rest, "trade/amend-algos", gone | {"newSz": "2"}) for _ in range(20)} == {(200, "1")}
        assert code_of(rest, "trade/amend-algos", gone) == (429, "50011")
        assert {code_of(rest, "trade/cancel-algos", [gone] * 10) for _ in range(2)} == {(200, "1")}
        assert code_of(rest, "trade/cancel-algos", [gone]) == (429, "50011")


@keeps(263)
def test_closing_too_often(strict: PaperExchange) -> None:
    """It has a code of its own."""
    with RestClient(strict) as rest:
        request = {"instId": SWAP, "mgnMode": "cross"}
        assert {code_of(rest, "trade/close-position", request) for _ in range(20)} == {(200, "51023")}
        assert code_of(rest, "trade/close-position", request) == (429, "51113")


@keeps(266)
@pytest.mark.parametrize(("status", "code"), [(503, "50001"), (429, "50013"), (500, "50026")])
def test_an_exchange_that_is_not_well(exchange: PaperExchange, status: int, code: str) -> None:
    """It answers so where a fault says so, and is well again after it."""
    with RestClient(exchange) as rest:
        exchange.faults.rest_status(status, {"code": code, "msg": "", "data": []}, path="/api/v5/trade/order", times=1)
        assert code_of(rest, "trade/order", {"instId": SPOT, **ORDER}) == (status, code)
        assert code_of(rest, "trade/order", {"instId": SPOT, **ORDER}) == (200, "0")


@keeps(267)
def test_maintenance_that_goes_on(exchange: PaperExchange) -> None:
    """While it is planned, goes on or opens again it is told of without being asked for."""
    with RestClient(exchange) as rest:
        for state in ("scheduled", "ongoing", "pre_open"):
            exchange.venue.set_status(state=state)
            assert [row["state"] for row in rest.get("system/status").json()["data"]] == [state]
        exchange.venue.set_status(state="completed")
        assert rest.get("system/status").json()["data"] == []


@keeps(269)
def test_an_upgrade_of_streams(strict: PaperExchange) -> None:
    """A notice comes a minute before the socket is closed; business sockets get none."""
    with (
        WireClient(strict) as public,
        WireClient(strict, "private", "alice") as private,
        WireClient(strict, "business") as business,
    ):
        assert strict.faults.notice() == 2
        for socket in (public, private):
            assert socket.until_event("notice")["code"] == "64008"
        for _ in range(3):
            strict.clock.advance(19)
            for socket in (public, private, business):
                socket.send("ping")
                assert socket.recv() == "pong"
        strict.clock.advance(5)
        assert (public.until_closed(), private.until_closed()) == (1001, 1001)
        business.send("ping")
        assert business.recv() == "pong"
