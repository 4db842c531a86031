"""A trading node of nautilus trades with brackets on the paper exchange, with only the addresses changed."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.thirdparty.python_packages import run_apart

pytestmark = pytest.mark.slow


def test_okx(paper: PaperExchange) -> None:
    """Both its links, orders with stops attached, a trigger order; one is refused, amended, filled, and told of."""
    paper.quiet()
    account = paper.accounts[0]
    seen = run_apart(
        paper,
        "nautilus_trader",
        "nautilus_okx",
        OKX_API_KEY=account.api_key,
        OKX_API_SECRET=account.secret_key,
        OKX_API_PASSPHRASE=account.passphrase,
        URL=paper.url,
        PUBLIC=paper.ws_url("public"),
        PRIVATE=paper.ws_url("private"),
    )
    assert seen == {
        "wrong": "OKX error 1: The stop loss trigger price must be lower than the order price",
        "amended": "64000.0",
        "bought": ["2.00", "64000.0", "MAKER"],
        "one": True,
        "sold": ["2.00", True, "FILLED"],
        "trigger": "61500.0",
        "child": True,
    }
    assert {"GET /api/v5/trade/orders-pending", "POST /api/v5/trade/amend-algos"} <= {
        f"{request.method} {request.path}" for request in paper.requests
    }


def test_bybit(paper: PaperExchange) -> None:
    """Order entry and account streams: a bracket is refused, amended, filled and closed; a conditional order.

    A push that comes before the answer on the trade socket is lost to them, which on loopback it would.
    """
    paper.quiet()
    paper.faults.delay(0.05, "push")
    account = paper.accounts[0]
    seen = run_apart(
        paper,
        "nautilus_trader",
        "nautilus_bybit",
        BYBIT_API_KEY=account.api_key,
        BYBIT_API_SECRET=account.secret_key,
        URL=paper.url,
        PRIVATE=paper.bybit_url("/v5/private"),
        TRADE=paper.bybit_url("/v5/trade"),
    )
    assert seen == {
        "wrong": "params error: StopLoss:66000 set for Buy position should be < base_price:63990",
        "amended": "64000.0",
        "bought": ["0.0200", "64000.0", "MAKER"],
        "limit": "59500.0",
        "same": True,
    }
