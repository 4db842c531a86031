"""Rows of market data: tickers, trades, auctions, order books, candles, statistics.

Prices are in quote currency unless a field says other. One class serves the order books that differ in depth and
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
    """Price of the last trade."""
    lastSz: Decimal | None = None
    """Size of the last trade: contracts for derivatives, base currency for SPOT and MARGIN."""
    askPx: Decimal | None = None
    """Best ask price."""
    askSz: Decimal | None = None
    """Size at the best ask price: contracts for derivatives, base currency for SPOT and MARGIN."""
    bidPx: Decimal | None = None
    """Best bid price."""
    bidSz: Decimal | None = None
    """Size at the best bid price: contracts for derivatives, base currency for SPOT and MARGIN."""
    open24h: Decimal | None = None
    """Price 24 hours ago."""
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    volCcy24h: Decimal | None = None
    """Volume of the last 24 hours: quote currency for SPOT and MARGIN, base currency for derivatives."""
    vol24h: Decimal | None = None
    """Volume of the last 24 hours: base currency for SPOT and MARGIN, contracts for derivatives."""
    sodUtc0: Decimal | None = None
    """Opening price of the day at UTC+0."""
    sodUtc8: Decimal | None = None
    """Opening price of the day at UTC+8."""
    ts: int | None = None
    """Epoch ms at which the ticker was made."""


@model
class Trade(Row):
    """Public trades of one taker order at one price, put together (channel ``trades``).

    ``sz`` is in base currency (SPOT) or contracts. The row stands for the ids ``tradeId - count + 1`` up to
    ``tradeId``. ``count``, ``source`` and ``seqId`` are missing on wire older than 2023.
    """

    instId: str | None = None
    tradeId: str | None = None
    """Id of the last trade put together."""
    px: Decimal | None = None
    """Price of the trade."""
    sz: Decimal | None = None
    """Size: base currency for SPOT, contracts for derivatives."""
    side: Side | None = None
    """Side of the taker."""
    ts: int | None = None
    """Epoch ms of the fill."""
    count: int | None = None
    """Number of trades put together."""
    source: str | None = None
    """Source: "0" normal order book, "1" retail price improvement."""
    seqId: int | None = None
    """Not unique: trades that happen at once share it."""


@model
class TradeAll(Row):
    """One public trade (channel ``trades-all``, nothing put together)."""

    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    """Price of the trade."""
    sz: Decimal | None = None
    """Size: base currency for SPOT, contracts for derivatives."""
    side: Side | None = None
    """Side of the taker."""
    source: str | None = None
    """Source: "0" normal order book, "1" retail price improvement."""
    ts: int | None = None
    """Epoch ms of the fill."""


@model
class OptionTrade(Row):
    """One public trade of an option (channel ``option-trades``).

    The first row after subscribing may be an older trade that OKX had kept.
    """

    instId: str | None = None
    instFamily: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    """Price of the trade."""
    sz: Decimal | None = None
    """Size, contracts."""
    side: Side | None = None
    """Side of the taker."""
    optType: OptType | None = None
    fillVol: Decimal | None = None
    """Implied volatility of the trade; 1 is 100 %."""
    fwdPx: Decimal | None = None
    """Forward price at the trade."""
    idxPx: Decimal | None = None
    """Index price at the trade."""
    markPx: Decimal | None = None
    """Mark price at the trade."""
    ts: int | None = None
    """Epoch ms of the fill."""


@model
class CallAuction(Row):
    """Where a call auction would match if it ended now (channel ``call-auction-details``)."""

    instId: str | None = None
    eqPx: Decimal | None = None
    """Price at which most would match."""
    matchedSz: Decimal | None = None
    """Size that would match at eqPx, base currency."""
    unmatchedSz: Decimal | None = None
    """Size that would be left at eqPx, base currency."""
    auctionEndTime: int | None = None
    """Epoch ms at which the auction ends."""
    state: AuctionState | None = None
    ts: int | None = None
    """Epoch ms."""


@model
class BookUpdate(BookRow):
    """A state or a change of an order book.

    Pushed by ``books``, ``books5``, ``bbo-tbt``, ``books50-l2-tbt`` and ``books-l2-tbt``.

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    channel: str | None = envelope("arg", "channel")
    """Book channel that this came from."""
    instId: str | None = envelope("arg", "instId")
    action: BookAction | None = envelope("action")
    """Kind of push: "snapshot" or "update". None on books5 and bbo-tbt, where every push is the full (short) book."""
    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    ts: int | None = None
    """Epoch ms; of the matching engine on bbo-tbt."""
    checksum: int | None = None
    """Signed CRC-32 over the best 25 levels. Retired: 0 since June 2026; only another value can be verified."""
    prevSeqId: int | None = None
    """The seqId of the push before this one; -1 on a snapshot. None on books5 and bbo-tbt."""
    seqId: int | None = None
    """Number of this push; the next one has it as prevSeqId."""


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
    size: Decimal | None = None
    """Size in all: contracts, or base currency for SPOT; 0 in an update deletes the level."""
    non_rpi_size: Decimal | None = None
    """Size that everybody can take, in the same unit."""
    orders: int | None = last_column(at_least=4)
    """Number of orders resting at this price."""


