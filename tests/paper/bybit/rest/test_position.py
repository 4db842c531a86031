"""Positions: lists, leverage, modes, margin, closed profits."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tests.paper.bybit.bybit_client import PRIVATE, BybitClient
from tests.paper.bybit.rest.rest_client import LIMIT, MARKET, PERP, BybitRest


def test_lists(rest: BybitRest) -> None:
    """With a symbol flat ones are there, too; by coin only those that have a size."""
    (flat,) = rest.rows("position/list", **PERP)
    assert (flat["size"], flat["side"], flat["positionIdx"]) == ("0", "", 0)
    assert rest.rows("position/list", category="linear", settleCoin="USDT") == []
    rest.post("order/create", **MARKET)
    (held,) = rest.rows("position/list", category="linear", settleCoin="USDT")
    assert (held["symbol"], held["size"], held["side"]) == ("BTCUSDT", "0.01", "Buy")
    assert rest.get_code("position/list", category="linear") == 10001
    assert rest.rows("position/list", category="inverse") == rest.rows("position/list", category="option") == []


def test_a_row_is_that_of_the_stream(rest: BybitRest) -> None:
    """But for the name of the entry price."""
    with BybitClient(rest.paper, PRIVATE, "alice") as wire:
        wire.subscribe("position")
        rest.post("order/create", **MARKET)
        pushed = wire.push("position")["data"][0]
    (row,) = rest.rows("position/list", **PERP)
    assert row["avgPrice"] == pushed["entryPrice"]
    moving = {"seq", "markPrice", "unrealisedPnl", "positionIM", "positionMM", "positionIMByMp", "positionMMByMp"}
    shared = (row.keys() & pushed.keys()) - moving - {"positionBalance", "liqPrice"}
    assert {name: row[name] for name in shared} == {name: pushed[name] for name in shared}


def test_risk_limits(rest: BybitRest) -> None:
    """The larger a position, the more margin it needs and the less leverage it may have."""
    rows = rest.rows("market/risk-limit", **PERP)
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["isLowestRisk"] for row in rows] == [1] + [0] * (len(rows) - 1)
    for one, next_one in pairwise(rows):
        assert Decimal(one["riskLimitValue"]) < Decimal(next_one["riskLimitValue"])
        assert Decimal(one["maintenanceMargin"]) < Decimal(next_one["maintenanceMargin"])
        assert Decimal(one["maxLeverage"]) > Decimal(next_one["maxLeverage"])


def test_leverage(rest: BybitRest) -> None:
    """Both sides alike, up to the contract's most; the same again is refused."""
    both = {"buyLeverage": "25", "sellLeverage": "25"}
    assert rest.post("position/set-leverage", **PERP, **both) == {}
    assert rest.rows("position/list", **PERP)[0]["leverage"] == "25"
    assert rest.rows("position/symbol-info", **PERP)[0]["leverage"] == "25"
    assert rest.code("position/set-leverage", **PERP, **both) == 110043
    assert rest.code("position/set-leverage", **PERP, **both | {"sellLeverage": "20"}) == 10001
    assert rest.code("position/set-leverage", **PERP, buyLeverage="101", sellLeverage="101") == 110013


def test_hedge_mode(rest: BybitRest) -> None:
    """Two positions side by side; not changed while there is anything open. What is so is refused by symbol alone."""
    rest.post("position/switch-mode", category="linear", coin="USDT", mode=3)
    rest.post("position/switch-mode", category="linear", coin="USDT", mode=3)
    assert rest.code("position/switch-mode", **PERP, mode=3) == 110025
    assert rest.code("order/create", **MARKET) == 10001
    rest.post("order/create", **MARKET, positionIdx=1)
    rest.post("order/create", **MARKET | {"side": "Sell"}, positionIdx=2)
    found = [(row["positionIdx"], row["side"]) for row in rest.rows("position/list", **PERP)]
    assert found == [(1, "Buy"), (2, "Sell")]
    assert rest.code("position/switch-mode", **PERP, mode=0) == 110024
    rest.post("order/create", **MARKET | {"side": "Sell"}, positionIdx=1, reduceOnly=True)
    rest.post("order/create", **MARKET, positionIdx=2)
    rest.post("order/create", **LIMIT, positionIdx=1)
    assert rest.code("position/switch-mode", **PERP, mode=0) == 110028


def test_isolated_margin(rest: BybitRest) -> None:
    """Set for the account; margin can be added to a position and taken out again."""
    assert rest.code("position/add-margin", **PERP, margin="10") == 110015
    rest.post("account/set-margin-mode", setMarginMode="ISOLATED_MARGIN")
    assert rest.get("account/info")["marginMode"] == "ISOLATED_MARGIN"
    assert rest.code("position/add-margin", **PERP, margin="10") == 110033
    rest.post("order/create", **MARKET)
    (row,) = rest.rows("position/list", **PERP)
    added = rest.post("position/add-margin", **PERP, margin="10")
    assert Decimal(added["positionBalance"]) - Decimal(row["positionBalance"]) == 10
    assert row["tradeMode"] == 1
    assert rest.code("position/add-margin", **PERP, margin="-1000") == 110078
    assert rest.code("position/add-margin", **PERP, margin="1000000000") == 110012
    answer = rest.told("POST", "/v5/account/set-margin-mode", setMarginMode="REGULAR_MARGIN")
    assert (answer["retCode"], len(answer["result"]["reasons"])) == (3400045, 1)


def test_an_order_that_closes_all(rest: BybitRest) -> None:
    """A size of 0 with both flags is the size of the position."""
    rest.post("order/create", **MARKET | {"qty": "0.03"})
    assert rest.code("order/create", **MARKET | {"side": "Sell", "qty": "0"}, reduceOnly=True) == 10001
    rest.post("order/create", **MARKET | {"side": "Sell", "qty": "0"}, reduceOnly=True, closeOnTrigger=True)
    assert rest.rows("position/list", **PERP)[0]["size"] == "0"
    assert rest.rows("order/history", **PERP)[0]["cumExecQty"] == "0.03"


def test_closed_profits(rest: BybitRest) -> None:
    """One row per order that closed; fees of both ends are in it."""
    rest.post("order/create", **MARKET)
    rest.post("order/create", **MARKET | {"side": "Sell", "qty": "0.004"}, reduceOnly=True)
    (row,) = rest.rows("position/closed-pnl", **PERP)
    assert (row["closedSize"], row["side"]) == ("0.004", "Sell")
    gross = Decimal(row["cumExitValue"]) - Decimal(row["cumEntryValue"])
    assert Decimal(row["closedPnl"]) == gross - Decimal(row["openFee"]) - Decimal(row["closeFee"])
    fills = rest.rows("execution/list", **PERP)
    assert {one["closedSize"] for one in fills if one["side"] == "Buy"} == {"0"}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("set-auto-add-margin", {"autoAddMargin": 1}, 110076),
        ("confirm-pending-mmr", {}, 10001),
        ("switch-mode", {"mode": 5}, 10001),
        ("add-margin", {"margin": "much"}, 10001),
    ],
)
def test_what_is_refused(rest: BybitRest, path: str, body: dict[str, Any], code: int) -> None:
    """Rather than answered as if it were done."""
    assert rest.code(f"position/{path}", **PERP, **body) == code
