"""More topics than one socket may have, on servers that enforce what each exchange allows.

    python -m tests.benchmarks.limits [--json build/limits.json]

One by one: topics are asked and confirmed singly, then one topic comes and goes many times. At once: all of them by
``subscribe_many``. The server hangs up on whoever breaks a rule, and counts it: 480 requests for each connection and 3
connections a second (OKX), 240 requests and 1,000 channels for each connection (Bitget), 21,000 characters of topics
(Bybit). Bitget takes no more than ten messages a second from a connection, so that fewer are asked one by one there.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from okx_sync import BitgetConfig, BitgetWsClient, BybitConfig, BybitWsClient, Config, WsClient
from tests.benchmarks.figures import keep
from tests.benchmarks.load.processes import Server, serve
from tests.benchmarks.load.venue import Plan

__all__ = ["COLUMNS", "EXCHANGES", "run", "table"]
_LEAVING_S: Final = 3.0  # the last topic may still be on its way out
COLUMNS: Final = ("asked", "topics", "requests", "rejected", "connections", "opened")


@attrs.frozen
class Exchange:
    """Its rules, its client, how a topic is asked for, and how much is asked one by one."""

    rules: dict[str, Any]
    client: Callable[[str], Any]
    channel: str
    arg: Callable[[int], dict[str, str]]
    alone: int = 1500
    rounds: int = 1000


EXCHANGES: Final = {
    "okx": Exchange(
        {"most_requests": 480, "most_connects": 3},
        lambda url: WsClient(Config(ws_public_url=f"{url}/ws/v5/public")),
        "tickers",
        lambda number: {"instId": f"COIN{number}-USDT"},
    ),
    "bitget": Exchange(
        {"most_requests": 240, "most_topics": 1000},
        lambda url: BitgetWsClient(BitgetConfig(ws_public_url=f"{url}/v2/ws/public")),
        "ticker",
        lambda number: {"instType": "USDT-FUTURES", "instId": f"COIN{number}USDT"},
        alone=300,
        rounds=50,
    ),
    "bybit": Exchange(
        {"most_characters": 21_000},
        lambda url: BybitWsClient(BybitConfig(ws_public_url=f"{url}/v5/public/linear")),
        "tickers",
        lambda number: {"symbol": f"COIN{number}USDT"},
    ),
}


def run(
    names: Iterable[str] = tuple(EXCHANGES), many: int = 5000, alone: int | None = None, rounds: int | None = None
) -> dict[str, dict[str, Any]]:
    """By exchange and way (``"okx one by one"``): seconds, topics asked and active, requests, rejections, sockets.

    ``alone``, ``rounds``: in place of the exchange's own numbers.
    """
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        exchange = EXCHANGES[name]
        found[f"{name} one by one"] = _one_by_one(name, alone or exchange.alone, rounds or exchange.rounds)
        found[f"{name} at once"] = _at_once(name, many)
    return found


@contextlib.contextmanager
def _opened(name: str) -> Iterator[tuple[Server, Any]]:
    exchange = EXCHANGES[name]
    plan = Plan(name, held=True, **exchange.rules)
    with serve(plan) as server, exchange.client(f"ws://localhost:{server.port}") as client:
        yield server, client


def _one_by_one(name: str, alone: int, rounds: int) -> dict[str, Any]:
    exchange = EXCHANGES[name]

    def ask(client: Any) -> None:
        for number in range(alone):
            client.subscribe(exchange.channel, _ignore, **exchange.arg(number))
        for _ in range(rounds):
            client.subscribe(exchange.channel, _ignore, **exchange.arg(alone)).unsubscribe()

    return _figures(name, alone, ask)


def _at_once(name: str, many: int) -> dict[str, Any]:
    exchange = EXCHANGES[name]
    args = [exchange.arg(number) for number in range(many)]
    return _figures(name, many, lambda client: client.subscribe_many(exchange.channel, args, _ignore))


def _figures(name: str, asked: int, ask: Callable[[Any], object]) -> dict[str, Any]:
    with _opened(name) as (server, client):
        since, error = time.monotonic(), ""
        try:
            ask(client)
        except Exception as problem:  # noqa: BLE001  whatever it is, it is the figure
            error = str(problem).splitlines()[0]
        seconds = time.monotonic() - since
        end = time.monotonic() + _LEAVING_S
        while (state := server.tell())["topics"] != asked and time.monotonic() < end:
            time.sleep(0.05)
    counts = {key: state[key] for key in COLUMNS if key != "asked"}
    return {"seconds": seconds, "asked": asked, **counts, **({"error": error} if error else {})}


def _ignore(_row: object) -> None:
    """Nothing comes."""


def table(figures: dict[str, dict[str, Any]]) -> str:
    """For people."""
    lines = [" ".join([f"\n{'':20}", f"{'seconds':>8}", *(f"{name:>11}" for name in COLUMNS)])]
    for name, one in figures.items():
        cells = [f"{one['seconds']:8.2f}", *(f"{one[column]:11}" for column in COLUMNS)]
        lines.append(" ".join([f"{name:20}", *cells, one.get("error", "")]))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(EXCHANGES), help="exchanges, with commas")
    parser.add_argument("--json", type=Path, default=Path("build/limits.json"))
    given = parser.parse_args()
    figures = run(given.only.split(","))
    sys.stdout.write(table(figures))
    keep(given.json, figures)


if __name__ == "__main__":
    main()
