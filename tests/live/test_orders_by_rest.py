"""``OrdersByRest``: an order by REST, waited for or not, with the certainty of one on a stream."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import pytest

from okx_sync.errors import OkxError, OkxHttpError, OrderStatusUnknown
from okx_sync.live.orders_by_rest import OrdersByRest, settle
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.loopback.conftest import until
from tests.rest.toy_dialect import ToyDialect
from tests.rest.toy_group import Toy
from tests.threads import no_more_threads

ORDER = next(one for one in Toy.endpoints if one.name == "order")


class Rest:
    """Carries out what is sent; ``brings``: the reply, or what is raised."""

    def __init__(self, brings: Reply | Exception) -> None:
        self.brings = brings
        self.sent: list[tuple[str, dict[str, Any], Mapping[str, str], float | None]] = []

    def __call__(
        self, endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str], /, *, within: float | None = None
    ) -> Reply:
        self.sent.append((endpoint.name, params, headers, within))
        if isinstance(self.brings, Exception):
            raise self.brings
        return self.brings


def carrier(brings: Reply | Exception) -> tuple[OrdersByRest, Rest]:
    """Orders by REST, and what carries them out."""
    rest = Rest(brings)
    return OrdersByRest(rest, ToyDialect(), Clock()), rest


def future() -> Future[Any]:
    """One that cannot be called back."""
    made: Future[Any] = Future()
    made.set_running_or_notify_cancel()
    return made


def test_the_result_is_that_of_the_endpoint() -> None:
    """It is sent once, as it is, with the time that it may wait for its turn."""
    orders, rest = carrier(Reply(True, "", "", [{"px": "2"}]))
    assert orders.run(ORDER, {"mine": "m1"}, {"a": "b"}, 3.0).px == 2
    assert rest.sent == [("order", {"mine": "m1"}, {"a": "b"}, 3.0)]


def test_an_answer_that_cannot_be_read_is_unknown() -> None:
    """It was accepted, but nobody can say what; the id and the time of sending are told."""
    orders, _ = carrier(Reply(True, "", "", []))
    with pytest.raises(OrderStatusUnknown) as caught:
        orders.run(ORDER, {"mine": "m1"}, {})
    assert (caught.value.clOrdId, caught.value.sent_at is None) == ("m1", False)


def test_what_nobody_waits_for_comes_by_the_future() -> None:
    """Result or error, on a thread of its own; closing waits a little for it."""
    orders, _ = carrier(OkxHttpError("no route"))
    gate, later = HeldCallback(), future()

    def call() -> object:
        gate(None)
        return orders.run(ORDER, {}, {})

    orders.run_later(call, later, "nothing was sent")
    assert gate.entered.wait(PATIENCE_S)
    threading.Timer(0.02, gate.go_on.set).start()
    orders.close()
    assert isinstance(later.exception(0), OkxHttpError)


def test_without_a_thread_the_future_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was not done for it."""
    orders, rest = carrier(Reply(True, "", "", []))
    later = future()
    with no_more_threads(monkeypatch, "okx-order-by-rest"):
        orders.run_later(lambda: orders.run(ORDER, {}, {}), later, "nothing was sent")
        with pytest.raises(OkxError, match="cannot be started") as caught:
            later.result(PATIENCE_S)
    assert (caught.value.__notes__, rest.sent) == (["nothing was sent"], [])


def test_what_passes_goes_on_to_the_caller() -> None:
    """The future stays open for it; all else is the future's, whatever its own callbacks do."""
    later = future()
    with pytest.raises(KeyError):
        settle(later, lambda: dict[str, str]()["a"], passing=KeyError)
    assert not later.done()

    def leave(_: object) -> None:
        raise SystemExit

    later.add_done_callback(leave)
    settle(later, lambda: 7, passing=KeyError)
    until(lambda: later.result(0) == 7)


def test_a_failure_is_noted_before_anybody_hears_of_it() -> None:
    """Whoever waits for the future finds in the journal what it raises."""
    later: Future[Any] = Future()
    noted: list[tuple[str, bool]] = []

    def fail() -> None:
        raise OkxError("refused")

    settle(later, fail, failed=lambda error: noted.append((str(error), later.done())))
    assert noted == [("refused", False)]
    assert isinstance(later.exception(0), OkxError)
