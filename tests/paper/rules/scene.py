"""The stage of a case: fresh accounts, a book that is known to the last contract, time that stands still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, cast

import orjson

from okx_sync.paper import PaperClock, PaperExchange, PaperRules
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Side
from tests.paper.rules.case import Answer, Ask, Case, Fields, Push
from tests.paper.wire_client import RestClient, WireClient

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
BUSINESS = ("orders-algo", "algo-advance")
#: Channels that are subscribed by the type of instruments.
BY_TYPE = ("orders", "positions", "liquidation-warning", *BUSINESS)
_OPS = {
    "trade/order": "order",
    "trade/batch-orders": "batch-orders",
    "trade/amend-order": "amend-order",
    "trade/amend-batch-orders": "batch-amend-orders",
    "trade/cancel-order": "cancel-order",
    "trade/cancel-batch-orders": "batch-cancel-orders",
}
_numbers = count(1)


def quiet_exchange(rules: PaperRules | None = None, *, limits: bool = False) -> PaperExchange:
    """An exchange where nothing happens by itself."""
    return PaperExchange(flow_per_s=0, clock=PaperClock(NOON, frozen=True), rules=rules, limits=limits)


class Scene:
    """One case's accounts on an exchange, `own` and `other`, with a socket that hears what `own` is pushed.

    Leaving it cancels what is open, puts instruments right, and fails when the exchange itself had a problem. `account`
    is the venue's record of `own`.
    """

    def __init__(self, paper: PaperExchange, channels: Sequence[str] = ("orders",)) -> None:
        self.paper = paper
        self._changed: dict[str, dict[str, Any]] = {}
        self._clients: dict[str, RestClient] = {}
        self._accounts = {name: f"{name}{next(_numbers)}" for name in ("own", "other")}
        self.account, _ = [self._open_account(name) for name in self._accounts.values()]
        for inst_id in BOOKS:
            self._lay(inst_id, None)
        self._sockets = self._listen(channels)

    def _open_account(self, name: str) -> VenueAccount:
        keys = (f"paper-{name}-key", f"paper-{name}-secret", f"paper-{name}-pass")
        self._clients[name] = RestClient(self.paper, name)
        rights = ("read", "trade", "withdraw")
        return self.paper.venue.add_account(
            *keys, label=name, permissions=rights, balances=RICH if name.startswith("other") else None
        )

    def _listen(self, channels: Sequence[str]) -> list[WireClient]:
        paths: dict[str, list[str]] = {"private": []}
        for channel in channels:
            paths.setdefault("business" if channel in BUSINESS else "private", []).append(channel)
        sockets = []
        for path, wanted in paths.items():
            socket = WireClient(self.paper, path, self._accounts["own"])
            for channel in wanted:
                about = {"instType": "ANY"} if channel in BY_TYPE else {}
                socket.subscribe(channel, **about)
            sockets.append(socket)
        return sockets

    def __enter__(self) -> Scene:
        return self

    def __exit__(self, *_: object) -> None:
        for socket in self._sockets:
            socket.close()
        for client in self._clients.values():
            client.session.close()
        self.paper.run(self._put_right)
        assert self.paper.problems == []

    def _put_right(self) -> None:
        venue = self.paper._server.venue
        for account in venue.accounts:
            for algo in list(venue.algos.of(account, done=False)):
                venue.cancel_algo(account, {"algoId": str(algo.id)})
            venue.cancel_all(account)
            account.positions.clear()
        for inst_id, rules in self._changed.items():
            venue.change_instrument(inst_id, **rules)

    def connect(self, path: str) -> WireClient:
        """Open one more socket of `own`, logged in."""
        return WireClient(self.paper, path, self._accounts["own"])

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

    # --- requests

    def send(self, ask: Ask) -> Answer:
        """Send a request, over REST or the stream."""
        if ask.ws:
            return self._operate(ask)
        client = self._clients[self._accounts[ask.by]]
        if ask.method == "GET":
            response = client.get(ask.path, **ask.body)
        else:
            response = client.post(ask.path, ask.body, **ask.headers)
        message = orjson.loads(response.content)
        return Answer(response.status_code, message["code"], message["msg"], message["data"])

    def _operate(self, ask: Ask) -> Answer:
        args = ask.body if isinstance(ask.body, list) else [ask.body]
        codes = {name: one.instIdCode for name, one in self.paper.venue.instruments.items()}
        named = [{"instIdCode": codes[arg["instId"]]} | {k: v for k, v in arg.items() if k != "instId"} for arg in args]
        return self.operate(_OPS[ask.path], *named, by=ask.by, **ask.headers)

    def operate(self, op: str, *args: Fields, by: str = "own", **beside: str) -> Answer:
        """Send an operation over the stream."""
        with WireClient(self.paper, "private", self._accounts[by]) as socket:
            socket.send({"id": "1", "op": op, "args": args, **beside})
            reply = socket.until(lambda frame: isinstance(frame, dict) and frame.get("id") == "1")
        return Answer(200, reply["code"], reply["msg"], reply["data"])

    # --- what is seen

    def pushes(self) -> list[Push]:
        """Everything pushed since the last call, in the order of each socket; regular snapshots left out."""
        self.paper.clock.advance(0.1)
        found = []
        for socket in self._sockets:
            for frame in socket.pushes():
                if frame.get("eventType") != "snapshot":
                    found += [Push(frame["arg"]["channel"], row) for row in frame["data"]]
        return found

    def money(self) -> dict[str, tuple[Decimal, Decimal]]:
        """`cashBal` and `ordFrozen` of each currency."""
        (row,) = self.send(Ask("GET", "account/balance", {})).rows
        return {one["ccy"]: (Decimal(one["cashBal"]), Decimal(one["ordFrozen"])) for one in row["details"]}

    def positions(self) -> dict[str, Decimal]:
        """What is open, by instrument, side in long/short mode, and `isolated` where it is."""
        rows = self.send(Ask("GET", "account/positions", {})).rows
        return {_named(row): Decimal(row["pos"]) for row in rows if Decimal(row["pos"])}


def _named(position: Fields) -> str:
    words = [position["instId"]]
    words += [position["posSide"]] if position["posSide"] != "net" else []
    words += ["isolated"] if position["mgnMode"] == "isolated" else []
    return " ".join(words)


def check(case: Case, paper: PaperExchange) -> None:
    """Play a case: on an exchange that others have used, or on one of its own when it asks for other rules."""
    if case.rules is None:
        _play(case, paper)
    else:
        with quiet_exchange(case.rules) as own:
            _play(case, own)


def _play(case: Case, paper: PaperExchange) -> None:
    channels = tuple(dict.fromkeys((*case.channels, *(push.channel for push in case.pushes))))
    with Scene(paper, channels) as scene:
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
