"""The one REST path of Bybit that clients of its streams need: the exchange's time."""

from __future__ import annotations

import orjson
from aiohttp import web

from okx_sync.paper.server.interface import ServerInterface

PATH = "/v5/market/time"


async def time(server: ServerInterface, request: web.Request) -> web.Response:  # noqa: ARG001 - there is nothing to ask
    """Answer `GET /v5/market/time`."""
    await server.lit()
    now = server.clock.now_ms()
    result = {"timeSecond": str(now // 1000), "timeNano": f"{now}000000"}
    body = {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": now}
    return web.Response(body=orjson.dumps(body), content_type="application/json")
