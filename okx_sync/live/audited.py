"""``ws.audit``: how an audit of a client's live state is started."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Literal, get_args

from okx_sync.errors import ConfigError
from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.live.audit import Audit, AuditMismatch, AuditSide
    from okx_sync.live.client_audits import ClientAudits
    from okx_sync.state.orders.order_manager import OrderManager

__all__ = ["AuditOf", "Audited"]

AuditOf = Literal["orders", "positions", "balances", "algos"]


class Audited:
    """The audits as a client mixes them in; it makes them (``_make_part``)."""

    _audits: LatePart[ClientAudits] = LatePart("okx_sync.live.client_audits", "ClientAudits")

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
        """Hold live orders, positions and balances against REST every ``every_s`` seconds; algo orders if ``of`` says.

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
            "algos": lambda: audits.algo_side(self.orders),
            "positions": audits.position_side,
            "balances": audits.balance_side,
        }
        return audits.start([make[name]() for name in make if name in of], callback, every_s, recheck_s)
