"""REST: one way in for every request, and the table of what is served.

The order of checks follows OKX: path, method, body, signature, environment, permission, rate,
parameters. Errors carry the HTTP status that OKX gives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from aiohttp import web

from okx_sync.paper.okx.envelope import micros
from okx_sync.paper.okx.rest import (
    account,
    account_modes,
    convert,
    examples_account,
    examples_by_group,
    examples_market,
    examples_public,
    examples_rubik,
    examples_support,
    examples_trade,
    funding,
    holdings,
    market,
    reference,
    repayments,
    spreads,
    trade,
    withdrawals,
)
from okx_sync.paper.okx.rest.call import TOO_FAST, RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.server.auth import AuthError, check_request
from okx_sync.paper.server.rest_front import RestFront, signed_target
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.records import ApiKey

_ANSWERED = (
    market,
    reference,
    account,
    account_modes,
    holdings,
    trade,
    funding,
    withdrawals,
    convert,
    repayments,
    spreads,
)
_EXAMPLES = (
    examples_by_group,
    examples_account,
    examples_market,
    examples_public,
    examples_rubik,
    examples_support,
    examples_trade,
)

ENDPOINTS: dict[tuple[str, str], RestEndpoint] = {
    (one.method, one.path): one for part in (*_EXAMPLES, *_ANSWERED) for one in part.ENDPOINTS
}
_PATHS = {path for _, path in ENDPOINTS}
_SECRET_HEADERS = ("ok-access-sign", "ok-access-passphrase")
_LATE = "The expTime can't be earlier than the current system time. Please adjust the expTime and try again."


class RestRouter(RestFront):
    """Answers REST requests; lives on the loop thread."""

    secrets = _SECRET_HEADERS

    def respond(self, request: web.Request, body: bytes) -> tuple[web.Response, str]:
        """Answer a request."""
        started = micros(self.server.clock)
        answer = self._answer(request, body)
        return self._response(answer, started), answer.code

    def too_fast(self, request: web.Request) -> tuple[web.Response, str]:  # noqa: ARG002 - the same for all
        """Answer HTTP 429."""
        return self._response(RestAnswer(code=TOO_FAST[0], msg=TOO_FAST[1], status=429), ""), ""

    def _answer(self, request: web.Request, body: bytes) -> RestAnswer:
        try:
            return self._perform(request, body)
        except (RestError, AuthError) as problem:
            return RestAnswer([], problem.code, problem.message, problem.status)
        except VenueRefusal as no:
            return RestAnswer([], no.code, no.message, 400 if no.code == "51000" else 200)
        except Exception as problem:  # noqa: BLE001 - the exchange's own bug: noted, and answered as OKX does
            self.server.problem(problem)
            return RestAnswer([], "50026", "System error. Try again later", 500)

    def _perform(self, request: web.Request, body: bytes) -> RestAnswer:
        endpoint = ENDPOINTS.get((request.method, request.path))
        if endpoint is None:
            if request.path in _PATHS:
                raise RestError("50115", "Invalid request method", 405)
            raise RestError("404", "Not Found", 404)
        given = _body(request, body) if request.method == "POST" else None
        key = self._key(request, body) if endpoint.private else None
        if key is not None and endpoint.trades and key.read_only:
            raise RestError("50120", "This API key doesn't have permission to use this function")
        params = dict(request.query) if given is None else (given if isinstance(given, dict) else {})
        call = RestCall(self.server, endpoint, params, given, key)
        refused = self.take_limit(request.method, request.path, call.scope_id, call.items)
        if refused is not None:
            raise RestError(*refused, 200 if refused == _TOO_MANY else 429)
        self._check_parameters(request, call)
        answer = endpoint.answer(call)
        return answer if isinstance(answer, RestAnswer) else RestAnswer(answer)

    def _key(self, request: web.Request, body: bytes) -> ApiKey:
        server = self.server
        text = body.decode(errors="replace")
        keys, now = server.venue.keys, server.clock.now()
        key = check_request(request.method, signed_target(request), text, request.headers, keys, now)
        asks_demo = request.headers.get("x-simulated-trading", "0") == "1"
        if asks_demo != server.options.demo:
            raise RestError("50101", "APIKey does not match current environment.", 401)
        return key

    def _check_parameters(self, request: web.Request, call: RestCall) -> None:
        endpoint = call.endpoint
        late = request.headers.get("expTime", "")
        if endpoint.expires and late.isdigit() and int(late) < self.server.clock.now_ms():
            raise RestError("50036", _LATE)
        wanted = list if endpoint.is_batch else dict
        if request.method == "POST" and not isinstance(call.body, wanted):
            raise RestError("50002", "JSON syntax error", 400)
        if not endpoint.is_batch:
            for name in endpoint.required:
                if call.params.get(name) in (None, ""):
                    raise RestError("50014", f"Parameter {name} can not be empty.", 400)

    def _response(self, answer: RestAnswer, started: str) -> web.Response:
        headers = {"x-paper-example": "1"} if answer.is_example else {}
        if answer.raw:
            return web.Response(body=answer.raw, content_type="application/sbe", headers=headers)
        message: dict[str, Any] = {"code": answer.code, "msg": answer.msg, "data": answer.rows, **answer.beside}
        if answer.is_timed:
            message |= {"inTime": started, "outTime": micros(self.server.clock)}
        body = orjson.dumps(message)
        return web.Response(status=answer.status, body=body, content_type="application/json", headers=headers)

    def take_limit(
        self, method: str, path: str, scope_id: str, items: Sequence[Mapping[str, Any]]
    ) -> tuple[str, str] | None:
        """Take one request (for batches: each order) from its limit; code and text when there was no room."""
        endpoint = ENDPOINTS[method, path]
        if endpoint.is_batch and len(items) == 1 and endpoint.single:
            endpoint = ENDPOINTS[method, endpoint.single]
        now = self.server.clock.monotonic()
        units: dict[str, int] = {}
        for item in items:
            about = str(item.get(endpoint.per, "")) if endpoint.per else ""
            units[about] = units.get(about, 0) + 1
        counted = units if endpoint.is_batch else dict.fromkeys(units or [""], 1)
        for about, count in counted.items():
            bucket = endpoint.method, endpoint.path, scope_id, about
            if not self.server.limits.take(bucket, endpoint.limit, endpoint.seconds, now, count):
                return endpoint.too_fast
        if endpoint.counts_orders and not self.server.limits.take(("orders", scope_id), *_ORDERS, now, len(items)):
            return _TOO_MANY
        return None


#: How many orders an account may place and amend within so many seconds, over all instruments.
_ORDERS = (1000, 2.0)
_TOO_MANY = ("50061", "You've reached the maximum order rate limit for this account.")


def _body(request: web.Request, body: bytes) -> Any:
    if not body:
        raise RestError("50000", "Body for POST request cannot be empty.", 400)
    if request.content_type != "application/json":
        raise RestError("50006", "Invalid Content-Type, please use application/JSON.", 400)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RestError("50002", "JSON syntax error", 400) from None
