"""Order operations over the WebSocket, as a neutral client sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import WireClient

ORDER = {"instIdCode": 1001, "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[WireClient]:
    """Alice, logged in on the private path."""
    with WireClient(paper, "private", "alice") as one:
        yield one


def ask(client: WireClient, op: str, *args: Any, id: str = "q1", **more: Any) -> dict[str, Any]:  # noqa: A002
    """Send one operation; its reply."""
    client.send({"id": id, "op": op, "args": list(args), **more})
    reply: dict[str, Any] = client.until(lambda frame: frame.get("id") == id)
    return reply


def test_place_amend_cancel(client: WireClient) -> None:
    """Each operation gets one reply with its id and op, times in microseconds, and a row per order."""
    placed = ask(client, "order", ORDER | {"clOrdId": "w1", "tag": "t"})
    assert (placed["op"], placed["code"], placed["msg"]) == ("order", "0", "")
    assert len(placed["inTime"]) == len(placed["outTime"]) == 16
    row = placed["data"][0]
    assert (row["clOrdId"], row["tag"], row["sCode"]) == ("w1", "t", "0")
    amended = ask(client, "amend-order", {"instIdCode": 1001, "clOrdId": "w1", "newPx": "60001", "reqId": "r"})
    assert (amended["code"], amended["data"][0]["reqId"]) == ("0", "r")
    cancelled = ask(client, "cancel-order", {"instIdCode": 1001, "ordId": row["ordId"]})
    assert (cancelled["code"], cancelled["data"][0]["ordId"]) == ("0", row["ordId"])


def test_batches(client: WireClient) -> None:
    """Batches answer in the order of the request; code 2 when some failed."""
    reply = ask(client, "batch-orders", ORDER | {"clOrdId": "b1"}, ORDER | {"clOrdId": "b2", "sz": "0"})
    assert (reply["code"], [row["clOrdId"] for row in reply["data"]]) == ("2", ["b1", "b2"])
    change = {"instIdCode": 1001, "clOrdId": "b1", "newSz": "0.2"}
    assert ask(client, "batch-amend-orders", change)["code"] == "0"
    assert ask(client, "batch-cancel-orders", {"instIdCode": 1001, "clOrdId": "b1"})["code"] == "0"
    assert ask(client, "batch-orders", *[ORDER] * 21)["code"] == "51111"


@pytest.mark.parametrize(
    ("args", "code", "verdict"),
    [
        ([{**ORDER, "instIdCode": None, "instId": "BTC-USDT"}], "1", "50014"),
        ([{**ORDER, "instIdCode": 999}], "1", "51001"),
        ([{**ORDER, "instIdCode": "abc"}], "1", "51001"),
        ([{**ORDER, "sz": "100"}], "1", "51008"),
        ([ORDER, ORDER], "51111", None),
        ([], "60013", None),
        (["x"], "60013", None),
    ],
)
def test_refusals(client: WireClient, args: list[Any], code: str, verdict: str | None) -> None:
    """`instIdCode` is what counts; requests of the wrong form fail as a whole, with no rows."""
    reply = ask(client, "order", *args)
    assert reply["code"] == code
    assert [row["sCode"] for row in reply["data"]] == ([] if verdict is None else [verdict])


def test_expired_request(client: WireClient) -> None:
    """A request whose `expTime` is over does nothing; cancels ignore it."""
    assert ask(client, "order", ORDER, expTime="1")["code"] == "50036"
    assert ask(client, "cancel-order", {"instIdCode": 1001, "ordId": "1"}, expTime="1")["code"] == "1"


def test_without_login(paper: PaperExchange) -> None:
    """Before the login every operation is refused with 60011 and no rows."""
    with WireClient(paper, "private") as client:
        reply = ask(client, "order", ORDER)
        assert (reply["op"], reply["code"], reply["data"]) == ("order", "60011", [])


def test_without_id(client: WireClient) -> None:
    """An operation needs an id; without one there is only an error event."""
    client.send({"op": "order", "args": [ORDER]})
    assert client.until_event("error")["code"] == "60033"


def test_wrong_path(paper: PaperExchange) -> None:
    """Orders go over the private path only."""
    with WireClient(paper, "business", "alice") as client:
        client.send({"id": "1", "op": "order", "args": [ORDER]})
        error = client.until_event("error")
        assert (error["code"], error["id"]) == ("60028", "1")


def test_mass_cancel(client: WireClient) -> None:
    """For options in portfolio margin, which nobody has here; the reply has no times, and refuses the whole request."""
    reply = ask(client, "mass-cancel", {"instType": "OPTION", "instFamily": "BTC-USD"})
    assert (reply["code"], reply["data"]) == ("51010", [])
    assert "inTime" not in reply
    assert ask(client, "mass-cancel", {"instType": "SWAP", "instFamily": "BTC-USD"})["code"] == "51000"
    assert ask(client, "mass-cancel", {"instType": "OPTION"})["code"] == "50014"


def test_spread_orders(paper: PaperExchange) -> None:
    """On the business path: place, amend, cancel, cancel all; each finds only its own account's orders."""
    order = {"sprdId": "BTC-USDT_BTC-USDT-SWAP", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "-5"}
    with WireClient(paper, "business", "alice") as client, WireClient(paper, "business", "bob") as other:
        placed = ask(client, "sprd-order", order | {"clOrdId": "s1"})
        row = placed["data"][0]
        assert (placed["code"], row["clOrdId"], "inTime" in placed) == ("0", "s1", False)
        amended = ask(client, "sprd-amend-order", {"clOrdId": "s1", "newSz": "0.2", "reqId": "r"})
        assert (amended["code"], amended["data"][0]["reqId"]) == ("0", "r")
        assert ask(other, "sprd-cancel-order", {"clOrdId": "s1"})["data"][0]["sCode"] == "51603"
        assert ask(client, "sprd-cancel-order", {"ordId": row["ordId"]})["code"] == "0"
        assert ask(client, "sprd-cancel-order", {"ordId": row["ordId"]})["data"][0]["sCode"] == "51400"
        ask(client, "sprd-order", order)
        assert ask(client, "sprd-mass-cancel", {})["data"] == [{"result": True}]
    states = [one.state for one in paper.run(paper._server.venue.spread_orders.of, paper.venue.accounts[0])]
    assert states == ["canceled", "canceled"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sprdId": "X"}, "51001"),
        ({"side": "up"}, "51000"),
        ({"sz": "0"}, "51000"),
        ({"sz": "much"}, "51000"),
        ({"px": ""}, "51000"),
    ],
)
def test_wrong_spread_orders(paper: PaperExchange, change: dict[str, str], code: str) -> None:
    """Refused in their row."""
    order = {"sprdId": "BTC-USDT_BTC-USDT-SWAP", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "-5"}
    with WireClient(paper, "business", "alice") as client:
        assert ask(client, "sprd-order", order | change)["data"][0]["sCode"] == code


