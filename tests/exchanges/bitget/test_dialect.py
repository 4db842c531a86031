"""What Bitget's frames mean, and what ours look like."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxAuthError, SubscriptionError
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.dialect import MAX_ARGS, MAX_BYTES, BitgetDialect, SeedDialect, dialect_for
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, LoggedIn, Notice, Pong, Push, StreamReply, Unknown
from tests.each_case import each_case

from .rows import ROWS, push

V2 = dialect_for("v2", "bitget live")
SEED = dialect_for("seed", "bitget seed live")
BOTH = pytest.mark.parametrize("dialect", [V2, SEED], ids=["v2", "seed"])


def read(text: str) -> Event:
    return V2.read(text.encode())


def test_each_protocol_has_its_dialect() -> None:
    """V1 and V2 share their words; the seed protocol pings in JSON and oftener. None of them has request ids."""
    kinds: dict[Protocol, type[BitgetDialect]] = {"v2": BitgetDialect, "v1": BitgetDialect, "seed": SeedDialect}
    assert {protocol: type(dialect_for(protocol)) for protocol in kinds} == kinds
    assert (V2.ping_frame, orjson.loads(SEED.ping_frame)) == ("ping", {"op": "ping"})
    assert V2.ping_every_s is not None
    assert SEED.ping_every_s is not None
    assert SEED.ping_every_s <= 20 <= V2.ping_every_s <= 30
    assert (V2.echoes_ids, SEED.echoes_ids) == (False, False)


@BOTH
def test_login_frame(dialect: BitgetDialect) -> None:
    """One account, seconds, a signature; the frame's repr shows nothing of it."""
    frame = dialect.login_frame(Credentials("key", "s3cret", "phr4se"), 1704876947.5)
    request = json.loads(frame)
    assert (request["op"], len(request["args"]), set(request)) == ("login", 1, {"op", "args"})
    assert request["args"][0]["timestamp"] == "1704876947"
    assert set(request["args"][0]) == {"apiKey", "passphrase", "timestamp", "sign"}
    assert "phr4se" not in repr(frame)


def test_ask_frame() -> None:
    """Operation and args, no id: Bitget has no place for one. The account is asked by coin."""
    topics = [TABLES["v2"].topic_for("books", instId="BTCUSDT"), TABLES["v2"].topic_for("account")]
    assert orjson.loads(V2.ask_frame("unsubscribe", topics, "a7")) == {
        "op": "unsubscribe",
        "args": [
            {"channel": "books", "instType": "USDT-FUTURES", "instId": "BTCUSDT"},
            {"channel": "account", "instType": "USDT-FUTURES", "coin": "default"},
        ],
    }


@given(st.lists(st.integers(1, 3_000), max_size=120))
def test_batches(lengths: list[int]) -> None:
    """Every topic is in exactly one piece, in order; no piece is above the bounds unless one topic alone is."""
    topics = [Topic.of("ticker", instId="X" * length) for length in lengths]
    pieces = list(V2.batches(topics))
    assert [topic for piece in pieces for topic in piece] == topics
    for piece in pieces:
        assert 0 < len(piece) <= MAX_ARGS
        assert len(piece) == 1 or len(V2.ask_frame("subscribe", piece, "a")) <= MAX_BYTES


def test_many_topics_take_few_requests() -> None:
    """Requests are counted by the hour: 100 topics take no more than three."""
    topics = [TABLES["v2"].topic_for("ticker", instId=f"C{number}USDT") for number in range(100)]
    assert len(list(V2.batches(topics))) <= 3


@each_case(("protocol", "channel"), [(protocol, channel) for protocol, rows in ROWS.items() for channel in rows])
def test_pushes(protocol: Protocol, channel: str) -> None:
    """Every channel of every protocol: channel, arg and rows as they came, the whole message kept."""
    event = dialect_for(protocol).read(push(protocol, channel))
    assert isinstance(event, Push)
    word = "topic" if protocol == "v3" else "channel"
    assert (event.channel, event.arg[word], event.rows) == (channel, channel, [ROWS[protocol][channel]])
    assert event.message["action"]


def test_an_empty_list_is_a_push() -> None:
    """No open positions any more: the news is that there are none."""
    event = read('{"action":"snapshot","arg":{"channel":"positions","instId":"default"},"data":[],"ts":1}')
    assert isinstance(event, Push)
    assert event.rows == []


