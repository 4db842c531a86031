"""ccxt's streaming client works against the paper exchange's Bitget, classic and unified, with other URLs alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.late_imports import imported_late

ccxt = imported_late("ccxt.pro", "needs the extra okx_sync[thirdparty]")

SWAP = "BTC/USDT:USDT"
#: Label of the account, ccxt's option for it, and the version of the streams.
KINDS = {"classic": ("alice", False, "v2"), "unified": ("carol", True, "v3")}


def client_of(paper: PaperExchange, kind: str) -> Any:
    """Their client with a key of this kind, pointed at the paper exchange."""
    label, is_unified, version = KINDS[kind]
    account = next(one for one in paper.accounts if one.label == label)
    keys = {"apiKey": account.api_key, "secret": account.secret_key, "password": account.passphrase}
    client = ccxt.bitget({**keys, "options": {"uta": is_unified}, "aiohttp_trust_env": False})
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
