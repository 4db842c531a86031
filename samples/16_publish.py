"""One process with the key and the sockets: what it receives, and its orders, are there for any number of others.

Needs the extra ``fanout`` (pip install 'okx_sync[fanout]') and a Redis server: REDIS_URL, or the one of this machine.
Runs on the built-in paper exchange until Enter is pressed; start ``17_follow.py`` beside it.
"""

from __future__ import annotations

import os
import sys

from okx_sync import OkxPublisher, OrderLimits, PaperExchange, WsClient

REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")


def main() -> None:
    limits = OrderLimits(max_notional=10_000, allowed=["BTC-USDT"])
    with PaperExchange() as paper, WsClient(paper.config, limits=limits) as ws, OkxPublisher(ws, REDIS) as out:
        served = out.serve_orders(allow=["place", "cancel", "BTC-USDT"])
        out.publish_tickers(["BTC-USDT", "ETH-USDT"])
        out.publish_books("BTC-USDT")
        out.publish_trades("BTC-USDT")
        print(f"publishing for account {paper.config.account_label}; Enter ends it", flush=True)
        sys.stdin.readline()
        print(f"nothing left out: {not any(stream.missed for stream in out.stats.values())}")
        print(f"orders of followers: {served.stats.taken} requests, an order refused by the limits among them")


if __name__ == "__main__":
    main()
