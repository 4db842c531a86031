"""The WebSocket conversation of the paper exchange, word for word, with a neutral client."""

from __future__ import annotations

import time
from typing import Any

import orjson
import pytest

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import WireClient, login_frame

BTC = {"channel": "tickers", "instId": "BTC-USDT"}


def test_text_ping_is_answered_with_text_pong(paper: PaperExchange) -> None:
    """The text `ping` gets the text `pong`, and is counted."""
    with WireClient(paper) as client:
        client.send("ping")
        assert client.raw() == "pong"
        assert paper.connections[0].pings == 1


def test_each_argument_gets_one_ack_with_the_id(paper: PaperExchange) -> None:
    """A batch of two is acked twice, with `id`, `arg` and the connection's id."""
    other = {"channel": "trades", "instId": "ETH-USDT"}
    with WireClient(paper) as client:
        client.ask("subscribe", BTC, other, id="a1")
        acks = [client.until_event("subscribe"), client.until_event("subscribe")]
        conn_id = paper.connections[0].connId
        assert acks == [{"id": "a1", "event": "subscribe", "arg": arg, "connId": conn_id} for arg in (BTC, other)]


def test_id_is_echoed_only_when_sent(paper: PaperExchange) -> None:
    """Without an id in the request there is none in ack or error."""
    with WireClient(paper) as client:
        client.ask("subscribe", BTC, {"channel": "nonsense"})
        assert "id" not in client.until_event("subscribe")
        assert "id" not in client.until_event("error")


def test_unknown_channel_is_60018_and_spares_the_others(paper: PaperExchange) -> None:
    """An error names no `arg` but tells it in its text; the good argument of the batch works."""
    with WireClient(paper) as client:
        client.ask("subscribe", {"channel": "tickers", "instId": "NO-SUCH"}, BTC, id="x9")
        error = client.until_event("error")
        assert error["code"] == "60018"
        assert "arg" not in error
        assert error["id"] == "x9"
        assert error["msg"].startswith("Subscribe failed, wrong URL or channel:tickers,instId:NO-SUCH doesn't exist.")
        assert client.until_push("tickers")["data"][0]["instId"] == "BTC-USDT"


@pytest.mark.parametrize(
    ("path", "login", "arg", "code"),
    [
        ("public", "", {"channel": "candle1m", "instId": "BTC-USDT"}, "64001"),
        ("private", "alice", {"channel": "orders-algo", "instType": "ANY"}, "64001"),
        ("business", "", {"channel": "tickers", "instId": "BTC-USDT"}, "64002"),
        ("public", "alice", {"channel": "orders", "instType": "ANY"}, "60018"),
        ("private", "alice", {"channel": "tickers", "instId": "BTC-USDT"}, "60018"),
        ("private", "", {"channel": "account"}, "60011"),
        ("public", "", {"channel": "books-l2-tbt", "instId": "BTC-USDT"}, "60011"),
        ("public", "", {"channel": "tickers", "uly": "BTC-USDT"}, "64000"),
        ("public", "", {"channel": "tickers"}, "60027"),
        ("public", "", {"channel": "instruments", "instType": "NOPE"}, "60018"),
        ("public", "", {"channel": "funding-rate", "instId": "BTC-USDT"}, "60018"),
        ("public", "", {"channel": "index-tickers", "instId": "BTC-USDT-SWAP"}, "60018"),
    ],
)
def test_wrong_subscriptions(paper: PaperExchange, path: str, login: str, arg: dict[str, str], code: str) -> None:
    """Each way to subscribe wrongly gets its own code, and nothing becomes active."""
    with WireClient(paper, path, login) as client:
        client.ask("subscribe", arg)
        assert client.until_event("error")["code"] == code
        assert not paper.topics()


@pytest.mark.parametrize(
    ("frame", "code", "text"),
    [
        ("hello", "60012", "Illegal request: hello"),
        ("[1, 2]", "60012", "Illegal request: [1, 2]"),
        ('{"args":[]}', "60012", 'Illegal request: {"args":[]}'),
        ('{"op":"dance"}', "60019", "Invalid op: dance"),
        ('{"op":"subscribe"}', "60013", 'Invalid request: {"op":"subscribe"}'),
        ('{"op":"subscribe","args":["x"]}', "60013", 'Invalid request: {"op":"subscribe","args":["x"]}'),
        ('{"op":"subscribe","id":"has-dash","args":[]}', "60033", "Parameter id error"),
        ('{"op":"order","id":"1","args":[]}', "60028", None),
    ],
)
def test_malformed_requests(paper: PaperExchange, frame: str, code: str, text: str | None) -> None:
    """What cannot be understood is answered with the original request inside the text."""
    with WireClient(paper) as client:
        client.send(frame)
        error = client.until_event("error")
        assert error["code"] == code
        assert text is None or error["msg"] == text


