"""Faults of requests: what becomes of one on its way, and of its answer. Part of `Faults`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

import orjson

from okx_sync.paper.argument_checks import check_code, check_seconds, check_whole, check_word
from okx_sync.paper.server.answer_changes import emptied, halved
from okx_sync.paper.server.fault_rules import FaultRule

if TYPE_CHECKING:
    from okx_sync.paper.server.loop import LoopThread
    from okx_sync.paper.server.server import Server

Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]
RefusedAs = Literal["rows", "whole", "event"]


class RequestFaults:
    """Faults of REST requests, of order operations over a stream, and of handshakes.

    `path` is that of REST (`/api/v5/trade/order`) or, where it says so, the name of an operation over a stream
    (`order` and `batch-orders` on OKX, `order.create` on Bybit, `place-order` on Bitget). What is no number where one
    is asked for is a `ConfigError` at once.
    """

    def __init__(self, thread: LoopThread, server: Server) -> None:
        self._thread = thread
        self._server = server

    def _arm(self, kind: str, match: Mapping[str, str | None], times: int | None, **options: Any) -> None:
        skip = options.pop("skip", 0)
        check_whole("times", times, 1)
        check_whole("after", skip)
        rule = FaultRule(kind, match, times, skip, options)
        self._thread.call(self._server.rules.add, rule)

    def slow_rest(self, seconds: float, path: str | None = None, times: int | None = None) -> None:
        """Answer REST requests late (after doing what they ask)."""
        check_seconds("seconds", seconds)
        self._arm("delay", {"what": "rest", "path": path}, times, seconds=seconds)

    def rest_status(
        self,
        status: int,
        body: str | Mapping[str, Any] = "",
        path: str | None = None,
        times: int | None = 1,
        retry_after: int | None = None,
    ) -> None:
        """Answer REST requests with a status and body of your own, without doing anything."""
        check_whole("status", status, 200, 599)
        check_whole("retry_after", retry_after)
        text = body if isinstance(body, str) else orjson.dumps(body).decode()
        self._arm("rest_status", {"path": path}, times, status=status, body=text, retry_after=retry_after)

    def lose_reply(self, path: str | None = None, times: int | None = 1) -> None:
        """Do what the request asks, then lose the answer.

        REST: the connection is closed without a response. For an order operation of the WebSocket
        give its op as `path` ("order"): the reply is never sent.
        """
        self._arm("lose_reply", {"path": path}, times)

    def change_reply(
        self,
        change: Change,
        op: str | None = None,
        times: int | None = 1,
    ) -> None:
        """Do what an order operation of the WebSocket asks, then reply what `change` makes of the reply.

        `change` runs on the server's thread: `lambda reply: reply | {"data": []}` takes the rows away.
        """
        self._arm("change_reply", {"op": op}, times, change=change)

    def change_answer(self, change: Change, path: str, times: int | None = 1) -> None:
        """Do what a REST request asks, then answer what `change` makes of the answer, as `change_reply` does."""
        self._arm("change_answer", {"path": path}, times, change=change)

    def shuffle_replies(self, count: int, path: str | None = None) -> None:
        """Hold back the replies to the next `count` order operations, then send them in another order."""
        check_whole("count", count, 1)
        self._arm("shuffle_replies", {"path": path}, count, held=[], count=count)

    def refuse_op(
        self,
        code: str,
        msg: str = "refused",
        op: str | None = None,
        times: int | None = 1,
        how: RefusedAs = "rows",
    ) -> None:
        """Refuse order operations of the WebSocket (`op`: "order", "batch-orders"...), without doing anything.

        `how`: "rows" gives every order of the request this code, "whole" the request, "event" answers with an error
        event instead of a reply.
        """
        check_word("how", how, get_args(RefusedAs))
        check_code("code", code)
        self._arm("refuse_op", {"op": op}, times, code=code, msg=msg, how=how)

    def rate_limit(self, path: str | None = None, times: int | None = 1) -> None:
        """Answer REST requests with HTTP 429 and code 50011, without doing anything."""
        self._arm("rate_limit", {"path": path}, times)

    # --- requests that are lost, led elsewhere, or answered strangely

    def lose_request(self, path: str | None = None, times: int | None = 1) -> None:
        """Lose a request on its way: nothing is done, and no answer comes.

        REST: the connection is closed without a response, and `PaperExchange.requests` does not have it. Over a stream
        (the operation as `path`) the socket stays open. The client cannot tell it from `lose_reply`.
        """
        self._arm("lose_request", {"path": path}, times)

    def redirect(self, to: str, status: int = 307, path: str | None = None, times: int | None = 1) -> None:
        """Answer with a redirect (3xx) to the address `to`, and do nothing.

        `path`: of REST, or of a stream (`private`), whose handshake is answered so.
        """
        check_whole("status", status, 300, 399)
        self._arm("redirect", {"path": path}, times, status=status, to=to)

    def drip(self, seconds: float = 0.01, path: str | None = None, times: int | None = 1) -> None:
        """Do what a REST request asks, then answer byte by byte, each so many real seconds after the one before.

        The connection ends with the answer. With the path of a stream (`private`) its frames come so, pushes and all.
        """
        check_seconds("seconds", seconds)
        self._arm("drip", {"path": path}, times, seconds=seconds)

    def half_batch(self, path: str | None = None, times: int | None = 1) -> None:
        """Do what a request with several orders asks, then answer with the first half of the rows only.

        `path`: of REST, or an operation over a stream.
        """
        self._arm("change_rows", {"path": path}, times, change=halved)

    def empty_reply(self, path: str | None = None, times: int | None = 1, *, body: bool = True) -> None:
        """Do what a request asks, then answer that all is well, without a row.

        `path`: of REST, or an operation over a stream. `body=False`: of REST nothing but the HTTP head comes.
        """
        if body:
            self._arm("change_rows", {"path": path}, times, change=emptied)
        else:
            self._arm("no_body", {"path": path}, times)
