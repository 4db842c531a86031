"""Long outages: everything is read from the listing that still has it, to its end, and what nobody lists is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from okx_sync.exchanges.okx.recovery.fills import FillsRecovery
from okx_sync.exchanges.okx.recovery.holdings import AccountRecovery, PositionsRecovery
from okx_sync.exchanges.okx.recovery.horizon import types_of
from okx_sync.exchanges.okx.recovery.orders import OrdersRecovery
from okx_sync.protocol.recovery_source import RecoverySource

NOW = 1_700_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR


class Listings:
    """OKX's listings of one account: each forgets what is older than it says."""

    days: ClassVar = {"fills": 3, "fills-history": 90, "orders-history": 7, "orders-history-archive": 90}

    def __init__(self) -> None:
        self.fills: list[dict[str, str]] = []
        self.orders: list[dict[str, str]] = []
        self.asked: list[str] = []

    def fill(self, at_ms: int, inst_type: str = "SPOT", order: str | None = None) -> None:
        """One fill, of an order of its own unless ``order`` is given."""
        number = str(len(self.fills) + 1)
        order = order or number
        at = str(at_ms)
        fill = {"instType": inst_type, "instId": "BTC-USDT", "ordId": order, "tradeId": number, "billId": number}
        self.fills.append({**fill, "fillSz": "1", "fillPx": "10", "side": "buy", "fillTime": at, "ts": at})
        whole = {"instType": inst_type, "instId": "BTC-USDT", "ordId": order, "tradeId": number, "fillTime": at}
        self.orders.append(
            {**whole, "state": "filled", "sz": "1", "accFillSz": "1", "fillSz": "1", "cTime": at, "uTime": at}
        )

    def fetch(self, path: str, params: Mapping[str, Any]) -> list[Any]:
        """REST as it answers now."""
        name = path.rpartition("/")[2]
        self.asked.append(name)
        if name == "orders-pending":
            return []
        rows, key, stamp = (self.fills, "billId", "ts") if "fills" in name else (self.orders, "ordId", "cTime")
        begin, end = max(params.get("begin", 0), NOW - self.days[name] * DAY), params.get("end", NOW)
        found: list[Any] = []
        for row in reversed(rows):
            if "after" in params and int(row[key]) >= int(params["after"]):
                continue
            is_type = name == "fills" or row["instType"] == params["instType"]
            if is_type and begin <= int(row[stamp]) <= end and row["ordId"] == params.get("ordId", row["ordId"]):
                found.append(row)
                if len(found) == params["limit"]:
                    break
        return found


SOURCES = [pytest.param(OrdersRecovery({"instType": "ANY"}), id="orders"), pytest.param(FillsRecovery({}), id="fills")]


@pytest.mark.parametrize("source", SOURCES)
def test_an_outage_of_days(source: RecoverySource) -> None:
    """Four and then eighty days down: the fills of the first day come from the listings that go back that far."""
    for days in (4, 80):
        listings = Listings()
        for hour in range(0, days * 24, 6):
            listings.fill(NOW - days * DAY + HOUR + hour * HOUR, "SWAP" if hour % 12 else "SPOT")
        missed = source.missed(NOW - days * DAY, listings.fetch, NOW)
        assert [row["tradeId"] for row in missed.rows] == [fill["tradeId"] for fill in listings.fills]
        assert not any("fills before" in lack.what for lack in missed.lacks)


@pytest.mark.parametrize("source", SOURCES)
def test_a_short_outage_asks_the_recent_listings_only(source: RecoverySource) -> None:
    """They have their own, more generous limits."""
    listings = Listings()
    listings.fill(NOW - HOUR)
    missed = source.missed(NOW - 90 * 60_000, listings.fetch, NOW)
    assert (len(missed.rows), missed.lacks) == (1, ())
    assert not {"fills-history", "orders-history-archive"} & set(listings.asked)


@pytest.mark.parametrize("source", SOURCES)
def test_more_than_five_thousand_fills(source: RecoverySource) -> None:
    """No page is the last one that is asked for while there are more."""
    listings = Listings()
    for number in range(5_300):
        listings.fill(NOW - HOUR + number)
    missed = source.missed(NOW - 2 * HOUR, listings.fetch, NOW)
    assert len({row["tradeId"] for row in missed.rows}) == len(missed.rows) == 5_300
    assert missed.lacks == ()


def test_what_nobody_lists_is_named() -> None:
    """Orders canceled without a fill are listed for two hours, everything else for three months."""

    def lacks(source: RecoverySource, age_ms: int) -> list[tuple[int, str]]:
        found = source.missed(NOW - age_ms, Listings().fetch, NOW).lacks
        return [(NOW - lack.before_ms, lack.what.split(" before ")[0]) for lack in found]

    orders, fills = OrdersRecovery({"instType": "ANY"}), FillsRecovery({})
    unseen = (2 * HOUR, "orders placed unseen and canceled without a fill")
    assert lacks(orders, HOUR) == lacks(fills, HOUR) == lacks(fills, 80 * DAY) == []
    assert lacks(orders, 3 * HOUR) == [unseen]
    assert lacks(orders, 100 * DAY) == [(90 * DAY, "fills"), unseen]
    assert lacks(fills, 100 * DAY) == [(90 * DAY, "fills")]


def test_states_have_no_horizon() -> None:
    """Positions and balances are read as they are now, however long nobody looked."""

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        return [{"instId": "BTC-USDT-SWAP", "posId": "1", "pos": "2", "uTime": str(NOW)}]

    for source in (PositionsRecovery({"instType": "ANY"}), AccountRecovery({})):
        missed = source.missed(NOW - 300 * DAY, fetch, NOW)
        assert (len(missed.rows), missed.lacks) == (1, ())


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"instType": "SWAP"}, ("SWAP",)),
        ({"instId": "BTC-USDT"}, ("SPOT", "MARGIN")),
        ({"instId": "BTC-USDT-SWAP"}, ("SWAP",)),
        ({"instId": "BTC-USD-260925"}, ("FUTURES",)),
        ({"instId": "BTC-USD-260925-60000-C"}, ("OPTION",)),
        ({}, ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION")),
    ],
)
def test_types_of_an_instrument(filters: dict[str, str], types: tuple[str, ...]) -> None:
    """Listings that are kept by type are asked for those that an instrument can be of."""
    assert types_of(filters) == types


def test_fills_put_together_are_told_once() -> None:
    """A push of ``fills`` stands for several of an order: REST's rows of them are no news, nor is it behind them."""

    def told(number: int, count: int) -> dict[str, str]:
        row = {"instId": "BTC-USDT", "ordId": "9", "tradeId": str(number), "fillSz": str(count)}
        return {**row, "count": str(count), "ts": str(NOW)}

    listings, source = Listings(), FillsRecovery({})
    for _ in range(5):
        listings.fill(NOW - HOUR, order="9")
    assert source.note(told(3, 3)) is not None
    missed = source.missed(NOW - 2 * HOUR, listings.fetch, NOW).rows
    assert [row["tradeId"] for row in missed] == ["4", "5"]
    assert all(source.note(row) is row for row in missed)
    assert source.note(told(5, 2)) is None
    rest = source.note(told(7, 3))
    assert (rest["tradeId"], rest["count"], rest["fillSz"]) == ("7", "2", "2")
