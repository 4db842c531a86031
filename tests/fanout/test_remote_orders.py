"""Orders of a follower: what it says where nobody carries them out, or where these streams take none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from okx_sync import ConfigError
from okx_sync.fanout.order_requests import OrderRequester
from okx_sync.fanout.order_scripts import SERVE
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.remote_orders import RemoteOrders
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.state.orders.order_state import OrderState
from okx_sync.timing import Clock
from tests.fanout.conftest import Broker

KEYS = OrderKeys("test:served-orders")
ORDER = OrderState(inst_id="BTC-USDT", order_id="1")


class Inner:
    """How orders are followed on the streams."""

    path, needs_fills, no_source = "private", False, "REST is not asked"

    def follow_fills(self, manager: Any) -> tuple[Any, ...]:
        """Follow the stream of fills."""
        return ("fills", manager)


@pytest.fixture
def requester(broker: Broker) -> Iterator[OrderRequester]:
    made = OrderRequester(BrokerAddress(broker.url), KEYS, 0.5, Clock())
    yield made
    made.close()


def orders(requester: OrderRequester, sender: Any) -> Any:
    return RemoteOrders(Inner(), sender, requester, lambda: None)  # type: ignore[arg-type]


def test_who_can_be_asked(broker: Broker, requester: OrderRequester) -> None:
    """A publisher, once any has served orders; before that it is said why nobody knows which are open."""
    made = orders(requester, object())
    assert not made.can_ask
    assert "no publisher had ever served orders" in str(made.no_source)
    SERVE.run(broker.client, (KEYS.lease, KEYS.facts), "token", 60_000, "first", "place cancel")
    assert made.can_ask
    assert made.no_source is None
    assert (made.path, made.needs_fills) == ("private", False)
    assert made.follow_fills("manager") == ("fills", "manager")


def test_streams_that_take_no_orders(broker: Broker, requester: OrderRequester) -> None:
    """Nobody is asked for anything, whoever serves orders of others."""
    SERVE.run(broker.client, (KEYS.lease, KEYS.facts), "token", 60_000, "first", "place cancel")
    made = orders(requester, None)
    assert (made.can_ask, made.no_source) == (False, "REST is not asked")
    calls: tuple[Callable[[], Any], ...]
    calls = (lambda: made.new_order({}), lambda: made.replacement(ORDER, None, None, {}))
    for call in calls:
        with pytest.raises(ConfigError, match="takes no orders on these streams"):
            call()
    assert broker.client.xlen(KEYS.requests) == 0
