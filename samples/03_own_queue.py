"""Your own queue.Queue: several subscriptions feed one queue, several workers of yours empty it.

Runs on the built-in paper exchange. For OKX itself, take `Config()` instead of `paper.config`.
"""

from __future__ import annotations

import queue
import threading
from collections import Counter

from okx_sync import OkxError, PaperExchange, WsClient
from okx_sync.exchanges.okx.models import Ticker, Trade

inbox: queue.Queue[Ticker | Trade | OkxError] = queue.Queue(maxsize=1000)
counts: Counter[str] = Counter()


def work() -> None:
    """One worker: takes events until the stream ends, which is told as an OkxError in the queue."""
    while True:
        match inbox.get():
            case Ticker(instId=inst_id):
                counts[f"tickers of {inst_id}"] += 1
            case Trade(instId=inst_id):
                counts[f"trades of {inst_id}"] += 1
            case OkxError():
                return


def main() -> None:
    workers = [threading.Thread(target=work) for _ in range(4)]
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        for worker in workers:
            worker.start()
        # policy="block": when the queue is full, the stream waits for the workers instead of dropping events.
        for inst_id in ("BTC-USDT", "ETH-USDT"):
            ws.subscribe_tickers(inst_id, queue=inbox, policy="block")
            ws.subscribe_trades(inst_id, queue=inbox, policy="block")
        ws.wait(timeout=3)
    # Closing the client put one StreamClosed per subscription into the queue: one for each worker.
    for worker in workers:
        worker.join()
    for what, count in sorted(counts.items()):
        print(f"{count:4} {what}")


if __name__ == "__main__":
    main()
