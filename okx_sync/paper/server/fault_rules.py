"""The store of armed faults: rules that the server asks at each place where something can go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class FaultRule:
    """One armed fault.

    `match` narrows it (a None matches everything), `skip` lets the first occasions pass, and
    `times` says how many occasions it then spoils (None: all, until `FaultRules.clear`).
    """

    kind: str
    match: Mapping[str, str | None] = field(default_factory=dict)
    times: int | None = None
    skip: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, facts: Mapping[str, str]) -> bool:
        """Tell whether the occasion described by `facts` is one this rule is about."""
        return all(wanted is None or facts.get(name) == wanted for name, wanted in self.match.items())


class FaultRules:
    """Armed faults by kind; used on the loop thread only."""

    def __init__(self) -> None:
        self._rules: dict[str, list[FaultRule]] = {}

    def add(self, rule: FaultRule) -> None:
        """Arm a fault."""
        self._rules.setdefault(rule.kind, []).append(rule)

    def take(self, kind: str, **facts: str) -> FaultRule | None:
        """Return the rule that spoils this occasion, used up once; None when nothing goes wrong."""
        rules = self._rules.get(kind)
        if not rules:
            return None
        for rule in rules:
            if not rule.fits(facts):
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            if rule.times is not None:
                rule.times -= 1
                if rule.times <= 0:
                    self.remove(rule)
            return rule
        return None

    def remove(self, rule: FaultRule) -> None:
        """Disarm one fault; harmless when it is used up already."""
        rules = self._rules.get(rule.kind, [])
        if rule in rules:
            rules.remove(rule)
        if not rules:
            self._rules.pop(rule.kind, None)

    def remove_kind(self, kind: str, **match: str | None) -> None:
        """Disarm the faults of one kind that were armed with exactly this match."""
        for rule in list(self._rules.get(kind, [])):
            if dict(rule.match) == match:
                self.remove(rule)

    def clear(self) -> None:
        """Disarm everything."""
        self._rules.clear()
