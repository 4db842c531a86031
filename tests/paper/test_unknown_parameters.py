"""No exchange in the box drops a parameter of an order: what it does not carry out it refuses by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Final

import pytest

from okx_sync import BitgetClient, BybitClient, OkxApiError, OkxClient
from okx_sync.paper import PaperExchange

OKX: Final = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.01", "px": "60000"}
LIMIT: Final = {"symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "price": "60000"}
V3: Final = {**LIMIT, "category": "USDT-FUTURES", "qty": "0.01"}
MIX: Final = {
    **LIMIT, "productType": "USDT-FUTURES", "marginMode": "crossed", "marginCoin": "USDT", "size": "0.01",
}  # fmt: skip
SPOT: Final = {**LIMIT, "size": "0.01", "force": "gtc"}
STRATEGY: Final = {
    "category": "USDT-FUTURES", "symbol": "BTCUSDT", "type": "trigger", "side": "buy", "qty": "0.01", "triggerPrice":
    "70000", "triggerOrderType": "market",
}  # fmt: skip
BYBIT: Final = {**LIMIT, "category": "linear", "side": "Buy", "orderType": "Limit", "qty": "0.01"}

CALLS: Final[list[tuple[str, str, dict[str, str], list[str], dict[str, Any]]]] = [
    ("okx", "/api/v5/trade/order", OKX, ["triggerPx", "pxUsd", "outcome", "callbackRatio"],
     {"tag": "a", "quickMgnType": "manual", "outcome": ""}),
    ("v3", "/api/v3/trade/place-order", V3, ["triggerPrice", "trailingPercent", "callbackRatio", "tpslMode"],
     {"timeInForce": "gtc", "triggerPrice": ""}),
    ("v3", "/api/v3/trade/place-order", {**V3, "category": "SPOT"}, ["triggerPrice"], {"marginMode": "crossed"}),
    ("v3", "/api/v3/trade/place-strategy-order", STRATEGY, ["callbackRatio", "activationPrice"], {"triggerBy": "mark"}),
    ("v2", "/api/v2/mix/order/place-order", MIX, ["triggerPrice", "callbackRatio", "planType"], {"reduceOnly": "NO"}),
    ("v2", "/api/v2/spot/trade/place-order", SPOT, ["triggerPrice", "callbackRatio"], {"tpslType": "normal"}),
    ("bybit", "/v5/order/create", BYBIT, ["trailingStop", "activePrice", "orderIv", "mmp"],
     {"timeInForce": "GTC", "rpiTakerAccess": True, "mmp": False}),
]  # fmt: skip


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """One that stands still."""
    with PaperExchange(flow_per_s=0) as made:
        yield made


def test_nothing_of_an_order_is_dropped(paper: PaperExchange) -> None:
    """Each is refused with the parameter's name, and no order is made; what changes nothing is taken."""
    with ExitStack() as stack:
        made: dict[str, Any] = {
            "okx": OkxClient(paper.config),
            "v3": BitgetClient(paper.bitget_config("v3", account="carol")),
            "v2": BitgetClient(paper.bitget_config("v2")),
            "bybit": BybitClient(paper.bybit_config()),
        }
        clients = {name: stack.enter_context(one) for name, one in made.items()}
        for name, path, order, dropped, harmless in CALLS:
            for one in dropped:
                before = count(paper)
                with pytest.raises(OkxApiError, match=f"{one}.*the paper exchange does not know it"):
                    clients[name].request("POST", path, {**order, one: True if one == "mmp" else "1"})
                assert count(paper) == before
            clients[name].request("POST", path, {**order, **harmless})
            assert count(paper) == before + 1


def count(paper: PaperExchange) -> int:
    """How many orders there have been, those that wait for a price included."""
    venue = paper._server.venue
    return paper.run(lambda: sum(len(one.by_id) for one in venue.accounts) + len(venue.algos._all))
