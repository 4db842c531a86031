"""Rows of market data: tickers, trades, auctions, order books, candles, statistics.

Prices are in quote currency unless a comment says other. One class serves the order books that differ in depth and
pace only; the RPI book has levels of its own. Candles are position-coded rows, ``confirm`` always last; a candle is
pushed again and again until it closes. Statistics are position-coded as well, ``ts`` first, in epoch ms.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from okx_sync.exchanges.okx.book_row import BookRow
from okx_sync.exchanges.okx.words import AuctionState, BookAction, InstType, OptType, Side
from okx_sync.rows import BookLevel, Row, envelope, last_column, model


@model
class Ticker(Row):
    """Best prices, last trade and 24 h figures of an instrument (channel ``tickers``)."""

    instType: InstType | None = None
    instId: str | None = None
    last: Decimal | None = None
    lastSz: Decimal | None = None
    askPx: Decimal | None = None
    askSz: Decimal | None = None
    bidPx: Decimal | None = None
    bidSz: Decimal | None = None
    open24h: Decimal | None = None
    high24h: Decimal | None = None
    low24h: Decimal | None = None
    # Quote currency for SPOT and MARGIN, base currency for derivatives.
    volCcy24h: Decimal | None = None
    # Base currency for SPOT and MARGIN, contracts for derivatives.
    vol24h: Decimal | None = None
    # Opening price of the day, at UTC+0 and UTC+8.
    sodUtc0: Decimal | None = None
    sodUtc8: Decimal | None = None
    # Epoch ms at which the ticker was made.
    ts: int | None = None


@model
class Trade(Row):
    """Public trades of one taker order at one price, put together (channel ``trades``).

    ``sz`` is in base currency (SPOT) or contracts. The row stands for the ids ``tradeId - count + 1`` up to
    ``tradeId``. ``count``, ``source`` and ``seqId`` are missing on wire older than 2023.
    """

    instId: str | None = None
    # Id of the last trade put together.
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    # Epoch ms of the fill.
    ts: int | None = None
    # Number of trades put together.
    count: int | None = None
    # "0" normal order book, "1" retail price improvement.
    source: str | None = None
    # Not unique: trades that happen at once share it.
    seqId: int | None = None


@model
class TradeAll(Row):
    """One public trade (channel ``trades-all``, nothing put together). ``sz`` as in ``Trade``."""

    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    # "0" normal order book, "1" retail price improvement.
    source: str | None = None
    # Epoch ms of the fill.
    ts: int | None = None


@model
class OptionTrade(Row):
    """One public trade of an option (channel ``option-trades``). ``sz`` is in contracts.

    The first row after subscribing may be an older trade that OKX had kept.
    """

    instId: str | None = None
    instFamily: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    optType: OptType | None = None
    # Implied volatility of the trade; 1 is 100 %.
    fillVol: Decimal | None = None
    # Forward, index and mark price at the trade.
    fwdPx: Decimal | None = None
    idxPx: Decimal | None = None
    markPx: Decimal | None = None
    # Epoch ms of the fill.
    ts: int | None = None


@model
class CallAuction(Row):
    """Where a call auction would match if it ended now (channel ``call-auction-details``)."""

    instId: str | None = None
    # Price at which most would match.
    eqPx: Decimal | None = None
    # Base currency: what would match at eqPx, and what would be left.
    matchedSz: Decimal | None = None
    unmatchedSz: Decimal | None = None
    # Epoch ms.
    auctionEndTime: int | None = None
    state: AuctionState | None = None
    # Epoch ms.
    ts: int | None = None


@model
class BookUpdate(BookRow):
    """A state or a change of an order book (``books``, ``books5``, ``bbo-tbt``, ``books50-l2-tbt``,
    ``books-l2-tbt``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    # Which book channel this came from.
    channel: str | None = envelope("arg", "channel")
    instId: str | None = envelope("arg", "instId")
    # None on books5 and bbo-tbt, where every push is the full (short) book.
    action: BookAction | None = envelope("action")
    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    # Epoch ms; of the matching engine on bbo-tbt.
    ts: int | None = None
    # Signed CRC-32 over the best 25 levels. Retired: 0 since June 2026; only another value can be verified.
    checksum: int | None = None
    # seqId of the push before this one; -1 on a snapshot. None on books5 and bbo-tbt.
    prevSeqId: int | None = None
    seqId: int | None = None


@model
class ElpBookUpdate(BookUpdate):
    """The same of ``books-elp``, which shows ELP orders alone, those that cross the book included."""

    may_cross: ClassVar[bool] = True


@model(positional=True)
class RpiLevel(Row):
    """One price level of the RPI book: ``[price, size, non-RPI size, orders]``.

    RPI (retail price improvement) orders can be taken by some accounts only: for all others the size to be had is
    ``non_rpi_size``. Further columns, should OKX put some in, are in ``extra``.
    """

    price: Decimal | None = None
    # All of it, contracts or base currency on spot; 0 in an update deletes the level.
    size: Decimal | None = None
    non_rpi_size: Decimal | None = None
    # Number of orders resting at this price.
    orders: int | None = last_column(at_least=4)


@model
class RpiBookUpdate(BookRow):
    """A state or a change of the order book with RPI orders in it (channel ``books-rpi``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    channel: str | None = envelope("arg", "channel")
    instId: str | None = envelope("arg", "instId")
    action: BookAction | None = envelope("action")
    asks: tuple[RpiLevel, ...] = ()
    bids: tuple[RpiLevel, ...] = ()
    # Epoch ms.
    ts: int | None = None
    # seqId of the push before this one; -1 on a snapshot.
    prevSeqId: int | None = None
    seqId: int | None = None


def _bar(message: dict[str, Any]) -> str | None:
    """``"1m"`` out of the channel's name: ``candle1m``, ``mark-price-candle1m``, ..."""
    arg = message.get("arg")
    channel = arg.get("channel") if isinstance(arg, dict) else None
    return channel.partition("candle")[2] if isinstance(channel, str) else None


@model(positional=True)
class Candle(Row):
    """Open, high, low, close and volume of one bar of an instrument (channels ``candle1m``, ...)."""

    instId: str | None = envelope("arg", "instId")
    # "1m", "4H", "1Dutc", ...
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # Contracts for derivatives, base currency for SPOT and MARGIN.
    vol: Decimal | None = None
    # Base currency for derivatives, quote currency for SPOT and MARGIN.
    volCcy: Decimal | None = None
    # Quote currency for all.
    volCcyQuote: Decimal | None = None
    # False while the bar is open, True once it has closed. Rows of before 2022 (7 columns) lack it.
    confirm: bool | None = last_column(at_least=8)


@model(positional=True)
class MarkPriceCandle(Row):
    """A bar of the mark price (channels ``mark-price-candle1m``, ...); there is no volume."""

    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # False while the bar is open, True once it has closed.
    confirm: bool | None = last_column(at_least=6)


@model(positional=True)
class IndexCandle(Row):
    """A bar of an index (channels ``index-candle1m``, ...); ``instId`` is the index, there is no volume."""

    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # False while the bar is open, True once it has closed.
    confirm: bool | None = last_column(at_least=6)


@model(positional=True)
class SpreadCandle(Row):
    """A bar of a spread (channels ``sprd-candle1m``, ...). Prices may be zero or negative."""

    sprdId: str | None = envelope("arg", "sprdId")
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # In the spread's szCcy.
    vol: Decimal | None = None
    # False while the bar is open, True once it has closed.
    confirm: bool | None = last_column(at_least=7)


@model
class ExchangeRate(Row):
    """Average rate of the last two weeks (``market/exchange-rate``)."""

    # CNY for one USD.
    usdCny: Decimal | None = None


@model
class IndexComponent(Row):
    """A market that an index is made of."""

    exch: str | None = None
    symbol: str | None = None
    # Price there.
    symPx: Decimal | None = None
    # Weight, as a ratio.
    wgt: Decimal | None = None
    # Price in the index's quote currency.
    cnvPx: Decimal | None = None


@model
class IndexComponents(Row):
    """What an index is made of (``market/index-components``)."""

    index: str | None = None
    last: Decimal | None = None
    components: tuple[IndexComponent, ...] = ()
    # Epoch ms.
    ts: int | None = None


@model
class OptionFamilyTrade(Row):
    """One public trade of an option. ``sz`` is in contracts."""

    instId: str | None = None
    instFamily: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Of the taker.
    side: Side | None = None
    # Epoch ms.
    ts: int | None = None


@model
class OptionFamilyTrades(Row):
    """The newest trades of an options family, calls or puts (``market/option/instrument-family-trades``)."""

    # Contracts.
    vol24h: Decimal | None = None
    optType: OptType | None = None
    tradeInfo: tuple[OptionFamilyTrade, ...] = ()


@model
class PlatformVolume(Row):
    """What was traded on the whole exchange in 24 h (``market/platform-24-volume``)."""

    volUsd: Decimal | None = None
    volCny: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class BinaryBook(Row):
    """An order book as OKX's SBE schema encodes it (``market/books-sbe``); decoding is left to the caller."""

    @property
    def body(self) -> bytes:
        """The message, undecoded."""
        found = self.extra.get("body", b"")
        return found if isinstance(found, bytes) else b""


@model
class SupportedCoins(Row):
    """Currencies that there are statistics of (``rubik/stat/trading-data/support-coin``)."""

    contract: tuple[str, ...] = ()
    option: tuple[str, ...] = ()
    spot: tuple[str, ...] = ()


@model(positional=True)
class TakerVolume(Row):
    """What takers sold and bought, in the unit that was asked for."""

    ts: int | None = None
    sellVol: Decimal | None = None
    buyVol: Decimal | None = None


@model(positional=True)
class Ratio(Row):
    """A ratio at a time."""

    ts: int | None = None
    ratio: Decimal | None = None


@model(positional=True)
class AccountRatio(Row):
    """Accounts that are long by accounts that are short."""

    ts: int | None = None
    longShortAcctRatio: Decimal | None = None


@model(positional=True)
class PositionRatio(Row):
    """Long by short positions."""

    ts: int | None = None
    longShortPosRatio: Decimal | None = None


@model(positional=True)
class OpenInterestPoint(Row):
    """Open interest in contracts, coins and USD."""

    ts: int | None = None
    oi: Decimal | None = None
    oiCcy: Decimal | None = None
    oiUsd: Decimal | None = None


@model(positional=True)
class InterestVolume(Row):
    """Open interest and volume: USD for contracts, coins for options."""

    ts: int | None = None
    oi: Decimal | None = None
    vol: Decimal | None = None


@model(positional=True)
class PutCallRatio(Row):
    """Puts by calls, of open interest and of volume."""

    ts: int | None = None
    oiRatio: Decimal | None = None
    volRatio: Decimal | None = None


@model(positional=True)
class ExpiryInterest(Row):
    """Open interest and volume of the options of one expiry, in coins."""

    ts: int | None = None
    # Day: "20260925".
    expTime: str | None = None
    callOI: Decimal | None = None
    putOI: Decimal | None = None
    callVol: Decimal | None = None
    putVol: Decimal | None = None


@model(positional=True)
class StrikeInterest(Row):
    """Open interest and volume of the options of one strike, in coins."""

    ts: int | None = None
    strike: Decimal | None = None
    callOI: Decimal | None = None
    putOI: Decimal | None = None
    callVol: Decimal | None = None
    putVol: Decimal | None = None


@model(positional=True)
class OptionTakerVolume(Row):
    """What takers bought and sold in options, in coins, and what of it were block trades."""

    ts: int | None = None
    callBuyVol: Decimal | None = None
    callSellVol: Decimal | None = None
    putBuyVol: Decimal | None = None
    putSellVol: Decimal | None = None
    callBlockVol: Decimal | None = None
    putBlockVol: Decimal | None = None
