"""Canceling many orders: in batches as large as the exchange takes, with one outcome for each order."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Sequence
from typing import Any, NoReturn, TypeAlias, TypeVar

import attrs

from okx_sync.errors import (
    ConfigError,
    OkxApiError,
    OkxError,
    OkxRateLimitError,
    OrderStatusUnknown,
)
from okx_sync.state.orders.cancel_all import FORBIDDEN, CancelVerdict
from okx_sync.state.orders.order_state import OrderState

__all__ = ["BatchCancel", "CancelResult", "cancel_each"]

CancelResult: TypeAlias = tuple[CancelVerdict, OkxError | None]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class BatchCancel:
    """How an exchange takes requests to end several orders.

    ``send`` sends a batch and returns a ``BatchResult``; ``judge`` says what a row of it means, None where it does not
    tell; ``alone`` ends one order, False when it is gone (None: that is sent as a batch, too). ``together`` says which
    orders may be in one batch and how many, None for one that goes alone; ``gone``: codes that, of a whole batch, say
    that none of its orders is there any more.
    """

    send: Callable[[Sequence[OrderState]], Any]
    judge: Callable[[Any], CancelResult | None]
    together: Callable[[OrderState], tuple[Hashable, int] | None]
    alone: Callable[[OrderState], bool] | None = None
    gone: Container[str] = frozenset()

    def cancel(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Request the end of all of them. Raises what forbids all of it (``ReadOnlyError``, ...)."""
        found: dict[int, CancelResult] = {}
        for places in self._batches(orders):
            batch = [orders[place] for place in places]
            try:
                told = self._ended(batch)
            except FORBIDDEN as error:
                if not found:
                    raise
                told = [("not_sent", error)] * len(batch)  # what became of the others must be known all the same
            found.update(zip(places, told, strict=True))
        return [found[place] for place in range(len(orders))]

    def _batches(self, orders: Sequence[OrderState]) -> list[list[int]]:
        """Return the places of the orders of each batch, in the order of their first ones."""
        batches: list[list[int]] = []
        filling: dict[Hashable, list[int]] = {}
        for place, order in enumerate(orders):
            rule = self.together(order)
            if rule is None:
                batches.append([place])
                continue
            key, most = rule
            batch = filling.get(key)
            if batch is None or len(batch) >= most:
                batch = filling[key] = []
                batches.append(batch)
            batch.append(place)
        return batches

    def _ended(self, batch: Sequence[OrderState]) -> list[CancelResult]:
        try:
            if len(batch) == 1 and self.alone is not None:
                return [("accepted" if self.alone(batch[0]) else "gone", None)]
            told = self.send(batch)
        except FORBIDDEN:
            raise
        except OrderStatusUnknown as error:
            return [("unknown", error)] * len(batch)
        except (OkxApiError, OkxRateLimitError) as error:
            if error.code in self.gone:
                return [("gone", None)] * len(batch)
            return [("refused", error)] * len(batch)
        except OkxError as error:
            if isinstance(error, ConfigError) and len(batch) > 1:  # one that cannot be sent must not keep the others
                return [self._ended([one])[0] for one in batch]
            return [("not_sent", error)] * len(batch)
        unknown = set(map(id, told.unknown))
        rows = [None if id(row) in unknown else row for row in told]
        return [self._outcome(order, row, told.lost) for order, row in zip(batch, rows, strict=True)]

    def _outcome(self, order: OrderState, row: Any, lost: OrderStatusUnknown | None) -> CancelResult:
        """Return what a batch's answer says of one order; an answer without its row says nothing."""
        if row is not None and (told := self.judge(row)) is not None:
            return told
        ids = {"instrument": order.inst_id, "id": order.order_id or order.client_order_id or ""}
        return "unknown", lost or OrderStatusUnknown("the answer does not mention this order", clOrdId="", orders=[ids])


def cancel_each(orders: Sequence[T], cancel: Callable[[T], bool]) -> list[CancelResult]:
    """Request the end of each, one request after another. Raises as ``BatchCancel.cancel``."""
    alone: Any = cancel
    each: Any = orders
    return BatchCancel(send=_never, judge=_never, together=lambda _: None, alone=alone).cancel(each)


def _never(_: object) -> NoReturn:
    raise AssertionError("no batch is made of one")
