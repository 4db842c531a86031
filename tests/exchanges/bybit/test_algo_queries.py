"""``BybitAlgoQueries``: which algo orders REST tells of, and which of its orders one without an id is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import attrs
import pytest
import responses

from okx_sync import BybitClient, BybitConfig, Credentials
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.bybit.account_queries import BybitAccountQueries
from okx_sync.exchanges.bybit.algo_queries import BybitAlgoQueries
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep
from tests.exchanges.bybit.trade.test_algo_updates import BRACKET, PLAIN, STOP

HOST: Final = "https://api.bybit.com/v5"
CHILD: Final = AlgoState(
    inst_id="BTCUSDT", kind="conditional", leg="stop_loss", side="sell", parent_client_order_id="mine", product="linear"
)
PLACED: Final = AlgoState(
    inst_id="BTCUSDT",
    kind="conditional",
    leg="stop_loss",
    side="sell",
    size=Decimal("0.01"),
    stop_loss=TriggerPrice(58000, by="mark"),
    product="linear",
    history=(AlgoStep("pending", 10_000),),
)


class Exchange:
    """Lists ``open`` orders of linear contracts settled in USDT, those that ended just now, and the ``history``."""

    def __init__(self) -> None:
        self.open: list[dict[str, Any]] = []
        self.ended: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []

    def __call__(self, request: Any) -> tuple[int, dict[str, str], str]:
        asked = request.params
        rows: list[dict[str, Any]] = []
        if asked["category"] == "linear" and asked.get("settleCoin") != "USDC":
            rows = self.history if "history" in request.url else self.ended if asked.get("openOnly") else self.open
            rows = [one for one in rows if asked.get("orderId") in (None, one["orderId"])]
            rows = [one for one in rows if asked.get("orderLinkId") in (None, one["orderLinkId"])]
        result = {"category": asked["category"], "list": [] if "instruments" in request.url else rows}
        return 200, {}, json.dumps({"retCode": 0, "retMsg": "OK", "result": result, "time": 1})


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """All that is asked for goes there."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        one = Exchange()
        for path in ("order/realtime", "order/history", "market/instruments-info"):
            mocked.add_callback(responses.GET, f"{HOST}/{path}", one)
        yield one


@pytest.fixture
def queries() -> Iterator[BybitAlgoQueries]:
    """Of a client with a key."""
    with BybitClient(BybitConfig(credentials=Credentials("key-1234", "secret"))) as client:
        yield BybitAlgoQueries(BybitAccountQueries(lambda: client, "linear"), lambda: client)


def test_what_is_open(exchange: Exchange, queries: BybitAlgoQueries) -> None:
    """Stops and what is attached to open orders, oldest first; nothing that is over; a broken row is told of."""
    fired = STOP | {"orderId": "s-2", "orderStatus": "New"}
    exchange.open = [fired, STOP, BRACKET, PLAIN | {"orderId": "p-2"}, PLAIN | {"orderStatus": "Odd"}]
    listed = queries.open_algos()
    assert [(one.algo_id, one.parent_order_id, one.leg, one.status) for one in listed.updates] == [
        (None, "p-1", "take_profit", "attached"),
        (None, "p-1", "stop_loss", "attached"),
        ("s-1", None, "stop_loss", "armed"),
    ]
    assert all(one.recovered for one in listed.updates)
    assert len(listed.lost) == 1


def test_one_with_an_id(exchange: Exchange, queries: BybitAlgoQueries) -> None:
    """As it is, or as it ended; a plain order of the id is none; what nobody lists is unknown."""
    known = AlgoState(inst_id="BTCUSDT", algo_id="s-1", product="linear")
    assert queries.look_up_algo(known) is None
    exchange.history = [STOP | {"orderStatus": "Filled", "cumExecQty": "0.01"}]
    found = queries.look_up_algo(known)
    assert found is not None
    assert (found.status, found.order_ids, found.recovered) == ("fired", ("s-1",), True)
    exchange.open = [PLAIN]
    assert queries.look_up_algo(AlgoState(inst_id="BTCUSDT", client_order_id="mine", product="linear")) is None


