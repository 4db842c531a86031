"""Carrying out endpoints: what is repeated, what is not, and what the caller learns. No sockets."""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import requests
import responses

from okx_sync import rest
from okx_sync.errors import (
    ConfigError,
    DecodeError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxHttpError,
    OkxRateLimitError,
    OkxTimeoutError,
    OrderLimitError,
    OrderStatusUnknown,
)
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.rest import Executor, Limiter
from tests.leaks import everything_shown
from tests.rest.recording_checker import RecordingChecker
from tests.rest.toy_dialect import URL, ToyDialect, TurnedClock
from tests.rest.toy_group import Toy, ToyClient

OK = {"ok": True, "rows": [{"px": "1"}]}
BROKEN = requests.ConnectionError("Connection aborted.", ConnectionResetError(104, "reset"))


@pytest.fixture
def toy_client() -> Iterator[ToyClient]:
    """A runner on a clock of its own."""
    made = ToyClient()
    yield made
    made.runner.close()


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """The other side; every registered answer must be asked for."""
    with responses.RequestsMock() as mock:
        yield mock


def no(code: str, *, status: int = 200, **extra: Any) -> dict[str, Any]:
    return {"json": {"ok": False, "code": code, "text": f"because {code}", **extra}, "status": status}


def test_reading(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """A plain call brings a typed row and is neither signed nor delayed."""
    server.get(f"{URL}/quote?market=A", json=OK)
    assert toy_client.toy.quote("A").px == Decimal(1)
    assert "Sign" not in server.calls[0].request.headers
    assert toy_client.clock.slept == []


READ_FAULTS: list[dict[str, Any]] = [
    {"body": BROKEN},
    {"body": "<html>down</html>", "status": 502},
    {"body": "", "status": 200},
    {"body": '{"ok": tr', "status": 200},
    {"body": "", "status": 429},
    no("slow"),
    no("read"),
    no("maybe", status=500),
]


@pytest.mark.parametrize("fault", READ_FAULTS, ids=str)
def test_reading_calls_are_repeated(
    toy_client: ToyClient, server: responses.RequestsMock, fault: dict[str, Any]
) -> None:
    """Lost connections, 5xx, 429, cut bodies and the retryable codes do not reach the caller."""
    server.get(f"{URL}/quote", **fault)
    server.get(f"{URL}/quote", json=OK)
    assert toy_client.toy.quote("A").px == 1
    assert len(server.calls) == 2


def test_reading_ends_after_some_tries(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """A server that stays down is asked four times; the error names status and place."""
    server.get(f"{URL}/quote", body="<title>Bad gateway</title>", status=502)
    with pytest.raises(OkxHttpError) as caught:
        toy_client.toy.quote("A")
    assert len(server.calls) == 4
    assert caught.value.status == 502
    assert caught.value.retryable
    assert "Bad gateway (toy live)" in str(caught.value)
    assert caught.value.__notes__ == ["in GET /quote"]


def test_refusals_are_not_repeated(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """A wrong parameter stays wrong."""
    server.get(f"{URL}/quote", **no("wrong", status=400))
    with pytest.raises(OkxApiError, match=r"\[wrong\] because wrong \(toy live\)"):
        toy_client.toy.quote("A")
    assert len(server.calls) == 1


def test_a_timeout_is_not_repeated(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """The caller's patience is over once, not four times."""
    server.get(f"{URL}/quote", body=requests.ReadTimeout("slow"))
    with pytest.raises(OkxTimeoutError, match=r"no answer from toy\.invalid within 30 s"):
        toy_client.toy.quote("A")
    assert len(server.calls) == 1


def test_retry_after_is_obeyed(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """The wait that the server asks for is kept, also by the next call."""
    server.get(f"{URL}/quote", body="", status=429, headers={"Retry-After": "7"})
    server.get(f"{URL}/quote", json=OK)
    began = toy_client.clock.now
    toy_client.toy.quote("A")
    assert toy_client.clock.now - began >= 7


def test_longer_waits_reach_the_caller(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """An hour is not slept through."""
    server.get(f"{URL}/quote", body="", status=429, headers={"Retry-After": "3600"})
    with pytest.raises(OkxRateLimitError) as caught:
        toy_client.toy.quote("A")
    assert caught.value.retry_after == 3600
    assert toy_client.clock.slept == []


def test_pacing(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """The twenty-first call of a window waits on our side."""
    server.get(f"{URL}/quote", json=OK)
    for _ in range(21):
        toy_client.toy.quote("A")
    assert toy_client.clock.slept == [pytest.approx(2.1)]


def test_orders_are_paced_by_instrument_and_batches_of_one_as_singles(
    toy_client: ToyClient, server: responses.RequestsMock
) -> None:
    """Rules that name a parameter have a bucket per value; a batch of one falls under the single rule."""
    server.post(f"{URL}/order", json=OK)
    server.post(f"{URL}/orders", json=OK)
    for market in ("A", "B"):
        for _ in range(20):
            toy_client.toy.order(market, 1)
    assert toy_client.clock.slept == []
    toy_client.toy.orders([{"market": "A"}, {"market": "B"}])
    toy_client.toy.orders([{"market": "A"}])
    toy_client.toy.orders([{"market": "A"}])
    assert toy_client.clock.slept == [pytest.approx(2.1)]


WRITE_LOST: list[dict[str, Any]] = [
    {"body": BROKEN},
    {"body": requests.ReadTimeout("slow")},
    {"body": "<html>oops</html>", "status": 502},
    {"body": "", "status": 200},
    {"body": '{"ok": tr', "status": 200},
    no("maybe", status=500),
    {"json": {"ok": False, "code": "1", "rows": [{"bad": "maybe"}]}},
]


@pytest.mark.parametrize("fault", WRITE_LOST, ids=str)
def test_a_lost_order_is_never_repeated(
    toy_client: ToyClient, server: responses.RequestsMock, fault: dict[str, Any]
) -> None:
    """One request on the wire; the error carries the id that was made up, and says what to do."""
    server.post(f"{URL}/order", **fault)
    with pytest.raises(OrderStatusUnknown) as caught:
        toy_client.toy.order("A", 1)
    assert len(server.calls) == 1
    sent = json.loads(server.calls[0].request.body or "")
    assert caught.value.clOrdId == sent["mine"]
    assert caught.value.orders == ({"market": "A", "mine": sent["mine"]},)
    assert "reconcile" in str(caught.value)
    assert not caught.value.retryable


def test_a_lost_batch_names_all_its_orders(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """Each order of the batch can be looked up."""
    server.post(f"{URL}/orders", body=BROKEN)
    with pytest.raises(OrderStatusUnknown) as caught:
        toy_client.toy.orders([{"market": "A", "mine": "x"}, {"market": "B", "mine": "y"}])
    assert caught.value.clOrdId == "x"
    assert [order["mine"] for order in caught.value.orders] == ["x", "y"]


def test_other_writes_are_not_repeated_either(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """The error says that it may have been carried out."""
    server.post(f"{URL}/settings", body=BROKEN)
    with pytest.raises(OkxHttpError, match="may have been carried out") as caught:
        toy_client.toy.settings(3)
    assert len(server.calls) == 1
    assert not caught.value.retryable


NOT_DONE: list[dict[str, Any]] = [
    no("slow"),
    {"body": "", "status": 429},
    {"body": requests.ConnectTimeout("no route")},
]


@pytest.mark.parametrize("fault", NOT_DONE, ids=str)
def test_orders_that_were_surely_not_taken_are_sent_again(
    toy_client: ToyClient, server: responses.RequestsMock, fault: dict[str, Any]
) -> None:
    """Refused for coming too soon, or never sent: the same order with the same id goes once more."""
    server.post(f"{URL}/order", **fault)
    server.post(f"{URL}/order", json=OK)
    toy_client.toy.order("A", 1)
    first, second = (call.request.body for call in server.calls)
    assert first == second


def test_a_refused_order_raises_with_its_own_code(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """The verdict of the row counts, whatever the envelope says."""
    for ok in (True, False):
        server.post(f"{URL}/order", json={"ok": ok, "code": "1", "rows": [{"bad": "no money"}]})
        with pytest.raises(OkxApiError, match="no money") as caught:
            toy_client.toy.order("A", 1)
        assert caught.value.code == "no money"
        assert caught.value.rows == [{"bad": "no money"}]


def test_a_batch_returns_all_verdicts(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """Partly and wholly refused batches come back as rows; a refusal of the whole request raises."""
    rows = [{"px": "1"}, {"bad": "no money"}]
    server.post(f"{URL}/orders", json={"ok": False, "code": "2", "rows": rows})
    result = toy_client.toy.orders([{"market": "A"}, {"market": "A"}])
    assert not result.ok
    assert [row.bad for row in result.refused] == ["no money"]
    server.post(f"{URL}/orders", **no("wrong"))
    with pytest.raises(OkxApiError):
        toy_client.toy.orders([{"market": "A"}, {"market": "A"}])


@pytest.mark.parametrize("orders", [[], [{}, {}, {}]])
def test_batches_of_a_wrong_size_are_not_sent(toy_client: ToyClient, orders: list[dict[str, Any]]) -> None:
    """Nothing goes out for an empty or too large batch."""
    with pytest.raises(ConfigError, match="orders"):
        toy_client.toy.orders(orders)


# -- clock ---------------------------------------------------------------------------------------------


def test_the_clock_is_set_and_the_call_repeated(
    toy_client: ToyClient, server: responses.RequestsMock, caplog: pytest.LogCaptureFixture
) -> None:
    """After a refusal the server's time is read once and used; one line tells it. Orders too."""
    server.post(f"{URL}/order", **no("clock", status=401))
    server.get(f"{URL}/time", json={"ok": True, "rows": [{"s": toy_client.clock.now + 90}]})
    server.post(f"{URL}/order", json=OK)
    with caplog.at_level(logging.WARNING, "okx_sync"):
        toy_client.toy.order("A", 1)
    assert toy_client.clock.offset_s == pytest.approx(90)
    assert toy_client.dialect.signed_at[-1] == pytest.approx(toy_client.clock.now + 90)
    assert [line for line in caplog.messages if "clock" in line] == [
        "toy live: the local clock is off by -90.0 s; calls are signed with the server's time"
    ]


def test_a_clock_that_cannot_be_set_raises_the_refusal(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """The caller learns of the clock, also when the server's time cannot be read or does not help."""
    server.get(f"{URL}/secret", **no("clock"))
    server.get(f"{URL}/time", **no("wrong"))
    with pytest.raises(OkxAuthError, match="because clock"):
        toy_client.toy.secret()
    server.replace("GET", f"{URL}/time", json={"ok": True, "rows": [{"s": toy_client.clock.now + 5}]})
    with pytest.raises(OkxAuthError, match="because clock"):
        toy_client.toy.secret()
    assert len([call for call in server.calls if call.request.path_url == "/time"]) == 2


def test_reading_the_time(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """A lost connection is repeated, nonsense is an error."""
    server.get(f"{URL}/time", body=BROKEN)
    server.get(f"{URL}/time", json={"ok": True, "rows": [{"s": toy_client.clock.now - 3}]})
    assert toy_client.runner.sync_clock() == pytest.approx(-3, abs=1)
    server.replace("GET", f"{URL}/time", json={"ok": True, "rows": []})
    with pytest.raises(DecodeError, match="has no time"):
        toy_client.runner.sync_clock()


# -- life and generic calls ----------------------------------------------------------------------------


def test_no_keys(server: responses.RequestsMock) -> None:
    """A signed call without credentials is refused before the network, with the cure."""
    toy_client = ToyClient(keys=False)
    with pytest.raises(OkxAuthError, match="needs credentials"):
        toy_client.toy.secret()
    assert len(server.calls) == 0


def test_closed(toy_client: ToyClient) -> None:
    """Closing twice is harmless; a call after it says so."""
    toy_client.runner.close()
    toy_client.runner.close()
    with pytest.raises(OkxError, match="closed"):
        toy_client.toy.quote("A")
    assert "closed" in repr(toy_client.runner)


def test_undeclared_calls(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """Any path can be called, with the same names, errors and repeats; rows come back raw."""
    server.get(f"{URL}/new?instId=A&n=5", body=BROKEN)
    server.get(f"{URL}/new?instId=A&n=5", json=OK)
    assert toy_client.runner.request(None, "get", "/new", {"inst_id": "A", "n": 5}, auth=True).rows == [{"px": "1"}]
    assert server.calls[1].request.headers["Sign"]
    server.post(f"{URL}/many", json=OK)
    toy_client.runner.request(None, "POST", "/many", [{"a": 1}], auth=True)
    assert server.calls[2].request.body == b'[{"a":"1"}]'
    server.post(f"{URL}/one", **no("wrong"))
    with pytest.raises(OkxApiError):
        toy_client.runner.request(None, "POST", "/one", None, auth=True)
    assert server.calls[3].request.body == b"{}"


@pytest.mark.parametrize(("path", "params"), [("/order", [{"market": "A"}]), ("/orders", {"market": "A"})])
def test_params_of_the_wrong_shape(toy_client: ToyClient, path: str, params: Any) -> None:
    """A list where one mapping belongs, or the other way round, is refused and not sent."""
    (endpoint,) = (one for one in Toy.endpoints if one.path == path)
    with pytest.raises(ConfigError, match="params must be"):
        toy_client.runner.request(endpoint, "POST", path, params, auth=None)


def test_refusals_of_reading_calls_can_be_explained(server: responses.RequestsMock) -> None:
    """``on_refused`` sees them before the caller does; those of writing calls it never sees."""
    seen: list[OkxError] = []
    toy_client = ToyClient(on_refused=seen.append)
    server.get(f"{URL}/quote", **no("wrong"))
    server.post(f"{URL}/settings", **no("wrong"))
    with pytest.raises(OkxApiError) as caught:
        toy_client.toy.quote("A")
    with pytest.raises(OkxApiError):
        toy_client.toy.settings(1)
    assert seen == [caught.value]
    toy_client.runner.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/x"),
        *(("GET", path) for path in ("x", "@evil/x", "/x?a=1", "/x#a", "/x y", "/ü", "/x\r\nA: 1", "/x/../y")),
    ],
)
def test_undeclared_calls_are_checked(toy_client: ToyClient, method: str, path: str) -> None:
    """A path cannot change the host or smuggle in a query, and goes out as it is signed: nothing of it is escaped."""
    with pytest.raises(ConfigError):
        toy_client.runner.request(None, method, path, None, auth=None)


def test_a_declared_order_is_one_also_when_called_by_path(
    toy_client: ToyClient, server: responses.RequestsMock
) -> None:
    """The generic door has the same promise for orders."""
    endpoint = next(each for each in Toy.endpoints if each.name == "order")
    server.post(f"{URL}/order", body=BROKEN)
    with pytest.raises(OrderStatusUnknown) as caught:
        toy_client.runner.request(endpoint, "POST", "/order", {"market": "A", "sz": 1}, auth=None)
    assert caught.value.clOrdId.startswith("made")


@pytest.mark.parametrize("fault", [*READ_FAULTS, no("wrong"), {"body": requests.ReadTimeout("x")}], ids=str)
def test_no_error_holds_a_header(toy_client: ToyClient, server: responses.RequestsMock, fault: dict[str, Any]) -> None:
    """Texts, notes, causes and local variables of all frames are free of the signature."""
    server.get(f"{URL}/secret", **fault)
    with pytest.raises(OkxError) as caught:
        toy_client.toy.secret()
    assert "SENTINEL" not in everything_shown(caught.value)
    assert caught.value.__context__ is None


def test_the_former_name_still_works() -> None:
    """``okx_sync.rest.Runner`` is what is called ``Executor`` now, and says so."""
    with pytest.warns(DeprecationWarning, match=r"Runner is called Executor now, and goes in version 0\.3\.0"):
        assert rest.Runner is rest.Executor
    with pytest.raises(AttributeError, match="no attribute 'Walker'"):
        rest.__getattr__("Walker")


def drop(held: list[ToyClient]) -> None:
    """Let nobody hold them any more."""
    held.clear()
    gc.collect()


def test_a_runner_that_is_dropped_with_connections_is_told_and_ended(server: responses.RequestsMock) -> None:
    """Whoever relied on it is ended with it."""
    server.get(f"{URL}/quote", json=OK)
    held, ended = [ToyClient()], list[str]()
    held[0].runner.tell_unclosed("Client", lambda: ended.append("dropped"))
    held[0].toy.quote("A")
    with pytest.warns(ResourceWarning, match="unclosed <Client toy live>"):
        drop(held)
    assert ended == ["dropped"]


def test_a_warning_that_was_called_off_is_not_given(server: responses.RequestsMock) -> None:
    """As a client does that is closed."""
    server.get(f"{URL}/quote", json=OK)
    held, ended = [ToyClient()], list[str]()
    call_off = held[0].runner.tell_unclosed("Client", lambda: ended.append("dropped"))
    held[0].toy.quote("A")
    call_off()
    held[0].runner.close()
    drop(held)
    assert ended == []


def test_a_runner_that_refuses_begins_no_further_call(toy_client: ToyClient) -> None:
    """And says that it is closed."""
    assert "closed" not in repr(toy_client.runner)
    toy_client.runner.refuse()
    assert "closed" in repr(toy_client.runner)
    with pytest.raises(OkxError, match="closed"):
        toy_client.toy.quote("A")


class _ShutDialect(ToyDialect):
    """Of an exchange that shuts out an address for a minute."""

    def stop_s(self, status: int, body: bytes) -> float | None:
        return 60.0 if status == 403 else None


@pytest.fixture
def shut() -> Iterator[Executor]:
    """A runner for that exchange."""
    made = Executor(_ShutDialect(), clock=TurnedClock())
    yield made
    made.close()


def test_a_call_that_waited_for_its_turn_is_not_sent_to_an_exchange_that_has_shut_meanwhile(
    server: responses.RequestsMock,
) -> None:
    """Each call to it may make that longer."""

    class _Turn(TurnedClock):
        def sleep(self, seconds: float) -> None:
            limiter.stop(URL, 60.0)
            super().sleep(seconds)

    limiter = Limiter(_Turn())
    waits = Executor(_ShutDialect(), clock=TurnedClock(), limiter=limiter)
    toy = Toy(waits)
    server.get(f"{URL}/quote", json=OK)
    for _ in range(20):
        toy.quote("A")
    with pytest.raises(OkxRateLimitError, match="not sent"):
        toy.quote("A")
    assert len(server.calls) == 20
    waits.close()


def test_the_clock_is_not_asked_for_at_an_exchange_that_has_shut(
    shut: Executor, server: responses.RequestsMock
) -> None:
    """One answer that says so is enough, and it counts for all calls."""
    server.get(f"{URL}/time", status=403)
    with pytest.raises(OkxRateLimitError):
        shut.sync_clock()
    for call in (shut.sync_clock, lambda: Toy(shut).quote("A")):
        with pytest.raises(OkxRateLimitError, match="not sent"):
            call()
    assert len(server.calls) == 1


def test_a_call_that_cannot_have_its_turn_in_time_is_not_sent(
    toy_client: ToyClient, server: responses.RequestsMock
) -> None:
    """It may be told how long it may wait for that; the error says that it may be tried again."""
    server.post(f"{URL}/order", json={"ok": True, "rows": [{"mine": "m", "px": "1"}]})
    endpoint = next(one for one in Toy.endpoints if one.name == "order")
    params = {"market": "A", "sz": "1", "mine": "m"}
    assert toy_client.runner.send(endpoint, params, {}, within=1.0).ok
    toy_client.runner._limiter.pause(rest.call_rules.charges(toy_client.runner._dialect, endpoint, params), 5.0)
    for seconds, why in ((1.0, "leaves no room"), (0.0, "leaves no room")):
        with pytest.raises(OkxTimeoutError, match=why) as caught:
            toy_client.runner.send(endpoint, params, {}, within=seconds)
        assert caught.value.retryable
    assert len(server.calls) == 1


def test_a_page_comes_with_what_is_told_beside_it(toy_client: ToyClient, server: responses.RequestsMock) -> None:
    """For listings that say how many pages there are."""
    server.get(f"{URL}/quote", json=OK)
    endpoint = next(one for one in Toy.endpoints if one.name == "quote")
    found: Any = toy_client.runner.page(endpoint, {"market": "m"})
    assert (found[0].px, found[1]) == (1, {})


def test_orders_are_checked_before_they_are_sent(server: responses.RequestsMock) -> None:
    """The check hears what became of them; one that is sent again is the same order, and readings are no orders."""
    client, checker = ToyClient(), RecordingChecker()
    client.runner.check_orders(checker)
    server.get(f"{URL}/quote?market=A", json=OK)
    client.toy.quote("A")
    server.post(f"{URL}/order", body=requests.ConnectTimeout("no route"))
    server.post(f"{URL}/order", json=OK)
    client.toy.order("A", 1)
    server.post(f"{URL}/order", **no("5"))
    with pytest.raises(OkxApiError):
        client.toy.order("A", 1)
    server.post(f"{URL}/order", body=BROKEN)
    with pytest.raises(OrderStatusUnknown):
        client.toy.order("A", 1)
    assert checker.heard == [
        "order A", "answered 1", "order A", "failed OkxApiError", "order A", "failed OrderStatusUnknown",
    ]  # fmt: skip
    checker.refuses = True
    calls = len(server.calls)
    with pytest.raises(OrderLimitError):
        client.toy.order("A", 1)
    assert len(server.calls) == calls
    client.runner.close()


def test_a_dry_run_gives_its_room_back() -> None:
    """It ends with what would have been sent, when all checks have passed."""
    client, checker = ToyClient(guard=WriteGuard(read_only=False, dry_run=True)), RecordingChecker()
    client.runner.check_orders(checker)
    with pytest.raises(DryRun):
        client.toy.order("A", 1)
    assert checker.heard == ["order A", "withdrawn"]
    client.runner.close()
