"""``OrderEntry``: orders over a stream are sent once, paced, and told for what is known of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from okx_sync.errors import (
    ConfigError,
    ConnectionLost,
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
    ReadOnlyError,
    StreamClosed,
)
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Reply
from okx_sync.timing import Clock, Deadline
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.live.order_entry_parts import (
    BATCH,
    CODED,
    NO_STREAM,
    ORDER,
    PLAIN,
    SETTINGS,
    TWINS,
    OrderEntryParts,
    order_entry_parts,
)
from tests.live.scripted import ACCOUNT
from tests.loopback.conftest import until
from tests.rest.recording_checker import RecordingChecker
from tests.threads import no_more_threads
from tests.transport.link_parts import control


@pytest.fixture
def parts() -> Iterator[OrderEntryParts]:
    """An order entry that is not connected yet."""
    with order_entry_parts() as one:
        yield one


# -- as it should be -----------------------------------------------------------------------------------------------


def test_the_first_order_connects_and_logs_in(parts: OrderEntryParts) -> None:
    """The result is the one of the REST call that does the same; later ones go out on the same socket."""
    assert parts.links.find(ACCOUNT) is None
    assert [parts.order(mine="m1").px, parts.order(mine="m2").px] == [1, 1]
    assert [request["args"] for request in parts.requests] == [
        {"market": "BTC", "sz": "1", "mine": "m1"},
        {"market": "BTC", "sz": "1", "mine": "m2"},
    ]
    assert sum(one.startswith("login") for one in parts.exchange.heard) == 1
    assert parts.codes.asked == []


def test_an_order_without_an_id_of_ours_gets_one(parts: OrderEntryParts) -> None:
    """By it the order is found when its answer is lost."""
    parts.order()
    assert parts.requests[0]["args"]["mine"].startswith("made")


def test_each_caller_gets_the_reply_to_its_own_request(parts: OrderEntryParts) -> None:
    """In whatever order they come."""
    kept: list[dict[str, Any]] = []
    parts.answer_with(lambda request: kept.append(request) or [])  # type: ignore[func-returns-value]
    parts.entry.prepare(ORDER.word, (), None)
    futures = [parts.order(mine=f"m{number}", wait=False) for number in range(3)]
    until(lambda: len(kept) == 3)
    for request in reversed(kept):
        row = {"mine": request["args"]["mine"], "px": request["args"]["mine"][1:]}
        parts.exchange.say(ACCOUNT, control("reply", id=request["id"], rows=[row]))
    assert [future.result(PATIENCE_S).px for future in futures] == [0, 1, 2]


def test_preparing_does_what_the_first_order_would_wait_for(parts: OrderEntryParts) -> None:
    """The connection, the login, and the numbers of instruments; it raises what they raise."""
    parts.entry.prepare(CODED.word, ("BTC",), 5)
    link = parts.links.find(ACCOUNT)
    assert link is not None
    assert link.is_connected
    assert parts.codes.asked == ["BTC"]
    assert parts.requests == []
    with pytest.raises(ConfigError, match="ETH has no code"):
        parts.entry.prepare(CODED.word, ("ETH",), 5)


def test_an_instrument_is_named_by_its_number_where_the_exchange_wants_it(parts: OrderEntryParts) -> None:
    """Without one nothing is sent."""
    parts.order(CODED)
    assert parts.requests[0]["args"]["code"] == 7
    with pytest.raises(ConfigError, match="ETH has no code"):
        parts.order(CODED, "ETH")
    assert len(parts.requests) == 1


# -- what is checked before it is sent -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"timeout": -1}, "timeout cannot be -1"),
        ({"timeout": True}, "timeout cannot be True"),
        ({"timeout": "1"}, "timeout cannot be '1'"),
        ({"rest_fallback": "yes"}, "rest_fallback cannot be 'yes'"),
        ({"mien": "m1"}, "mien"),
    ],
)
def test_options_that_cannot_be_right_are_refused(parts: OrderEntryParts, options: dict[str, Any], told: str) -> None:
    """Before anything connects; checking alone says the same."""
    for call in (parts.entry.run, parts.entry.check):
        with pytest.raises(ConfigError, match=told):
            call(ORDER.word, ("BTC", 1), dict(options))
    assert parts.exchange.heard == []


def test_checking_sends_nothing(parts: OrderEntryParts) -> None:
    """Nor does it connect."""
    parts.entry.check(ORDER.word, ("BTC", 1), {"timeout": 3, "rest_fallback": True})
    with pytest.raises(ConfigError):
        parts.entry.check(ORDER.word, ("BTC",), {})
    assert parts.exchange.heard == []


def test_a_batch_of_a_wrong_size_is_refused(parts: OrderEntryParts) -> None:
    """As over REST."""
    with pytest.raises(ConfigError, match="orders must hold 1 to 2"):
        parts.entry.run(BATCH.word, ([{"market": "BTC"}] * 3,), {})
    assert parts.exchange.heard == []


def test_without_credentials_nothing_is_sent() -> None:
    """The error says what is missing."""
    with order_entry_parts(keys=False) as parts:
        with pytest.raises(OkxAuthError, match="order needs a login") as caught:
            parts.order()
        assert (caught.value.environment, parts.exchange.heard) == ("toy live", [])


@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun)])
def test_the_safety_switches_hold(switch: str, error: type[OkxError]) -> None:
    """A dry run has what would have been sent, after every other check."""
    switched: dict[str, Any] = {switch: True}
    with order_entry_parts(**switched) as parts:
        with pytest.raises(error):
            parts.entry.check(ORDER.word, ("BTC", 1), {})
        with pytest.raises(error) as caught:
            parts.order(mine="m1")
        if isinstance(caught.value, DryRun):
            assert '"mine":"m1"' in caught.value.body
            with pytest.raises(ConfigError):
                parts.entry.run(ORDER.word, ("BTC",), {})
        assert parts.exchange.heard == []


def test_an_inline_callback_does_not_wait_for_a_reply(parts: OrderEntryParts) -> None:
    """It runs on the thread that would read it; it may send and be told later."""
    parts.entry.prepare(ORDER.word, (), None)
    with parts.links.get(ACCOUNT).between_batches():
        with pytest.raises(ConfigError, match="an inline callback cannot wait for a reply"):
            parts.order()
        later = parts.order(wait=False)
    assert later.result(PATIENCE_S).px == 1
    assert len(parts.requests) == 1


# -- the way there -------------------------------------------------------------------------------------------------


def test_a_login_that_is_refused_is_told_and_tried_again(parts: OrderEntryParts) -> None:
    """Nothing was sent; whoever comes next may have more luck."""
    parts.exchange.denies_login = True
    with pytest.raises(OkxError, match="no such key") as caught:
        parts.order()
    assert "in order on the path account" in caught.value.__notes__
    with pytest.raises(OkxError, match="no such key"):
        parts.order()
    parts.exchange.denies_login = False
    link = parts.links.get(ACCOUNT)
    link.reconnect()
    until(lambda: link.is_connected)
    assert parts.order().px == 1
    assert len(parts.requests) == 1


def test_a_link_that_is_down_sends_nothing(parts: OrderEntryParts) -> None:
    """Once it was up nobody waits for it: the error says that nothing was sent, and when to try again."""
    parts.order()
    parts.exchange.deaf.add("login")
    parts.exchange.drop(ACCOUNT)
    until(lambda: not parts.links.get(ACCOUNT).is_connected)
    with pytest.raises(ConnectionLost, match=r"the account link is not connected .*; nothing was sent") as caught:
        parts.order()
    assert (caught.value.retryable, caught.value.environment) == (True, "toy live")
    assert "'connected'" in str(caught.value.hint)
    assert len(parts.requests) == 1


def test_a_link_that_does_not_come_up_in_time_is_told(parts: OrderEntryParts) -> None:
    """Nothing was sent."""
    parts.exchange.deaf.add("login")
    with pytest.raises(OkxTimeoutError, match="did not come up within"):
        parts.order(timeout=0.05)
    assert parts.requests == []


def test_where_there_is_no_room_in_time_nothing_is_sent(parts: OrderEntryParts) -> None:
    """The error says how long it would take."""
    parts.limiter.pause(call_rules.charges(parts.dialect, ORDER.twin, {"market": "BTC", "sz": "1"}), 30)
    with pytest.raises(OkxTimeoutError, match=r"order was not sent: its rate limit leaves no room for \d") as caught:
        parts.order()
    assert caught.value.retryable
    with pytest.raises(OkxTimeoutError, match="order was not sent"):
        parts.order(market="ETH", timeout=0)
    assert parts.requests == []


def test_orders_of_each_instrument_count_by_themselves(parts: OrderEntryParts) -> None:
    """Also those that come again, of which it is known what they take."""
    for market in ("BTC", "ETH", "BTC"):
        parts.order(market=market)
    for market, count in (("BTC", 2), ("ETH", 1)):
        (charge,) = call_rules.charges(parts.dialect, ORDER.twin, {"market": market, "sz": "1"})
        assert len(parts.limiter._buckets[charge.key].grants) == count


def test_an_exchange_that_says_too_many_is_left_alone_for_a_while(parts: OrderEntryParts) -> None:
    """Whoever comes next waits; other instruments need not."""
    parts.answer("slow")
    with pytest.raises(OkxRateLimitError):
        parts.order()
    parts.answer()
    with pytest.raises(OkxTimeoutError, match="its rate limit leaves no room"):
        parts.order(timeout=0.5)
    assert parts.order(market="ETH").px == 1


# -- what an answer means ------------------------------------------------------------------------------------------


def test_a_refusal_is_the_one_of_rest(parts: OrderEntryParts) -> None:
    """Of the whole request, of its one row, or as an error event."""
    parts.answer("wrong")
    with pytest.raises(OkxApiError) as caught:
        parts.order()
    assert (caught.value.code, caught.value.__notes__) == ("wrong", ["in order on the path account"])
    parts.answer(bad="poor")
    with pytest.raises(OkxApiError) as caught:
        parts.order()
    assert caught.value.code == "poor"
    parts.answer_with(lambda request: [control("failure", code="odd", message="no", id=request["id"])])
    with pytest.raises(OkxApiError) as caught:
        parts.order()
    assert (caught.value.code, caught.value.environment) == ("odd", "toy live")


def test_an_answer_that_does_not_tell_leaves_the_order_unknown(parts: OrderEntryParts) -> None:
    """It names the order and when it was sent."""
    parts.answer_with(lambda request: [control("reply", id=request["id"], rows=[])])
    with pytest.raises(OrderStatusUnknown) as caught:
        parts.order(mine="m1")
    assert (caught.value.clOrdId, caught.value.orders) == ("m1", ({"market": "BTC", "mine": "m1"},))
    assert caught.value.sent_at is not None


def test_a_write_that_is_no_order_may_have_been_carried_out(parts: OrderEntryParts) -> None:
    """An answer without its row does not say so: it is not to be repeated blindly either."""
    parts.answer_with(lambda request: [control("reply", id=request["id"], rows=[])])
    with pytest.raises(DecodeError, match="answered without a row") as caught:
        parts.entry.run(SETTINGS.word, (5,), {})
    assert (caught.value.hint, caught.value.retryable) == (
        "it may have been carried out: look before you repeat it",
        False,
    )


def test_a_socket_that_dies_leaves_the_order_unknown(parts: OrderEntryParts) -> None:
    """It may have got there; it is not sent again."""

    def die(request: dict[str, Any]) -> list[bytes]:
        threading.Thread(target=parts.exchange.drop, args=(ACCOUNT,)).start()
        return []

    parts.answer_with(die)
    with pytest.raises(OrderStatusUnknown, match="no answer to order") as caught:
        parts.order(mine="m1")
    assert (caught.value.clOrdId, caught.value.environment) == ("m1", "toy live")
    assert isinstance(caught.value.__cause__, ConnectionLost)
    until(lambda: parts.links.get(ACCOUNT).is_connected)
    assert len(parts.requests) == 1


def test_a_reply_that_does_not_come_in_time_leaves_the_order_unknown(parts: OrderEntryParts) -> None:
    """One that comes later is told to ``on_error``, since nobody waits for it any more."""
    parts.answer_with(lambda _request: [])
    parts.entry.prepare(ORDER.word, (), None)
    with pytest.raises(OrderStatusUnknown, match="no answer to order"):
        parts.order(mine="m1", timeout=0.2)
    parts.exchange.say(ACCOUNT, control("reply", id=parts.requests[0]["id"], rows=[{"mine": "m1"}]))
    until(lambda: parts.errors)
    assert "a reply that nobody waits for came in" in str(parts.errors[0])


def test_a_future_says_the_same_later(parts: OrderEntryParts) -> None:
    """A result, a refusal, or nothing known; what is sent cannot be called back."""
    good = parts.order(wait=False)
    assert isinstance(good, Future)
    assert not good.cancel()
    assert good.result(PATIENCE_S).px == 1
    parts.answer("wrong")
    with pytest.raises(OkxApiError):
        parts.order(wait=False).result(PATIENCE_S)
    parts.answer_with(lambda _request: [])
    late = parts.order(wait=False, timeout=0.2)
    with pytest.raises(OrderStatusUnknown):
        late.result(PATIENCE_S)


def test_what_a_function_on_a_future_raises_ends_nothing(
    parts: OrderEntryParts, caplog: pytest.LogCaptureFixture
) -> None:
    """It runs on the thread that reads the socket, which goes on."""
    parts.entry.prepare(ORDER.word, (), None)

    def leave(_future: object) -> None:
        raise SystemExit

    with parts.links.get(ACCOUNT).between_batches():
        parts.order(wait=False).add_done_callback(leave)  # before the reply can be read
    until(lambda: "a callback of an order's future raised" in caplog.messages)
    assert parts.order().px == 1


# -- by REST after all ---------------------------------------------------------------------------------------------


def test_a_number_that_is_not_taken_is_asked_for_again(parts: OrderEntryParts) -> None:
    """Nothing was accepted; the refusal is raised where nobody wants REST to be tried."""
    parts.answer("no-code")
    with pytest.raises(OkxApiError) as caught:
        parts.order(CODED)
    assert (caught.value.code, parts.codes.doubted, parts.rest.sent) == ("no-code", ["BTC"], [])


def test_with_the_callers_consent_it_is_sent_by_rest(parts: OrderEntryParts) -> None:
    """The same order with the same id, once; the result is that of REST."""
    parts.answer("no-code")
    assert parts.order(CODED, mine="m1", rest_fallback=True).px == 2
    assert parts.rest.sent == [("order", {"market": "BTC", "sz": "1", "mine": "m1"}, {})]
    later = parts.order(CODED, mine="m2", rest_fallback=True, wait=False)
    assert later.result(PATIENCE_S).px == 2
    assert [params["mine"] for _, params, _ in parts.rest.sent] == ["m1", "m2"]


def test_consent_may_be_given_once_for_all() -> None:
    """And taken back for a call."""
    with order_entry_parts(rest_fallback=True) as parts:
        parts.answer("no-code")
        assert parts.order(CODED).px == 2
        with pytest.raises(OkxApiError):
            parts.order(CODED, rest_fallback=False)


def test_where_nothing_goes_by_rest_there_is_no_such_option() -> None:
    """It is an unknown word then."""
    with order_entry_parts(by_rest=False) as parts, pytest.raises(ConfigError, match="rest_fallback"):
        parts.order(rest_fallback=True)


def test_what_rest_raises_is_raised(parts: OrderEntryParts) -> None:
    """Now or by the future."""
    parts.answer("no-code")
    parts.rest.brings = OkxHttpError("no route")
    with pytest.raises(OkxHttpError):
        parts.order(CODED, rest_fallback=True)
    with pytest.raises(OkxHttpError):
        parts.order(CODED, rest_fallback=True, wait=False).result(PATIENCE_S)


def test_closing_waits_a_little_for_a_call_over_rest(parts: OrderEntryParts) -> None:
    """So that its future is done."""
    parts.answer("no-code")
    gate = HeldCallback()
    parts.rest.before = gate
    later = parts.order(CODED, rest_fallback=True, wait=False)
    assert gate.entered.wait(PATIENCE_S)
    threading.Timer(0.02, gate.go_on.set).start()
    parts.entry.close()
    assert later.done()


def test_without_a_thread_for_rest_the_future_says_so(parts: OrderEntryParts, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the refusal that led there; nothing is under way."""
    parts.answer("no-code")
    parts.entry.prepare(ORDER.word, (), None)
    with no_more_threads(monkeypatch, "okx-order-by-rest"):
        later = parts.order(CODED, rest_fallback=True, wait=False)
        with pytest.raises(OkxError, match="cannot be started") as caught:
            later.result(PATIENCE_S)
    assert caught.value.__notes__ == ["the exchange refused the instrument's number; it was not sent by REST"]
    assert parts.rest.sent == []