def test_vip_book_needs_login_and_a_vip_account(paper: PaperExchange) -> None:
    """`books-l2-tbt` works after a login on the public path, for an account of the right fee tier."""
    with WireClient(paper, "public", "alice") as client:
        client.subscribe("books-l2-tbt", instId="BTC-USDT")
        assert client.until_push("books-l2-tbt")["action"] == "snapshot"


def test_vip_book_excludes_the_others_of_its_instrument(paper: PaperExchange) -> None:
    """With `books-l2-tbt` subscribed, `books` of the same instrument is refused with 64004."""
    with WireClient(paper, "public", "alice") as client:
        client.subscribe("books-l2-tbt", instId="BTC-USDT")
        client.ask("subscribe", {"channel": "books", "instId": "BTC-USDT"})
        assert client.until_event("error")["code"] == "64004"
        client.ask("unsubscribe", {"channel": "books-l2-tbt", "instId": "BTC-USDT"})
        client.until_event("unsubscribe")
        assert client.subscribe("books", instId="BTC-USDT")["arg"]["channel"] == "books"


def test_unsubscribe_stops_the_pushes(paper: PaperExchange) -> None:
    """After the unsubscribe ack nothing of the topic comes any more; unknown topics are acked too."""
    with WireClient(paper) as client:
        client.subscribe("tickers", instId="BTC-USDT")
        client.ask("unsubscribe", BTC)
        client.until_event("unsubscribe")
        paper.trade_at("BTC-USDT", "66000", "0.1")
        paper.clock.advance(1)
        client.ask("unsubscribe", {"channel": "trades", "instId": "BTC-USDT"})
        assert client.recv()["event"] == "unsubscribe"


def test_subscribing_again_sends_the_snapshot_again(paper: PaperExchange) -> None:
    """A second subscribe of the same topic is acked and starts over; it stays one topic."""
    with WireClient(paper) as client:
        client.subscribe("books", instId="BTC-USDT")
        client.until_push("books")
        client.subscribe("books", instId="BTC-USDT")
        assert client.until_push("books")["action"] == "snapshot"
        assert paper.topics() == {"books(instId=BTC-USDT)": 1}
        assert paper.connections[0].duplicates == {"books(instId=BTC-USDT)": 2}


def test_counted_channels_tell_their_connections(paper: PaperExchange) -> None:
    """Subscribing `orders` on two connections of one account counts them; the other account is apart."""
    with WireClient(paper, "private", "alice") as one, WireClient(paper, "private", "alice") as two:
        one.subscribe("orders", instType="ANY")
        assert one.until_event("channel-conn-count")["connCount"] == "1"
        two.subscribe("orders", instType="SPOT")
        count = two.until_event("channel-conn-count")
        assert count == {
            "event": "channel-conn-count",
            "channel": "orders",
            "connCount": "2",
            "connId": paper.connections[1].connId,
        }
        with WireClient(paper, "private", "bob") as other:
            other.subscribe("orders", instType="ANY")
            assert other.until_event("channel-conn-count")["connCount"] == "1"


def test_more_than_30_connections_of_a_counted_channel(paper: PaperExchange) -> None:
    """The 31st connection is acked, then its subscription is ended with an error event."""
    clients = [WireClient(paper, "private", "alice") for _ in range(31)]
    try:
        for client in clients:
            client.subscribe("fills" if client is clients[0] else "account")
        clients[0].subscribe("account")
        error = clients[0].until_event("channel-conn-count-error")
        assert (error["channel"], error["connCount"]) == ("account", "30")
        assert paper.topics()["account"] == 30
    finally:
        for client in clients:
            client.close()


def test_480_control_messages_per_hour(paper: PaperExchange) -> None:
    """The 481st subscribe, unsubscribe or login of an hour gets 60014; the socket lives, an hour later it works."""
    paper.quiet()
    paper.clock.freeze()  # else the paper's time goes on between two pings, and 30 s without one end the socket
    with WireClient(paper, "public") as client:
        for number in range(240):
            client.ask("subscribe", {"channel": "trades", "instId": "BTC-USDT"}, id=f"s{number}")
            client.ask("unsubscribe", {"channel": "trades", "instId": "BTC-USDT"})
        client.ask("subscribe", BTC, id="over")
        error = client.until_event("error")
        assert (error["code"], error["id"]) == ("60014", "over")
        client.send("ping")
        client.until(lambda frame: frame == "pong")
        for _ in range(125):
            paper.run(paper.journal.tick)
            client.send("ping")
            client.until(lambda frame: frame == "pong")
            paper.clock.advance(29)
        client.ask("subscribe", BTC, id="again")
        assert client.until_event("subscribe")["id"] == "again"


def test_more_than_64_kb_of_arguments_close_the_socket(paper: PaperExchange) -> None:
    """A subscribe whose `args` are larger than 64 KB ends the connection with 1009."""
    with WireClient(paper) as client:
        client.ask("subscribe", *[{"channel": "trades", "instId": "BTC-USDT"}] * 1600)
        assert client.until_closed() == 1009