@model
class RpiBookUpdate(BookRow):
    """A state or a change of the order book with RPI orders in it (channel ``books-rpi``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    channel: str | None = envelope("arg", "channel")
    instId: str | None = envelope("arg", "instId")
    action: BookAction | None = envelope("action")
    """Kind of push: "snapshot" or "update"."""
    asks: tuple[RpiLevel, ...] = ()
    bids: tuple[RpiLevel, ...] = ()
    ts: int | None = None
    """Epoch ms."""
    prevSeqId: int | None = None
    """The seqId of the push before this one; -1 on a snapshot."""
    seqId: int | None = None
    """Number of this push; the next one has it as prevSeqId."""


def _bar(message: dict[str, Any]) -> str | None:
    """``"1m"`` out of the channel's name: ``candle1m``, ``mark-price-candle1m``, ..."""
    arg = message.get("arg")
    channel = arg.get("channel") if isinstance(arg, dict) else None
    return channel.partition("candle")[2] if isinstance(channel, str) else None


@model(positional=True)
class Candle(Row):
    """Open, high, low, close and volume of one bar of an instrument (channels ``candle1m``, ...)."""

    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    """Length of the bar: "1m", "4H", "1Dutc", ..."""
    ts: int | None = None
    """Epoch ms at which the bar opened."""
    o: Decimal | None = None
    """Opening price."""
    h: Decimal | None = None
    """Highest price."""
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    """Lowest price."""
    c: Decimal | None = None
    """Closing price, or the last one so far."""
    vol: Decimal | None = None
    """Volume: contracts for derivatives, base currency for SPOT and MARGIN."""
    volCcy: Decimal | None = None
    """Volume: base currency for derivatives, quote currency for SPOT and MARGIN."""
    volCcyQuote: Decimal | None = None
    """Volume in quote currency, for all."""
    confirm: bool | None = last_column(at_least=8)
    """False while the bar is open, True once it has closed. Rows of before 2022 (7 columns) lack it."""


@model(positional=True)
class MarkPriceCandle(Row):
    """A bar of the mark price (channels ``mark-price-candle1m``, ...); there is no volume."""

    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    """Length of the bar: "1m", "4H", "1Dutc", ..."""
    ts: int | None = None
    """Epoch ms at which the bar opened."""
    o: Decimal | None = None
    """Opening price."""
    h: Decimal | None = None
    """Highest price."""
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    """Lowest price."""
    c: Decimal | None = None
    """Closing price, or the last one so far."""
    confirm: bool | None = last_column(at_least=6)
    """False while the bar is open, True once it has closed."""


@model(positional=True)
class IndexCandle(Row):
    """A bar of an index (channels ``index-candle1m``, ...); there is no volume."""

    instId: str | None = envelope("arg", "instId")
    """The index: "BTC-USDT"."""
    bar: str | None = envelope(_bar)
    """Length of the bar: "1m", "4H", "1Dutc", ..."""
    ts: int | None = None
    """Epoch ms at which the bar opened."""
    o: Decimal | None = None
    """Opening price."""
    h: Decimal | None = None
    """Highest price."""
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    """Lowest price."""
    c: Decimal | None = None
    """Closing price, or the last one so far."""
    confirm: bool | None = last_column(at_least=6)
    """False while the bar is open, True once it has closed."""


@model(positional=True)
class SpreadCandle(Row):
    """A bar of a spread (channels ``sprd-candle1m``, ...). Prices may be zero or negative."""

    sprdId: str | None = envelope("arg", "sprdId")
    bar: str | None = envelope(_bar)
    """Length of the bar: "1m", "4H", "1Dutc", ..."""
    ts: int | None = None
    """Epoch ms at which the bar opened."""
    o: Decimal | None = None
    """Opening price."""
    h: Decimal | None = None
    """Highest price."""
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    """Lowest price."""
    c: Decimal | None = None
    """Closing price, or the last one so far."""
    vol: Decimal | None = None
    """Volume, in the spread's szCcy."""
    confirm: bool | None = last_column(at_least=7)
    """False while the bar is open, True once it has closed."""


@model
class ExchangeRate(Row):
    """Average rate of the last two weeks (``market/exchange-rate``)."""

    usdCny: Decimal | None = None
    """CNY for one USD."""


@model
class IndexComponent(Row):
    """A market that an index is made of."""

    exch: str | None = None
    symbol: str | None = None
    symPx: Decimal | None = None
    """Price on that market."""
    wgt: Decimal | None = None
    """Weight, as a ratio."""
    cnvPx: Decimal | None = None
    """Price in the index's quote currency."""


@model
class IndexComponents(Row):
    """What an index is made of (``market/index-components``)."""

    index: str | None = None
    last: Decimal | None = None
    """Price of the index."""
    components: tuple[IndexComponent, ...] = ()
    ts: int | None = None
    """Epoch ms."""


