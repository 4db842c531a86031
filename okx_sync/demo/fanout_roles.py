"""The processes of the fan-out demo: a publisher, one that watches the market, one that trades through the publisher.

Each is run as a program, reads what it needs from standard input, prints a line about once a second, and ends when
standard input does: with 0 when all that it promises happened.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from okx_sync.clients.followed import OkxFanoutClient
from okx_sync.clients.okx_ws import WsClient
from okx_sync.clients.publishers import OkxPublisher
from okx_sync.credentials import Credentials
from okx_sync.errors import OkxError
from okx_sync.exchanges.okx.config import Config
from okx_sync.timing import Clock
from okx_sync.worker import Worker

__all__ = ["main"]

BTC: Final = "BTC-USDT"
_PAIRS: Final = ("BTC-USDT", "ETH-USDT")
_ACCOUNT: Final = "demo"
_EVERY_S: Final = 1.0
_PATIENCE_S: Final = 10.0


class _Role:
    """One process: says lines, and knows when it is to end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._over = threading.Event()
        Worker("okx-demo-stdin", self._listen).start()

    def _listen(self, worker: Worker) -> None:
        del worker
        sys.stdin.read()
        self._over.set()

    def say(self, text: str) -> None:
        """Print a line."""
        sys.stdout.write(f"{self._name:<10} {text}\n")
        sys.stdout.flush()

    def turns(self, turn: Callable[[], str]) -> None:
        """Do something, and say what came of it, until the end."""
        self.say(turn())
        while not self._over.wait(_EVERY_S):
            self.say(turn())


def _publisher(role: _Role, told: Mapping[str, Any]) -> bool:
    config = Config(credentials=Credentials(**told["keys"]), **told["addresses"])
    with WsClient(config) as ws, OkxPublisher(ws, told["redis"], account=_ACCOUNT, name="publisher") as out:
        out.publish_tickers(list(_PAIRS))
        out.publish_trades(list(_PAIRS))
        out.publish_books(BTC)
        served = out.serve_orders(allow=["place", "cancel", BTC])
        role.say("ready: it has the key and the only sockets to the exchange")

        def turn() -> str:
            sent = sum(one.sent for one in out.stats.values())
            return f"{sent:>6} messages sent in {len(out.stats)} streams, {served.stats.taken} requests carried out"

        role.turns(turn)
        return not any(one.missed for one in out.stats.values())


def _watcher(role: _Role, told: Mapping[str, Any]) -> bool:
    trades: list[Any] = []
    with OkxFanoutClient(told["redis"], config=Config(**told["addresses"])) as feed:
        feed.subscribe_trades(list(_PAIRS), callback=trades.append)
        tickers = feed.subscribe_tickers(BTC)
        book = feed.order_book(BTC)
        book.wait_valid(_PATIENCE_S)

        def turn() -> str:
            now, best = tickers.latest(), book.best_bid
            last, bid = (None if now is None else now.last), (None if best is None else best.price)
            return f"{len(trades):>6} trades, {BTC} last {last}, bid {bid}, {_missing(feed)} messages missing"

        role.turns(turn)
        return bool(trades) and book.valid and tickers.latest() is not None and not _missing(feed)


def _trader(role: _Role, told: Mapping[str, Any]) -> bool:
    clock, ends = Clock(), []
    with OkxFanoutClient(told["redis"], account=_ACCOUNT, config=Config(**told["addresses"])) as feed:
        orders, book = feed.orders, feed.order_book(BTC)
        book.wait_valid(_PATIENCE_S)

        def turn() -> str:
            best = book.best_bid
            if best is None:
                return "the book is not known"
            began = clock.monotonic()
            order = orders.place(BTC, "buy", "0.01", (best.price * Decimal("0.9")).quantize(Decimal(1)), td_mode="cash")
            order.wait_until(lambda one: one.status == "live", _PATIENCE_S)
            took_ms = (clock.monotonic() - began) * 1000
            order.cancel()
            ends.append(order.wait_done(_PATIENCE_S) and order.status == "canceled")
            return f"order {order.order_id} of 0.01 {BTC}: live after {took_ms:.0f} ms, now {order.status}"

        role.turns(turn)
        return bool(ends) and all(ends) and not orders.open and not _missing(feed)


def _missing(feed: OkxFanoutClient) -> int:
    return sum(one.missing for one in feed.fanout_stats.values())


_ROLES: Final = {"publisher": _publisher, "watcher": _watcher, "trader": _trader}


def main() -> int:
    """Play the role that standard input names."""
    told = json.loads(sys.stdin.readline())
    role = _Role(told["role"])
    try:
        return 0 if _ROLES[told["role"]](role, told) else 1
    except OkxError as error:
        role.say(f"FAILED: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
