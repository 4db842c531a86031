"""What an outage swallowed is fetched over REST and delivered once, in its place, and the gap tells how much it was."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs
import pytest
import responses

from okx_sync import OkxClient, WsClient
from okx_sync.exchanges.okx.account_queries import OkxAccountQueries
from okx_sync.exchanges.okx.models import Order, Position, Trade
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.order_state import OrderState
from okx_sync.timing import Clock
from tests.loopback.conftest import FAST, Connect, Heard, States, Watched, until

BTC = "BTC-USDT"
SWAP = "BTC-USDT-SWAP"


def _rest_orders(rest: OkxClient, number: int, inst_id: str = BTC) -> list[str]:
    """Resting orders that nothing in the market touches; their client ids."""
    mode = "cash" if inst_id == BTC else "cross"
    return [
        rest.place_order(inst_id, mode, "buy", "limit", "1", px="100", cl_ord_id=f"rest{number_}").clOrdId or ""
        for number_ in range(number)
    ]


def _fills(heard: Heard) -> list[tuple[str | None, Decimal | None, bool]]:
    return [(event.clOrdId, event.accFillSz, event.recovered) for event in heard if event.is_fill]


def _go_down(paper: PaperExchange, watched: Watched) -> None:
    paper.faults.refuse_connect()
    paper.faults.drop("rst")
    watched.states.until("lost")


def _come_back(paper: PaperExchange, watched: Watched) -> Any:
    paper.faults.accept_connect()
    return watched.states.until("gap")


def test_fills_of_an_outage_come_once_each(paper: PaperExchange, connect: Connect) -> None:
    """Three orders filled while the socket was down, one while it was being restored: four fills, once each, marked."""
    paper.quiet()
    watched, heard = connect(), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 4)
        until(lambda: len(heard) == 4)
        _go_down(paper, watched)
        for cl_ord_id in ids[:3]:
            paper.fill(cl_ord_id)
        paper.faults.slow_rest(0.3, "/api/v5/trade/orders-history", times=1)
        paper.faults.accept_connect()
        watched.states.until("restored")
        paper.fill(ids[3])  # while REST is being asked
        gap = watched.states.until("gap")
        until(lambda: len(_fills(heard)) == 4)
    assert [(cl_ord_id, size) for cl_ord_id, size, _ in _fills(heard)] == [(one, Decimal(1)) for one in ids]
    assert [recovered for *_, recovered in _fills(heard)][:3] == [True, True, True]
    assert gap.recovered >= 3
    assert all(event.state == "filled" for event in heard if event.is_fill)
    assert not list(watched.errors)


def test_partial_fills_and_a_cancel(paper: PaperExchange, connect: Connect) -> None:
    """Two partial fills and a cancel of one order become three events that build on each other."""
    paper.quiet()
    watched, heard = connect(), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    with OkxClient(paper.config) as rest:
        (cl_ord_id,) = _rest_orders(rest, 1)
        until(lambda: len(heard) == 1)
        paper.fill(cl_ord_id, "0.2")
        until(lambda: len(heard) == 2)
        heard.forget()
        _go_down(paper, watched)
        paper.fill(cl_ord_id, "0.3")
        paper.fill(cl_ord_id, "0.1")
        rest.cancel_order(BTC, cl_ord_id=cl_ord_id)
        gap = _come_back(paper, watched)
        until(lambda: len(heard) == 3)
    events: list[Order] = list(heard)
    assert [(e.state, e.accFillSz, e.fillSz, e.is_fill) for e in events] == [
        ("partially_filled", Decimal("0.5"), Decimal("0.3"), True),
        ("partially_filled", Decimal("0.6"), Decimal("0.1"), True),
        ("canceled", Decimal("0.6"), Decimal(0), False),
    ]
    assert all(event.recovered for event in events)
    assert len({event.tradeId for event in events if event.is_fill}) == 2
    assert gap.recovered == 3


def test_an_order_placed_and_finished_in_the_dark(paper: PaperExchange, connect: Connect) -> None:
    """What another program placed and canceled meanwhile is told too, and nothing from before the subscription is."""
    paper.quiet()
    with OkxClient(paper.config) as rest:
        rest.place_order(BTC, "cash", "buy", "limit", "1", px="90", cl_ord_id="before")
        rest.cancel_order(BTC, cl_ord_id="before")
        watched, heard = connect(), Heard()
        watched.ws.subscribe_orders("ANY", callback=heard)
        _go_down(paper, watched)
        rest.place_order(BTC, "cash", "buy", "limit", "1", px="91", cl_ord_id="dark")
        rest.cancel_order(BTC, cl_ord_id="dark")
        rest.place_order(BTC, "cash", "buy", "limit", "1", px="92", cl_ord_id="open")
        _come_back(paper, watched)
        until(lambda: len(heard) >= 2)
        rest.cancel_order(BTC, cl_ord_id="open")
        until(lambda: len(heard) >= 3)
    told = [(event.clOrdId, event.state, event.recovered) for event in heard]
    assert told[-1] == ("open", "canceled", False)
    assert sorted(told[:-1]) == [("dark", "canceled", True), ("open", "live", True)]  # perhaps in one millisecond


def test_nothing_happened(paper: PaperExchange, connect: Connect) -> None:
    """An outage in which nothing happened brings no event, and a gap of nothing."""
    paper.quiet()
    watched, heard = connect(), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 2)
        paper.fill(ids[0])
        until(lambda: len(heard) == 3)
        heard.forget()
        _go_down(paper, watched)
        gap = _come_back(paper, watched)
        paper.fill(ids[1])
        until(lambda: len(heard) == 1)
    assert (gap.recovered, gap.reason) == (0, None)
    assert [event.recovered for event in heard] == [False]


def test_rest_is_down_too(paper: PaperExchange, connect: Connect) -> None:
    """The stream waits for REST only so long; then the gap says that nothing was recovered, and what is found later
    is delivered later, once."""
    paper.quiet()
    watched, heard = connect(options=attrs.evolve(FAST, recover_s=0.2)), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 2)
        until(lambda: len(heard) == 2)
        heard.forget()
        _go_down(paper, watched)
        paper.fill(ids[0])
        paper.faults.rest_status(503, path="/api/v5/trade/orders-history", times=None)
        first = _come_back(paper, watched)
        assert first.recovered == 0
        assert "not recovered yet" in first.reason
        paper.fill(ids[1])
        until(lambda: len(heard) == 1)
        assert [event.clOrdId for event in heard] == [ids[1]]
        until(lambda: watched.errors, what="what REST answered")
        paper.faults.clear()
        second = watched.states.until("gap", 2)
        until(lambda: len(heard) == 2)
    assert (second.recovered, second.from_at) == (1, first.from_at)
    assert [(event.clOrdId, event.recovered) for event in heard] == [(ids[1], False), (ids[0], True)]
    assert list(watched.errors)


@pytest.mark.parametrize("is_refused", [True, False])
def test_one_listing_tells_nothing(paper: PaperExchange, connect: Connect, is_refused: bool) -> None:
    """Refused, or with a row that is none, it is not asked for for ever: after some attempts the gap names what is
    lacking, and the other topics of the link get what they missed.
    """
    paper.quiet()
    watched, heard = connect(options=attrs.evolve(FAST, recover_s=0.05)), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    watched.ws.subscribe_positions("ANY", callback=Heard())
    with OkxClient(paper.config) as rest, responses.RequestsMock(assert_all_requests_are_fired=False) as odd:
        odd.add_passthru(f"{paper.config.rest_url}")
        (order,) = _rest_orders(rest, 1)
        until(lambda: len(heard) == 1)
        _go_down(paper, watched)
        paper.fill(order)
        if is_refused:
            paper.faults.rest_status(400, path="/api/v5/account/positions", times=None)
        else:
            odd.get(f"{paper.config.rest_url}/api/v5/account/positions", json={"code": "0", "msg": "", "data": [None]})
        assert "not recovered yet" in str(_come_back(paper, watched).reason)
        gap = watched.states.until("gap", 2)
        until(lambda: len(heard) == 2, what="the fill")
    assert gap.recovered == 1
    assert "positions(instType=ANY) lacks everything" in str(gap.reason)
    assert gap.missing_before is not None
    assert _fills(heard) == [(order, Decimal(1), True)]


def test_lost_again_while_recovering(paper: PaperExchange, connect: Connect) -> None:
    """A second loss in the middle makes one longer gap; every fill still comes once."""
    paper.quiet()
    watched, heard = connect(), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 2)
        until(lambda: len(heard) == 2)
        heard.forget()
        _go_down(paper, watched)
        first_loss = watched.states.of(kind="lost")[0].at
        paper.fill(ids[0])
        paper.faults.slow_rest(0.3, "/api/v5/trade/fills", times=1)
        paper.faults.accept_connect()
        watched.states.until("restored")
        paper.faults.drop("rst")
        watched.states.until("lost", 2)
        paper.fill(ids[1])
        gap = watched.states.until("gap")
        until(lambda: len(heard) == 2)
    assert gap.from_at is not None
    assert gap.from_at <= first_loss
    assert gap.recovered == 2
    assert [(event.clOrdId, event.recovered) for event in heard] == [(one, True) for one in ids]
    assert len(watched.states.of(kind="gap")) == 1


def test_the_fills_channel(paper: PaperExchange, connect: Connect) -> None:
    """The same for ``fills``: what was filled meanwhile, once, marked."""
    paper.quiet()
    watched, heard = connect(), Heard()
    watched.ws.subscribe_fills(callback=heard)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 3)
        paper.fill(ids[0])
        until(lambda: len(heard) == 1)
        _go_down(paper, watched)
        paper.fill(ids[1])
        gap = _come_back(paper, watched)
        paper.fill(ids[2])
        until(lambda: len(heard) == 3)
    assert [event.recovered for event in heard] == [False, True, False]
    assert len({event.tradeId for event in heard}) == 3
    assert gap.recovered == 1


def test_a_position_closed_in_the_dark(paper: PaperExchange, connect: Connect) -> None:
    """A snapshot does not list what is gone: the closed position is told with ``pos`` 0 before the new snapshot."""
    paper.quiet()
    watched, heard = connect(), Heard()
    with OkxClient(paper.config) as rest:
        rest.place_order(SWAP, "cross", "buy", "market", "2")
        watched.ws.subscribe_positions("ANY", callback=heard)
        until(lambda: any(row.instId == SWAP and row.pos == 2 for row in heard))
        _go_down(paper, watched)
        rest.place_order(SWAP, "cross", "sell", "market", "2")
        _come_back(paper, watched)
        until(lambda: any(row.instId == SWAP and row.pos == 0 for row in heard))
    closed: list[Position] = [row for row in heard if row.pos == 0 and row.instId == SWAP]
    assert [row.recovered for row in closed] == [True]


def test_trades_are_backfilled_on_request(paper: PaperExchange, connect: Connect) -> None:
    """With ``backfill=True`` the numbers of the trades go on without a hole; without it they do not."""
    watched, filled, plain = connect(), Heard(), Heard()
    watched.ws.subscribe("trades-all", filled, instId=BTC, backfill=True)
    watched.ws.subscribe("trades-all", plain, instId="ETH-USDT")
    paper.quiet()
    _trade(paper, 3)
    until(lambda: len(filled) >= 3 and len(plain) >= 3)
    _go_down(paper, watched)
    _trade(paper, 4)
    gap = _come_back(paper, watched)
    _trade(paper, 2)
    trades: list[Trade] = []
    until(lambda: len(filled) >= 9)
    trades = list(filled)
    assert not _has_hole(_numbers(trades))
    assert sum(trade.recovered for trade in trades) == gap.recovered >= 4
    # A trade may be printed in parts, so that no number of events tells that the last ones have come.
    until(lambda: _has_hole(_numbers(plain)), what="the hole")


def _has_hole(numbers: list[int]) -> bool:
    return numbers != list(range(numbers[0], numbers[0] + len(numbers)))


def _numbers(trades: Iterable[Trade]) -> list[int]:
    return [int(trade.tradeId or 0) for trade in trades]


def _trade(paper: PaperExchange, times: int) -> None:
    for _ in range(times):
        for inst_id in (BTC, "ETH-USDT"):
            paper.trade_at(inst_id, "65000" if inst_id == BTC else "3500")


def test_rest_has_much_to_tell(paper: PaperExchange, connect: Connect) -> None:
    """REST answers, but page by page it takes too long: the stream goes on, and what was missed comes behind it."""
    paper.quiet()
    watched, heard = connect(options=attrs.evolve(FAST, recover_s=0.2)), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 2)
        until(lambda: len(heard) == 2)
        heard.forget()
        _go_down(paper, watched)
        paper.fill(ids[0])
        paper.faults.slow_rest(0.15, "/api/v5/trade/orders-history", times=None)
        first = _come_back(paper, watched)
        assert "not told all of it within 0.2 s" in first.reason
        paper.fill(ids[1])
        second = watched.states.until("gap", 2)
        until(lambda: len(heard) == 2)
    assert (second.recovered, second.reason, second.from_at) == (1, "recovered late", first.from_at)
    assert {(event.clOrdId, event.recovered) for event in heard} == {(ids[0], True), (ids[1], False)}
    assert list(watched.errors) == []


def test_more_comes_than_may_be_held_back(paper: PaperExchange) -> None:
    """The stream does not wait for REST any longer than its budget of bytes lasts; what was missed comes behind it."""
    paper.quiet()
    with WsClient(paper.config, options=FAST, max_mailbox_bytes=1) as ws, OkxClient(paper.config) as rest:
        heard, states = Heard(), States()
        ws.on_state(states)
        ws.subscribe_orders("ANY", callback=heard, max_bytes=1 << 20)
        watched = Watched(ws, states, Heard())
        ids = _rest_orders(rest, 2)
        until(lambda: len(heard) == 2)
        heard.forget()
        _go_down(paper, watched)
        paper.fill(ids[0])
        paper.faults.slow_rest(0.4, "/api/v5/trade/orders-history", times=1)
        paper.faults.accept_connect()
        states.until("restored")
        paper.fill(ids[1])
        gap = states.until("gap")
        until(lambda: len(heard) == 2)
    assert "too much came meanwhile" in str(gap.reason)
    assert [(event.clOrdId, event.recovered) for event in heard] == [(ids[1], False), (ids[0], True)]


class _Ahead(Clock):
    """The real time, and what a test lets pass besides."""

    ahead_s = 0.0

    def time(self) -> float:
        return super().time() + self.ahead_s


def test_an_outage_of_days(paper: PaperExchange, connect: Connect) -> None:
    """Four days down: fills of the first day come from the older listing, and the gap names what nobody lists."""
    paper.quiet()
    clock = _Ahead()
    watched, heard, fills = connect(clock=clock), Heard(), Heard()
    watched.ws.subscribe_orders("ANY", callback=heard)
    watched.ws.subscribe_fills(callback=fills)
    with OkxClient(paper.config) as rest:
        ids = _rest_orders(rest, 2)
        until(lambda: len(heard) == 2)
        _go_down(paper, watched)
        paper.fill(ids[0])
        paper.clock.skew(4 * 86_400)
        clock.ahead_s = 4 * 86_400.0
        paper.fill(ids[1])
        gap = _come_back(paper, watched)
        until(lambda: len(_fills(heard)) == 2 and len(fills) == 2)
    assert [(cl_ord_id, recovered) for cl_ord_id, _, recovered in _fills(heard)] == [(one, True) for one in ids]
    assert len({event.tradeId for event in fills}) == 2
    assert gap.recovered == 4
    assert "canceled without a fill" in gap.reason
    assert gap.missing_before is not None
    assert gap.from_at < gap.missing_before < gap.to_at


def test_trades_that_come_as_one(paper: PaperExchange, connect: Connect) -> None:
    """A push stands for four trades of which REST has told two: each trade's volume comes once, and nothing lacks."""
    watched, heard = connect(), Heard()
    paper.quiet()
    watched.ws.subscribe_trades(BTC, callback=heard, backfill=True)
    _trade(paper, 2)
    until(lambda: len(heard) >= 2)
    *_, newest = heard
    last = int(newest.tradeId)
    heard.forget()
    _go_down(paper, watched)
    _trade(paper, 4)
    paper.faults.slow_rest(0.3, "/api/v5/market/history-trades", times=1)
    paper.faults.accept_connect()
    watched.states.until("restored")
    row = {"instId": BTC, "tradeId": str(last + 6), "px": "65000", "sz": "100", "side": "buy", "count": "4"}
    paper.push({"channel": "trades", "instId": BTC}, [{**row, "ts": str(paper.clock.now_ms())}])
    gap = watched.states.until("gap")
    until(lambda: len(heard) >= 5)
    first, second, *_ = heard
    assert sum(trade.sz for trade in heard) == first.sz + second.sz + 100
    assert [(int(trade.tradeId) - last, trade.recovered) for trade in heard] == [
        (1, True), (2, True), (3, True), (4, True), (6, False)
    ]  # fmt: skip
    assert (gap.recovered, gap.reason) == (4, None)


