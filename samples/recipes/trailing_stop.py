"""Trailing stops: each position has one at the exchange, where it protects also while this program does not run.

What is added to a position gets a stop of its own, and a position that shrinks gets them anew. Runs on a paper exchange
of its own until Ctrl-C, with a position to protect. With REAL=1 it protects the account of OKX_API_KEY, OKX_SECRET_KEY
and OKX_PASSPHRASE; its stops stay there when it ends.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from functools import partial
from typing import Final

from okx_sync import AlgoHandle, Config, OkxError, OrderLimits, PaperExchange, WsClient
from okx_sync.types import PositionUpdate, Side

REAL: Final = bool(os.environ.get("REAL"))
JOURNAL: Final = os.environ.get("JOURNAL", "stops.journal") if REAL else None  # our paper exchange ends with us
BEHIND: Final = Decimal(os.environ.get("BEHIND", "0.01"))  # how far a stop is behind the best price, as a part of it
PREFIX: Final = "trail"  # of the ids of our stops: those of others count as protection, and are left alone
Key = tuple[str, Side | None]  # instrument, and the side that closes
log = logging.getLogger("stops")


class Guard:
    """Has as much under trailing stops as there is to protect."""

    def __init__(self, ws: WsClient) -> None:
        self.positions, self.orders, self.algos = ws.positions, ws.orders, ws.orders.algos
        self.lacking: dict[Key, Decimal] = {}
        self.algos.on_algo(lambda change: log.info("%s", change.algo) if change.status_changed else None)

    def look(self) -> None:
        """Act where a difference is certain, and there for the second time: news of the two come apart."""
        if not (self.positions.synced and self.orders.synced and self.algos.synced):
            return  # the client is finding out
        if any(one.status in ("pending", "unknown") for one in self.algos):
            return  # an answer was lost: it is being looked up, and nothing is sent on a guess
        held: dict[Key, PositionUpdate] = {(one.inst_id, closing(one)): one for one in self.positions}
        stops = defaultdict[Key, list[AlgoHandle]](list)
        for stop in self.algos:
            if stop.kind == "trailing_stop":
                stops[stop.inst_id, stop.side].append(stop)
        before, self.lacking = self.lacking, {}
        for key in held.keys() | stops.keys():
            size = abs(held[key].size) if key in held else Decimal(0)
            lack = self.lacking[key] = size - sum((one.size or Decimal(0) for one in stops[key]), Decimal(0))
            if lack > 0 and before.get(key) == lack:
                attempt(partial(self.protect, held[key], lack))
            elif lack < 0 and before.get(key) == lack:
                for stop in stops[key]:
                    if (stop.client_order_id or "").startswith(PREFIX):
                        attempt(stop.cancel)

    def protect(self, position: PositionUpdate, size: Decimal) -> None:
        """Place a stop for a part of a position."""
        words = {"td_mode": position.margin_mode, "client_order_id": f"{PREFIX}{secrets.token_hex(10)}"}
        if position.side != "net":  # hedge mode
            words["pos_side"] = position.side
        self.orders.place_algo(
            "trailing_stop",
            position.inst_id,
            closing(position),
            size,
            callback_ratio=BEHIND,
            reduce_only=True,
            **words,
        )


def closing(position: PositionUpdate) -> Side:
    """Return the side of the order that closes a position."""
    return "sell" if position.size > 0 else "buy"


def attempt(action: Callable[[], object]) -> None:
    """Do it now, or decide anew in the next look: what got no answer is in ws.orders.algos, and never sent again."""
    try:
        action()
    except OkxError as error:
        log.warning("%s: %s", type(error).__name__, error)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):  # they end it between two looks, and not in the middle of an order
        signal.signal(number, lambda *_: ending.set())
    with ExitStack() as stack:
        config = Config.from_env() if REAL else stack.enter_context(PaperExchange()).config
        ws = stack.enter_context(WsClient(config, limits=OrderLimits(max_orders_per_s=5), journal=JOURNAL))
        guard = Guard(ws)
        if not (guard.positions.wait_synced(30) and guard.algos.wait_synced(30)):
            raise SystemExit(f"not known: {guard.positions.unsynced_reason or guard.algos.unsynced_reason}")
        log.info("%s, %s", guard.positions, guard.algos)
        if not REAL:
            ws.orders.place("BTC-USDT-SWAP", "buy", 10, td_mode="cross")
        while not ending.wait(1):
            guard.look()


if __name__ == "__main__":
    main()
