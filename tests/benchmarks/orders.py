"""What a live order costs: from the bytes of a push to the state of its order and the event that tells of it.

    python -m tests.benchmarks.orders [--rounds 7] [--orders 500] [--json build/orders.json]

Each order is pushed four times: as it is placed, at two fills in part, and at its end. The same pushes are measured in
three ways:

- ``json``: parsed, and nothing of them read;
- ``fields``: parsed, and what the state of an order is made of read by hand: ids, words, exact numbers, times, and of a
  fill its price, size, fee and time; kept in a dict by order;
- ``manager``: decoded as a subscription does that has learned what is read of it, and taken in by an ``OrderManager``
  with one listener, which knows what the status may become, which fills it has, and what has changed.

``ratio`` is ``manager`` by ``fields``. Figures are medians of the rounds, in CPU time of the thread.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from okx_sync import OrderManager
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.models import Order
from okx_sync.rows import decoder
from okx_sync.rows.filling import decoders_of, plan_of
from tests.benchmarks.figures import keep
from tests.benchmarks.load.payloads import BODIES

__all__ = ["WAYS", "frames", "run", "table"]

_NO_FILL: dict[str, str] = dict.fromkeys(("fillPx", "fillTime", "tradeId", "fillFeeCcy", "fillPnl", "execType"), "") | {
    "fillSz": "0", "fillFee": "0",
}  # fmt: skip

Step = Callable[[bytes], object]


def frames(orders: int) -> list[bytes]:
    """The pushes of so many orders, one order after another."""
    told: list[bytes] = []
    for number in range(orders):
        message = BODIES["okx"]["orders"](number, number + 1, "ANY")
        row = message["data"][0]
        steps: list[dict[str, str]] = [{**row, **_NO_FILL, "state": "live", "accFillSz": "0", "avgPx": "", "fee": "0"}]
        for count in (1, 2, 3):
            changed = {"tradeId": f"{count}{number}", "accFillSz": f"0.{count}", "fee": f"-0.000{count}"}
            at = {"uTime": f"17637264002{count}0", "state": "filled" if count == 3 else "partially_filled"}
            steps.append({**row, **changed, **at})
        told += [orjson.dumps({**message, "data": [step]}) for step in steps]
    return told


def _json() -> Step:
    return orjson.loads


def _fields() -> Step:
    orders: dict[str, dict[str, Any]] = {}

    def step(frame: bytes) -> None:
        for row in orjson.loads(frame)["data"]:
            order = orders.setdefault(row["ordId"], {"fills": {}})
            price, average = row["px"], row["avgPx"]
            order.update(
                inst=row["instId"],
                client_id=row["clOrdId"],
                side=row["side"],
                kind=row["ordType"],
                status=row["state"],
                price=Decimal(price) if price else None,
                size=Decimal(row["sz"]),
                filled=Decimal(row["accFillSz"]),
                average=Decimal(average) if average else None,
                fee=Decimal(row["fee"]),
                updated=int(row["uTime"]),
                created=int(row["cTime"]),
            )
            if row["tradeId"]:
                amounts = Decimal(row["fillPx"]), Decimal(row["fillSz"]), Decimal(row["fillFee"])
                order["fills"][row["tradeId"]] = (*amounts, int(row["fillTime"]))

    return step


def _manager() -> Step:
    manager = OrderManager()
    told: list[object] = [None]

    @manager.on_order
    def tell(change: object) -> None:
        told[0] = change

    decode, apply = _learned(), manager.apply

    def step(frame: bytes) -> None:
        for row in decode(frame):
            apply(row)

    return step


@cache
def _learned() -> Callable[[bytes], list[Any]]:
    """What decodes a push once a subscription has learned what a manager reads of it."""
    parse, scratch = OkxDialect().parse, OrderManager()
    rows: list[Any] = []
    for frame in frames(3)[1:]:
        message = parse(frame)
        rows += decoder(Order)(message["data"], message)
        scratch.apply(rows[-1])
    read = {name for row in rows for name in vars(row)}
    return decoders_of(Order, plan_of(Order, read, rows), parse)().at_once


WAYS: dict[str, Callable[[], Step]] = {"json": _json, "fields": _fields, "manager": _manager}
"""By name: what makes the step that takes one push, with nothing known of any order."""


def run(rounds: int = 7, orders: int = 500) -> dict[str, Any]:
    """CPU microseconds for a push, ``us`` by way, and the ``ratio``."""
    told = frames(orders)
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(rounds + 1):
        for way, make in WAYS.items():
            step = make()
            began = time.thread_time_ns()
            for frame in told:
                step(frame)
            took = (time.thread_time_ns() - began) / len(told) / 1000
            if number:  # the first round makes all warm
                taken[way].append(took)
    median = {way: statistics.median(values) for way, values in taken.items()}
    ratio = statistics.median(one / other for one, other in zip(taken["manager"], taken["fields"], strict=True))
    return {"us": {way: round(us, 2) for way, us in median.items()}, "ratio": round(ratio, 2)}


def table(figures: dict[str, Any]) -> list[str]:
    """The lines for people."""
    lines = [f"{'us, one push of an order':28} {us:8.1f} {way}" for way, us in figures["us"].items()]
    return [*lines, f"{'manager by fields':28} {figures['ratio']:8.2f}"]


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--orders", type=int, default=500)
    parser.add_argument("--json", type=Path, default=Path("build/orders.json"))
    given = parser.parse_args()
    figures = run(given.rounds, given.orders)
    sys.stdout.write("\n".join(table(figures)) + "\n")
    keep(given.json, figures)


if __name__ == "__main__":
    main()
