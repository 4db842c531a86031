"""The algo orders that a request asks for, of each exchange: what the journal of orders writes of them."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect
from okx_sync.rest.dialect import RestDialect

OKX: RestDialect = OkxRestDialect(Config())
BYBIT: RestDialect = BybitRestDialect(BybitConfig())
BITGET: RestDialect = BitgetRestDialect(BitgetConfig())
_BOTH = {"takeProfit": "70", "stopLoss": "50"}
_PRESETS = {"presetStopSurplusPrice": "70", "presetStopLossPrice": "50"}
_V2, _V3 = "/api/v2/mix/order/", "/api/v3/trade/"

# Kind, leg, side, id of ours, whether it came with an order.
CASES: list[tuple[RestDialect, str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        OKX,
        "/api/v5/trade/order-algo",
        {"ordType": "trigger", "algoClOrdId": "c", "side": "sell"},
        [("trigger", None, "sell", "c", False)],
    ),
    (
        OKX,
        "/api/v5/trade/order-algo",
        {"ordType": "conditional", "slTriggerPx": "5", "algoClOrdId": "c", "side": "buy"},
        [("conditional", "stop_loss", "buy", "c", False)],
    ),
    (
        OKX,
        "/api/v5/trade/order-algo",
        {"ordType": "new", "algoClOrdId": "c", "side": "buy"},
        [(None, None, "buy", "c", False)],
    ),
    (OKX, "/api/v5/trade/order", {"side": "buy", "clOrdId": "o"}, []),
    (
        OKX,
        "/api/v5/trade/order",
        {"side": "buy", "attachAlgoOrds": [{"attachAlgoClOrdId": "c", "tpTriggerPx": "7", "slTriggerPx": "5"}]},
        [("oco", None, "sell", "c", True)],
    ),
    (
        OKX,
        "/api/v5/trade/batch-orders",
        {"side": "sell", "attachAlgoOrds": [{"attachAlgoClOrdId": "c", "tpTriggerPx": "7"}, {"slTriggerPx": "8"}]},
        [("conditional", "take_profit", "buy", "c", True)],
    ),
    (BYBIT, "/v5/order/create", {"side": "Buy", "orderLinkId": "o", "takeProfit": "0", "stopLoss": ""}, []),
    (
        BYBIT,
        "/v5/order/create",
        {"side": "Buy", "orderLinkId": "o", **_BOTH},
        [("conditional", "take_profit", "sell", None, True), ("conditional", "stop_loss", "sell", None, True)],
    ),
    (
        BYBIT,
        "/v5/order/create",
        {"side": "Sell", "orderLinkId": "o", "triggerPrice": "9"},
        [("trigger", None, "sell", "o", False)],
    ),
    (
        BYBIT,
        "/v5/order/create",
        {"side": "Sell", "orderLinkId": "o", "triggerPrice": "9", "orderFilter": "tpslOrder"},
        [("conditional", None, "sell", "o", False)],
    ),
    (
        BITGET,
        _V2 + "place-order",
        {"side": "sell", **_PRESETS},
        [("conditional", "take_profit", "buy", None, True), ("conditional", "stop_loss", "buy", None, True)],
    ),
    (BITGET, _V2 + "place-order", {"side": "sell"}, []),
    (
        BITGET,
        _V2 + "place-tpsl-order",
        {"planType": "loss_plan", "clientOid": "c"},
        [("conditional", "stop_loss", None, "c", False)],
    ),
    (
        BITGET,
        _V2 + "place-plan-order",
        {"planType": "track_plan", "side": "buy", "clientOid": "c"},
        [("trailing_stop", None, "buy", "c", False)],
    ),
    (
        BITGET,
        _V3 + "place-order",
        {"category": "USDT-FUTURES", "side": "buy", **_BOTH},
        [("oco", None, "sell", None, True)],
    ),
    (
        BITGET,
        _V3 + "place-order",
        {"category": "USDT-FUTURES", "side": "buy", "stopLoss": "5"},
        [("conditional", "stop_loss", "sell", None, True)],
    ),
    (
        BITGET,
        _V3 + "place-strategy-order",
        {"category": "USDT-FUTURES", "type": "trigger", "side": "buy", "clientOid": "c"},
        [("trigger", None, "buy", "c", False)],
    ),
    (
        BITGET,
        _V3 + "place-strategy-order",
        {"category": "USDT-FUTURES", "clientOid": "c", **_BOTH},
        [("oco", None, None, "c", False)],
    ),
]


@pytest.mark.parametrize(("dialect", "path", "row", "asked"), CASES)
def test_what_a_request_asks_for(
    dialect: RestDialect, path: str, row: dict[str, Any], asked: list[tuple[Any, ...]]
) -> None:
    """Kind, side and id of each, on a path of which the journal takes note."""
    found = dialect.algo_intents(path, row)
    assert [(one.kind, one.leg, one.side, one.client_order_id, one.is_attached) for one in found] == asked
    assert path in dialect.journaled | dialect.journaled_algos


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        (
            {**_PRESETS, "presetStopLossExecutePrice": "49"},
            [{"take_profit": TriggerPrice(70)}, {"stop_loss": TriggerPrice(50, limit=49)}],
        ),
        (
            {"category": "USDT-FUTURES", **_BOTH, "tpTriggerBy": "mark", "slOrderType": "market", "slLimitPrice": "0"},
            [{"take_profit": TriggerPrice(70, by="mark"), "stop_loss": TriggerPrice(50)}],
        ),
        ({"presetStopSurplusPrice": "dear"}, [{}]),
    ],
)
def test_what_fires_that_which_has_no_id(row: dict[str, Any], fires: list[dict[str, TriggerPrice]]) -> None:
    """What an order of Bitget brings is told from others by that alone; the exchange refuses a price that is none."""
    path = _V3 + "place-order" if "category" in row else _V2 + "place-order"
    assert [one.legs for one in BITGET.algo_intents(path, {"side": "buy", **row})] == fires
