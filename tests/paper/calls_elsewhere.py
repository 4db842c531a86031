"""What Bybit's and Bitget's REST calls do on the paper exchange; OKX's have a page of their own.

`python -m tests.paper.calls_elsewhere` writes the page of the documents anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

from okx_sync.paper.bitget.rest import account_examples, market_examples
from okx_sync.paper.bitget.rest.router import ENDPOINTS as BITGET
from okx_sync.paper.bybit.rest.router import ENDPOINTS as BYBIT

PAGE = Path(__file__).parents[2] / "docs" / "paper-calls-elsewhere.md"
Call = tuple[str, str]
TABLES: dict[str, Iterable[Call]] = {"Bybit": BYBIT, "Bitget": BITGET}
PREFIXES = {"Bybit": "/v5/", "Bitget": "/api/"}
EXAMPLES: dict[str, set[Call]] = {
    "Bybit": set(),
    "Bitget": {(one.method, one.path) for part in (account_examples, market_examples) for one in part.ENDPOINTS},
}
#: Settings that an account keeps and tells of, while no money is reckoned otherwise for it.
SETTINGS: dict[str, tuple[str, ...]] = {
    "Bybit": (
        "account/set-collateral-switch",
        "account/set-collateral-switch-batch",
        "account/set-delta-mode",
        "spot-margin-trade/switch-mode",
        "spot-margin-trade/set-leverage",
    ),
    "Bitget": (
        "v2/spot/wallet/modify-deposit-account",
        "v3/account/adjust-account-mode",
        "v3/account/set-collateral-type",
        "v3/account/deposit-account",
    ),
}
TRUE, EXAMPLE, KEPT = "answered from the market and the accounts", "answered with an example", "kept as a setting"

_INTRODUCTION = """# What Bybit's and Bitget's REST calls do on the paper exchange

A call is answered from the market and the accounts of the paper exchange, or, where it only reads what is not there,
with an example, marked by the header `x-paper-example: 1`. No call that is to change something is answered with an
example: what is not carried out (loans, portfolio margin, margin that is added by itself...) is refused by a text that
says so. Some settings are kept and told of, and no money is reckoned otherwise for them: they are listed for
themselves. OKX's calls are in [paper-calls.md](paper-calls.md).

This page is written by `python -m tests.paper.calls_elsewhere`.
"""


def calls(exchange: str) -> dict[str, set[Call]]:
    """The calls of an exchange by what they do."""
    kept = {("POST", PREFIXES[exchange] + path) for path in SETTINGS[exchange]}
    made_up = EXAMPLES[exchange]
    return {TRUE: set(TABLES[exchange]) - made_up - kept, EXAMPLE: made_up, KEPT: kept}


def page() -> str:
    """The page of the documents."""
    parts = [_INTRODUCTION]
    for exchange in TABLES:
        for title, found in calls(exchange).items():
            parts += [f"## {exchange}: {title}\n", f"{len(found)} calls.\n"]
            parts += ["\n".join(["```text", *_lines(found, PREFIXES[exchange]), "```\n"])] if found else []
    return "\n".join(parts)


def _lines(found: Iterable[Call], prefix: str) -> list[str]:
    """A paragraph for each group of paths and each method."""
    groups: dict[Call, list[str]] = {}
    for method, path in sorted(found):
        parts = path.removeprefix(prefix).split("/")
        cut = 2 if parts[0] in ("v2", "v3") else 1
        groups.setdefault(("/".join(parts[:cut]), method), []).append("/".join(parts[cut:]))
    return [
        line
        for (group, method), paths in sorted(groups.items())
        for line in wrap(
            f"{method} {prefix}{group}/ {' '.join(paths)}", 116, subsequent_indent="    ", break_on_hyphens=False
        )
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
