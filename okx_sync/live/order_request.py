"""``OrderRequest``: one order operation on its way, as ``order_entry`` carries it out; and the end of a dry run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from okx_sync.live.stream_op import StreamOp
from okx_sync.protocol.write_guard import STREAM, WriteGuard
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import RestDialect
from okx_sync.rest.encoding import json_body
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.journaling import JournaledOrder
from okx_sync.rest.limits import Charge
from okx_sync.rest.order_check import OrderChecker, Reservation
from okx_sync.timing import Deadline
from okx_sync.transport.link import Link

__all__ = ["OrderRequest", "check_dry_run"]


@attrs.define
class OrderRequest:
    """A request that is to be sent.

    ``link`` and ``frame`` (for a request id) of the stream, None where it goes by REST; until when; what it takes from
    the exchange's limits; ``at``: when it went out on the stream; ``orders``: what was written down of it before;
    ``room``: what it takes of the user's own limits; ``sent``: when it was written to the stream, monotonic
    seconds.
    """

    op: StreamOp
    params: dict[str, Any]
    fields: dict[str, str]
    link: Link | None
    frame: Callable[[str], str] | None
    charges: list[Charge]
    deadline: Deadline
    rest_fallback: bool
    at: call_rules.SentAt | None = None
    orders: Sequence[JournaledOrder] = ()
    room: Reservation | None = None
    sent: float | None = None


def check_dry_run(
    guard: WriteGuard,
    dialect: RestDialect,
    twin: Endpoint,
    params: Mapping[str, Any],
    checker: OrderChecker | None,
    word: str | None = None,
    frame: str = "",
) -> None:
    """End a dry run: raise ``DryRun`` with what would have gone out, or ``OrderLimitError`` in its place.

    ``word`` and ``frame``: the operation on a stream; None where it would have gone by REST.
    """
    room = None if checker is None else checker.before(twin, params)
    if room is not None:
        room.withdraw()
    if word is not None:
        guard.check_dry_run(STREAM, word, frame)
    is_array = "rows" in twin.options and not twin.options.get("rows_inside", False)
    body = dialect.body(params[str(twin.rows_name)] if is_array else params)
    guard.check_dry_run(twin.method, twin.path, json_body(body))
