"""What a live order book costs: an update of 20 levels, the best level after it, a snapshot, and memory.

    python -m tests.benchmarks.books [--rounds 7] [--updates 3000] [--json build/books.json]

A book of 400 levels a side, as OKX's channel ``books`` keeps it; each update has ten levels a side: six new sizes, two
new levels, two that go. Most are near the top, as in a market. The same update is measured from these starting points:

- ``Book``: its neutral form, into ``Book.apply``, the part without locks and listeners;
- ``OrderBook``: the typed row, into ``OrderBook.apply``, which is what the callback of a client's live book calls;
- ``parsed``: the message as parsed, to the typed row and on;
- ``bytes``: the frame, decoded as the client's subscription decodes it, and on;
- ``by hand``: the frame, into two ``SortedDict``s of exact numbers, with a look at the sequence number: what a program
  without this package would do.

What goes before a starting point is done outside the measured time, a few updates ahead and not all of them: in a
client they are still in the processor's cache, too. Each figure is the median of the rounds, each round on a new book.
Of its updates a round gives the mean CPU time, so that a busy machine does not count, and of its reads the median.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
import tracemalloc
from bisect import insort
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from sortedcontainers import SortedDict

from okx_sync import OrderBook
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.models import BookUpdate
from okx_sync.rows import decoder
from okx_sync.rows.row import opener
from okx_sync.state.book.book import Book
from okx_sync.state.book.book_change import BookChange
from tests.benchmarks.figures import keep

INST_ID = "BTC-USDT"
DEPTH = 400
DEPTHS = (50, 400, 5000)
CHANGED, PUT_IN, TAKEN_OUT = 6, 2, 2
_MIDDLE = 649_900  # in ticks of 0.1
_NEAR = 15.0  # an update's level is on average so many levels away from the best
_AHEAD = 20
_BOOKS = 10

Step = Callable[[Any], object]


class Market:
    """Both sides of a book and how they go on. The same ``depth`` always tells the same story."""

    def __init__(self, depth: int) -> None:
        self._dice = random.Random(depth)
        # How many ticks from the middle there are levels, best first; every second place is empty.
        self.bids, self.asks = (sorted(self._dice.sample(range(1, 2 * depth), depth)) for _ in range(2))
        self._number = 0

    def snapshot(self) -> bytes:
        """The frame that brings the whole book."""
        sides = [[self._row(sign, ticks) for ticks in side] for sign, side in ((-1, self.bids), (1, self.asks))]
        return self._frame("snapshot", *sides)

    def update(self) -> bytes:
        """The frame of the next change."""
        return self._frame("update", self._side(-1, self.bids), self._side(1, self.asks))

    def _side(self, sign: int, side: list[int]) -> list[list[str]]:
        touched: set[int] = set()
        while len(touched) < CHANGED + TAKEN_OUT:
            touched.add(side[self._near(side)])
        gone = set(self._dice.sample(sorted(touched), TAKEN_OUT))
        new: set[int] = set()
        while len(new) < PUT_IN:
            ticks = max(1, side[self._near(side)] + self._dice.randint(-4, 4))
            if ticks not in side[: ticks + 1]:  # no further off can it stand
                new.add(ticks)
        for ticks in gone:
            side.remove(ticks)
        for ticks in new:
            insort(side, ticks)
        return [self._row(sign, ticks, is_gone=ticks in gone) for ticks in sorted(touched | new)]

    def _near(self, side: list[int]) -> int:
        return min(int(self._dice.expovariate(1 / _NEAR)), len(side) - 1)

    def _row(self, sign: int, ticks: int, *, is_gone: bool = False) -> list[str]:
        whole, part = divmod(_MIDDLE + sign * ticks, 10)
        size = f"0.{self._dice.randrange(1, 10**8):08}".rstrip("0")
        price = f"{whole}.{part}" if part else str(whole)
        return [price, "0", "0", "0"] if is_gone else [price, size, "0", str(self._dice.randrange(1, 30))]

    def _frame(self, action: str, bids: list[list[str]], asks: list[list[str]]) -> bytes:
        before, self._number = self._number or -1, self._number + 3
        row = {"asks": asks, "bids": bids, "ts": "1763726400123", "checksum": 0, "seqId": self._number}
        arg = {"channel": "books", "instId": INST_ID}
        return orjson.dumps({"arg": arg, "action": action, "data": [row | {"prevSeqId": before}]})


def frames(depth: int, updates: int) -> list[bytes]:
    """A snapshot and what follows it."""
    market = Market(depth)
    return [market.snapshot(), *(market.update() for _ in range(updates))]


# -- the starting points -------------------------------------------------------------------------------------------

_open = opener(BookUpdate, OkxDialect().parse)
_decode = decoder(BookUpdate)


def _typed(frame: bytes) -> BookUpdate:
    message = orjson.loads(frame)
    return _decode(message["data"], message)[0]


def _neutral(frame: bytes) -> BookChange:
    return _typed(frame).to_change()


def _as_it_is(frame: bytes) -> bytes:
    return frame


def _new_live() -> OrderBook:
    return OrderBook(INST_ID)


def _from_parsed() -> Step:
    apply = _new_live().apply

    def step(message: dict[str, Any]) -> None:
        for update in _decode(message["data"], message):
            apply(update)

    return step


def _from_bytes() -> Step:
    apply = _new_live().apply

    def step(frame: bytes) -> None:
        for update in _open(frame):
            apply(update)

    return step


def _by_hand() -> Step:
    bids: SortedDict[Decimal, Decimal] = SortedDict()
    asks: SortedDict[Decimal, Decimal] = SortedDict()
    stands_at = -1

    def step(frame: bytes) -> None:
        nonlocal stands_at
        message = orjson.loads(frame)
        row = message["data"][0]
        if message["action"] == "snapshot":
            bids.clear()
            asks.clear()
        elif row["prevSeqId"] != stands_at:
            raise ValueError("a gap")
        stands_at = row["seqId"]
        for side, levels in ((bids, row["bids"]), (asks, row["asks"])):
            for level in levels:
                price, size = Decimal(level[0]), Decimal(level[1])
                if size:
                    side[price] = size
                else:
                    side.pop(price, None)

    return step


PATHS: dict[str, tuple[Callable[[bytes], Any], Callable[[], Step]]] = {
    "Book": (_neutral, lambda: Book().apply),
    "OrderBook": (_typed, lambda: _new_live().apply),
    "parsed": (orjson.loads, _from_parsed),
    "bytes": (_as_it_is, _from_bytes),
    "by hand": (_as_it_is, _by_hand),
}
"""By name: what is done beforehand, and what is measured."""


# -- measuring -------------------------------------------------------------------------------------------------------


def mean_us(path: str, first: Sequence[bytes], then: Sequence[bytes]) -> float:
    """CPU microseconds for each of ``then``, on a new book that has taken ``first``."""
    prepare, made = PATHS[path]
    step = made()
    for frame in first:
        step(prepare(frame))
    took = 0
    for start in range(0, len(then), _AHEAD):
        ready = [prepare(frame) for frame in then[start : start + _AHEAD]]
        began = time.thread_time_ns()
        for one in ready:
            step(one)
        took += time.thread_time_ns() - began
    return took / len(then) / 1000


def _best_us(told: Sequence[bytes]) -> float:
    """Microseconds to read the best bid, once after each update."""
    book = _new_live()
    clock = time.perf_counter_ns
    took: list[int] = []
    for update in map(_typed, told):
        book.apply(update)
        began = clock()
        best = book.best_bid
        read = clock()
        took.append(read - began - (clock() - read))  # looking at the clock takes time as well
        assert best is not None
    return statistics.median(took) / 1000


def _memory_kib(told: Sequence[bytes]) -> float:
    """What one book holds once it has been fed, by what Python has allocated."""

    def fed() -> list[OrderBook]:
        books = [_new_live() for _ in range(_BOOKS)]
        for book in books:
            for frame in told:
                book.apply(_typed(frame))
        return books

    fed()  # what is made once and for all is made now
    gc.collect()
    tracemalloc.start()
    try:
        kept = fed()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / len(kept) / 1024
    finally:
        tracemalloc.stop()


def run(rounds: int = 7, updates: int = 3000) -> dict[str, Any]:
    """Microseconds and KiB: ``update_us`` and ``snapshot_us`` by path, ``depths`` by levels a side, ``memory_kib``."""
    told = {depth: frames(depth, updates) for depth in DEPTHS}
    snapshot, *changes = told[DEPTH]
    again = [snapshot] * max(1, updates // 60)
    for path in PATHS:
        mean_us(path, [snapshot], changes[: updates // 3])  # so that all is warm
    taken: dict[str, list[float]] = {}
    for _ in range(rounds):
        for path in PATHS:
            taken.setdefault(f"update {path}", []).append(mean_us(path, [snapshot], changes))
            taken.setdefault(f"snapshot {path}", []).append(mean_us(path, [snapshot], again))
        for depth, (first, *then) in told.items():
            taken.setdefault(f"apply {depth}", []).append(mean_us("OrderBook", [first], then))
            taken.setdefault(f"best {depth}", []).append(_best_us(told[depth]))
    median = {name: round(statistics.median(values), 2) for name, values in taken.items()}
    few = told[DEPTH][: 1 + min(updates, 300)]
    return {
        "update_us": {path: median[f"update {path}"] for path in PATHS},
        "snapshot_us": {path: median[f"snapshot {path}"] for path in PATHS},
        "depths": {str(n): {"update_us": median[f"apply {n}"], "best_us": median[f"best {n}"]} for n in DEPTHS},
        "memory_kib": {"after a snapshot": _memory_kib(few[:1]), f"after {len(few) - 1} updates": _memory_kib(few)},
    }


def table(figures: dict[str, Any]) -> list[str]:
    """The lines for people."""
    lines = [f"{'us, ' + str(DEPTH) + ' levels a side':24} {'update of 20':>14} {'snapshot':>10}"]
    for path, update in figures["update_us"].items():
        lines.append(f"{path:24} {update:14.1f} {figures['snapshot_us'][path]:10.0f}")
    lines.append(f"{'us, by levels a side':24} {'update of 20':>14} {'best bid':>10}")
    for depth, one in figures["depths"].items():
        lines.append(f"{depth:24} {one['update_us']:14.1f} {one['best_us']:10.2f}")
    lines += [f"{'KiB ' + when:24} {kib:14.0f}" for when, kib in figures["memory_kib"].items()]
    return lines


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--json", type=Path, default=Path("build/books.json"))
    given = parser.parse_args()
    figures = run(given.rounds, given.updates)
    sys.stdout.write("\n".join(table(figures)) + "\n")
    keep(given.json, figures)


if __name__ == "__main__":
    main()
