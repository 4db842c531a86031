"""What plots show of a recording: an account's equity and fills, a market's best prices and trades."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.rows.leading_fields import first_told
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.store.delivered import Delivered, delivered
from okx_sync.store.exchange_words import ExchangeWords, words_of
from okx_sync.store.recorded_messages import time_of
from okx_sync.store.recorded_rows import RecordedRows
from okx_sync.store.recording import Recording
from okx_sync.store.segment import EntryKind
from okx_sync.types import AccountUpdate, FillUpdate, OrderUpdate

__all__ = ["AccountHistory", "MarketHistory", "RecordedTrade", "account_history", "market_history"]


@attrs.frozen
class RecordedTrade:
    """A public trade as any exchange tells it; ``side`` is that of the taker."""

    at: dt.datetime
    price: Decimal
    size: Decimal
    side: str


@attrs.frozen
class MarketHistory:
    """Best prices at regular times, and trades. A None among the prices stands where they were not known."""

    inst_id: str
    quotes: list[tuple[dt.datetime, Decimal | None, Decimal | None]]
    trades: list[RecordedTrade]


@attrs.frozen
class AccountHistory:
    """Equity whenever it was told, and fills. A None stands where it was not known: the link was lost."""

    currency: str
    equity: list[tuple[dt.datetime, Decimal | None]]
    fills: list[FillUpdate]


def account_history(recording: Recording) -> AccountHistory:
    """Read an account's equity and fills. Raises ``ConfigError`` when the recording has neither."""
    words = _words(recording)
    rows_of, account, orders = RecordedRows(words), AccountMonitor(), OrderManager()
    fills: list[FillUpdate] = []
    orders.on_fill(fills.append)
    equity: list[tuple[dt.datetime, Decimal | None]] = []
    for found in delivered(recording, words):
        if _is_loss(found) and equity:
            equity.append((time_of(found.entry.at), None))
        for update in filter(None, map(_update, rows_of(found))):
            if isinstance(update, AccountUpdate):
                account.apply(update)
                equity.append((time_of(found.entry.at), account.equity))
            elif isinstance(update, OrderUpdate | FillUpdate):
                orders.apply(update)
    if not equity and not fills:
        raise ConfigError(
            f"{recording.folder} tells nothing of an account",
            hint="subscribe ws.account and ws.orders while it is recorded",
        )
    return AccountHistory(account.facts.totals.currency, equity, fills)


def market_history(recording: Recording, inst_id: str, every_s: float, channel: str | None) -> MarketHistory:
    """Read an instrument's best prices and trades. Raises ``ConfigError`` when the recording has neither."""
    words = _words(recording)
    rows_of = RecordedRows(words)
    topics = [topic for path in recording.topics().values() for topic in path]
    wanted = {topic for topic in topics if any(value == inst_id for _, value in topic.args)}
    has_book = any(hasattr(words.lookup(topic.channel).model, "to_change") for topic in wanted)
    trades = [
        trade
        for found in delivered(recording, words)
        if found.topic in wanted and "rade" in found.topic.channel
        for row in rows_of(found)
        if (trade := _trade(row)) is not None
    ]
    if not has_book and not trades:
        raise ConfigError(f"{recording.folder} has neither a book nor trades of {inst_id}", hint=_known(topics))
    books = recording.books(inst_id, every_s=every_s, depth=1, channel=channel) if has_book else ()
    quotes: list[tuple[dt.datetime, Decimal | None, Decimal | None]] = []
    for book in books:
        if quotes and (book.at - quotes[-1][0]).total_seconds() > 1.5 * every_s:  # no book was known in between
            quotes.append((quotes[-1][0] + dt.timedelta(seconds=every_s), None, None))
        bid, ask = (side[0].price if side else None for side in (book.bids, book.asks))
        quotes.append((book.at, bid, ask))
    return MarketHistory(inst_id, quotes, trades)


def _words(recording: Recording) -> ExchangeWords:
    if not isinstance(recording, Recording):
        raise ConfigError(f"{type(recording).__name__} is no recording", hint='Recording("folder")')
    return words_of(recording.head)


def _known(topics: list[Any]) -> str:
    return f"it has {', '.join(sorted(map(str, topics)))}" if topics else "nothing was subscribed in it"


def _is_loss(found: Delivered) -> bool:
    entry = found.entry
    return entry.kind is EntryKind.MISSED or (entry.kind is EntryKind.STATE and b'"kind":"lost"' in entry.data)


def _update(row: Any) -> Any:
    """Return what a row of an account means; None for all others, and for one that cannot be read."""
    try:
        return row.to_update() if hasattr(row, "to_update") else None
    except DecodeError:
        return None


def _trade(row: Any) -> RecordedTrade | None:
    names = (("px", "price", "p"), ("sz", "size", "v"), ("side", "S"), ("ts", "T"))
    try:
        price, size, side, ts = (first_told(row, some) for some in names)
    except DecodeError:
        return None
    if not (isinstance(price, Decimal) and isinstance(size, Decimal) and isinstance(ts, int)):
        return None
    return RecordedTrade(dt.datetime.fromtimestamp(ts / 1000, dt.UTC), price, size, str(side).lower())
