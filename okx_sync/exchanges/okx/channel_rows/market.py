"""Tickers, trades and order books. After "Order Book Trading", "Market Data" of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["MARKET"]

_BOOK_CHANGES: Final = "a snapshot, then changes every {} ms; an empty change after about 60 s of none"
_BOOK_STATES: Final = "the whole {} every {} ms when it changed; repeated after about 60 s of no change"

MARKET: Final = (
    Channel(
        name="tickers", path="public", model=models.Ticker, method="subscribe_tickers",
        cadence="on a trade or a change of the best prices, at most every 100 ms",
        required=("instId",), key=("instId",), identity=("instId", "ts"), snapshot=True,
    ),
    Channel(
        name="trades", path="public", model=models.Trade, method="subscribe_trades",
        cadence="on each trade; fills of one taker order at one price come as one",
        required=("instId",), key=("instId",), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="trades-all", path="business", model=models.TradeAll, method="subscribe_trades_all",
        cadence="on each trade, one by one",
        required=("instId",), key=("instId",), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="books", path="public", model=models.BookUpdate, method="subscribe_books",
        cadence=_BOOK_CHANGES.format(100), required=("instId",), identity=("instId", "prevSeqId", "seqId"),
        snapshot=True, sequenced=True,
    ),
    Channel(
        name="books5", path="public", model=models.BookUpdate, method="subscribe_books5",
        cadence=_BOOK_STATES.format("5 best levels", 100),
        required=("instId",), key=("instId",), identity=("instId", "seqId"), snapshot=True,
    ),
    Channel(
        name="bbo-tbt", path="public", model=models.BookUpdate, method="subscribe_bbo_tbt",
        cadence=_BOOK_STATES.format("best level", 10),
        required=("instId",), key=("instId",), identity=("instId", "seqId"), snapshot=True,
    ),
    Channel(
        name="books50-l2-tbt", path="public", model=models.BookUpdate, method="subscribe_books50_l2_tbt",
        cadence=_BOOK_CHANGES.format(10), login=True, fee_tier="VIP4",
        required=("instId",), identity=("instId", "prevSeqId", "seqId"), snapshot=True, sequenced=True,
    ),
    Channel(
        name="books-l2-tbt", path="public", model=models.BookUpdate, method="subscribe_books_l2_tbt",
        cadence=_BOOK_CHANGES.format(10), login=True, fee_tier="VIP4",
        required=("instId",), identity=("instId", "prevSeqId", "seqId"), snapshot=True, sequenced=True,
    ),
    Channel(
        # ELP orders alone: their book may be crossed.
        name="books-elp", path="public", model=models.ElpBookUpdate, method="subscribe_books_elp",
        cadence=_BOOK_CHANGES.format(100), required=("instId",), identity=("instId", "prevSeqId", "seqId"),
        snapshot=True, sequenced=True, note="gone since 31 October 2026, use books-rpi",
        gone="OKX ended the channel books-elp on 31 October 2026: books-rpi has the orders that took its place",
    ),
    Channel(
        name="books-rpi", path="public", model=models.RpiBookUpdate, method="subscribe_books_rpi",
        cadence=_BOOK_CHANGES.format(100), required=("instId",), identity=("instId", "prevSeqId", "seqId"),
        snapshot=True, sequenced=True,
    ),
    Channel(
        name="option-trades", path="public", model=models.OptionTrade, method="subscribe_option_trades",
        cadence="on each trade of an option, one by one; the first may be an older one",
        required=("instType",), one_of=("instFamily", "instId"), values={"instType": ("OPTION",)},
        key=("instId",), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="call-auction-details", path="public", model=models.CallAuction,
        method="subscribe_call_auction_details",
        cadence="about every second while a call auction runs, and at its end",
        required=("instId",), key=("instId",), identity=("instId", "ts"), quiet=True,
    ),
)  # fmt: skip
