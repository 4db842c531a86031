"""Error codes of an exchange: which class of error, whether the same call may work later, what cures it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from attrs import frozen

from okx_sync import logs
from okx_sync.errors import (
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxRateLimitError,
    OkxWebSocketError,
    SubscriptionError,
)
from okx_sync.exchanges.spelling import hint_at_name
from okx_sync.protocol.dialect import LoginVerdict, SubscribeVerdict

if TYPE_CHECKING:
    from okx_sync.rest import dialect as rest

__all__ = ["Again", "CodeRow", "CodeTable", "Kind", "Rule"]

Kind = Literal["api", "auth", "rate", "ws"]
Again = Literal["no", "later", "read", "unknown", "not-done"]
CodeRow: TypeAlias = tuple[str, Kind, Again, str]
"""Codes (``"50103 50104"``, ``"51300-51308"``), and the three fields of their rule."""


@frozen
class Rule:
    """The meaning of a code.

    ``again``: ``"no"`` the same call fails again; ``"later"`` it may work when things have changed;
    ``"read"`` a reading call may be repeated at once; ``"not-done"`` also a writing call, since it was
    refused before anything happened; ``"unknown"`` nobody knows whether the call was carried out.
    """

    kind: Kind
    again: Again
    hint: str


_AGAIN: Final = ("later", "read", "not-done")
_BY_REST: Final[dict[Again, rest.Again]] = {
    "no": "no",
    "later": "no",
    "read": "read",
    "not-done": "any",
    "unknown": "unknown",
}


def _as_it_is(_name: str) -> None:
    return None


class CodeTable:
    """The error codes of one exchange.

    Args:
        rows: one or more codes each. Where two rows name the same code, the one that names fewer codes wins, so a range
            can have exceptions.
        unknown: what to say of a code that has neither a row nor a family.
        families: the general word on codes that have no row of their own.
        resync: codes of a refused login that a set clock may cure.
        recheck: codes of a refused login of which the clock is one of several possible reasons.
        relogin: codes of a refused subscription that a fresh login cures.
        closes: what the status of a close frame means.
        spell: how this exchange spells the name of an instrument that was given in another's way.
    """

    def __init__(
        self,
        rows: Iterable[CodeRow],
        *,
        unknown: Rule,
        families: Sequence[tuple[range, Rule]] = (),
        resync: Iterable[str] = (),
        recheck: Iterable[str] = (),
        relogin: Iterable[str] = (),
        closes: Mapping[int, str] | None = None,
        spell: Callable[[str], str | None] = _as_it_is,
    ) -> None:
        self.rules: dict[str, Rule] = {}
        expanded = [(_expand(spec), Rule(kind, again, hint)) for spec, kind, again, hint in rows]
        for codes, rule in sorted(expanded, key=lambda row: -len(row[0])):  # the narrowest row comes last and wins
            self.rules.update(dict.fromkeys(codes, rule))
        self._unknown = unknown
        self.families = families
        self._resync = frozenset(resync)
        self._recheck = frozenset(recheck)
        self._relogin = frozenset(relogin)
        self.closes = closes or {}
        self._spell = spell

    def rule_for(self, code: str) -> Rule:
        """Return what we know of ``code``; a cautious guess when it is new. ``51008_1000`` counts as ``51008``."""
        plain = code.partition("_")[0]
        if plain in self.rules:
            return self.rules[plain]
        number = int(plain) if plain.isdecimal() else -1
        return next((rule for family, rule in self.families if number in family), self._unknown)

    def knows(self, code: str) -> bool:
        """Tell whether a code has a row of its own."""
        return code.partition("_")[0] in self.rules

    def outcome_unknown(self, code: str) -> bool:
        """Tell whether nobody knows whether a writing call that got ``code`` was carried out."""
        return self.rule_for(code).again == "unknown"

    def safe_to_reread(self, code: str) -> bool:
        """Tell whether a reading call that got ``code`` may simply be repeated."""
        return self.rule_for(code).again in ("read", "unknown", "not-done")

    def safe_to_resend(self, code: str) -> bool:
        """Tell whether a writing call that got ``code`` was certainly not carried out and may work later."""
        return self.rule_for(code).again == "not-done"

    def again(self, code: str, status: int) -> rest.Again:
        """Decide what a refusal with ``code`` and HTTP ``status`` means for the same call."""
        if status >= 500 and code not in self.rules:
            return "unknown"
        return _BY_REST[self.rule_for(code).again]

    def error_for(
        self,
        code: str,
        message: str,
        *,
        environment: str,
        status: int | None = None,
        rows: Sequence[dict[str, Any]] = (),
        arg: Mapping[str, Any] | None = None,
    ) -> OkxError:
        """Make the error that answers ``code``, ready to raise.

        ``rows`` are the rows of a REST answer, ``arg`` the topic that a stream request was about.
        """
        rule = self.rule_for(code)
        fields: dict[str, Any] = {
            "code": logs.redact(code),
            "environment": environment,
            "retryable": rule.again in _AGAIN,
            "hint": rule.hint,
        }
        text = logs.redact(message) if message else "refused without a message"
        if arg is not None:
            fields["hint"] = " ".join(filter(None, (self.hint_at_name(arg), rule.hint)))
            return SubscriptionError(text, arg=arg, **fields)
        if rule.kind == "auth":
            return OkxAuthError(text, **fields)
        if rule.kind == "rate":
            return OkxRateLimitError(text, status=status, **fields)
        if rule.kind == "ws":
            return OkxWebSocketError(text, **fields)
        return OkxApiError(text, rows=[_without_secrets(row) for row in rows], status=status, **fields)

    def hint_at_name(self, params: Mapping[str, Any]) -> str | None:
        """See ``spelling.hint_at_name``."""
        return hint_at_name(params, self._spell)

    def login_verdict(self, code: str) -> LoginVerdict:
        """Decide about a refused stream login: give up, sync the clock and try once more, or back off."""
        if code in self._resync:
            return "resync"
        if code in self._recheck:
            return "recheck"
        rule = self.rule_for(code)
        return "fatal" if rule.kind == "auth" and rule.again == "no" else "retry"

    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        """Decide about a refused subscription: tell the caller, try again, slow down, or log in first."""
        if code in self._relogin:
            return "relogin"
        rule = self.rule_for(code)
        if rule.kind == "rate":
            return "backoff"
        return "refuse" if rule.again == "no" else "retry"

    def close_hint(self, code: int | None) -> str | None:
        """Say what a close frame's status means and what to do; None for one that needs no word."""
        return None if code is None else self.closes.get(code)


def _expand(spec: str) -> list[str]:
    codes: list[str] = []
    for part in spec.split():
        first, _, last = part.partition("-")
        if not first.isdecimal():
            codes.append(part)
            continue
        codes.extend(str(number) for number in range(int(first), int(last or first) + 1))
    return codes


def _without_secrets(row: Any) -> Any:
    """Return a row of a refusal without secrets: it may quote what it refuses."""
    if not isinstance(row, dict):
        return row
    return {name: logs.redact(value) if isinstance(value, str) else value for name, value in row.items()}
