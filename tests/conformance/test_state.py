"""Local books, orders, positions and balances are the venue's, or say that they are not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import OrderStatusUnknown, RiskEvent
from okx_sync.paper import PaperAccount, PaperExchange
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Side
from okx_sync.types import FillUpdate
from tests.conformance.conftest import Connect, Watched, cancel, orders_had, place
from tests.conformance.wire_protocols import SWAP, Wire
from tests.loopback.conftest import FAST, Heard, until

SIDES: tuple[Side, Side] = ("buy", "sell")

# -- books -------------------------------------------------------------------------------------------------------


def _sides(paper: PaperExchange, wire: Wire, depth: int) -> list[list[tuple[Decimal, Decimal]]]:
    """The venue's book as this wire counts it."""
    instrument = paper.venue.instruments[SWAP]

    def read() -> list[list[tuple[Decimal, Decimal]]]:
        book = paper._server.venue.book(SWAP)
        return [
            [(instrument.px(level.px), wire.size(instrument, level.total)) for level in list(book.walk(side))[:depth]]
            for side in SIDES
        ]

    return paper.run(read)


def _is_venues(paper: PaperExchange, wire: Wire, book: Any) -> bool:
    taken = book.snapshot(stale_ok=True)
    mine = [[(level.price, level.size) for level in side] for side in (taken.bids(), taken.asks())]
    return taken.valid and mine == _sides(paper, wire, max(map(len, mine)))