@model
class OptionFamilyTrade(Row):
    """One public trade of an option."""

    instId: str | None = None
    instFamily: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    """Price of the trade."""
    sz: Decimal | None = None
    """Size, contracts."""
    side: Side | None = None
    """Side of the taker."""
    ts: int | None = None
    """Epoch ms."""


@model
class OptionFamilyTrades(Row):
    """The newest trades of an options family, calls or puts (``market/option/instrument-family-trades``)."""

    vol24h: Decimal | None = None
    """Volume of the last 24 hours, contracts."""
    optType: OptType | None = None
    tradeInfo: tuple[OptionFamilyTrade, ...] = ()


@model
class PlatformVolume(Row):
    """What was traded on the whole exchange in 24 h (``market/platform-24-volume``)."""

    volUsd: Decimal | None = None
    """Volume, USD."""
    volCny: Decimal | None = None
    """Volume, CNY."""
    ts: int | None = None
    """Epoch ms."""


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
    """Currencies with statistics of futures and swaps."""
    option: tuple[str, ...] = ()
    """Currencies with statistics of options."""
    spot: tuple[str, ...] = ()
    """Currencies with statistics of spot trading."""


@model(positional=True)
class TakerVolume(Row):
    """What takers sold and bought, in the unit that was asked for."""

    ts: int | None = None
    """Epoch ms."""
    sellVol: Decimal | None = None
    """Volume that takers sold, in the unit that was asked for."""
    buyVol: Decimal | None = None
    """Volume that takers bought, in the unit that was asked for."""


@model(positional=True)
class Ratio(Row):
    """A ratio at a time."""

    ts: int | None = None
    """Epoch ms."""
    ratio: Decimal | None = None


@model(positional=True)
class AccountRatio(Row):
    """Accounts that are long by accounts that are short."""

    ts: int | None = None
    """Epoch ms."""
    longShortAcctRatio: Decimal | None = None
    """Accounts that are long by accounts that are short."""


@model(positional=True)
class PositionRatio(Row):
    """Long by short positions."""

    ts: int | None = None
    """Epoch ms."""
    longShortPosRatio: Decimal | None = None
    """Long positions by short ones."""


@model(positional=True)
class OpenInterestPoint(Row):
    """Open interest in contracts, coins and USD."""

    ts: int | None = None
    """Epoch ms."""
    oi: Decimal | None = None
    """Open interest, contracts."""
    oiCcy: Decimal | None = None
    """Open interest, coins."""
    oiUsd: Decimal | None = None
    """Open interest, USD."""


@model(positional=True)
class InterestVolume(Row):
    """Open interest and volume: USD for contracts, coins for options."""

    ts: int | None = None
    """Epoch ms."""
    oi: Decimal | None = None
    """Open interest: USD for contracts, coins for options."""
    vol: Decimal | None = None
    """Volume: USD for contracts, coins for options."""


@model(positional=True)
class PutCallRatio(Row):
    """Puts by calls, of open interest and of volume."""

    ts: int | None = None
    """Epoch ms."""
    oiRatio: Decimal | None = None
    """Puts by calls, of open interest."""
    volRatio: Decimal | None = None
    """Puts by calls, of volume."""


@model(positional=True)
class ExpiryInterest(Row):
    """Open interest and volume of the options of one expiry, in coins."""

    ts: int | None = None
    """Epoch ms."""
    expTime: str | None = None
    """Day of expiry: "20260925"."""
    callOI: Decimal | None = None
    """Open interest of calls, coins."""
    putOI: Decimal | None = None
    """Open interest of puts, coins."""
    callVol: Decimal | None = None
    """Volume of calls, coins."""
    putVol: Decimal | None = None
    """Volume of puts, coins."""


@model(positional=True)
class StrikeInterest(Row):
    """Open interest and volume of the options of one strike, in coins."""

    ts: int | None = None
    """Epoch ms."""
    strike: Decimal | None = None
    """Strike price."""
    callOI: Decimal | None = None
    """Open interest of calls, coins."""
    putOI: Decimal | None = None
    """Open interest of puts, coins."""
    callVol: Decimal | None = None
    """Volume of calls, coins."""
    putVol: Decimal | None = None
    """Volume of puts, coins."""


@model(positional=True)
class OptionTakerVolume(Row):
    """What takers bought and sold in options, in coins, and what of it were block trades."""

    ts: int | None = None
    """Epoch ms."""
    callBuyVol: Decimal | None = None
    """Calls that takers bought, coins."""
    callSellVol: Decimal | None = None
    """Calls that takers sold, coins."""
    putBuyVol: Decimal | None = None
    """Puts that takers bought, coins."""
    putSellVol: Decimal | None = None
    """Puts that takers sold, coins."""
    callBlockVol: Decimal | None = None
    """Calls in block trades, coins."""
    putBlockVol: Decimal | None = None
    """Puts in block trades, coins."""
