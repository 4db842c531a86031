"""``ws.audit``: the sides with which a client's live state is compared, and how an audit of them is started."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Literal, Protocol, get_args

import attrs

from okx_sync.errors import ConfigError
from okx_sync.live.account import LiveAccount
from okx_sync.live.audit import Audit, AuditMismatch, AuditSide
from okx_sync.live.audit_sources import BalanceAudit, OrderAudit, PositionAudit
from okx_sync.live.reporter import Reporter
from okx_sync.live.running_audits import RunningAudits
from okx_sync.state.live_object import Dispatch
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate, OrderUpdate, PositionUpdate

__all__ = ["AskedAccount", "AuditOf", "AuditQueries", "Audited", "ClientAudits"]

AuditOf = Literal["orders", "positions", "balances"]


class AskedAccount(Protocol):
    """What REST tells of an account. Methods raise ``OkxError``."""

    def positions(self) -> Iterable[Any]:
        """Return all open positions, as rows that have a ``to_update()``."""

    def account(self) -> AccountUpdate:
        """Return the balances of all currencies."""

    def open_orders(self) -> OpenOrders:
        """Return all open orders."""

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now; None when the exchange does not know it."""


@attrs.frozen(kw_only=True)
class AuditQueries:
    """How REST is asked for all that is compared; each raises ``OkxError``.

    ``look_up`` takes the ``OrderState`` of one order that is not among the open ones, and returns what became of it.
    """

    positions: Callable[[], Iterable[PositionUpdate]]
    account: Callable[[], AccountUpdate]
    open_orders: Callable[[], Iterable[OrderUpdate]]
    look_up: Callable[[Any], OrderUpdate | None]

    @classmethod
    def of(cls, exchange: AskedAccount) -> AuditQueries:
        """Return how an exchange is asked, of whose positions the rows are listed."""
        return cls(
            positions=lambda: [row.to_update() for row in exchange.positions()],
            account=exchange.account,
            open_orders=lambda: exchange.open_orders().updates,
            look_up=exchange.look_up,
        )


class ClientAudits(RunningAudits):
    """The audits of one client.

    Args:
        owner: Has the live positions and balances.
        queries: Asks REST; None where the client's protocol has none, or its address is not told.
    """

    def __init__(
        self, owner: LiveAccount, queries: AuditQueries | None, reporter: Reporter, dispatch: Dispatch, clock: Clock
    ) -> None:
        super().__init__(reporter, dispatch, clock)
        self._owner = owner
        self._queries = queries

    @property
    def queries(self) -> AuditQueries:
        """How REST is asked. Raises ``ConfigError`` where nobody is."""
        if self._queries is None:
            raise ConfigError(
                "there is nothing to audit live state against: nobody can be asked over REST",
                hint="leave protocol= of the config out, for the current one, and give rest_url= beside ws_..._url=",
            )
        return self._queries

    def position_side(self) -> PositionAudit:
        """Make the side of an audit that compares positions."""
        return PositionAudit(self._owner.positions(), self.queries.positions)

    def balance_side(self) -> BalanceAudit:
        """Make the side of an audit that compares balances."""
        return BalanceAudit(self._owner.account(), self.queries.account)

    def order_side(self, manager: OrderManager) -> OrderAudit:
        """Make the side of an audit that compares orders."""
        return OrderAudit(manager, self.queries.open_orders, self.queries.look_up)


class Audited:
    """The audits as a client mixes them in; it sets ``_audits``."""

    _audits: ClientAudits

    @property
    def orders(self) -> OrderManager:
        """The client's order manager."""
        raise NotImplementedError

    def audit(
        self,
        every_s: float = 300.0,
        callback: Callable[[AuditMismatch], object] | None = None,
        *,
        of: Collection[AuditOf] = ("orders", "positions", "balances"),
        recheck_s: float = 2.0,
    ) -> Audit:
        """Hold live orders, positions and balances against REST every ``every_s`` seconds.

        A mismatch is logged, taken over from REST into the live object where that is possible, and given to
        ``callback(AuditMismatch)`` with both sides. It must be there twice, ``recheck_s`` seconds apart, on a stream
        that stands still meanwhile; what is not ``synced`` is left out. REST calls that fail go to ``on_error``.
        ``stop()`` what it returns to end it. Raises ``ConfigError``, and what :meth:`subscribe` raises.
        """
        if not of or set(of) - set(get_args(AuditOf)):
            raise ConfigError(f"of={of!r} is nothing to audit", hint=f"some of {', '.join(get_args(AuditOf))}")
        for name, seconds in (("every_s", every_s), ("recheck_s", recheck_s)):
            if seconds <= 0:
                raise ConfigError(f"{name} must be above 0, not {seconds}", hint="seconds, for example every_s=300")
        audits = self._audits
        _ = audits.queries  # said before anything is subscribed
        make: dict[AuditOf, Callable[[], AuditSide]] = {
            "orders": lambda: audits.order_side(self.orders),
            "positions": audits.position_side,
            "balances": audits.balance_side,
        }
        return audits.start([make[name]() for name in make if name in of], callback, every_s, recheck_s)
