"""What the account holds and held: the risk snapshot, closed positions, what can be moved out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import RestClient

BUY = {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "market", "sz": "1"}


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[RestClient]:
    """Alice's REST on a market that stands still."""
    paper.quiet(True)
    with RestClient(paper) as client:
        yield client
        assert paper.problems == []


def test_the_risk_snapshot(rest: RestClient) -> None:
    """Balances and positions are those of the other endpoints."""
    assert rest.post("trade/order", BUY).json()["code"] == "0"
    (risk,) = rest.get("account/account-position-risk").json()["data"]
    (position,) = rest.get("account/positions").json()["data"]
    (balance,) = rest.get("account/balance").json()["data"]
    assert [one["posId"] for one in risk["posData"]] == [position["posId"]]
    assert {one["ccy"] for one in risk["balData"]} == {one["ccy"] for one in balance["details"]}


def test_closed_positions(rest: RestClient) -> None:
    """An open position is not in the history, a closed one is, with its profit and fees; filters work."""
    rest.post("trade/order", BUY)
    assert rest.get("account/positions-history").json()["data"] == []
    rest.post("trade/close-position", {"instId": "BTC-USDT-SWAP", "mgnMode": "cross"})
    (closed,) = rest.get("account/positions-history").json()["data"]
    parts = sum(Decimal(closed[name]) for name in ("pnl", "fee", "fundingFee", "liqPenalty"))
    assert Decimal(closed["realizedPnl"]) == parts
    assert closed["type"] == "2"
    assert rest.get("account/positions-history", instId="ETH-USDT-SWAP").json()["data"] == []
    assert rest.get("account/positions-history", after=closed["uTime"]).json()["data"] == []


def test_what_can_be_moved_out(rest: RestClient) -> None:
    """What open orders promise cannot."""
    (before,) = rest.get("account/max-withdrawal", ccy="USDT").json()["data"]
    order = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "20000"}
    assert rest.post("trade/order", order).json()["code"] == "0"
    (after,) = rest.get("account/max-withdrawal", ccy="USDT").json()["data"]
    assert Decimal(before["maxWd"]) - Decimal(after["maxWd"]) == 2000


def test_collateral_greeks_features(rest: RestClient) -> None:
    """Every coin counts as collateral; Greeks are told by coin; features cannot be switched on."""
    assert all(one["collateralEnabled"] for one in rest.get("account/collateral-assets").json()["data"])
    (greeks,) = rest.get("account/greeks", ccy="BTC").json()["data"]
    assert greeks["ccy"] == "BTC"
    assert rest.post("account/activate-feature", {"feature": "1"}).json()["code"] == "50062"
