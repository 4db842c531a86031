"""``ws.audit`` of OKX: the sides with which live state is compared."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal, get_args

from okx_sync.clients.okx_orders import OkxOrders
from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.errors import ConfigError
from okx_sync.live.account import LiveAccount
from okx_sync.live.audit import Audit, AuditMismatch, AuditSide
from okx_sync.live.audit_sources import BalanceAudit, OrderAudit, PositionAudit
from okx_sync.live.reporter import Reporter
from okx_sync.live.running_audits import RunningAudits
from okx_sync.state.live_object import Dispatch
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate, PositionUpdate

__all__ = ["AuditOf", "Audited", "OkxAudits"]

AuditOf = Literal["orders", "positions", "balances"]


class OkxAudits(RunningAudits):
    """The audits of one OKX client.

    Args:
        owner: Has the live positions and balances.
        orders: Asks OKX for orders.
        rest: Asks OKX for the rest.
    """

    def __init__(
        self,
        owner: LiveAccount,
        orders: OkxOrders,
        rest: OkxRestAccess,
        reporter: Reporter,
        dispatch: Dispatch,
        clock: Clock,
    ) -> None:
        super().__init__(reporter, dispatch, clock)
        self._owner = owner
        self._orders = orders
        self._rest = rest

    def position_side(self) -> PositionAudit:
        """Make the side of an audit that compares positions."""
        return PositionAudit(self._owner.positions(), self._fetch_positions)

    def balance_side(self) -> BalanceAudit:
        """Make the side of an audit that compares balances."""
        return BalanceAudit(self._owner.account(), self._fetch_account)

    def order_side(self, manager: OrderManager) -> OrderAudit:
        """Make the side of an audit that compares orders."""
        return OrderAudit(manager, lambda: self._orders.open_orders().updates, self._orders.look_up)

    def _fetch_positions(self) -> list[PositionUpdate]:
        return [row.to_update() for row in self._rest().get_positions()]

    def _fetch_account(self) -> AccountUpdate:
        return self._rest().get_balance().to_update()


class Audited:
    """The audits as a client mixes them in; it sets ``_audits``."""

    _audits: OkxAudits

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
        make: dict[AuditOf, Callable[[], AuditSide]] = {
            "orders": lambda: audits.order_side(self.orders),
            "positions": audits.position_side,
            "balances": audits.balance_side,
        }
        return audits.start([make[name]() for name in make if name in of], callback, every_s, recheck_s)
