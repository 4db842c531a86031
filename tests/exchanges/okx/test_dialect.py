"""OKX's words on a WebSocket: what we say, and what we make of what we hear."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxAuthError, SubscriptionError
from okx_sync.exchanges.okx.channels import topic_for
from okx_sync.exchanges.okx.dialect import MAX_ARGS, MAX_BYTES, OkxDialect
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import (
    Ack,
    ConnCount,
    Event,
    Failure,
    Garbage,
    LoggedIn,
    Notice,
    Pong,
    Push,
    StreamReply,
    Unknown,
)
from okx_sync.protocol.subscriptions import Subscriptions, TopicKind

DIALECT = OkxDialect("okx global live")
BOOKS = Topic.of("books", instId="BTC-USDT")


def read(text: str) -> Event:
    return DIALECT.read(text.encode())


def test_login_frame() -> None:
    """One account, seconds, a signature; the frame's repr shows nothing of it."""
    frame = DIALECT.login_frame(Credentials("key", "s3cret", "phr4se"), 1704876947.5)
    request = json.loads(frame)
    assert (request["op"], len(request["args"])) == ("login", 1)
    assert request["args"][0]["timestamp"] == "1704876947"
    assert set(request["args"][0]) == {"apiKey", "passphrase", "timestamp", "sign"}
    assert "phr4se" not in repr(frame)


def test_ask_frame() -> None:
    """Operation, id and the topics' args, in their order."""
    frame = DIALECT.ask_frame("unsubscribe", [BOOKS, Topic("status")], "a7")
    assert orjson.loads(frame) == {
        "id": "a7",
        "op": "unsubscribe",
        "args": [{"channel": "books", "instId": "BTC-USDT"}, {"channel": "status"}],
    }


@given(st.lists(st.integers(1, 20_000), max_size=250))
def test_batches(lengths: list[int]) -> None:
    """Every topic is in exactly one piece, in order; no piece is above the bounds unless one topic alone is."""
    topics = [Topic.of("tickers", instId="X" * length) for length in lengths]
    pieces = list(DIALECT.batches(topics))
    assert [topic for piece in pieces for topic in piece] == topics
    for piece in pieces:
        assert 0 < len(piece) <= MAX_ARGS
        assert len(piece) == 1 or len(DIALECT.ask_frame("subscribe", piece, "a" * 32)) <= MAX_BYTES


def test_small_topics_fill_a_request() -> None:
    """600 topics take six requests, not six hundred."""
    topics = [Topic.of("tickers", instId=f"C{number}-USDT") for number in range(600)]
    assert [len(piece) for piece in DIALECT.batches(topics)] == [MAX_ARGS] * 6


def test_push() -> None:
    """Channel, arg and rows as they came, the whole message kept."""
    push = read('{"arg":{"channel":"tickers","instId":"X"},"action":"update","data":[{"last":"1"}]}')
    assert isinstance(push, Push)
    assert (push.channel, push.arg, push.rows) == ("tickers", {"channel": "tickers", "instId": "X"}, [{"last": "1"}])
    assert push.message["action"] == "update"


@pytest.mark.parametrize("text", ["pong", '"pong"', " pong\n", '{"event":"pong"}'])
def test_pong(text: str) -> None:
    """The literal word is the rule; JSON spellings count too."""
    assert read(text) == Pong()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            '{"id":"7","event":"subscribe","arg":{"channel":"books"},"connId":"c"}',
            Ack("subscribe", {"channel": "books"}, "7"),
        ),
        ('{"event":"unsubscribe","arg":{"channel":"books"}}', Ack("unsubscribe", {"channel": "books"})),
        ('{"event":"error","code":"60012","msg":"m","id":5}', Failure("60012", "m", "5", "m")),
        ('{"event":"error","code":60012,"msg":"m"}', Failure("60012", "m", None, "m")),
        ('{"event":"error"}', Failure("", "", None, "")),
        (
            '{"event":"error","code":"1","msg":"m","arg":{"channel":"x"}}',
            Failure("1", "m", None, "m", {"channel": "x"}),
        ),
        ('{"event":"login","code":"0"}', LoggedIn({"event": "login", "code": "0"})),
        ('{"event":"login","code":"60009","msg":"no"}', Failure("60009", "no", None, "no")),
        ('{"event":"notice","code":"64008","msg":"m"}', Notice("64008", "m", restart=True)),
        ('{"event":"notice","code":"1","msg":"m"}', Notice("1", "m")),
        ('{"event":"channel-conn-count","channel":"orders","connCount":"2"}', ConnCount("orders", "2", False)),
        ('{"event":"channel-conn-count-error","channel":"orders","connCount":"31"}', ConnCount("orders", "31", True)),
    ],
)
def test_control(text: str, event: Event) -> None:
    """Each control message becomes its event; ids and codes are text whatever they were."""
    assert read(text) == event