def test_shuffled_replies(client: WireClient, paper: PaperExchange) -> None:
    """They are held back until there are so many, and come in another order; then all is as before."""
    paper.faults.shuffle_replies(5)
    for number in range(5):
        client.send({"id": f"q{number}", "op": "cancel-order", "args": [{"instIdCode": 1001, "ordId": "1"}]})
    ids = [client.until(lambda frame: frame.get("op") == "cancel-order")["id"] for _ in range(5)]
    assert sorted(ids) == [f"q{number}" for number in range(5)]
    assert ids != sorted(ids)
    assert ask(client, "cancel-order", {"instIdCode": 1001, "ordId": "1"}, id="q9")["id"] == "q9"


def test_refused_operations(client: WireClient, paper: PaperExchange) -> None:
    """A fault refuses them in any of the exchange's three ways, and nothing is done."""
    paper.faults.refuse_op("51001", "no", op="order")
    rows = ask(client, "order", ORDER | {"clOrdId": "w1"})
    assert (rows["code"], rows["data"][0]["sCode"], rows["data"][0]["clOrdId"]) == ("1", "51001", "w1")
    paper.faults.refuse_op("50011", "no", how="whole")
    whole = ask(client, "order", ORDER)
    assert (whole["code"], whole["data"]) == ("50011", [])
    paper.faults.refuse_op("60013", "no", how="event")
    event = ask(client, "order", ORDER)
    assert (event["event"], event["code"]) == ("error", "60013")
    assert paper.venue.requests["place", "ws"] == 0
    assert ask(client, "order", ORDER)["code"] == "0"