@BOTH
@pytest.mark.parametrize("text", ["pong", '"pong"', " pong\n", '{"event":"pong"}', '{"op":"pong"}'])
def test_pong(dialect: BitgetDialect, text: str) -> None:
    """Gateways answer in either form, whatever they were asked in."""
    assert dialect.read(text.encode()) == Pong()


ARG = {"instType": "mc", "channel": "books", "instId": "X"}


@pytest.mark.parametrize(
    ("message", "event"),
    [
        ({"event": "subscribe", "arg": ARG}, Ack("subscribe", ARG)),
        ({"event": "unsubscribe", "arg": ARG}, Ack("unsubscribe", ARG)),
        ({"event": "error", "code": 30001, "msg": "m"}, Failure("30001", "m", None, "m")),
        ({"event": "error", "code": "60004", "msg": "m"}, Failure("60004", "m", None, "m")),
        ({"event": "error", "code": 30001, "msg": "m", "arg": ARG}, Failure("30001", "m", None, "m", ARG)),
        ({"event": "error", "code": 30016, "msg": "m", "arg": [{"id": "1"}]}, Failure("30016", "m", None, "m")),
        ({"event": "error"}, Failure("", "", None, "")),
        ({"event": "login", "code": 0}, LoggedIn({"event": "login", "code": 0})),
        ({"event": "login", "code": "0", "msg": ""}, LoggedIn({"event": "login", "code": "0", "msg": ""})),
        ({"event": "login", "code": 30005, "msg": "no"}, Failure("30005", "no", None, "no")),
        ({"event": "error", "code": 30033, "msg": "m"}, Notice("30033", "m", restart=True)),
        ({"event": "error", "code": "30033", "msg": "m"}, Notice("30033", "m", restart=True)),
    ],
)
def test_control(message: dict[str, Any], event: Event) -> None:
    """Each control message becomes its event, codes as numbers or text; an upgrade is a notice and no failure."""
    assert V2.read(orjson.dumps(message)) == event


@pytest.mark.parametrize(
    "text", ['{"event":"party"}', '{"event":null}', '{"event":{}}', '{"event":[1]}', "{}", '{"x":1}', '{"op":"x"}']
)
def test_unknown(text: str) -> None:
    """Well-formed news that we do not know is neither data nor garbage."""
    assert isinstance(read(text), Unknown)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"ping",
        b"\xff\xfe\x00",
        b'{"arg":{"channel":"ticker"},"data":[',
        b"[" * 5000 + b"]" * 5000,
        b"[]",
        b"5",
        b"null",
        b'"text"',
        b'{"arg":"books","data":[]}',
        b'{"arg":{"channel":5},"data":[]}',
        b'{"arg":{},"data":[]}',
        b'{"data":[]}',
        b'{"event":"subscribe","arg":[]}',
        b'{"event":"subscribe"}',
    ],
)
def test_garbage(frame: bytes) -> None:
    """What is not a message of Bitget is named as such, with the frame and the reason."""
    event = V2.read(frame)
    assert isinstance(event, Garbage)
    assert event.frame is frame
    assert event.problem


@pytest.mark.parametrize("data", [b',"data":{"a":1}', b',"data":null', b',"data":"x"', b',"data":5', b""])
def test_a_push_without_rows(data: bytes) -> None:
    """It belongs to its topic as one row that nobody can read: whoever keeps a state of it hears of the loss."""
    event = V2.read(b'{"arg":{"channel":"books"}' + data + b"}")
    assert isinstance(event, Push)
    assert event.channel == "books"
    assert [type(row) for row in event.rows] not in ([], [dict], [list])


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["subscribe", "error", "login", "0", "books", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["channel", "instId"]), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(["event", "op", "arg", "data", "code", "msg", "action", "ts"])


@BOTH
@given(frame=st.binary(max_size=60) | st.dictionaries(_KEYS, _VALUES).map(orjson.dumps))
def test_reading_never_raises(dialect: BitgetDialect, frame: bytes) -> None:
    """Any bytes and any JSON are classified."""
    assert isinstance(dialect.read(frame), Event)


