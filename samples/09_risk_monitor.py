"""Positions, balances and limits: each limit calls back once when it is crossed, and once when all is well again.

Runs on the built-in paper exchange, whose market here falls and recovers on command. For OKX itself, take
`Config.from_env()` instead of `paper.config`.
"""

from __future__ import annotations

import threading
from decimal import Decimal

from okx_sync import PaperExchange, RiskEvent, WsClient

SWAP = "BTC-USDT-SWAP"
crossed, recovered = threading.Event(), threading.Event()


def alarm(event: RiskEvent) -> None:
    """Called on the callback thread. A bot would reduce its position here."""
    print(f"{'ALARM' if event.is_breach else 'recovered'}: {event.kind} of {event.subject}")
    (crossed if event.is_breach else recovered).set()


def main() -> None:
    with PaperExchange(flow_per_s=0) as paper, WsClient(paper.config) as ws:
        positions, account = ws.positions, ws.account
        if not (positions.wait_synced(timeout=5) and account.wait_synced(timeout=5)):
            raise SystemExit("no snapshot within 5 seconds")
        for balance in account.balances:
            print(f"balance: {balance.currency} {balance.available}")

        ws.orders.place(SWAP, "buy", 200, td_mode="cross").wait_filled(timeout=5)
        positions.wait_until(lambda it: SWAP in it, timeout=5)
        entry = positions[SWAP].entry_price or Decimal(0)
        print(f"position: {positions[SWAP].size} contracts at {entry}, leverage {positions[SWAP].leverage}")

        positions.limit("unrealized_pnl", below=-1000, callback=alarm, inst_id=SWAP)
        positions.limit("distance_to_liquidation", below="0.05", callback=alarm)
        account.limit("margin_ratio", above="0.8", callback=alarm)

        for event, price in ((crossed, entry - 1500), (recovered, entry + 100)):
            paper.trade_at(SWAP, price)
            paper.clock.advance(6)  # without a trade of its own, OKX tells every 5 seconds
            if not event.wait(timeout=15):
                raise SystemExit("the limit was not told")

        for name, value in account.metrics().items():
            print(f"{name:22}{'unknown' if value is None else f'{value:.4f}'}")
        ws.orders.place(SWAP, "sell", 200, td_mode="cross").wait_filled(timeout=5)
        print(f"flat: {positions.wait_flat(timeout=10)}")


if __name__ == "__main__":
    main()
