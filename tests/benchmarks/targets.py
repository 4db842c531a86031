"""What the measures are held against: ratios within one run, and three absolute figures."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from tests.benchmarks.latency import FLOOR

__all__ = ["TARGETS", "Target", "table"]

Figures = Mapping[str, Any]
"""By the name of each measure what it found."""


@attrs.frozen
class Target:
    """``value`` takes the figure out of all figures; it is to be at least, or at most, ``limit``."""

    name: str
    value: Callable[[Figures], float]
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


def _rate(row: str, ours: str, other: str) -> Callable[[Figures], float]:
    return lambda all_: all_["throughput"][row][ours]["per_s"] / all_["throughput"][row][other]["per_s"]


def _delay(row: str, ours: str) -> Callable[[Figures], float]:
    return lambda all_: all_["latency"][row][ours]["p99"] / all_["latency"][row][FLOOR]["p99"]


def _depth(depth: str, name: str) -> Callable[[Figures], float]:
    return lambda all_: float(all_["books"]["depths"][depth][name])


def _book_update(all_: Figures) -> float:
    return float(all_["books"]["update_us"]["OrderBook"])


def _book_by_hand(all_: Figures) -> float:
    update = all_["books"]["update_us"]
    return float(update["bytes"] / update["by hand"])


def _growth(all_: Figures) -> float:
    sizes = all_["endurance"]["memory"]["okx_sync callback"]
    return float(sizes[-1] - sizes[-2])


_CALLBACK, _INLINE = "okx_sync callback", "okx_sync inline"
_WS, _WSS = "ws tickers", "wss tickers"

TARGETS = (
    Target("ws, callback thread / floor", _rate(_WS, _CALLBACK, FLOOR), at_least=0.45),
    Target("ws, callback thread / pybit", _rate(_WS, _CALLBACK, "pybit"), at_least=15),
    Target("ws, callback thread / nautilus", _rate(_WS, _CALLBACK, "nautilus"), at_least=3),
    Target("ws, inline / floor", _rate(_WS, _INLINE, FLOOR), at_least=0.65),
    Target("wss, callback thread / python-okx + json", _rate(_WSS, _CALLBACK, "python-okx + json"), at_least=1.6),
    Target("wss, callback thread / pybit", _rate(_WSS, _CALLBACK, "pybit"), at_least=13),
    Target("wss, callback thread / cryptofeed", _rate(_WSS, _CALLBACK, "cryptofeed"), at_least=1.6),
    Target("p99 at 1,000/s, ws, callback thread / floor", _delay("ws 1,000/s", _CALLBACK), at_most=1.5),
    Target("p99 at 1,000/s, ws, inline / floor", _delay("ws 1,000/s", _INLINE), at_most=1.2),
    Target("p99 at 1,000/s, wss, callback thread / floor", _delay("wss 1,000/s", _CALLBACK), at_most=1.5),
    Target("p99 at 1,000/s, wss, inline / floor", _delay("wss 1,000/s", _INLINE), at_most=1.2),
    Target("book: update of 20 levels in 400, us", _book_update, at_most=15),
    Target("book: update from bytes / SortedDict by hand", _book_by_hand, at_most=0.5),
    Target("orders: update / JSON and fields", lambda all_: float(all_["orders"]["ratio"]), at_most=3),
    Target(
        "book: best level of 5,000 / of 50",
        lambda all_: _depth("5000", "best_us")(all_) / _depth("50", "best_us")(all_),
        at_most=1.5,
    ),
    Target("memory in the last quarter, MiB", _growth, at_most=1),
    Target("REST: ticker / requests", lambda all_: float(all_["rest_overhead"]["ticker"]["ratio"]), at_most=1.15),
    Target("REST: order / requests", lambda all_: float(all_["rest_overhead"]["order"]["ratio"]), at_most=1.15),
    Target("WS order receipt / websocket-client", lambda all_: float(all_["order_receipt"]["ratio"]), at_most=1.3),
    Target("import, cold, ms", lambda all_: float(all_["import_time"]["okx_sync"]["cold"]), at_most=150),
)


def table(figures: Figures) -> str:
    """Each target, what was reached, and whether that will do; one whose figures are missing is left out."""
    lines = [f"\n{'target':48} {'wanted':>9} {'reached':>9}"]
    for target in TARGETS:
        try:
            value = target.value(figures)
        except KeyError:
            lines.append(f"{target.name:48} {target.wanted:>9} {'-':>9}")
            continue
        lines.append(f"{target.name:48} {target.wanted:>9} {value:9.2f} {'' if target.is_met(value) else 'MISSED'}")
    return "\n".join(lines) + "\n"