# -- by REST, by rule ----------------------------------------------------------------------------------------------

NOT_HERE = frozenset({"not-here"})


def test_what_no_stream_has_goes_by_rest(parts: OrderEntryParts) -> None:
    """Nothing is connected for it; the time that it may wait for its turn is that of the call."""
    assert parts.order(NO_STREAM, mine="m1").px == 2
    assert parts.order(NO_STREAM, mine="m2", wait=False).result(PATIENCE_S).px == 2
    assert [params["mine"] for _, params, _ in parts.rest.sent] == ["m1", "m2"]
    assert parts.links.find(ACCOUNT) is None


def test_a_parameter_that_no_stream_has_goes_by_rest(parts: OrderEntryParts) -> None:
    """Rather than be lost on the stream."""
    assert parts.order(PLAIN, mine="m1").px == 2
    assert [params["mine"] for _, params, _ in parts.rest.sent] == ["m1"]
    assert (parts.requests, parts.links.get(ACCOUNT).is_started) == ([], False)


def test_a_dry_run_of_what_no_stream_has_tells_the_call_of_rest() -> None:
    """With its body, and nothing is sent."""
    with order_entry_parts(dry_run=True) as parts:
        with pytest.raises(DryRun, match=f"POST {TWINS['order'].path}") as caught:
            parts.order(NO_STREAM)
        assert (parts.rest.sent, parts.requests) == ([], [])
    assert "BTC" in caught.value.body


