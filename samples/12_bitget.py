"""Bitget: the same calls for both kinds of account, over REST; the streams tell, and come back when they are cut.

Runs on the built-in paper exchange. With REAL=1 it trades 0.002 BTC of BTCUSDT with the key in BITGET_API_KEY,
BITGET_SECRET_KEY and BITGET_PASSPHRASE, on demo trading with BITGET_DEMO=1.
"""

from __future__ import annotations

import os
import sys
import threading

from okx_sync import BitgetClient, BitgetConfig, BitgetWsClient, OrderStatusUnknown, PaperExchange, StateEvent

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
        config = BitgetConfig.from_env() if os.environ.get("REAL") else paper.bitget_config(None)
        with BitgetClient(config) as client, BitgetWsClient(config) as ws:
            ws.on_state(on_state)
            rows = ws.subscribe_orders()  # logs in
            print(f"a {client.account_kind()} account")
            client.place_order(BTC, "buy", "market", SIZE)
            print(f"pushed: {rows.get(timeout=5).to_update().side} {BTC}")

            best = client.get_ticker(BTC).bid1Price
            assert best is not None
            paper.faults.lose_reply("/api/v2/mix/order/place-order")  # taken, and the answer never arrives
            price, mine = round(best * 95 / 100), "sample-12"
            try:
                client.place_order(BTC, "buy", "limit", SIZE, price, mine, time_in_force="post_only")
            except OrderStatusUnknown as unknown:
                print(f"no answer; looked up: {client.lookup(unknown).applied}")

            restored.clear()
            if paper.faults.drop():  # nothing to drop where the exchange is real
                restored.wait(timeout=30)
            print(f"still in the book: {[row.to_update().client_order_id for row in client.get_open_orders(BTC)]}")

            client.cancel_order(BTC, client_oid=mine)
            client.place_order(BTC, "sell", "market", SIZE, reduce_only=True)
            print(f"open orders {len(client.get_open_orders(BTC))}, positions {len(client.get_positions(BTC))}")


if __name__ == "__main__":
    main()
