"""ccxt's streaming client sees the life of orders with stops at the paper exchange's OKX, with other URLs alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late
from tests.thirdparty.ccxt_watching import Watching

ccxt = imported_late("ccxt.pro", "needs the extra okx_sync[thirdparty]")

SWAP, INST = "BTC/USDT:USDT", "BTC-USDT-SWAP"
LEVELS = {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}}


def client_of(paper: PaperExchange) -> Any:
    """Their client with Alice's key, pointed at the paper exchange."""
    account = paper.accounts[0]
    keys = {"apiKey": account.api_key, "secret": account.secret_key, "password": account.passphrase}
    client = ccxt.okx({**keys, "aiohttp_trust_env": False, "enableRateLimit": False})
    client.urls["api"] = {"rest": paper.url, "ws": paper.url.replace("http", "ws", 1) + "/ws/v5"}
    return client


async def bracket(client: Any, told: Watching, paper: PaperExchange) -> list[Any]:
    """An order with stop and target over the socket: what each stream told of it, of its stop and of the end."""
    placed = await client.create_order_ws(SWAP, "limit", "buy", 2, 64000, LEVELS)
    opened = await told.until("orders", lambda row: row["id"] == placed["id"])
    paper.fill(ordId=placed["id"])
    born = await told.until("stops", lambda row: row["status"] == "open")
    long = await told.until("positions", lambda row: row["contracts"] == 2)
    paper.trade_at(INST, "59900")
    fired = await told.until("stops", lambda row: row["status"] == "closed")
    closed = await told.until("orders", lambda row: row["status"] == "closed" and row["side"] == "sell")
    await told.until("positions", lambda row: row["contracts"] == 0)
    sold = await told.until("trades", lambda row: row["side"] == "sell")
    return [
        (opened["status"], opened["stopLossPrice"], opened["takeProfitPrice"]),
        (born["info"]["ordType"], born["side"], born["amount"], born["stopLossPrice"], long["side"]),
        (fired["id"] == born["id"], fired["info"]["actualSide"], closed["filled"], sold["order"] == closed["id"]),
    ]


async def trigger(client: Any, told: Watching, paper: PaperExchange) -> list[Any]:
    """A trigger order over REST fires, and what it has placed is canceled over the socket."""
    placed = await client.create_order(SWAP, "limit", "buy", 1, 60000, {"triggerPrice": 66000})
    waiting = await told.until("stops", lambda row: row["id"] == placed["id"])
    paper.trade_at(INST, "66000")
    child = await told.until("orders", lambda row: row["info"]["algoId"] == placed["id"])
    await client.cancel_order_ws(child["info"]["ordId"], SWAP)  # what they call its id is that of the algo order
    await told.until("orders", lambda row: row["id"] == child["id"] and row["status"] == "canceled")
    return [waiting["status"], waiting["triggerPrice"], child["price"]]


async def both(paper: PaperExchange) -> list[Any]:
    """What their client makes of the streams."""
    client = client_of(paper)
    async with Watching(client, paper) as told:
        await told.watch("orders(", orders=lambda: client.watch_orders(SWAP))
        await told.watch("orders-algo", stops=lambda: client.watch_orders(SWAP, params={"trigger": True}))
        await told.watch("positions", positions=lambda: client.watch_positions([SWAP]))
        await told.watch("orders(instType", trades=lambda: client.watch_my_trades(SWAP))
        return [await bracket(client, told, paper), await trigger(client, told, paper)]


@pytest.mark.timeout(60)
def test_brackets_and_triggers() -> None:
    """Orders, stops, positions and fills are told of as they change."""
    with PaperExchange(flow_per_s=0) as paper:
        assert asyncio.run(both(paper)) == [
            [("open", 60000, 70000), ("oco", "sell", 2, 60000, "long"), (True, "sl", 2, True)],
            ["open", 66000, 60000],
        ]
        assert paper.problems == []