def test_order_replies() -> None:
    """An answer to an order operation, whole or refused before its rows."""
    reply = read('{"id":"a1","op":"order","code":"1","msg":"","data":[{"sCode":"51000"}],"inTime":"1"}')
    assert isinstance(reply, StreamReply)
    assert (reply.request_id, reply.op, reply.code, reply.rows) == ("a1", "order", "1", [{"sCode": "51000"}])
    refused = read('{"id":"a1","op":"order","code":"60013","msg":"bad","data":null}')
    assert isinstance(refused, StreamReply)
    assert (refused.rows, refused.message) == ([], "bad")


@pytest.mark.parametrize(
    "text", ['{"event":"party"}', '{"event":null}', '{"event":{}}', '{"event":[1]}', "{}", '{"x":1}']
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
        b'{"arg":{"channel":"x"},"data":[{"a":"\xe2\x82"}]}',
        b'{"arg":{"channel":"tickers"},"data":[',
        b"[" * 5000 + b"]" * 5000,
        b'{"arg":{"channel":"x"},"data":' + b"[" * 5000 + b"]" * 5000 + b"}",
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
        b"NaN",
    ],
)
def test_garbage(frame: bytes) -> None:
    """What is not a message of OKX is named as such, with the frame and the reason."""
    event = DIALECT.read(frame)
    assert isinstance(event, Garbage)
    assert event.frame is frame
    assert event.problem


@pytest.mark.parametrize("data", [b',"data":{"a":1}', b',"data":null', b',"data":"x"', b',"data":5', b""])
def test_a_push_without_rows(data: bytes) -> None:
    """It belongs to its topic as one row that nobody can read: whoever keeps a state of it hears of the loss."""
    event = DIALECT.read(b'{"arg":{"channel":"books"}' + data + b"}")
    assert isinstance(event, Push)
    assert event.channel == "books"
    assert [type(row) for row in event.rows] not in ([], [dict], [list])


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["subscribe", "error", "0", "books", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["channel", "instId"]), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(["event", "op", "arg", "data", "code", "msg", "id", "channel", "connCount"])


@given(st.binary(max_size=60) | st.dictionaries(_KEYS, _VALUES).map(orjson.dumps))
def test_reading_never_raises(frame: bytes) -> None:
    """Any bytes and any JSON are classified."""
    assert isinstance(DIALECT.read(frame), Event)


@pytest.mark.parametrize(
    ("arg", "is_ours"),
    [
        ({"channel": "orders", "instType": "SWAP"}, True),
        ({"instType": "SWAP", "uid": "77", "channel": "orders"}, True),
        ({"channel": "orders", "instType": "SWAP", "instFamily": "BTC-USD"}, True),
        ({"channel": "orders", "instType": "SPOT"}, False),
        ({"channel": "orders"}, False),
        ({"channel": "positions", "instType": "SWAP"}, False),
        ({}, False),
    ],
)
def test_matching(arg: dict[str, Any], is_ours: bool) -> None:
    """Channel and what we asked for decide; what the exchange adds does not."""
    assert DIALECT.matches(topic_for("orders", instType="SWAP"), arg) is is_ours


def test_rows_name_what_the_arg_omits() -> None:
    """Block tickers may come under an arg without their instrument: the row tells whose they are."""
    pushed = read('{"arg":{"channel":"block-tickers"},"data":[{"instId":"ETH-USDT","vol24h":"1"}]}')
    assert isinstance(pushed, Push)
    assert pushed.arg == {"channel": "block-tickers", "instId": "ETH-USDT"}
    assert pushed.message["arg"] == {"channel": "block-tickers"}

    registry = Subscriptions(DIALECT)
    for inst_id in ("BTC-USDT", "ETH-USDT"):
        registry.want(topic_for("block-tickers", instId=inst_id), TopicKind())
    wish = registry.route(pushed.arg)
    assert wish is not None
    assert wish.topic.arg["instId"] == "ETH-USDT"
    registry.forget(wish.topic)
    assert registry.route(pushed.arg) is None, "what comes late for a topic that was left is nobody's"


def test_an_arg_that_names_its_topic_has_the_last_word() -> None:
    """Rows are only asked for what the arg lacks."""
    pushed = read('{"arg":{"channel":"block-tickers","instId":"BTC-USDT"},"data":[{"instId":"ETH-USDT"}]}')
    assert isinstance(pushed, Push)
    assert pushed.arg["instId"] == "BTC-USDT"


@pytest.mark.parametrize("rows", ["[]", "[5]", "[{}]", '[{"instId":5}]', '[{"instId":[]}]', '[{"instId":null}]'])
def test_rows_that_tell_nothing(rows: str) -> None:
    """Then the push goes to whoever wants the channel."""
    pushed = read(f'{{"arg":{{"channel":"block-tickers"}},"data":{rows}}}')
    assert isinstance(pushed, Push)
    assert pushed.arg == {"channel": "block-tickers"}
    assert DIALECT.matches(topic_for("block-tickers", instId="BTC-USDT"), pushed.arg)


