"""A quoting bot: one order on each side, kept close to the best prices, and nothing is done on stale knowledge.

Runs on the built-in paper exchange, which here drops links and swallows a reply. It is about surviving, not earning.
"""

from __future__ import annotations

import threading
import time
from collections import Counter

from okx_sync import OkxError, OrderBook, OrderManager, PaperExchange, WsClient
from okx_sync.types import Side

BTC, STEPS = "BTC-USDT", 32
SIDES: tuple[Side, Side] = ("buy", "sell")
done, fills = Counter[str](), Counter[str]()
moved = threading.Event()


def quote(book: OrderBook, orders: OrderManager, side: Side) -> None:
    """Have one order at the third best price. One whose reply was lost is left to the manager, which finds out."""
    price = (book.bids(3) if side == "buy" else book.asks(3))[-1].price
    mine = next((order for order in orders.open if order.side == side), None)
    if mine is None:
        done["placed"] += 1
        soon = int(time.time() * 1000) + 2000  # the exchange drops a request that arrives later: then it is certain
        orders.place(BTC, side, "0.02", price, "post_only", td_mode="cash", timeout=1, expires_at=soon)
    elif mine.status in ("live", "partially_filled") and mine.price != price:
        done["amended"] += 1
        mine.amend(price=price)


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        book, orders = ws.order_book(BTC), ws.orders
        book.on_update(lambda _: moved.set())
        orders.on_fill(lambda fill: fills.update([f"{fill.trade_id} of {fill.order_id}"]))
        for number in range(STEPS):
            if number in (8, 24):
                paper.faults.drop()
            elif number == 16:
                paper.faults.lose_reply("order")
            for side in SIDES:
                try:
                    if book.valid and orders.synced:
                        quote(book, orders, side)
                except OkxError as error:  # not sent, refused, or unknown: the next look decides on what is known then
                    done[type(error).__name__] += 1
            moved.wait(timeout=0.5)
            moved.clear()
        for order in orders.open if orders.wait_synced(timeout=20) else ():
            order.cancel()
        print(f"nothing left open: {orders.wait_until(lambda it: not it.open, timeout=20)}")
        print(f"{dict(done)}, each fill told once: {set(fills.values()) <= {1}}")


if __name__ == "__main__":
    main()
