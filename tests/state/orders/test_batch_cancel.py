"""Many orders end in batches, and each has its own outcome, whatever became of its batch."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConfigError, OkxApiError, OkxAuthError, OkxHttpError, OrderStatusUnknown, ReadOnlyError
from okx_sync.rest import BatchResult
from okx_sync.state.orders.batch_cancel import BatchCancel, CancelResult, cancel_each
from okx_sync.state.orders.order_state import OrderState


@attrs.frozen
class Row:
    """What became of one order."""

    code: str = "0"

    @property
    def ok(self) -> bool:
        return self.code == "0"


def order(number: int, inst_id: str = "BTC") -> OrderState:
    """An order that is open."""
    return OrderState(inst_id=inst_id, order_id=str(number), size=Decimal(1), status="live")


def judge(row: Row) -> CancelResult | None:
    """What a row says."""
    return {"0": ("accepted", None), "gone": ("gone", None)}.get(row.code)  # type: ignore[return-value]


class Exchange:
    """Takes batches; ``brings``: for each, rows or what is raised."""

    def __init__(self, *brings: Any) -> None:
        self.brings = list(brings)
        self.sent: list[list[str | None]] = []

    def send(self, orders: Sequence[OrderState]) -> BatchResult[Row]:
        self.sent.append([one.order_id for one in orders])
        brings = self.brings.pop(0) if self.brings else [Row()] * len(orders)
        if isinstance(brings, Exception):
            raise brings
        return brings if isinstance(brings, BatchResult) else BatchResult(brings)


def verdicts(exchange: Exchange, orders: Sequence[OrderState], **more: Any) -> list[str]:
    """Cancel, at most two of one instrument in a batch."""
    batches = BatchCancel(send=exchange.send, judge=judge, together=lambda one: (one.inst_id, 2), **more)
    return [verdict for verdict, _ in batches.cancel(orders)]


def test_batches_are_of_what_belongs_together_and_no_larger_than_allowed() -> None:
    """Outcomes come in the order of the orders all the same."""
    exchange = Exchange([Row(), Row("gone")], [Row("gone")], [Row()])
    orders = [order(1), order(2, "ETH"), order(3), order(4)]
    assert verdicts(exchange, orders) == ["accepted", "gone", "gone", "accepted"]
    assert exchange.sent == [["1", "3"], ["2"], ["4"]]


def test_one_that_is_alone_goes_alone() -> None:
    """A request for one order is cheaper, and may go where batches do not."""
    exchange, asked = Exchange(), list[str | None]()

    def alone(one: OrderState) -> bool:
        asked.append(one.order_id)
        return False

    assert verdicts(exchange, [order(1), order(2), order(3)], alone=alone) == ["accepted", "accepted", "gone"]
    assert (exchange.sent, asked) == ([["1", "2"]], ["3"])


def test_what_becomes_of_a_batch_becomes_of_its_orders() -> None:
    """Lost, refused, gone, not sent: none of the other batches is touched by it."""
    lost = OrderStatusUnknown("lost", clOrdId="", orders=[])
    brings = (lost, OkxApiError("no", code="1"), OkxApiError("none", code="gone"), OkxHttpError("no route"))
    orders = [order(number, inst_id) for inst_id in "abcd" for number in (1, 2)]
    expected = ["unknown", "refused", "gone", "not_sent"]
    assert verdicts(Exchange(*brings), orders, gone={"gone"}) == [word for word in expected for _ in (1, 2)]


def test_an_order_that_cannot_be_sent_keeps_no_other_from_it() -> None:
    """The batch is sent order by order then."""
    exchange = Exchange(ConfigError("one is wrong"), ConfigError("this one"), [Row()])
    assert verdicts(exchange, [order(1), order(2)]) == ["not_sent", "accepted"]


def test_an_answer_without_a_row_of_an_order_tells_nothing() -> None:
    """Nor does one of which the row says nothing."""
    rows = BatchResult([Row(), Row("?")], unknown=[0])
    assert verdicts(Exchange(rows), [order(1), order(2)]) == ["unknown", "unknown"]


def test_what_forbids_all_is_raised_before_anything_is_sent_and_told_after() -> None:
    """What became of the others must be known all the same."""
    with pytest.raises(ReadOnlyError):
        verdicts(Exchange(ReadOnlyError("reads")), [order(1)])
    exchange = Exchange([Row(), Row()], OkxAuthError("no login"))
    assert verdicts(exchange, [order(1), order(2), order(3)]) == ["accepted", "accepted", "not_sent"]


def test_what_belongs_to_no_batch_goes_alone() -> None:
    """It neither joins a batch nor ends the one that is filling."""
    exchange = Exchange()
    batches = BatchCancel(
        send=exchange.send, judge=judge, together=lambda one: None if one.inst_id == "ETH" else (one.inst_id, 2)
    )
    orders = [order(1), order(2, "ETH"), order(3, "ETH"), order(4)]
    assert [verdict for verdict, _ in batches.cancel(orders)] == ["accepted"] * 4
    assert exchange.sent == [["1", "4"], ["2"], ["3"]]


def test_each_by_a_request_of_its_own() -> None:
    """One that is lost or refused keeps none of the others from being asked; what forbids all is raised."""
    lost, refused = OrderStatusUnknown("lost", clOrdId="", orders=[]), OkxApiError("no", code="1")
    brings: dict[str, Any] = {"a": True, "b": lost, "c": False, "d": refused, "e": True}
    asked: list[str] = []

    def cancel(one: str) -> bool:
        asked.append(one)
        if isinstance(brings[one], Exception):
            raise brings[one]
        return bool(brings[one])

    expected = [("accepted", None), ("unknown", lost), ("gone", None), ("refused", refused), ("accepted", None)]
    assert (cancel_each("abcde", cancel), asked) == (expected, list("abcde"))
    brings["a"] = ReadOnlyError("reads")
    with pytest.raises(ReadOnlyError):
        cancel_each("ab", cancel)
    assert asked[5:] == ["a"]
