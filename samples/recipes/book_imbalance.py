"""Book imbalance: says when one side of a book outweighs the other, and says nothing of a book that it does not know.

Runs on a paper exchange of its own until Ctrl-C; with REAL=1 on OKX, without a key. Instruments may be given as
arguments: python book_imbalance.py BTC-USDT ETH-USDT
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from contextlib import ExitStack, suppress
from decimal import Decimal
from typing import Final, Literal

from okx_sync import BookInvalid, Config, OrderBook, PaperExchange, WsClient

REAL: Final = bool(os.environ.get("REAL"))
LEVELS: Final = 10
ENTER, LEAVE = Decimal("0.4"), Decimal("0.2")  # (bids - asks) / (bids + asks): two bounds, so that it does not flicker
Tilt = Literal["bids", "asks", "even", "unknown"]


class Watcher:
    """Follows one book, and says each change of its tilt once."""

    def __init__(self, symbol: str) -> None:
        self.symbol = symbol
        self.tilt: Tilt = "unknown"

    def look(self, book: OrderBook) -> None:
        """Called with each change of the book, also when it is not valid any more."""
        try:
            now = book.snapshot(LEVELS)
        except BookInvalid as error:
            return self.say("unknown", str(error))
        share = now.imbalance()
        if share is None or now.mid is None:  # a side is empty
            return self.say("unknown", "a side of the book is empty")
        return self.say(self.tilt_of(share), f"{share:+.2f}, middle {now.mid}")

    def tilt_of(self, share: Decimal) -> Tilt:
        """Return what a share means, after what was said last."""
        if share > (LEAVE if self.tilt == "bids" else ENTER):
            return "bids"
        return "asks" if share < -(LEAVE if self.tilt == "asks" else ENTER) else "even"

    def say(self, tilt: Tilt, why: str) -> None:
        """Print it if it is news."""
        if tilt != self.tilt:
            self.tilt = tilt
            print(f"{dt.datetime.now(dt.UTC):%H:%M:%S.%f} {self.symbol} {tilt}: {why}", flush=True)


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    symbols = sys.argv[1:] or ["BTC-USDT", "ETH-USDT"]
    with ExitStack() as stack:
        config = Config.from_env(credentials=None) if REAL else stack.enter_context(PaperExchange()).public_config
        ws = stack.enter_context(WsClient(config))
        with ws.batch():  # all of them are asked for at once
            for symbol in symbols:
                ws.order_book(symbol).on_update(Watcher(symbol).look)
        ws.wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
