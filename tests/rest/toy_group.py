"""A toy exchange's group with one endpoint of each kind, and a runner for it on a clock that a test turns."""

# mypy: disable-error-code="empty-body"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.rest import BatchResult, Executor, Group, get, post
from okx_sync.rows import Row, model
from tests.rest.toy_dialect import ToyDialect, TurnedClock

_IDS = iter(f"made{i}" for i in range(1000))


@model
class Quote(Row):
    """One row of the toy exchange."""

    px: Decimal | None = None
    bad: str | None = None

    @property
    def ok(self) -> bool:
        """Accepted."""
        return not self.bad


class Toy(Group, group="toy"):
    """One endpoint of each kind."""

    @get("/quote", "20/2s ip")
    def quote(self, market: str) -> Quote:
        """Reads."""

    @get("/secret", "20/2s user", auth=True)
    def secret(self) -> Quote:
        """Reads, signed."""

    @post("/settings", "20/2s user")
    def settings(self, lever: int) -> Quote:
        """Writes, no order."""

    @post("/order", "20/2s user+market", order=True, fill={"mine": lambda: next(_IDS)})
    def order(self, market: str, sz: int, mine: str | None = None) -> Quote:
        """Writes an order."""

    @post(
        "/renewal",
        "20/2s user+market",
        order="amend",
        fill={"anew": lambda: next(_IDS)},
        together=("sz", "px"),
        renews="anew",
    )
    def renewal(
        self, market: str, mine: str, anew: str | None = None, sz: int | None = None, px: int | None = None
    ) -> Quote:
        """Puts a new order in the place of another, where its size and price are changed."""

    @post(
        "/orders",
        "20/2s user+market @batch",
        order=True,
        rows="orders",
        max_rows=2,
        one_as=("1/2s user @single",),
        fill={"mine": lambda: next(_IDS)},
    )
    def orders(self, orders: Sequence[Mapping[str, Any]]) -> BatchResult[Quote]:
        """Writes several."""


class ToyClient:
    """A runner with its clock and dialect."""

    def __init__(self, *, keys: bool = True, dialect: ToyDialect | None = None, **options: Any) -> None:
        self.clock = TurnedClock()
        self.dialect = dialect or ToyDialect(keys=keys)
        self.runner = Executor(self.dialect, clock=self.clock, **options)
        self.toy = Toy(self.runner)
