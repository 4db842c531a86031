"""Bybit's words on a WebSocket, in both protocols: what we say, and what we make of what we hear."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxAuthError, SubscriptionError
from okx_sync.exchanges.bybit.channels import CHANNELS, channels_for
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import MAX_ARGS, MAX_BYTES, BybitDialect, SeedDialect, dialect_for
from okx_sync.protocol.assemble import Merge
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, LoggedIn, Notice, Pong, Push, StreamReply, Unknown
from okx_sync.protocol.subscriptions import Subscriptions, TopicKind

from .frames import SEED, V5

DIALECT = BybitDialect("bybit com live")
OLD = SeedDialect("bybit com seed live")
BOTH = pytest.mark.parametrize("dialect", [DIALECT, OLD], ids=["v5", "seed"])
BOOK = CHANNELS["v5"].topic_for("orderbook.50", symbol="BTCPERP")
NOT_FOUND = "error:handler not found,topic:x.Y"
ORDERS, LINEAR = CHANNELS["v5"].topic_for("order"), CHANNELS["v5"].topic_for("order", category="linear")


def read(text: str, dialect: BybitDialect = DIALECT) -> Event:
    return dialect.read(text.encode())


def push_of(frame: dict[str, Any], dialect: BybitDialect = DIALECT) -> Push:
    push = dialect.read(orjson.dumps(frame))
    assert isinstance(push, Push)
    return push


# -- saying ----------------------------------------------------------------------------------------------------


@BOTH
def test_login_frame(dialect: BybitDialect) -> None:
    """Key, expiry in ms as a number, signature; the frame's repr shows nothing of it."""
    frame = dialect.login_frame(Credentials("key", "s3cret"), 1704876947.5)
    request = json.loads(frame)
    assert (request["op"], request["args"][:2]) == ("auth", ["key", 1704876957500])
    assert request["args"][2] not in repr(frame)


def test_ask_frame() -> None:
    """Operation, id and whole topics; the seed protocol's id tells the operation, as its answers do not."""
    frame = DIALECT.ask_frame("subscribe", [BOOK, LINEAR], "a7")
    assert orjson.loads(frame) == {"req_id": "a7", "op": "subscribe", "args": ["orderbook.50.BTCPERP", "order.linear"]}
    old = OLD.ask_frame("unsubscribe", [Topic("user.service")], "a7")
    assert orjson.loads(old) == {"id": "unsubscribe-a7", "op": "unsubscribe", "args": ["user.service"]}


def test_the_heartbeat_is_json_every_20_s() -> None:
    """Whether data comes or not; the older server wants an argument."""
    assert (orjson.loads(DIALECT.ping_frame), orjson.loads(OLD.ping_frame)) == (
        {"op": "ping"},
        {"op": "ping", "args": ["0"]},
    )
    assert DIALECT.ping_every_s == OLD.ping_every_s == 20


@given(st.lists(st.integers(1, 9_000), max_size=250))
def test_batches(lengths: list[int]) -> None:
    """Every topic is in exactly one piece, in order; no piece is above the bounds unless one topic alone is."""
    topics = [Topic.of("tickers", symbol="X" * length) for length in lengths]
    pieces = list(DIALECT.batches(topics))
    assert [topic for piece in pieces for topic in piece] == topics
    for piece in pieces:
        assert 0 < len(piece) <= MAX_ARGS
        assert len(piece) == 1 or len(DIALECT.ask_frame("subscribe", piece, "a" * 32)) <= MAX_BYTES


def test_families_of_private_topics_never_meet_in_one_request() -> None:
    """Bybit refuses a request with all-in-one and categorised topics."""
    position = CHANNELS["v5"].topic_for("position", category="inverse")
    wallet = CHANNELS["v5"].topic_for("wallet")
    pieces = list(DIALECT.batches([ORDERS, position, wallet, LINEAR]))
    assert pieces == [[ORDERS, wallet], [position, LINEAR]]


def test_pieces_as_each_server_takes_them() -> None:
    """Spot takes ten topics; where answers carry no id, each topic has a request of its own."""
    topics = [Topic.of("tickers", symbol=f"C{number}") for number in range(25)]
    assert [len(piece) for piece in BybitDialect("x", "spot").batches(topics)] == [10, 10, 5]
    assert [len(piece) for piece in BybitDialect("x", "option").batches(topics)] == [1] * 25
    private = [Topic("user.openapi.perp.order"), Topic("user.service")]
    assert list(OLD.batches([*topics[:2], *private])) == [[topics[0]], [topics[1]], private]