def test_without_rest_it_is_refused() -> None:
    """Before anything is sent."""
    with order_entry_parts(by_rest=False) as parts, pytest.raises(ConfigError, match="nobody says where REST is"):
        parts.order(NO_STREAM)


def test_a_key_that_the_stream_does_not_take_is_sent_by_rest() -> None:
    """The same order once; the next of the kind at once, other kinds still on the stream."""
    with order_entry_parts(refusals=NOT_HERE, rest_fallback=None) as parts:
        parts.answer("not-here")
        assert parts.order(mine="m1").px == 2
        assert parts.order(mine="m2", wait=False).result(PATIENCE_S).px == 2
        assert len(parts.requests) == 1
        parts.answer()
        assert parts.order(CODED, mine="m3").px == 1
        assert [params["mine"] for _, params, _ in parts.rest.sent] == ["m1", "m2"]
        with pytest.raises(ConfigError, match="rest_fallback"):
            parts.order(rest_fallback=True)


def test_other_refusals_are_raised() -> None:
    """They are about the order: to send it again would be to send it twice."""
    with order_entry_parts(refusals=NOT_HERE) as parts:
        parts.answer("5")
        with pytest.raises(OkxApiError):
            parts.order()
        assert parts.rest.sent == []


def test_while_the_link_is_down_it_goes_by_rest() -> None:
    """Nothing could be sent there, for certain; once it is up again the stream is first."""
    with order_entry_parts(refusals=NOT_HERE) as parts:
        assert parts.order().px == 1
        parts.exchange.deaf.add("login")
        parts.exchange.drop(ACCOUNT)
        until(lambda: not parts.links.get(ACCOUNT).is_connected)
        assert parts.order(mine="m2").px == 2
        assert [params["mine"] for _, params, _ in parts.rest.sent] == ["m2"]


