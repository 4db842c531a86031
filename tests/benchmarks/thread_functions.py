"""How much code one call passes through: distinct functions of the package, and the files they stand in.

    python -m tests.benchmarks.thread_functions [--list] [--json build/thread_functions.json]

Three ways are walked against the paper exchange. On the user's thread: ``subscribe``, that is ``subscribe_tickers`` on
a link that is open; ``cancel``: an order is cancelled and its push waited for. A socket that is lost, with the recovery
of what was missed: ``drop`` is the part of the link's thread, ``recovery`` that of the thread that asks REST.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import okx_sync
from okx_sync import LinkOptions, OkxClient, WsClient
from okx_sync.paper import PaperExchange
from tests.benchmarks.figures import keep

__all__ = ["Entered", "run"]

HOME = Path(okx_sync.__file__).parent
BTC = "BTC-USDT"
LOW = "60000"  # far below the market: an order to buy rests there
PATIENCE_S = 10.0
OPTIONS = LinkOptions(backoff_s=0.02, backoff_cap_s=0.05, connects_per_s=10_000, tick_s=0.05)
_COMPREHENSIONS: Final = frozenset({"<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"})


class Entered:
    """The functions of the client that were entered while :meth:`recording`, by thread."""

    def __init__(self) -> None:
        self.by_thread: dict[str, set[CodeType]] = {}
        self._is_on = False
        self._home = f"{HOME}/"
        self._paper = f"{HOME}/paper/"  # the other side

    def __call__(self, frame: FrameType, event: str, _arg: Any) -> None:
        """The hook for ``setprofile``; it reads nothing of the frame while it is off."""
        if self._is_on and event == "call":
            code = frame.f_code
            if code.co_filename.startswith(self._home) and not code.co_filename.startswith(self._paper):
                self.by_thread.setdefault(threading.current_thread().name, set()).add(code)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Count what is entered inside, on this thread and on those that were started since the hook was set."""
        self.by_thread = {}
        sys.setprofile(self)
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False
            sys.setprofile(None)

    def functions(self, thread: str) -> list[tuple[str, str]]:
        """File and name of each that this thread entered. Comprehensions are part of their function."""
        found = self.by_thread.get(thread, set())
        return sorted({(_file(code), code.co_qualname) for code in found if code.co_name not in _COMPREHENSIONS})


def _file(code: CodeType) -> str:
    return Path(code.co_filename).relative_to(HOME).as_posix()


def run() -> dict[str, list[tuple[str, str]]]:
    """Walk the three ways: file and name of every function that was entered."""
    entered = Entered()
    threading.setprofile(entered)
    try:
        with PaperExchange() as paper:
            paper.quiet()
            with WsClient(paper.config, options=OPTIONS) as ws, OkxClient(paper.config) as rest:
                here = threading.current_thread().name
                subscribe = _subscribe(entered, ws).functions(here)
                cancel = _cancel(entered, ws).functions(here)
                _drop(entered, paper, ws, rest)
                return {
                    "subscribe": subscribe,
                    "cancel": cancel,
                    "drop": entered.functions("okx-ws-private-0"),
                    "recovery": entered.functions("okx-recovery"),
                }
    finally:
        threading.setprofile(None)


def _subscribe(entered: Entered, ws: WsClient) -> Entered:
    ws.connect("public")
    ws.subscribe_tickers("ETH-USDT", callback=_ignore)  # what is done once is no part of the way
    with entered.recording():
        ws.subscribe_tickers(BTC, callback=_ignore)
    return entered


def _cancel(entered: Entered, ws: WsClient) -> Entered:
    orders = ws.orders
    assert orders.wait_synced(PATIENCE_S)
    for is_counted in (False, True):
        order = orders.place(BTC, "buy", "0.5", LOW, td_mode="cash")
        assert order.wait_until(lambda one: one.status == "live", PATIENCE_S)
        if is_counted:
            with entered.recording():
                order.cancel()
                assert order.wait_done(PATIENCE_S)
        else:
            order.cancel()
            assert order.wait_done(PATIENCE_S)
    return entered


def _drop(entered: Entered, paper: PaperExchange, ws: WsClient, rest: OkxClient) -> None:
    told, kinds = list[Any](), list[str]()
    ws.subscribe_orders("ANY", callback=told.append)
    placed = rest.place_order(BTC, "cash", "buy", "limit", "0.5", LOW)
    _until(lambda: bool(told))
    ws.on_state(lambda event: kinds.append(event.kind) if event.path == "private" else None)
    with entered.recording():
        paper.faults.refuse_connect()
        paper.faults.drop("rst")
        _until(lambda: "lost" in kinds)
        rest.cancel_order(BTC, ord_id=placed.ordId)
        paper.faults.accept_connect()
        _until(lambda: "gap" in kinds and ws.orders.synced)


def _ignore(_event: object) -> None:
    """A callback that has nothing to do."""


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("it did not come true in time")
        time.sleep(0.005)


def main() -> None:
    """Walk, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="name every function as well")
    parser.add_argument("--json", type=Path, default=Path("build/thread_functions.json"))
    given = parser.parse_args()
    walked = run()
    figures = {
        name: {"functions": len(found), "files": len({file for file, _ in found})} for name, found in walked.items()
    }
    for name, one in figures.items():
        sys.stdout.write(f"{name:10} {one['functions']:4} functions in {one['files']:3} files\n")
        if given.list:
            sys.stdout.writelines(f"    {file}: {function}\n" for file, function in walked[name])
    keep(given.json, figures)


if __name__ == "__main__":
    main()
