"""What ends a link for good reaches whoever waits, in the main thread, with where it came from."""

from __future__ import annotations

import threading
import traceback

import pytest

from okx_sync import OkxAuthError, OkxWebSocketError, StreamClosed, SubscriptionError
from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock
from tests.loopback.conftest import Connect, Heard, until


class BreakingClock(Clock):
    """A clock that fails on link threads once it is broken: a bug deep inside."""

    def __init__(self) -> None:
        super().__init__()
        self.is_broken = False

    def server_time(self) -> float:
        if self.is_broken and threading.current_thread().name.startswith("okx-ws-"):
            self._fall_apart()
        return super().server_time()

    def _fall_apart(self) -> None:
        raise ZeroDivisionError("the clock fell apart")


def test_a_link_thread_that_dies(paper: PaperExchange, connect: Connect) -> None:
    """``wait()``, ``recv()``, ``get()`` and the next subscribe raise it, with the traceback of where it happened."""
    clock = BreakingClock()
    watched, heard = connect(clock=clock), Heard()
    watched.ws.subscribe_tickers("ETH-USDT", callback=heard)
    sub = watched.ws.subscribe("orders", instType="ANY")
    clock.is_broken = True
    paper.faults.drop(path="private")
    with pytest.raises(OkxWebSocketError, match="the private link died") as waited:
        watched.ws.wait(5)
    text = "".join(traceback.format_exception(waited.value))
    assert "_fall_apart" in text
    assert "the clock fell apart" in text
    with pytest.raises(OkxWebSocketError, match="died"):
        sub.get(5)
    with pytest.raises(OkxWebSocketError, match="died"):
        watched.ws.recv(5)
    with pytest.raises(OkxWebSocketError, match="died"):
        watched.ws.subscribe("account")
    assert watched.states.until("failed").error is waited.value
    clock.is_broken = False
    # Bad luck of one link is not that of another, and it can be started again.
    heard.until_more()
    watched.ws.reconnect()
    watched.ws.subscribe("account").get(5)
    assert watched.ws.wait(0.01) is False


def test_someone_waits_already(paper: PaperExchange, connect: Connect) -> None:
    """Threads that are inside ``wait()``, ``recv()`` and ``get()`` when a link gives up are woken by its error."""
    watched = connect()
    sub = watched.ws.subscribe("orders", instType="ANY")
    raised: dict[str, BaseException] = {}

    def call(name: str) -> None:
        calls = {"wait": watched.ws.wait, "recv": watched.ws.recv, "get": sub.get}
        try:
            calls[name](20)
        except OkxAuthError as error:
            raised[name] = error

    threads = [threading.Thread(target=call, args=(name,)) for name in ("wait", "recv", "get")]
    for thread in threads:
        thread.start()
    paper.faults.refuse_login("60024", times=None)
    paper.faults.drop()
    for thread in threads:
        thread.join(10)
    assert set(raised) == {"wait", "recv", "get"}
    assert {getattr(error, "code", None) for error in raised.values()} == {"60024"}


def test_iteration_ends_with_the_error(paper: PaperExchange, connect: Connect) -> None:
    """``for event in sub`` raises what ended the subscription: only a normal end is a quiet one."""
    watched = connect()
    sub = watched.ws.subscribe("orders", instType="ANY")
    paper.faults.refuse_login("60032", times=None)
    paper.faults.drop()
    with pytest.raises(OkxAuthError):
        next(sub)


def test_a_normal_end_is_no_failure(paper: PaperExchange, connect: Connect) -> None:
    """After ``close()``, ``wait()`` returns True, iteration ends, ``get()`` says that it was closed."""
    watched = connect()
    sub = watched.ws.subscribe("orders", instType="ANY")
    watched.ws.close()
    assert watched.ws.wait(5) is True
    assert list(sub) == []
    with pytest.raises(StreamClosed):
        sub.get(5)


# -- too many connections on a channel ---------------------------------------------------------------------------


def test_connection_counts_are_no_trouble(paper: PaperExchange, connect: Connect) -> None:
    """``channel-conn-count`` after subscribing a counted channel is information: no error, no event."""
    watched = connect()
    watched.ws.subscribe("account").get(5)
    watched.ws.subscribe("orders", instType="ANY")
    watched.states.until("first_data")
    assert watched.states.kinds() == ["connected", "first_data"]
    assert list(watched.errors) == []


@pytest.mark.parametrize("way", ["callback", "get"])
def test_too_many_connections(paper: PaperExchange, connect: Connect, way: str) -> None:
    """``channel-conn-count-error`` after a normal ack ends the subscription with an error that says so, is told to
    whoever is there to hear it, and the topic is not asked for again. Others go on."""
    watched, heard = connect(), Heard()
    kept = watched.ws.subscribe("account")
    paper.faults.conn_count_error("orders")
    errors: list[BaseException] = []
    try:
        sub = watched.ws.subscribe("orders", heard if way == "callback" else None, instType="ANY")
    except SubscriptionError as error:
        errors.append(error)
    else:
        if way == "get":
            with pytest.raises(SubscriptionError) as caught:
                sub.get(5)
            errors.append(caught.value)
        else:
            until(lambda: len(watched.errors) > 0, what="the error")
            errors += watched.errors
        assert sub.is_closed
    (told,) = errors
    assert isinstance(told, SubscriptionError)
    assert "30 connections" in str(told)
    assert told.hint
    assert told.arg == {"channel": "orders", "instType": "ANY"}
    paper.faults.drop()
    watched.states.until("restored")
    assert paper.topics() == {"account": 1}
    assert [one.asked["orders(instType=ANY)"] for one in paper.connections] == [1, 0]
    assert not kept.is_closed
