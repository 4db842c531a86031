"""The parts that REST answers and WebSocket order replies share."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.venue.clock import PaperClock


def micros(clock: PaperClock) -> str:
    """Return the exchange's time in microseconds, as `inTime` and `outTime` print it."""
    return str(int(clock.now() * 1_000_000))


def batch_code(verdicts: Sequence[str]) -> tuple[str, str]:
    """Return the outer (code, msg) for rows with these `sCode`s: "0" none failed, "1" all, "2" some."""
    failed = sum(verdict != "0" for verdict in verdicts)
    if failed == 0:
        return "0", ""
    if failed == len(verdicts):
        return "1", "All operations failed"
    return "2", "Bulk operation partially succeeded."