# -- understanding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '{"success":true,"ret_msg":"pong","conn_id":"c","req_id":"7","op":"ping"}',
        '{"success":true,"ret_msg":"pong","conn_id":"c","request":{"op":"ping","args":null}}',
        '{"args":["1672916271846"],"op":"pong"}',
        '{"req_id":"7","op":"pong","args":["1675418560633"],"conn_id":"c"}',
        '{"retCode":0,"retMsg":"OK","op":"pong","data":["1711002002529"],"connId":"c"}',
    ],
)
@BOTH
def test_pong(text: str, dialect: BybitDialect) -> None:
    """All four servers and the old one, each in its way."""
    assert read(text, dialect) == Pong()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            '{"success":true,"ret_msg":"subscribe","conn_id":"c","req_id":"a7","op":"subscribe"}',
            Ack("subscribe", None, "a7"),
        ),
        ('{"success":true,"ret_msg":"","conn_id":"c","op":"unsubscribe"}', Ack("unsubscribe", None)),
        (
            f'{{"success":false,"ret_msg":"{NOT_FOUND}","req_id":"a7","op":"subscribe"}}',
            Failure("handler-not-found", NOT_FOUND, "a7", NOT_FOUND),
        ),
        (
            '{"success":true,"conn_id":"c","data":{"successTopics":["t.1"],"failTopics":[]},"type":"COMMAND_RESP"}',
            Ack("subscribe", {"topic": "t.1"}),
        ),
        (
            '{"success":false,"ret_msg":"no","data":{"successTopics":[],"failTopics":["t.1"]},"type":"COMMAND_RESP"}',
            Failure("no", "no", None, "no", {"topic": "t.1"}),
        ),
        (
            '{"id":"subscribe-a7","success":true,"conn_id":"c","data":{"successTopics":["a","b"],"failTopics":["x"]},'
            '"type":"COMMAND_RESP"}',
            Ack("subscribe", None, "a7", ({"topic": "x"},)),
        ),
        (
            '{"id":"unsubscribe-a7","success":true,"data":{"successTopics":["a"],"failTopics":[]},"type":"COMMAND_RESP"}',
            Ack("unsubscribe", None, "a7"),
        ),
        (
            '{"success":true,"ret_msg":"","conn_id":"c","request":{"op":"subscribe","args":["trade.BTCPERP"]}}',
            Ack("subscribe", {"topic": "trade.BTCPERP"}),
        ),
        (
            '{"success":false,"ret_msg":"error:invalid op","conn_id":"c","request":{"op":"subscribe","args":["x"]}}',
            Failure("invalid-op", "error:invalid op", None, "error:invalid op", {"topic": "x"}),
        ),
        (
            '{"success":false,"ret_msg":"error:invalid op","conn_id":"c"}',
            Failure("invalid-op", "error:invalid op", None, "error:invalid op"),
        ),
        ('{"retCode":10019,"retMsg":"restarting","connId":"c"}', Notice("10019", "restarting", restart=True)),
    ],
)
@BOTH
def test_answers(text: str, event: Event, dialect: BybitDialect) -> None:
    """Each server's way to agree or to refuse becomes the same event."""
    assert read(text, dialect) == event


@pytest.mark.parametrize(
    "text",
    [
        '{"success":true,"ret_msg":"","op":"auth","conn_id":"c"}',
        '{"retCode":0,"retMsg":"OK","op":"auth","connId":"c"}',
        '{"retCode":20001,"retMsg":"Repeat auth","op":"auth","connId":"c"}',
        '{"op":"auth","success":true,"retCode":0,"retMsg":"","connId":"c"}',
        '{"success":true,"type":"AUTH_RESP","conn_id":"c"}',
        '{"success":true,"ret_msg":"","conn_id":"c","request":{"op":"auth","args":["k"]}}',
    ],
)
@BOTH
def test_logged_in(text: str, dialect: BybitDialect) -> None:
    """Also when we were logged in already."""
    assert isinstance(read(text, dialect), LoggedIn)


