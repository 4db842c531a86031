"""Requests of a follower: what is certain when no answer comes, and what is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from okx_sync import ConfigError, ConnectionLost, NotAllowedError, OkxError, OkxTimeoutError, OrderStatusUnknown
from okx_sync.fanout.order_codec import encode
from okx_sync.fanout.order_requests import OrderRequester
from okx_sync.fanout.order_scripts import ANSWER, SERVE
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.state.orders.order_state import OrderState
from okx_sync.timing import Clock
from tests.fanout.conftest import Broker
from tests.fanout.fault_programs import CutProxy
from tests.loopback.conftest import until

KEYS = OrderKeys("test:served-orders")
ORDER = OrderState(inst_id="BTC-USDT", order_id="1", client_order_id="a")


@pytest.fixture
def requester(broker: Broker) -> Iterator[OrderRequester]:
    """Asks with half a second to wait."""
    made = OrderRequester(BrokerAddress(broker.url), KEYS, 0.5, Clock())
    yield made
    made.close()
    made.close()


def serve(broker: Broker) -> None:
    """Hold the lease, as a publisher that allows all."""
    assert SERVE.run(broker.client, (KEYS.lease, KEYS.facts), "token", 60_000, "first", "place cancel") == 1


def asking(requester: OrderRequester, call: str, **options: Any) -> Future[Any]:
    """Ask on a thread of its own."""
    told: Future[Any] = Future()

    def ask() -> None:
        try:
            told.set_result(requester.ask(call, ORDER, **options))
        except OkxError as error:
            told.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return told


def taken(broker: Broker) -> str:
    """Take the one request there is; its id."""
    until(lambda: broker.client.xlen(KEYS.requests))
    ((entry_id, fields),) = broker.client.xrange(KEYS.requests)
    assert broker.client.set(KEYS.taken(fields[b"id"].decode()), "token", nx=True)
    broker.client.xdel(KEYS.requests, entry_id)
    return str(fields[b"id"].decode())


def test_an_answer_is_its_result(broker: Broker, requester: OrderRequester) -> None:
    """An error in it is raised, with who said so."""
    serve(broker)
    told = asking(requester, "cancel", order=ORDER, timeout=10)
    ANSWER.run(broker.client, (KEYS.answer(taken(broker)),), encode({"ok": True}), 60_000)
    assert told.result(10) is True
    told = asking(requester, "cancel", order=ORDER, timeout=10)
    ANSWER.run(broker.client, (KEYS.answer(taken(broker)),), encode({"error": ConfigError("no")}), 60_000)
    with pytest.raises(ConfigError, match="no") as error:
        told.result(10)
    assert error.value.__notes__ == ["said by the publisher first"]


def test_what_nobody_took_is_taken_back(broker: Broker, requester: OrderRequester) -> None:
    """Nobody can take it any more: it is certain that nothing was sent."""
    serve(broker)
    with pytest.raises(OkxTimeoutError, match="taken back, and nothing was sent"):
        requester.ask("cancel", ORDER, order=ORDER)
    ((_, fields),) = broker.client.xrange(KEYS.requests)
    assert not broker.client.set(KEYS.taken(fields[b"id"].decode()), "token", nx=True)


@pytest.mark.parametrize(("options", "error"), [({"order": ORDER}, OrderStatusUnknown), ({}, OkxTimeoutError)])
def test_what_was_taken_and_not_answered(
    broker: Broker, requester: OrderRequester, options: Any, error: type[OkxError]
) -> None:
    """An order is in doubt, and named by all that is known of it; a question can be asked again."""
    serve(broker)
    told = asking(requester, "cancel", **options)
    taken(broker)
    with pytest.raises(error, match="took the request, and did not answer") as raised:
        told.result(10)
    if isinstance(raised.value, OrderStatusUnknown):
        assert (raised.value.clOrdId, raised.value.action) == ("a", "cancel")
        assert raised.value.orders == ({"inst_id": "BTC-USDT", "client_order_id": "a", "order_id": "1"},)


def test_nobody_is_there(broker: Broker, requester: OrderRequester) -> None:
    """Never, or no more; and where Redis is not."""
    assert not requester.was_served()
    for ask in (lambda: requester.check("place", None), lambda: requester.ask("cancel", ORDER)):
        with pytest.raises(ConfigError, match="no publisher carries them out"):
            ask()
    serve(broker)
    broker.client.delete(KEYS.lease)
    assert requester.was_served()
    for ask in (lambda: requester.check("place", None), lambda: requester.ask("cancel", ORDER)):
        with pytest.raises(ConnectionLost, match="the last publisher that did, first, was last seen at"):
            ask()
    broker.kill()
    with pytest.raises(ConnectionLost, match=r"cannot be asked: ConnectionError: .+ nothing was sent"):
        requester.ask("cancel", ORDER)
    assert requester.was_served()  # which it has learned
    broker.start()


def test_what_cannot_be_asked(broker: Broker, requester: OrderRequester) -> None:
    """Longer than Redis remembers, or with a float."""
    serve(broker)
    with pytest.raises(ConfigError, match="timeout cannot be 61"):
        requester.ask("cancel", ORDER, timeout=61)
    with pytest.raises(ConfigError, match="a float cannot be handed on"):
        requester.ask("cancel", 0.1)
    assert broker.client.xlen(KEYS.requests) == 0


def test_a_link_that_is_cut_while_a_request_is_written(broker: Broker) -> None:
    """It may be there: its answer is waited for, and it is taken back when none comes."""
    serve(broker)
    proxy = CutProxy(broker.port, cut_behind=b"XADD")
    requester = OrderRequester(BrokerAddress(f"redis://127.0.0.1:{proxy.port}/0"), KEYS, 0.5, Clock())
    try:
        with pytest.raises(OkxTimeoutError, match="taken back"):
            requester.ask("cancel", ORDER, order=ORDER)
        assert broker.client.xlen(KEYS.requests) == 1
    finally:
        requester.close()
        proxy.close()


def test_a_request_that_redis_refuses(broker: Broker, requester: OrderRequester) -> None:
    """It is not there, and nobody waits for an answer."""
    serve(broker)
    broker.client.set(KEYS.requests, "another program's")
    with pytest.raises(ConnectionLost, match=r"WRONGTYPE .+; nothing was sent") as told:
        requester.ask("cancel", ORDER, order=ORDER)
    assert told.value.hint == "if another program has written into its keys, delete them: they begin anew"


@pytest.mark.parametrize("answer", [{"d": "garbage"}, {"d": "[]"}, {"foo": "bar"}])
@pytest.mark.parametrize(("options", "error"), [({"order": ORDER}, OrderStatusUnknown), ({}, OkxTimeoutError)])
def test_an_answer_that_cannot_be_read(
    broker: Broker, requester: OrderRequester, answer: Any, options: Any, error: type[OkxError]
) -> None:
    """It does not tell what was done: an order is in doubt."""
    serve(broker)
    told = asking(requester, "cancel", timeout=10, **options)
    broker.client.xadd(KEYS.answer(taken(broker)), answer)
    with pytest.raises(error, match="took the request, and its answer cannot be read"):
        told.result(10)


def test_a_lease_of_another_program(broker: Broker, requester: OrderRequester) -> None:
    """Nobody is there where nothing says who it is."""
    broker.client.set(KEYS.lease, "somebody's")
    with pytest.raises(ConfigError, match="no publisher carries them out"):
        requester.check("place", None)
    broker.client.hset(KEYS.facts, mapping={"name": "first", "heartbeat": "long ago"})
    with pytest.raises(ConnectionLost, match="first, was last seen nobody knows when; nothing was sent"):
        requester.check("place", None)
    broker.client.hset(KEYS.facts, "allow", b"\xff")
    with pytest.raises(NotAllowedError, match="the publisher first does not carry out place"):
        requester.check("place", None)
