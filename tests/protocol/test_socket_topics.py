"""``SocketTopics``: what one socket carries, and whether more of it fits."""

from __future__ import annotations

from typing import ClassVar

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.socket_topics import SocketTopics
from tests.protocol.toy_dialect import A, B, C, D, Toy


class Counting(Toy):
    """An exchange that counts characters."""

    args_length: ClassVar[int | None] = 300

    def length(self, topic: Topic) -> int:
        return 100 if topic != D else 1


def test_any_number_fits_without_a_limit() -> None:
    """The order stays."""
    topics = SocketTopics(Toy())
    assert topics.fitting([C, A, B]) == [C, A, B]
    assert not topics.is_tight


def test_as_many_as_one_socket_may_have() -> None:
    """Those that it has may be asked for again; those that are being left still take their place."""
    topics = SocketTopics(Toy(), most=2)
    assert topics.fitting([A, B, C]) == [A, B]
    topics[A] = "active"
    topics[B] = "leaving"
    assert topics.is_tight
    assert topics.fitting([A, C]) == [A]
    assert topics.shortage() == "waiting for a place among the 2 topics of one connection"
    del topics[B]
    assert topics.fitting([A, C]) == [A, C]


def test_as_many_characters_as_the_exchange_allows() -> None:
    """They are counted once for each topic, however far it has come; a shorter one may fit where a longer does not."""
    topics = SocketTopics(Counting())
    for state in ("asked", "active"):
        topics[A] = topics[B] = topics[C] = state
    assert topics.length == 300
    assert topics.is_tight
    assert topics.fitting([D]) == []
    assert topics.pop(C) == "active"
    assert topics.pop(C, None) is None
    assert topics.length == 200
    assert topics.fitting([D, C]) == [D]
    assert "300 characters" in topics.shortage()


def test_what_belongs_here_always_fits() -> None:
    """Account data is asked for beyond the number."""
    topics = SocketTopics(Toy(), most=1, always_fits=lambda topic: topic == C)
    topics[A] = "active"
    assert topics.fitting([B, C]) == [C]
