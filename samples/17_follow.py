"""A process without a key and without a socket to the exchange: it follows ``16_publish.py``, and trades through it.

Needs the extra ``fanout`` (pip install 'okx_sync[fanout]') and the Redis server of the publisher: REDIS_URL.
"""

from __future__ import annotations

import os
from decimal import Decimal

from okx_sync import Config, NotAllowedError, OkxFanoutClient, OrderLimitError

REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
PAPER = Config(rest_url="http://127.0.0.1")  # as the publisher's, which is no site of OKX; nobody calls it
BTC = "BTC-USDT"


def main() -> None:
    with OkxFanoutClient(REDIS, account="alice", config=PAPER) as feed:
        trades = feed.subscribe_trades(BTC, wait=False)  # also before anybody publishes
        print(f"a trade at {trades.get(60).px}")
        book = feed.order_book(BTC)
        print(f"book valid: {book.wait_valid(5)}")

        price = (book.bids(1)[0].price * Decimal("0.9")).quantize(Decimal(1))
        order = feed.orders.place(BTC, "buy", "0.01", price, td_mode="cash")
        print(f"in the book: {order.wait_until(lambda one: one.status == 'live', 5)}")
        order.cancel()
        print(f"canceled: {order.wait_done(5)}")
        try:
            feed.orders.place(BTC, "buy", 5, price, td_mode="cash")
        except OrderLimitError as error:
            print(f"refused by the publisher's limits: {error.limit}")
        try:
            feed.orders.place("ETH-USDT", "buy", 1, td_mode="cash")
        except NotAllowedError as error:
            print(f"not allowed; allowed is: {', '.join(error.allowed)}")
        print(f"messages missing: {sum(stream.missing for stream in feed.fanout_stats.values())}")


if __name__ == "__main__":
    main()
