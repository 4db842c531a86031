"""True histories of orders, and the news of them that an exchange may send: shuffled, repeated, merged."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import FillUpdate, OrderStatus, OrderUpdate

D = Decimal
BTC = "BTC-USDT"


def fill(number: int, size: str = "1", price: str = "100", **more: Any) -> FillUpdate:
    """Fill ``number`` of order "1"."""
    facts = {"inst_id": BTC, "trade_id": f"t{number}", "order_id": "1", "side": "buy", "ts": number}
    return FillUpdate(**{**facts, "price": D(price), "size": D(size), **more})


def update(status: OrderStatus, at: int | None = 1, filled: str = "0", **more: Any) -> OrderUpdate:
    """What the exchange says of order "1" of 10 at 100 with our id "mine"."""
    facts: dict[str, Any] = {"inst_id": BTC, "order_id": "1", "client_order_id": "mine", "side": "buy"}
    facts |= {"price": D(100), "size": D(10), "order_type": "limit", "updated_at": at, "created_at": 1}
    return OrderUpdate(**{**facts, "status": status, "filled": D(filled), **more})


def new(client_order_id: str = "mine", **more: Any) -> PreparedOrder:
    """The order of :func:`update` before it is sent."""
    facts: dict[str, Any] = {"inst_id": BTC, "side": "buy", "size": D(10), "price": D(100), "order_type": "limit"}
    return PreparedOrder(**{**facts, "client_order_id": client_order_id, **more})


@attrs.frozen
class OrderHistory:
    """``moments``: the order after each change of it, the last one is the truth; ``news``: what is heard of it."""

    moments: list[OrderUpdate]
    news: list[OrderUpdate | FillUpdate]

    @property
    def truth(self) -> OrderUpdate:
        """The order in the end."""
        return self.moments[-1]

    @property
    def fills(self) -> list[FillUpdate]:
        """Every fill that happened."""
        return [one.fill for one in self.moments if one.fill is not None]

    @property
    def heard(self) -> set[str]:
        """Trades that some piece of news tells of."""
        told = [one if isinstance(one, FillUpdate) else one.fill for one in self.news]
        return {one.trade_id for one in told if one is not None}


@st.composite
def order_histories(draw: Callable[[Any], Any]) -> OrderHistory:
    """One order from its acceptance to some end, and news of it that tells at least the end."""
    moments = _moments(draw)
    news: list[OrderUpdate | FillUpdate] = []
    for moment in moments[:-1]:
        ways = ["push", "merged", "silent", "fill only", "no average", "row"]
        news += _told(moment, draw(st.sampled_from(ways)))
    news += _told(moments[-1], "push")
    news += draw(st.lists(st.sampled_from(news), max_size=8))
    return OrderHistory(moments, draw(st.permutations(news)))


def _told(moment: OrderUpdate, way: str) -> list[OrderUpdate | FillUpdate]:
    """What is heard of a moment: nothing when it was merged into the next one."""
    if way == "merged":
        return [attrs.evolve(moment, fill=None)]
    if way == "fill only":
        return [] if moment.fill is None else [moment.fill]
    if way == "no average":
        return [attrs.evolve(moment, average_price=None)]
    if way == "row":  # as REST tells: the fill without its fee, and by itself with it
        bare = None if moment.fill is None else attrs.evolve(moment.fill, fee=None)
        return [attrs.evolve(moment, fill=bare, recovered=True), *([] if moment.fill is None else [moment.fill])]
    return [] if way == "silent" else [moment]


def _moments(draw: Callable[[Any], Any]) -> list[OrderUpdate]:
    size, price, filled, value, at = D(10), D(100), D(0), D(0), 10
    moments = [update("live", at)]
    for number in range(draw(st.integers(0, 6))):
        if draw(st.booleans()) and size - filled > 1:
            part = D(draw(st.integers(1, int(size - filled) - 1)))
            paid = D(draw(st.integers(90, 110)))
            filled, value = filled + part, value + part * paid
            at += draw(st.integers(0, 2))
            one = fill(number, str(part), str(paid), ts=at, fee=D(number))
            facts = {"size": size, "price": price, "average_price": value / filled, "fill": one}
            moments.append(update("partially_filled", at, str(filled), **facts))
        else:
            at += 1
            size, price = size + draw(st.integers(0, 3)), D(draw(st.integers(90, 110)))
            average = value / filled if filled else None
            status: OrderStatus = "partially_filled" if filled else "live"
            moments.append(update(status, at, str(filled), size=size, price=price, average_price=average))
    end = draw(st.sampled_from(["open", "canceled", "filled"]))
    at += draw(st.integers(0, 2))
    if end == "filled":
        rest = size - filled
        value += rest * price
        one = fill(99, str(rest), str(price), ts=at, fee=D(99))
        facts = {"size": size, "price": price, "average_price": value / size, "fill": one}
        moments.append(update("filled", at, str(size), **facts))
    elif end == "canceled":
        average = value / filled if filled else None
        facts = {"size": size, "price": price, "average_price": average, "reason": "by the user"}
        moments.append(update("canceled", at, str(filled), **facts))
    return moments
