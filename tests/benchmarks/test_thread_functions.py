"""The ways through the client stay short: how many functions, in how many files, one call passes through."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.thread_functions import run

# Functions and files: these numbers only shrink. They were 80, 76 and 228 once. Most of what is new since is in a
# recovery the learning of fields (8), in a drop who runs callbacks (8), in a subscribe the choice of a socket (6),
# and in both calls how long things take (1 and 2).
MOST = {"subscribe": (53, 30), "cancel": (52, 25), "drop": (148, 46), "recovery": (152, 53)}
_WALKS = 6  # at most: what a client does every few seconds may fall into one, and is no part of the way


@pytest.fixture(scope="module")
def walked() -> dict[str, Any]:
    """All ways, each as short as one of a few walks found it."""
    shortest = run()
    for _ in range(_WALKS - 1):
        if all(len(shortest[way]) <= functions for way, (functions, _) in MOST.items()):
            break
        shortest = {way: min(found, shortest[way], key=len) for way, found in run().items()}
    return shortest


@pytest.mark.parametrize("way", MOST)
def test_a_way_stays_short(walked: dict[str, Any], way: str) -> None:
    """Whoever makes one longer should know it."""
    found = walked[way]
    functions, files = MOST[way]
    assert 0 < len(found) <= functions, found
    assert len({file for file, _ in found}) <= files, found


def test_the_ways_are_those_of_the_client(walked: dict[str, Any]) -> None:
    """The call itself is counted, on its thread; the paper exchange is not."""
    assert ("live/stream_client.py", "StreamClient.subscribe") in walked["subscribe"]
    assert ("state/orders/order_handle.py", "OrderHandle.cancel") in walked["cancel"]
    assert ("delivery/recovery_buffer.py", "RecoveryBuffer.hold") in walked["drop"]
    assert ("delivery/recovery_buffer.py", "RecoveryBuffer.release") in walked["recovery"]
    assert not [file for found in walked.values() for file, _ in found if file.startswith("paper/")]
