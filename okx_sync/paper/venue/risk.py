"""What the exchange does by itself: settles funding every eight hours and liquidates what is under water."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from decimal import Decimal

from okx_sync.paper.venue import events, margin
from okx_sync.paper.venue.accounts import Account, Position
from okx_sync.paper.venue.bars import HOUR
from okx_sync.paper.venue.desk import Desk
from okx_sync.paper.venue.events import Row
from okx_sync.paper.venue.instruments import Instrument
from okx_sync.paper.venue.texts import ZERO, text

INTERVAL = 8 * HOUR
INTEREST = 0.0001
CAP = 0.00375
BY_LIQUIDATION = "3"


class Funding:
    """Funding of one perpetual swap: longs pay shorts (or the reverse) at 00:00, 08:00 and 16:00 UTC."""

    def __init__(self, instrument: Instrument, desk: Desk, ms: int, seed: int) -> None:
        self.instrument = instrument
        self.due = ms - ms % INTERVAL + INTERVAL
        self._desk = desk
        rng = random.Random(f"funding {instrument.instId} {seed}")
        self._settled = [
            (self.due - k * INTERVAL, _rate(INTEREST + 0.00005 * rng.gauss(0, 1))) for k in range(400, 0, -1)
        ]

    @property
    def rate(self) -> Decimal:
        """The rate that would be charged now: premium plus damped interest, as the exchange defines it."""
        premium = self._desk.prices.premium[self.instrument.instId]
        return _rate(premium + min(0.0005, max(-0.0005, INTEREST - premium)))

    def take_due(self, ms: int) -> list[tuple[int, Decimal]]:
        """The settlements (time, rate) that fell due by ``ms``."""
        found: list[tuple[int, Decimal]] = []
        while self.due <= ms:
            found.append((self.due, self.rate))
            self.due += INTERVAL
        self._settled = (self._settled + found)[-400:]
        return found

    def row(self, ms: int, *, rest: bool) -> Row:
        """The row of public/funding-rate (``rest``) or of the ``funding-rate`` channel."""
        row: Row = {
            "instType": self.instrument.instType,
            "instId": self.instrument.instId,
            "method": "current_period",
            "formulaType": "withRate",
            "fundingRate": text(self.rate),
            "nextFundingRate": "",
            "fundingTime": str(self.due),
            "nextFundingTime": str(self.due + INTERVAL),
            "minFundingRate": text(_rate(-CAP)),
            "maxFundingRate": text(_rate(CAP)),
            "interestRate": text(_rate(INTEREST)),
            "impactValue": "20000",
            "settState": "settled",
            "settFundingRate": text(self._settled[-1][1]),
            "premium": text(_rate(self._desk.prices.premium[self.instrument.instId])),
            "ts": str(ms),
        }
        return row | {"prevFundingTime": str(self.due - INTERVAL)} if rest else row

    def history(self) -> list[Row]:
        """Rows of public/funding-rate-history, newest first."""
        return [
            {
                "instId": self.instrument.instId,
                "instType": self.instrument.instType,
                "formulaType": "withRate",
                "fundingRate": text(rate),
                "realizedRate": text(rate),
                "fundingTime": str(time),
                "method": "current_period",
            }
            for time, rate in reversed(self._settled)
        ]


def _rate(value: float) -> Decimal:
    return Decimal(f"{min(CAP, max(-CAP, value)):.10f}")


class Risk:
    """Funding settlements and liquidations for all accounts."""

    def __init__(
        self,
        desk: Desk,
        accounts: Iterable[Account],
        seed: int,
        emit: Callable[[events.VenueEvent], None],
    ) -> None:
        self.funding = {i.instId: Funding(i, desk, desk.ms, seed) for i in desk.instruments.values() if i.is_swap}
        self._desk = desk
        self._accounts = accounts
        self._emit = emit

    def run(self) -> None:
        """Do what is due."""
        for funding in self.funding.values():
            for time, rate in funding.take_due(self._desk.ms):
                self._settle(funding.instrument, rate, time)
        for account in self._accounts:
            if account.positions:
                self._watch(account)

    def _settle(self, instrument: Instrument, rate: Decimal, time: int) -> None:
        for account in self._accounts:
            for position in account.open_positions():
                if position.instrument.instId == instrument.instId:
                    self._desk.ledger.funding(account, position, rate, time)
                    self._emit(events.BalanceChanged(account, "funding_fee", (instrument.settleCcy,)))
                    self._emit(events.PositionChanged(account, "funding_fee", instrument.instId))

    def _watch(self, account: Account) -> None:
        for position in list(account.open_positions()):
            if self._is_under_water(account, position):
                self._free(account, position)
                if self._is_under_water(account, position):
                    self._liquidate(account, position)

    def _is_under_water(self, account: Account, position: Position) -> bool:
        if not position.lots:
            return False
        ratio = margin.margin_ratio(account, position, self._desk.prices)
        return ratio is not None and ratio <= 1

    def _free(self, account: Account, position: Position) -> None:
        """Orders on the instrument go first."""
        for order in list(account.orders.values()):
            if order.instrument is position.instrument:
                self._desk.end(order, BY_LIQUIDATION)

    def _liquidate(self, account: Account, position: Position) -> None:
        instrument = position.instrument
        request = {
            "instId": instrument.instId,
            "tdMode": position.mgnMode,
            "side": "sell" if position.lots > 0 else "buy",
            "posSide": position.posSide,
            "ordType": "market",
            "sz": text(min(instrument.sz(abs(position.lots)), instrument.maxMktSz)),
            "reduceOnly": "true",
        }
        self._desk.place(account, request, category="full_liquidation")
        balance = account.balance(instrument.settleCcy)
        if balance.cash < ZERO and not any(account.open_positions()):
            # The insurance fund pays what the account could not.
            self._desk.ledger.move(account, instrument.settleCcy, -balance.cash, self._desk.ms, type="5", subType="")
        self._emit(events.BalanceChanged(account, "liquidation", (instrument.settleCcy,)))
        self._emit(events.PositionChanged(account, "liquidation", instrument.instId))
