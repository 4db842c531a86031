"""What is counted inside the process of a client, and how its figures are told."""

from __future__ import annotations

import array
import resource
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.load.server import sent_at

__all__ = ["Meter", "Window", "cpu_s"]


class Window:
    """What happened between two moments: messages, seconds and this process's CPU."""

    def __init__(self, count: Callable[[], int]) -> None:
        self._count = count
        self._begin = (time.monotonic(), cpu_s(), count())

    def figures(self) -> dict[str, float]:
        """``per_s``: messages a second; ``cpu_us``: CPU for each, microseconds, of all threads; ``cores``: how many
        were busy with it: with one that was, the server is not what limits a client.
        """
        began, cpu, count = self._begin
        seconds, used, messages = time.monotonic() - began, cpu_s() - cpu, self._count() - count
        each = used / messages * 1e6 if messages else float("nan")
        return {"per_s": messages / seconds, "cpu_us": each, "cores": used / seconds}


def cpu_s() -> float:
    """CPU seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Meter:
    """Counts messages, and, where they carry the moment of their sending, how long each was under way."""

    def __init__(self) -> None:
        self.count = 0
        self.delays_us = array.array("q")

    def one(self, _message: Any) -> None:
        """A message has come: the cheapest callback there is."""
        self.count += 1

    def late(self, moment: int) -> None:
        """A message that was sent at ``moment`` has come."""
        self.delays_us.append(sent_at() - moment)
        self.count += 1

    def delays(self, since: int) -> dict[str, float]:
        """Quantiles of the delays from number ``since`` on, microseconds."""
        found = sorted(self.delays_us[since:])
        if not found:
            return {}
        last = len(found) - 1
        return {f"p{name}": found[min(last, int(len(found) * part))] for name, part in _QUANTILES.items()}


_QUANTILES = {"50": 0.5, "99": 0.99, "99.9": 0.999}
