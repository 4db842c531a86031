"""V5's private topics. Nothing is told at the subscribing: who needs a beginning asks REST for it."""

from __future__ import annotations

from okx_sync.paper.bybit import rows
from okx_sync.paper.bybit.feeds.base import BybitPrivateFeed
from okx_sync.paper.bybit.orders import WAITING, BybitOrders
from okx_sync.paper.bybit.stops import AnyOrder
from okx_sync.paper.bybit.wallet import wallet_row
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
    """`execution`: one row per fill."""

    hears = (Filled,)

    def take(self, event: VenueEvent) -> None:
        """Push it."""
        fill = self.account.fills[-1] if isinstance(event, Filled) else None
        if fill is not None and self.wants(fill.order.instrument):
            self.publish([self.row(fill)])

    def row(self, fill: VenueFill) -> Row:
        """Return the row of the fill."""
        return rows.execution_row(fill, self.venue, self.server.client_ids)


class FastExecutionsFeed(ExecutionsFeed):
    """`execution.fast`: trades only, in few words."""

    def row(self, fill: VenueFill) -> Row:
        """Return the short row of the fill."""
        return rows.fast_row(fill, self.venue, self.server.client_ids)


class BybitPositionsFeed(BybitPrivateFeed):
    """`position`: after each change, and after each order that was placed, amended or cancelled."""

    hears = (PositionChanged, OrderChanged, AlgoChanged, AdvancedAlgoChanged)

    def __init__(self, *facts: object) -> None:
        super().__init__(*facts)  # type: ignore[arg-type]
        self._touched: dict[str, None] = {}

    def take(self, event: VenueEvent) -> None:
        """Remember the instrument until the next tick."""
        if isinstance(event, PositionChanged | OrderChanged | AlgoChanged | AdvancedAlgoChanged):
            instrument = self.venue.instruments[event.instId]
            if instrument.is_swap and self.wants(instrument):
                self._touched[event.instId] = None

    def tick(self, now: float) -> None:  # noqa: ARG002 - whatever was touched is due
        """Push what was touched, one message per instrument."""
        touched, self._touched = self._touched, {}
        for inst_id in touched:
            self.publish(self.rows_of(inst_id))

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
