"""Recovery of ``orders``: whatever of an order's life the stream swallowed, REST's rows complete it exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.errors import OkxApiError, OkxHttpError
from okx_sync.exchanges.okx.recovery import recovery_for
from okx_sync.exchanges.okx.recovery.orders import OrdersRecovery
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from tests.examples import examples

BEGAN = 1_700_000_000_000
ARGS = {"instType": "ANY"}


@define
class Exchange:
    """What really happened: every push in order, and REST's view of it at any moment."""

    pushes: list[dict[str, Any]] = field(factory=list)
    orders: dict[str, dict[str, Any]] = field(factory=dict)
    fills: list[dict[str, Any]] = field(factory=list)
    now: int = BEGAN
    live: list[str] = field(factory=list)
    pace_ms: int = 1

    def act(self, kind: str, number: int) -> None:
        """One more thing happens: "place", "fill" or "cancel"; ``number`` is a size, or which order it is about."""
        if kind == "place" or not self.live:
            self.live.append(str(100 + len(self.live)))
            self.place(self.live[-1], 1 + number)
        elif kind == "fill":
            self.fill(self.live[number % len(self.live)])
        else:
            self.cancel(self.live[number % len(self.live)])

    def place(self, order_id: str, size: int) -> None:
        self._change(order_id, cTime=str(self._tick()), instId="BTC-USDT", instType="SPOT", sz=str(size),
                     accFillSz="0", state="live", tradeId="", fillSz="0")  # fmt: skip

    def fill(self, order_id: str) -> None:
        order = self.orders[order_id]
        if order["state"] in ("filled", "canceled"):
            return
        self._tick()
        filled = int(order["accFillSz"]) + 1
        number = str(len(self.fills) + 1)
        fill = {"instId": "BTC-USDT", "ordId": order_id, "tradeId": number, "billId": number, "fillSz": "1",
                "fillPx": "10", "fillTime": str(self.now), "ts": str(self.now), "fee": "-0.1",
                "feeCcy": "USDT"}  # fmt: skip
        self.fills.append(fill)
        state = "filled" if filled == int(order["sz"]) else "partially_filled"
        self._change(order_id, accFillSz=str(filled), state=state, tradeId=number, fillSz="1", fillTime=str(self.now))

    def cancel(self, order_id: str) -> None:
        if self.orders[order_id]["state"] not in ("filled", "canceled"):
            self._tick()
            self._change(order_id, state="canceled", tradeId="", fillSz="0")

    def _tick(self) -> int:
        self.now += self.pace_ms
        return self.now

    def _change(self, order_id: str, **fields: str) -> None:
        row = {**self.orders.get(order_id, {"ordId": order_id}), **fields, "uTime": str(self.now)}
        self.orders[order_id] = row
        self.pushes.append(row)

    def fetch(self, path: str, params: Mapping[str, Any]) -> list[Any]:
        """REST as it answers now."""
        if path.endswith("/order"):
            return [self.orders[params["ordId"]]]
        if path.endswith("/fills"):
            rows = [fill for fill in self.fills if int(fill["ts"]) >= params["begin"]]
            rows = [fill for fill in rows if fill["ordId"] == params.get("ordId", fill["ordId"])]
            return self._page(rows, "billId", params)
        is_open = path.endswith("orders-pending")
        if not is_open and params["instType"] != "SPOT":
            return []
        rows = [row for row in self.orders.values() if (row["state"] in ("live", "partially_filled")) == is_open]
        return self._page(sorted(rows, key=lambda row: int(row["ordId"])), "ordId", params)

    def _page(self, rows: list[Any], key: str, params: Mapping[str, Any]) -> list[Any]:
        older = [row for row in rows if "after" not in params or int(row[key]) < int(params["after"])]
        return older[::-1][: params["limit"]]


