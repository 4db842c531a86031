"""Turns matches into money: balances, positions, fees, bills. Every movement of money happens in this file."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from okx_sync.paper.venue import margin_settlement
from okx_sync.paper.venue.balances import NOTHING
from okx_sync.paper.venue.margin import available_equity, fee_rate, promise_of
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueBill, VenueFill, VenueOrder, VenuePosition

_SWAP_SUBTYPES = {("buy", True): "3", ("sell", True): "4", ("sell", False): "5", ("buy", False): "6"}
#: `subType` of a liquidation by category and by what was done, in long/short and in net mode.
LIQUIDATIONS = {
    "partial_liquidation": {"long": "100", "short": "101", "buy": "102", "sell": "103"},
    "full_liquidation": {"long": "104", "short": "105", "buy": "106", "sell": "107"},
}


class Settlement:
    """Books fills, funding and transfers.

    ``fees`` and ``outside`` are the other side of every booking: the sum over all accounts, ``fees`` and ``outside`` is
    zero in each currency at any time.
    """

    def __init__(self, prices: Prices) -> None:
        self.prices = prices
        self.fees: dict[str, Decimal] = {}
        self.outside: dict[str, Decimal] = {}
        self._bill = 700_000_000_000_000_000

    def next_bill(self) -> int:
        """Return a fresh bill id."""
        self._bill += 1
        return self._bill

    def move(
        self, account: VenueAccount, ccy: str, amount: Decimal, ts: int, *, fee: Decimal = ZERO, **bill: object
    ) -> VenueBill:
        """Credit ``amount`` plus ``fee`` (negative when charged) and write the bill."""
        balance = account.balance(ccy)
        balance.cash += amount + fee
        balance.uTime = ts
        self.outside[ccy] = self.outside.get(ccy, ZERO) - amount
        self.fees[ccy] = self.fees.get(ccy, ZERO) - fee
        entry = VenueBill(self.next_bill(), ts, ccy, amount + fee, balance.cash, fee=fee, **bill)  # type: ignore[arg-type]
        account.bills.append(entry)
        return entry

    def transfer(self, account: VenueAccount, ccy: str, amount: Decimal, ts: int) -> None:
        """Move money from (or, negative, to) the outside."""
        self.move(account, ccy, amount, ts, type="1", subType="11" if amount >= 0 else "12")

    def fill(self, order: VenueOrder, lots: int, ticks: int, execType: str, tradeId: str, ts: int) -> VenueFill:
        """Book one execution of an account's order and return its record."""
        order.filled += lots
        order.value += lots * ticks
        order.uTime = ts
        book = self._swap if order.instrument.is_swap else self._on_margin if order.is_margin else self._spot
        fill = book(order, lots, order.instrument.px(ticks), execType, tradeId, ts)
        order.last = fill
        order.fee += fill.fee
        order.pnl += fill.pnl
        order.fills.append(fill)
        order.account.fills.append(fill)
        self.promise(order)
        return fill

    def promise(self, order: VenueOrder) -> None:
        """Tie up what the rest of a resting order still needs (nothing, once it is done)."""
        alive = order.id in order.account.orders and order.left > 0
        is_resting = alive and order.px is not None
        order.account.freeze(order, promise_of(order) if is_resting else NOTHING)

    def _record(
        self,
        order: VenueOrder,
        lots: int,
        px: Decimal,
        execType: str,
        tradeId: str,
        ts: int,
        fee: Decimal,
        pnl: Decimal,
        closed: int = 0,
        entry: Decimal = ZERO,
    ) -> VenueFill:
        instrument, prices = order.instrument, self.prices
        return VenueFill(
            order,
            tradeId,
            self.next_bill(),
            lots,
            px,
            fee,
            order.fee_ccy,
            -fee_rate(instrument, execType),
            execType,
            pnl,
            prices.mark(instrument),
            prices.index(instrument),
            ts,
            closed,
            entry,
        )

    def _spot(self, order: VenueOrder, lots: int, px: Decimal, execType: str, tradeId: str, ts: int) -> VenueFill:
        instrument, sign = order.instrument, order.sign
        coins = instrument.coins(lots)
        gained = coins if order.side == "buy" else coins * px
        fee = -gained * fee_rate(instrument, execType)
        fill = self._record(order, lots, px, execType, tradeId, ts, fee, ZERO)
        for ccy, amount in ((instrument.baseCcy, coins * sign), (instrument.quoteCcy, -coins * px * sign)):
            charged = fee if ccy == order.fee_ccy else ZERO
            sub = "1" if order.side == "buy" else "2"
            self.move(order.account, ccy, amount, ts, fee=charged, type="2", subType=sub, fill=fill)
        return fill

    def _on_margin(self, order: VenueOrder, lots: int, px: Decimal, execType: str, tradeId: str, ts: int) -> VenueFill:
        instrument, rate = order.instrument, fee_rate(order.instrument, execType)
        coins, closing = instrument.coins(lots), min(lots, order.closable)
        fee = -(coins if order.side == "buy" else coins * px) * rate
        pnl = margin_settlement.pnl_of(order.margin_position, order, closing, px)
        fill = self._record(order, lots, px, execType, tradeId, ts, fee, pnl, closing)
        margin_settlement.trade(self, order, lots, px, rate, fill)
        return fill

    def _swap(self, order: VenueOrder, lots: int, px: Decimal, execType: str, tradeId: str, ts: int) -> VenueFill:
        account, instrument = order.account, order.instrument
        rate = fee_rate(instrument, execType)
        fee = -instrument.coins(lots) * px * rate
        position = self.position_for(order, ts)
        position.tradeId, position.uTime = tradeId, ts
        closing, entry = min(lots, position.closable(order.sign)), position.avg
        closing_fee = -instrument.coins(closing) * px * rate
        pnl = self._close(order, position, closing, px, closing_fee) if closing else ZERO
        if lots > closing:
            self._open(order, position, lots - closing, px, fee - closing_fee)
        fill = self._record(order, lots, px, execType, tradeId, ts, fee, pnl, closing, entry)
        kind, sub = _bill_kind(order, opens=closing < lots)
        self.move(
            account,
            instrument.settleCcy,
            pnl,
            ts,
            fee=fee,
            type=kind,
            subType=sub,
            pnl=pnl,
            fill=fill,
            position=position,
        )
        return fill

    def position_for(self, order: VenueOrder, ts: int) -> VenuePosition:
        """Return the position an order acts on; made on first use."""
        found = order.position
        if found is None:
            found = VenuePosition(order.instrument, order.tdMode, order.posSide, str(self.next_bill()), cTime=ts)
            order.account.positions[order.position_key] = found
        return found

    def _open(self, order: VenueOrder, position: VenuePosition, lots: int, px: Decimal, fee: Decimal) -> None:
        if not position.lots:
            _reopen(position, order)
        coins = position.instrument.coins(lots * order.sign)
        held = position.coins
        position.avg = rounded((position.avg * held + px * coins) / (held + coins))
        position.lots += lots * order.sign
        position.most = max(position.most, abs(position.lots))
        position.fee += fee
        if position.mgnMode == "isolated":
            self.put_aside(order.account, position, rounded(abs(coins) * px / position.lever), position.uTime)

    def _close(self, order: VenueOrder, position: VenuePosition, lots: int, px: Decimal, fee: Decimal) -> Decimal:
        """Close a part or all of a position; returns the profit."""
        sign = 1 if position.lots > 0 else -1
        coins = position.instrument.coins(lots)
        pnl = (px - position.avg) * coins * sign
        share = position.margin if lots == abs(position.lots) else position.margin * lots / abs(position.lots)
        position.was_long = sign > 0
        position.lots -= lots * sign
        position.closed += lots
        position.closed_value += coins * px
        position.pnl += pnl
        liquidated = order.category in LIQUIDATIONS
        if liquidated:
            position.penalty += fee
        else:
            position.fee += fee
        if position.mgnMode == "isolated":
            self.put_aside(order.account, position, -rounded(share) if position.lots else -share, position.uTime)
        if position.lots:
            position.ending = "4" if liquidated else "1"
        else:
            position.ending = "3" if liquidated else "2"
            order.account.past_positions.append(replace(position))
        return pnl

    def put_aside(self, account: VenueAccount, position: VenuePosition, amount: Decimal, ts: int) -> None:
        """Move money between cash and an isolated position's margin (negative gives it back)."""
        balance = account.balance(position.instrument.settleCcy)
        balance.cash -= amount
        balance.uTime = ts
        position.margin += amount

    def adjust_margin(self, account: VenueAccount, position: VenuePosition, amount: Decimal, ts: int) -> None:
        """Add money to an isolated position's margin by hand, or (negative) take some back, and write the bill."""
        self.put_aside(account, position, amount, ts)
        position.uTime = ts
        ccy = position.instrument.settleCcy
        entry = VenueBill(
            self.next_bill(),
            ts,
            ccy,
            -amount,
            account.balance(ccy).cash,
            "6",
            "160" if amount >= 0 else "161",
            position=position,
            margin=position.margin,
        )
        account.bills.append(entry)

    def funding(self, account: VenueAccount, position: VenuePosition, rate: Decimal, ts: int) -> None:
        """Book funding: longs pay ``rate`` of the marked value, shorts receive it."""
        mark, ccy = self.prices.mark(position.instrument), position.instrument.settleCcy
        amount = -position.coins * mark * rate
        position.funding += amount
        position.uTime = ts
        to_margin = self._funding_of_margin(account, position, amount)
        if to_margin:
            # What the account gets with the bill goes on to the margin.
            self.put_aside(account, position, to_margin, ts)
        self.move(
            account,
            ccy,
            amount,
            ts,
            type="8",
            subType="173" if amount < 0 else "174",
            pnl=amount,
            position=position,
            margin=position.margin if to_margin else None,
            px=mark,
            sz=position.instrument.sz(abs(position.lots)),
        )

    def _funding_of_margin(self, account: VenueAccount, position: VenuePosition, amount: Decimal) -> Decimal:
        """Return how much of a funding fee an isolated position's margin gets or (negative) pays."""
        if position.mgnMode != "isolated":
            return ZERO
        if position.rules.margin_pays_funding:
            return amount
        free = available_equity(account, position.instrument.settleCcy, self.prices)
        return min(ZERO, amount + free)


def _bill_kind(order: VenueOrder, *, opens: bool) -> tuple[str, str]:
    """Return ``type`` and ``subType`` of the bill of a trade in contracts."""
    if order.category in LIQUIDATIONS:
        done = order.side if order.posSide == "net" else order.posSide
        return "5", LIQUIDATIONS[order.category][done]
    return "2", _SWAP_SUBTYPES[order.side, opens]


def _reopen(position: VenuePosition, order: VenueOrder) -> None:
    position.rules = order.rules
    position.lever = order.account.lever(position.instrument.instId, position.mgnMode, position.posSide)
    position.avg = position.pnl = position.fee = position.funding = position.penalty = position.closed_value = ZERO
    position.most = position.closed = 0
    position.ending, position.trigger_px = "", None
    position.cTime = position.uTime
