"""One side of an order book: price levels found by the text of their price, and kept in order.

Most of what comes is a new size for a level that is there: one dict lookup finds it, and no number is made of it before
somebody reads the level. A level that goes leaves its place in the order empty (``None``), as near the best price the
same prices come back again and again; the places are swept when many are empty, and none is left in front of the best
level. So only a price that is new is searched for in the order.

Floats decide nothing here that anybody can see. One is made of a price to sort by and one of a size as a sieve, since
both are several times faster than the exact numbers, and both keep to a rule that makes them safe:

- A float of a price is the nearest to it, so of two prices the higher one never has the lower float. Two floats that
  differ are in the right order; where they are equal, the exact prices decide, for they may be one price in two
  spellings (``"1.0"`` and ``"1.00"``) or two prices closer to each other than floats can tell.
- A text that is a finite float other than zero is a number like that for ``Decimal`` as well. Every other text (zeros,
  what is too large or too small for a float, what is no number at all) is looked at as a ``Decimal``.

What is read is made of the texts: prices and sizes are ``Decimal``, never float.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import compress, islice
from math import inf, isfinite, nan
from operator import not_
from typing import Any, Final, NamedTuple, TypeAlias

__all__ = ["Level", "Rows", "Side"]

Rows: TypeAlias = Sequence[Sequence[Any]]
"""Levels as on the wire: ``[price, size, ...]`` in text; with three or more columns the last one counts the orders."""

_ZERO: Final = Decimal(0)
_FEW: Final = 16


class Level(NamedTuple):
    """One price level. ``size``: contracts, or base currency on spot; ``orders``: how many rest there, if told."""

    price: Decimal
    size: Decimal
    orders: int | None = None


class Side:
    """One side of a book, iterated best price first. See the module for how it is kept."""

    __slots__ = ("_is_bids", "_known", "_most", "_rows", "_sign", "_texts", "keys")

    def __init__(self, *, is_bids: bool) -> None:
        self._is_bids = is_bids
        self._rows: dict[str, Sequence[Any] | None] = {}  # by the text of the price; None: the level has gone
        self._most = _FEW  # so many places there may be before the empty ones are swept
        # Level i has the price texts[i] and the sort key keys[i]. The best one is last, on both sides: most changes
        # are near the best, and what is behind them in a list has to move. The last one has not gone.
        self.keys: list[float] = []
        self._texts: list[str] = []
        self._sign = 1.0 if is_bids else -1.0
        # Levels that were read, by the text of the price, each with the row it is of. Another row means another level,
        # so that whoever puts rows need not care; and who reads again gets most of them ready-made.
        self._known: dict[str, tuple[Sequence[Any], Level]] = {}

    def __len__(self) -> int:
        return len(self._rows) - [*self._rows.values()].count(None)

    def __iter__(self) -> Iterator[Level]:
        rows, known = self._rows, self._known
        if len(known) > 2 * len(rows):
            known.clear()  # most of it is of levels that have gone
        for text in reversed(self._texts):
            row = rows[text]
            if row is None:
                continue
            one = known.get(text)
            if one is None or one[0] is not row:
                one = known[text] = row, Level(Decimal(text), Decimal(row[1]), _orders(row))
            yield one[1]

    def rows(self, n: int) -> list[Sequence[Any]]:
        """Return the wire rows of the ``n`` best levels, best first."""
        held = self._rows
        return [*islice((row for text in reversed(self._texts) if (row := held[text]) is not None), n)]

    def clear(self) -> None:
        """Forget every level."""
        self._rows.clear()
        self.keys.clear()
        self._texts.clear()
        self._known.clear()
        self._most = _FEW

    def put(self, rows: Rows) -> None:
        """Set and delete levels, in order.

        Raises ``ValueError``, ``TypeError`` or ``ArithmeticError`` at a row that is not one; rows before it are
        applied.
        """
        if not self._texts and self._fill(rows):
            return
        held, keys, texts = self._rows, self.keys, self._texts
        try:
            for row in rows:  # one loop without a call of ours: levels are most of what a book costs
                text, amount = row[0], row[1]
                if type(text) is not str or type(amount) is not str:  # a JSON float has lost digits already
                    raise TypeError(f"price and size must be text: {row!r}")
                try:
                    level = row if amount != "0" and (0.0 < float(amount) < inf or _is_size(amount)) else None
                except ValueError:
                    level = row if _is_size(amount) else None
                if text in held:
                    held[text] = level
                    continue
                try:
                    key = float(text) * self._sign
                except ValueError:
                    key = nan
                index = bisect_left(keys, key)
                if not key or not -inf < key < inf or (index < len(keys) and keys[index] == key):
                    self._put_exactly(text, level)
                elif level is not None:  # else one that we never had
                    keys.insert(index, key)
                    texts.insert(index, text)
                    held[text] = level
        finally:
            while texts and held[texts[-1]] is None:
                del held[texts.pop()], keys[-1]
            if len(texts) > self._most:
                self._sweep()

    def _sweep(self) -> None:
        """Take all empty places away."""
        held, texts = self._rows, self._texts
        there = [held[text] is not None for text in texts]
        for text in compress(texts, map(not_, there)):
            del held[text]
        texts[:] = compress(texts, there)
        self.keys[:] = compress(self.keys, there)
        self._most = 2 * len(texts) + _FEW

    def _fill(self, rows: Rows) -> bool:
        """Set all levels of an empty side with one sort. False, and nothing done, where a row needs a closer look."""
        try:
            held: dict[str, Sequence[Any] | None] = {row[0]: row for row in rows}
            amounts = [row[1] for row in rows]
            if {*map(type, held), *map(type, amounts)} != {str}:
                return False
            sign = self._sign
            texts = {float(text) * sign: text for text in held}
            if not all(0.0 < float(amount) < inf for amount in amounts):
                return False
        except (ValueError, TypeError, LookupError):
            return False
        if len(texts) != len(amounts) or 0.0 in texts or not all(map(isfinite, texts)):
            return False
        self._rows = held
        self.keys = sorted(texts)
        self._texts = [texts[key] for key in self.keys]
        self._most = 2 * len(held) + _FEW
        return True

    # -- where floats cannot tell: as exact as it is slow, and rare ----------------------------------------------------

    def _put_exactly(self, text: str, row: Sequence[Any] | None) -> None:
        """Set a level, or delete it (None). A price that is held may have another spelling ("1.0" and "1.00")."""
        price = Decimal(text)
        if row is not None and not price.is_finite():
            raise ValueError(f"not a price: {text!r}")
        index, is_there = self._find(price)
        if is_there:
            del self._rows[self._texts[index]], self._texts[index], self.keys[index]
        if row is not None:
            self.keys.insert(index, float(price) * self._sign)
            self._texts.insert(index, text)
            self._rows[text] = row

    def _find(self, price: Decimal) -> tuple[int, bool]:
        """Return where a price is, or would be, and whether it is there."""
        index = bisect_left(self._texts, self._order(price), key=self._order)
        return index, index < len(self._texts) and Decimal(self._texts[index]) == price

    def _order(self, price: str | Decimal) -> Decimal:
        """Return a number that grows from the worst price to the best. Not ``-price``, which would round it."""
        exact = Decimal(price)
        return exact if self._is_bids else exact.copy_negate()


def _is_size(amount: str) -> bool:
    """Tell exactly whether a size is above zero; zero may have any spelling. Raises for anything else."""
    size = Decimal(amount)
    if size > _ZERO and size.is_finite():
        return True
    if size == _ZERO:
        return False
    raise ValueError(f"not a size: {amount!r}")


def _orders(row: Sequence[Any]) -> int | None:
    try:
        return int(row[-1]) if len(row) > 2 else None
    except (ValueError, TypeError):  # a count is not worth losing a book for
        return None