def test_books_agree_with_the_venue(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Two readers of one book in a market that moves, through a lost socket: at rest, both are the venue's own."""
    watched = connect()
    assert wire.book is not None
    one = watched.ws.order_book(wire.book, name="one")
    assert one.wait_valid(5)
    for number in range(30):
        paper.trade_at(SWAP, str(65_000 + (7 * number) % 50), "1")
        if number == 10:
            other = watched.ws.order_book(wire.book, name="other")
            assert other.wait_valid(5)
        if number == 20:
            paper.faults.drop()
            watched.states.until("restored")
    until(lambda: _is_venues(paper, wire, one), what="the book of the venue")
    until(lambda: _is_venues(paper, wire, other), what="the book of the venue")
    assert list(watched.errors) == []


def test_a_gap_in_a_book(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """An update is lost: the book is invalid at once, the topic is asked for exactly once, and it is whole again."""
    watched = connect()
    assert wire.book is not None
    book = watched.ws.order_book(wire.book)
    assert book.wait_valid(5)
    (topic,) = paper.topics()
    paper.faults.gap()
    paper.trade_at(SWAP, "65010", "1")
    paper.clock.advance(0.3)
    paper.trade_at(SWAP, "65020", "1")
    assert watched.states.until("gap").topic is not None
    for number in range(5):
        paper.trade_at(SWAP, str(65_030 + number), "1")
        paper.clock.advance(0.2)
    until(lambda: _is_venues(paper, wire, book), what="the book of the venue")
    assert sum(one.asked[topic] for one in paper.connections) == 2
    assert len(watched.states.of(kind="gap")) == 1
    assert all(int(link["reconnects"]) == 0 for link in watched.ws.status()["links"].values())


# -- a trading session -------------------------------------------------------------------------------------------


class Script:
    """The first account trades: orders rest, are filled in parts, amended and canceled; positions open and turn."""

    def __init__(self, paper: PaperExchange, wire: Wire) -> None:
        self.paper = paper
        self.wire = wire
        self.account: VenueAccount = paper.run(lambda: paper._server.venue.accounts[0])
        self._rng = random.Random(4)
        self._price = 65_000

    def run(self, steps: int) -> None:
        """Do so many things, drawn by chance from a seed."""
        ways = (self._rest, self._rest, self._take, self._fill, self._cancel, self._amend, self._move)
        acts: list[Callable[[], object]] = list(ways)
        for _ in range(steps):
            self._rng.choice(acts)()

    def _rest(self) -> None:
        side = self._rng.choice(("buy", "sell"))
        px = self._price + self._rng.randint(20, 400) * (-1 if side == "buy" else 1)
        place(self.paper, side=side, px=str(px), sz=str(self._rng.randint(1, 5)))

    def _take(self) -> None:
        place(self.paper, side=self._rng.choice(("buy", "sell")), ordType="market", sz=str(self._rng.randint(1, 4)))

    def _resting(self) -> Any:
        found = self.paper.run(lambda: [one for one in self.account.orders.values() if one.left > 0])
        return self._rng.choice(found) if found else None

    def _fill(self) -> None:
        if (order := self._resting()) is not None:
            lots = self._rng.randint(1, order.left)
            self.paper.fill(ordId=str(order.ordId), sz=order.instrument.sz(lots))

    def _cancel(self) -> None:
        if (order := self._resting()) is not None:
            cancel(self.paper, str(order.ordId))

    def _amend(self) -> None:
        if (order := self._resting()) is not None:
            size = order.instrument.sz(order.lots + 100)
            change = {"instId": SWAP, "ordId": str(order.ordId), "newSz": str(size)}
            assert self.paper.venue.amend(self.account, change).ok

    def _move(self) -> None:
        self._price += self._rng.randint(-60, 60)
        self.paper.trade_at(SWAP, str(self._price), "1")

    # -- what should have been told --------------------------------------------------------------------------------

    def orders(self) -> dict[str, tuple[Any, ...]]:
        """Status, size and filled size of every order of the swap."""
        words = {"live": "live", "partially_filled": "partially_filled", "filled": "filled", "canceled": "canceled"}
        size = self.wire.size

        def read() -> dict[str, tuple[Any, ...]]:
            return {
                self.wire.order_id(str(one.ordId)): (
                    words[one.state], one.side, size(one.instrument, one.lots), size(one.instrument, one.filled)
                )
                for one in self.account.by_id.values()
            }  # fmt: skip

        return self.paper.run(read)

    def fills(self) -> Counter[tuple[Any, ...]]:
        """Every fill, once."""

        def read() -> Counter[tuple[Any, ...]]:
            return Counter(
                (
                    self.wire.order_id(str(one.order.ordId)),
                    self.wire.trade_id(one.order.instrument, one.tradeId),
                    one.px,
                    self.wire.size(one.order.instrument, one.lots),
                )
                for one in self.account.fills
            )

        return self.paper.run(read)

    def positions(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Size and entry price of what is open."""

        def read() -> dict[str, tuple[Decimal, Decimal]]:
            found = [(self.wire.size(one.instrument, one.lots), one.avg) for one in self.account.open_positions()]
            return {self.wire.symbol: one for one in found}  # noqa: B035  there is but one instrument

        return self.paper.run(read)

    def equity(self) -> Decimal:
        """Of the margin coin."""
        row = self.paper.run(lambda: self.paper._server.venue.account_row(self.account, ("USDT",)))
        return Decimal(row["details"][0]["eq"])


def _orders_of(watched: Watched) -> dict[str, tuple[Any, ...]]:
    now = watched.ws.orders.snapshot()
    return {str(one.order_id): (one.status, one.side, one.size, one.filled) for one in (*now.open, *now.finished)}


def _fills_of(fills: Heard) -> Counter[tuple[Any, ...]]:
    told: list[FillUpdate] = list(fills)
    return Counter((one.order_id, one.trade_id, one.price, one.size) for one in told)


def test_orders_and_fills_agree_with_the_venue(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A scripted trading session: at its end every order is as the venue has it, each fill was told exactly once,
    and averages are exact.
    """
    watched, fills = connect(), Heard()
    manager = watched.ws.order_manager(fills=wire.has_fills)
    manager.on_fill(fills)
    wire.begin(manager)
    script = Script(paper, wire)
    script.run(120)
    wanted, wanted_fills = script.orders(), script.fills()
    assert len(wanted) > 30
    assert wanted_fills.total() > 20
    until(lambda: _orders_of(watched) == wanted, what="all orders as the venue has them")
    until(lambda: _fills_of(fills) == wanted_fills, what="all fills as the venue has them")
    for order in (*manager.snapshot().open, *manager.snapshot().finished):
        assert sum((fill.size for fill in order.fills), Decimal(0)) == order.filled
        if order.filled:
            value = sum((fill.size * fill.price for fill in order.fills), Decimal(0))
            assert order.average_price == pytest.approx(value / order.filled, rel=Decimal("1e-9"))
    assert list(watched.errors) == []


def test_positions_agree_with_the_venue(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A scripted trading session: at its end what is open has the venue's size and entry price."""
    watched = connect()
    monitor = watched.ws.positions
    wire.begin(monitor)
    script = Script(paper, wire)
    for _ in range(3):
        script.run(30)
        wanted = script.positions()
        until(
            lambda wanted=wanted: {one.inst_id: (one.size, one.entry_price) for one in monitor} == wanted,  # type: ignore[misc]
            what=f"{monitor} to be {wanted}",
        )
    assert list(watched.errors) == []


def test_balances_agree_with_the_venue(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A scripted trading session: at its end the equity of the margin coin is the venue's."""
    watched = connect()
    monitor = watched.ws.account
    wire.begin(monitor)
    script = Script(paper, wire)
    script.run(60)
    place(paper)  # the last word is about an order, not about the market: a price alone is not told everywhere

    def is_right() -> bool:
        balance = monitor.balance("USDT")
        return balance is not None and balance.equity == pytest.approx(script.equity(), abs=Decimal("1e-6"))

    until(is_right, what="the equity of the venue")
    assert list(watched.errors) == []


# -- limits ------------------------------------------------------------------------------------------------------


def test_limits_on_loss_and_margin_ratio(wire: Wire) -> None:
    """Limits at a loss of 1000 and at a margin ratio of 0.8: each is told once when crossed and once when left."""
    account = PaperAccount("poor", "poor-key", "poor-secret", "poor-pass", balances={"USDT": Decimal(12_000)})
    with PaperExchange(flow_per_s=0, accounts=[account]) as paper:
        with wire.client(wire.config(paper), options=FAST) as ws:
            losses, ratios = Heard(), Heard()
            wire.begin(ws.positions)
            ws.positions.limit("unrealized_pnl", below="-1000", callback=losses)
            if wire.risk is not None:
                monitor = getattr(ws, wire.risk)
                monitor.limit("margin_ratio", above="0.8", callback=ratios)
            place(paper, ordType="market", sz="165")
            until(lambda: len(ws.positions) == 1, what="the position")
            assert (list(losses), list(ratios)) == ([], [])
            _fall_until(paper, lambda ratio, upl: upl < -1100)
            until(lambda: len(losses) == 1, what="the loss")
            _fall_until(paper, lambda ratio, upl: ratio > Decimal("0.85"))
            until(lambda: all((one.unrealized_pnl or 0) < -5000 for one in ws.positions), what="the greater loss")
            if wire.risk is not None:
                until(lambda: len(ratios) == 1, what="the margin ratio")
            assert len(losses) == 1
            paper.trade_at(SWAP, "65000")
            _poke(paper)
            until(lambda: len(losses) == 2, what="the recovery")
            if wire.risk is not None:
                until(lambda: len(ratios) == 2, what="the recovery")
            for told, kind in ((losses, "unrealized_pnl"), (ratios, "margin_ratio")):
                events: list[RiskEvent] = list(told)
                assert [event.is_breach for event in events] == [True, False][: len(events)]
                assert {event.kind for event in events} <= {kind}
        assert paper.problems == []


def _poke(paper: PaperExchange) -> None:
    """Something small happens to the position, so that it is told anew."""
    place(paper, side="sell", ordType="market", sz="0.01")
    paper.clock.advance(0.1)


def _fall_until(paper: PaperExchange, enough: Callable[[Decimal, Decimal], bool]) -> None:
    """The market falls in small steps, until the venue's margin ratio (1 is liquidation) and loss are bad enough."""
    account = paper.run(lambda: paper._server.venue.accounts[0])
    for _ in range(400):
        (row,) = paper.run(lambda: paper._server.venue.position_rows(account))
        ratio = 1 / Decimal(row["mgnRatio"])
        if enough(ratio, Decimal(row["upl"])):
            break
        far = ratio < Decimal("0.05")
        px = Decimal(paper.venue.mark_price_row(SWAP)["markPx"]) - (200 if far else 20 if ratio < Decimal("0.3") else 4)
        paper.trade_at(SWAP, px)
    else:
        pytest.fail("the market cannot fall so far")
    _poke(paper)


# -- what cannot be known ----------------------------------------------------------------------------------------


def _miss_an_order(paper: PaperExchange, watched: Watched, links: int) -> str:
    """An order is placed and filled while the client is out; returns the venue's id."""
    paper.faults.refuse_handshake(502, times=3 * links)
    paper.faults.drop()
    watched.states.until("lost", path="private")
    return place(paper, ordType="market")


def test_what_an_outage_swallowed_is_recovered(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """An order is filled while the socket is down: the stream of orders brings it afterwards, flagged ``recovered``."""
    watched, heard = connect(), Heard()
    watched.subscribe(wire.orders, heard)
    assert watched.ws.orders.wait_synced(5)
    missed = wire.order_id(_miss_an_order(paper, watched, 1))
    gap = watched.states.until("gap", path="private")
    assert gap.recovered >= 1
    rows = [row for row in heard if row.to_update().order_id == missed]
    assert rows
    assert all(row.recovered for row in rows)
    assert watched.ws.orders.wait_synced(5)
    assert watched.ws.orders[missed].is_filled


def test_orders_that_began_and_ended_in_an_outage(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Another program's orders, filled and canceled while the socket is down: ``ws.orders`` knows them, with fills."""
    watched = connect()
    orders = watched.ws.orders
    assert orders.wait_synced(5)
    paper.faults.refuse_connect()
    paper.faults.drop()
    watched.states.until("lost", path="private")
    numbers = place(paper, ordType="market"), place(paper, px="50000")
    cancel(paper, numbers[1])
    filled, canceled = map(wire.order_id, numbers)
    paper.faults.accept_connect()
    watched.states.until("gap", path="private")
    assert orders.wait_synced(5)
    until(lambda: canceled in orders and filled in orders, what="the end of both orders")
    assert (orders[filled].status, orders[canceled].status) == ("filled", "canceled")
    until(lambda: sum(fill.size for fill in orders[filled].fills) == orders[filled].filled, what="all fills of it")
    assert not orders.open


def test_an_outage_is_told_where_nobody_can_be_asked(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Nobody can be asked what an outage swallowed: ``gap`` says so, and orders are not ``synced`` any more."""
    watched = connect()
    watched.subscribe(wire.orders)
    wire.begin(watched.ws.orders)
    missed = wire.order_id(_miss_an_order(paper, watched, 1))
    gap = watched.states.until("gap", path="private")
    assert gap.recovered == 0
    assert gap.from_at is not None
    assert not watched.ws.orders.synced
    assert missed not in watched.ws.orders
    # What happens from now on is known.
    later = wire.order_id(place(paper))
    until(lambda: later in watched.ws.orders, what="the next order")


def test_an_order_whose_answer_is_lost(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The exchange takes an order and its answer is lost: ``OrderStatusUnknown`` with the id, one order, no retry."""
    assert wire.placed is not None
    op, options = wire.placed
    watched = connect()
    orders = watched.ws.orders
    wire.begin(orders)
    watched.ws.connect("trade" if wire.name.startswith("Bybit") else "private")  # else the order may go by REST
    paper.faults.lose_reply(op)
    paper.faults.lose_push(times=None)
    with pytest.raises(OrderStatusUnknown) as caught:
        orders.place(wire.book or SWAP, "buy", "1" if not wire.coins else "0.01", "64000", timeout=0.3, **options)
    assert caught.value.hint
    assert orders_had(paper) == 1
