"""A callback for every trade: the library runs it on its own thread while this script does other things.

Runs on the built-in paper exchange. For OKX itself, take `Config()` instead of `paper.config`.
"""

from __future__ import annotations

import threading

from okx_sync import PaperExchange, WsClient
from okx_sync.exchanges.okx.models import Trade

WANTED = 5
enough = threading.Event()
seen: list[Trade] = []


def show(trade: Trade) -> None:
    """Called once per trade. Prices and sizes are Decimals, times are milliseconds."""
    seen.append(trade)
    if len(seen) <= WANTED:
        print(f"{trade.instId} {trade.side} {trade.sz} at {trade.px}")
    if len(seen) == WANTED:
        enough.set()


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        subscription = ws.subscribe_trades("BTC-USDT", callback=show)
        if not enough.wait(timeout=10):
            raise SystemExit("no trades within 10 seconds")
        print(f"{WANTED} trades, {subscription.stats.dropped} dropped")


if __name__ == "__main__":
    main()
