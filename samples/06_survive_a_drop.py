"""What happens when connections die: every step is told, everything is restored, and nothing is asked twice.

Runs on the built-in paper exchange, which here cuts all connections on purpose.
"""

from __future__ import annotations

import sys
import threading

from okx_sync import PaperExchange, StateEvent, WsClient

restored = threading.Semaphore(0)


def say(line: str) -> None:
    """Two threads speak here; `print` writes a line and its end apart, so theirs could mix."""
    sys.stdout.write(f"{line}\n")


def on_state(event: StateEvent) -> None:
    """Called on every change of a link. After `gap` a strategy can decide what it still trusts."""
    detail = f": {event.reason}" if event.reason else ""
    say(f"{event.path} {event.kind}{detail}")
    if event.kind == "restored":
        restored.release()


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        ws.on_state(on_state)
        tickers = ws.subscribe_tickers("BTC-USDT")
        orders = ws.subscribe_orders()  # logs in
        say(f"before the drop: {tickers.get(timeout=5).last}")

        say("cutting all connections")
        paper.faults.drop()
        for _ in range(2):
            if not restored.acquire(timeout=30):
                raise SystemExit("not restored within 30 seconds")

        before = tickers.stats.received
        paper.wait_for(lambda: tickers.stats.received > before, timeout=5)
        say(f"after the drop: {tickers.stats.received > before}, subscriptions open: {not orders.is_closed}")
        say(f"topics at the exchange, each once: {sorted(paper.topics().items())}")


if __name__ == "__main__":
    main()
