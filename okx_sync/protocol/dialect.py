"""What an exchange must be able to say and understand, without any I/O.

A :class:`Dialect` turns wishes into frames and frames into events. The engine knows exchanges only through it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

import attrs
import orjson

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxError
from okx_sync.protocol.events import Event, Failure, Push

__all__ = ["Dialect", "LoginVerdict", "SubscribeVerdict", "Topic"]

LoginVerdict = Literal["fatal", "resync", "recheck", "retry"]
"""What a refused login asks for: give up; set the clock and try once more; the same, but only if the clock was off,
since other things may be the reason as well; or try later.
"""

SubscribeVerdict = Literal["refuse", "retry", "backoff", "relogin"]
"""What a failed subscribe asks for: tell the user, ask again, ask again later, or start a fresh socket."""


@attrs.frozen(repr=False, cache_hash=True)
class Topic:
    """A channel and its arguments: what one subscription on the wire is about. Hashable."""

    channel: str
    args: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, channel: str, **args: str | None) -> Topic:
        """Build a topic from the wire's own argument names; ``None`` and ``""`` mean not given."""
        return cls(channel, tuple(sorted((k, v) for k, v in args.items() if v)))

    @property
    def arg(self) -> dict[str, str]:
        """The wire's ``arg`` object."""
        return {"channel": self.channel, **dict(self.args)}

    def __repr__(self) -> str:
        return f"{self.channel}({', '.join(f'{k}={v}' for k, v in self.args)})"