@pytest.mark.parametrize(
    ("text", "code", "verdict"),
    [
        ('{"op":"auth","success":false,"retCode":10003,"retMsg":"Invalid apikey"}', "10003", "fatal"),
        ('{"retCode":10004,"retMsg":"error sign","op":"auth"}', "10004", "fatal"),
        ('{"retCode":33004,"retMsg":"Your api key has expired.","op":"auth"}', "33004", "fatal"),
        ('{"retCode":10001,"retMsg":"param error","op":"auth"}', "10001", "fatal"),
        ('{"success":false,"ret_msg":"Params Error","op":"auth"}', "params-error", "recheck"),
        ('{"success":false,"ret_msg":"error:USVC1111","request":{"op":"auth"}}', "usvc1111", "fatal"),
        ('{"success":false,"ret_msg":"error:request expired","op":"auth"}', "request-expired", "resync"),
        ('{"retCode":10002,"retMsg":"time","op":"auth"}', "10002", "resync"),
        ('{"retCode":10003,"retMsg":"Too many sessions under the same UID","op":"auth"}', "too-many-sessions", "retry"),
        ('{"retCode":10016,"retMsg":"internal error","op":"auth"}', "10016", "retry"),
    ],
)
@BOTH
def test_refused_logins(text: str, code: str, verdict: str, dialect: BybitDialect) -> None:
    """What is wrong with the key ends the attempts; a clock that is off is set once; the rest is tried again."""
    event = read(text, dialect)
    assert isinstance(event, Failure)
    assert (event.code, event.request_id) == (code, None)
    assert dialect.login_verdict(event.code) == verdict
    if verdict == "fatal":
        error = dialect.error(event.code, event.message)
        assert isinstance(error, OkxAuthError) or code == "10001"
        assert error.hint


def test_order_replies() -> None:
    """One receipt; in a batch each with its own verdict, whatever the code at the top; a refusal without rows."""
    one = read('{"reqId":"r1","retCode":0,"retMsg":"OK","op":"order.create","data":{"orderId":"o","orderLinkId":"m"},'
               '"retExtInfo":{},"header":{"Timenow":"1"},"connId":"c"}')  # fmt: skip
    assert isinstance(one, StreamReply)
    assert (one.request_id, one.op, one.code, one.rows) == (
        "r1", "order.create", "0", [{"orderId": "o", "orderLinkId": "m"}],
    )  # fmt: skip
    batch = read('{"reqId":"r2","retCode":0,"retMsg":"OK","op":"order.create-batch","data":{"list":[{"orderId":"o"},'
                 '{"orderId":""}]},"retExtInfo":{"list":[{"code":0,"msg":"OK"},'
                 '{"code":110007,"msg":"balance"}]}}')  # fmt: skip
    assert isinstance(batch, StreamReply)
    assert batch.rows == [{"orderId": "o", "code": 0, "msg": "OK"}, {"orderId": "", "code": 110007, "msg": "balance"}]
    for text in ('{"reqId":"r3","retCode":10404,"retMsg":"op","op":"order.x","data":{},"retExtInfo":{}}',
                 '{"reqId":"r3","retCode":10404,"retMsg":"op"}'):  # fmt: skip
        refused = read(text)
        assert isinstance(refused, StreamReply)
        assert (refused.request_id, refused.code, refused.rows) == ("r3", "10404", [])


def test_push() -> None:
    """The topic is the channel and the arg; an object in ``data`` is one row, a list as many as it has."""
    book, trades = read(V5["orderbook.50.BTCPERP"]), read(V5["publicTrade.BTCPERP"])
    assert isinstance(book, Push)
    assert (book.channel, book.arg, len(book.rows)) == ("orderbook.50.BTCPERP", {"topic": "orderbook.50.BTCPERP"}, 1)
    assert isinstance(trades, Push)
    assert len(trades.rows) == 2
    assert trades.message["ts"] == 1700000001000
    order = read(SEED["user.openapi.perp.order"], OLD)
    assert isinstance(order, Push)
    assert order.rows[0]["orderId"] == "so-1"


