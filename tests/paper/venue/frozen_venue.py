"""A quiet venue with two accounts and a notebook of its events: what most venue tests start from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.events import OrderChanged, VenueEvent
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.venue import Venue

E = TypeVar("E")
NOON = 1_763_726_400.0
SPOT, SWAP = "BTC-USDT", "BTC-USDT-SWAP"


class FrozenVenue:
    """``venue`` with accounts ``alice`` and ``bob``; the random flow is quiet, time stands still, ``seen`` fills up."""

    def __init__(self, *, quiet: bool = True, seed: int = 7) -> None:
        self.clock = PaperClock(NOON, frozen=True)
        self.venue = Venue(seed=seed, clock=self.clock)
        self.alice = self.venue.add_account("key-a", "secret-a", "pass-a", label="alice")
        self.bob = self.venue.add_account("key-b", "secret-b", "pass-b", label="bob", vip=False)
        self.seen: list[VenueEvent] = []
        self.venue.listen(self.seen.append)
        self.venue.quiet(quiet)

    def order(self, account: VenueAccount, instId: str = SPOT, *, rules: Any = None, **args: Any) -> OrderAck:
        """Place an order; a limit buy by OKX's rules, unless told otherwise."""
        mode = "cross" if instId.endswith("SWAP") else "cash"
        wanted = {"instId": instId, "tdMode": mode, "side": "buy", "ordType": "limit", **args}
        return self.venue.place(account, wanted, rules=rules)

    def algo(self, account: VenueAccount, ordType: str, *, rules: Any = None, **args: Any) -> OrderAck:
        """Place an algo order; one that sells a contract by OKX's rules, unless told otherwise."""
        wanted = {"instId": SWAP, "tdMode": "cross", "side": "sell", "ordType": ordType, "sz": "1", **args}
        return self.venue.place_algo(account, wanted, rules=rules)

    def taken(self, kind: type[E]) -> list[E]:
        """The events of one kind since the last call of `forget`."""
        return [event for event in self.seen if isinstance(event, kind)]

    def forget(self) -> None:
        """Start a new page."""
        self.seen.clear()

    def states(self) -> list[str]:
        """The states that order pushes went through."""
        return [event.row["state"] for event in self.taken(OrderChanged)]

    def best(self, instId: str = SPOT) -> tuple[Decimal, Decimal]:
        """(ask, bid)."""
        ask, bid = self.venue.book(instId).best()
        assert ask is not None
        assert bid is not None
        return Decimal(ask[0]), Decimal(bid[0])

    def balance(self, account: VenueAccount, ccy: str) -> tuple[Decimal, Decimal]:
        """(cash, frozen)."""
        balance = account.balance(ccy)
        return balance.cash, balance.frozen

    def money_is_conserved(self) -> bool:
        """Whether accounts, margins, fees and the outside add up to nothing in every currency."""
        settlement = self.venue.engine.settlement
        totals = {ccy: amount + settlement.fees.get(ccy, Decimal(0)) for ccy, amount in settlement.outside.items()}
        for account in self.venue.accounts:
            for balance in account.balances.values():
                totals[balance.ccy] = totals.get(balance.ccy, Decimal(0)) + balance.cash
            for position in account.positions.values():
                totals[position.instrument.settleCcy] += position.margin
        return all(abs(total) < Decimal("1e-12") for total in totals.values())


def busy() -> FrozenVenue:
    """A scene with orders, fills, positions of both modes, and an algo order."""
    scene = FrozenVenue()
    scene.order(scene.alice, px="60000", sz="0.00001", clOrdId="rest")
    scene.order(scene.alice, ordType="market", sz="123.45")
    scene.order(scene.alice, SWAP, ordType="market", sz="0.01")
    scene.order(scene.alice, "ETH-USDT-SWAP", tdMode="isolated", side="sell", ordType="market", sz="7")
    scene.algo(scene.alice, "trigger", triggerPx="60000", orderPx="-1", algoClOrdId="stop1")
    return scene