@pytest.mark.parametrize(
    ("parent", "status"),
    [
        (BRACKET, "attached"),
        (BRACKET | {"stopLoss": "0"}, "canceled"),
        (BRACKET | {"orderStatus": "Cancelled", "cancelType": "CancelByUser"}, "canceled"),
        (BRACKET | {"orderStatus": "PartiallyFilled", "cumExecQty": "0.01"}, None),
        (BRACKET | {"orderStatus": "PartiallyFilled", "cumExecQty": "0.01", "stopLoss": ""}, "canceled"),
        (BRACKET | {"orderStatus": "Filled", "cumExecQty": "0.02", "updatedTime": "9999999999999"}, None),
        (BRACKET | {"orderStatus": "Filled", "cumExecQty": "0.02"}, "canceled"),
    ],
)
def test_what_is_attached_is_told_by_its_order(
    exchange: Exchange, queries: BybitAlgoQueries, parent: dict[str, Any], status: str | None
) -> None:
    """Where that was filled just now an order of it may still come; later none was made of it."""
    assert queries.look_up_algo(CHILD) is None  # nor where the order itself is not known
    exchange.open = [parent]
    found = queries.look_up_algo(CHILD)
    assert (None if found is None else found.status) == status


def test_of_the_orders_that_were_made_of_one_the_first_is_meant(exchange: Exchange, queries: BybitAlgoQueries) -> None:
    """Each fill makes its own; those of other orders, and the other side, are none of them."""
    exchange.open = [
        BRACKET | {"orderStatus": "PartiallyFilled", "cumExecQty": "0.02"},
        STOP | {"orderId": "s-2", "createdTime": "9"},
        STOP | {"orderId": "s-0", "createdTime": "1", "parentOrderLinkId": "other"},
    ]
    exchange.history = [
        STOP | {"orderId": "s-1", "orderStatus": "Cancelled"},
        STOP | {"orderId": "t-1", "stopOrderType": "PartialTakeProfit", "createdTime": "4"},
    ]
    found = queries.look_up_algo(CHILD)
    assert found is not None
    assert (found.algo_id, found.status) == ("s-1", "canceled")


def test_of_an_order_without_an_id_of_a_client(exchange: Exchange, queries: BybitAlgoQueries) -> None:
    """What became of it names no order: it is inferred from its facts, where only one fits."""
    nameless = attrs.evolve(CHILD, parent_client_order_id=None, parent_order_id="p-1", stop_loss=PLACED.stop_loss)
    free = STOP | {"parentOrderLinkId": "", "createdTime": "6"}
    others = [STOP | {"orderId": "s-2"}, free | {"orderId": "s-3", "triggerPrice": "1"}, free | {"createdTime": "4"}]
    parent = BRACKET | {"orderLinkId": "", "orderStatus": "Filled", "cumExecQty": "0.02"}
    exchange.open = [parent, *others]
    ended = queries.look_up_algo(nameless)
    assert ended is not None
    assert ended.status == "canceled"
    exchange.open.append(free | {"orderId": "s-4"})
    found = queries.look_up_algo(nameless)
    assert found is not None
    assert (found.algo_id, found.status, found.is_inferred) == ("s-4", "armed", True)
    exchange.open.append(free | {"orderId": "s-5"})
    unclear = queries.look_up_algo(nameless)
    assert unclear is not None
    assert (unclear.status, unclear.algo_id) == ("unknown", None)


def test_one_without_any_id_is_recognised_where_only_one_fits(exchange: Exchange, queries: BybitAlgoQueries) -> None:
    """By side, size, leg and trigger, and that it is not older; of two nobody can say which it is."""
    fits = STOP | {"createdTime": "10005"}
    exchange.open = [
        fits | {"createdTime": "5"},
        fits | {"orderId": "s-2", "qty": "0.02"},
        fits | {"orderId": "s-3", "triggerPrice": "58001"},
        fits | {"orderId": "s-4", "side": "Buy"},
    ]
    assert queries.look_up_algo(PLACED) is None
    exchange.ended = [fits | {"orderId": "s-5", "orderStatus": "Filled", "cumExecQty": "0.01"}]
    found = queries.look_up_algo(PLACED)
    assert found is not None
    assert (found.algo_id, found.status) == ("s-5", "fired")
    exchange.open.append(fits | {"orderId": "s-6"})
    unclear = queries.look_up_algo(PLACED)
    assert unclear is not None
    assert (unclear.status, unclear.algo_id) == ("unknown", None)
    assert unclear.reason == "2 orders of Bybit may be this one, which has no id of ours"
