"""Bybit: buy, wait in the book, lose every connection, know what became of it all, and end without a position.

Runs on the built-in paper exchange. With REAL=1 it trades 0.002 BTC of BTCUSDT with the key in BYBIT_API_KEY and
BYBIT_SECRET_KEY, in the place that BYBIT_ENVIRONMENT names (demo has no order entry over WebSocket; take testnet).
"""

from __future__ import annotations

import os
import sys
import threading

from okx_sync import BybitConfig, BybitWsClient, PaperExchange, StateEvent

BTC, SIZE = "BTCUSDT", "0.002"
restored = threading.Event()


def on_state(event: StateEvent) -> None:
    """Called on every change of a link, by its thread."""
    if event.path == "private" and event.kind in ("lost", "restored"):
        sys.stdout.write(f"private {event.kind}\n")
    if event.path == "private" and event.kind == "restored":
        restored.set()


def main() -> None:
    with PaperExchange() as paper:
        config = BybitConfig.from_env() if os.environ.get("REAL") else paper.bybit_config()
        with BybitWsClient(config) as ws:
            ws.on_state(on_state)
            orders, positions = ws.orders, ws.positions
            if not (orders.wait_synced(timeout=20) and positions.wait_synced(timeout=20)):
                raise SystemExit("the exchange did not list what is open")
            bought = orders.place(BTC, "buy", SIZE, order_type="market")
            bought.wait_filled(timeout=20)
            print(f"bought {bought.filled} at {bought.average_price}, fee {bought.fee}")

            best = ws.subscribe_tickers(BTC).get(timeout=5).bid1Price
            assert best is not None
            resting = orders.place(BTC, "buy", SIZE, round(best * 95 / 100), "post_only")
            resting.wait_until(lambda it: it.status == "live", timeout=20)

            restored.clear()
            if paper.faults.drop():  # nothing to drop where the exchange is real
                restored.wait(timeout=30)
            print(f"synced behind it: {orders.wait_synced(timeout=30)}, still in the book: {resting.is_open}")

            ws.connect("trade", timeout=30)  # each path comes back by itself; wait for that of the orders
            resting.cancel()
            resting.wait_done(timeout=20)
            orders.place(BTC, "sell", bought.filled, order_type="market", reduce_only=True).wait_filled(timeout=20)
            print(f"{resting.status}: {resting.reason}, flat: {positions.wait_flat(timeout=20)}")


if __name__ == "__main__":
    main()
