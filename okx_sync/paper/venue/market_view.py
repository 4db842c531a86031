"""The public face of the venue: every market data row, made from the present state."""

from __future__ import annotations

from okx_sync.paper.venue import market_rows
from okx_sync.paper.venue.candles import BuiltCandle, CandleBook
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.risk import Risk
from okx_sync.paper.venue.spreads import Spreads
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import WireRules

#: Open interest beside that of accounts, in lots.
ANONYMOUS_INTEREST = 2_600_000


class VenueMarketView:
    """Row makers for market data. Unknown instruments raise KeyError."""

    clock: PaperClock
    instruments: dict[str, VenueInstrument]
    prices: Prices
    engine: OrderEngine
    risk: Risk
    spreads: Spreads
    _status: Row

    def book(self, instId: str) -> MatchingBook:
        """Return the matching book; its ``version`` is the wire's ``seqId``."""
        return self.engine.books[instId]

    def instId_of(self, code: int) -> str | None:  # noqa: N802 - the exchange's own word
        """Return the instrument of an ``instIdCode``, or None."""
        return next((i.instId for i in self.instruments.values() if i.instIdCode == code), None)

    def instrument_row(self, instId: str) -> Row:
        """Return the row of public/instruments and ``instruments``."""
        return self.instruments[instId].row()

    def ticker_row(self, instId: str) -> Row:
        """Return the row of market/ticker and ``tickers``."""
        engine = self.engine
        return market_rows.ticker_row(
            self.instruments[instId], engine.tapes[instId], engine.books[instId], self.clock.now_ms()
        )

    def mark_price_row(self, instId: str) -> Row:
        """Return the row of public/mark-price and ``mark-price``."""
        instrument = self.instruments[instId]
        return market_rows.mark_price_row(instrument, self.prices.mark(instrument), self.clock.now_ms())

    def index_ids(self) -> list[str]:
        """Return the indexes there are, like ``BTC-USDT``; to each of USDT there is one of USD, with the same price."""
        names = list(self.prices.indexes)
        return names + [name.removesuffix("T") for name in names if name.endswith("-USDT")]

    def index_ticker_row(self, instId: str) -> Row:
        """Return the row of market/index-tickers and ``index-tickers``; ``instId`` is the index."""
        instrument = self._of_index(instId)
        candles, price = self.prices.indexes[instrument.uly], self.prices.index(instrument)
        row = market_rows.index_ticker_row(instrument, price, candles, self.clock.now_ms())
        return {**row, "instId": instId}

    def _of_index(self, index: str) -> VenueInstrument:
        for instrument in self.instruments.values():
            if instrument.uly in (index, f"{index}T"):
                return instrument
        raise KeyError(index)

    def funding_rate_row(self, instId: str, *, rest: bool = False) -> Row:
        """Return the row of public/funding-rate (``rest``) or ``funding-rate``; swaps only."""
        return self.risk.funding[instId].row(self.clock.now_ms(), rest=rest)

    def funding_history(self, instId: str, limit: int = 400) -> list[Row]:
        """Return rows of public/funding-rate-history, newest first."""
        return self.risk.funding[instId].history()[:limit]

    def open_interest_row(self, instId: str) -> Row:
        """Return the row of public/open-interest and ``open-interest``; swaps only."""
        instrument, tape = self.instruments[instId], self.engine.tapes[instId]
        if not instrument.is_swap:
            raise KeyError(instId)
        lots = max(0, ANONYMOUS_INTEREST + tape.imbalance // 3)
        mark = self.prices.mark(instrument)
        return market_rows.open_interest_row(instrument, instrument.sz(lots), mark, self.clock.now_ms())

    def price_limit_row(self, instId: str, rules: WireRules | None = None) -> Row:
        """Return the row of public/price-limit and ``price-limit``: of the limits that ``rules`` have, or OKX's."""
        instrument = self.instruments[instId]
        return market_rows.price_limit_row(instrument, self.engine.band(instrument, rules), self.clock.now_ms())

    def adl_row(self, instFamily: str) -> Row:
        """Return the row of ``adl-warning`` of a family of swaps, like ``BTC-USDT``."""
        return self.risk.insurance.funds[instFamily].row(self.clock.now_ms())

    def spread_ticker_row(self, sprdId: str) -> Row:
        """Return the row of ``sprd-tickers``."""
        return self.spreads.get(sprdId).ticker_row()

    def status_row(self) -> Row:
        """Return the row of system/status and ``status``: the latest record."""
        return dict(self._status)

    def trades(self, instId: str, limit: int = 100, *, after: str = "", before: str = "") -> list[Row]:
        """Return rows of market/trades and history-trades, newest first; the cursors are trade ids."""
        return self.engine.tapes[instId].trades(limit, after, before)

    # --- candles

    def candles(
        self,
        instId: str,
        bar: str,
        limit: int = 100,
        after: int | None = None,
        before: int | None = None,
        kind: str = "trade",
        kept: int | None = None,
    ) -> list[list[str]]:
        """Return candle rows, newest first, of the newest ``kept``.

        Older than ``after`` and newer than ``before`` (ms).

        ``kind``: ``trade`` (nine columns), ``mark`` or ``index`` (six; ``instId`` is then the index) or ``spread``
        (seven; ``instId`` is then the ``sprdId``).
        Raises ValueError for an unknown bar.
        """
        book = self._candles(instId, kind)
        if kept is not None:
            before = max(before or 0, book.oldest_recent(bar, kept) - 1)
        return [self._candle_row(instId, bar, kind, book, c) for c in book.newest(bar, limit, after, before)]

    def current_candle(self, instId: str, bar: str, kind: str = "trade") -> list[str]:
        """Return the row of the candle that is forming now."""
        book = self._candles(instId, kind)
        return self._candle_row(instId, bar, kind, book, book.current(bar))

    def latest_candles(self, instId: str, bar: str, since: int, kind: str = "trade") -> list[list[str]]:
        """Return the candles that began at or after ``since`` (ms), oldest first.

        What a feed that last pushed the candle of ``since`` has to push now, closed ones included.
        """
        book = self._candles(instId, kind)
        return [self._candle_row(instId, bar, kind, book, c) for c in book.since(bar, since)]

    def _candles(self, instId: str, kind: str) -> CandleBook:
        if kind == "spread":
            return self.spreads.get(instId).candles
        if kind == "mark":
            return self.prices.marks[instId]
        return self.prices.indexes[self._of_index(instId).uly] if kind == "index" else self.engine.tapes[instId].candles

    def _candle_row(self, instId: str, bar: str, kind: str, book: CandleBook, candle: BuiltCandle) -> list[str]:
        is_open = book.is_open(bar, candle)
        if kind == "spread":
            return self.spreads.get(instId).candle_row(candle, is_open=is_open)
        instrument = self._of_index(instId) if kind == "index" else self.instruments[instId]
        return market_rows.candle_row(instrument, candle, is_open=is_open, volume=kind == "trade")
