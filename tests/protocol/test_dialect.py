"""``Topic`` and the abstract ``Dialect``."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import pytest

from okx_sync.protocol.dialect import Dialect, Topic
from tests.protocol.toy_dialect import Toy, push


def test_equal_topics_are_one_topic() -> None:
    """Whatever the order of the arguments, and whether absent ones are named: same hash, same key."""
    one = Topic.of("books", instId="BTC-USDT", instType="SPOT")
    other = Topic.of("books", instType="SPOT", instId="BTC-USDT", uly=None, ccy="")
    assert one == other
    assert {one: 1}[other] == 1


def test_a_topic_reads_like_a_call_and_speaks_the_wires_words() -> None:
    """``str`` for people, ``arg`` for the exchange."""
    topic = Topic.of("tickers", instId="BTC-USDT")
    assert str(topic) == repr(topic) == "tickers(instId=BTC-USDT)"
    assert topic.arg == {"channel": "tickers", "instId": "BTC-USDT"}
    assert str(Topic.of("status")) == "status()"


def test_topics_cannot_be_changed_and_can_be_pickled() -> None:
    """They are keys of tables and travel inside errors."""
    topic = Topic.of("tickers", instId="BTC-USDT")
    with pytest.raises(AttributeError):
        topic.channel = "books"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(topic)) == topic


def test_half_a_dialect_cannot_be_made() -> None:
    """A new exchange that forgot something is told at once, not in the middle of a night."""

    class Half(Dialect):
        name = "half"

    with pytest.raises(TypeError, match="abstract"):
        Half()  # type: ignore[abstract]


def test_every_method_says_what_it_is_for() -> None:
    """The abstract dialect is the manual for whoever adds an exchange."""
    members: list[tuple[str, Any]] = inspect.getmembers(Dialect, inspect.isfunction)
    assert all(function.__doc__ for name, function in members if not name.startswith("_"))


def test_pages_are_joined_in_the_envelope_of_the_last() -> None:
    """Unless an exchange's dialect knows better."""
    whole = Toy().join_pages([push("a", 1, n=1), push("a", 2, n=2)])
    assert (whole.rows, whole.message["n"]) == ([1, 2], 2)
