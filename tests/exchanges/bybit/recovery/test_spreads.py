"""Recovery of ``spread.order`` and ``spread.execution``: orders as they are now, fills of spreads and legs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from okx_sync.exchanges.bybit.models import SpreadExecutionPush, SpreadOrderPush
from okx_sync.protocol.recovery_source import FetchedPage
from tests.exchanges.bybit.recovery.rest import HOUR, NOW, SINCE, source

BEFORE = SINCE - 1000
DAY = 24 * HOUR


def _listed(order_id: str, status: str, at: int, **more: Any) -> dict[str, Any]:
    """An order on a spread as the list of open ones has it."""
    words = {"symbol": "A_B", "orderId": order_id, "orderStatus": status, "side": "Buy", "price": "-1", "qty": "3"}
    return words | {"cumExecQty": "0", "createdTime": str(at), "updatedTime": str(at)} | more


def _past(order_id: str, status: str, at: int, **more: Any) -> dict[str, Any]:
    """The same in the history, where times have other names."""
    words = _listed(order_id, status, at)
    times = {"createdAt": words.pop("createdTime"), "updatedAt": words.pop("updatedTime")}
    return words | times | {"cxlRejReason": "EC_PerCancelRequest"} | more


def _fill(name: str, at: int, **more: Any) -> dict[str, Any]:
    words = {"symbol": "A_B", "orderId": "1", "execId": name, "side": "Buy", "execPrice": "-1", "execQty": "1"}
    return words | {"execTime": str(at), "execType": "Trade"} | more


@attrs.define
class Rest:
    """Answers from lists of rows by the end of their path."""

    rows: Mapping[str, list[dict[str, Any]]]
    asked: list[dict[str, Any]] = attrs.field(factory=list)

    def __call__(self, path: str, params: Mapping[str, Any]) -> FetchedPage:
        self.asked.append(dict(params))
        rows = self.rows.get(path.removeprefix("/v5/spread/"), [])
        if "orderId" in params:
            return FetchedPage([row for row in rows if row["orderId"] == params["orderId"]])
        start = params.get("startTime", 0)
        return FetchedPage([row for row in rows if int(row.get("createdAt") or row.get("execTime") or NOW) >= start])


def test_orders_on_spreads() -> None:
    """What ended and what is open, by the names that pushes have, as orders on the spread itself."""
    past, pending = [_past("1", "Cancelled", NOW - 5)], [_listed("2", "New", NOW - 4), _listed("3", "New", BEFORE)]
    memory = source("spread.order")
    rows = memory.missed(SINCE, Rest({"order/history": past, "order/realtime": pending}), NOW).rows
    assert [(row["orderId"], row["category"]) for row in rows] == [("1", "combination"), ("2", "combination")]
    update = SpreadOrderPush.from_wire(rows[0]).to_update()
    assert (update.status, update.updated_at, update.reason) == ("canceled", NOW - 5, "EC_PerCancelRequest")
    for row in rows:
        assert memory.note(row) is row
        assert memory.note(dict(row)) is None


def test_an_order_of_before() -> None:
    """Known by the stream or by a fill, it is looked up; one on a leg is not, as nobody lists those."""
    memory = source("spread.order")
    memory.note(_listed("1", "New", BEFORE))
    leg = _listed("8", "New", BEFORE, parentOrderId="1")
    assert memory.note(leg) is leg
    assert memory.note(leg) is leg
    past = [
        {**_past("1", "Cancelled", BEFORE), "updatedAt": str(NOW)},
        _past("9", "Filled", BEFORE, updatedAt=str(NOW)),
    ]
    rest = Rest({"order/history": past, "execution/list": [_fill("a", NOW, orderId="9")]})
    missed = memory.missed(SINCE, rest, NOW)
    assert {row["orderId"] for row in missed.rows} == {"1", "9"}
    assert missed.lacks == ()


def test_fills_of_spreads_and_legs() -> None:
    """Each leg by itself, with the fill of the spread that it belongs to."""
    legs = [
        {
            "symbol": "B",
            "category": "spot",
            "execId": "a1",
            "side": "Sell",
            "execTime": str(NOW),
            "feeCurrency": "USDT",
        },
        {"symbol": "A", "category": "linear", "execId": "a2", "side": "Buy", "execTime": str(NOW)},
    ]
    memory = source("spread.execution")
    assert memory.note(_fill("b", NOW)) is not None
    assert memory.note(_fill("b", NOW)) is None
    assert memory.note({"symbol": "A"}) == {"symbol": "A"}
    rest = Rest({"execution/list": [_fill("b", NOW), _fill("a", NOW - 1, legs=legs)]})
    rows = memory.missed(SINCE, rest, NOW).rows
    assert [(row["execId"], row["category"], row.get("parentExecId")) for row in rows] == [
        ("a", "combination", None),
        ("a1", "spot_leg", "a"),
        ("a2", "future_leg", "a"),
    ]
    whole, spot, _ = (SpreadExecutionPush.from_wire(row) for row in rows)
    fill = whole.to_update()
    assert fill is not None
    assert (fill.inst_id, fill.size, fill.ts) == ("A_B", Decimal(1), NOW - 1)
    assert spot.feeCoin == "USDT"


def test_long_outages() -> None:
    """In windows of a week; what is older than two years the gap names."""
    for channel in ("spread.order", "spread.execution"):
        rest = Rest({})
        (lack,) = source(channel).missed(NOW - 800 * DAY, rest, NOW).lacks
        assert "2 years" in lack.what
        assert all(one["endTime"] - one["startTime"] < 7 * DAY for one in rest.asked if "endTime" in one)