@pytest.mark.parametrize(
    ("arg", "is_ours"),
    [
        ({"instType": "UMCBL", "channel": "candle1m", "instId": "btcusdt"}, True),
        ({"instType": "umcbl", "channel": "candle1m", "instId": "BTCUSDT", "uid": 1}, True),
        ({"instType": "umcbl", "channel": "candle1M", "instId": "BTCUSDT"}, False),
        ({"instType": "umcbl", "channel": "candle1m", "instId": "ETHUSDT"}, False),
        ({"instType": "dmcbl", "channel": "candle1m", "instId": "BTCUSDT"}, False),
        ({"instType": 5, "channel": "candle1m", "instId": "BTCUSDT"}, False),
        ({"channel": "candle1m"}, False),
        ({}, False),
    ],
)
def test_matching(arg: dict[str, Any], is_ours: bool) -> None:
    """Upper and lower case do not count in arguments; in a channel they tell a minute from a month."""
    assert V2.matches(Topic.of("candle1m", instType="UMCBL", instId="BTCUSDT"), arg) is is_ours


TICKER, BOOKS, MONTH = (
    TABLES["v1"].topic_for("ticker", instId="BTCUSDT"),
    TABLES["v1"].topic_for("books", instId="BTCUSDT"),
    TABLES["v1"].topic_for("candle1M", instId="BTCUSDT"),
)


@pytest.mark.parametrize(
    ("failure", "blamed"),
    [
        (Failure("30001", "instType:mc,channel:books,instId:btcusdt doesn't exist"), BOOKS),
        (Failure("30001", "channel:candle1M,instId:BTCUSDT doesn't exist"), MONTH),
        (Failure("30001", "", arg={"instType": "mc", "channel": "ticker", "instId": "BTCUSDT"}), TICKER),
        (Failure("30001", "channel:books", arg={"channel": "ticker"}), None),
        (Failure("30001", "channel:books,instId:ETHUSDT doesn't exist"), None),
        (Failure("30016", "Param error"), None),
        (Failure("30002", 'Illegal request: {"args":[{"channel":"ticker"}],"op":"subscribe"}'), TICKER),
        (Failure("30002", "Illegal request: {broken"), None),
    ],
)
def test_blame(failure: Failure, blamed: Topic | None) -> None:
    """The arg of an error has the word, else its text; nobody is blamed without proof."""
    assert V2.blame(failure, [TICKER, BOOKS, MONTH]) == blamed


@pytest.mark.parametrize(
    ("rows", "sequence"),
    [
        ([{"pseq": 4, "seq": 7}], (4, 7)),
        ([{"pseq": "4", "seq": "7"}], (4, 7)),
        ([{"pseq": 4, "seq": 5}, {"pseq": 5, "seq": 9}], (4, 9)),
        ([{"seq": 7}], None),
        ([{"pseq": True, "seq": 7}], None),
        ([{"pseq": "x", "seq": 7}], None),
        ([{"pseq": "9" * 30, "seq": 7}], None),
        ([], None),
        ([5], None),
        ([["1", "2"]], None),
    ],
)
def test_sequence(rows: list[Any], sequence: tuple[int, int] | None) -> None:
    """From the first row's predecessor to the last row's number; text counts as numbers."""
    assert V2.sequence(Push("books", {}, rows, {})) == sequence


def test_an_answer_to_an_order_operation() -> None:
    """It has the id of its request, and of the order, in its one argument."""
    told = {"id": "7", "instType": "USDT-FUTURES", "instId": "X", "channel": "place-order", "params": {"orderId": "1"}}
    for event, code in (("trade", 0), ("error", 43012)):
        reply = V2.read(orjson.dumps({"event": event, "arg": [told], "code": code, "msg": "m", "ts": 1}))
        assert isinstance(reply, StreamReply)
        assert (reply.request_id, reply.op, reply.code, reply.rows) == (
            "7",
            "place-order",
            str(code),
            [{"orderId": "1"}],
        )


def test_pages_and_closes() -> None:
    """Bitget sends no pages, and its close codes say nothing."""
    assert V2.page(Push("positions", {}, [], {})) is None
    assert V2.close_hint(1006) is None


def test_errors_and_verdicts_come_from_the_protocols_table() -> None:
    """The same number means another thing, or nothing, in the other protocol; the environment is named."""
    refused = V2.error("30001", "no such thing", {"channel": "books"})
    assert isinstance(refused, SubscriptionError)
    assert refused.environment == "bitget live"
    assert isinstance(SEED.error("60001", "no"), OkxAuthError)
    assert (V2.login_verdict("30012"), SEED.login_verdict("60001")) == ("fatal", "recheck")
    assert (V2.subscribe_verdict("30006"), SEED.subscribe_verdict("60003")) == ("backoff", "backoff")
    assert (V2.subscribe_verdict("60003"), SEED.subscribe_verdict("30006")) == ("refuse", "refuse")
