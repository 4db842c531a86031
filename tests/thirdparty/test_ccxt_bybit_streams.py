"""ccxt's streaming client sees the life of orders with stops on the paper exchange's Bybit, with other URLs alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late
from tests.thirdparty.ccxt_watching import Watching

ccxt = imported_late("ccxt.pro", "needs the extra okx_sync[thirdparty]")

PERP, SWAP = "BTC/USDT:USDT", "BTC-USDT-SWAP"
LEVELS = {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}}
RISING = {"triggerDirection": "ascending"}


def client_of(paper: PaperExchange) -> Any:
    """Their client with Alice's key, pointed at the paper exchange."""
    account = paper.accounts[0]
    keys = {"apiKey": account.api_key, "secret": account.secret_key}
    client = ccxt.bybit({**keys, "aiohttp_trust_env": False, "enableRateLimit": False})
    private = paper.bybit_url("/v5/private")
    streams = {
        "public": {kind: paper.bybit_url(f"/v5/public/{kind}") for kind in ("spot", "linear")},
        "private": {"spot": {"unified": private}, "contract": private, "trade": paper.bybit_url("/v5/trade")},
    }
    client.urls["api"] = {name: paper.url for name in client.urls["api"] if name != "ws"} | {"ws": streams}
    return client


async def bracket(client: Any, told: Watching, paper: PaperExchange) -> list[Any]:
    """An order with stop and target over the socket: what each stream told of it, of its stop and of the end."""
    placed = await client.create_order_ws(PERP, "limit", "buy", 0.02, 64000, LEVELS)
    opened = await told.until("orders", lambda row: row["id"] == placed["id"])
    paper.trade_at(SWAP, "63950")
    born = await told.until("orders", lambda row: row["info"]["stopOrderType"] == "StopLoss")
    long = await told.until("positions", lambda row: row["contracts"] == 0.02)
    paper.trade_at(SWAP, "59900")
    sold = await told.until("orders", lambda row: row["id"] == born["id"] and row["status"] == "closed")
    gone = await told.until("orders", lambda row: row["status"] == "canceled")
    trade = await told.until("trades", lambda row: row["side"] == "sell")
    await told.until("positions", lambda row: row["contracts"] == 0)
    return [
        (opened["status"], opened["stopLossPrice"], opened["takeProfitPrice"]),
        (born["status"], born["triggerPrice"], born["amount"], long["side"]),
        (sold["filled"], trade["order"] == sold["id"], gone["info"]["stopOrderType"]),
    ]


async def trigger(client: Any, told: Watching, paper: PaperExchange) -> list[Any]:
    """A conditional order, all over the socket: amended, fired, and canceled."""
    placed = await client.create_order_ws(PERP, "limit", "buy", 0.01, 59000, {"triggerPrice": 61000, **RISING})
    waits = await told.until("orders", lambda row: row["id"] == placed["id"])
    await client.edit_order_ws(placed["id"], PERP, "limit", "buy", 0.01, 59500, {"triggerPrice": 60500})
    paper.trade_at(SWAP, "60500")
    fired = await told.until("orders", lambda row: row["info"]["orderStatus"] == "New" and row["id"] == placed["id"])
    await client.cancel_order_ws(placed["id"], PERP)
    await told.until("orders", lambda row: row["id"] == placed["id"] and row["status"] == "canceled")
    return [waits["info"]["orderStatus"], waits["triggerPrice"], fired["triggerPrice"], fired["price"]]


async def both(paper: PaperExchange) -> list[Any]:
    """What their client makes of the streams."""
    client = client_of(paper)
    async with Watching(client, paper) as told:
        await told.watch("order", orders=lambda: client.watch_orders(PERP))
        await told.watch("position", positions=lambda: client.watch_positions([PERP]))
        await told.watch("execution", trades=lambda: client.watch_my_trades(PERP))
        return [await bracket(client, told, paper), await trigger(client, told, paper)]


@pytest.mark.timeout(60)
def test_brackets_and_triggers() -> None:
    """Orders, stops, positions and fills are told of as they change."""
    with PaperExchange(flow_per_s=0) as paper:
        assert asyncio.run(both(paper)) == [
            [("open", 60000, 70000), ("open", 60000, 0.02, "long"), (0.02, True, "TakeProfit")],
            ["Untriggered", 61000, 60500, 59500],
        ]
        assert paper.problems == []
