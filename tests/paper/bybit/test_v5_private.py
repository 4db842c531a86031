"""Bybit V5's private socket: logins, and what accounts are told."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit.bybit_client import LIMIT, PRIVATE, SWAP, TRADE, BybitClient, Frame, auth_frame, placed
from tests.paper.wire_client import RestClient

ALL = ("order", "execution", "execution.fast", "position", "wallet", "greeks")


def following(wire: BybitClient, topic: str, count: int) -> list[Frame]:
    """The only rows of the next pushes of a topic."""
    frames = [wire.push(topic) for _ in range(count)]
    assert all(len(frame["data"]) == 1 for frame in frames)
    return [frame["data"][0] for frame in frames]


def test_login(paper: PaperExchange) -> None:
    """A right one is acked; the connection is the account's, and the signature is not on record."""
    with BybitClient(paper, PRIVATE) as wire:
        wire.send(auth_frame(paper, req_id="1"))
        answer = wire.recv()
        conn_id = paper.connections[0].connId
        assert answer == {"success": True, "ret_msg": "", "conn_id": conn_id, "req_id": "1", "op": "auth"}
        assert paper.connections[0].account == "alice"
        assert '"***"' in paper.seen[0].text


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"key": "nobody"}, 10003, "Invalid apikey"),
        ({"sign": "0" * 64}, 10004, "error sign! origin_string[GET/realtime***]"),
        ({"ms": 0}, None, "Params Error"),
        ({"expires": "soon"}, None, "Params Error"),
        ({"args": ["two", 1]}, None, "Params Error"),
    ],
)
def test_wrong_logins(paper: PaperExchange, changes: dict[str, Any], code: int | None, message: str) -> None:
    """Key and signature have codes; wrong and expired parameters one text. The connection ends."""
    with BybitClient(paper, PRIVATE) as wire:
        wire.send(auth_frame(paper, **changes))
        answer = wire.recv()
        assert (answer["success"], answer["op"]) == (False, "auth")
        assert (answer.get("retCode"), answer.get("retMsg") or answer["ret_msg"]) == (code, message)
        assert wire.until_closed() == 1000


def test_expiry_is_measured_by_the_exchange(frozen: PaperExchange) -> None:
    """A signature made for the past of the exchange's clock is no good, whatever the client's clock says."""
    frame = auth_frame(frozen, ms=5000)
    frozen.clock.skew(10)
    with BybitClient(frozen, PRIVATE) as wire:
        wire.send(frame)
        assert wire.recv()["ret_msg"] == "Params Error"


def test_topics_need_a_login(paper: PaperExchange) -> None:
    """The request is refused, not the connection."""
    with BybitClient(paper, PRIVATE) as wire:
        assert wire.ask("subscribe", "order", req_id="1")["ret_msg"] == "Request not authorized"
        wire.send(auth_frame(paper))
        assert wire.recv()["success"] is True
        assert wire.ask("subscribe", "order")["success"] is True


@pytest.mark.parametrize(
    "topics", [("order", "order.linear"), ("order", "position.linear"), ("execution.fast", "order.spot")]
)
def test_plain_and_categorised_names_do_not_mix(paper: PaperExchange, topics: tuple[str, ...]) -> None:
    """In one request; in two they are welcome, and so is `wallet`, which knows no categories."""
    with BybitClient(paper, PRIVATE, "alice") as wire:
        assert wire.ask("subscribe", *topics)["ret_msg"] == "Params Error"
        assert paper.topics() == {}
        for topic in topics:
            assert wire.ask("subscribe", topic)["success"] is True
        assert wire.ask("subscribe", "wallet", "position")["success"] is True


@pytest.mark.parametrize("topic", ["order.BTCUSDT", "position.spot", "tickers.BTCUSDT", "user.openapi.perp.order"])
def test_topics_there_are_not(paper: PaperExchange, topic: str) -> None:
    """Symbols, unknown categories, public topics, the older protocol."""
    with BybitClient(paper, PRIVATE, "alice") as wire:
        assert wire.ask("subscribe", topic)["ret_msg"] == f"error:handler not found,topic:{topic}"


def test_nothing_is_told_at_first(frozen: PaperExchange) -> None:
    """No snapshots: an account with an order and a position stays silent until something happens."""
    placed(frozen, ordType="market")
    placed(frozen, px="60000")
    with BybitClient(frozen, PRIVATE, "alice") as wire:
        assert wire.ask("subscribe", *ALL)["success"] is True
        frozen.clock.advance(10)
        assert wire.ask("ping")["op"] == "pong"
        assert frozen.pushed == {}


def test_pong_has_the_time(frozen: PaperExchange) -> None:
    """And here its `op` is "pong"."""
    with BybitClient(frozen, PRIVATE) as wire:
        answer = wire.ask("ping", req_id="9")
        assert answer["args"] == [str(frozen.clock.now_ms())]
        assert (answer["op"], answer["req_id"]) == ("pong", "9")


