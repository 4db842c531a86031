"""The page of error codes: what each means, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from okx_sync.exchanges.bitget import error_codes as bitget
from okx_sync.exchanges.bitget import rest_error_codes as bitget_rest
from okx_sync.exchanges.bybit import error_codes as bybit
from okx_sync.exchanges.error_codes import Again, CodeTable, Kind, Rule
from okx_sync.exchanges.okx import error_codes as okx
from okx_sync.reference_pages.markdown import MADE, by_number, cell, table

__all__ = ["PAGES"]

_TOP: Final = f"""\
# Errors and their codes

{MADE}

Every error is an `OkxError`, whatever the exchange, with `code` (the exchange's own), `message`, `environment`
("okx eea demo"), `retryable` and `hint`, the cure. `print(error)` shows all of them, and never a secret.

| class | what happened |
| --- | --- |
| `OkxApiError` | the exchange understood the call and refused it |
| `OkxAuthError` | key, passphrase, signature, clock, site or permission |
| `OkxRateLimitError`, an `OkxHttpError` | too many requests |
| `OkxHttpError` | no usable answer over HTTP |
| `OkxTimeoutError` | no answer in time |
| `OrderStatusUnknown` | an order may or may not stand: `client.reconcile(error)` looks it up, nothing sends it again |
| `SubscriptionError`, `OkxWebSocketError` | a topic was refused; another refusal on a stream |
| `ConnectionLost`, `StreamClosed` | the socket went away; it was closed on purpose |
| `MailboxOverflow`, `BookInvalid` | events are missing; a book is not the exchange's at present |
| `ConfigError` (`WrongCallError`) | the call itself is wrong; nothing was sent |
| `OrderLimitError`, `ReadOnlyError`, `DryRun`, `NotAllowedError`, `JournalError` | a catch of yours; nothing was sent |
| `CallbackError`, `DecodeError`, `RecordingError` | a callback raised; a row cannot be read; a recording cannot |

The tables have the codes that this version knows by themselves; a code that is not here gets the general word of its
range. Refused as a topic of a stream, any of them is a `SubscriptionError`.
"""
_CLASSES: Final[dict[Kind, str]] = {
    "api": "OkxApiError",
    "auth": "OkxAuthError",
    "rate": "OkxRateLimitError",
    "ws": "OkxWebSocketError",
}
_AGAIN: Final[dict[Again, str]] = {
    "no": "fails again",
    "later": "may work later",
    "read": "a reading is repeated here",
    "not-done": "was not carried out: repeated here",
    "unknown": "nobody knows; an order is `OrderStatusUnknown`",
}
_COLUMNS: Final = ("Code", "Error", "What it means and what to do", "The same call again")


def _page() -> str:
    parts = [
        _TOP,
        *_tables("## OKX", okx.TABLE),
        *_tables("## Bybit", bybit.TABLE),
        "## Bitget\n\nStreams and REST use the same numbers with different meanings.\n",
        *_tables("### REST", bitget_rest.TABLE),
        *_tables("### Streams", bitget.CODES),
        *_tables("### Streams of the seed protocol", bitget.SEED_CODES),
    ]
    return "\n".join(parts)


def _tables(title: str, codes: CodeTable) -> Iterator[str]:
    yield f"{title}\n\n{table(_COLUMNS, _rows(_grouped(codes)))}"
    if codes.families:
        families = ((f"{family[0]} to {family[-1]}", rule) for family, rule in codes.families)
        yield f"Any other code of these ranges:\n\n{table(_COLUMNS, _rows(families))}"
    if codes.closes:
        closes = ((str(status), cell(text)) for status, text in sorted(codes.closes.items()))
        yield f"Status of a close frame:\n\n{table(('Status', 'What it means and what to do'), closes)}"


def _rows(rules: Iterable[tuple[str, Rule]]) -> Iterator[tuple[str, ...]]:
    for codes, rule in rules:
        yield codes, f"`{_CLASSES[rule.kind]}`", cell(rule.hint), _AGAIN[rule.again]


def _grouped(codes: CodeTable) -> Iterator[tuple[str, Rule]]:
    """Yield the codes of each rule together, in the order of their first one."""
    by_rule: dict[Rule, list[str]] = {}
    for code, rule in sorted(codes.rules.items(), key=lambda one: by_number(one[0])):
        by_rule.setdefault(rule, []).append(code)
    for rule, same in by_rule.items():
        yield ", ".join(_ranges(same)), rule


def _ranges(codes: list[str]) -> Iterator[str]:
    """Write what follows each other by its ends."""
    runs: list[list[str]] = []
    for code in codes:
        is_next = runs and code.isdecimal() and runs[-1][-1].isdecimal() and int(code) == int(runs[-1][-1]) + 1
        if is_next:
            runs[-1].append(code)
        else:
            runs.append([code])
    for run in runs:
        yield from run if len(run) < 3 else [f"{run[0]} to {run[-1]}"]


PAGES: Final = {"error-codes.md": _page}
"""The page by its file."""
