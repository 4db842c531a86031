"""The same change of an order is pushed and recovered: whichever comes first, it is told once, and the end is right."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pytest

from okx_sync.exchanges.okx.recovery.orders import OrdersRecovery
from okx_sync.exchanges.okx.trade.models import Order
from okx_sync.rows import decoder
from okx_sync.state.orders.order_table import Orders

_ORDER: Final = {
    "instType": "SPOT", "instId": "BTC-USDT", "ordId": "7", "side": "buy", "ordType": "limit", "sz": "2", "px": "10",
    "cTime": "1000", "tradeId": "", "fillSz": "0", "accFillSz": "0", "state": "live",
}  # fmt: skip


def row(at: int, **changes: str) -> dict[str, Any]:
    """A row of the order."""
    return {**_ORDER, "uTime": str(at), **changes}


def filled(number: int, at: int, *, pushed_at: int | None = None, **changes: str) -> dict[str, Any]:
    """A row with a fill: pushed it carries the time of the change, recovered that of the trade."""
    fill = {"tradeId": str(number), "fillSz": "1", "fillPx": "10", "fillTime": str(at), "accFillSz": str(number)}
    state = "filled" if number == 2 else "partially_filled"
    return row(pushed_at or at, **{**fill, "state": state, **changes})


PUSHED: Final = [
    row(1000),
    filled(1, 1010, pushed_at=1015),
    row(1020, px="11", state="partially_filled", accFillSz="1"),
    filled(2, 1030, pushed_at=1035, px="11"),
]
RECOVERED: Final = [filled(1, 1010, px="11"), filled(2, 1030, px="11")]


def told(rows: list[dict[str, Any]]) -> tuple[list[Mapping[str, Any]], Orders]:
    """What the memory of the stream lets through, and the table that was fed with that."""
    memory, orders = OrdersRecovery({"instType": "ANY"}), Orders()
    kept = [news for one in rows if (news := memory.note(one)) is not None]
    for one in decoder(Order)(kept, {}):
        orders.apply(one.to_update())
    return kept, orders


@pytest.mark.parametrize("first", range(len(PUSHED) + len(RECOVERED)))
def test_every_order_of_arrival_ends_in_the_truth(first: int) -> None:
    """Of what is told twice the second is left out, and no late row takes back what a later one said."""
    numbers = range(len(PUSHED) + len(RECOVERED))
    rows = [*PUSHED, *RECOVERED]
    for rest in itertools.permutations([one for one in numbers if one != first]):
        kept, orders = told([rows[number] for number in (first, *rest)])
        fills = [one["tradeId"] for one in kept if one["tradeId"]]
        assert sorted(fills) == ["1", "2"]
        record = orders.find("7")
        assert record is not None
        state = record.state
        assert (state.status, state.filled, state.price) == ("filled", Decimal(2), Decimal(11))
        assert [one.trade_id for one in sorted(state.fills, key=lambda one: one.trade_id)] == ["1", "2"]


def test_a_repeat_with_another_time_is_no_news() -> None:
    """The stream's own push of a fill that was recovered, and the other way round."""
    pushed, recovered = filled(1, 1010, pushed_at=1015), filled(1, 1010)
    assert told([recovered, pushed])[0] == [recovered]
    assert told([pushed, recovered])[0] == [pushed]


def test_an_amendment_in_the_millisecond_of_a_change_is_news() -> None:
    """The row of the stream that changes the price alone, and one that says that a change has failed."""
    amended, failed = row(1000, px="11"), row(1000, amendResult="-1")
    assert told([row(1000), amended])[0] == [row(1000), amended]
    assert told([row(1000), failed, failed])[0] == [row(1000), failed]
