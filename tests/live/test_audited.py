"""What ``audit`` compares, what it refuses before anything is subscribed, and clients without a REST side."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest

from okx_sync import AccountMonitor, ConfigError, PositionMonitor
from okx_sync.live.audit_queries import AuditQueries
from okx_sync.live.audited import Audited, AuditOf
from okx_sync.live.client_audits import ClientAudits
from okx_sync.live.reporter import Reporter
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate
from tests.state.accounts import account, balance

HELD = account(balance("USDT", 100), total_equity=Decimal(100))


class Live:
    """Has live positions, of which there are none, and balances."""

    def positions(self) -> PositionMonitor:
        monitor = PositionMonitor()
        monitor.apply_snapshot([])
        return monitor

    def account(self) -> AccountMonitor:
        monitor = AccountMonitor()
        monitor.apply(HELD)
        return monitor


class Client(Audited):
    """As far as it is needed: nothing is subscribed where the call is refused."""

    def __init__(self, queries: AuditQueries | None) -> None:
        nobody = cast(Any, None)
        self._audits = ClientAudits(cast(Any, Live()), queries, None, Reporter(nobody), nobody, Clock())
        self.manager = OrderManager()
        self.manager.mark_synced(True)

    @property
    def orders(self) -> OrderManager:
        return self.manager


QUERIES = AuditQueries(positions=list, account=AccountUpdate, open_orders=list, look_up=lambda _order: None)


def asking(asked: list[str]) -> AuditQueries:
    """Keeps which of its questions were asked; nothing is open."""

    def answer(name: str, found: Any) -> Callable[[], Any]:
        def ask() -> Any:
            asked.append(name)
            return found

        return ask

    return AuditQueries(
        positions=answer("positions", []),
        account=answer("balances", HELD),
        open_orders=answer("orders", []),
        look_up=lambda _order: None,
    )


@pytest.mark.parametrize("of", [("positions",), ("balances",), ("orders",), ("orders", "positions", "balances")])
def test_each_word_is_compared_with_what_rest_says_of_it(of: tuple[AuditOf, ...]) -> None:
    """And nothing else is asked for; what is the same on both sides is no mismatch."""
    asked: list[str] = []
    client = Client(asking(asked))
    audit = client.audit(of=of)
    assert audit.run_now() == []
    assert set(asked) == set(of)
    client._audits.close()
    assert not audit.is_running


def test_whoever_mixes_it_in_says_where_the_orders_are() -> None:
    """There is no default."""
    with pytest.raises(NotImplementedError):
        _ = Audited().orders


def test_without_rest_there_is_nothing_to_compare_with() -> None:
    """The error says what helps."""
    with pytest.raises(ConfigError, match="nothing to audit") as caught:
        Client(None).audit()
    assert caught.value.hint


@pytest.mark.parametrize("wrong", [{"of": ()}, {"of": ["fills"]}, {"every_s": 0}, {"recheck_s": -1}])
def test_wrong_arguments(wrong: dict[str, Any]) -> None:
    """Each is told by name."""
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        Client(QUERIES).audit(**wrong)
