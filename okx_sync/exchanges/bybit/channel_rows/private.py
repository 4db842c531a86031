"""The account's own data of V5. After "Websocket Stream / Private" of Bybit's V5 documentation.

Nothing is pushed on subscribing: what there is already must be asked by REST. With ``category`` a channel tells of one
market only (``order.linear``).
"""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.bybit import models
from okx_sync.exchanges.bybit.channel import Channel

__all__ = ["CATEGORIES", "PRIVATE"]

CATEGORIES: Final = ("spot", "linear", "inverse", "option")
_PRIVATE: Final[dict[str, Any]] = {"path": "private", "login": True, "private": True, "quiet": True}
_ANY: Final[dict[str, Any]] = {**_PRIVATE, "optional": ("category",), "values": {"category": CATEGORIES}}

PRIVATE: Final = (
    Channel(
        name="order", model=models.Order, method="subscribe_orders", cadence="on each change of an order",
        key=("orderId",), identity=("orderId", "updatedTime", "orderStatus", "cumExecQty"), **_ANY,
    ),
    Channel(
        name="execution", model=models.Execution, method="subscribe_executions",
        cadence="on each fill, funding fee, settlement and the like", key=("execId",), identity=("execId",), **_ANY,
    ),
    Channel(
        name="execution.fast", model=models.FastExecution, method="subscribe_fast_executions",
        cadence="on each fill, sooner than execution and with less in it",
        key=("execId",), identity=("execId",), **_ANY,
    ),
    Channel(
        name="position", model=models.Position, method="subscribe_positions",
        cadence="on each change of a position, and when an order was placed, amended or canceled",
        key=("category", "symbol", "positionIdx"), **{**_ANY, "values": {"category": CATEGORIES[1:]}},
    ),
    Channel(
        name="wallet", model=models.Wallet, method="subscribe_wallet",
        cadence="on each change of a balance; not when unrealised profit alone changes",
        key=("accountType",), **_PRIVATE,
    ),
    Channel(
        name="greeks", model=models.Greeks, method="subscribe_greeks", cadence="when the greeks of options change",
        key=("baseCoin",), **_PRIVATE,
    ),
)  # fmt: skip