def _run(exchange: Exchange, told: list[int], swallowed: list[int], *, more: bool) -> tuple[list[Any], int]:
    """Deliver the pushes ``told``, lose ``swallowed``, hold back the others, recover, and tell what arrived."""
    source = OrdersRecovery(ARGS)
    buffer = RecoveryBuffer(source, Topic("orders", (("instType", "ANY"),)), BEGAN)
    arrived: list[Any] = []
    for number in told:
        arrived += _rows(buffer.admit(_push(exchange.pushes[number])))
    buffer.hold()
    waiting = [row for n, row in enumerate(exchange.pushes) if n not in told and n not in swallowed]
    cut = len(waiting) // 2 if more else len(waiting)
    for row in waiting[:cut]:
        assert buffer.admit(_push(row)) is None
    missed = source.missed(BEGAN, exchange.fetch, exchange.now).rows
    pushes, number = buffer.release(missed, buffer.outage)
    for push in pushes:
        arrived += push.rows
    for row in waiting[cut:]:  # REST had seen them already when it was asked
        arrived += _rows(buffer.admit(_push(row)))
    return arrived, number


def _push(row: dict[str, Any]) -> Push:
    return Push("orders", {"channel": "orders", **ARGS}, [row], {"data": [row]})


def _rows(push: Push | None) -> list[Any]:
    return [] if push is None else push.rows


def _complete(exchange: Exchange, arrived: list[Any]) -> None:
    """What arrived is all that happened, once, in an order that makes sense."""
    told = [row["tradeId"] for row in arrived if row.get("tradeId")]
    assert sorted(told) == sorted(fill["tradeId"] for fill in exchange.fills)
    last: dict[str, Any] = {}
    for row in arrived:
        before = last.get(row["ordId"])
        assert before is None or Decimal(row["accFillSz"]) >= Decimal(before["accFillSz"])
        assert before is None or before["state"] not in ("filled", "canceled"), "told after its end"
        last[row["ordId"]] = row
    assert {key: (row["state"], row["accFillSz"]) for key, row in last.items()} == {
        key: (row["state"], row["accFillSz"]) for key, row in exchange.orders.items()
    }


KINDS = st.sampled_from(["place", "fill", "fill", "fill", "cancel"])
ACTIONS = st.lists(st.tuples(KINDS, st.integers(0, 3)), max_size=25)


@settings(max_examples=examples(200), deadline=None)
@given(ACTIONS, st.data())
def test_every_fill_once_and_the_right_end(actions: list[tuple[str, int]], data: st.DataObject) -> None:
    """For any life of some orders and any outage in it: each fill comes exactly once, amounts never shrink, nothing
    leaves a final state, and the last word on every order is the truth."""
    exchange = Exchange()
    for action in actions:
        exchange.act(*action)
    total = len(exchange.pushes)
    down = data.draw(st.integers(0, total), label="down")
    up = data.draw(st.integers(down, total), label="up")
    arrived, recovered = _run(exchange, list(range(down)), list(range(down, up)), more=data.draw(st.booleans()))
    _complete(exchange, arrived)
    assert recovered >= sum(bool(exchange.pushes[n].get("tradeId")) for n in range(down, up))


@settings(max_examples=examples(300), deadline=None)
@given(ACTIONS, ACTIONS, st.lists(ACTIONS, max_size=9), st.integers(0, 1))
def test_the_exchange_goes_on_while_rest_is_asked(
    before: list[tuple[str, int]], lost: list[tuple[str, int]], during: list[list[tuple[str, int]]], pace_ms: int
) -> None:
    """Whatever happens between one answer of REST and the next comes on the stream, which waits: still once each and
    in order, also when all of it happens in one millisecond."""
    exchange, source = Exchange(pace_ms=pace_ms), OrdersRecovery(ARGS)
    buffer = RecoveryBuffer(source, Topic("orders", (("instType", "ANY"),)), BEGAN)
    arrived: list[Any] = []
    for action in before:
        exchange.act(*action)
    for row in exchange.pushes:
        arrived += _rows(buffer.admit(_push(row)))
    buffer.hold()
    for action in lost:
        exchange.act(*action)
    chunks = iter(during)

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        found = exchange.fetch(path, params)
        happened = len(exchange.pushes)
        for action in next(chunks, []):
            exchange.act(*action)
        for row in exchange.pushes[happened:]:
            assert buffer.admit(_push(row)) is None
        return found

    pushes, _ = buffer.release(source.missed(BEGAN, fetch, exchange.now).rows, buffer.outage)
    _complete(exchange, arrived + [row for push in pushes for row in push.rows])


