"""An account monitor: tells people what they want to be woken for, and when it cannot see the account itself.

Alerts are logged, and with ALERT_URL=https://... posted there as JSON, {"text": ...}, as chats take it. Runs on a paper
exchange of its own until Ctrl-C; with REAL=1 it watches the account of OKX_API_KEY, OKX_SECRET_KEY and OKX_PASSPHRASE.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import time
from contextlib import ExitStack, suppress
from typing import Final

import requests

from okx_sync import Config, OkxError, PaperExchange, WsClient

REAL: Final = bool(os.environ.get("REAL"))
ALERT_URL: Final = os.environ.get("ALERT_URL")
BLIND_S: Final = float(os.environ.get("BLIND_S", "10"))  # a shorter outage wakes nobody
PAUSES_S: Final = (0, 1, 5, 30, 120)  # before each attempt to post an alert
log = logging.getLogger("alerts")


class Alerts:
    """Sends alerts from a thread of its own: no callback waits for a chat that is slow or down."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._post_all, name="alerts", daemon=True)
        self._thread.start()

    def __call__(self, event: object) -> None:
        """Tell people of an event. Returns at once."""
        log.warning("%s", event)
        if self._url is not None:
            self._waiting.put(str(event))

    def _post_all(self) -> None:
        while (text := self._waiting.get()) is not None:
            if not any(self._post(text, pause_s) for pause_s in PAUSES_S):
                log.error("nobody could be told: %s", text)

    def _post(self, text: str, pause_s: float) -> bool:
        time.sleep(pause_s)
        try:
            requests.post(self._url or "", json={"text": text}, timeout=10).raise_for_status()
        except requests.RequestException as error:
            log.info("an alert was not taken: %s", type(error).__name__)  # the text may have a secret of the address
            return False
        return True

    def close(self) -> None:
        """Post what waits, for a while."""
        self._waiting.put(None)
        self._thread.join(timeout=10)


def watch(ws: WsClient, alert: Alerts) -> None:
    """Alert of what the account does, until the client ends."""
    positions, account = ws.positions, ws.account
    account.limit("margin_ratio", above="0.5", callback=alert)  # 1 is liquidation
    account.limit("drawdown", above="0.05", callback=alert)  # of the highest equity since the start
    positions.limit("distance_to_liquidation", below="0.1", callback=alert)  # share of the price
    positions.limit("unrealized_pnl", below=-500, callback=alert)
    positions.on_open(lambda event: alert(f"opened: {event.position.inst_id} {event.position.size}"))
    positions.on_close(lambda event: alert(f"closed: {event.position.inst_id}"))
    ws.on_error(lambda error: alert(f"{type(error).__name__}: {error}"))
    log.info("watching %s and %s", account, positions)
    seen_at, is_blind = time.monotonic(), False
    while True:
        unknown = positions.unsynced_reason or account.unsynced_reason
        if unknown is None:
            seen_at = time.monotonic()
            if is_blind:
                alert(f"the account is in sight again: {len(positions)} positions, equity {account.equity}")
                is_blind = False
        elif not is_blind and time.monotonic() - seen_at > BLIND_S:
            alert(f"the account is out of sight: {unknown}")
            is_blind = True
        ws.wait(1)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        config = Config.from_env() if REAL else stack.enter_context(PaperExchange()).config
        alert = Alerts(ALERT_URL)
        stack.callback(alert.close)
        ws = stack.enter_context(WsClient(config, read_only=True))  # whatever is added here: it cannot trade
        try:
            watch(ws, alert)
        except OkxError as error:  # as a key that was deleted: nothing is watched any more
            alert(f"the monitor ends: {error}")
            raise SystemExit(1) from None


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
