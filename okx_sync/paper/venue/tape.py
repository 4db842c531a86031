"""The tape of one instrument: prints trades, numbers them, remembers them, and keeps its candles and 24 h figures."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from okx_sync.paper.venue.bars import DAY
from okx_sync.paper.venue.candles import BuiltCandle, CandleBook
from okx_sync.paper.venue.events import TradePrinted
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row, Side

KEPT_TRADES = 6_000


class PastTrades:
    """Trades of before an opening (taker's side, ticks, lots, ms after their start), for any number of tapes."""

    def __init__(self, trades: Sequence[tuple[Side, int, int, int]]) -> None:
        self.trades = trades
        self.prices = [(after, ticks, lots) for _, ticks, lots, after in trades]
        self.imbalance = sum(lots if side == "buy" else -lots for side, _, lots, _ in trades)


class Tape:
    """Every trade of one instrument."""

    def __init__(self, instrument: VenueInstrument, start_ms: int, seed: str, lots: int) -> None:
        """Make a tape.

        ``lots``: typical volume of a minute, for the past that is invented before ``start_ms``.

        ``imbalance`` counts lots bought minus lots sold by takers.
        """
        self.instrument = instrument
        self.candles = CandleBook(start_ms, instrument.ticks(instrument.start_px), seed, lots)
        self.last = instrument.ticks(instrument.start_px)
        self.last_lots = 1
        self.imbalance = 0
        # Trades of no two instruments have the same id.
        self._next_id = instrument.instIdCode * 1_000_000_000
        self._rows: deque[Row] = deque(maxlen=KEPT_TRADES)
        self._past: tuple[PastTrades, int] | None = None
        self._first_id = 0
        self._day: tuple[int, BuiltCandle] | None = None

    def next_id(self) -> str:
        """Return a fresh trade id."""
        self._next_id += 1
        return str(self._next_id)

    def print(self, side: Side, ticks: int, sizes: Sequence[tuple[str, int]], ms: int, seq: int) -> TradePrinted:
        """Record that one taker traded at one price with one maker or more.

        ``side``: the taker's; ``sizes``: (trade id, lots) of each match; ``seq``: the book's version.
        """
        instrument = self.instrument
        lots = sum(size for _, size in sizes)
        self.candles.add(ms, ticks, lots)
        self.last, self.last_lots = ticks, lots
        self.imbalance += lots if side == "buy" else -lots
        px, ts = text(instrument.px(ticks)), str(ms)
        every = tuple(
            {
                "instId": instrument.instId,
                "tradeId": trade_id,
                "px": px,
                "sz": text(instrument.sz(size)),
                "side": side,
                "source": "0",
                "ts": ts,
            }
            for trade_id, size in sizes
        )
        row = self._row(sizes[-1][0], side, ticks, lots, ms) | {"count": str(len(sizes)), "seqId": seq}
        self._rows.append(row)
        return TradePrinted(instrument.instId, row, every)

    def recall(self, past: PastTrades, start: int) -> None:
        """Take in trades of before the opening, which began at ``start`` (ms).

        Their rows are made when somebody asks for them: most exchanges are gone again before that.
        """
        self.candles.recall(past.prices, start)
        _, self.last, self.last_lots, _ = past.trades[-1]
        self.imbalance += past.imbalance
        self._past, self._first_id = (past, start), self._next_id + 1
        self._next_id += len(past.trades)

    def _recall_rows(self) -> None:
        """Make the rows of the trades of before the opening, if they are not there yet."""
        if self._past is not None:
            (past, start), self._past = self._past, None
            rows = [
                self._row(str(number), side, ticks, lots, start + after)
                for number, (side, ticks, lots, after) in enumerate(past.trades, self._first_id)
            ]
            self._rows = deque([*rows, *self._rows], maxlen=KEPT_TRADES)

    def _row(self, trade_id: str, side: Side, ticks: int, lots: int, ms: int) -> Row:
        instrument = self.instrument
        return {
            "instId": instrument.instId,
            "tradeId": trade_id,
            "px": text(instrument.px(ticks)),
            "sz": text(instrument.sz(lots)),
            "side": side,
            "ts": str(ms),
            "count": "1",
            "source": "0",
            "seqId": 0,
        }

    def trades(self, limit: int, after: str, before: str) -> list[Row]:
        """Return rows newest first, older than trade id ``after`` and newer than ``before`` (REST has no seqId)."""
        self._recall_rows()
        newest, oldest = int(after or 0), int(before or 0)
        found: list[Row] = []
        for row in reversed(self._rows):
            number = int(row["tradeId"])
            if newest and number >= newest:
                continue
            if number <= oldest or len(found) >= limit:
                break
            found.append({key: value for key, value in row.items() if key != "seqId"})
        return found

    def day(self) -> BuiltCandle:
        """Return the last 24 hours as one candle. The closed minutes of it are summed up once a minute only."""
        opened = self.candles.minute()
        if self._day is None or self._day[0] != opened.start:
            self._day = self.candles.closed_window(DAY)
        closed = self._day[1]
        return BuiltCandle(
            closed.start,
            closed.open,
            max(closed.high, opened.high),
            min(closed.low, opened.low),
            opened.close,
            closed.lots + opened.lots,
            closed.value + opened.value,
        )
