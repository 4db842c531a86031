"""freqtrade's exchange layer enters and keeps its stop loss on the paper exchange, with only the address changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.thirdparty.python_packages import run_apart

#: What their bot is to see of an entry and its stop loss.
LIFE = {
    "entry": "open",
    "filled": ["closed", 0.02, 64000],
    "stop": ["open", "stoploss", 0.02],
    "adjusted": [True, False],
    "canceled": "canceled",
    "refused": "InvalidOrderException",
    "fired": ["closed", "stoploss", 0.02],
    "trades": 0.02,
}

pytestmark = pytest.mark.slow


def run(paper: PaperExchange, exchange: str, urls: dict[str, str], modes: str) -> Any:
    """What it saw with Alice's key, in a market that stands still."""
    paper.quiet()
    account = paper.accounts[0]
    keys = {"KEY": account.api_key, "SECRET": account.secret_key, "PASS": account.passphrase}
    values = {"EXCHANGE": exchange, "URLS": json.dumps(urls), "MODES": modes}
    return run_apart(paper, "freqtrade", "freqtrade_orders", **keys, **values)


def test_okx(paper: PaperExchange) -> None:
    """On swaps and spot."""
    seen = run(paper, "okx", {"rest": paper.url}, "futures spot")
    assert seen["futures"] == {**LIFE, "held": ["long", 0.02, 5]}
    assert seen["spot"] == LIFE


def test_bybit(paper: PaperExchange) -> None:
    """On perpetuals, where the stop is an order of itself; on spot they keep none at the exchange."""
    seen = run(paper, "bybit", dict.fromkeys(("public", "private"), paper.url), "futures")
    order = {"stop": ["open", "market", 0.02], "fired": ["closed", "market", 0.02]}
    assert seen["futures"] == {**LIFE, **order, "held": ["long", 0.02, 5]}


def test_bitget(paper: PaperExchange) -> None:
    """On perpetuals, where the stop is the position's and has no size; on spot it is a plan order, of either side."""
    seen = run(paper, "bitget", dict.fromkeys(("common", "spot", "mix", "user", "margin"), paper.url), "futures spot")
    assert seen["futures"] == {**LIFE, "stop": ["open", "stoploss", None], "held": ["long", 0.02, 5]}
    assert seen["spot"] == {**LIFE, "refused": "accepted"}
