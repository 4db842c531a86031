"""Who sends an order manager's requests, in tests: does what they say, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.errors import OkxError
from okx_sync.state.orders.close_position import CloseRequest, PreparedClose, PreparedCloses
from okx_sync.state.orders.new_order import new_order
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from okx_sync.types import OrderUpdate


class Sender:
    """An ``OrderActions``. ``answer`` is what each request brings, or raises; ``verdicts`` are of ``cancel_many``."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.settled: list[OrderHandle] = []
        self.answer: Callable[[], str | None] = lambda: None
        self.has_cancel = True
        self.listed: list[OrderUpdate] = []
        self.verdicts: list[tuple[Any, OkxError | None]] = []
        self.closes: list[PreparedClose] = []
        self.is_closed = False

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        return new_order(words, lambda: f"id{len(self.asked)}")

    def list_open(self, inst_id: str | None) -> list[OrderUpdate]:
        self.asked.append(("list", inst_id))
        return self.listed

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[Any, OkxError | None]]:
        self.asked.append(("cancel_many", [order.order_id for order in orders]))
        return self.verdicts

    def place(self, new: PreparedOrder) -> str | None:
        self.asked.append(new)
        return self.answer()

    def cancel(self, order: OrderState) -> bool:
        self.asked.append(("cancel", order.order_id))
        self.answer()
        return self.has_cancel

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        return None

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        self.asked.append(("amend", size, price, dict(options)))
        self.answer()

    def closings(self, request: CloseRequest) -> PreparedCloses:
        self.asked.append(request)
        return PreparedCloses(each=self.closes, positions=lambda: None)

    def settle(self, order: OrderHandle) -> None:
        self.settled.append(order)

    def row_lost(self, reason: str) -> None:
        self.asked.append(("row_lost", reason))

    def close(self) -> None:
        self.is_closed = True
