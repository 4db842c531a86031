"""Bybit's rule book: the subjects of its facts."""

from __future__ import annotations

from tests.paper.rules.register import RuleBook, Subject

BOOK = RuleBook(
    "Bybit",
    folder="bybit_rules",
    page="paper-rules-bybit.md",
    examples="a price beyond the band, a stop on the wrong side, a position closed while its take profit waits",
    readings="",
    subjects=(
        Subject("Placing: size, price, money", 1, 38),
        Subject("Conditional orders, take profit and stop loss", 39, 62),
        Subject("Amending, canceling, batches", 63, 79),
        Subject("Position, leverage, margin", 80, 91),
        Subject("Funding and fees", 92, 96),
        Subject("Order life and pushes", 97, 105),
        Subject("Requests that are turned down before they are read", 106, 112),
    ),
)
