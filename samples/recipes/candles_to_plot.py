"""Candles as a picture: history first, then live, in a page that any browser shows and that draws itself anew.

Writes candles.html, and plotly.min.js beside it, until Ctrl-C. Runs on a paper exchange of its own; with REAL=1 on OKX,
without a key. Needs the extra ``notebook``: pip install 'okx_sync[notebook]'.
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final

from okx_sync import Config, OkxClient, OkxError, OkxTimeoutError, PaperExchange, Subscription, WsClient
from okx_sync.exchanges.okx.models import Candle
from okx_sync.notebook import plot_candles

REAL: Final = bool(os.environ.get("REAL"))
COUNT: Final = 300
EVERY_S: Final = float(os.environ.get("EVERY_S", "5"))  # between two pictures
PAGE: Final = Path("candles.html")
RELOAD: Final = f"setTimeout(() => location.reload(), {1000 * EVERY_S:.0f});"


def write(figure: Any, page: Path) -> None:
    """Put the new page in the place of the old one in one step: nobody ever reads half of it."""
    new = page.with_suffix(".new")
    figure.write_html(new, include_plotlyjs="directory", post_script=RELOAD)
    new.replace(page)


def collect(live: Subscription[Candle], candles: dict[int, Candle]) -> None:
    """Take in what comes in the time between two pictures."""
    until = time.monotonic() + EVERY_S
    while (left := until - time.monotonic()) > 0:
        try:
            row = live.get(timeout=left)
        except OkxTimeoutError:
            return
        candles[row.ts or 0] = row


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("symbol", nargs="?", default="BTC-USDT")
    parser.add_argument("bar", nargs="?", default="1m")
    asked = parser.parse_args()
    with ExitStack() as stack:
        config = Config.from_env(credentials=None) if REAL else stack.enter_context(PaperExchange()).public_config
        rest, ws = stack.enter_context(OkxClient(config)), stack.enter_context(WsClient(config))
        # First the stream and then the history, so that no candle falls in between; backfill fetches what an outage
        # has swallowed.
        live = ws.subscribe_candles(asked.symbol, asked.bar, backfill=True)
        candles = {row.ts or 0: row for row in rest.iter_candles(asked.symbol, asked.bar).limit(COUNT)}
        while True:
            candles = {ts: candles[ts] for ts in sorted(candles)[-COUNT:]}
            write(plot_candles(candles.values()), PAGE)
            print(f"{PAGE}: {len(candles)} candles, the last one at {candles[max(candles)].c}", flush=True)
            collect(live, candles)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        try:
            main()
        except OkxError as error:
            raise SystemExit(f"{type(error).__name__}: {error}") from None
