"""Bybit's listings over a time: by category and currency of settlement, in windows of 7 days, page by page.

Pages: "Get Open & Closed Orders", "Get Order History", "Get Trade History" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from okx_sync.exchanges.recovery_reading import ms, number, utc
from okx_sync.protocol.recovery_source import Fetch, FetchedPage, Lack

__all__ = [
    "CATEGORIES",
    "UNFILLED_MS",
    "SettleCoins",
    "all_rows",
    "categories_of",
    "executions_since",
    "forgotten",
    "forgotten_orders",
    "windows",
]

CATEGORIES: Final = ("linear", "inverse", "spot", "option")
"""All of them; each listing is of one."""

UNFILLED_MS: Final = 24 * 3_600_000
"""How long Bybit lists orders that ended without a fill."""

_DAY: Final = 24 * 3_600_000
_SPAN: Final = 7 * _DAY
_ALL: Final = 730 * _DAY
_HOUR: Final = 3_600_000
_MINUTE: Final = 60_000
_SETTLED: Final = frozenset({"USDT", "USDC"})  # what linear contracts are settled in, whatever else is listed one day


class SettleCoins:
    """What linear contracts are settled in, asked once: listings of what is open need each."""

    def __init__(self) -> None:
        self._coins: list[str] | None = None

    def scopes(self, category: str, fetch: Fetch) -> list[dict[str, str]]:
        """Return the parameters of the listings that make up all of a category."""
        if category != "linear":
            return [{"category": category}]
        if self._coins is None:
            rows = all_rows(fetch, "/v5/market/instruments-info", {"category": "linear"}, 1000)
            told = {row.get("settleCoin") for row in rows}
            self._coins = sorted(_SETTLED | {coin for coin in told if coin and type(coin) is str})
        return [{"category": category, "settleCoin": coin} for coin in self._coins]


def categories_of(args: Mapping[str, str], among: tuple[str, ...] = CATEGORIES) -> tuple[str, ...]:
    """Return the categories that a topic is about."""
    return (args["category"],) if "category" in args else among


def all_rows(fetch: Fetch, path: str, params: Mapping[str, Any], limit: int) -> Iterator[dict[str, Any]]:
    """Yield all rows of a listing, page by page to its end, each with the category that was asked for, if one was."""
    named = {"category": params["category"]} if "category" in params else {}
    cursor: Any = None
    while True:
        rows = fetch(path, {**params, "limit": limit, **({"cursor": cursor} if cursor else {})})
        for row in rows:
            yield {**row, **named}
        told = rows.beside.get("nextPageCursor") if isinstance(rows, FetchedPage) else None
        if not rows or not told or told == cursor:
            return
        cursor = told


def windows(since_ms: int, now_ms: int) -> Iterator[dict[str, int]]:
    """Yield the times to ask for, oldest first. The last has no end: what happens meanwhile is in it."""
    start = max(since_ms, now_ms - _ALL + _HOUR)
    while now_ms - start > _SPAN - _HOUR:
        yield {"startTime": start, "endTime": start + _SPAN - _HOUR}
        start += _SPAN - _HOUR
    yield {"startTime": start}


def executions_since(fetch: Fetch, categories: tuple[str, ...], since_ms: int, now_ms: int) -> list[dict[str, Any]]:
    """Return all that was booked since then, in the order in which it happened, nothing twice."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for category in categories:
        for window in windows(since_ms, now_ms):
            newest_first = list(all_rows(fetch, "/v5/execution/list", {"category": category, **window}, 100))
            for row in reversed(newest_first):
                found.setdefault((row.get("orderId"), row.get("execId")), row)
    rows = sorted(found.values(), key=_happened)
    return [row for _, moment in groupby(rows, _happened) for row in _in_line(list(moment))]


def _happened(row: Mapping[str, Any]) -> tuple[int, int]:
    return (ms(row, "execTime"), ms(row, "seq"))


def _in_line(moment: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sort the executions of one moment: of an order, the one that leaves less of it is the later."""
    places = {row.get("orderId"): place for place, row in reversed(list(enumerate(moment)))}
    return sorted(moment, key=lambda row: (places[row.get("orderId")], -number(row, "leavesQty")))


def forgotten(since_ms: int, now_ms: int) -> tuple[Lack, ...]:
    """Return what no listing has of an outage that began then."""
    gone = now_ms - _ALL + _HOUR
    return (Lack(gone, f"executions before {utc(gone)}: Bybit lists them for 2 years"),) if since_ms < gone else ()


def forgotten_orders(since_ms: int, now_ms: int) -> tuple[Lack, ...]:
    """Return which orders no listing has of an outage that began then."""
    lacks = forgotten(since_ms, now_ms)
    gone = now_ms - UNFILLED_MS
    if since_ms < gone - _MINUTE:
        what = f"orders placed unseen and ended without a fill before {utc(gone)}: Bybit lists them for 24 hours"
        lacks = (*lacks, Lack(gone, what))
    return lacks
