"""OKX's rule book: the subjects of its facts, and the readings of them that can be chosen."""

from __future__ import annotations

import ast
from itertools import pairwise

from okx_sync.paper import PaperRules
from tests.paper.rules.register import HERE, RuleBook, Subject

RULES = HERE.parents[2] / "okx_sync" / "paper" / "rules.py"


_CHOICES = """## Choices where the documents of margin and loans are silent

- An isolated position on a spot pair is backed as in OKX's example: a long one by coins, a short one by quote currency.
  The newer setting, in which either currency backs both, is refused.
- What is owed needs 2 % of maintenance margin, as in that example, in one tier; leverage goes up to 10, and nothing but
  the margin limits a loan.
- A position on margin ends when its debt is repaid. What is left of it becomes the account's, in its own currency; a
  long cross position that has sold all its coins before takes the rest from the account, at the mark price.
- Where several currencies are margin together, the discounts are the venue's own numbers, which REST lists; a loan that
  is repaid by force is paid at the index price, with what the account has most of.
- A conversion is quoted at the best price for ten seconds. A quote that has run out is answered with the state
  `rejected`. A small balance is one below ten dollars, and a repayment with another coin is at the index price.
- The types of the bills of conversions, repayments and loans by hand are not on OKX's pages of today.
"""


def _closing() -> str:
    """What ends the page."""
    return _CHOICES + "\n" + _readings()


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
    closing=_closing,
)