def test_a_fill_that_is_found_late() -> None:
    """REST cannot be asked, the stream goes on with a later fill of the same order: the one before it is not lost."""
    exchange, source = Exchange(), OrdersRecovery(ARGS)
    buffer = RecoveryBuffer(source, Topic("orders", (("instType", "ANY"),)), BEGAN)
    exchange.place("1", 3)
    arrived = _rows(buffer.admit(_push(exchange.pushes[0])))
    buffer.hold()
    exchange.fill("1")

    def down(path: str, params: Mapping[str, Any]) -> list[Any]:
        raise OkxHttpError("no answer")

    with pytest.raises(OkxHttpError):
        source.missed(BEGAN, down, exchange.now)
    buffer.release([], buffer.outage, done=False)
    exchange.fill("1")
    arrived += _rows(buffer.admit(_push(exchange.pushes[2])))
    pushes, recovered = buffer.release(source.missed(BEGAN, exchange.fetch, exchange.now).rows, buffer.outage)
    arrived += [row for push in pushes for row in push.rows]
    assert [row["tradeId"] for row in arrived] == ["", "2", "1"]
    assert recovered == 1


def test_more_than_a_page() -> None:
    """Listings are read to their end: 250 orders filled in the dark are 250 events."""
    exchange = Exchange()
    for number in range(250):
        exchange.place(str(number), 1)
    told = list(range(250))
    for number in range(250):
        exchange.fill(str(number))
    arrived, recovered = _run(exchange, told, list(range(250, 500)), more=False)
    assert recovered == 250
    assert len({row["tradeId"] for row in arrived if row["tradeId"]}) == 250


def test_orders_that_were_open_before_the_stream() -> None:
    """It told nothing of them. One is found among older ones at the first outage, one is known by then."""
    exchange = Exchange()
    for order_id in ("1", "2", "3"):
        exchange.place(order_id, 1)
    exchange.cancel("3")
    source, began = OrdersRecovery(ARGS), exchange.now + 1
    for order_id in ("1", "2"):
        exchange.cancel(order_id)
        rows = source.missed(began, exchange.fetch, exchange.now).rows
        assert [(row["ordId"], row["state"]) for row in rows] == [(order_id, "canceled")]
        began = exchange.now + 1


def test_a_history_is_not_read_to_its_end_for_orders_that_were_open_before_the_stream() -> None:
    """Of hundreds of older orders the latest are looked at, and what may be behind them is named, once."""
    exchange = Exchange()
    for number in range(700):
        exchange.place(str(number), 1)
        exchange.cancel(str(number))
    source, asked = OrdersRecovery(ARGS), 0

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        nonlocal asked
        asked += path.endswith("orders-history") and params["instType"] == "SPOT"
        return exchange.fetch(path, params)

    (lack,) = source.missed(exchange.now + 1, fetch, exchange.now + 2).lacks
    assert lack.what.startswith("SPOT orders placed before the stream began and canceled without a fill")
    assert asked == 3
    assert source.missed(exchange.now + 1, fetch, exchange.now + 2).lacks == ()
    assert asked == 4


def test_an_order_that_rest_has_forgotten() -> None:
    """An open order that is nowhere any more was canceled without a fill."""
    exchange = Exchange()
    exchange.place("1", 5)
    source = OrdersRecovery(ARGS)
    source.note(exchange.pushes[0])

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        if path.endswith("/order"):
            raise OkxApiError("Order does not exist", code="51603")
        return []

    (row,) = source.missed(BEGAN, fetch, exchange.now).rows
    assert (row["ordId"], row["state"], row["tradeId"]) == ("1", "canceled", "")


def test_rest_errors_are_raised() -> None:
    """What REST does not tell is not made up."""

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        raise OkxHttpError("no answer")

    with pytest.raises(OkxHttpError):
        OrdersRecovery(ARGS).missed(BEGAN, fetch, BEGAN)


