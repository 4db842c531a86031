"""``Finding`` and ``Report``: what the doctor found, as lines, as JSON and as an exit code. No secret gets in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import attrs
from rich.text import Text

from okx_sync.errors import OkxError
from okx_sync.logs import redact

__all__ = ["Finding", "Report", "Verdict"]

Verdict = Literal["ok", "warn", "fail", "skip"]
"""``ok``; ``warn``: it works, and may hurt one day; ``fail``: it does not work; ``skip``: it could not be looked at."""

_COLORS = {"ok": "green", "warn": "yellow", "fail": "red", "skip": "dim"}


def _clean(text: str) -> str:
    return " ".join(redact(text).split())


@attrs.frozen
class Finding:
    """One line of the report: what was looked at, the verdict, what was seen, and what to do about it."""

    what: str
    verdict: Verdict
    seen: str = attrs.field(converter=_clean)
    cure: str = attrs.field(default="", converter=_clean)

    def line(self) -> Text:
        """Draw the line; the cure stands below it."""
        text = Text.assemble(
            (f"{self.verdict:<5}", _COLORS[self.verdict]), (f"{self.what:<20}", "bold"), " ", self.seen
        )
        if self.cure:
            text.append(f"\n      cure: {self.cure}", "yellow" if self.verdict != "fail" else "red")
        return text


class Report:
    """The findings, in the order in which they were made.

    Args:
        tell: is called with each finding as it is made.
    """

    def __init__(self, tell: Callable[[Finding], object]) -> None:
        self.findings: list[Finding] = []
        self._tell = tell

    def add(self, what: str, verdict: Verdict, seen: str, cure: str = "") -> None:
        """Note a finding."""
        finding = Finding(what, verdict, seen, cure)
        self.findings.append(finding)
        self._tell(finding)

    def add_error(self, what: str, error: OkxError, cure: str = "", verdict: Verdict = "fail") -> None:
        """Note an error; the cure is the given one, else the error's own hint."""
        text = f"[{error.code}] {error.message}" if error.code else error.message
        self.add(what, verdict, text, cure or error.hint or "")

    def count(self, verdict: Verdict) -> int:
        """Count the findings of a verdict."""
        return sum(one.verdict == verdict for one in self.findings)

    def has_failed(self, *whats: str) -> bool:
        """Tell whether one of these failed."""
        return any(one.verdict == "fail" and one.what in whats for one in self.findings)

    def documents(self) -> Iterator[dict[str, Any]]:
        """Give the findings as plain mappings."""
        return (attrs.asdict(one) for one in self.findings)
