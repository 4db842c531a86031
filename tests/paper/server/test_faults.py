"""Every fault really happens, on real sockets, as often as asked and no longer."""

from __future__ import annotations

import socket
import time
from typing import Any

import orjson
import pytest
import websocket

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.wire_client import RestClient, WireClient, ended_by, login_frame

TRADES = {"channel": "trades", "instId": "BTC-USDT"}
ORDER = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}
#: The same as an operation of the stream.
OPERATION = {"instIdCode": 1001, **{name: value for name, value in ORDER.items() if name != "instId"}}


@pytest.mark.parametrize(
    ("how", "code", "seen"),
    [
        ("rst", None, "rst"),
        ("fin", None, "fin"),
        ("close", 1006, "fin"),
        ("close", 1012, "1012"),
        ("close", 4001, "4001"),
    ],
)
def test_drop(paper: PaperExchange, how: Any, code: int | None, seen: str) -> None:
    """A dropped connection ends on the wire the way that was asked for, and only on the chosen path."""
    with WireClient(paper) as client, WireClient(paper, "business") as other:
        assert paper.faults.drop(how, code, "bye", path="public") == 1
        assert ended_by(client.socket) == seen
        other.send("ping")
        assert other.raw() == "pong"
        assert [one.path for one in paper.open_connections] == ["business"]


def test_close_frame_survives_what_the_client_still_sends(paper: PaperExchange) -> None:
    """A client that writes before it reads the close frame gets it all the same, not a reset."""
    with WireClient(paper) as client:
        paper.faults.drop("close", 1012, "restart")
        assert paper.wait_for(lambda: not paper.open_connections)
        for _ in range(3):
            client.send("ping")
        assert ended_by(client.socket) == "1012"


def test_fin_leaves_the_other_direction_open(paper: PaperExchange) -> None:
    """After FIN a client that still writes, pings of the protocol included, reads the end and not a reset."""
    with WireClient(paper) as client:
        paper.faults.drop("fin")
        for _ in range(3):
            client.send("ping")
            client.socket.ping("x")
        assert ended_by(client.socket) == "fin"
    assert paper.problems == []


@pytest.mark.parametrize("event", ["open", "login", "subscribe", "ack", "push"])
def test_drop_on(paper: PaperExchange, event: Any) -> None:
    """A connection dies at the named moment of its life; the next one does not."""
    paper.faults.drop_on(event, "fin")
    for attempt in ("dropped", "fine"):
        with WireClient(paper) as client:
            if event == "open" and attempt == "dropped":
                assert ended_by(client.socket) == "fin"
                continue
            client.send(login_frame())
            client.ask("subscribe", {"channel": "tickers", "instId": "BTC-USDT"})
            if attempt == "dropped":
                assert ended_by(client.socket) == "fin"
            else:
                client.until_push("tickers")
    dead = paper.connections[0]
    got = {"open": (0, 0), "login": (1, 0), "subscribe": (1, 1), "ack": (1, 1), "push": (1, 1)}[event]
    assert (dead.logins, dead.subscribes) == got
    assert paper.pushed[dead.id, "tickers(instId=BTC-USDT)"] == (1 if event == "push" else 0)


def test_drop_after_the_nth_ack(paper: PaperExchange) -> None:
    """`after=2` lets two acks pass, so the connection dies right after the third."""
    paper.quiet()
    paper.faults.drop_on("ack", "fin", after=2)
    with WireClient(paper) as client:
        client.ask("subscribe", *[{"channel": "trades", "instId": name} for name in paper.venue.instruments])
        for _ in range(3):
            assert client.recv()["event"] == "subscribe"
        assert ended_by(client.socket) == "fin"