class Dialect(ABC):
    """One exchange's wire words. Implementations hold no state and never block."""

    name: ClassVar[str]
    ping_frame: ClassVar[str] = "ping"
    ping_every_s: ClassVar[float | None] = None
    """Where the exchange wants the heartbeat at least this often, data or not."""
    echoes_ids: ClassVar[bool] = True
    """False where no answer carries the id of its request: then an error is about the oldest request."""
    reading_ops: ClassVar[frozenset[str]] = frozenset({"login", "subscribe", "unsubscribe"})
    """Operations that change nothing at the exchange. All others may, also those that no guide tells of."""
    repeats: ClassVar[bool] = True
    """False where subscribing a topic that is active is refused: it is left first, to be asked for again."""
    all_or_nothing: ClassVar[bool] = False
    """True where one bad topic has the whole request refused, so that the rest of it must be asked again."""
    head_end: ClassVar[bytes] = b""
    """What stands behind the head of a message, see :meth:`head`. Empty where no message has one."""
    parse = staticmethod(orjson.loads)
    """Gives a message that has a head as Python has it, its rows under ``data``. Raises ``ValueError``."""
    telling: ClassVar[tuple[str, ...]] = ("instId", "symbol", "sprdId", "instFamily")
    """The arguments that tell most topics of one channel apart, the best first."""
    omitting: ClassVar[frozenset[str]] = frozenset()
    """Channels of which a push may leave those arguments out."""
    control_per_hour: ClassVar[int | None] = None
    """Where the exchange allows fewer control requests per socket and hour than ``LinkOptions`` do."""
    control_per_s: ClassVar[int | None] = None
    """Where the exchange counts what a socket says in a second. Leave room for pings."""
    topics_per_socket: ClassVar[int] = 3_000
    """How many topics one socket carries at most: what the exchange allows, or can be restored soon."""
    advised_topics: ClassVar[int | None] = None
    """How many it should carry by the exchange's advice, where that is far below what it allows."""
    args_length: ClassVar[int | None] = None
    """Where the exchange counts the characters of all topics of a socket, see :meth:`length`."""
    connects_per_s: ClassVar[int] = 3
    """How many connections an address may open in a second."""
    connects: ClassVar[tuple[int, float] | None] = None
    """Where the exchange counts them over longer: how many in how many seconds."""
    max_sockets: ClassVar[int] = 20
    """How many sockets one path may have, unless ``LinkOptions`` say otherwise."""

    @abstractmethod
    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        """Make the login request, signed for ``now_s`` (the server's clock, epoch seconds)."""

    @abstractmethod
    def ask_frame(self, op: Literal["subscribe", "unsubscribe"], topics: Sequence[Topic], request_id: str) -> str:
        """Make one request for all ``topics``."""

    def id_field(self, path: str) -> str | None:  # noqa: ARG002  the same on every path, mostly
        """Return the field of a request on ``path`` that its answer repeats; None where no answer does."""
        return "id" if self.echoes_ids else None

    def length(self, topic: Topic) -> int:  # noqa: ARG002  for those who count it
        """Return how many characters of ``args_length`` a topic takes, 0 where nobody counts them."""
        return 0

    @abstractmethod
    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Cut ``topics`` into pieces that one request may carry."""

    @abstractmethod
    def read(self, frame: bytes) -> Event:
        """Say what a frame means. Never raises: what cannot be read is ``Garbage``."""

    def head(self, frame: bytes, push: Push) -> bytes | None:  # noqa: ARG002  for those who have heads
        """Return the beginning of ``frame`` if every message that begins so is a push of its topic, else None.

        The beginning goes up to ``head_end``. Whoever consumes the topic may then parse its messages. None where only
        the whole message tells the topic.
        """
        return None

    @abstractmethod
    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        """Tell whether a push or ack with this ``arg`` belongs to ``topic``."""

    def place(self, topic: Topic) -> Hashable:
        """Return where ``topic`` is kept: one of the :meth:`places` of every ``arg`` that :meth:`matches` it.

        The fewer topics share a place, the sooner the topic of a push is found.
        """
        names = () if topic.channel in self.omitting else self.telling
        told = next((value for name in names for key, value in topic.args if key == name), None)
        return topic.channel, None if told is None else told.casefold()

    def places(self, arg: Mapping[str, Any]) -> Iterable[Hashable]:
        """Return where the topics are kept that a push or ack with this ``arg`` may belong to."""
        channel = arg.get("channel")
        told = (value.casefold() for value in arg.values() if type(value) is str)
        return () if type(channel) is not str else ((channel, value) for value in (None, *told))

    def rank(self, topic: Topic, arg: Mapping[str, Any]) -> int:
        """Return how well a push or ack with this ``arg`` fits ``topic``; 0 for not at all.

        The topic with the highest rank gets the push.
        """
        return 1 + len(topic.args) if self.matches(topic, arg) else 0

    @abstractmethod
    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """Return the one of ``topics`` that a failure without ``arg`` is about, if the failure's text tells."""

    @abstractmethod
    def login_verdict(self, code: str) -> LoginVerdict:
        """Decide what to do about a refused login."""

    @abstractmethod
    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        """Decide what to do about a failed subscribe."""

    @abstractmethod
    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        """Make the exception for an error code of this exchange; with ``arg`` it is a ``SubscriptionError``."""

    def knows_code(self, code: str) -> bool:  # noqa: ARG002  for those who have a table of codes
        """Tell whether an error code of the exchange has a meaning here."""
        return True

    @abstractmethod
    def close_hint(self, code: int | None) -> str | None:
        """Explain a close code in words."""

    @abstractmethod
    def sequence(self, push: Push) -> tuple[int, int] | None:
        """Return the sequence numbers ``(previous, this)`` of a push of a sequenced channel, else None."""

    def numbers(self, push: Push) -> tuple[int | None, int] | None:
        """Return the number before the first event of a push and that of its last, where they are without holes.

        The former is None for a snapshot. None for a channel whose events are not numbered so.
        """
        found = self.sequence(push)
        return None if found is None else (found[0] if found[0] > 0 else None, found[1])

    def is_whole(self, push: Push) -> bool:  # noqa: ARG002  for those who have such channels
        """Tell whether this push carries whole rows, on a channel whose updates carry only what changed."""
        return True

    @abstractmethod
    def page(self, push: Push) -> tuple[int, bool] | None:
        """Return ``(page, is_last)`` of a paged snapshot, else None."""

    def join_pages(self, pages: Sequence[Push]) -> Push:
        """Make one push of all pages of a snapshot.

        By default the rows of all pages, one after another, in the message of the last page.
        """
        last = pages[-1]
        rows, size = [row for page in pages for row in page.rows], sum(page.size for page in pages)
        return Push(last.channel, last.arg, rows, last.message, size)