def test_a_link_that_does_not_come_up_leaves_time_for_rest() -> None:
    """Half of the call's time is REST's; a client that is closed sends nothing by either way."""
    with order_entry_parts(refusals=NOT_HERE) as parts:
        parts.exchange.deaf.add("login")
        assert parts.order(mine="m1", timeout=0.2).px == 2
        assert [params["mine"] for _, params, _ in parts.rest.sent] == ["m1"]


def test_a_login_that_the_stream_refuses() -> None:
    """By REST where the code says that this key may not send there; else the key is wrong for REST as well."""
    with order_entry_parts(refusals=frozenset({"fatal"})) as parts:
        parts.exchange.denies_login = True
        assert [parts.order(mine="m1").px, parts.order(mine="m2").px] == [2, 2]
    with order_entry_parts(refusals=NOT_HERE) as parts:
        parts.exchange.denies_login = True
        with pytest.raises(OkxError, match="no such key"):
            parts.order()
        assert parts.rest.sent == []


def test_a_client_that_is_closed_sends_by_neither_way() -> None:
    """It is no link that is down."""
    with order_entry_parts(refusals=NOT_HERE) as parts:
        parts.order()
        parts.links.refuse()
        parts.links.close(Deadline(PATIENCE_S, Clock()))
        with pytest.raises(StreamClosed):
            parts.order()
        assert parts.rest.sent == []