@pytest.mark.parametrize(
    "text", ["{}", '{"x":1}', '{"topic":5}', '{"op":"party"}', '{"success":true}', '{"reqId":"1"}']
)
def test_unknown(text: str) -> None:
    """Well-formed news that we do not know is neither data nor garbage."""
    assert isinstance(read(text), Unknown)


@pytest.mark.parametrize(
    "frame",
    [b"", b"pong", b"\xff\xfe\x00", b'{"topic":"t","data":[', b"[" * 5000 + b"]" * 5000, b"[]", b"5", b"null",
     b'"pong"', b'{"topic":"t","data":[NaN]}', b'{"topic":"t","data":' + b"9" * 6000 + b"e}"],
)  # fmt: skip
@BOTH
def test_garbage(frame: bytes, dialect: BybitDialect) -> None:
    """What is not a message of Bybit is named as such, with the frame and the reason."""
    event = dialect.read(frame)
    assert isinstance(event, Garbage)
    assert event.frame is frame
    assert event.problem


@pytest.mark.parametrize("data", [b',"data":null', b',"data":"x"', b',"data":5', b""])
@BOTH
def test_a_push_without_rows(data: bytes, dialect: BybitDialect) -> None:
    """It belongs to its topic as one row that nobody can read: whoever keeps a state of it hears of the loss."""
    event = dialect.read(b'{"topic":"t"' + data + b"}")
    assert isinstance(event, Push)
    assert event.channel == "t"
    assert [type(row) for row in event.rows] not in ([], [dict], [list])


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False)
    | st.sampled_from(["subscribe", "auth", "order.create", "pong", "0", "AUTH_RESP", "COMMAND_RESP", "a.b", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["successTopics", "failTopics", "op", "args", "list", "result"]), inner),
    max_leaves=6,
)  # fmt: skip
_KEYS = st.sampled_from(
    ["op", "topic", "data", "success", "ret_msg", "retCode", "retMsg", "req_id", "reqId", "id", "type", "request",
     "retExtInfo", "ret_code"]
)  # fmt: skip


@given(st.binary(max_size=60) | st.dictionaries(_KEYS, _VALUES).map(orjson.dumps))
def test_reading_never_raises(frame: bytes) -> None:
    """Any bytes and any JSON are classified, in both protocols."""
    assert isinstance(DIALECT.read(frame), Event)
    assert isinstance(OLD.read(frame), Event)


# -- whose is it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "named", "is_ours"),
    [
        (BOOK, "orderbook.50.BTCPERP", True),
        (BOOK, "orderbook.50.BTCPERP2", False),
        (BOOK, "orderbook.200.BTCPERP", False),
        (BOOK, "orderbook.50", False),
        (ORDERS, "order", True),
        (ORDERS, "order.linear", True),
        (LINEAR, "order.linear", True),
        (LINEAR, "order", True),
        (LINEAR, "order.spot", False),
        (Topic("execution"), "execution.fast", False),
        (Topic("execution.fast"), "execution", False),
        (Topic("execution.fast"), "execution.fast.linear", True),
        (Topic("execution"), "execution.fast.linear", False),
    ],
)
def test_matching(topic: Topic, named: str, is_ours: bool) -> None:
    """By the whole topic; a category more or less is the same stream, ``fast`` is another one."""
    assert DIALECT.matches(topic, {"topic": named}) is is_ours


def test_matching_by_our_own_names() -> None:
    """A topic matches what it is called on our side, and nothing without a name."""
    assert DIALECT.matches(BOOK, BOOK.arg)
    assert not DIALECT.matches(BOOK, {})
    assert not DIALECT.matches(BOOK, {"topic": None})


def test_the_registry_finds_each_stream() -> None:
    """Depths of one symbol, the plain and the fast executions: none gets the other's data."""
    registry = Subscriptions(DIALECT)
    names = ["orderbook.1.BTCPERP", "orderbook.50.BTCPERP", "execution", "execution.fast", "order.linear"]
    topics = [CHANNELS["v5"].topic_for(name) for name in names]
    for topic in topics:
        registry.want(topic, TopicKind())
    for name, topic in zip(names, topics, strict=True):
        wish = registry.route({"topic": name})
        assert wish is not None
        assert wish.topic == topic


