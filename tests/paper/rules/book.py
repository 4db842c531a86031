"""OKX's rule book: the subjects of its facts, and the readings of them that can be chosen."""

from __future__ import annotations

import ast
from itertools import pairwise

from okx_sync.paper import PaperRules
from tests.paper.rules.register import HERE, RuleBook, Subject

RULES = HERE.parents[2] / "okx_sync" / "paper" / "rules.py"


def _readings() -> str:
    """The fields of `PaperRules`, as its source explains them."""
    body = next(node for node in ast.parse(RULES.read_text("utf-8")).body if isinstance(node, ast.ClassDef)).body
    lines = ["## Readings: the fields of `PaperRules`\n"]
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            name, words = ast.unparse(field.target), " ".join(str(text.value.value).split())
            lines.append(f"- `{name}`, by default `{getattr(PaperRules(), name)}`. {words}")
    return "\n".join(lines) + "\n"


BOOK = RuleBook(
    "OKX",
    folder="rules",
    page="paper-rules.md",
    examples="a size above the position, a stop on the wrong side of the price, a client id used twice",
    readings=", most of them a field of `PaperRules`",
    subjects=(
        Subject("Plain orders: size, price, money", 1, 42),
        Subject("Order types, price limits, self trade", 43, 65),
        Subject("Amending, canceling, closing", 66, 98),
        Subject("Take profit, stop loss, other algo orders", 99, 147),
        Subject("Take profit and stop loss attached to an order", 148, 174),
        Subject("Leverage, margin, liquidation, funding", 175, 213),
        Subject("Account modes, spot margin, transfers", 214, 240),
        Subject("Pushes", 241, 258),
        Subject("Rates and maintenance", 259, 269),
    ),
    closing=_readings,
)
