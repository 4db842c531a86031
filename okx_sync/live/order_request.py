"""``OrderRequest``: one order operation on its way, as ``order_entry`` carries it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from okx_sync.live.stream_op import StreamOp
from okx_sync.rest import call_rules
from okx_sync.rest.journaling import JournaledOrder
from okx_sync.rest.limits import Charge
from okx_sync.timing import Deadline
from okx_sync.transport.link import Link

__all__ = ["OrderRequest"]


@attrs.define
class OrderRequest:
    """A request that is to be sent.

    ``link`` and ``frame`` (for a request id) of the stream, None where it goes by REST; until when; what it takes from
    the limits; ``at``: when it went out on the stream; ``orders``: what was written down of it before.
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
