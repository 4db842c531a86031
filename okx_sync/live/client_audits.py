"""The sides with which a client's live state is compared: loaded with the first audit."""

from __future__ import annotations

from okx_sync.errors import ConfigError
from okx_sync.live.account import LiveAccount
from okx_sync.live.algo_source import AlgoSource
from okx_sync.live.audit_queries import AuditQueries
from okx_sync.live.audit_sources import AlgoAudit, BalanceAudit, OrderAudit, PositionAudit
from okx_sync.live.reporter import Reporter
from okx_sync.live.running_audits import RunningAudits
from okx_sync.state.live_object import Dispatch
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.timing import Clock

__all__ = ["ClientAudits"]


class ClientAudits(RunningAudits):
    """The audits of one client.

    Args:
        owner: Has the live positions and balances.
        algos: The exchange's side of algo orders; None where they are not followed.
        queries: Asks REST; None where the client's protocol has none, or its address is not told.
    """

    def __init__(
        self,
        owner: LiveAccount,
        queries: AuditQueries | None,
        algos: AlgoSource | None,
        reporter: Reporter,
        dispatch: Dispatch,
        clock: Clock,
    ) -> None:
        super().__init__(reporter, dispatch, clock)
        self._owner = owner
        self._queries = queries
        self._algos = algos

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

    def algo_side(self, manager: OrderManager) -> AlgoAudit:
        """Make the side of an audit that compares algo orders. Raises ``ConfigError`` where they are not followed."""
        asked = None if self._algos is None else self._algos.queries
        if asked is None:
            raise ConfigError("algo orders cannot be audited: nobody can be asked for them over REST")
        return AlgoAudit(manager.algos, lambda: asked.open_algos().updates, asked.look_up_algo)
