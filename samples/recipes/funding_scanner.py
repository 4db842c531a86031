"""A funding scanner: which perpetuals pay most for being held, by the rate of a year, live.

Runs on a paper exchange of its own until Ctrl-C; with REAL=1 on OKX, without a key.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from contextlib import ExitStack, suppress
from decimal import Decimal
from typing import Final

from okx_sync import Config, OkxClient, OkxError, PaperExchange, WsClient
from okx_sync.exchanges.okx.models import FundingRate

REAL: Final = bool(os.environ.get("REAL"))
EVERY_S: Final = float(os.environ.get("EVERY_S", "10"))  # between two tables
BEST: Final = 10
OLD_S: Final = 300  # OKX pushes each rate within a minute and a half: one that is older is not shown as current
YEAR_MS: Final = 365 * 24 * 3600 * 1000


class Scanner:
    """Keeps the newest rate of each instrument. ``take`` is called by the client's thread, all else by ours."""

    def __init__(self, symbols: list[str]) -> None:
        self.symbols = symbols
        self._rates: dict[str, tuple[float, FundingRate]] = {}
        self._lock = threading.Lock()

    def take(self, rate: FundingRate) -> None:
        """Keep a rate, with the moment at which it came."""
        with self._lock:
            self._rates[rate.instId or ""] = (time.monotonic(), rate)

    def best(self) -> list[tuple[Decimal, FundingRate]]:
        """Return rate of a year and row of each instrument of which both are known and new, the largest first."""
        oldest = time.monotonic() - OLD_S
        with self._lock:
            rows = [rate for came_at, rate in self._rates.values() if came_at > oldest]
        found = [(yearly, row) for row in rows if (yearly := rate_of_a_year(row)) is not None]
        return sorted(found, key=lambda one: abs(one[0]), reverse=True)

    def show(self) -> None:
        """Print the table, and of how many instruments nothing is known now."""
        found = self.best()
        print(f"{dt.datetime.now(dt.UTC):%H:%M:%S} {len(found)} of {len(self.symbols)} rates are known")
        for yearly, row in found[:BEST]:
            due = dt.datetime.fromtimestamp((row.fundingTime or 0) / 1000, dt.UTC)
            payer = "longs" if yearly > 0 else "shorts"
            print(f"  {row.instId:<20} {yearly:>+10.2%} a year, {row.fundingRate:+.6f} at {due:%H:%M}, {payer} pay")
        print(end="", flush=True)


def rate_of_a_year(row: FundingRate) -> Decimal | None:
    """Return the rate as of a year; how often it is paid differs, and changes. None while OKX does not tell it."""
    if row.fundingRate is None or not row.fundingTime or not row.nextFundingTime:
        return None
    interval_ms = row.nextFundingTime - row.fundingTime
    return row.fundingRate * YEAR_MS / interval_ms if interval_ms > 0 else None


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        config = Config.from_env(credentials=None) if REAL else stack.enter_context(PaperExchange()).public_config
        rest, ws = stack.enter_context(OkxClient(config)), stack.enter_context(WsClient(config))
        symbols = [one.inst_id for one in rest.instruments.all("SWAP") if one.state == "live"]
        scanner = Scanner(symbols)
        rates = ws.subscribe_funding_rate(symbols, callback=scanner.take)  # hundreds of them, in a few requests
        for topic, error in rates.refused.items():
            print(f"left out: {topic}: {error}", flush=True)
        while True:
            ws.wait(EVERY_S)
            scanner.show()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        try:
            main()
        except OkxError as error:
            raise SystemExit(f"{type(error).__name__}: {error}") from None
