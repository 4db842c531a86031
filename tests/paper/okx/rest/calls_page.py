"""The page of the documents about OKX's REST calls on the paper exchange.

`python -m tests.paper.okx.rest.calls_page` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from okx_sync.paper.okx.rest.call import EXAMPLE, REFUSED, TRUE, RestEndpoint
from okx_sync.paper.okx.rest.router import ENDPOINTS

PAGE = Path(__file__).parents[4] / "docs" / "paper-calls.md"
_PREFIX = "/api/v5/"
_INTRODUCTION = """# What OKX's REST calls do on the paper exchange

A call is answered from the market and the accounts of the paper exchange, or with an example: the documented fields
with plausible values, marked by the header `x-paper-example: 1`. A call that is to change something which the paper
exchange does not have is refused (50062), since an answer would say that it was done.
`PaperExchange(examples=True)` answers those with an example, too: for tests of whether a program can make the call and
read the answer.

This page is written by `python -m tests.paper.okx.rest.calls_page`.
"""
_PARTS = (
    (TRUE, "Answered from the market and the accounts"),
    (EXAMPLE, "Answered with an example"),
    (REFUSED, "Refused, or answered with an example with `examples=True`"),
)


def page() -> str:
    """The page of the documents."""
    parts = [_INTRODUCTION]
    for kind, title in _PARTS:
        found = sorted((one for one in ENDPOINTS.values() if one.kind == kind), key=lambda one: (one.path, one.method))
        parts += [f"## {title}\n", f"{len(found)} calls.\n", _lines(found)]
    return "\n".join(parts)


def _lines(endpoints: Iterable[RestEndpoint]) -> str:
    lines = []
    for group, found in groupby(endpoints, key=lambda one: one.path.removeprefix(_PREFIX).split("/")[0]):
        lines += [f"- {group}", *(f"    - `{one.method} {one.path}`" for one in found)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
