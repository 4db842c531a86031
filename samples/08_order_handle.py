"""An order as an object: it follows itself, calls back, can be waited for, changed and canceled.

Runs on the built-in paper exchange, which here fills an order bit by bit. For OKX itself, take `Config.from_env()`
instead of `paper.config`.
"""

from __future__ import annotations

import threading
from decimal import Decimal

from okx_sync import PaperExchange, WsClient
from okx_sync.types import FillUpdate

BTC = "BTC-USDT"
shown = threading.Event()


def show(fill: FillUpdate) -> None:
    """Called once per fill, whichever way tells of it first; one from an outage has `recovered` set."""
    print(f"fill: {fill.size} at {fill.price}{', recovered' if fill.recovered else ''}")
    shown.set()


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        orders = ws.orders  # knows what was open before, and everything since, whoever placed it
        orders.wait_synced(timeout=5)
        best = ws.subscribe_tickers(BTC).get(timeout=5).bidPx
        assert best is not None

        order = orders.place(BTC, "buy", "0.3", best - 500, td_mode="cash")
        order.on_fill(show)
        order.wait_until(lambda it: it.status == "live", timeout=5)
        print(f"waiting in the book: {order.is_open}, remaining {order.remaining}")

        paper.fill(ordId=order.order_id or "", sz="0.1")
        order.wait_until(lambda it: it.filled > 0, timeout=5)
        order.amend(size="0.25")
        order.wait_until(lambda it: it.size == Decimal("0.25"), timeout=5)

        # The link dies, and the order is filled while nobody hears of it. The manager finds out by itself.
        paper.faults.drop()
        shown.clear()
        paper.fill(ordId=order.order_id or "")
        shown.wait(timeout=20)  # so that two threads do not print at once
        print(f"filled: {order.wait_filled(timeout=20)}, {order.filled} at {order.average_price} on average")
        print(f"history: {' -> '.join(step.status for step in order.history)}")

        late = orders.place(BTC, "sell", "0.1", best + 500, td_mode="cash")
        late.cancel()
        late.wait_done(timeout=5)
        print(f"{late.status}: {late.reason}")
        print(f"known by either id: {orders[late.client_order_id or ''] is orders[late.order_id or '']}")
        print(orders)


if __name__ == "__main__":
    main()