def test_idle_socket_is_dropped_after_30_seconds(paper: PaperExchange) -> None:
    """Nothing in and nothing out for 30 paper seconds: close code 4004. A ping in time prevents it."""
    paper.clock.freeze()
    with WireClient(paper) as idle, WireClient(paper) as alive:
        paper.clock.advance(29)
        alive.send("ping")
        assert alive.raw() == "pong"
        paper.clock.advance(2)
        assert idle.until_closed() == 4004
        alive.send("ping")
        assert alive.raw() == "pong"


def test_pushes_keep_a_silent_client_alive(paper: PaperExchange) -> None:
    """A client that only listens is not idle while data is pushed to it."""
    with WireClient(paper) as client:
        client.subscribe("tickers", instId="BTC-USDT")
        paper.clock.advance(120)
        client.send("ping")
        client.until(lambda frame: frame == "pong")


def test_unknown_paths_are_not_found(paper: PaperExchange) -> None:
    """Only the three paths upgrade."""
    import websocket

    with pytest.raises(websocket.WebSocketBadStatusException) as caught:
        websocket.create_connection(paper.ws_url("public").replace("public", "secret"), timeout=5)
    assert caught.value.status_code == 404


def test_what_the_server_saw(paper: PaperExchange) -> None:
    """Connections, frames and pushes are on record; the login's secrets are not."""
    with WireClient(paper, "private", "alice") as client:
        client.subscribe("account")
        client.until_push("account")
        seen = paper.connections[0]
        assert (seen.path, seen.account, seen.logged_in, seen.topics) == ("private", "alice", True, ("account",))
        assert (seen.logins, seen.subscribes) == (1, 1)
        login = orjson.loads(paper.seen[0].text)
        assert login["args"][0]["apiKey"] == "paper-alice-key"
        assert login["args"][0]["sign"] == login["args"][0]["passphrase"] == "***"
        assert paper.pushed[1, "account"] >= 1
    assert paper.wait_for(lambda: not paper.connections[0].open)
    assert (paper.connections[0].closed_by, paper.connections[0].closed_code) == ("lost", None)


def test_closing_handshake_of_the_client(paper: PaperExchange) -> None:
    """A client's close frame is answered with its own code, and noted."""
    with WireClient(paper) as client:
        client.socket.send_close(1000, b"bye")
        assert client.until_closed() == 1000
        assert paper.wait_for(lambda: not paper.connections[0].open)
        assert (paper.connections[0].closed_by, paper.connections[0].closed_code) == ("closed by the client", 1000)


def test_send_by_hand(paper: PaperExchange) -> None:
    """Frames and pushes of the test's own reach the sockets they are meant for."""
    with WireClient(paper) as client, WireClient(paper, "business") as other:
        paper.quiet()
        client.subscribe("trades", instId="BTC-USDT")
        assert paper.push({"channel": "trades", "instId": "BTC-USDT"}, [{"px": "1"}], note="x") == 1
        push: dict[str, Any] = client.until(lambda frame: "note" in frame)
        assert push == {"arg": {"channel": "trades", "instId": "BTC-USDT"}, "note": "x", "data": [{"px": "1"}]}
        assert paper.send_raw("hello", path="business") == 1
        assert other.raw() == "hello"
        assert paper.send_raw(b"\x00\x01", path="business", binary=True) == 1
        assert other.raw() == b"\x00\x01"
        assert paper.write_bytes(b"\x81\x02hi", path="business") == 1
        assert other.raw() == "hi"


def test_flood_reaches_everyone_and_is_counted(paper: PaperExchange) -> None:
    """20 000 prepared frames arrive in order, and the count of pushes is the truth."""
    paper.quiet()
    with WireClient(paper) as client:
        client.subscribe("trades", instId="BTC-USDT")
        done = paper.flood({"channel": "trades", "instId": "BTC-USDT"}, lambda i: {"tradeId": str(i)}, 5000)
        got = [client.until_push("trades")["data"][0]["tradeId"] for _ in range(5000)]
        assert got == [str(i) for i in range(5000)]
        assert done.result(5) == 5000
        assert paper.pushed[1, "trades(instId=BTC-USDT)"] == 5000


def test_flood_is_quick(paper: PaperExchange) -> None:
    """The server writes well over 20 000 frames per second to a client that reads them."""
    paper.quiet()
    with WireClient(paper) as client:
        client.subscribe("trades", instId="BTC-USDT")
        sock = client.socket.sock
        assert sock is not None
        sock.settimeout(0.2)
        begin = time.monotonic()
        done = paper.flood({"channel": "trades", "instId": "BTC-USDT"}, {"tradeId": "1", "px": "65000"}, 40_000)
        while not done.done():
            try:
                sock.recv(1 << 20)
            except TimeoutError:
                continue
        assert done.result(1) == 40_000
        assert time.monotonic() - begin < 2.0


def test_login_on_the_business_path(paper: PaperExchange) -> None:
    """Every path can be logged in to; a second login on the same socket is refused with 60031."""
    with WireClient(paper, "business", "alice") as client:
        client.send(login_frame())
        assert client.until_event("error")["code"] == "60031"
