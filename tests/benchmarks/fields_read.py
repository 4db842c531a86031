"""What it costs to have seven fields of a ticker, and a table of candles: over what one writes by hand.

    python -m tests.benchmarks.fields_read [--rounds 15] [--json build/fields_read.json]

``by hand`` is ``orjson.loads`` and ``Decimal(row["last"])``, seven times, for each message, in one function.
``learned`` is a subscription's decoder and a callback that reads the same fields, once it has learned which, ``lazy``
the same before it has. In ``usual`` messages as many numbers are those of the message before as in OKX's: seven best
prices and sizes of eight, one last price of three. In ``fresh`` ones no number comes twice. ``read nothing`` is a
callback that does so, over ``orjson.loads`` alone.

A table: ``to_df`` of rows of which nothing was read, over ``DataFrame([row.raw ...])`` and a conversion of each column.

Figures are medians of the rounds, in CPU time of the thread, and ratios within the rounds, which alternate.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import importlib
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from okx_sync import to_df
from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.learning import Learners
from okx_sync.exchanges.okx.models import Candle, Ticker
from okx_sync.protocol.events import Garbage
from okx_sync.rows import decoder, opener
from okx_sync.timing import Clock
from tests.benchmarks.figures import keep
from tests.benchmarks.load.payloads import bodies_of

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("instId", "last", "bidPx", "askPx", "bidSz", "askSz", "ts")
COLUMNS = ["ts", "o", "h", "l", "c", "vol", "volCcy", "volCcyQuote", "confirm"]
_CANDLE = ["3.721", "3.743", "3.677", "3.708", "8422410", "22698348.04828491", "12698348.04828491", "1"]
_TIME = b"1763726400123"
_STAYS = {
    **dict.fromkeys(("bidPx", "askPx", "bidSz", "askSz"), 7 / 8), "last": 1 / 3,
    **dict.fromkeys(("open24h", "high24h", "low24h", "sodUtc0", "sodUtc8"), 1.0),
}  # fmt: skip


def by_hand(frame: bytes) -> tuple[Any, ...]:
    """The fields of a message."""
    row = orjson.loads(frame)["data"][0]
    return (
        row["instId"],
        Decimal(row["last"]),
        Decimal(row["bidPx"]),
        Decimal(row["askPx"]),
        Decimal(row["bidSz"]),
        Decimal(row["askSz"]),
        int(row["ts"]),
    )


def read(row: Any) -> tuple[Any, ...]:
    """The same fields of a row; a user's callback."""
    return row.instId, row.last, row.bidPx, row.askPx, row.bidSz, row.askSz, row.ts


def usual() -> list[bytes]:
    """Messages of which some numbers are those of the message before."""
    chance = random.Random(7)
    frames: list[bytes] = []
    shown: dict[str, str] = {}
    for frame in fresh():
        message = orjson.loads(frame)
        row = message["data"][0]
        stays = {name for name in row if name in shown and chance.random() < _STAYS.get(name, 0.0)}
        row |= {name: shown[name] for name in stays}
        shown = dict(row)
        frames.append(orjson.dumps(message))
    return frames


def fresh() -> list[bytes]:
    """Messages without a number that comes twice."""
    numbers = random.Random(7)
    frames = []
    for number, (before, behind) in enumerate(bodies_of("okx", "tickers")):
        message = orjson.loads(before + _TIME + behind)
        row = message["data"][0]
        row |= {name: f"{numbers.uniform(0, 1e5):.{numbers.randint(2, 8)}f}" for name in row if name[:4] != "inst"}
        row["ts"] = str(int(_TIME) + number)
        frames.append(orjson.dumps(message))
    return frames


def subscribed(callback: Callable[[Any], object]) -> MessageDecoder:
    """A decoder as a subscription with this callback has it."""
    begin = functools.partial(Learners(Clock(), orjson.loads).add, Ticker, callback)
    plain = opener(Ticker, orjson.loads), decoder(Ticker)
    return MessageDecoder(*plain, lambda frame: Garbage(frame, "odd"), lambda error: None, begin)


def learned(frames: list[bytes]) -> Callable[[bytes], Any]:
    """What a callback costs that has been read for a while."""
    one = subscribed(read)
    for frame in frames[:16]:
        for row in one.at_once(frame):
            read(row)

    def take(frame: bytes) -> Any:
        return read(one.at_once(frame)[0])

    return take


def lazy(frame: bytes) -> Any:
    """What the first messages cost."""
    return read(_PLAIN(frame)[0])


_PLAIN = opener(Ticker, orjson.loads)


