"""Which positions are closed: live ones where they are there, and none only where REST says so."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import ConfigError, OkxApiError, OkxError
from okx_sync.live.position_closer import PositionCloser
from okx_sync.rest.order_intent import OrderIntent
from okx_sync.state.orders.close_position import CloseRequest, PreparedClose
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import PositionUpdate

BTC = "BTC-USDT-SWAP"
LONG = PositionUpdate(inst_id=BTC, size=Decimal(5), side="long")
SHORT = PositionUpdate(inst_id=BTC, size=Decimal(-5), side="short")


class Exchange:
    """Closes a position with an order of its size."""

    def target(self, request: CloseRequest) -> OrderIntent:
        return OrderIntent(path="/close", inst_id=request.inst_id)

    def closing(
        self, request: CloseRequest, target: OrderIntent, position: PositionUpdate, new_id: Callable[[], str]
    ) -> PreparedClose:
        del request, target
        order = PreparedOrder(inst_id=BTC, side="sell", size=Decimal(5), order_type="market", client_order_id=new_id())
        return PreparedClose(position=position, order=order, is_named=True, send=list, nothing=())


@attrs.define
class Queries:
    """What REST says of positions, or how it refuses to; ``asked``: how often."""

    told: list[PositionUpdate] | OkxError = attrs.field(factory=list)
    exists: bool = True
    asked: int = 0

    def positions(self, order: OrderIntent) -> list[PositionUpdate]:
        self.asked += 1
        if isinstance(self.told, OkxError):
            raise self.told
        return self.told

    def has_positions(self, order: OrderIntent) -> bool:
        return order.inst_id == BTC

    def check_instrument(self, order: OrderIntent) -> None:
        if not self.exists:
            raise ConfigError(f"no {order.inst_id}")


def found(queries: Queries | None, live: list[PositionUpdate] | None = None, **words: Any) -> list[PositionUpdate]:
    """The positions that would be closed; ``live``: those of a synced monitor."""
    monitor = None
    if live is not None:
        monitor = PositionMonitor()
        monitor.apply_snapshot(live)
    closer = PositionCloser(Exchange(), queries, lambda: monitor)
    given: dict[str, Any] = {
        "position_side": None,
        "margin_mode": None,
        "size": None,
        "client_order_id": None,
        "options": {},
    }
    request = CloseRequest.of(**{"inst_id": BTC, **given, **words})
    return [one.position for one in closer.closings(request).each]


def test_live_positions_are_not_asked_for() -> None:
    """Where one is there that is meant; for all else REST is asked."""
    queries = Queries([LONG, SHORT])
    assert found(queries, [LONG]) == [LONG]
    assert queries.asked == 0
    assert found(queries, [LONG], position_side="short") == [SHORT]
    assert found(queries, []) == [LONG, SHORT]
    assert found(queries) == [LONG, SHORT]
    assert queries.asked == 3


def test_nothing_to_close_is_said_of_what_exists() -> None:
    """A misspelt name is an error, whether the exchange lists nothing for it or refuses it; so is what has none."""
    assert found(Queries()) == []
    refusal = OkxApiError("no such symbol", code="10001")
    answers: list[list[PositionUpdate] | OkxError] = [[], refusal]
    for told in answers:
        with pytest.raises(ConfigError, match="no BTC"):
            found(Queries(told, exists=False))
    with pytest.raises(OkxApiError):
        found(Queries(refusal))
    with pytest.raises(ConfigError, match="no position"):
        found(Queries(), inst_id="BTC-USDT")


def test_what_is_of_one_order_is_not_for_several() -> None:
    """A size or an id of ours needs one position."""
    for words in ({"size": 1}, {"client_order_id": "mine"}):
        with pytest.raises(ConfigError, match="2 positions"):
            found(Queries([LONG, SHORT]), **words)
        assert found(Queries([LONG, SHORT]), **words, position_side="long") == [LONG]


def test_nobody_can_be_asked() -> None:
    """Live positions do without; else it is an error, and not "nothing"."""
    assert found(None, [LONG]) == [LONG]
    empty: list[PositionUpdate] = []
    for live in (None, empty):
        with pytest.raises(ConfigError, match="nobody"):
            found(None, live)
