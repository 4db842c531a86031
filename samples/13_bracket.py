"""An entry with a stop and a target that survives `kill -9`: nothing is sent twice, and no end is missed.

The bot is a program of its own, which is killed and started again; it writes each order into a journal before it sends
it. Runs on the built-in paper exchange. For OKX itself, take `Config.from_env()` in `bot`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

from okx_sync import PaperExchange, WsClient

SWAP, ENTRY = "BTC-USDT-SWAP", "entry1"


def bot(port: int, journal: str) -> None:
    """Enter once, with a stop and a target, and follow that to its end. It is the same program in each life."""
    config = PaperExchange(port=port).config  # never started: it only knows the addresses
    with WsClient(config, journal=journal) as ws:
        orders = ws.orders
        if not (orders.wait_synced(timeout=30) and orders.algos.wait_synced(timeout=30)):
            raise SystemExit(f"not known: {orders.unsynced_reason}, {orders.algos.unsynced_reason}")
        if ENTRY not in orders:  # in no life before
            orders.place(
                SWAP, "buy", 1, 60_000, td_mode="cross", client_order_id=ENTRY, take_profit=66_000, stop_loss=58_000
            )
        entry = orders[ENTRY]
        (exits,) = entry.children  # OKX has one algo order for both sides
        print(f"entry {entry.status}, exits {exits.status}", flush=True)
        exits.wait_done(timeout=60)
        print(f"the end: {exits.status}, by its {exits.fired_leg}", flush=True)


def main() -> None:
    with PaperExchange(flow_per_s=0) as paper, tempfile.TemporaryDirectory() as folder:
        account, command = paper.venue.accounts[0], [sys.executable, __file__, str(paper.port), f"{folder}/journal"]

        def live(kill: bool = True) -> None:
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as life:
                assert life.stdout is not None
                print(life.stdout.readline() if kill else life.stdout.read(), end="")
                life.kill()  # that is kill -9

        paper.faults.lose_reply("/api/v5/trade/order")
        with subprocess.Popen(command) as first:
            paper.wait_for(lambda: account.orders, timeout=60)
            first.kill()  # the exchange has the order, and the bot has not heard of it
        paper.fill(ENTRY)
        live()
        paper.trade_at(SWAP, "66000")  # the target, while nobody listens
        live(kill=False)
        algos = paper.venue.algo_rows(account, {"ordType": "oco"}, history=True)
        print(f"at the exchange: {[order.side for order in account.by_id.values()]}, algo orders: {len(algos)}")


if __name__ == "__main__":
    bot(int(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 1 else main()
