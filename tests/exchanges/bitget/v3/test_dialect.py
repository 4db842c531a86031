"""What V3 says otherwise than V2 on a WebSocket."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.dialect import MAX_BYTES, V3Dialect, dialect_for
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, LoggedIn, Notice, Pong, Push, StreamReply, Unknown
from tests.exchanges.bitget.rows import V3, push

V3_DIALECT = dialect_for("v3", "bitget v3 live")


def read(message: dict[str, Any]) -> Event:
    return V3_DIALECT.read(orjson.dumps(message))


def test_its_heartbeat_is_text() -> None:
    """As in V2."""
    assert isinstance(V3_DIALECT, V3Dialect)
    assert V3_DIALECT.ping_frame == "ping"
    assert isinstance(V3_DIALECT.read(b"pong"), Pong)


def test_ask_frame() -> None:
    """A channel is a topic, an instrument a symbol; of the account there is one topic for all products."""
    topics = [TABLES["v3"].topic_for("kline", symbol="X", interval="1m"), TABLES["v3"].topic_for("order")]
    assert orjson.loads(V3_DIALECT.ask_frame("subscribe", topics, "a7")) == {
        "op": "subscribe",
        "args": [
            {"topic": "kline", "instType": "usdt-futures", "symbol": "X", "interval": "1m"},
            {"topic": "order", "instType": "UTA"},
        ],
    }


def test_requests_stay_within_4096_bytes() -> None:
    """However many topics there are."""
    topics = [TABLES["v3"].topic_for("ticker", symbol=f"COIN{number}USDT") for number in range(200)]
    pieces = list(V3_DIALECT.batches(topics))
    assert [topic for piece in pieces for topic in piece] == topics
    assert all(len(V3_DIALECT.ask_frame("subscribe", piece, "")) <= MAX_BYTES for piece in pieces)


@pytest.mark.parametrize("channel", V3)
def test_pushes(channel: str) -> None:
    """Topic, argument and rows of every topic; and its head, by which later ones need not be parsed to be routed."""
    frame = push("v3", channel)
    event = V3_DIALECT.read(frame)
    assert isinstance(event, Push)
    assert (event.channel, event.rows) == (channel, [V3[channel]])
    head = V3_DIALECT.head(frame, event)
    assert head is not None
    assert frame.startswith(head)


@pytest.mark.parametrize(
    ("message", "event"),
    [
        ({"event": "subscribe", "arg": {"instType": "UTA", "topic": "order"}}, Ack),
        ({"event": "subscribe", "arg": {"instType": "UTA", "topic": "order"}, "code": "", "msg": ""}, Ack),
        ({"event": "unsubscribe", "arg": {"instType": "UTA", "topic": "order"}}, Ack),
        ({"event": "login", "code": "0", "msg": "", "connId": "a1"}, LoggedIn),
        ({"event": "login", "code": 0, "msg": ""}, LoggedIn),
        ({"event": "error", "code": 30005, "msg": "Login failed"}, Failure),
        ({"event": "error", "code": "30033", "msg": "upgrade"}, Notice),
        ({"event": "error", "arg": {"instType": "UTA", "topic": "x"}, "code": 30001, "msg": "no"}, Failure),
        ({"some": "thing"}, Unknown),
        ({"arg": {"instType": "UTA"}, "data": []}, Garbage),
    ],
)
def test_control(message: dict[str, Any], event: type[Event]) -> None:
    """Codes are numbers or texts; an empty one is fine."""
    assert isinstance(read(message), event)


def test_an_answer_to_an_order_operation() -> None:
    """It is known by the id of its request, also when it is an error."""
    done = {"event": "trade", "id": "7", "category": "usdt-futures", "topic": "place-order", "code": "0", "msg": "ok"}
    reply = read({**done, "args": [{"orderId": "1", "clientOid": "c"}], "ts": "1", "connId": "x"})
    assert isinstance(reply, StreamReply)
    assert (reply.request_id, reply.op, reply.code, reply.rows) == (
        "7", "place-order", "0", [{"orderId": "1", "clientOid": "c"}],
    )  # fmt: skip
    refused = read({"event": "error", "id": "8", "topic": "cancel-order", "code": 25204, "msg": "no such order"})
    assert isinstance(refused, StreamReply)
    assert (refused.request_id, refused.code, refused.message, refused.rows) == ("8", "25204", "no such order", [])


@pytest.mark.parametrize(
    ("arg", "is_ours"),
    [
        ({"instType": "usdt-futures", "topic": "ticker", "symbol": "BTCUSDT"}, True),
        ({"instType": "USDT-FUTURES", "topic": "ticker", "symbol": "btcusdt"}, True),
        ({"instType": "usdt-futures", "topic": "ticker", "symbol": "ETHUSDT"}, False),
        ({"instType": "spot", "topic": "ticker", "symbol": "BTCUSDT"}, False),
        ({"instType": "usdt-futures", "topic": "books", "symbol": "BTCUSDT"}, False),
        ({"instType": "usdt-futures", "channel": "ticker", "symbol": "BTCUSDT"}, False),
        ({"instType": "usdt-futures", "topic": "ticker"}, False),
    ],
)
def test_matching(arg: dict[str, Any], is_ours: bool) -> None:
    """Topic, product and symbol must be the same; the case of arguments is not."""
    ours = Topic.of("ticker", instType="usdt-futures", symbol="BTCUSDT")
    assert V3_DIALECT.matches(ours, arg) is is_ours


@pytest.mark.parametrize(
    ("failure", "blamed"),
    [
        (Failure("30001", "", arg={"instType": "usdt-futures", "topic": "ticker", "symbol": "A"}), "A"),
        (Failure("30001", "instType:usdt-futures,topic:ticker,symbol:B doesn't exist"), "B"),
        (Failure("30001", "topic:ticker doesn't exist"), None),
        (Failure("30006", "request too many"), None),
    ],
)
def test_blame(failure: Failure, blamed: str | None) -> None:
    """The one topic that a refusal names in its ``arg`` or its text; none where it could be several."""
    topics = {name: Topic.of("ticker", instType="usdt-futures", symbol=name) for name in ("A", "B")}
    assert V3_DIALECT.blame(failure, list(topics.values())) is (None if blamed is None else topics[blamed])


def test_sequence() -> None:
    """Predecessor and number of a book's push."""
    event = V3_DIALECT.read(push("v3", "books"))
    assert isinstance(event, Push)
    assert V3_DIALECT.sequence(event) == (1325000, 1325001)
