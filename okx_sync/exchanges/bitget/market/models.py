"""Public market data. Prices are in quote currency, sizes in base currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Literal

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.words import Action, InstType, Side
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows import BookLevel, Row, envelope, model, wire
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book_change import BookChange

FULL_BOOKS: Final = frozenset({"books1", "books5", "books15"})
"""Channels on which every push is the whole (short) book, whatever its ``action``."""

_KINDS: Final[dict[str | None, Literal["snapshot", "update"]]] = {"snapshot": "snapshot", "update": "update"}


def _bar(message: dict[str, Any]) -> str | None:
    """``"1m"`` out of the channel's name, ``candle1m``."""
    arg = message.get("arg")
    channel = arg.get("channel") if isinstance(arg, dict) else None
    return channel.removeprefix("candle") if isinstance(channel, str) else None


@model
class Ticker(Row):
    """Best prices, last trade, funding and 24 h figures of an instrument (channel ``ticker``)."""

    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = None
    lastPr: Decimal | None = wire("lastPr", also=("last",))
    """Price of the last trade. Demo symbols of the live host spelled it "last"."""
    bidPr: Decimal | None = None
    """Best bid price."""
    askPr: Decimal | None = None
    """Best ask price."""
    bidSz: Decimal | None = None
    """Size at the best bid price, in base currency."""
    askSz: Decimal | None = None
    """Size at the best ask price, in base currency."""
    open24h: Decimal | None = None
    """Price 24 hours ago."""
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    change24h: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    nextFundingTime: int | None = None
    """Epoch ms of the next funding."""
    markPrice: Decimal | None = None
    indexPrice: Decimal | None = None
    holdingAmount: Decimal | None = None
    """Open interest, in base currency."""
    baseVolume: Decimal | None = None
    """Volume of the last 24 hours, in base currency."""
    quoteVolume: Decimal | None = None
    """Volume of the last 24 hours, in quote currency."""
    openUtc: Decimal | None = None
    """Price at 00:00 UTC."""
    symbolType: str | None = None
    """Type of the instrument: "1" perpetual, "2" delivery."""
    symbol: str | None = None
    deliveryPrice: Decimal | None = None
    """Delivery futures only, in their last hour; else 0."""
    ts: int | None = None
    """Epoch ms."""


@model
class Trade(Row):
    """One public trade (channel ``trade``). The first push after subscribing brings recent ones."""

    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = envelope("arg", "instId")
    ts: int | None = None
    """Epoch ms of the fill."""
    price: Decimal | None = None
    """Price, in quote currency."""
    size: Decimal | None = None
    """Size, in base currency."""
    side: Side | None = None
    """Side of the taker."""
    tradeId: str | None = None


@model(positional=True)
class Candle(Row):
    """Open, high, low, close and volume of one bar (channels ``candle1m``, ...). Nothing says that a bar is closed."""

    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    """Length of the bar: "1m", "4H", "1Dutc", ..."""
    ts: int | None = None
    """Epoch ms at which the bar opened."""
    o: Decimal | None = None
    """Opening price."""
    h: Decimal | None = None
    """Highest price."""
    l: Decimal | None = None  # noqa: E741  one letter as its neighbours
    """Lowest price."""
    c: Decimal | None = None
    """Closing price, or the last one so far."""
    baseVol: Decimal | None = None
    """Volume, in base currency."""
    quoteVol: Decimal | None = None
    """Volume, in quote currency. V1 has no more columns than this one."""
    usdtVol: Decimal | None = None
    """Volume, in USDT."""


@model
class BookUpdate(Row):
    """A state or a change of an order book (``books``), or a whole short book (``books1``, ``books5``, ``books15``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    channel: str | None = envelope("arg", "channel")
    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = envelope("arg", "instId")
    action: Action | None = envelope("action")
    """Kind of push: "snapshot" or "update". Short books say "snapshot" each time."""
    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    ts: int | None = None
    """Epoch ms, of the matching engine."""
    checksum: int | None = None
    """Signed CRC-32 over the best 25 levels. 0 or missing where there is none."""
    pseq: int | None = None
    """The seq of the push before this one; 0 on a snapshot. Not on short books, not in older recordings."""
    seq: int | None = None
    """Number of this push; the next one has it as pseq."""

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.action != "update" or self.channel in FULL_BOOKS

    @tolerant("action", "channel", "seq", "pseq", "checksum")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``; levels keep their exact texts.

        Raises ``DecodeError`` for an action that is not known, since nobody can say what to do with its rows, and for
        sides that are not lists of rows.
        """
        kind: Literal["snapshot", "update", "full"] | None = _KINDS.get(self.action)
        if self.channel in FULL_BOOKS:
            kind = "full"
        if kind is None:
            raise DecodeError(f"a book push has the unknown action {self.action!r}", text=repr(self.raw))
        row = self.raw if self.raw is not None else self.to_wire()
        seq, previous = self._numbers()
        is_whole = kind != "update" and self.raw is not None  # one that was made by hand says what it says
        bids, asks = book_rows(row.get("bids"), is_whole=is_whole), book_rows(row.get("asks"), is_whole=is_whole)
        return BookChange(kind, bids, asks, seq, previous, self.checksum, self.ts)

    def _numbers(self) -> tuple[int | None, int | None]:
        """Return ``(seq, pseq)``; None for both in frames from before ``pseq`` came up.

        The checksum vouches for those: their seq says nothing of what they follow.
        """
        if self.pseq is None and self.checksum:
            return None, None
        return self.seq, self.pseq
