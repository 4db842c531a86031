"""Where a secret could show: every frame of a traceback outside the tests, with its local variables."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

TESTS = str(Path(__file__).parent)


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it hangs on to, suppressed or not."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.append(current)
        yield current
        waiting += [other for other in (current.__cause__, current.__context__) if other is not None]


def everything_shown(error: BaseException) -> str:
    """Texts, reprs, notes and frames with local variables; frames of the tests themselves are left out."""
    parts: list[str] = []
    for current in chain(error):
        parts += [str(current), repr(current), repr(vars(current))]
        frames = traceback.StackSummary.extract(traceback.walk_tb(current.__traceback__), capture_locals=True)
        parts += [str(frame.locals) for frame in frames if not frame.filename.startswith(TESTS)]
    return "\n".join(parts)
