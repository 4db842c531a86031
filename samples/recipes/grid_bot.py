"""A grid bot: it buys below the price and sells above it, and answers each fill with an order one step back.

Runs on a paper exchange of its own until Ctrl-C; with REAL=1 with OKX_API_KEY, OKX_SECRET_KEY and OKX_PASSPHRASE.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from okx_sync import Config, OkxClient, OkxError, OrderLimits, PaperExchange, WsClient

if TYPE_CHECKING:
    from okx_sync import InstrumentSpec, OrderBook, OrderHandle, OrderManager
    from okx_sync.types import Side

LEVELS, STEP = 4, Decimal(20)  # orders on each side, and how far apart they are
COINS, MOST = Decimal("0.05"), Decimal("0.6")  # of an order, and of the position
REAL: Final = bool(os.environ.get("REAL"))
JOURNAL: Final = os.environ.get("JOURNAL", "grid.journal") if REAL else None  # our paper exchange ends with us
PREFIX, DOUBT_S = "grid", 60  # of our orders' ids; after this time one that nobody lists has not arrived
log = logging.getLogger("grid")


class GridBot:
    """Keeps one order at each level but that of the last fill. All that it has to remember is in ``orders``."""

    def __init__(self, rules: InstrumentSpec, orders: OrderManager, book: OrderBook, **words: Any) -> None:
        self.symbol, self.orders, self.book, self.words = rules.inst_id, orders, book, words
        self.size = rules.round_size(rules.coins_to_contracts(COINS))  # in contracts, or coins, as the exchange counts
        self.center = Decimal(0)  # the level without an order
        self.answered: OrderHandle | None = None  # the fill that it is of
        orders.on_fill(lambda fill: log.info("filled: %s %s at %s", fill.side, fill.size, fill.price))

    def run(self) -> None:
        """Trade until Ctrl-C or SIGTERM, and leave no order behind."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
        log.info("%s: %s at each of %d levels", self.symbol, self.size, 2 * LEVELS)
        ending = threading.Event()
        for number in (
            signal.SIGINT,
            signal.SIGTERM,
        ):  # they end it between two looks, and not in the middle of an order
            signal.signal(number, lambda *_: ending.set())
        try:
            while not ending.wait(1):
                if self.orders.synced and self.book.valid:  # else the client is finding out: nothing is done meanwhile
                    self.attempt(self.look)
        finally:
            self.stop()

    def mine(self) -> list[OrderHandle]:
        """Give our orders, also of earlier runs: those that are over, in the order of their end, then the others."""
        return [one for one in self.orders.of(self.symbol) if (one.client_order_id or "").startswith(PREFIX)]

    def look(self) -> None:
        """Have one order at each level, and no other."""
        mine, middle = self.mine(), self.book.mid
        in_doubt = [one for one in mine if one.status == "unknown"]  # being looked up
        for order in in_doubt:
            if (order.history[0].at or 0) / 1000 < time.time() - DOUBT_S:
                self.orders.forget(order.client_order_id or "")
        if in_doubt or middle is None:
            return
        last = next((one for one in reversed(mine) if one.is_filled), None)
        if last is not None and last is not self.answered:
            self.answered, self.center = last, last.average_price or self.center
        if abs(self.center - middle) > STEP * LEVELS:  # there is no grid yet, or the price has left it
            self.center = middle // STEP * STEP
        wanted: dict[Decimal | None, Side] = {self.center - STEP * away: "buy" for away in range(1, LEVELS + 1)}
        wanted |= {self.center + STEP * away: "sell" for away in range(1, LEVELS + 1)}
        for order in mine:
            if order.is_open and wanted.pop(order.price, None) != order.side:
                self.attempt(order.cancel)
        for price, side in wanted.items():
            if price is not None and (price < middle) == (side == "buy"):
                words = {"client_order_id": f"{PREFIX}{secrets.token_hex(10)}", "timeout": 5, **self.words}
                self.attempt(partial(self.orders.place, self.symbol, side, self.size, price, "post_only", **words))

    def attempt(self, action: Callable[[], object]) -> None:
        """Do it now, or in the next look: an order without an answer is never sent again, it is in doubt."""
        try:
            action()
        except OkxError as error:
            log.warning("%s: %s", type(error).__name__, error)

    def stop(self) -> None:
        """Cancel our orders, and see them end. SystemExit where that cannot be known."""
        for _ in range(10):
            still_open = [one for one in self.mine() if one.is_open]
            if self.orders.synced and not still_open:
                return log.info("no order is left open")
            for order in still_open:
                self.attempt(order.cancel)
            self.orders.wait_until(lambda it: it.synced and not any(one.is_open for one in self.mine()), 2)
        raise SystemExit(f"look at the account: {self.orders}")


def main() -> None:
    with ExitStack() as stack:
        config = Config.from_env() if REAL else stack.enter_context(PaperExchange()).config
        rules = stack.enter_context(OkxClient(config)).instruments["BTC-USDT-SWAP"]
        limits = OrderLimits(allowed=[rules.inst_id], max_position=rules.coins_to_contracts(MOST), max_orders_per_s=20)
        ws = stack.enter_context(WsClient(config, limits=limits, journal=JOURNAL))
        GridBot(rules, ws.orders, ws.order_book(rules.inst_id), td_mode="cross").run()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
