"""Whether a recording is whole: proved number by number where the exchange numbers its events, else said to be open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import attrs
import orjson

from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Push
from okx_sync.store.delivered import delivered
from okx_sync.store.exchange_words import words_of
from okx_sync.store.recorded_messages import MissedMessages, RecordedMessages, missed_of, time_of
from okx_sync.store.segment import Entry, EntryKind

__all__ = ["Hole", "Outage", "TopicProof", "Verification", "verify"]

Verdict = Literal["whole", "missing", "unprovable"]
"""``whole``: the exchange's numbers go on without a hole; ``missing``: some are not there; ``unprovable``: the exchange
numbers nothing on this channel, or nothing came.
"""


@attrs.frozen(kw_only=True)
class Hole:
    """Numbers that are missing: behind ``after`` and in front of ``before``, where the latter came (``at``)."""

    after: int
    before: int
    at: dt.datetime


@attrs.frozen(kw_only=True)
class Outage:
    """A time in which a link was lost: what was sent then is not here. ``until`` is None where it never came back."""

    path: str
    since: dt.datetime
    until: dt.datetime | None
    reason: str


@attrs.frozen(kw_only=True)
class TopicProof:
    """What is proved of one topic: how many pushes there are, how many chains of numbers, and the holes in them.

    A chain begins with each snapshot. Between chains nothing is proved but by the outages. ``recovered``: how many rows
    are of REST, which was asked after a loss; where it was, a chain goes on behind the loss.
    """

    path: str
    topic: Topic
    verdict: Verdict
    pushes: int
    chains: int
    holes: tuple[Hole, ...]
    recovered: int = 0

    def __str__(self) -> str:
        holes = "".join(f"\n    lacks what is between {one.after} and {one.before}, at {one.at}" for one in self.holes)
        more = f", {self.recovered} rows recovered by REST" if self.recovered else ""
        return f"{self.path} {self.topic}: {self.verdict}, {self.pushes} pushes in {self.chains} chains{more}{holes}"


@attrs.frozen(kw_only=True)
class Verification:
    """The outcome of ``Recording.verify()``; it prints as a report.

    ``missed``: what the recorder could not keep, and where files are cut off. ``is_whole``: no topic lacks anything
    that can be proved, nothing was missed, no link was lost, and the recorder was stopped and did not die.
    """

    topics: tuple[TopicProof, ...]
    outages: tuple[Outage, ...]
    missed: tuple[MissedMessages, ...]
    is_ended: bool

    @property
    def is_whole(self) -> bool:
        """True when nothing is known to be missing."""
        has_holes = any(one.verdict == "missing" for one in self.topics)
        return self.is_ended and not (has_holes or self.outages or self.missed)

    def __str__(self) -> str:
        lines = [str(one) for one in self.topics]
        lines += [
            f"{one.path} was lost from {one.since} to {one.until or 'the end'}: {one.reason}" for one in self.outages
        ]
        for one in self.missed:
            number = "an unknown number of" if one.frames is None else one.frames
            lines.append(f"{number} messages are missing at {one.at}: {one.reason}")
        if not self.is_ended:
            lines.append("the recorder was not stopped: what came last may be missing")
        return "\n".join([*lines, "whole" if self.is_whole else "not whole"])


class _Chain:
    """The numbers of one topic."""

    def __init__(self) -> None:
        self.last: int | None = None
        self.pushes = self.chains = self.recovered = 0
        self.is_numbered = False
        self.holes: list[Hole] = []

    def take(self, dialect: Dialect, push: Push, at: int) -> None:
        """Take in a push."""
        if push.message.get("recovered") is True:
            self.recovered += len(push.rows)
        else:
            self.pushes += 1
        span = dialect.numbers(push)
        if span is None:
            return
        self.is_numbered = True
        previous, this = span
        if previous is None or self.last is None:
            self.chains += 1
        elif previous != self.last and not previous < self.last <= this:
            self.holes.append(Hole(after=self.last, before=this, at=time_of(at)))
        self.last = this

    def break_off(self) -> None:
        """Begin a new chain: the link was lost, which is told as an outage."""
        self.last = None

    @property
    def verdict(self) -> Verdict:
        """What is proved."""
        if not self.is_numbered:
            return "unprovable"
        return "missing" if self.holes else "whole"


def verify(recording: RecordedMessages) -> Verification:
    """Prove what can be proved of a recording; see ``Recording.verify``."""
    words = words_of(recording.head)
    subscribed, held = recording.noted_topics()
    chains = {(path, topic): _Chain() for path, topics in subscribed.items() for topic in topics}
    links = _Links()
    missed: list[MissedMessages] = []
    is_ended = False
    for found in delivered(recording, words):
        entry = found.entry
        is_ended = entry.kind is EntryKind.END
        if found.push is not None and found.topic is not None:
            chains[found.path, found.topic].take(words.dialect, found.push, entry.at)
        elif entry.kind is EntryKind.MISSED:
            missed.append(missed_of(entry))
        elif found.push is None and entry.kind is EntryKind.STATE and links.note(entry):
            for (path, topic), chain in chains.items():
                if path == found.path and topic not in held.get(path, ()):
                    chain.break_off()
    proofs = (
        TopicProof(
            path=path,
            topic=topic,
            verdict=chain.verdict,
            pushes=chain.pushes,
            chains=chain.chains,
            holes=tuple(chain.holes),
            recovered=chain.recovered,
        )
        for (path, topic), chain in chains.items()
    )
    return Verification(topics=tuple(proofs), outages=tuple(links.outages()), missed=tuple(missed), is_ended=is_ended)


class _Links:
    """The losses of links."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], tuple[int, str]] = {}
        self._over: list[Outage] = []

    def note(self, entry: Entry) -> bool:
        """Take in a state event; True when a link was lost."""
        assert entry.source is not None
        told, key = orjson.loads(entry.data), (entry.source.path, entry.source.shard)
        if told["kind"] == "lost":
            self._open.setdefault(key, (entry.at, str(told.get("reason", ""))))
            return True
        if told["kind"] == "restored" and key in self._open:
            since, reason = self._open.pop(key)
            self._over.append(_outage(key[0], since, entry.at, reason))
        return False

    def outages(self) -> Iterator[Outage]:
        """Return all of them, those that did not end last."""
        yield from self._over
        for (path, _), (since, reason) in self._open.items():
            yield _outage(path, since, None, reason)


def _outage(path: str, since: int, until: int | None, reason: str) -> Outage:
    return Outage(path=path, since=time_of(since), until=None if until is None else time_of(until), reason=reason)
