"""What a recording of a client holds, as a server sends it again: messages with their wire, path and topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import orjson

from okx_sync.paper.server.channel_spec import topic_name
from okx_sync.paper.server.replay import RecordedFrame, data_topic

_NS_OF_S = 1_000_000_000
#: The topic of a message at its beginning, where it need not be read whole.
_HEAD = re.compile(
    rb'^\{\s*(?:"action":\s*"\w+",\s*)?"(?:arg":\s*(?P<arg>\{[^{}]*\}),\s*"(?:data|action|ts)|topic":\s*"(?P<topic>[^"\\]+)",\s*"(?:data|type|ts))"'
)
_TIME = re.compile(rb'("(?:T|E|ts|cts|start|end|timestamp|\w*[Tt]ime)":\s*"?)(1\d{12})(?=["\s,}\]])')
_CANDLE_TIME = re.compile(rb'(\[\s*"?)(1\d{12})(?=["\s,\]])')


class RecordedMarket(Protocol):
    """A recording, as `okx_sync.Recording` is one. `head` says of which `protocol` and `category` it is."""

    head: dict[str, Any]

    @property
    def exchange(self) -> str:
        """`okx`, `bybit` or `bitget`."""

    def wire_messages(self) -> Iterator[tuple[int, str, bytes | None]]:
        """Go through it: when (ns), on which path, and the message; None where the link of the path was lost."""


class PlayedRecording:
    """The frames of a recording, read as they are played. `topics`: those that have one."""

    def __init__(self, recording: RecordedMarket) -> None:
        self._recording = recording
        self._heads: dict[bytes, str] = {}
        self._wire, self._paths = _place(recording.exchange, recording.head)
        self.topics = {frame.topic for frame in self if frame.topic}

    def __iter__(self) -> Iterator[RecordedFrame]:
        first: int | None = None
        for at, path, text in self._recording.wire_messages():
            first = at if first is None else first
            seconds = max(0, at - first) / _NS_OF_S
            place = (self._wire, self._paths.get(path, ""))
            if text is None:
                yield RecordedFrame(seconds, "", b"", *place)
            elif topic := self._topic(text):
                yield RecordedFrame(seconds, topic, text, *place)

    @property
    def began_ms(self) -> int:
        """The time of its first message; 0 when there is none."""
        return next((at for at, *_ in self._recording.wire_messages()), 0) // 1_000_000

    def _topic(self, text: bytes) -> str:
        found = _HEAD.match(text)
        if found is None:
            return data_topic(text)
        head = found.group()
        if head not in self._heads:
            arg, topic = found.group("arg"), found.group("topic")
            self._heads[head] = topic_name({"topic": topic.decode()} if arg is None else orjson.loads(arg))
        return self._heads[head]


def shifted(frame: RecordedFrame, by_ms: int) -> bytes:
    """Return the text of a frame with its times moved: see `docs/recording.md` for which those are."""

    def move(found: re.Match[bytes]) -> bytes:
        return b"%s%d" % (found[1], int(found[2]) + by_ms)

    text = _TIME.sub(move, frame.text)
    return _CANDLE_TIME.sub(move, text) if "candle" in frame.topic.lower() else text


def _place(exchange: str, head: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Return the wire's name, and our names of its paths where a topic alone does not tell them."""
    if exchange == "bitget":
        return f"bitget {head['protocol']}", {}
    if exchange == "bybit" and head["protocol"] == "v5":
        return "bybit", {"public": f"v5/public/{head['category']}", "private": "v5/private"}
    return exchange, {}
