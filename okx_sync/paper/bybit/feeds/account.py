"""V5's private topics. Nothing is told at the subscribing: who needs a beginning asks REST for it."""

from __future__ import annotations

from itertools import takewhile

from okx_sync.paper.bybit import rows
from okx_sync.paper.bybit.feeds.base import BybitPrivateFeed
from okx_sync.paper.bybit.orders import WAITING, BybitOrders
from okx_sync.paper.bybit.stops import AnyOrder
from okx_sync.paper.bybit.wallet import wallet_row
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.venue.events import (
    AdvancedAlgoChanged,
    AlgoChanged,
    BalanceChanged,
    Filled,
    OrderChanged,
    PositionChanged,
    VenueEvent,
)
from okx_sync.paper.venue.number_text import blank
from okx_sync.paper.venue.records import VenueFill
from okx_sync.paper.venue.types import Row


class OrdersFeed(BybitPrivateFeed):
    """`order`: the whole order after each change."""

    hears = (OrderChanged, AlgoChanged, AdvancedAlgoChanged)

    def take(self, event: VenueEvent) -> None:
        """Push it."""
        order = self.order_of(event) if isinstance(event, OrderChanged) else self._waiting(event)
        if order is not None:
            self.publish([BybitOrders(self.venue, self.account, self.server.client_ids).row(order)])

    def _waiting(self, event: VenueEvent) -> AnyOrder | None:
        """Return an order that waits for a price; of a triggered one the pushes of what it ordered tell."""
        if not isinstance(event, AlgoChanged | AdvancedAlgoChanged):
            return None
        algo = self.venue.algos.get(int(event.row["algoId"]))
        is_told = algo is not None and algo.ordType in WAITING and algo.state != "effective"
        return algo if algo is not None and is_told and self.wants(algo.instrument) else None


class ExecutionsFeed(BybitPrivateFeed):
    """`execution`: one row per fill, those that an order gets in one moment in one message; and funding fees."""

    hears: tuple[type, ...] = (Filled, BalanceChanged, PositionChanged)

    def __init__(self, *facts: object) -> None:
        super().__init__(*facts)  # type: ignore[arg-type]
        self._found: dict[int, list[Row]] = {}
        self._last_bill = 0

    def welcome(self, subscription: TopicSubscription) -> None:
        """Tell nothing at first; what is paid from now on is told."""
        super().welcome(subscription)
        self._last_bill = self.account.bills[-1].billId if self.account.bills else 0

    def take(self, event: VenueEvent) -> None:
        """Note a fill as it is now; push them when the money has moved."""
        if isinstance(event, Filled):
            fill = self.account.fills[-1]
            if self.wants(fill.order.instrument):
                self._found.setdefault(fill.order.id, []).append(self.row(fill))
        elif isinstance(event, PositionChanged) and event.cause == "funding_fee":
            self.funded(event)
        elif isinstance(event, BalanceChanged):
            found, self._found = self._found, {}
            for told in found.values():
                self.publish(told)

    def funded(self, event: PositionChanged) -> None:
        """Push the funding fees of an instrument that have just been paid."""
        instrument = self.venue.instruments[event.instId]
        if not self.wants(instrument):
            return
        new = takewhile(lambda bill: bill.billId > self._last_bill, reversed(self.account.bills))
        fees = [bill for bill in new if rows.is_funding(bill, instrument)]
        self._last_bill = self.account.bills[-1].billId
        self.publish([rows.funding_row(bill) for bill in fees[::-1]])

    def row(self, fill: VenueFill) -> Row:
        """Return the row of the fill."""
        return rows.execution_row(fill, self.venue, self.server.client_ids)


class FastExecutionsFeed(ExecutionsFeed):
    """`execution.fast`: trades only, in few words."""

    hears = (Filled, BalanceChanged)

    def row(self, fill: VenueFill) -> Row:
        """Return the short row of the fill."""
        return rows.fast_row(fill, self.venue, self.server.client_ids)


class BybitPositionsFeed(BybitPrivateFeed):
    """`position`: after each change, and after each order that was placed, amended or cancelled."""

    hears = (PositionChanged, OrderChanged, AlgoChanged, AdvancedAlgoChanged)

    def __init__(self, *facts: object) -> None:
        super().__init__(*facts)  # type: ignore[arg-type]
        self._touched: dict[str, int] = {}

    def take(self, event: VenueEvent) -> None:
        """Remember the instrument until the next tick, with the `seq` that fills of this moment have."""
        if isinstance(event, PositionChanged | OrderChanged | AlgoChanged | AdvancedAlgoChanged):
            instrument = self.venue.instruments[event.instId]
            if not instrument.is_swap or not self.wants(instrument):
                return
            version = self.venue.book(event.instId).version
            if isinstance(event, PositionChanged):
                self._touched[event.instId] = version
            else:
                self._touched.setdefault(event.instId, version)

    def tick(self, now: float) -> None:  # noqa: ARG002 - whatever was touched is due
        """Push what was touched, one message per instrument."""
        touched, self._touched = self._touched, {}
        for inst_id, seq in touched.items():
            self.publish([row | {"seq": seq} if "seq" in row else row for row in self.rows_of(inst_id)])

    def rows_of(self, inst_id: str) -> list[Row]:
        """Return the positions of one instrument: one, or two with two sides; a flat one when there never was any."""
        found = [p for p in self.account.positions.values() if p.instrument.instId == inst_id and p.uTime]
        if not found:
            return [rows.flat_row(self.account, self.venue.instruments[inst_id], self.venue)]
        return [rows.position_row(self.account, position, self.venue) for position in found]


class WalletFeed(BybitPrivateFeed):
    """`wallet`: after money moved or was promised; a profit on paper does not count."""

    hears = (BalanceChanged,)
    _is_due = False

    def take(self, event: VenueEvent) -> None:  # noqa: ARG002 - the row tells everything
        """Note an event; it is pushed with the next tick."""
        self._is_due = True

    def tick(self, now: float) -> None:  # noqa: ARG002
        """Push the account."""
        if self._is_due:
            self._is_due = False
            self.publish([wallet_row(self.account, self.venue)])


class BybitGreeksFeed(BybitPrivateFeed):
    """`greeks`: one row per coin with contracts on it, after positions changed. There are no options here."""

    hears = (PositionChanged,)
    _is_due = False

    def take(self, event: VenueEvent) -> None:  # noqa: ARG002
        """Note an event; it is pushed with the next tick."""
        self._is_due = True

    def tick(self, now: float) -> None:  # noqa: ARG002
        """Push all coins."""
        if self._is_due:
            self._is_due = False
            found = [self._row(row) for row in self.venue.greeks_rows(self.account)]
            if found:
                self.publish(found)

    def _row(self, row: Row) -> Row:
        none = blank("totalGamma totalVega totalTheta", "0")
        return {"baseCoin": row["ccy"], "totalDelta": row["deltaPA"], **none}
