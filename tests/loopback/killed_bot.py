"""A bot that is killed at a chosen moment, again and again: the program of ``test_journal``.

    python -m tests.loopback.killed_bot WIRE PORT FOLDER

Each line of the input is one life: ``{"phase": ..., "nth": ..., "after_s": ..., "goal": ...}``. A life is a process of
its own, forked from one that has imported everything and has no client, so that it costs no start of an interpreter. It
opens the journal, finds out what became of what was sent before, and goes on with its plan (``killed_plan``), until it
is killed at the ``nth`` occasion of the ``phase``, or after ``after_s`` seconds, or has reached the ``goal``. Each line
of the output tells how a life ended, and what it was doing then.
"""

from __future__ import annotations

import functools
import http.client
import importlib
import json
import os
import pkgutil
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import okx_sync
from okx_sync import BitgetWsClient, BybitWsClient, LinkOptions, WsClient
from okx_sync.live.journal import OrderJournal
from okx_sync.live.manager_feed import ManagerFeed
from okx_sync.paper import PaperExchange
from okx_sync.rest.http import HttpCaller
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.transport.link import Link
from tests.loopback import killed_plan

__all__ = ["ANY_MOMENT", "PHASES", "client_for"]

ANY_MOMENT: Final = "any moment"
PHASES: Final = (
    "before the intent",
    "after the intent",
    "after sending",
    "before the answer",
    "after the answer",
    "before news",
    "after news",
    "before the end",
    "after the end",
    "adopting",
    "looking up",
    ANY_MOMENT,
)
OPTIONS: Final = LinkOptions(backoff_s=0.02, backoff_cap_s=0.05, connects_per_s=10_000)


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
        self._writing = threading.local()  # whether this thread carries out a call that changes something

    def at(self, phase: str) -> None:
        """An occasion: perhaps the last thing that this process does."""
        if phase == self._phase:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, before: str | None, after: str | None) -> None:
        """Make the moments before and behind a method of ours occasions."""
        real: Callable[..., Any] = getattr(owner, name)

        @functools.wraps(real)
        def watched(*args: Any, **options: Any) -> Any:
            if before is not None:
                self.at(before)
            found = real(*args, **options)
            if after is not None:
                self.at(after)
            return found

        setattr(owner, name, watched)

    def between_request_and_reply(self, phase: str) -> None:
        """Make the moment an occasion at which a REST call that changes something is sent, and no reply is read."""
        attempt, getresponse = HttpCaller.attempt, http.client.HTTPConnection.getresponse

        def attempted(caller: HttpCaller, call: Any) -> Any:
            self._writing.now = call.method != "GET"
            return attempt(caller, call)

        def response(connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
            if getattr(self._writing, "now", False):
                self.at(phase)
            return getresponse(connection)

        # Of this process alone, which is about to die.
        HttpCaller.attempt = attempted  # type: ignore[method-assign, assignment]
        http.client.HTTPConnection.getresponse = response  # type: ignore[method-assign, assignment]


def arm(phase: str, nth: int) -> None:
    """Have this process killed."""
    death = Death(phase, nth)
    death.around(OrderJournal, "intend", "before the intent", "after the intent")
    death.around(Link, "request", None, "after sending")
    death.between_request_and_reply("after sending")
    death.around(OrderJournal, "answered", "before the answer", "after the answer")
    for manager in (OrderManager, AlgoManager):
        death.around(manager, "apply", "before news", "after news")
        death.around(manager, "adopt", None, "adopting")
    death.around(OrderJournal, "ended", "before the end", "after the end")
    death.around(ManagerFeed, "_look_up", "looking up", None)


# -- living ------------------------------------------------------------------------------------------------------------


def one_life(wire: str, paper: PaperExchange, folder: Path, life: dict[str, Any]) -> int:
    """Live in a process of its own; how that ended: minus the signal, or the exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            arm(life["phase"], life["nth"])
            with client_for(wire, paper, folder / "journal") as ws:
                killed_plan.Bot(wire, ws, folder).live(life["goal"])
            code = 0
        except BaseException:  # noqa: BLE001  a forked process must not go on as its parent
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    if life["after_s"] is not None:
        watched = os.pidfd_open(child)
        if not select.select([watched], [], [], life["after_s"])[0]:
            os.kill(child, signal.SIGKILL)
        os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def import_all(wire: str) -> None:
    """Import what a life needs, most of which a client imports when it is first used."""
    others = [other for other in killed_plan.WIRES if other != wire]
    rooms = ("clients", "delivery", "exchanges", "live", "protocol", "rest", "state", "transport")
    for room in rooms:
        package = importlib.import_module(f"{okx_sync.__name__}.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(other in module.name.replace(okx_sync.__name__, "") for other in others):
                importlib.import_module(module.name)


def main() -> None:
    """Live as often as the input says."""
    wire, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    paper = PaperExchange(flow_per_s=0)  # never started: it only knows the addresses
    paper.port = port
    import_all(wire)
    for line in sys.stdin:
        ended = one_life(wire, paper, folder, json.loads(line))
        sys.stdout.write(json.dumps([ended, killed_plan.doing_in(folder)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
