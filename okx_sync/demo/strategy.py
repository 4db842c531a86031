"""The demo's sample strategy: one buy and one sell order on each instrument, kept just behind the best price.

It is meant to be read. Requests go out by REST; what became of them comes back on the ``orders`` stream, and only
the stream decides what the strategy believes: a receipt says "received", not "done". It makes no money.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal

import attrs

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import OkxApiError, OkxError, OkxTimeoutError, OrderStatusUnknown, StreamClosed
from okx_sync.exchanges.okx.models import Order, Ticker
from okx_sync.timing import Clock, Deadline
from okx_sync.worker import Worker

__all__ = ["QuotePlan", "SampleStrategy"]

Side = Literal["buy", "sell"]
_SIDES: tuple[Side, Side] = ("buy", "sell")
# How far an order may be off its price, as a share of it, before it is amended.
_TOLERANCE = Decimal("0.00001")
_AMEND_AFTER_S = 0.6
_CANCEL_AFTER_S = 3.5
_PAUSE_S = 0.8
_STEP_S = 0.2
_GOODBYE_S = 2.0


@attrs.frozen
class QuotePlan:
    """How to trade an instrument.

    ``size`` of orders: base currency or contracts; ``mode``: trade mode; ``behind``: how far behind the best price
    orders rest, as a share of it.
    """

    size: Decimal
    mode: Literal["cash", "cross"]
    behind: Decimal


@attrs.define
class _Quote:
    """One own order, as the stream last reported it."""

    inst_id: str
    side: Side
    cl_ord_id: str
    price: Decimal
    placed_at: float
    changed_at: float
    is_leaving: bool = False


class SampleStrategy:
    """Runs on a thread of its own until :meth:`stop`, which cancels what is open.

    Args:
        rest: Sends orders.
        orders: Reports what becomes of them.
        plans: By instrument.
        prices: Gives the newest ticker of an instrument.
        late: Takes orders for which a request came too late, as they are now.
        crashed: Takes anything else that went wrong.
    """

    def __init__(
        self,
        rest: OkxClient,
        orders: Subscription[Order],
        plans: Mapping[str, QuotePlan],
        prices: Callable[[str], Ticker | None],
        clock: Clock,
        *,
        late: Callable[[Order], None],
        crashed: Callable[[Exception], None],
    ) -> None:
        self._rest = rest
        self._orders = orders
        self._plans = plans
        self._prices = prices
        self._clock = clock
        self._late = late
        self._crashed = crashed
        self._quotes: dict[tuple[str, Side], _Quote] = {}
        self._next_at: dict[tuple[str, Side], float] = {}
        self._numbers = itertools.count(1)
        self._worker = Worker("okx-demo-strategy", self._run)

    def start(self) -> None:
        """Begin to trade."""
        self._worker.start()

    def stop(self) -> None:
        """Cancel what is open, wait until the stream has confirmed it, and end. At most a few seconds."""
        self._worker.stop(2 * _GOODBYE_S)

    def _run(self, worker: Worker) -> None:
        try:
            while not worker.stopping:
                self._listen(_STEP_S)
                for key, plan in self._plans.items():
                    for side in _SIDES:
                        self._look_after(key, side, plan)
            self._say_goodbye()
        except StreamClosed:
            return
        except OkxError as error:
            self._crashed(error)

    # -- what the stream says ------------------------------------------------------------------------------------

    def _listen(self, seconds: float) -> None:
        """Take in order events for so long, or until the first one after which there is something to do."""
        try:
            self._on_order(self._orders.get(timeout=seconds))
        except OkxTimeoutError:
            return

    def _on_order(self, order: Order) -> None:
        for key, quote in list(self._quotes.items()):
            if quote.cl_ord_id != order.clOrdId:
                continue
            if order.is_final:
                del self._quotes[key]
                self._next_at[key] = self._clock.monotonic() + _PAUSE_S
            elif order.px is not None:
                quote.price = order.px

    # -- what we do about it ---------------------------------------------------------------------------------------

    def _look_after(self, inst_id: str, side: Side, plan: QuotePlan) -> None:
        price = self._price_for(inst_id, side, plan)
        if price is None:
            return
        quote, now = self._quotes.get((inst_id, side)), self._clock.monotonic()
        if quote is None:
            if now >= self._next_at.get((inst_id, side), now):
                self._place(inst_id, side, plan, price, now)
        elif quote.is_leaving:
            return
        elif now - quote.placed_at > _CANCEL_AFTER_S:
            self._cancel(quote)
        elif now - quote.changed_at > _AMEND_AFTER_S and abs(quote.price - price) > price * _TOLERANCE:
            self._amend(quote, price, now)

    def _price_for(self, inst_id: str, side: Side, plan: QuotePlan) -> Decimal | None:
        ticker = self._prices(inst_id)
        best = None if ticker is None else ticker.bidPx if side == "buy" else ticker.askPx
        if best is None:
            return None
        # As many decimals as the exchange's own price has: always a multiple of the tick size.
        return (best * (1 - plan.behind if side == "buy" else 1 + plan.behind)).quantize(best)

    def _place(self, inst_id: str, side: Side, plan: QuotePlan, price: Decimal, now: float) -> None:
        name = f"demo{next(self._numbers):06}"
        # Known before it is sent: the stream may be quicker than the receipt.
        self._quotes[inst_id, side] = _Quote(inst_id, side, name, price, now, now)
        try:
            self._rest.place_order(inst_id, plan.mode, side, "post_only", plan.size, price, name)
        except OrderStatusUnknown as unknown:
            if self._rest.reconcile(unknown) is None:
                del self._quotes[inst_id, side]

    def _amend(self, quote: _Quote, price: Decimal, now: float) -> None:
        quote.changed_at = now
        request = self._rest.trade.amend_order
        self._send(quote, lambda: request(quote.inst_id, cl_ord_id=quote.cl_ord_id, new_px=price))

    def _cancel(self, quote: _Quote) -> None:
        request = self._rest.cancel_order
        quote.is_leaving = self._send(quote, lambda: request(quote.inst_id, cl_ord_id=quote.cl_ord_id))

    def _send(self, quote: _Quote, request: Callable[[], object]) -> bool:
        """Send a change of an order that may be gone by now. False when it must be asked again.

        The stream tells of its end, unless that happened while a link was down: so look what became of it.
        """
        try:
            request()
        except OkxApiError:
            order = self._rest.get_order(quote.inst_id, cl_ord_id=quote.cl_ord_id)
            self._late(order)
            self._on_order(order)
        except OrderStatusUnknown:  # asking again does no harm to an order that is gone
            return False
        return True

    def _say_goodbye(self) -> None:
        for quote in list(self._quotes.values()):
            if not quote.is_leaving:
                self._cancel(quote)
        deadline = Deadline(_GOODBYE_S, self._clock)
        while self._quotes and not deadline.passed():
            self._listen(_STEP_S)
