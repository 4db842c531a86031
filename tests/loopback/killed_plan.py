"""What the bot does that is killed: an order, a bracket or an algo order for each number of its plan.

The bot's own memory is one file, ``plan``, to which it adds the number before it sends anything for it. What it does at
the moment stands in another one, ``doing``, for the test to count.
"""

from __future__ import annotations

import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from okx_sync.errors import OkxApiError, OrderStatusUnknown

__all__ = ["PATIENCE_S", "WIRES", "Bot", "algo_name", "doing_in", "is_algo", "name_of"]

WIRES: Final = ("okx", "bybit", "bitget")
PATIENCE_S: Final = 20.0
_CONTRACTS: Final[dict[str, dict[str, Any]]] = {
    "okx": {"inst_id": "BTC-USDT-SWAP", "size": "0.1", "td_mode": "cross"},
    "bybit": {"inst_id": "BTCUSDT", "size": "0.001"},
    "bitget": {"inst_id": "BTCUSDT", "size": "0.001"},
}
_ORDERS: Final = _CONTRACTS | {"okx": {"inst_id": "BTC-USDT", "size": "0.001", "td_mode": "cash"}}
_STEPS: Final = ("_order", "_bracket", "_changed", "_trigger", "_exit", "_kept")
_MOST_OPEN: Final = 6
_DOING_BYTES: Final = 32


def name_of(number: int) -> str:
    """The client order id of a number of the plan."""
    return f"plan{number:05d}"


def algo_name(number: int) -> str:
    """The client order id of an algo order of the plan."""
    return f"algo{number:05d}"


def is_algo(number: int) -> bool:
    """Whether a number of the plan is an algo order."""
    return _STEPS[number % len(_STEPS)] == "_trigger"


def doing_in(folder: Path) -> str:
    """What the last life was doing when it ended."""
    path = folder / "doing"
    return path.read_text().strip() if path.exists() else "the start"