def test_blame() -> None:
    """The topic that a refusal names is at fault, and only when we asked for it."""
    text = "error:already subscribed,topic:orderbook.50.BTCPERP"
    failure = Failure("already-subscribed", text)
    assert DIALECT.blame(failure, [ORDERS, BOOK]) == BOOK
    assert DIALECT.blame(failure, [ORDERS]) is None
    assert DIALECT.blame(Failure("x", "Invalid topic: order"), [ORDERS, LINEAR]) == ORDERS
    assert DIALECT.blame(Failure("x", "no", arg={"topic": "order.linear"}), [ORDERS, LINEAR]) == LINEAR
    assert DIALECT.blame(Failure("x", "too many"), [ORDERS, BOOK]) is None


# -- books and partial updates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "kind", "u", "found"),
    [
        ("orderbook.50.X", "snapshot", 9, (-1, 9)),
        ("orderbook.50.X", "delta", 9, (8, 9)),
        ("orderbook.50.X", "delta", 1, (-1, 1)),
        ("orderbook.1.X", "snapshot", 9, None),
        ("orderbook.50.X", "delta", "9", None),
        ("orderbook.50.X", "delta", None, None),
    ],
)
def test_sequence(topic: str, kind: str, u: Any, found: tuple[int, int] | None) -> None:
    """A change follows ``u - 1``; 1 is a new start; level 1 repeats its numbers and has no order to keep."""
    push = push_of({"topic": topic, "type": kind, "data": {"s": "X", "u": u}})
    assert DIALECT.sequence(push) == found
    assert BybitDialect("x", book_gaps=False).sequence(push) is None
    assert OLD.sequence(push) is None


def test_partial_updates_are_put_together() -> None:
    """Subscribers of tickers and of instrument info get whole rows, in both protocols."""
    merge = Merge(DIALECT, CHANNELS["v5"].lookup("tickers").key)
    known = {"symbol": "X", "lastPrice": "1", "markPrice": "2"}
    merge(push_of({"topic": "tickers.X", "type": "snapshot", "data": known}))
    whole = merge(push_of({"topic": "tickers.X", "type": "delta", "data": {"symbol": "X", "markPrice": "3"}}))
    assert whole.rows == [{"symbol": "X", "lastPrice": "1", "markPrice": "3"}]
    merge = Merge(OLD, CHANNELS["seed"].lookup("instrument_info.100ms").key)
    frame = {"topic": "instrument_info.100ms.X", "type": "snapshot", "data": {"id": 1, "symbol": "X", "lastPrice": "1"}}
    merge(push_of(frame, OLD))
    changed = {"update": [{"symbol": "X", "markPrice": "3"}]}
    delta = {"topic": "instrument_info.100ms.X", "type": "delta", "data": changed}
    assert merge(push_of(delta, OLD)).rows == [{"id": 1, "symbol": "X", "lastPrice": "1", "markPrice": "3"}]


def test_pages() -> None:
    """Bybit has none."""
    assert DIALECT.page(push_of({"topic": "order", "data": []})) is None


# -- judging and choosing ----------------------------------------------------------------------------------------


def test_errors() -> None:
    """A refused topic is a SubscriptionError that names place, topic and cure."""
    error = DIALECT.error("handler-not-found", "error:handler not found", BOOK.arg)
    assert isinstance(error, SubscriptionError)
    assert (error.code, error.environment, error.arg) == ("handler-not-found", "bybit com live", BOOK.arg)
    assert "symbol" in (error.hint or "")
    assert DIALECT.subscribe_verdict("handler-not-found") == "refuse"
    assert DIALECT.close_hint(1006) is None


def test_the_config_chooses_the_dialect() -> None:
    """The protocol names the class; category and ``book_gaps`` reach it."""
    assert type(dialect_for(BybitConfig())) is BybitDialect
    assert type(dialect_for(BybitConfig(protocol="seed"))) is SeedDialect
    assert dialect_for(BybitConfig(environment="testnet")).environment == "bybit com testnet"
    topics = [channels_for("v5", "spot").topic_for("tickers", symbol=f"C{number}") for number in range(11)]
    assert [len(piece) for piece in dialect_for(BybitConfig(category="spot")).batches(topics)] == [10, 1]
    push = push_of({"topic": "orderbook.50.X", "type": "delta", "data": {"u": 9}})
    assert dialect_for(BybitConfig(book_gaps=False)).sequence(push) is None