def test_rows_of_several_topics_are_reported() -> None:
    """Nothing is given to the wrong subscription, and nothing is lost without a word."""
    frame = b'{"arg":{"channel":"block-tickers"},"data":[{"instId":"A"},{"instId":"B"}]}'
    event = DIALECT.read(frame)
    assert isinstance(event, Garbage)
    assert "several instId" in event.problem


def test_event_contracts_come_without_their_type() -> None:
    """Their arg names the channel alone, which is enough, as there is one type only."""
    pushed = read('{"arg":{"channel":"event-contract-markets"},"data":[{"instId":"X"}]}')
    assert isinstance(pushed, Push)
    assert DIALECT.matches(topic_for("event-contract-markets", instType="EVENTS"), pushed.arg)


def test_push_interval_is_no_part_of_a_match() -> None:
    """OKX may leave extraParams out of what it sends back."""
    topic = topic_for("account", extraParams='{"updateInterval":"0"}')
    assert DIALECT.matches(topic, {"channel": "account", "uid": "1"})


@pytest.mark.parametrize(
    "text",
    [
        "Wrong URL or channel:books,instId:BTC-USDT doesn't exist. Please use the correct URL.",
        "Subscribe failed, wrong URL or channel:books,instId:BTC-USDT doesn't exist. Please check.",
        'Illegal request: {"id":"a","op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}',
        'Invalid request: {"op":"subscribe","args":[{"instId":"BTC-USDT","channel":"books"}]}. Try again',
    ],
)
def test_blame_by_text(text: str) -> None:
    """OKX names no arg in an error; its text tells which topic of a batch was meant."""
    others = [Topic.of("books", instId="ETH-USDT"), Topic.of("books5", instId="BTC-USDT"), Topic("status")]
    assert DIALECT.blame(Failure("60018", text), [*others, BOOKS]) == BOOKS
    assert DIALECT.blame(Failure("60018", text), others) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "something else",
        "Illegal request: {not json}",
        "Illegal request: {}",
        'Illegal request: {"args":5}',
        'Illegal request: {"args":[5]}',
        'Illegal request: {"args":[{"channel":"books"}]}',
    ],
)
def test_no_blame_without_proof(text: str) -> None:
    """A text that fits no topic or several blames none."""
    assert DIALECT.blame(Failure("60012", text), [BOOKS, Topic.of("books", instId="ETH-USDT")]) is None


def push(message: dict[str, Any], rows: list[Any]) -> Push:
    return Push("books", {"channel": "books"}, rows, message)


@pytest.mark.parametrize(
    ("rows", "sequence"),
    [
        ([{"prevSeqId": 3, "seqId": 5}], (3, 5)),
        ([{"prevSeqId": -1, "seqId": 0}], (-1, 0)),
        ([{"prevSeqId": 3, "seqId": 5}, {"prevSeqId": 5, "seqId": 8}], (3, 8)),
        ([{"seqId": 5}], None),
        ([{"checksum": 7}], None),
        ([{"prevSeqId": "3", "seqId": "5"}], None),
        ([[]], None),
        ([], None),
    ],
)
def test_sequence(rows: list[Any], sequence: tuple[int, int] | None) -> None:
    """Sequence numbers of a book push, None where there are not both (books5, old recordings)."""
    assert DIALECT.sequence(push({}, rows)) == sequence


@pytest.mark.parametrize(
    ("message", "page"),
    [
        ({"eventType": "snapshot", "curPage": 1, "lastPage": False}, (1, False)),
        ({"eventType": "snapshot", "curPage": 2, "lastPage": True}, (2, True)),
        ({"eventType": "event_update"}, None),
        ({"curPage": "1", "lastPage": "true"}, None),
    ],
)
def test_page(message: dict[str, Any], page: tuple[int, bool] | None) -> None:
    """Paging of account snapshots, None where there is none."""
    assert DIALECT.page(push(message, [])) == page


def test_errors() -> None:
    """With an arg it is a SubscriptionError; the environment and a cure are in the text."""
    refused = DIALECT.error("60018", "doesn't exist", BOOKS.arg)
    assert isinstance(refused, SubscriptionError)
    assert (refused.arg, refused.code, refused.environment) == (BOOKS.arg, "60018", "okx global live")
    assert refused.hint
    assert isinstance(DIALECT.error("60005", "Invalid apiKey"), OkxAuthError)
    counted = DIALECT.error("channel-conn-count-error", "31 connections", BOOKS.arg)
    assert isinstance(counted, SubscriptionError)
    assert "30" in str(counted.hint)


def test_verdicts_come_from_the_code_table() -> None:
    """One table of codes decides for streams and REST."""
    assert DIALECT.login_verdict("60024") == "fatal"
    assert DIALECT.subscribe_verdict("60018") == "refuse"
    assert DIALECT.close_hint(4005)
    assert DIALECT.close_hint(None) is None