def test_a_push_of_several_fills_is_not_told_again() -> None:
    """Two fills that the stream told in one push, by the number of the second, are not news after an outage."""
    exchange = Exchange()
    exchange.place("1", 3)
    exchange.fill("1")
    exchange.fill("1")
    arrived, recovered = _run(exchange, [0, 2], [1], more=False)
    assert (len(arrived), recovered) == (2, 0)
    exchange.fill("1")
    arrived, recovered = _run(exchange, [0, 2], [1, 3], more=False)
    assert [row["tradeId"] for row in arrived] == ["", "2", "3"]
    assert recovered == 1


@pytest.mark.parametrize(
    ("channel", "backfill", "is_there"),
    [
        ("orders", False, True),
        ("positions", False, True),
        ("trades", False, False),
        ("trades", True, True),
        ("candle1m", True, True),
        ("mark-price-candle1H", True, True),
        ("tickers", True, False),
        ("orders-algo", False, False),
    ],
)
def test_which_topics_can_be_recovered(channel: str, backfill: bool, is_there: bool) -> None:
    """Account data always, trades and candles on request, the rest not."""
    topic = Topic(channel, (("instId", "BTC-USDT"),))
    assert (recovery_for(topic, backfill) is not None) == is_there


ODD = ({"accFillSz": "NaN"}, {"accFillSz": ["1"]}, {"state": ["live"]}, {"ordId": {"a": 1}}, {"tradeId": [7]})


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_row_that_cannot_be_read_is_not_remembered(odd: dict[str, Any]) -> None:
    """It is delivered, to be reported; what comes of that order later is judged by what was clear."""
    exchange = Exchange()
    exchange.place("100", 5)
    exchange.fill("100")
    first, second = exchange.pushes
    buffer = RecoveryBuffer(OrdersRecovery(ARGS), Topic.of("orders", **ARGS), BEGAN)
    arg = {"channel": "orders", **ARGS}
    for row in (first, {**first, **odd}, second):
        push = Push("orders", arg, [row], {"data": [row]})
        assert buffer.admit(push) is push
    buffer.hold()
    missed = buffer.source.missed(BEGAN, exchange.fetch, exchange.now).rows
    assert buffer.release(missed, buffer.outage) == ([], 0)


@pytest.mark.parametrize("odd", ODD[:3], ids=str)
def test_an_order_that_rest_tells_in_an_odd_way_costs_no_other(odd: dict[str, Any]) -> None:
    """The others are recovered; it goes on as it is, to be reported."""
    exchange = Exchange()
    exchange.place("100", 5)
    exchange.place("101", 5)
    exchange.orders["100"] = strange = {**exchange.orders["100"], **odd}
    exchange.orders["100"].setdefault("state", "live")

    def fetch(path: str, params: Mapping[str, Any]) -> list[Any]:
        if path.endswith("orders-pending"):
            return [exchange.orders["101"], strange]
        return []

    missed = OrdersRecovery(ARGS).missed(BEGAN, fetch, exchange.now).rows
    assert [row["ordId"] for row in missed] == ["101", "100"]
    assert missed[1] is strange


def test_an_order_that_an_amendment_makes_filled_tells_its_last_fill_once() -> None:
    """Its size is set to what is filled, and REST shows that fill again: the news is the state alone."""
    source = OrdersRecovery(ARGS)
    row = {"instId": "BTC-USDT", "ordId": "1", "sz": "6", "accFillSz": "4", "uTime": str(BEGAN), "cTime": str(BEGAN),
           "state": "partially_filled", "tradeId": "9", "fillSz": "4", "fillPx": "10", "execType": "M"}  # fmt: skip
    assert source.note(row) is row
    told = source.note({**row, "sz": "4", "state": "filled"})
    assert (told["state"], told["sz"], told["accFillSz"]) == ("filled", "4", "4")
    assert (told["tradeId"], told["fillSz"], told["fillPx"], told["execType"]) == ("", "0", "", "")
    assert source.note({**row, "sz": "4", "state": "filled"}) is None
