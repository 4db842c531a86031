"""The one REST path of Bitget that clients of its streams need: the exchange's time."""

from __future__ import annotations

import orjson
from aiohttp import web

from okx_sync.paper.server.interface import ServerInterface

PATH = "/api/v2/public/time"


async def time(server: ServerInterface, request: web.Request) -> web.Response:  # noqa: ARG001 - there is nothing to ask
    """Answer `GET /api/v2/public/time`."""
    await server.lit()
    now = server.clock.now_ms()
    body = {"code": "00000", "msg": "success", "requestTime": now, "data": {"serverTime": str(now)}}
    return web.Response(body=orjson.dumps(body), content_type="application/json")
