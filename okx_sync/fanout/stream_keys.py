"""The names of what lies at the broker. All keys of one stream have one hash tag: they lie on one node of a cluster."""

from __future__ import annotations

import functools
import hashlib
from typing import Final

import attrs

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import text_of

__all__ = ["OrderKeys", "Place", "StreamKeys", "topic_number"]

_PUBLIC: Final = "-"  # stands for an account, where everybody is told the same


@attrs.frozen
class Place:
    """What a client is of: the exchange, the environment there, and the account's label ("" without one)."""

    exchange: str
    environment: str
    account: str

    def keys(self, path: str, channel: str, *, is_private: bool, topic: Topic | None = None) -> StreamKeys:
        """Return the keys of the stream of a channel, or of one topic of it."""
        account = self.account if is_private else _PUBLIC
        parts = [self.exchange, self.environment, account, path, channel]
        if topic is not None:
            parts.append(text_of(topic))
        return StreamKeys(_name(parts))

    def order_keys(self) -> OrderKeys:
        """Return the keys of the requests for orders of the account."""
        return OrderKeys(_name([self.exchange, self.environment, self.account, "served-orders"]))


@attrs.frozen
class _LeasedKeys:
    """The keys of what one publisher at a time has. ``name`` is what they are about, as people may read it."""

    name: str

    def _key(self, kind: str) -> str:
        return f"okx_sync:{{{self.name}}}:{kind}"

    @property
    def lease(self) -> str:
        """The token of the publisher that may write or take; expires by itself."""
        return self._key("lease")

    @property
    def facts(self) -> str:
        """A hash: which publisher that is, what it serves, how far it is."""
        return self._key("facts")


@attrs.frozen
class StreamKeys(_LeasedKeys):
    """The keys of one stream."""

    @property
    def stream(self) -> str:
        """The stream itself."""
        return self._key("stream")

    @property
    def snapshots(self) -> str:
        """A hash: what whoever comes late needs first, by topic number."""
        return self._key("snapshots")

    def group(self, name: str) -> str:
        """Return the key of a hash: what a group of followers has handled, and what it misses."""
        return self._key(f"group:{name}")

    @property
    def all(self) -> tuple[str, str, str, str]:
        """All of them, in the order in which the scripts want them."""
        return self.stream, self.lease, self.facts, self.snapshots


@attrs.frozen
class OrderKeys(_LeasedKeys):
    """The keys of the requests for orders of one account."""

    @property
    def requests(self) -> str:
        """The stream of requests that nobody has taken yet."""
        return self._key("requests")

    def taken(self, request_id: str) -> str:
        """Return where it stands who has taken a request: whoever wrote it first, once and for all."""
        return self._key(f"taken:{request_id}")

    def answer(self, request_id: str) -> str:
        """Return the stream of the answer to a request."""
        return self._key(f"answer:{request_id}")


def _name(parts: list[str]) -> str:
    return ":".join(part.replace("{", "(").replace("}", ")") for part in parts)


@functools.lru_cache(100_000)
def topic_number(topic: Topic) -> bytes:
    """Return the eight bytes that stand for a topic in an entry: the same in every process."""
    return hashlib.blake2b(text_of(topic).encode(), digest_size=8).digest()