def test_refuse_handshake(paper: PaperExchange) -> None:
    """The next handshakes get an HTTP status with Retry-After; then they work again."""
    paper.faults.refuse_handshake(503, times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(websocket.WebSocketBadStatusException) as caught:
            WireClient(paper)
        assert caught.value.status_code == 503
        assert (caught.value.resp_headers or {})["retry-after"] == "7"
    with WireClient(paper):
        pass


def test_refuse_connect_by_closing_the_port(paper: PaperExchange) -> None:
    """The kernel refuses connections until the port, the same one, is open again; open sockets live on."""
    with WireClient(paper) as client:
        paper.faults.refuse_connect()
        for _ in range(3):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", paper.port), 5)
        client.send("ping")
        assert client.raw() == "pong"
    paper.faults.accept_connect()
    with WireClient(paper):
        pass


def test_refuse_connect_by_reset(paper: PaperExchange) -> None:
    """The next two connections are reset before a byte is answered."""
    paper.faults.refuse_connect(times=2)
    for _ in range(2):
        with pytest.raises((ConnectionError, websocket.WebSocketException)):
            WireClient(paper)
    with WireClient(paper):
        assert paper.tcp_connections == 3


def test_blackhole(paper: PaperExchange) -> None:
    """Nothing is read or written, nothing is closed; when it ends, what was held arrives."""
    with WireClient(paper) as client, RestClient(paper) as rest:
        client.subscribe("tickers", instId="BTC-USDT")
        paper.faults.blackhole()
        client.socket.settimeout(0.3)
        with pytest.raises(websocket.WebSocketTimeoutException):
            client.until(lambda frame: frame == "never")
        client.send("ping")
        pings = paper.connections[0].pings
        with pytest.raises(TimeoutError):
            rest.session.request("GET", "/api/v5/public/time", timeout=0.3)
        fresh = socket.create_connection(("127.0.0.1", paper.port), 5)
        fresh.close()
        assert paper.connections[0].pings == pings == 0
        paper.faults.blackhole(False)
        client.socket.settimeout(5)
        client.until(lambda frame: frame == "pong")
        assert paper.wait_for(lambda: paper.connections[0].pings == 1)


def test_blackhole_of_one_path(paper: PaperExchange) -> None:
    """A path can go dark alone, new connections on it included."""
    paper.faults.blackhole(path="public")
    with WireClient(paper) as dark, WireClient(paper, "business") as light:
        for client in (dark, light):
            client.send("ping")
        assert light.raw() == "pong"
        dark.socket.settimeout(0.2)
        with pytest.raises(websocket.WebSocketTimeoutException):
            dark.raw()
        paper.faults.clear()
        dark.socket.settimeout(5)
        assert dark.raw() == "pong"


def test_blackhole_of_a_connection_that_has_ended(paper: PaperExchange) -> None:
    """After a FIN nothing can be held back any more, and nothing is written when the light comes on again."""
    with WireClient(paper) as client:
        paper.faults.drop("fin")
        paper.faults.blackhole(path="public")
        paper.faults.blackhole(False, path="public")
        assert ended_by(client.socket) == "fin"


def test_no_pong(paper: PaperExchange) -> None:
    """The text ping stays unanswered, the protocol's ping does not."""
    paper.faults.no_pong()
    with WireClient(paper) as client:
        client.send("ping")
        client.socket.ping("x")
        opcode, _ = client.socket.recv_data(control_frame=True)
        assert opcode == websocket.ABNF.OPCODE_PONG
        paper.faults.no_pong(False)
        client.send("ping")
        assert client.raw() == "pong"
        assert paper.connections[0].pings == 2


def test_delay_of_the_login_reply(paper: PaperExchange) -> None:
    """A delayed reply arrives late; a delay of 0 ends it."""
    paper.faults.delay(0.2, "login")
    for low, high in ((0.2, 5.0), (0.0, 0.2)):
        with WireClient(paper, "private") as client:
            begin = time.monotonic()
            client.send(login_frame())
            client.until_event("login")
            assert low <= time.monotonic() - begin < high
        paper.faults.delay(0, "login")


def test_delayed_pushes_keep_their_order(paper: PaperExchange) -> None:
    """Late frames do not overtake each other, nor do later undelayed ones; pongs are not concerned."""
    paper.quiet()
    with WireClient(paper) as client:
        client.subscribe("trades", instId="BTC-USDT")
        paper.faults.delay(0.1, times=50)
        for number in range(100):
            paper.push(TRADES, [number])
        client.send("ping")
        frames = [client.recv() for _ in range(101)]
        assert frames[0] == "pong"
        assert [frame["data"][0] for frame in frames[1:]] == list(range(100))


def test_duplicate(paper: PaperExchange) -> None:
    """The next two pushes come twice."""
    paper.quiet()
    with WireClient(paper) as client:
        client.subscribe("trades", instId="BTC-USDT")
        paper.faults.duplicate(times=2, channel="trades")
        for number in range(3):
            paper.push(TRADES, [number])
        assert [client.recv()["data"][0] for _ in range(5)] == [0, 0, 1, 1, 2]


def test_gap_and_reset_of_the_sequence() -> None:
    """A lost update breaks the chain; a reset keeps it with a smaller number."""
    with PaperExchange(clock=PaperClock(frozen=True)) as paper, WireClient(paper) as client:
        client.subscribe("books", instId="BTC-USDT")
        last = client.until_push("books")["data"][0]["seqId"]
        paper.faults.gap("books", "BTC-USDT")
        paper.trade_at("BTC-USDT", "65100")
        paper.clock.advance(0.2)
        paper.trade_at("BTC-USDT", "65200")
        paper.clock.advance(0.1)
        row = client.until_push("books")["data"][0]
        assert row["prevSeqId"] > last
        paper.faults.reset_sequence("BTC-USDT")
        last = row["seqId"]
        paper.trade_at("BTC-USDT", "65300")
        paper.clock.advance(0.2)
        row = client.until(lambda frame: frame["data"][0]["seqId"] < last)["data"][0]
        assert row["seqId"] < row["prevSeqId"]


def test_no_snapshot(paper: PaperExchange) -> None:
    """The subscription is acked and its updates come, numbered as ever; another book has its snapshot."""
    with WireClient(paper) as client:
        paper.faults.no_snapshot("books", "BTC-USDT", times=1)
        client.subscribe("books", instId="BTC-USDT")
        first = client.until_push("books")
        assert first["action"] == "update"
        assert client.until_push("books")["data"][0]["prevSeqId"] == first["data"][0]["seqId"]
        client.subscribe("books", instId="ETH-USDT")
        other = client.until(lambda frame: frame["arg"]["instId"] == "ETH-USDT" and "data" in frame)
        assert other["action"] == "snapshot"


def test_wrong_checksum(paper: PaperExchange) -> None:
    """One update carries a checksum that is not zero."""
    with WireClient(paper) as client:
        client.subscribe("books", instId="BTC-USDT")
        paper.faults.wrong_checksum()
        # An update may have been on its way when the fault was ordered.
        client.until(lambda frame: frame.get("action") == "update" and frame["data"][0]["checksum"] != 0)
        assert client.until_push("books")["data"][0]["checksum"] == 0


@pytest.mark.parametrize(
    ("kind", "check"),
    [
        ("text", lambda data: b'"last":' in data),
        ("binary", lambda data: data == bytes(range(256))),
        ("truncated_utf8", lambda data: data.endswith(b"\xc3")),
        ("deep", lambda data: data.count(b"[") == 100_000),
        ("big", lambda data: len(data) > 10_000_000),
        ("wrong_types", lambda data: orjson.loads(data)["arg"]["channel"] == "tickers"),
        ("not_object", lambda data: isinstance(orjson.loads(data), list)),
        ("empty", lambda data: data == b""),
    ],
)
def test_garbage(paper: PaperExchange, kind: str, check: Any) -> None:
    """Each kind of garbage arrives as it is, and the conversation goes on."""
    with WireClient(paper) as client:
        assert paper.faults.garbage(kind) == 1
        opcode, data = client.socket.recv_data()
        assert (opcode == websocket.ABNF.OPCODE_BINARY) is (kind == "binary")
        assert check(data)
        client.send("ping")
        client.until(lambda frame: frame == "pong")


def test_garbage_of_your_own(paper: PaperExchange) -> None:
    """The payload can be given; an unknown kind is an error."""
    with WireClient(paper) as client:
        paper.faults.garbage("text", data="{nonsense")
        assert client.raw() == "{nonsense"
    with pytest.raises(ValueError, match="unknown kind"):
        paper.faults.garbage("spam")


def test_refuse_login(paper: PaperExchange) -> None:
    """A right login is refused with any code, as often as asked."""
    paper.faults.refuse_login("60032")
    with WireClient(paper, "private") as client:
        client.send(login_frame())
        assert client.recv()["code"] == "60032"
        assert client.until_closed() == 4001
    with WireClient(paper, "private", "alice"):
        pass


def test_refuse_subscribe_and_no_ack(paper: PaperExchange) -> None:
    """One argument is refused, another ignored, the third works."""
    paper.faults.refuse_subscribe("64007", channel="tickers")
    paper.faults.no_ack(channel="trades")
    with WireClient(paper) as client:
        wanted = [{"channel": name, "instId": "BTC-USDT"} for name in ("tickers", "trades", "books5")]
        client.ask("subscribe", *wanted)
        assert client.recv()["code"] == "64007"
        assert client.recv()["arg"]["channel"] == "books5"
        assert paper.topics() == {"books5(instId=BTC-USDT)": 1}


def test_conn_count_error(paper: PaperExchange) -> None:
    """The subscription is acked, counted, then terminated; the error names the channel."""
    paper.faults.conn_count_error("orders")
    with WireClient(paper, "private", "alice") as client:
        client.subscribe("orders", instType="ANY")
        assert client.recv()["event"] == "channel-conn-count"
        assert client.recv()["event"] == "channel-conn-count-error"
        assert not paper.topics()
    with pytest.raises(ValueError, match="no connection count"):
        paper.faults.conn_count_error("tickers")


def test_notice_then_close(paper: PaperExchange) -> None:
    """64008 on every socket open now; these are closed 20 paper seconds later, newer ones are not."""
    with WireClient(paper) as old:
        assert paper.faults.notice(close_after=20) == 1
        notice = old.until_event("notice")
        assert (notice["code"], notice["connId"]) == ("64008", paper.connections[0].connId)
        with WireClient(paper) as new:
            paper.clock.advance(10)
            old.send("ping")
            assert old.raw() == "pong"
            paper.clock.advance(10.1)
            assert old.until_closed() == 1001
            new.send("ping")
            assert new.raw() == "pong"


def test_rest_faults(paper: PaperExchange) -> None:
    """Status and body of one's own, rate limit, and slowness; each as often as asked."""
    with RestClient(paper) as rest:
        paper.faults.rest_status(502, "<html>bad gateway</html>", path="/api/v5/account/balance")
        assert rest.get("public/time").status_code == 200
        answer = rest.get("account/balance")
        assert (answer.status_code, answer.text) == (502, "<html>bad gateway</html>")
        paper.faults.rest_status(200, {"code": "50001", "msg": "m", "data": []}, retry_after=3)
        answer = rest.get("account/balance")
        assert (answer.json()["code"], answer.headers["Retry-After"]) == ("50001", "3")
        paper.faults.rate_limit()
        answer = rest.get("account/balance")
        assert (answer.status_code, answer.json()["code"]) == (429, "50011")
        paper.faults.slow_rest(0.2, times=1)
        begin = time.monotonic()
        assert rest.get("account/balance").json()["code"] == "0"
        assert time.monotonic() - begin >= 0.2


def test_lost_reply_of_rest(paper: PaperExchange) -> None:
    """The order is placed, the answer is not: the connection ends without a byte of it."""
    with RestClient(paper) as rest:
        paper.faults.lose_reply("/api/v5/trade/order")
        with pytest.raises(ConnectionError):
            rest.post("trade/order", ORDER | {"clOrdId": "lost1"})
        assert rest.get("trade/order", instId="BTC-USDT", clOrdId="lost1").json()["data"][0]["state"] == "live"
        assert rest.post("trade/order", ORDER).json()["code"] == "0"


def test_lost_reply_of_an_order_operation(paper: PaperExchange) -> None:
    """The order is placed, the socket stays open, the reply never comes."""
    with WireClient(paper, "private", "alice") as client:
        paper.faults.lose_reply("order")
        client.send({"id": "lost", "op": "order", "args": [OPERATION]})
        client.send({"id": "next", "op": "order", "args": [OPERATION]})
        assert client.until(lambda frame: "op" in frame)["id"] == "next"
        account = paper.venue.accounts[0]
        assert len(paper.venue.pending(account)) == 2


def test_clear_ends_everything(paper: PaperExchange) -> None:
    """After `clear` the exchange is healthy."""
    paper.faults.refuse_connect()
    paper.faults.refuse_handshake(times=None)
    paper.faults.refuse_login(times=None)
    paper.faults.no_pong()
    paper.faults.blackhole()
    paper.faults.clear()
    with WireClient(paper, "private", "alice") as client:
        client.send("ping")
        assert client.raw() == "pong"


def test_a_lost_request_of_rest(paper: PaperExchange) -> None:
    """Nothing is done and nothing is noted: the connection ends without a byte."""
    with RestClient(paper) as rest:
        paper.faults.lose_request("/api/v5/trade/order")
        with pytest.raises(ConnectionError):
            rest.post("trade/order", ORDER | {"clOrdId": "lost1"})
        assert paper.requests == []
        assert rest.get("trade/order", instId="BTC-USDT", clOrdId="lost1").json()["code"] == "51603"
        assert rest.post("trade/order", ORDER).json()["code"] == "0"


def test_a_lost_order_operation(paper: PaperExchange) -> None:
    """Nothing is done, the socket stays open, no reply comes."""
    with WireClient(paper, "private", "alice") as client:
        paper.faults.lose_request("order")
        client.send({"id": "lost", "op": "order", "args": [OPERATION]})
        client.send({"id": "next", "op": "order", "args": [OPERATION]})
        assert client.until(lambda frame: "op" in frame)["id"] == "next"
        assert len(paper.venue.pending(paper.venue.accounts[0])) == 1


def test_a_redirect(paper: PaperExchange) -> None:
    """A request and a handshake are led elsewhere, and nothing is done."""
    with RestClient(paper) as rest:
        paper.faults.redirect("http://elsewhere.test/x", 308, path="/api/v5/trade/order")
        answer = rest.post("trade/order", ORDER)
        assert (answer.status_code, answer.headers["location"]) == (308, "http://elsewhere.test/x")
        assert paper.venue.pending(paper.venue.accounts[0]) == []
    paper.faults.redirect("ws://elsewhere.test/x", 302, path="business")
    with WireClient(paper):
        pass
    with pytest.raises(websocket.WebSocketException):
        WireClient(paper, "business")
    with WireClient(paper, "business"):
        pass


def test_drip_of_rest(paper: PaperExchange) -> None:
    """The answer comes byte by byte, but whole, and the connection ends with it."""
    question = b"GET /api/v5/public/time HTTP/1.1\r\nHost: x\r\n\r\n"
    for seconds in (60, 0):
        paper.faults.drip(seconds, path="/api/v5/public/time")
        with socket.create_connection(("127.0.0.1", paper.port), 5) as client:
            client.sendall(question)
            if seconds:
                assert client.recv(65536) == b"H"
                continue
            answer = b"".join(iter(lambda: client.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert orjson.loads(body)["code"] == "0"
    with RestClient(paper) as rest:
        assert rest.get("public/time").json()["code"] == "0"


def test_drip_of_a_stream(paper: PaperExchange) -> None:
    """A frame comes byte by byte; what follows it waits behind it, and a dropped connection drops it too."""
    with WireClient(paper) as client:
        paper.faults.drip(0, path="public")
        client.send("ping")
        client.ask("subscribe", TRADES)
        assert client.raw() == "pong"
        assert client.recv()["event"] == "subscribe"
        assert client.until_push("trades")
    with WireClient(paper, "business") as client:
        paper.faults.drip(60, path="business")
        client.send("ping")
        assert client.socket.sock is not None
        assert client.socket.sock.recv(65536) == b"\x81"
        paper.faults.drop("rst")
        assert ended_by(client.socket) == "rst"
    assert paper.problems == []


def test_half_a_batch(paper: PaperExchange) -> None:
    """All orders are placed; over REST and over the stream the answer has the first half of them."""
    with RestClient(paper) as rest, WireClient(paper, "private", "alice") as client:
        paper.faults.half_batch("/api/v5/trade/batch-orders")
        answer = rest.post("trade/batch-orders", [ORDER | {"clOrdId": f"a{n}"} for n in range(5)]).json()
        assert (answer["code"], [row["clOrdId"] for row in answer["data"]]) == ("0", ["a0", "a1"])
        paper.faults.half_batch("batch-orders")
        client.send({"id": "1", "op": "batch-orders", "args": [OPERATION | {"clOrdId": f"b{n}"} for n in range(2)]})
        reply = client.until(lambda frame: "op" in frame)
        assert (reply["code"], [row["clOrdId"] for row in reply["data"]]) == ("0", ["b0"])
        assert len(paper.venue.pending(paper.venue.accounts[0])) == 7


def test_empty_replies(paper: PaperExchange) -> None:
    """The order is placed, and the answer says so without a row; or has no body at all."""
    with RestClient(paper) as rest, WireClient(paper, "private", "alice") as client:
        paper.faults.empty_reply("/api/v5/trade/order")
        answer = rest.post("trade/order", ORDER).json()
        assert (answer["code"], answer["data"]) == ("0", [])
        paper.faults.empty_reply("/api/v5/trade/order", body=False)
        response = rest.post("trade/order", ORDER)
        assert (response.status_code, response.content) == (200, b"")
        paper.faults.empty_reply("order")
        client.send({"id": "1", "op": "order", "args": [OPERATION]})
        reply = client.until(lambda frame: "op" in frame)
        assert (reply["code"], reply["data"]) == ("0", [])
        assert len(paper.venue.pending(paper.venue.accounts[0])) == 3
