"""The heads of messages: what a dialect may conclude from the beginning of a message, on every exchange."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bybit.dialect import BybitDialect
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Dialect
from okx_sync.protocol.events import Push

OKX, BITGET, BYBIT = OkxDialect(), dialect_for("v2", "bitget live"), BybitDialect()
FRAMES: list[tuple[Dialect, bytes, bytes]] = [
    (OKX, b'{"arg":{"channel":"tickers","instId":"A"},', b'"data":[{"instId":"A","ts":"1"}]}'),
    (OKX, b'{"arg":{"channel":"books","instId":"A"},"action":"update",', b'"data":[{"seqId":1}]}'),
    (BITGET, b'{"action":"snapshot","arg":{"instType":"SPOT","channel":"ticker","instId":"A"},', b'"data":[],"ts":1}'),
    (BYBIT, b'{"topic":"publicTrade.A","type":"snapshot",', b'"ts":1,"data":[{"i":"1"}]}'),
]
NONE: list[tuple[Dialect, bytes]] = [
    (OKX, b'{"data":[],"arg":{"channel":"tickers","instId":"A"}}'),
    (OKX, b'{"arg":{"channel":"tickers", "instId":"A"} , "data" : []}'),
    (OKX, b'{"arg":{"channel":"a\\"data\\":[","instId":"A"},"data" :[]}'),
    (OKX, b'{"arg":{"channel":"price-limit"},"data":[{"instType":"SWAP"}],"arg":{"channel":"b"}}'),
    (BYBIT, b'{"topic":"tickers.A","type":"delta","data":{"symbol":"A"},"cs":1,"ts":1}'),
    (BYBIT, b'{"id":"1","topic":"order","creationTime":1,"data":[{}]}'),
    (BYBIT, b'{"ts":1,"topic":"publicTrade.A","data":[{}]}'),
]


def push_of(dialect: Dialect, frame: bytes) -> Push:
    """The push that a frame is."""
    push = dialect.read(frame)
    assert isinstance(push, Push)
    return push


@pytest.mark.parametrize(("dialect", "head", "rest"), FRAMES)
def test_the_head_names_the_topic(dialect: Dialect, head: bytes, rest: bytes) -> None:
    """It ends where the engine looks for its end, and what follows does not matter."""
    frame = head + rest
    push = push_of(dialect, frame)
    assert dialect.head(frame, push) == head == frame[: frame.find(dialect.head_end)]
    assert dialect.parse(frame)["data"] == push.rows


@pytest.mark.parametrize(("dialect", "frame"), NONE)
def test_where_the_head_does_not_tell_there_is_none(dialect: Dialect, frame: bytes) -> None:
    """Another order of the keys, spaces, rows that are no list, and heads that change with every message."""
    assert dialect.head(frame, push_of(dialect, frame)) is None


def test_an_arg_that_the_rows_complete_has_no_head() -> None:
    """Its messages begin alike for several topics."""
    frame = b'{"arg":{"channel":"event-contract-markets"},"data":[{"instType":"EVENTS","instId":"A"}]}'
    push = push_of(OKX, frame)
    assert (OKX.head(frame, push) is None) == (push.arg != {"channel": "event-contract-markets"})


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3), st.text(max_size=8))
def test_no_control_message_begins_like_a_push(arg: dict[str, str], word: str) -> None:
    """Whatever a head is taken from: a message with ``event`` or ``op`` in front of its data gives none."""
    for key in ("event", "op"):
        frame = orjson.dumps({"arg": {**arg, "channel": "trades"}, key: word, "data": []})
        push = Push("trades", {**arg, "channel": "trades"}, [], {})
        assert OKX.head(frame, push) is None
