"""Bitget's REST: one way in for every request of V2 and V3, and the table of what is served.

The order of checks: path, body, signature, environment, kind of account, permission, rate, parameters.
"""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from okx_sync.paper.bitget.account_settings import settings_of
from okx_sync.paper.bitget.rest import (
    account_examples,
    market_examples,
    mix_account,
    mix_market,
    mix_orders,
    mix_plans,
    spot_market,
    spot_orders,
    spot_plans,
    uta_account,
    uta_market,
    uta_orders,
    uta_positions,
    uta_strategy,
    wallet,
)
from okx_sync.paper.bitget.rest.auth import SECRET_HEADERS, check_request
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetEndpoint, BitgetRestError, Example, check_time
from okx_sync.paper.bitget.rest.codes import EMPTY, NO_RIGHT, OK, WRONG_VALUE, translated
from okx_sync.paper.server.auth import AuthError
from okx_sync.paper.server.rest_front import RestFront, signed_target
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.records import ApiKey

_PARTS = (
    market_examples,
    account_examples,
    mix_market,
    spot_market,
    uta_market,
    mix_account,
    mix_orders,
    mix_plans,
    spot_orders,
    spot_plans,
    wallet,
    uta_account,
    uta_orders,
    uta_positions,
    uta_strategy,
)
ENDPOINTS: dict[tuple[str, str], BitgetEndpoint] = {
    (one.method, one.path): one for part in _PARTS for one in part.ENDPOINTS
}
PREFIXES = ("/api/v2/", "/api/v3/")
LEFT_HEADER = "x-mbx-used-remain-limit"
_TOO_FAST = ("429", "Too Many Requests")
#: For all requests of an address together.
_PER_MINUTE = 6000
_CLASSIC = ("40085", "You are in Unified Account mode, and the Classic Account API is not supported at this time")
_UNIFIED = ("40084", "You are in Classic Account mode, and the Unified Account API is not supported at this time")


class BitgetRestRouter(RestFront):
    """Answers Bitget's REST requests; lives on the loop thread."""

    secrets = SECRET_HEADERS

    def respond(self, request: web.Request, body: bytes) -> tuple[web.Response, str]:
        """Answer a request."""
        headers: dict[str, str] = {}
        try:
            data = self._perform(request, body, headers)
        except (BitgetRestError, AuthError) as no:
            return self._response(no.code, no.message, None, no.status, headers), no.code
        except VenueRefusal as no:
            endpoint = ENDPOINTS[request.method, request.path]
            code, text = translated(no.code, no.message, endpoint.words)
            return self._response(code, text, None, 400, headers), code
        except Exception as problem:  # noqa: BLE001 - the exchange's own bug: noted, and answered as Bitget does
            self.server.problem(problem)
            return self._response("40015", "System is abnormal, please try again later", None, 500, headers), "40015"
        return self._response(OK, "success", data, 200, headers), OK

    def too_fast(self, request: web.Request) -> tuple[web.Response, str]:  # noqa: ARG002 - the same for all
        """Answer HTTP 429."""
        return self._response(*_TOO_FAST, None, 429, {}), _TOO_FAST[0]

    def _perform(self, request: web.Request, body: bytes, headers: dict[str, str]) -> Any:
        endpoint = ENDPOINTS.get((request.method, request.path))
        if endpoint is None:
            raise BitgetRestError("40404", "Request URL NOT FOUND", 404)
        given = _body(body, endpoint) if request.method == "POST" else None
        key = self._key(request, body, endpoint) if endpoint.private else None
        params = dict(request.query) if request.method == "GET" else (given if isinstance(given, dict) else {})
        call = BitgetCall(self.server, endpoint, params, given, key)
        self._take_limit(call, headers)
        for name in endpoint.required:
            if params.get(name) in (None, ""):
                raise call.refuse(EMPTY, f"Parameter {name} cannot be empty")
        check_time(call, call.params)
        self.server.venue.step()
        data = endpoint.answer(call)
        if isinstance(data, Example):
            headers["x-paper-example"] = "1"
            return data.data
        return data

    def _key(self, request: web.Request, body: bytes, endpoint: BitgetEndpoint) -> ApiKey:
        server = self.server
        text = body.decode(errors="replace")
        keys, now = server.venue.keys, server.clock.now_ms()
        key = check_request(request.method, signed_target(request), text, request.headers, keys, now)
        if (request.headers.get("paptrading", "0") == "1") != server.options.demo:
            raise BitgetRestError("40099", "exchange environment is incorrect")
        if settings_of(key.account).is_unified != endpoint.is_v3:
            raise BitgetRestError(*(_UNIFIED if endpoint.is_v3 else _CLASSIC))
        if endpoint.trades and key.read_only:
            raise BitgetRestError(NO_RIGHT[endpoint.words], "Incorrect permissions")
        return key

    def _take_limit(self, call: BitgetCall, headers: dict[str, str]) -> None:
        limits, endpoint, now = self.server.limits, call.endpoint, self.server.clock.monotonic()
        scope = call.account.uid if call.key is not None else "ip"
        bucket = ("bitget", endpoint.method, endpoint.path, scope)
        may = limits.take(("bitget", "ip"), _PER_MINUTE, 60.0, now) and limits.take(bucket, endpoint.limit, 1.0, now)
        if limits.enabled:
            headers[LEFT_HEADER] = str(limits.left(bucket, endpoint.limit, now)[0])
        if not may:
            raise BitgetRestError(*_TOO_FAST, 429)

    def _response(self, code: str, message: str, data: Any, status: int, headers: dict[str, str]) -> web.Response:
        made = {"code": code, "msg": message, "requestTime": self.server.clock.now_ms(), "data": data}
        body = orjson.dumps(made)
        return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _body(body: bytes, endpoint: BitgetEndpoint) -> Any:
    try:
        given = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, list if endpoint.is_list else dict):
        raise BitgetRestError(WRONG_VALUE[endpoint.words], "Parameter verification failed")
    return given
