"""What the decoding of a long answer costs: 3,000 instruments, from the bytes of the body to typed rows.

    python -m tests.benchmarks.rest_decode [--rounds 7] [--rows 3000] [--json build/rest_decode.json]

The answer is that of ``GET /api/v5/public/instruments``, a type of instrument at a time, with every field that a row
can have. ``typed`` is all that happens to it in ``OkxClient.get_instruments`` once it has been received: parsed, looked
at for refusals, made ``Instrument`` rows. Their fields are converted when they are read: so there are two more lines,
for four fields of each row and for all. The parsers alone, which give untyped rows, stand beside them.

Figures are medians of the rounds, in CPU time, so that a busy machine does not count. Each round does everything once,
every other one backwards.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import orjson

from okx_sync import Config, OkxClient
from okx_sync.exchanges.okx.models import Instrument
from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect
from okx_sync.rest.call_rules import settled
from okx_sync.rest.dialect import Reply
from tests.benchmarks.figures import keep

ROWS = 3000
FOUR = ("instId", "tickSz", "lotSz", "minSz")
_PATH = "/api/v5/public/instruments"
_PARAMS = {"instType": "SWAP"}

_COMMON: dict[str, Any] = {
    "instType": "SWAP", "seriesId": "", "groupId": "4", "category": "1", "baseCcy": "", "quoteCcy": "", "ctMult": "1",
    "optType": "", "stk": "", "auctionEndTime": "", "contTdSwTime": "", "preMktSwTime": "", "openType": "",
    "expTime": "", "ctType": "linear", "alias": "", "state": "live", "ruleType": "normal", "futureSettlement": False,
    "instCategory": "1", "maxLmtAmt": "20000000", "maxMktAmt": "1000000", "tradeQuoteCcyList": [],
    "initPxLmtPct": "0.05", "floatPxLmtPct": "0.05", "maxPxLmtPct": "0.15", "rpi": "1", "elp": "1",
    "rpiMinLevel": "2", "rpiMinPxBand": "0.0005", "posLmtAmt": "250000000", "posLmtPct": "30",
    "maxPlatOILmt": "1000000000", "maxPlatOICoinLmt": "",
}  # fmt: skip


def row(number: int) -> dict[str, Any]:
    """Perpetual ``number``, as OKX spells it."""
    coin, small = f"COIN{number}", number % 4
    most = f"{100_000_000 >> small}"
    change = {"param": "tickSz", "newValue": f"0.{'0' * small}5", "effTime": "1764000000000"}
    return {
        **_COMMON,
        "instId": f"{coin}-USDT-SWAP", "uly": f"{coin}-USDT", "instFamily": f"{coin}-USDT", "settleCcy": "USDT",
        "instIdCode": 10_000 + number, "ctVal": f"0.{'0' * small}1", "ctValCcy": coin,
        "listTime": str(1_573_557_408_000 + number * 60_000), "lever": str(20 + 10 * small),
        "tickSz": f"0.{'0' * small}1", "lotSz": "0.01", "minSz": "0.01", "maxLmtSz": most,
        "maxMktSz": f"{20_000 + number}", "maxTwapSz": f"{most}.0000000000000000",
        "maxIcebergSz": f"{most}.0000000000000000", "maxTriggerSz": f"{most}.0000000000000000",
        "maxStopSz": f"{20_000 + number}", "upcChg": [] if number % 50 else [change],
        "longPosRemainingQuota": f"{249_000_000 + number}.5", "shortPosRemainingQuota": f"{248_000_000 + number}.25",
    }  # fmt: skip


def body(rows: int) -> bytes:
    """The whole answer."""
    return orjson.dumps({"code": "0", "msg": "", "data": [row(number) for number in range(rows)]})


def typed(text: bytes) -> list[Instrument]:
    """What a client does with it."""
    reply = _dialect.read(orjson.loads(text))
    if reply is None:
        raise ValueError("the answer cannot be read")
    done = settled(_dialect, _endpoint, _PARAMS, reply, None)
    if not isinstance(done, Reply):
        raise done
    rows: list[Instrument] = _endpoint.decode(done, _PARAMS)
    return rows


_dialect = OkxRestDialect(Config())
_endpoint = next(endpoint for endpoint in OkxClient.endpoints() if endpoint.path == _PATH)


def names() -> tuple[str, ...]:
    """Every field of an instrument."""
    return tuple(field.name for field in attrs.fields(Instrument))


def _reading(fields: Sequence[str]) -> Callable[[bytes], Any]:
    def read(text: bytes) -> list[Instrument]:
        rows = typed(text)
        for one in rows:
            for name in fields:
                getattr(one, name)
        return rows

    return read


def ways() -> dict[str, Callable[[bytes], Any]]:
    """From the body to rows, by name."""
    return {
        "json.loads": json.loads,
        "orjson.loads": orjson.loads,
        "typed": typed,
        "typed, 4 fields read": _reading(FOUR),
        "typed, all fields read": _reading(names()),
    }


def _cpu_ms(way: Callable[[bytes], Any], text: bytes) -> float:
    gc.collect()  # what others have left behind is not this one's work
    began = time.thread_time_ns()
    rows = way(text)
    took = time.thread_time_ns() - began
    del rows
    return took / 1e6


def run(rounds: int = 7, rows: int = ROWS) -> dict[str, Any]:
    """``kib`` of the answer, ``rows`` and ``fields`` in it; by way, ``ms`` for all of it and ``us_row`` for a row."""
    text = body(rows)
    taken: dict[str, list[float]] = {name: [] for name in ways()}
    for number in range(rounds + 1):
        order = list(ways().items())
        for name, way in order if number % 2 else reversed(order):
            took = _cpu_ms(way, text)
            if number:  # the first round warms up
                taken[name].append(took)
    median = {name: statistics.median(values) for name, values in taken.items()}
    return {
        "kib": len(text) / 1024,
        "rows": rows,
        "fields": len(names()),
        "ways": {name: {"ms": round(ms, 3), "us_row": round(ms * 1000 / rows, 3)} for name, ms in median.items()},
    }


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--json", type=Path, default=Path("build/rest_decode.json"))
    given = parser.parse_args()
    figures = run(given.rounds, given.rows)
    lines = [f"{figures['rows']} rows of {figures['fields']} fields, {figures['kib']:.0f} KiB"]
    lines += [f"{'':24} {'ms':>8} {'us a row':>10}"]
    lines += [f"{name:24} {one['ms']:8.1f} {one['us_row']:10.2f}" for name, one in figures["ways"].items()]
    sys.stdout.write("\n".join(lines) + "\n")
    keep(given.json, figures)


if __name__ == "__main__":
    main()
