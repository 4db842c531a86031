"""REST of Bybit V5: one way in for every request, and the table of what is served.

The order of checks: address, path, method, signature and time, permission, rate, parameters. What was read is answered
with HTTP 200 and a `retCode`.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import orjson
from aiohttp import web

from okx_sync.paper.bybit.rest.call import (
    PARAMS,
    BybitAnswer,
    BybitCall,
    BybitEndpoint,
    BybitHttpError,
    BybitRestError,
)
from okx_sync.paper.bybit.rest.signature import NO_PERMISSION, SECRETS, check_signature
from okx_sync.paper.bybit.rest.table import TABLES
from okx_sync.paper.bybit.settings import settings_of
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.server.rest_front import RestFront, signed_target
from okx_sync.paper.venue.events import Deposited, VenueEvent
from okx_sync.paper.venue.records import ApiKey

PREFIX = "/v5/"
INTERNAL, TOO_FAST = 10016, 10006
#: Requests in so many seconds that an address may send, and how long it is shut out when it sends more.
PER_ADDRESS, ADDRESS_S, BANNED_S = 600, 5.0, 600.0
_TOO_MANY = "Too many visits. Exceeded the API Rate Limit."
_DENIED = "Permission denied, please check your API key permissions."

ENDPOINTS: dict[tuple[str, str], BybitEndpoint] = {
    (one.method, one.path): one for endpoints in TABLES for one in endpoints
}


class BybitRestRouter(RestFront):
    """Answers REST requests; lives on the loop thread."""

    secrets = SECRETS

    def __init__(self, server: ServerInterface) -> None:
        super().__init__(server)
        self._banned_until = 0.0
        server.venue.listen(_note_deposit)

    def respond(self, request: web.Request, body: bytes) -> tuple[web.Response, str]:
        """Answer a request."""
        headers: dict[str, str] = {}
        try:
            answer = self._perform(request, body, headers)
        except BybitHttpError as no:
            return web.Response(status=no.status, text=no.text), str(no.status)
        except BybitRestError as no:
            return self._response(no.code, BybitAnswer(no.result, text=no.text), headers)
        except Exception as problem:  # noqa: BLE001 - the exchange's own bug: noted, and answered as Bybit does
            self.server.problem(problem)
            return self._response(INTERNAL, BybitAnswer(text="Internal server error."), headers)
        return self._response(0, answer, headers)

    def too_fast(self, request: web.Request) -> tuple[web.Response, str]:  # noqa: ARG002 - the same for all
        """Answer that the limit is used up until half a second from now."""
        reset = str(self.server.clock.now_ms() + 500)
        headers = {"X-Bapi-Limit": "1", "X-Bapi-Limit-Status": "0", "X-Bapi-Limit-Reset-Timestamp": reset}
        return self._response(TOO_FAST, BybitAnswer(text=_TOO_MANY), headers)

    def _perform(self, request: web.Request, body: bytes, headers: dict[str, str]) -> BybitAnswer:
        server, now = self.server, self.server.clock.monotonic()
        if now < self._banned_until or not server.limits.take(("bybit", "address"), PER_ADDRESS, ADDRESS_S, now):
            self._banned_until = max(self._banned_until, now + BANNED_S) if now >= self._banned_until else now
            raise BybitHttpError(403, "access too frequent")
        endpoint = _endpoint(request, body)
        key = self._key(request, body) if endpoint.private else None
        if key is not None and endpoint.trades and key.read_only:
            raise BybitRestError(NO_PERMISSION, _DENIED)
        params = dict(request.query) if request.method == "GET" else _object(body)
        call = BybitCall(server, endpoint, params, key)
        try:
            if key is not None and endpoint.limit and not endpoint.is_batch and not call.take():
                raise BybitRestError(TOO_FAST, _TOO_MANY)
            _check_parameters(call)
            answer = endpoint.answer(call)
        finally:
            headers.update(call.limit_headers())
        return answer if isinstance(answer, BybitAnswer) else BybitAnswer(answer)

    def _key(self, request: web.Request, body: bytes) -> ApiKey:
        _, _, query = signed_target(request).partition("?")
        payload = query if request.method == "GET" else body.decode(errors="replace")
        server = self.server
        return check_signature(request.headers, payload, server.venue.keys, server.clock.now_ms())

    def _response(self, code: int, answer: BybitAnswer, headers: dict[str, str]) -> tuple[web.Response, str]:
        now = self.server.clock.now_ms()
        message: dict[str, Any] = {
            "retCode": code,
            "retMsg": answer.text,
            "result": answer.result,
            "retExtInfo": answer.ext,
            "time": now,
        }
        told = {**headers, "Traceid": uuid4().hex, "Timenow": str(now)}
        response = web.Response(body=orjson.dumps(message), content_type="application/json", headers=told)
        return response, str(code)


def _endpoint(request: web.Request, body: bytes) -> BybitEndpoint:
    if request.method not in ("GET", "POST"):
        raise BybitHttpError(400, "Bad request")
    endpoint = ENDPOINTS.get((request.method, request.path))
    if endpoint is None:
        raise BybitHttpError(404, "Cannot find path")
    if request.method == "GET" and body:
        raise BybitHttpError(403, "Forbidden request")
    return endpoint


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        raise BybitRestError(PARAMS, "params error: the body is no JSON object")
    return given


def _check_parameters(call: BybitCall) -> None:
    for names in call.endpoint.required:
        if all(call.params.get(name) in (None, "", []) for name in names.split("|")):
            shown = names.replace("|", " or ")
            raise BybitRestError(PARAMS, f"Missing some parameters that must be filled in, {shown}")


def _note_deposit(event: VenueEvent) -> None:
    """Keep the record of a deposit, once it may be withdrawn."""
    if isinstance(event, Deposited) and event.row["state"] == "2":
        settings_of(event.account).deposits.append(event.row)