def test_a_dry_run_by_rest_tells_what_would_have_been_sent() -> None:
    """Method, path and body."""
    with order_entry_parts(dry_run=True) as parts:
        with pytest.raises(DryRun) as told:
            parts.order(NO_STREAM, mine="m1")
        assert (told.value.method, told.value.path) == ("POST", "/order")
        assert '"mine":"m1"' in told.value.body
        assert parts.rest.sent == []


def test_an_answer_of_rest_that_cannot_be_read_is_unknown(parts: OrderEntryParts) -> None:
    """It was accepted, but nobody can say what."""
    parts.rest.brings = Reply(True, "", "", [])
    with pytest.raises(OrderStatusUnknown) as caught:
        parts.order(NO_STREAM, mine="m1")
    assert (caught.value.clOrdId, caught.value.sent_at is None) == ("m1", False)


# -- limits of the user's own ----------------------------------------------------------------------------------------


def test_an_order_is_checked_before_it_goes_out() -> None:
    """And the check hears what became of it: accepted, refused, without an answer; a refusal of its own ends it."""
    checker = RecordingChecker()
    with order_entry_parts(checker=checker) as parts:
        parts.order()
        parts.order(wait=False).result(PATIENCE_S)
        parts.answer("5")
        with pytest.raises(OkxApiError):
            parts.order()
        until(lambda: len(checker.heard) == 6)
        assert checker.heard == ["order BTC", "answered 1"] * 2 + ["order BTC", "failed OkxApiError"]
        checker.heard.clear()
        parts.answer_with(lambda _: [])
        with pytest.raises(OrderStatusUnknown):
            parts.order(timeout=0.05)
        assert checker.heard == ["order BTC", "failed OrderStatusUnknown"]
        sent, checker.refuses = len(parts.requests), True
        with pytest.raises(OrderLimitError):
            parts.order()
        assert len(parts.requests) == sent


def test_what_goes_by_rest_is_checked_there() -> None:
    """At once, or after all: then the stream's room is given back first."""
    checker = RecordingChecker()
    with order_entry_parts(refusals=NOT_HERE, checker=checker) as parts:
        parts.order(NO_STREAM)
        assert checker.heard == []
        parts.answer("not-here")
        parts.order()
        assert checker.heard == ["order BTC", "withdrawn"]


def test_a_dry_run_takes_no_room() -> None:
    """It is checked, and gives back what it took."""
    checker = RecordingChecker()
    with order_entry_parts(dry_run=True, checker=checker) as parts:
        with pytest.raises(DryRun):
            parts.order()
        assert checker.heard == ["order BTC", "withdrawn"]
        checker.refuses = True
        with pytest.raises(OrderLimitError):
            parts.order()
