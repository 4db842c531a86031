"""A recorder that may be killed and started again: it goes on in the same folder, and says what is missing.

Records trades and books of BTC-USDT and ETH-USDT, or of the instruments that are given as arguments, in the folder
``recording`` until Ctrl-C. Runs on a paper exchange of its own; with REAL=1 on OKX, without a key. Needs the extra
``store``: pip install 'okx_sync[store]'. A service manager starts it again when it dies: see docs/deployment.md.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from okx_sync import Config, OkxError, PaperExchange, Recording, StateEvent, WsClient

REAL: Final = bool(os.environ.get("REAL"))
FOLDER: Final = Path(os.environ.get("FOLDER", "recording"))
EVERY_S: Final = float(os.environ.get("EVERY_S", "60"))  # between two lines of counts
log = logging.getLogger("recorder")


def on_state(event: StateEvent) -> None:
    """Log what happens to the connections. The recording has it, too."""
    if event.kind in ("lost", "restored", "gap", "stale", "failed"):
        log.warning("%s", event)


def ignore(_row: object) -> None:
    """Take a row off the stream: it has been written down as it came, and nobody here needs it."""


def tell_before(folder: Path) -> None:
    """Say what earlier runs have recorded, and what is missing of it."""
    if not folder.exists():
        return
    before = Recording(folder).stats()
    how = "was ended" if before.is_ended else "died"
    log.info("going on behind %d messages, the last of %s; the last run %s", before.frames, before.last, how)
    for gap in before.missed:
        log.warning("missing: %s", gap)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    symbols = sys.argv[1:] or ["BTC-USDT", "ETH-USDT"]
    with ExitStack() as stack:
        config = Config.from_env(credentials=None) if REAL else stack.enter_context(PaperExchange()).public_config
        ws = stack.enter_context(WsClient(config, max_silence=60))
        ws.on_state(on_state)
        try:
            tell_before(FOLDER)
            recorder = stack.enter_context(
                ws.record(FOLDER)
            )  # before the first subscription, so that nothing is missed
        except OkxError as error:  # the extra is missing, the disk is full, another recorder is at work there
            raise SystemExit(str(error)) from None
        for group in (
            ws.subscribe_trades(symbols, callback=ignore, backfill=True),  # what an outage swallowed is fetched
            ws.subscribe_books(symbols, callback=ignore),
        ):
            for topic, refusal in group.refused.items():
                log.error("not recorded: %s: %s", topic, refusal)
        while True:
            log.info("%s", recorder)
            ws.wait(EVERY_S)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
