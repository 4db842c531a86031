"""The stage of a case on any exchange: fresh accounts, a book that is known to the last contract, a clock that stands.

An exchange's own scene derives from `PaperStage` and says how its wire is spoken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, ClassVar, Self, cast

from okx_sync.paper import PaperClock, PaperExchange, PaperRules
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Side
from tests.paper.rules.case import Answer, Ask, Case, Fields, Push

NOON = 1_763_726_400.0
#: Best bid first, best ask first: price and size that anonymous traders offer around the starting price.
BOOKS: Mapping[str, Mapping[Side, Sequence[tuple[str, str]]]] = {
    "BTC-USDT": {
        "buy": (("64990", "1"), ("64980", "2"), ("64000", "50")),
        "sell": (("65010", "1"), ("65020", "2"), ("66000", "50")),
    },
    "BTC-USDT-SWAP": {
        "buy": (("64990", "100"), ("64980", "200"), ("64000", "5000")),
        "sell": (("65010", "100"), ("65020", "200"), ("66000", "5000")),
    },
    "ETH-USDT": {
        "buy": (("3499", "10"), ("3498", "20"), ("3450", "1000")),
        "sell": (("3501", "10"), ("3502", "20"), ("3550", "1000")),
    },
    "ETH-USDT-SWAP": {
        "buy": (("3499", "100"), ("3498", "200"), ("3450", "10000")),
        "sell": (("3501", "100"), ("3502", "200"), ("3550", "10000")),
    },
}
#: What `other` owns, so that it can shape the market; `own` has what every paper account begins with.
RICH = {"USDT": "100000000", "BTC": "1000", "ETH": "10000"}
_numbers = count(1)


def quiet_exchange(rules: PaperRules | None = None, *, limits: bool = False) -> PaperExchange:
    """An exchange where nothing happens by itself."""
    return PaperExchange(flow_per_s=0, clock=PaperClock(NOON, frozen=True), rules=rules, limits=limits)


class PaperStage:
    """One case's accounts on an exchange, `own` and `other`, with a socket that hears what `own` is pushed.

    Leaving it cancels what is open, puts instruments right, and fails when the exchange itself had a problem. `account`
    is the venue's record of `own`, `names` are those of the keys; `orders_channel` is heard unless a case says what is.
    """

    orders_channel: ClassVar[str]

    def __init__(self, paper: PaperExchange, channels: Sequence[str] | None = None) -> None:
        self.paper = paper
        self._changed: dict[str, dict[str, Any]] = {}
        self.names = {name: f"{name}{next(_numbers)}" for name in ("own", "other")}
        self.account, _ = [self._open_account(name) for name in self.names.values()]
        for inst_id in BOOKS:
            self._lay(inst_id, None)
        self.open((self.orders_channel,) if channels is None else channels)

    def _open_account(self, name: str) -> VenueAccount:
        keys = (f"paper-{name}-key", f"paper-{name}-secret", f"paper-{name}-pass")
        rights = ("read", "trade", "withdraw")
        return self.paper.venue.add_account(
            *keys, label=name, permissions=rights, balances=RICH if name.startswith("other") else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self.paper.run(self._put_right)
        assert self.paper.problems == []

    def _put_right(self) -> None:
        venue = self.paper._server.venue
        for account in venue.accounts:
            for algo in list(venue.algos.of(account, done=False)):
                venue.cancel_algo(account, {"algoId": str(algo.id)})
            venue.cancel_all(account)
            account.positions.clear()
            account.margins.clear()
        for inst_id, rules in self._changed.items():
            venue.change_instrument(inst_id, **rules)

    # --- the wire

    def open(self, channels: Sequence[str]) -> None:
        """Make the clients of both accounts, and hear channels of `own`."""
        raise NotImplementedError

    def close(self) -> None:
        """Close what `open` opened."""
        raise NotImplementedError

    def send(self, ask: Ask) -> Answer:
        """Send a request, over REST or the stream."""
        raise NotImplementedError

    def pushes(self) -> list[Push]:
        """Everything pushed since the last call, in the order of each socket; regular snapshots left out."""
        raise NotImplementedError

    def money(self) -> dict[str, tuple[Decimal, Decimal]]:
        """What `own` has of each currency, and what of it is promised to orders."""
        raise NotImplementedError

    def positions(self) -> dict[str, Decimal]:
        """What `own` has open, by the names that a case uses."""
        raise NotImplementedError

    # --- the market

    def _lay(self, inst_id: str, px: Decimal | None) -> None:
        """Lay the book around a price (None: the one of the start), and put all prices there."""

        def lay() -> None:
            venue = self.paper._server.venue
            instrument, flow = venue.instruments[inst_id], venue.flow
            centre = instrument.start_px if px is None else px
            venue.prices.move(instrument, centre)
            venue.prices.last[inst_id] = centre
            book = venue.engine.books[inst_id]
            for resting in [one for one in book.resting.values() if one.order is None]:
                book.remove(resting.id)
            for side, levels in BOOKS[inst_id].items():
                for level, size in levels:
                    ticks = instrument.ticks(Decimal(level) + centre - instrument.start_px)
                    flow.rest(instrument, side, ticks, instrument.lots(Decimal(size)))

        self.paper.run(lay)

    def trade_at(self, inst_id: str, px: str) -> None:
        """Move last, mark and index price to a price, and the book with them; orders in between are filled."""
        self.paper.trade_at(inst_id, px)
        self._lay(inst_id, Decimal(px))

    def fill(self, cl_ord_id: str, sz: str) -> None:
        """Let somebody take so much of a resting order (empty: all of it)."""
        self.paper.fill(cl_ord_id, sz or None)

    def crowd(self, inst_id: str, side: str, px: str, sz: str, count: int) -> None:
        """Let so many anonymous traders place an order each; they do not outlive the case."""

        def come() -> None:
            venue = self.paper._server.venue
            instrument, maker = venue.instruments[inst_id], cast(Side, side)
            for _ in range(count):
                venue.flow.rest(instrument, maker, instrument.ticks(Decimal(px)), instrument.lots(Decimal(sz)))

        self.paper.run(come)

    def advance(self, seconds: float) -> None:
        """Let paper time pass."""
        self.paper.clock.advance(seconds)

    def change_instrument(self, inst_id: str, rules: Fields) -> None:
        """Change the rules of an instrument until the end of the case."""
        instrument = self.paper.venue.instruments[inst_id]
        before = self._changed.setdefault(inst_id, {})
        for name in rules:
            before.setdefault(name, getattr(instrument, name))
        self.paper.change_instrument(inst_id, **rules)


def play(case: Case, scene_of: type[PaperStage], paper: PaperExchange) -> None:
    """Play a case: on an exchange that others have used, or on one of its own when it asks for other rules."""
    if case.rules is None:
        _play(case, scene_of, paper)
    else:
        with quiet_exchange(case.rules) as own:
            _play(case, scene_of, own)


def _play(case: Case, scene_of: type[PaperStage], paper: PaperExchange) -> None:
    heard = (scene_of.orders_channel,) if case.channels is None else case.channels
    channels = tuple(dict.fromkeys((*heard, *(push.channel for push in case.pushes))))
    with scene_of(paper, channels) as scene:
        for step in case.before:
            step.play(scene)
        scene.pushes()
        money, positions = scene.money(), scene.positions()
        answer = scene.send(case.ask)
        for step in case.after:
            step.play(scene)
        seen = scene.pushes()
        _check_answer(case, answer)
        for channel in channels:
            _compare(channel, [push.fields for push in seen if push.channel == channel], case.pushes)
        _check_money(case, money, scene.money())
        wanted = positions if case.positions is None else _decimals(case.positions)
        assert scene.positions() == wanted
        for ask, rows in case.reads:
            _same_rows(ask.path, scene.send(ask).rows, rows)


def _check_answer(case: Case, answer: Answer) -> None:
    assert (answer.verdict, answer.status) == (case.code, case.status), answer
    assert _of(answer.rows[0] if answer.rows else {}, case.row) == case.row, answer
    if case.rows is not None:
        _same_rows("answer", answer.rows, case.rows)
    if case.outer is not None:
        assert (answer.code, answer.msg) == case.outer


def _compare(channel: str, seen: Sequence[Fields], wanted: Sequence[Push]) -> None:
    _same_rows(channel, seen, [push.fields for push in wanted if push.channel == channel])


def _same_rows(what: str, seen: Sequence[Fields], wanted: Sequence[Fields]) -> None:
    chosen = [_of(row, fields) for row, fields in zip(seen, wanted, strict=False)]
    assert chosen == list(wanted), (what, chosen)
    assert len(seen) == len(wanted), (what, seen[len(wanted) :])


def _of(row: Fields, wanted: Fields) -> Fields:
    """The fields that are wanted, with a number where the text is another spelling of it."""
    return {name: wanted[name] if _equal(row.get(name), wanted[name]) else row.get(name) for name in wanted}


def _equal(seen: object, wanted: object) -> bool:
    if seen == wanted:
        return True
    try:
        return isinstance(wanted, str) and isinstance(seen, str) and Decimal(seen) == Decimal(wanted)
    except ArithmeticError:
        return False


def _check_money(
    case: Case, before: Mapping[str, tuple[Decimal, Decimal]], after: Mapping[str, tuple[Decimal, Decimal]]
) -> None:
    zero = (Decimal(0), Decimal(0))
    names = before.keys() | after.keys()
    moved = {ccy: after.get(ccy, zero)[0] - before.get(ccy, zero)[0] for ccy in names}
    assert {ccy: amount for ccy, amount in moved.items() if amount} == _decimals(case.cash)
    frozen = {ccy: after.get(ccy, zero)[1] for ccy in names}
    wanted = {ccy: amount for ccy, (_, amount) in before.items()} | _decimals(case.frozen)
    assert {ccy: amount for ccy, amount in frozen.items() if amount} == {c: a for c, a in wanted.items() if a}


def _decimals(texts: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(text) for name, text in texts.items()}
