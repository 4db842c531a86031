"""Record a market, prove that the recording is whole, play it twice, and make a table of it.

Runs on the built-in paper exchange. Needs the extra ``store``: pip install 'okx_sync[store]'
"""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from okx_sync import PaperExchange, Recording, ReplayClient, WsClient, read_table

BTC = "BTC-USDT"


def record(folder: Path) -> None:
    """Write down trades and a book for three seconds."""
    with PaperExchange() as paper, WsClient(paper.public_config) as ws, ws.record(folder) as recorder:
        ws.subscribe_trades(BTC)
        ws.subscribe_books(BTC)
        ws.wait(3)
        print(recorder)


def volume(folder: Path) -> tuple[int, Decimal, Decimal]:
    """Play the recording as fast as it goes: how many trades, how much was traded, and the mid price at the end."""
    total = Decimal(0)
    trades = 0
    with ReplayClient(folder, speed="max") as ws:
        sold = ws.subscribe_trades(BTC)
        book = ws.order_book(BTC)
        ws.play(wait=False)
        for trade in sold:  # ends with the recording
            trades, total = trades + 1, total + (trade.sz or 0)
        return trades, total, (book.bids(1)[0].price + book.asks(1)[0].price) / 2


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        raw, tables = Path(home, "raw"), Path(home, "tables")
        record(raw)
        recording = Recording(raw)
        print(recording.verify())
        first, second = volume(raw), volume(raw)
        print(f"{first[0]} trades, {first[1]} {BTC}, mid {first[2]}; the second time the same: {first == second}")
        recording.to_parquet(tables)
        table = read_table(tables, "trades", BTC)
        print(f"as a table: {table.num_rows} rows, {sum(table['sz'].to_pylist())} {BTC}")


if __name__ == "__main__":
    main()
