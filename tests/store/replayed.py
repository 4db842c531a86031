"""What a replay gives, as one number: equal only when each object is, to its last digit, and their order.

    python -m tests.store.replayed FOLDER

plays a recording twice with everything subscribed that it holds, and ends with 1 when the two differ.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import attrs

from okx_sync import BitgetReplayClient, BybitReplayClient, Recording, ReplayClient, StateEvent

__all__ = ["Replayed", "replayed"]

CLIENTS: dict[str, type[Any]] = {"okx": ReplayClient, "bybit": BybitReplayClient, "bitget": BitgetReplayClient}


@attrs.frozen
class Replayed:
    """The outcome of a replay: objects by channel, how many of them REST had recovered, and what was told of links.

    ``digest`` is of all objects in their order, across channels and paths.
    """

    digest: str
    objects: dict[str, int]
    recovered: int
    events: dict[str, int]


class _Listener:
    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.objects: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.recovered = 0

    def take(self, channel: str, row: Any) -> None:
        is_recovered = bool(getattr(row, "recovered", False))
        self.recovered += is_recovered
        self.objects[channel] += 1
        deep = f"{channel} {is_recovered} {row!r} {getattr(row, 'extra', None)!r}\n"
        self.hash.update(deep.encode())

    def state(self, event: StateEvent) -> None:
        if event.kind in ("lost", "restored", "gap"):
            self.events[event.kind] += 1


def replayed(folder: Path) -> Replayed:
    """Play a recording as fast as it goes, with all of its topics."""
    recording, heard = Recording(folder), _Listener()
    with CLIENTS[recording.exchange](folder, speed="max") as client:
        client.on_state(heard.state)
        for path, topics in recording.topics().items():
            for topic in topics:
                client.subscribe(
                    topic.channel,
                    callback=lambda row, channel=topic.channel: heard.take(channel, row),
                    inline=True,
                    path=path,
                    **dict(topic.args),
                )
        assert client.play()
        client.close()
    return Replayed(heard.hash.hexdigest(), dict(heard.objects), heard.recovered, dict(heard.events))


def main(folder: Path) -> int:
    """Play it twice."""
    stats = Recording(folder).stats()
    sys.stdout.write(f"{stats.frames} messages from {stats.first} to {stats.last}, {stats.size} bytes\n")
    first, second = replayed(folder), replayed(folder)
    sys.stdout.write(f"{first}\n{'identical' if first == second else f'not identical: {second}'}\n")
    return int(first != second)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
