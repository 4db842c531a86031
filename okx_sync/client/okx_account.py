"""``ws.positions``, ``ws.account`` and ``ws.audit`` of OKX: which channels feed them, and how REST is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import Any, Final, Literal, get_args

from okx_sync.client.audit import Audit, AuditMismatch, AuditSide
from okx_sync.client.audit_sides import BalanceAudit, OrderAudit, PositionAudit
from okx_sync.client.dispatch import CallbackDispatch
from okx_sync.client.links import Links
from okx_sync.client.live_account import AccountDesk, MonitorSource
from okx_sync.client.okx_orders import OkxOrders
from okx_sync.client.reporter import Reporter
from okx_sync.client.rest_access import RestAccess
from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.normalize_account import taken_at
from okx_sync.models.neutral import AccountUpdate, PositionUpdate
from okx_sync.protocol.events import Push
from okx_sync.state.live_account import AccountMonitor
from okx_sync.state.live_orders import OrderManager
from okx_sync.state.live_positions import PositionMonitor
from okx_sync.timing import Clock

__all__ = ["AuditOf", "LiveAccount", "OkxAccount"]

AuditOf = Literal["orders", "positions", "balances"]
_CLOSE_S: Final = 1.0


def _is_snapshot(push: Push) -> bool:
    return push.message.get("eventType") == "snapshot"


def _source(channel: str, **args: str) -> MonitorSource:
    return MonitorSource("private", channel, args, _is_snapshot, taken_at)


class OkxAccount(AccountDesk):
    """The live account of one OKX client, and its audits.

    Parameters: ``rest`` gives the client's REST client; ``orders`` asks it for orders; the rest as of ``AccountDesk``.
    """

    def __init__(
        self,
        subscribe: Callable[..., Subscription[Any]],
        rest: RestAccess,
        orders: OkxOrders,
        links: Links,
        reporter: Reporter,
        pool: CallbackPool,
        clock: Clock,
    ) -> None:
        positions, account = _source("positions", instType="ANY"), _source("account")
        super().__init__(positions, account, subscribe, links, reporter, pool, clock)
        self._rest = rest
        self._orders = orders
        self._report = reporter.error
        self._dispatch = CallbackDispatch(pool, reporter)
        # Guards the list.
        self._lock = threading.Lock()
        self._audits: list[Audit] = []
        self._is_closing = False

    def audit(
        self,
        sides: list[AuditSide],
        callback: Callable[[AuditMismatch], object] | None,
        every_s: float,
        recheck_s: float,
    ) -> Audit:
        """Start an audit of these."""
        tell = (lambda _: None) if callback is None else self._dispatch(callback)
        audit = Audit(sides, tell, self._report, self.clock, every_s=every_s, recheck_s=recheck_s)
        with self._lock:
            self._audits = [one for one in self._audits if one.is_running]
            if not self._is_closing:
                self._audits.append(audit.start())
        return audit

    def position_side(self) -> PositionAudit:
        """What an audit compares of positions."""
        return PositionAudit(self.positions(), self._fetch_positions)

    def balance_side(self) -> BalanceAudit:
        """What an audit compares of balances."""
        return BalanceAudit(self.account(), self._fetch_account)

    def order_side(self, manager: OrderManager) -> OrderAudit:
        """What an audit compares of orders."""
        return OrderAudit(manager, self._orders.open_orders, self._orders.look_up)

    def close(self) -> None:
        """End the audits, and the monitors."""
        with self._lock:
            self._is_closing = True
            audits, self._audits = self._audits, []
        for audit in audits:
            audit.stop(0)
        for audit in audits:
            audit.stop(_CLOSE_S)
        super().close()

    def _fetch_positions(self) -> list[PositionUpdate]:
        return [row.to_update() for row in self._rest().get_positions()]

    def _fetch_account(self) -> AccountUpdate:
        return self._rest().get_balance().to_update()


class LiveAccount:
    """Live positions and balances; a client mixes this in and sets ``_okx_account``."""

    _okx_account: OkxAccount

    @property
    def orders(self) -> OrderManager:
        """The client's order manager."""
        raise NotImplementedError

    @property
    def positions(self) -> PositionMonitor:
        """Live positions, of all instruments: ``ws.positions["BTC-USDT-SWAP"].size``.

        The first use subscribes the channel ``positions`` and raises what :meth:`subscribe` raises;
        ``ws.positions.wait_synced(5)`` waits for the first snapshot. After a lost link it is not ``synced`` until the
        next one. Always the same object, until it is closed.
        """
        return self._okx_account.positions()

    @property
    def account(self) -> AccountMonitor:
        """Live balances and totals (USD): ``ws.account.equity``, ``ws.account.balance("USDT").available``.

        As :attr:`positions`, from the channel ``account``.
        """
        return self._okx_account.account()

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
        desk = self._okx_account
        make: dict[AuditOf, Callable[[], AuditSide]] = {
            "orders": lambda: desk.order_side(self.orders),
            "positions": desk.position_side,
            "balances": desk.balance_side,
        }
        return desk.audit([make[name]() for name in make if name in of], callback, every_s, recheck_s)
