"""A bot that is killed at a chosen moment, again and again: the program of ``test_journal``.

    python -m tests.loopback.killed_bot WIRE PORT FOLDER

Each line of the input is one life: ``{"phase": ..., "nth": ..., "goal": ...}``. A life is a forked process, so that it
costs no start of an interpreter: it opens the journal, finds out what became of what was sent before, and goes on with
its plan, an order for each number, until it is killed at the ``nth`` occasion of the ``phase``, or has reached the
``goal``. Each line of the output tells how a life ended. The bot's own memory is one file, ``plan``, to which it adds
the number of an order before it sends it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from okx_sync import BitgetWsClient, BybitWsClient, LinkOptions, WsClient
from okx_sync.errors import OkxApiError
from okx_sync.live import orders as live_orders
from okx_sync.live.journal import OrderJournal
from okx_sync.live.orders_by_rest import OrdersByRest
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.transport.link import Link

__all__ = ["PHASES", "WIRES", "client_for", "name_of"]

WIRES: Final = ("okx", "bybit", "bitget")
PHASES: Final = (
    "before the intent",
    "after the intent",
    "after sending",
    "before the answer",
    "after the answer",
    "before the end",
    "after the end",
    "adopting",
    "looking up",
)
OPTIONS: Final = LinkOptions(backoff_s=0.02, backoff_cap_s=0.05, connects_per_s=10_000)
PATIENCE_S: Final = 20.0
_ORDERS: Final[dict[str, dict[str, Any]]] = {
    "okx": {"inst_id": "BTC-USDT", "size": "0.001", "price": "50000", "td_mode": "cash"},
    "bybit": {"inst_id": "BTCUSDT", "size": "0.001", "price": "50000"},
    "bitget": {"inst_id": "BTCUSDT", "size": "0.001", "price": "50000"},
}


def name_of(number: int) -> str:
    """The client order id of a number of the plan."""
    return f"plan{number:05d}"


def client_for(wire: str, paper: PaperExchange, journal: Path | None) -> Any:
    """A stream client of an exchange."""
    if wire == "okx":
        return WsClient(paper.config, options=OPTIONS, journal=journal, journal_sync=False)
    if wire == "bybit":
        return BybitWsClient(paper.bybit_config(), options=OPTIONS, journal=journal, journal_sync=False)
    # By REST: that is another way to the journal, and the stream takes four messages a second.
    config = paper.bitget_config("v2")
    return BitgetWsClient(config, options=OPTIONS, journal=journal, journal_sync=False, orders_by="rest")


# -- dying -------------------------------------------------------------------------------------------------------------


class Death:
    """Kills this process at the ``nth`` occasion of a phase."""

    def __init__(self, phase: str, nth: int) -> None:
        self._phase = phase
        self._left = nth

    def at(self, phase: str) -> None:
        """An occasion: perhaps the last thing that this process does."""
        if phase == self._phase:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, before: str | None, after: str | None) -> None:
        """Make the moments before and behind a method of ours occasions."""
        real: Callable[..., Any] = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            if before is not None:
                self.at(before)
            found = real(*args, **options)
            if after is not None:
                self.at(after)
            return found

        setattr(owner, name, watched)


def arm(phase: str, nth: int) -> None:
    """Have this process killed."""
    death = Death(phase, nth)
    death.around(OrderJournal, "intend", "before the intent", "after the intent")
    death.around(Link, "request", None, "after sending")
    death.around(OrdersByRest, "run", None, "after sending")
    death.around(OrderJournal, "answered", "before the answer", "after the answer")
    death.around(OrderJournal, "ended", "before the end", "after the end")
    death.around(OrderManager, "adopt", None, "adopting")
    death.around(live_orders._Feed, "_look_up", "looking up", None)


# -- living ------------------------------------------------------------------------------------------------------------


def live(wire: str, paper: PaperExchange, folder: Path, goal: int) -> None:
    """One life of the bot: each number of the plan is ordered once, and nearly every order is canceled."""
    plan = folder / "plan"
    with client_for(wire, paper, folder / "journal") as ws:
        orders = ws.orders
        if not orders.wait_synced(PATIENCE_S):
            raise RuntimeError(f"not synced: {orders.unsynced_reason}")
        forgotten = _forget(orders, folder / "forgotten")
        done = plan.read_text().split() if plan.exists() else []
        first = int(done[-1]) if done else 0  # the last one may not have been sent
        for number in range(first, goal):
            if name_of(number) in forgotten:
                continue
            if name_of(number) not in orders:
                with plan.open("a") as file:
                    file.write(f"{number}\n")
                try:
                    orders.place(side="buy", client_order_id=name_of(number), **_ORDERS[wire])
                except OkxApiError as error:
                    raise RuntimeError(f"{name_of(number)} was refused") from error
            order = orders[name_of(number)]
            if number % 32 and order.is_open and order.status != "unknown":
                order.cancel()
                order.wait_done(PATIENCE_S)


def _forget(orders: OrderManager, kept: Path) -> set[str]:
    """Forget what was looked up and not found: it never arrived. Two stay, so that each life has some to look up."""
    in_doubt = [order for order in orders if order.status == "unknown"]
    for order in in_doubt[:-2]:
        with kept.open("a") as file:
            file.write(f"{order.client_order_id}\n")
        orders.forget(str(order.client_order_id))
    return set(kept.read_text().split()) if kept.exists() else set()


def one_life(wire: str, paper: PaperExchange, folder: Path, life: dict[str, Any]) -> int:
    """Live in a process of its own; how that ended: minus the signal, or the exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            arm(life["phase"], life["nth"])
            live(wire, paper, folder, life["goal"])
            code = 0
        except BaseException:  # noqa: BLE001  a forked process must not go on as its parent
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Live as often as the input says."""
    wire, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    paper = PaperExchange(flow_per_s=0)  # never started: it only knows the addresses
    paper.port = port
    client_for(wire, paper, None).close()
    for line in sys.stdin:
        sys.stdout.write(f"{one_life(wire, paper, folder, json.loads(line))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
