"""Publishers are typed as their clients are: a ``publish_...`` with the same parameters for each ``subscribe_...``."""

from __future__ import annotations

import inspect
from typing import Any, assert_type

import pytest

from okx_sync import (
    BitgetPublisher,
    BitgetWsClient,
    BybitPublisher,
    BybitWsClient,
    ConfigError,
    OkxPublisher,
    Subscription,
    SubscriptionGroup,
    WsClient,
)
from okx_sync.exchanges.okx.models import Account, Ticker
from okx_sync.fanout.publish_verbs import PublishVerb
from okx_sync.fanout.publisher import Publisher
from okx_sync.live.stream_client import StreamClient
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker, broker
from tests.loopback.conftest import FAST

__all__ = ["broker"]

PAIRS: list[tuple[type[Publisher], type[StreamClient]]] = [
    (OkxPublisher, WsClient),
    (BybitPublisher, BybitWsClient),
    (BitgetPublisher, BitgetWsClient),
]


def names(kind: type[Any], front: str) -> set[str]:
    """Return what a class has that is called so, without the front."""
    return {name.removeprefix(front) for name in dir(kind) if name.startswith(front)}


@pytest.mark.parametrize(("publisher", "client"), PAIRS)
def test_each_subscribe_has_its_publish(publisher: type[Publisher], client: type[StreamClient]) -> None:
    """None is missing and none is left over; each is typed by, and has the parameters of, its own ``subscribe_...``."""
    assert names(publisher, "publish_") == names(client, "subscribe_")
    for name in names(client, "subscribe_"):
        verb = inspect.getattr_static(publisher, f"publish_{name}")
        subscribe = getattr(client, f"subscribe_{name}")
        assert isinstance(verb, PublishVerb)
        assert verb.__wrapped__ == subscribe
        assert inspect.signature(verb.__wrapped__) == inspect.signature(subscribe)
        assert (verb.__doc__ or "").startswith("Publish what ``subscribe_")
        takes_lists = "A list or tuple as ``" in (subscribe.__doc__ or "")
        line = f"publish_{name} = publishes{'_lists' if takes_lists else ''}({client.__name__}.subscribe_{name})"
        assert line in inspect.getsource(publisher)  # what type checkers are told


def test_what_is_published_is_typed(paper: PaperExchange, broker: Broker) -> None:
    """One instrument gives a subscription of its rows, a list a group of them; arguments by name work."""
    with WsClient(paper.config, options=FAST) as ws, OkxPublisher(ws, broker.url) as out:
        assert_type(out.publish_tickers("BTC-USDT"), Subscription[Ticker])
        both = assert_type(out.publish_tickers(inst_id=["BTC-USDT", "ETH-USDT"]), SubscriptionGroup[Ticker])
        assert len(both.subscriptions) == 2
        assert_type(out.publish_account(), Subscription[Account])
        assert {name.rsplit(":", 1)[1] for name in out.stats} == {"tickers", "account"}


def test_a_client_of_another_exchange_is_refused() -> None:
    """Before Redis is asked: its verbs would be others."""
    with BybitWsClient() as ws, pytest.raises(ConfigError, match="a publisher needs a WsClient, not"):
        OkxPublisher(ws, "redis://127.0.0.1:1/0")
