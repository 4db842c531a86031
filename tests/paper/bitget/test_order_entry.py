"""Order operations over Bitget's streams."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.bitget_client import V2, BitgetClient

LIMIT = {"orderType": "limit", "side": "buy", "size": "0.1", "price": "60000", "force": "gtc", "marginMode": "crossed"}
ALL = {"instId": "default", **V2}


def trade(client: BitgetClient, channel: str, params: dict[str, Any], **arg: str) -> dict[str, Any]:
    """Send one operation and wait for the reply with its id."""
    told = {"id": "t1", "instId": "BTCUSDT", **V2, "channel": channel, "params": params, **arg}
    client.send({"op": "trade", "args": [told]})
    reply: dict[str, Any] = client.until(lambda frame: frame.get("event") in ("trade", "error"))
    return reply


def test_place_and_cancel(paper: PaperExchange) -> None:
    """Sizes are in coins; the reply repeats the id, the order shows up on `orders`, and can be cancelled by its id."""
    with BitgetClient(paper, "private", "alice") as client, BitgetClient(paper, "private", "alice") as watcher:
        watcher.subscribe("orders", **ALL)
        reply = trade(client, "place-order", LIMIT | {"clientOid": "ws-1#"})
        assert (reply["event"], reply["code"], reply["arg"][0]["id"]) == ("trade", 0, "t1")
        row = watcher.until_push("orders")["data"][0]
        assert (row["orderId"], row["size"], row["clientOid"]) == (reply["arg"][0]["params"]["orderId"], "0.1", "ws-1#")
        assert paper.venue.pending(paper.venue.accounts[0])[0]["sz"] == "10"
        assert trade(client, "cancel-order", {"orderId": row["orderId"]})["event"] == "trade"
        assert watcher.until_push("orders")["data"][0]["status"] == "canceled"
        assert trade(client, "cancel-order", {"orderId": row["orderId"]})["code"] == 45129


@pytest.mark.parametrize(
    ("params", "arg", "code"),
    [
        (LIMIT | {"size": "1000"}, {}, 40762),
        (LIMIT | {"size": "much"}, {}, 40017),
        (LIMIT | {"orderType": "dream"}, {}, 40017),
        (LIMIT, {"instId": "NOPEUSDT"}, 40034),
        (LIMIT, {"channel": "dance"}, 30016),
    ],
)
def test_refused_orders(paper: PaperExchange, params: dict[str, Any], arg: dict[str, str], code: int) -> None:
    """The verdict has the codes of REST; nothing is placed."""
    with BitgetClient(paper, "private", "alice") as client:
        reply = trade(client, arg.pop("channel", "place-order"), params, **arg)
        assert (reply["event"], reply["code"]) == ("error", code)
        assert not paper.venue.pending(paper.venue.accounts[0])


def test_orders_need_a_login(paper: PaperExchange) -> None:
    """Without one there is nobody to order for."""
    with BitgetClient(paper, "private") as client:
        assert trade(client, "place-order", LIMIT)["code"] == 30004


def test_closing_in_hedge_mode(paper: PaperExchange) -> None:
    """`side` is the direction of the position: a long one is closed with side buy."""
    paper.quiet()
    account = paper.venue.accounts[0]
    paper.venue.set_position_mode(account, "long_short_mode")
    market = {"orderType": "market", "side": "buy", "size": "0.1", "marginMode": "crossed"}
    with BitgetClient(paper, "private", "alice") as client:
        assert trade(client, "place-order", market | {"tradeSide": "open"})["code"] == 0
        assert [row["pos"] for row in paper.venue.position_rows(account)] == ["10"]
        assert trade(client, "place-order", market | {"tradeSide": "close"})["code"] == 0
        assert paper.venue.position_rows(account) == []


def test_faults_of_operations(paper: PaperExchange) -> None:
    """An operation can be refused with any code, and its reply can be lost after it was done."""
    with BitgetClient(paper, "private", "alice") as client:
        paper.faults.refuse_op("40010", "busy", op="place-order")
        assert trade(client, "place-order", LIMIT)["code"] == 40010
        paper.faults.lose_reply("place-order")
        lost = {"id": "x", "instId": "BTCUSDT", **V2, "channel": "place-order", "params": LIMIT}
        client.send({"op": "trade", "args": [lost]})
        assert paper.wait_for(lambda: len(paper.venue.pending(paper.venue.accounts[0])) == 1)
        assert trade(client, "place-order", LIMIT)["arg"][0]["id"] == "t1"