def test_life_of_an_order(paper: PaperExchange) -> None:
    """Placed and amended over the socket, filled in two steps at the venue: the ids stay, sizes are in coins."""
    paper.quiet()
    with BybitClient(paper, PRIVATE, "alice") as wire, BybitClient(paper, TRADE, "alice") as trade:
        wire.ask("subscribe", *ALL)
        ids = trade.order("order.create", LIMIT | {"price": "60000", "orderLinkId": "my-order_1"})["data"]
        (new,) = following(wire, "order", 1)
        assert new | ids == new
        assert (new["orderStatus"], new["qty"], new["leavesValue"], new["timeInForce"]) == ("New", "0.01", "600", "GTC")
        trade.order("order.amend", {"category": "linear", "symbol": "BTCUSDT", "qty": "0.02", **ids})
        assert following(wire, "order", 1)[0]["qty"] == "0.02"
        order = next(iter(paper.venue.accounts[0].orders.values()))
        paper.fill(ordId=order.ordId, sz="0.5")
        paper.fill(ordId=order.ordId, sz="1.5")
        part, done = following(wire, "order", 2)
        assert [row["orderStatus"] for row in (part, done)] == ["PartiallyFilled", "Filled"]
        assert (part["cumExecQty"], part["leavesQty"], part["avgPrice"]) == ("0.005", "0.015", "60000")
        assert (done["cumExecValue"], done["cumFeeDetail"]) == ("1200", {"USDT": "0.24"})
        assert {row["orderLinkId"] for row in (part, done)} == {"my-order_1"}


def test_fills_are_told_twice_over(paper: PaperExchange) -> None:
    """`execution` in full, `execution.fast` in short; as a maker the latter hides the client's id."""
    paper.quiet()
    with BybitClient(paper, PRIVATE, "alice") as wire, BybitClient(paper, TRADE, "alice") as trade:
        for topic in ("execution", "execution.fast", "execution.linear", "execution.spot"):
            wire.ask("subscribe", topic)
        ids = trade.order("order.create", LIMIT | {"price": "60000", "orderLinkId": "mine"})["data"]
        order = next(iter(paper.venue.accounts[0].orders.values()))
        paper.fill(ordId=order.ordId)
        full, fast, linear = (wire.push(f"execution{word}")["data"][0] for word in ("", ".fast", ".linear"))
        assert full == linear
        assert (full["orderId"], full["isMaker"]) == (ids["orderId"], True)
        assert (full["execQty"], full["execValue"]) == ("0.01", "600")
        assert (full["orderLinkId"], fast["orderLinkId"]) == ("mine", "")
        assert fast["execId"] == full["execId"]
        trade.order("order.create", LIMIT | {"orderType": "Market", "orderLinkId": "taken"})
        assert wire.push("execution.fast")["data"][0]["orderLinkId"] == "taken"
        assert not [topic for _, topic in paper.pushed if topic == "execution.spot"]


def test_positions_are_told_with_every_order(paper: PaperExchange) -> None:
    """Flat at the placing, open after a fill, and flat again with an empty side."""
    paper.quiet()
    with BybitClient(paper, PRIVATE, "alice") as wire:
        wire.ask("subscribe", "position")
        placed(paper, px="60000")
        (flat,) = following(wire, "position", 1)
        assert (flat["side"], flat["size"]) == ("", "0")
        placed(paper, ordType="market", sz="2")
        (held,) = following(wire, "position", 1)
        assert (held["side"], held["size"], held["positionIdx"], held["leverage"]) == ("Buy", "0.02", 0, "10")
        placed(paper, ordType="market", sz="2", side="sell")
        (closed,) = following(wire, "position", 1)
        assert (closed["side"], closed["size"], closed["openTime"]) == ("", "0", 0)


def test_wallet_is_told_when_money_moves(frozen: PaperExchange) -> None:
    """Not when prices do."""
    with BybitClient(frozen, PRIVATE, "alice") as wire:
        wire.ask("subscribe", "wallet", "greeks")
        frozen.venue.deposit(frozen.venue.accounts[0], "USDT", "250")
        frozen.clock.advance(0.1)
        (row,) = wire.push("wallet")["data"]
        usdt = next(coin for coin in row["coin"] if coin["coin"] == "USDT")
        assert (row["accountType"], usdt["walletBalance"]) == ("UNIFIED", "100250")
        frozen.trade_at(SWAP, "66000")
        frozen.clock.advance(5)
        wire.ask("ping")
        assert sum(frozen.pushed.values()) == 1


def test_orders_placed_elsewhere_are_told(paper: PaperExchange) -> None:
    """Over OKX's REST, on the spot market: one account, whatever wire one speaks; other accounts hear nothing."""
    with BybitClient(paper, PRIVATE, "alice") as wire, BybitClient(paper, PRIVATE, "bob") as bob:
        for one in (wire, bob):
            assert one.ask("subscribe", "order.spot")["success"] is True
        with RestClient(paper) as rest:
            kind = {"tdMode": "cash", "side": "buy", "ordType": "limit"}
            body = {"instId": "BTC-USDT", **kind, "sz": "0.1", "px": "60000", "clOrdId": "abc"}
            assert rest.post("trade/order", body).json()["code"] == "0"
        (row,) = following(wire, "order.spot", 1)
        assert (row["category"], row["symbol"], row["qty"], row["orderLinkId"]) == ("spot", "BTCUSDT", "0.1", "abc")
        bob.ask("ping")
        assert {connection for connection, _ in paper.pushed} == {1}


@pytest.mark.parametrize(("query", "seconds"), [("", 600), ("?max_active_time=30s", 30), ("?max_active_time=1s", 30)])
def test_idle_connections_are_closed(frozen: PaperExchange, query: str, seconds: int) -> None:
    """After ten minutes, or sooner when the URL says so."""
    frozen.quiet()  # nobody hears the market, and ten minutes of it take their time
    with BybitClient(frozen, PRIVATE, query=query) as wire:
        frozen.clock.advance(seconds - 1)
        assert frozen.connections[0].open
        frozen.clock.advance(2)
        assert wire.until_closed() == 4004