class Bot:
    """One life: each number of the plan is done once, and most of what it places is canceled."""

    def __init__(self, wire: str, ws: Any, folder: Path) -> None:
        self._wire, self._ws, self._folder = wire, ws, folder
        self._doing_file = os.open(folder / "doing", os.O_WRONLY | os.O_CREAT, 0o600)

    def live(self, goal: int) -> None:
        """Find out what was, and go on with the plan up to the ``goal``."""
        self._doing("the start")
        orders = self._ws.orders
        if not orders.wait_synced(PATIENCE_S) or not orders.algos.wait_synced(PATIENCE_S):
            raise RuntimeError(f"not synced: {orders.unsynced_reason}, {orders.algos.unsynced_reason}")
        self._keep_heirs()
        forgotten = self._forget()
        self._tidy_up()
        plan = self._folder / "plan"
        done = plan.read_text().split() if plan.exists() else []
        first = int(done[-1]) if done else 0  # the last one may not have been sent
        for number in range(first, goal):
            if {name_of(number), algo_name(number)} & forgotten:
                continue
            with plan.open("a") as file:
                file.write(f"{number}\n")
            try:
                getattr(self, _STEPS[number % len(_STEPS)])(number)
            except OrderStatusUnknown as error:  # an answer that came too late; it is looked up
                sys.stderr.write(f"{number}: {error}\n")
            except OkxApiError as error:
                raise RuntimeError(f"number {number} of the plan was refused: {error}") from error
        self._doing("the close")

    def _doing(self, what: str) -> None:
        os.pwrite(self._doing_file, what.ljust(_DOING_BYTES).encode(), 0)

    # -- what was ------------------------------------------------------------------------------------------------------

    def _keep_heirs(self) -> None:
        """Note the orders that have taken the place of amended ones: nobody planned their ids."""
        orders = self._ws.orders
        names = {str(one.client_order_id) for one in (*orders.open, *orders.finished) if one.client_order_id}
        _add(self._folder / "heirs", sorted(one for one in names if not one.startswith(("plan", "algo"))))

    def _forget(self) -> set[str]:
        """Forget what was looked up and not found: it never arrived. Two stay, to be looked up in the next life."""
        orders, algos, kept = self._ws.orders, self._ws.orders.algos, self._folder / "forgotten"
        in_doubt = [one for one in orders if one.status == "unknown"]
        for order in in_doubt[:-2]:
            _add(kept, [str(order.client_order_id)])
            orders.forget(str(order.client_order_id))
        names = [str(one.client_order_id) for one in algos if one.status == "unknown" and one.client_order_id]
        for name in [one for one in names if one.startswith("algo")][:-2]:
            _add(kept, [name])
            algos.forget(name)
        brought = [one.parent for one in algos if one.status == "unknown" and not one.client_order_id]
        for parent in dict.fromkeys(one for one in brought if one is not None and one.is_done):
            if len(brought) > _MOST_OPEN:
                _add(self._folder / "over", [parent.client_order_id])  # it is not to be sent again
                orders.forget(parent.client_order_id)  # nobody will ever tell what became of what it brought
        return {name for path in (kept, self._folder / "over") if path.exists() for name in path.read_text().split()}

    def _tidy_up(self) -> None:
        self._doing("cancels of what is left")
        for many in (self._ws.orders, self._ws.orders.algos):
            open_now = [one for one in many.open if one.status in ("live", "armed")]
            for one in open_now[:-_MOST_OPEN]:
                if one.is_open:  # the cancel of another may have ended it
                    one.cancel()

    # -- what is next --------------------------------------------------------------------------------------------------

    def _placed(self, number: int, **words: Any) -> Any:
        """The order of a number, which is placed where that was not done before; None while it is in doubt."""
        orders, name = self._ws.orders, name_of(number)
        order = orders.get(client_order_id=name) or orders.place(side="buy", client_order_id=name, **words)
        return order if order.is_open and order.status != "unknown" else None

    def _end(self, order: Any) -> None:
        self._doing("a cancel")
        if order.is_open and order.cancel():
            order.wait_done(PATIENCE_S)

    def _order(self, number: int) -> None:
        self._doing("an order")
        if (order := self._placed(number, price=50_000, **_ORDERS[self._wire])) is not None:
            self._end(order)

    def _kept(self, number: int) -> None:
        """An order that stays, for the market or a later life."""
        self._doing("an order")
        self._placed(number, price=50_000, **_ORDERS[self._wire])

    def _changed(self, number: int) -> None:
        self._doing("an order")
        if (order := self._placed(number, price=50_000, **_ORDERS[self._wire])) is not None:
            self._doing("a change")
            self._end(order.amend(price=50_001 + number % 100))

    def _bracket(self, number: int) -> None:
        """Both sides; one is changed, and most of the orders stay for the market to fill."""
        self._doing("a bracket")
        exits = {"take_profit": 66_000 + _own(number), "stop_loss": 58_000 - _own(number)}
        order = self._placed(number, price=60_000, **exits, **_CONTRACTS[self._wire])
        if order is None or not order.wait_until(lambda one: one.children and not _wait(one.children), PATIENCE_S):
            return
        self._doing("a change of a bracket")
        if (child := order.take_profit) is not None and child.status in ("attached", "armed"):
            child.amend(take_profit=66_400 + _own(number))
        if number // len(_STEPS) % 3 == 2:
            self._end(order)

    def _exit(self, number: int) -> None:
        """One side, canceled with its order."""
        self._doing("a bracket")
        order = self._placed(number, price=60_000, stop_loss=57_000 - _own(number), **_CONTRACTS[self._wire])
        if order is not None:
            self._end(order)

    def _trigger(self, number: int) -> None:
        """An algo order by itself, changed, and mostly canceled."""
        self._doing("an algo order")
        orders, name = self._ws.orders, algo_name(number)
        algo = orders.algos.get(client_order_id=name)
        if algo is None:
            side, at = ("buy", 66_000) if number // len(_STEPS) % 2 else ("sell", 59_000)
            words = {"trigger": at + _own(number), "client_order_id": name}
            algo = orders.place_algo("trigger", side=side, **words, **_CONTRACTS[self._wire])
        if algo.wait_armed(PATIENCE_S) if algo.status == "pending" else algo.status == "armed":
            self._doing("a change of an algo order")
            algo.amend(trigger=algo.trigger.price + 1)
            if number // len(_STEPS) % 4 != 3:
                self._end(algo)


def _own(number: int) -> Decimal:
    """A distance that no other number has, for long: prices tell apart what has no id."""
    return Decimal(number % 4_000) / 10


def _wait(children: Any) -> bool:
    return any(one.status in ("pending", "unknown") for one in children)


def _add(path: Path, lines: list[str]) -> None:
    with path.open("a") as file:
        file.writelines(f"{one}\n" for one in lines)