def counting(frames: list[bytes]) -> Callable[[bytes], Any]:
    """What a callback costs that reads nothing."""
    one = subscribed(len)
    for frame in frames[:16]:
        one.at_once(frame)

    def take(frame: bytes) -> Any:
        return one.at_once(frame)[0]

    return take


def struct() -> Callable[[bytes], Any]:
    """What it costs with msgspec, which makes all numbers of the message while it parses, and no others."""
    msgspec: Any = importlib.import_module("msgspec")
    texts = ("instType", "instId", "ts")
    fields = [(name, str if name in texts else Decimal) for name in orjson.loads(usual()[0])["data"][0]]
    row: Any = msgspec.defstruct("Row", fields)
    decode = msgspec.json.Decoder(msgspec.defstruct("Message", [("data", list[row])])).decode
    return lambda frame: [(one.instId, one.last, one.bidPx, int(one.ts)) for one in decode(frame).data]


def candles(rows: int) -> list[Candle]:
    """Rows as a call for candles returns them, unread."""
    told = {"arg": {"channel": "candle1m", "instId": "BTC-USDT"}}
    return decoder(Candle)([[str(1_597_026_383_085 + 60_000 * i), *_CANDLE] for i in range(rows)], told)


def table_by_hand(rows: list[Candle]) -> pd.DataFrame:
    """A table of them, with floats."""
    import pandas as pd

    frame = pd.DataFrame([row.raw for row in rows], columns=COLUMNS)
    for name in COLUMNS[1:-1]:
        frame[name] = frame[name].astype("float64")
    frame["ts"] = pd.to_datetime(frame["ts"].astype("int64"), unit="ms", utc=True)
    frame["confirm"] = frame["confirm"] == "1"
    return frame.set_index("ts")


def _cpu_ns(work: Callable[[], object]) -> int:
    began = time.thread_time_ns()
    work()
    return time.thread_time_ns() - began


def alternating(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[int]]:
    """CPU nanoseconds of each way by round; every other round goes backwards, and the first does not count."""
    taken: dict[str, list[int]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        gc.collect()
        for name, way in sorted(ways.items(), reverse=bool(number % 2)):
            took = _cpu_ns(way)
            if number:
                taken[name].append(took)
    return taken


def _each(way: Callable[[bytes], object], frames: list[bytes]) -> Callable[[], object]:
    def work() -> None:
        for _ in range(4):
            for frame in frames:
                way(frame)

    return work


def messages(frames: list[bytes], rounds: int) -> dict[str, float]:
    """Microseconds a message of each way, and ratios."""
    ways = {
        "by hand": _each(by_hand, frames),
        "learned": _each(learned(frames), frames),
        "lazy": _each(lazy, frames),
        "orjson": _each(orjson.loads, frames),
        "read nothing": _each(counting(frames), frames),
    }
    with contextlib.suppress(ImportError):  # of the extra ``bench``
        ways["msgspec"] = _each(struct(), frames)
    taken = alternating(ways, rounds)
    found = {name: statistics.median(values) / 4000 / len(frames) for name, values in taken.items()}
    pairs = (("learned", "by hand"), ("lazy", "by hand"), ("read nothing", "orjson"))
    return found | {f"{one} over {two}": _ratio(taken, one, two) for one, two in pairs}


def tables(rows: int, rounds: int) -> dict[str, float]:
    """Milliseconds a table, and the ratio."""
    cold = [candles(rows) for _ in range(rounds + 1)]
    mine, theirs = iter(cold), iter(cold)
    ways = {"by hand": lambda: table_by_hand(next(theirs)), "to_df": lambda: to_df(next(mine), numbers="float64")}
    taken = alternating(ways, rounds)
    found = {name: statistics.median(values) / 1e6 for name, values in taken.items()}
    return found | {"to_df over by hand": _ratio(taken, "to_df", "by hand")}


def _ratio(taken: dict[str, list[int]], one: str, two: str) -> float:
    return statistics.median(a / b for a, b in zip(taken[one], taken[two], strict=True))


def run(rounds: int = 15, rows: int = 100_000) -> dict[str, dict[str, float]]:
    """All figures."""
    return {
        "usual, us": messages(usual(), rounds),
        "fresh, us": messages(fresh(), rounds),
        f"table of {rows} candles, ms": tables(rows, max(3, rounds // 3)),
    }


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", type=Path, default=Path("build/fields_read.json"))
    given = parser.parse_args()
    figures = run(given.rounds, given.rows)
    for title, found in figures.items():
        sys.stdout.write(f"{title}\n")
        sys.stdout.writelines(f"    {name:28} {value:9.2f}\n" for name, value in found.items())
    keep(given.json, json.loads(json.dumps(figures)))


if __name__ == "__main__":
    main()
