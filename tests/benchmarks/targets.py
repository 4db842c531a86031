"""What the measures are held against: ratios within one run wherever there is something to compare with."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from tests.benchmarks.limits import EXCHANGES
from tests.benchmarks.throughput import FLOOR, HAND

__all__ = ["TARGETS", "Target", "table"]

Figures = Mapping[str, Any]
"""By the name of each measure what it found."""
Value = Callable[[Figures], float]


@attrs.frozen
class Target:
    """``value`` takes the figure out of all figures; it is to be at least, or at most, ``limit``."""

    name: str
    value: Value
    at_least: float | None = None
    at_most: float | None = None

    @property
    def wanted(self) -> str:
        """For people."""
        return f">= {self.at_least}" if self.at_least is not None else f"<= {self.at_most}"

    def is_met(self, value: float) -> bool:
        """True when the figure is good enough."""
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and operator.le(value, self.at_most)


def _cpu(row: str, ours: str, other: str, measure: str = "throughput") -> Value:
    return lambda all_: all_[measure][row][ours]["cpu_us"] / all_[measure][row][other]["cpu_us"]


def _delay(row: str, ours: str, quantile: str = "p99") -> Value:
    return lambda all_: all_["latency"][row][ours][quantile] / all_["latency"][row][FLOOR][quantile]


def _many(name: str) -> Value:
    return lambda all_: float(all_["growth"]["many"]["3000"]["okx_sync"][name])


def _freeze(name: str) -> Value:
    return lambda all_: _many(name)(all_) - _many("worst_base_ms")(all_)


def _limits(name: str) -> tuple[Target, ...]:
    def faults(row: str) -> Value:
        """Topics that are not active, what the server refused, and the error that ended it."""
        return lambda all_: _faults(all_["limits"][row])

    def seconds(all_: Figures) -> float:
        return float(all_["limits"][f"{name} at once"]["seconds"])

    return (
        Target(f"within {name}'s limits, one by one: faults", faults(f"{name} one by one"), at_most=0),
        Target(f"within {name}'s limits, 5,000 at once: faults", faults(f"{name} at once"), at_most=0),
        Target(f"within {name}'s limits, 5,000 at once, s", seconds, at_most=5),
    )


def _faults(one: Mapping[str, Any]) -> float:
    return float(one["asked"] - one["topics"] + one["rejected"] + ("error" in one))


def _depth(depth: str, name: str) -> Value:
    return lambda all_: float(all_["books"]["depths"][depth][name])


def _book(path: str) -> Value:
    return lambda all_: float(all_["books"]["update_us"][path])


def _over(one: Value, other: Value) -> Value:
    return lambda all_: one(all_) / other(all_)


def _ratio(measure: str, *inside: str) -> Value:
    def ratio(all_: Figures) -> float:
        found = all_[measure]
        for name in inside:
            found = found[name]
        return float(found["ratio"])

    return ratio


def _book_by_hand(all_: Figures) -> float:
    update = all_["books"]["update_us"]
    return float(update["bytes"] / update["by hand"])


def _growth(all_: Figures) -> float:
    sizes = all_["endurance"]["memory"]["okx_sync callback"]
    return float(sizes[-1] - sizes[-2])


def _reading(all_: Figures) -> float:
    """The worse of messages whose numbers repeat and of those whose do not."""
    found = all_["fields_read"]
    return float(max(found[kind]["learned over by hand"] for kind in ("usual, us", "fresh, us")))


def _table(all_: Figures) -> float:
    return float(all_["fields_read"]["table of 100000 candles, ms"]["to_df over by hand"])


def _import(line: str, how: str = "warm") -> Value:
    return lambda all_: float(all_["import_time"][line][how])


_CALLBACK, _INLINE = "okx_sync callback", "okx_sync inline"
_READS = "okx_sync callback, fields read"
_WS, _WSS = "ws tickers", "wss tickers"

TARGETS = (
    # Many topics.
    Target("3,000 topics active at once, s", _many("active_s"), at_most=0.5),
    Target("3,000 topics active at once, requests", _many("requests"), at_most=40),
    Target("worst delay around a subscribe, over base, ms", _freeze("worst_subscribe_ms"), at_most=5),
    Target("worst delay around an unsubscribe, over base, ms", _freeze("worst_unsubscribe_ms"), at_most=5),
    Target("3,000 topics after a lost socket, s", _many("reconnect_s"), at_most=0.5),
    *(target for name in EXCHANGES for target in _limits(name)),
    # Fields that are read, CPU.
    Target("ticker, 7 fields read / orjson + Decimal by hand", _reading, at_most=1.3),
    Target("the same from a socket, callback, 1 topic", _cpu(_WS, _READS, HAND), at_most=1.2),
    Target("the same from a socket, callback, 200 topics", _cpu("ws 200 tickers", _READS, HAND), at_most=1.3),
    Target("mix of 800, ws, callback / by hand", _cpu("ws mix of 800", _READS, HAND), at_most=1.0),
    Target("mix of 800, wss, callback / by hand", _cpu("wss mix of 800", _READS, HAND), at_most=1.0),
    # Real rates.
    Target("CPU at 1,000/s, ws, callback / floor", _cpu("ws 1,000/s", _CALLBACK, FLOOR, "latency"), at_most=1.3),
    Target("CPU at 1,000/s, wss, callback / floor", _cpu("wss 1,000/s", _CALLBACK, FLOOR, "latency"), at_most=1.3),
    Target("p50 at 1,000/s, ws, callback / floor", _delay("ws 1,000/s", _CALLBACK, "p50"), at_most=1.25),
    Target("p50 at 1,000/s, wss, callback / floor", _delay("wss 1,000/s", _CALLBACK, "p50"), at_most=1.25),
    Target("p99 at 1,000/s, ws, callback / floor", _delay("ws 1,000/s", _CALLBACK), at_most=1.5),
    Target("p99 at 1,000/s, ws, inline / floor", _delay("ws 1,000/s", _INLINE), at_most=1.2),
    Target("p99 at 1,000/s, wss, callback / floor", _delay("wss 1,000/s", _CALLBACK), at_most=1.5),
    Target("p99 at 1,000/s, wss, inline / floor", _delay("wss 1,000/s", _INLINE), at_most=1.2),
    # As many messages as go.
    Target("wss, inline / floor over memory buffers", _cpu(_WSS, FLOOR, _INLINE), at_least=0.75),
    Target("ws, inline / floor", _cpu(_WS, FLOOR, _INLINE), at_least=0.65),
    Target("ws, callback / floor", _cpu(_WS, FLOOR, _CALLBACK), at_least=0.45),
    Target("ws, CPU of pybit / callback", _cpu(_WS, "pybit", _CALLBACK), at_least=15),
    Target("ws, CPU of nautilus / callback", _cpu(_WS, "nautilus", _CALLBACK), at_least=3),
    Target("wss, CPU of python-okx + json / callback", _cpu(_WSS, "python-okx + json", _CALLBACK), at_least=1.6),
    Target("wss, CPU of pybit / callback", _cpu(_WSS, "pybit", _CALLBACK), at_least=13),
    Target("wss, CPU of cryptofeed / callback", _cpu(_WSS, "cryptofeed", _CALLBACK), at_least=1.6),
    # Books, memory, REST, start.
    Target("book: 20 levels in 400, bytes / SortedDict by hand", _over(_book("bytes"), _book("by hand")), at_most=0.5),
    Target("book: 20 levels in 400, us", _book("OrderBook"), at_most=15),
    Target("book: best of 5,000 / of 50", _over(_depth("5000", "best_us"), _depth("50", "best_us")), at_most=1.5),
    Target("OrderManager update / JSON and fields", _ratio("orders"), at_most=3),
    Target("order to receipt over WebSocket / by hand", _ratio("order_receipt"), at_most=1.3),
    Target("to_df, 100,000 cold candles / by hand", _table, at_most=1.5),
    Target("memory in the last quarter, MiB", _growth, at_most=1),
    Target("REST: ticker / requests", _ratio("rest_overhead", "ticker"), at_most=1.15),
    Target("REST: order / requests", _ratio("rest_overhead", "order"), at_most=1.15),
    Target("import of both clients / requests", _over(_import("both"), _import("requests")), at_most=1.15),
    Target("import of the package, cold, ms", _import("okx_sync", "cold"), at_most=150),
)


def table(figures: Figures) -> str:
    """Each target, what was reached, and whether that will do; one whose figures are missing is left out."""
    lines = [f"\n{'target':52} {'wanted':>9} {'reached':>9}"]
    for target in TARGETS:
        try:
            value = target.value(figures)
        except KeyError:
            lines.append(f"{target.name:52} {target.wanted:>9} {'-':>9}")
            continue
        lines.append(f"{target.name:52} {target.wanted:>9} {value:9.2f} {'' if target.is_met(value) else 'MISSED'}")
    return "\n".join(lines) + "\n"
