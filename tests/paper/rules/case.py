"""The form of a case: what is sent over a socket, and all that may come of it. All exchanges' cases have it.

Whatever a case does not name must not happen: no push of orders, no move of money, no change of a position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from okx_sync.paper import PaperRules

Fields = Mapping[str, Any]
F = TypeVar("F", bound=Callable[..., object])


class Stage(Protocol):
    """Where a case is played; see `tests.paper.rules.stage.PaperStage`."""

    def send(self, ask: Ask) -> Answer:
        """Send a request over the wire."""

    def trade_at(self, inst_id: str, px: str) -> None:
        """Move last, mark and index price to a price, and the book with them."""

    def fill(self, cl_ord_id: str, sz: str) -> None:
        """Let somebody take so much of a resting order (empty: all of it)."""

    def advance(self, seconds: float) -> None:
        """Let paper time pass."""

    def crowd(self, inst_id: str, side: str, px: str, sz: str, count: int) -> None:
        """Let so many anonymous traders place an order each."""

    def change_instrument(self, inst_id: str, rules: Fields) -> None:
        """Change the rules of an instrument until the end of the case."""


class Step(Protocol):
    """Something that is done before or after the request that a case is about."""

    def play(self, stage: Stage) -> None:
        """Do it."""


@dataclass(frozen=True)
class Answer:
    """What came back: HTTP status (0 on a stream), outer code and text, rows."""

    status: int
    code: str
    msg: str
    rows: Sequence[Fields]

    @property
    def verdict(self) -> str:
        """The code that tells about the one order: `sCode` of the row where there is one, else the outer code."""
        return str(self.rows[0].get("sCode", self.code)) if self.rows else self.code


@dataclass(frozen=True)
class Ask:
    """One request. `by`: whose (the case's own account, or `other`); `ws`: as an order operation over the stream.

    As a step of a case it must end with `code`. `path` is that of REST, below what all paths of the exchange
    begin with.
    """

    method: str
    path: str
    body: Any
    by: str = "own"
    code: str = "0"
    ws: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)

    def play(self, stage: Stage) -> None:
        """Send it, and see that it ends as it should."""
        answer = stage.send(self)
        assert answer.verdict == self.code, (self, answer)


@dataclass(frozen=True)
class Move:
    """A trade that moves the market to a price."""

    inst_id: str
    px: str

    def play(self, stage: Stage) -> None:
        """Trade there."""
        stage.trade_at(self.inst_id, self.px)


@dataclass(frozen=True)
class Fill:
    """A counterparty that takes a resting order of any account of the case, or `sz` of it."""

    cl_ord_id: str
    sz: str = ""

    def play(self, stage: Stage) -> None:
        """Trade with it."""
        stage.fill(self.cl_ord_id, self.sz)


@dataclass(frozen=True)
class Crowd:
    """Anonymous traders, each with one small order at the same price."""

    inst_id: str
    side: str
    px: str
    sz: str
    count: int

    def play(self, stage: Stage) -> None:
        """Let them place their orders."""
        stage.crowd(self.inst_id, self.side, self.px, self.sz, self.count)


@dataclass(frozen=True)
class Wait:
    """Paper time that passes."""

    seconds: float

    def play(self, stage: Stage) -> None:
        """Advance the clock."""
        stage.advance(self.seconds)


@dataclass(frozen=True)
class Change:
    """Rules of an instrument that change until the end of the case."""

    inst_id: str
    rules: Fields

    def play(self, stage: Stage) -> None:
        """Change them."""
        stage.change_instrument(self.inst_id, self.rules)


@dataclass(frozen=True)
class Push:
    """A row that a channel pushes, by the fields that matter."""

    channel: str
    fields: Fields


@dataclass(frozen=True, kw_only=True)
class Case:
    """One rule.

    Args:
        facts: the numbers of the facts that it keeps.
        promise: what it says, in words.
        before: what is done first; each request of it must succeed, unless it names another `code`.
        ask: the request that the fact is about.
        code: the verdict on it.
        status: the HTTP status of the answer.
        row: fields of the answer's first row.
        rows: fields of each of its rows, where there are several.
        outer: the code and text around the rows.
        after: what is done then.
        pushes: what the channel of orders, and every other channel that is named here or in `channels`, pushes since
            `ask`: rows in the order of their channel, and no others (but regular snapshots).
        channels: what is heard; None: the channel of orders.
        cash: by how much the money of each currency has changed since before `ask`; that of no other currency has.
        frozen: what is promised to orders in the end; as before `ask` where a currency is not named.
        positions: what is open in the end, by the exchange's symbol with side and margin mode where there are others,
            like `{"BTC-USDT-SWAP": "3", "ETH-USDT-SWAP long isolated": "1"}`; None: as before `ask`.
        reads: answers of readings in the end: path with its query, and the fields of each row that it gives.
        rules: readings of OKX's rules other than the defaults.
    """

    facts: Sequence[int]
    promise: str
    ask: Ask
    before: Sequence[Step] = ()
    code: str = "0"
    status: int = 200
    row: Fields = field(default_factory=dict)
    rows: Sequence[Fields] | None = None
    outer: tuple[str, str] | None = None
    after: Sequence[Step] = ()
    pushes: Sequence[Push] = ()
    channels: Sequence[str] | None = None
    cash: Mapping[str, str] = field(default_factory=dict)
    frozen: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, str] | None = None
    reads: Sequence[tuple[Ask, Sequence[Fields]]] = ()
    rules: PaperRules | None = None

    def __str__(self) -> str:
        return "-".join(str(fact) for fact in self.facts) + " " + self.promise


def keeps(*facts: int) -> Callable[[F], F]:
    """Mark a test that keeps facts which do not fit the form of a case."""

    def mark(test: F) -> F:
        test.facts = facts  # type: ignore[attr-defined]
        return test

    return mark
