"""Conversions of one coin into another at the market's price, by quotes that are good for a while."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from okx_sync.paper.venue import events
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import rounded
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row, Side, opposite

#: How long a quote can be taken.
QUOTE_MS = 10_000
#: How many quotes and conversions an account remembers.
KEPT = 1000
FILLED, REJECTED = "fullyFilled", "rejected"
#: `type` and the subtypes of the bills of a conversion, one of small balances, and a repayment: what came, what went.
CONVERTED, SMALL_CONVERTED, REPAID = ("27", "318", "319"), ("28", "236", "237"), ("29", "224", "225")
#: The least that a coin's amounts are counted in.
_UNIT = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class ConversionQuote:
    """What so much of a coin would be converted for."""

    id: str
    instrument: VenueInstrument
    side: Side
    ccy: str
    size: Decimal
    px: Decimal
    ms: int

    def amounts(self, size: Decimal) -> tuple[Decimal, Decimal]:
        """Return how much of the base and of the quote currency change hands for ``size`` of what was asked for."""
        if self.ccy == self.instrument.baseCcy:
            return size, rounded(size * self.px)
        return (size / self.px).quantize(_UNIT, ROUND_DOWN), size


@dataclass(frozen=True, slots=True)
class Conversion:
    """A conversion that was carried out, or (``state`` rejected) was not."""

    id: str
    quote: ConversionQuote
    state: str
    base: Decimal
    quoted: Decimal
    ms: int
    client_id: str = ""
    tag: str = ""


@dataclass(slots=True)
class ConversionBook:
    """The quotes that an account may still take, and its conversions, newest first."""

    quotes: dict[str, ConversionQuote] = field(default_factory=dict)
    done: deque[Conversion] = field(default_factory=lambda: deque(maxlen=KEPT))
    #: Conversions of small balances, as rows.
    small: deque[Row] = field(default_factory=lambda: deque(maxlen=KEPT))
    #: Repayments with another coin, as rows.
    repaid: deque[Row] = field(default_factory=lambda: deque(maxlen=KEPT))


class Conversions:
    """Quotes and carries out."""

    def __init__(self, engine: OrderEngine, emit: Callable[[events.VenueEvent], None]) -> None:
        self._engine = engine
        self._emit = emit
        self._next_id = 16_000_000_000
        self._books: dict[str, ConversionBook] = {}

    def book(self, account: VenueAccount) -> ConversionBook:
        """Return what an account has of quotes and conversions."""
        return self._books.setdefault(account.uid, ConversionBook())

    def pair(self, first: str, second: str) -> VenueInstrument | None:
        """Return the spot pair of two coins, whichever is named first; None where there is none."""
        for instrument in self._engine.instruments.values():
            if not instrument.is_swap and {instrument.baseCcy, instrument.quoteCcy} == {first, second}:
                return instrument
        return None

    def price(self, instrument: VenueInstrument, side: Side) -> Decimal:
        """Return what a coin is bought or sold for: the best price of the other side."""
        best = self._engine.books[instrument.instId].best_px(opposite(side))
        return instrument.px(best or self._engine.prices.fair(instrument))

    def quote(
        self, account: VenueAccount, instrument: VenueInstrument, side: Side, ccy: str, size: Decimal
    ) -> ConversionQuote:
        """Make a quote for so much of one of the pair's currencies."""
        self._next_id += 1
        name = f"quoter{instrument.instId}{self._next_id}"
        made = ConversionQuote(name, instrument, side, ccy, size, self.price(instrument, side), self._engine.ms)
        quotes = self.book(account).quotes
        quotes[name] = made
        if len(quotes) > KEPT:
            del quotes[next(iter(quotes))]
        return made

    def carry_out(
        self, account: VenueAccount, quote: ConversionQuote, size: Decimal, client_id: str, tag: str
    ) -> Conversion:
        """Convert by a quote, which is taken by it; one that has run out is rejected, and nothing moves."""
        book, ms = self.book(account), self._engine.ms
        del book.quotes[quote.id]
        self._next_id += 1
        state = FILLED if ms - quote.ms <= QUOTE_MS else REJECTED
        base, quoted = quote.amounts(size)
        made = Conversion(f"trader{self._next_id}", quote, state, base, quoted, ms, client_id, tag)
        book.done.appendleft(made)
        if state == FILLED:
            paid, got = (quoted, base) if quote.side == "buy" else (base, quoted)
            instrument = quote.instrument
            ccys = (instrument.quoteCcy, instrument.baseCcy)
            given, taken = ccys if quote.side == "buy" else ccys[::-1]
            self.exchange(account, {given: paid}, taken, got, CONVERTED)
        return made

    def exchange(
        self, account: VenueAccount, given: dict[str, Decimal], taken: str, got: Decimal, kind: tuple[str, str, str]
    ) -> None:
        """Move money: what is given goes, and something else comes for it."""
        settlement, ms = self._engine.settlement, self._engine.ms
        for ccy, amount in given.items():
            settlement.move(account, ccy, -amount, ms, type=kind[0], subType=kind[2])
        settlement.move(account, taken, got, ms, type=kind[0], subType=kind[1])
        self._emit(events.BalanceChanged(account, "filled", (*given, taken)))
