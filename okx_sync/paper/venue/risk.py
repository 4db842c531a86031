"""What the exchange does by itself: settles funding, warns and liquidates what goes under water."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterable
from decimal import Decimal

from okx_sync.paper.venue import account_rows, events, margin, margin_rows
from okx_sync.paper.venue.account_levels import MULTI_CURRENCY
from okx_sync.paper.venue.bars import HOUR
from okx_sync.paper.venue.closing_orders import request_to_close
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.insurance import InsuranceFunds
from okx_sync.paper.venue.loan_watch import repay_what_is_due
from okx_sync.paper.venue.margin_closing import trade_out
from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.number_text import ZERO, text
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.position_tiers import tier_of, tiers
from okx_sync.paper.venue.records import VenueAccount, VenuePosition, promised_ccy
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import COMMON

#: How many settlements are remembered.
KEPT_RATES = 400
INTEREST = 0.0001
CAP = 0.00375
BY_LIQUIDATION = "3"
#: By how many tiers a large position is made smaller at a time; a smaller one is liquidated as a whole.
TIERS_DOWN = 2
#: The margin ratio (3 = 300 %) below which the owner of a position is warned, and above which the next fall counts.
WARN_BELOW, CALM_ABOVE = Decimal(3), Decimal("3.3")


class FundingFees:
    """Funding of one perpetual swap: longs pay shorts (or the reverse), by default at 00:00, 08:00 and 16:00 UTC."""

    def __init__(self, instrument: VenueInstrument, engine: OrderEngine, ms: int, seed: int) -> None:
        self.instrument = instrument
        self.due = self._after(ms)
        self._engine = engine
        self._past = _past_rates(instrument.instId, seed), self.due, self._interval
        self._charged: list[tuple[int, Decimal]] = []

    @property
    def _settled(self) -> list[tuple[int, Decimal]]:
        """All settlements that are remembered (time, rate), invented ones first."""
        rates, opened, interval = self._past
        past = [(opened - (len(rates) - k) * interval, rate) for k, rate in enumerate(rates)]
        return (past + self._charged)[-KEPT_RATES:]

    @property
    def _last(self) -> tuple[int, Decimal]:
        """The last settlement (time, rate)."""
        if self._charged:
            return self._charged[-1]
        rates, opened, interval = self._past
        return opened - interval, rates[-1]

    @property
    def _interval(self) -> int:
        return self.instrument.funding_hours * HOUR

    def _after(self, ms: int) -> int:
        """Return when funding is next charged after a moment."""
        return ms - ms % self._interval + self._interval

    @property
    def rate(self) -> Decimal:
        """The rate that would be charged now: premium plus damped interest, as the exchange defines it."""
        premium = self._engine.prices.premium[self.instrument.instId]
        return _rate(premium + min(0.0005, max(-0.0005, INTEREST - premium)))

    def take_due(self, ms: int) -> list[tuple[int, Decimal]]:
        """Return the settlements (time, rate) that fell due by ``ms``."""
        found: list[tuple[int, Decimal]] = []
        while self.due <= ms:
            found.append((self.due, self.rate))
            self.due = self._after(self.due)
        if found:
            self._charged = (self._charged + found)[-KEPT_RATES:]
        return found

    def row(self, ms: int, *, rest: bool) -> Row:
        """Return the row of public/funding-rate (``rest``) or of the ``funding-rate`` channel."""
        row: Row = {
            "instType": self.instrument.instType,
            "instId": self.instrument.instId,
            "method": "current_period",
            "formulaType": "withRate",
            "fundingRate": text(self.rate),
            "nextFundingRate": "",
            "fundingTime": str(self.due),
            "nextFundingTime": str(self._after(self.due)),
            "minFundingRate": text(_rate(-CAP)),
            "maxFundingRate": text(_rate(CAP)),
            "interestRate": text(_rate(INTEREST)),
            "impactValue": "20000",
            "settState": "settled",
            "settFundingRate": text(self._last[1]),
            "premium": text(_rate(self._engine.prices.premium[self.instrument.instId])),
            "ts": str(ms),
        }
        return row | {"prevFundingTime": str(self._last[0])} if rest else row

    def history(self) -> list[Row]:
        """Return rows of public/funding-rate-history, newest first."""
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


# The same seed draws the same, and drawing takes longer than all else here.
@functools.lru_cache(maxsize=64)
def _past_rates(inst_id: str, seed: int) -> tuple[Decimal, ...]:
    rng = random.Random(f"funding {inst_id} {seed}")
    return tuple(_rate(INTEREST + 0.00005 * rng.gauss(0, 1)) for _ in range(KEPT_RATES))


def _rate(value: float) -> Decimal:
    return Decimal(f"{min(CAP, max(-CAP, value)):.10f}")


class Risk:
    """Funding settlements and liquidations for all accounts."""

    def __init__(
        self,
        engine: OrderEngine,
        accounts: Iterable[VenueAccount],
        seed: int,
        emit: Callable[[events.VenueEvent], None],
    ) -> None:
        self.funding = {
            i.instId: FundingFees(i, engine, engine.ms, seed) for i in engine.instruments.values() if i.is_swap
        }
        self.insurance = InsuranceFunds((i.instType, i.uly) for i in engine.instruments.values() if i.is_swap)
        self._engine = engine
        self._accounts = accounts
        self._emit = emit
        self._warned: set[str] = set()
        #: Called with account and position when its orders have been cancelled, before it is liquidated.
        self.also_freed: list[Callable[[VenueAccount, VenuePosition], None]] = []

    def run(self) -> None:
        """Do what is due."""
        for funding in self.funding.values():
            for time, rate in funding.take_due(self._engine.ms):
                self._settle(funding.instrument, rate, time)
        for account in self._accounts:
            if account.positions:
                self._watch(account)
            if account.margins:
                self._watch_pairs(account)
            repay_what_is_due(self._engine, account, BY_LIQUIDATION, self._emit)

    def _settle(self, instrument: VenueInstrument, rate: Decimal, time: int) -> None:
        for account in self._accounts:
            for position in account.open_positions():
                if position.instrument.instId == instrument.instId:
                    self._engine.settlement.funding(account, position, rate, time)
                    self._emit(events.BalanceChanged(account, "funding_fee", (instrument.settleCcy,)))
                    self._emit(events.PositionChanged(account, "funding_fee", instrument.instId))

    def _watch(self, account: VenueAccount) -> None:
        for position in list(account.open_positions()):
            ratio = self._ratio(account, position)
            self._warn(account, position, ratio)
            if _is_under_water(ratio):
                self._free(account, position)
                if _is_under_water(self._ratio(account, position)):
                    self._liquidate(account, position)

    def _watch_pairs(self, account: VenueAccount) -> None:
        """Warn of, and liquidate, positions of spot margin."""
        for pair in list(account.open_margins()):
            ratio = margin.pair_ratio(account, pair, self._engine.prices)
            if self._falls(pair.posId, ratio):
                row = margin_rows.risk_row(account, pair, self._engine.prices, self._engine.ms)
                self._emit(events.RiskWarned(account, pair.instrument.instId, "MARGIN", row))
            if _is_under_water(ratio):
                self._liquidate_pair(account, pair)

    def _liquidate_pair(self, account: VenueAccount, pair: MarginPosition) -> None:
        """Cancel the orders that could add to it, and then trade all of it out unless that was enough."""
        isolated = pair.mgnMode == "isolated"
        for order in list(account.orders.values()):
            same = order.instrument is pair.instrument if isolated else promised_ccy(order) == pair.ccy
            if same and order.tdMode == pair.mgnMode:
                self._engine.end(order, BY_LIQUIDATION)
        if not pair.is_open or not _is_under_water(margin.pair_ratio(account, pair, self._engine.prices)):
            return
        pair.trigger_px = self._engine.prices.mark(pair.instrument)
        self._warned.discard(pair.posId)
        trade_out(self._engine, account, pair, "full_liquidation")
        ccys = (pair.instrument.baseCcy, pair.instrument.quoteCcy)
        self._emit(events.BalanceChanged(account, "liquidation", ccys))
        self._emit(events.PositionChanged(account, "liquidation", pair.instrument.instId))

    def _ratio(self, account: VenueAccount, position: VenuePosition) -> Decimal | None:
        return margin.margin_ratio(account, position, self._engine.prices) if position.lots else None

    def _warn(self, account: VenueAccount, position: VenuePosition, ratio: Decimal | None) -> None:
        """Tell the owner once each time the margin ratio falls into the danger zone."""
        if self._falls(position.posId, ratio):
            row = account_rows.risk_row(account, position, self._engine.prices, self._engine.ms)
            instrument = position.instrument
            self._emit(events.RiskWarned(account, instrument.instId, instrument.instType, row))

    def _falls(self, posId: str, ratio: Decimal | None) -> bool:
        """Note the margin ratio of a position; whether it has fallen into the danger zone now."""
        if ratio is None or ratio > CALM_ABOVE:
            self._warned.discard(posId)
        elif ratio <= WARN_BELOW and posId not in self._warned:
            self._warned.add(posId)
            return True
        return False

    def _free(self, account: VenueAccount, position: VenuePosition) -> None:
        """Cancel the orders that could add to what is under water, so that they tie up nothing."""
        isolated, instrument = position.mgnMode == "isolated", position.instrument
        for order in list(account.orders.values()):
            same = order.instrument is instrument if isolated else order.instrument.settleCcy == instrument.settleCcy
            if same and order.tdMode == position.mgnMode:
                self._engine.end(order, BY_LIQUIDATION)
        for free in self.also_freed:
            free(account, position)

    def _liquidate(self, account: VenueAccount, position: VenuePosition) -> None:
        """Close a position, or of one above the second tier as much as brings it down by two."""
        instrument = position.instrument
        below = tier_of(instrument, position.lots).number - TIERS_DOWN
        kept = instrument.lots(tiers(instrument)[below - 1].maxSz) if below > 0 else 0
        request = request_to_close(position, min(instrument.sz(abs(position.lots) - kept), instrument.maxMktSz))
        row = self._liquidation_row(account, position, request)
        position.trigger_px = self._engine.prices.mark(instrument)
        before = account.balance(instrument.settleCcy).cash
        category = "partial_liquidation" if kept else "full_liquidation"
        self._engine.place(account, request, COMMON, category=category)
        self._warned.discard(position.posId)
        self.insurance.liquidated(instrument.uly, self._bail_out(account, position, before), self._engine.ms)
        self._emit(events.BalanceChanged(account, "liquidation", (instrument.settleCcy,)))
        self._emit(events.PositionChanged(account, "liquidation", instrument.instId))
        self._emit(events.Liquidated(instrument.instId, instrument.instType, row))

    def _bail_out(self, account: VenueAccount, position: VenuePosition, before: Decimal) -> Decimal:
        """Let the insurance fund pay what was lost beyond the margin; returns how much.

        ``before``: the account's money before the liquidation, which an isolated position cannot take from.
        """
        ccy = position.instrument.settleCcy
        missing = -account.balance(ccy).cash
        if position.mgnMode == "isolated":
            missing = before - account.balance(ccy).cash
        elif any(account.open_positions("cross")) or account.level == MULTI_CURRENCY:
            return ZERO  # what is missing of one currency is owed there
        if missing <= ZERO:
            return ZERO
        if position.mgnMode == "isolated" and position.lots:
            self._engine.settlement.put_aside(account, position, -missing, self._engine.ms)
            return ZERO
        self._engine.settlement.move(account, ccy, missing, self._engine.ms, type="5", subType="")
        return missing

    def _liquidation_row(self, account: VenueAccount, position: VenuePosition, request: Row) -> Row:
        instrument = position.instrument
        bankrupt = margin.bankruptcy_px(account, position, self._engine.prices)
        detail = {
            "side": request["side"],
            "posSide": position.posSide,
            "bkPx": text(instrument.px(instrument.ticks(bankrupt))),
            "sz": request["sz"],
            "bkLoss": "0",
            "ccy": "",
            "ts": str(self._engine.ms),
        }
        return {
            "instType": instrument.instType,
            "instId": instrument.instId,
            "uly": instrument.uly,
            "instFamily": instrument.uly,
            "details": [detail],
        }


def _is_under_water(ratio: Decimal | None) -> bool:
    return ratio is not None and ratio <= 1
