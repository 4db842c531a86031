"""ccxt's streaming client works against the paper exchange's Bitget, classic and unified, with other URLs alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late
from tests.thirdparty.ccxt_watching import Watching

ccxt = imported_late("ccxt.pro", "needs the extra okx_sync[thirdparty]")

SWAP = "BTC/USDT:USDT"
#: Label of the account, ccxt's option for it, and the version of the streams.
KINDS = {"classic": ("alice", False, "v2"), "unified": ("carol", True, "v3")}


def client_of(paper: PaperExchange, kind: str) -> Any:
    """Their client with a key of this kind, pointed at the paper exchange."""
    label, is_unified, version = KINDS[kind]
    account = next(one for one in paper.accounts if one.label == label)
    keys = {"apiKey": account.api_key, "secret": account.secret_key, "password": account.passphrase}
    options = {"options": {"uta": is_unified}, "aiohttp_trust_env": False, "enableRateLimit": False}
    client = ccxt.bitget({**keys, **options})
    rest = client.urls["api"]
    streams = paper.url.replace("http", "ws", 1)
    paths = {name: f"{streams}/{version}/ws/{path}" for name, path in _PATHS.items()}
    client.urls["api"] = {name: paper.url for name in rest if name != "ws"} | {"ws": paths}
    return client


_PATHS = {"public": "public", "private": "private", "utaPublic": "public", "utaPrivate": "private"}


async def told(paper: PaperExchange, kind: str) -> dict[str, Any]:
    """What their client makes of each stream, an order placed and filled in between."""
    client = client_of(paper, kind)
    try:
        await client.load_markets()
        found: dict[str, Any] = {
            "ticker": (await client.watch_ticker(SWAP))["last"],
            "book": await client.watch_order_book(SWAP),
            "trades": (await client.watch_trades(SWAP))[0]["symbol"],
            "candles": await client.watch_ohlcv(SWAP, "1m"),
        }
        orders = asyncio.ensure_future(client.watch_orders(SWAP))
        assert await asyncio.to_thread(paper.wait_for, lambda: any("order" in name for name in paper.topics()))
        placed = await client.create_order(SWAP, "limit", "buy", 0.01, 60000)
        found["order"] = [(one["id"] == placed["id"], one["status"]) for one in await orders]
        return found
    finally:
        await client.close()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", KINDS)
def test_their_streams(paper: PaperExchange, kind: str) -> None:
    """Ticker, book, trades, candles and an order of ours are read."""
    paper.quiet()
    found = asyncio.run(told(paper, kind))
    assert found["ticker"] > 0
    assert found["book"]["bids"][0][0] < found["book"]["asks"][0][0]
    assert found["trades"] == SWAP
    assert len(found["candles"][0]) == 6
    assert found["order"] == [(True, "open")]


async def bracket(paper: PaperExchange, kind: str) -> dict[str, Any]:
    """What their client is told of an order with stop and target until one of them has closed the position.

    Their client has no stream for the strategy orders of unified accounts.
    """
    client, levels = (
        client_of(paper, kind),
        {"stopLoss": {"triggerPrice": 60000}, "takeProfit": {"triggerPrice": 70000}},
    )
    found: dict[str, Any] = {}
    async with Watching(client, paper) as told:
        await told.watch("order", orders=lambda: client.watch_orders(SWAP))
        await told.watch("position", positions=lambda: client.watch_positions([SWAP]))
        await told.watch("fill", trades=lambda: client.watch_my_trades(SWAP))
        if kind == "classic":
            await told.watch("orders-algo", stops=lambda: client.watch_orders(SWAP, params={"trigger": True}))
        placed = await client.create_order(SWAP, "limit", "buy", 0.02, 64000, levels)
        await told.until("orders", lambda row: row["id"] == placed["id"] and row["status"] == "open")
        paper.trade_at("BTC-USDT-SWAP", "63950")
        found["held"] = (await told.until("positions", lambda row: row["contracts"] == 0.02))["side"]
        if kind == "classic":
            born = await told.until("stops", lambda row: row["info"]["planType"] == "psl")
            found["born"] = (born["status"], born["side"], born["triggerPrice"])
        paper.trade_at("BTC-USDT-SWAP", "59900")
        sold = await told.until("orders", lambda row: row["status"] == "closed" and row["side"] == "sell")
        found["sold"] = sold["filled"]
        found["trade"] = (await told.until("trades", lambda row: row["side"] == "sell"))["order"] == sold["id"]
        if kind == "classic":
            await told.until("stops", lambda row: row["id"] == born["id"] and row["info"]["status"] == "executed")
            await told.until(
                "stops", lambda row: row["info"]["planType"] == "ptp" and row["info"]["status"] == "cancelled"
            )
    return found


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", KINDS)
def test_a_bracket(kind: str) -> None:
    """Order, position, stops, and the fill of the one that closes the position."""
    with PaperExchange(flow_per_s=0) as paper:
        found = asyncio.run(bracket(paper, kind))
        assert paper.problems == []
    stops = {"born": ("open", "sell", 60000)} if kind == "classic" else {}
    assert found == {"held": "long", "sold": 0.02, "trade": True, **stops}
