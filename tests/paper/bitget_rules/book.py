"""Bitget's rule book: the subjects of its facts, and which of them only one of the two APIs has."""

from __future__ import annotations

from tests.paper.rules.register import RuleBook, Subject

BOOK = RuleBook(
    "Bitget",
    folder="bitget_rules",
    page="paper-rules-bitget.md",
    examples="a stop on the wrong side of the price, a closing order above the position, a changed order with a new id",
    readings=", said here",
    subjects=(
        Subject("Placing orders", 1, 32),
        Subject("Take profit and stop loss", 33, 45),
        Subject("Changing, cancelling, closing", 46, 60),
        Subject("Account, leverage, margin, liquidation", 61, 76),
        Subject("The life of an order, pushes, fees, access", 77, 90),
        Subject("Trigger orders, and what fires", 91, 95),
    ),
)
#: Facts of V2 (classic futures) that V3 (unified accounts) does not have, or says nothing of; and the other way round.
ONLY_V2 = frozenset({49, 59, 62, 63, 84})
ONLY_V3 = frozenset({4, 60})
