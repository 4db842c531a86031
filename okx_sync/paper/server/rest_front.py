"""What REST of every wire has in common: requests are noted, and answered as the armed faults allow."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import orjson
from aiohttp import web

from okx_sync.paper.server.fault_rules import FaultRule
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.server.journal import Request

_SECRET_HEADERS = ("authorization", "cookie")


class RestFront:
    """Takes the REST requests of one wire; lives on the loop thread.

    `secrets`: headers of the wire that the journal must not show, in lower case.
    """

    secrets: ClassVar[tuple[str, ...]] = ()

    def __init__(self, server: ServerInterface) -> None:
        self.server = server

    def respond(self, request: web.Request, body: bytes) -> tuple[web.Response, str]:
        """Do what a request asks: the response, and the code in it. Must not raise."""
        raise NotImplementedError

    def too_fast(self, request: web.Request) -> tuple[web.Response, str]:
        """Say in the wire's words that there were too many requests, and with which code."""
        raise NotImplementedError

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or spoil the answer as the armed faults say."""
        await self.server.lit()
        try:
            body = await request.read()
        except ConnectionError:  # the client died in the middle of it: there is nobody to answer
            return web.Response()
        rules, path = self.server.rules, request.path
        if self._loses("lose_request", request):
            return web.Response()
        response, code = self._spoiled(request) or self.respond(request, body)
        self._note(request, body, response.status, code)
        response = self._changed(path, response)
        late = rules.take("delay", what="rest", path=path)
        if late is not None:
            await asyncio.sleep(late.options["seconds"])
        await self.server.lit()
        if not self._loses("lose_reply", request) and (slow := rules.take("drip", path=path)) is not None:
            await _drip(request, response, slow.options["seconds"])
        return response

    def _loses(self, kind: str, request: web.Request) -> bool:
        """Whether a fault loses the request or its answer: the connection has ended then."""
        if self.server.rules.take(kind, path=request.path) is None:
            return False
        if request.transport is not None:
            request.transport.abort()
        return True

    def _changed(self, path: str, response: web.Response) -> web.Response:
        rules = self.server.rules
        if rules.take("no_body", path=path) is not None:
            return web.Response(status=response.status, content_type=response.content_type)
        for kind in ("change_answer", "change_rows"):
            if (rule := rules.take(kind, path=path)) is not None and response.body:
                answer = rule.options["change"](orjson.loads(bytes(response.body)))  # type: ignore[arg-type]
                response = web.Response(
                    status=response.status, body=orjson.dumps(answer), content_type=response.content_type
                )
        return response

    def _spoiled(self, request: web.Request) -> tuple[web.Response, str] | None:
        rules, path = self.server.rules, request.path
        if rules.take("rate_limit", path=path) is not None:
            return self.too_fast(request)
        if (away := rules.take("redirect", path=path)) is not None:
            return redirection(away), ""
        rule = rules.take("rest_status", path=path)
        if rule is None:
            return None
        text, wait = rule.options["body"], rule.options["retry_after"]
        kind = "application/json" if text.startswith("{") else "text/html"
        headers = {} if wait is None else {"Retry-After": str(wait)}
        return web.Response(status=rule.options["status"], text=text, content_type=kind, headers=headers), ""

    def _note(self, request: web.Request, body: bytes, status: int, code: str) -> None:
        hidden = (*self.secrets, *_SECRET_HEADERS)
        headers = {name.lower(): value for name, value in request.headers.items() if name.lower() not in hidden}
        try:
            given = orjson.loads(body) if body else None
        except orjson.JSONDecodeError:
            given = body.decode(errors="replace")
        at, query = self.server.clock.now(), dict(request.query)
        self.server.journal.request(Request(at, request.method, request.path, query, given, headers, status, code))


def redirection(rule: FaultRule) -> web.Response:
    """Return the answer that leads elsewhere, as a fault says."""
    return web.Response(status=rule.options["status"], headers={"Location": rule.options["to"]}, text="moved")


async def _drip(request: web.Request, response: web.Response, seconds: float) -> None:
    """Write an answer byte by byte below the web framework, and end the connection."""
    body = bytes(response.body or b"")  # type: ignore[arg-type]
    words = {**response.headers, "Content-Length": str(len(body)), "Connection": "close"}
    head = [f"HTTP/1.1 {response.status} {response.reason}", *(f"{name}: {value}" for name, value in words.items())]
    for byte in ("\r\n".join(head) + "\r\n\r\n").encode() + body:
        if request.transport is None or request.transport.is_closing():
            return
        request.transport.write(bytes([byte]))
        await asyncio.sleep(seconds)
    if request.transport is not None:
        request.transport.close()


def signed_target(request: web.Request) -> str:
    """Return path and query exactly as sent.

    A plain HTTP proxy may name the whole URL (RFC 9112, 3.2.2); what is signed begins with the path.
    """
    return request.raw_path if request.raw_path.startswith("/") else "/" + request.raw_path.split("/", 3)[3]
