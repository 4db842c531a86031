"""Which way a client sends its orders, where its exchange has more than one."""

from __future__ import annotations

from typing import Literal, get_args

from okx_sync.checks import check_word

__all__ = ["OrderRoute", "check_route"]

OrderRoute = Literal["stream", "rest"]
"""On the stream and nowhere else, or by REST."""


def check_route(route: OrderRoute | None) -> OrderRoute | None:
    """Return the route, None for the client's own rule. Raises ``ConfigError`` for another word."""
    if route is not None:
        check_word("orders_by", route, get_args(OrderRoute))
    return route