def test_a_hole_that_stays_is_told(paper: PaperExchange, connect: Connect) -> None:
    """Neither the stream nor REST tells of some trades: the gap event names them, when a push waits and when not."""
    watched, heard = connect(), Heard()
    paper.quiet()
    subscription = watched.ws.subscribe_trades(BTC, callback=heard, backfill=True)
    _trade(paper, 2)
    until(lambda: len(heard) >= 2)
    *_, newest = heard
    last = int(newest.tradeId)
    _go_down(paper, watched)
    gap = _come_back(paper, watched)
    row = {"instId": BTC, "tradeId": str(last + 4), "px": "65000", "sz": "1", "side": "buy", "count": "2"}
    paper.push({"channel": "trades", "instId": BTC}, [{**row, "ts": str(paper.clock.now_ms())}])
    hole = watched.states.until("gap", 2)
    assert (gap.recovered, gap.reason) == (0, None)
    assert hole.topic == str(subscription.topic)
    assert f"trades {last + 1} to {last + 2}" in (hole.reason or "")


def test_the_fills_of_an_old_order(paper: PaperExchange) -> None:
    """An order was filled in part five days ago and again now: both fills are found, each once, the older one first."""
    paper.quiet()
    clock = _Ahead()
    with OkxClient(paper.config) as rest:
        (cl_ord_id,) = _rest_orders(rest, 1)
        paper.fill(cl_ord_id, "0.2")
        paper.clock.skew(5 * 86_400)
        clock.ahead_s = 5 * 86_400.0
    with OkxClient(paper.config, clock=clock) as rest:
        paper.fill(cl_ord_id, "0.3")
        order = rest.get_order(BTC, cl_ord_id=cl_ord_id).to_update()
        assert order is not None
        state = OrderState(inst_id=order.inst_id, order_id=order.order_id, filled=order.filled)
        fills = OkxAccountQueries(lambda: rest).fills_of(state)
    assert [fill.size for fill in fills] == [Decimal("0.2"), Decimal("0.3")]
    assert all(fill.recovered for fill in fills)
