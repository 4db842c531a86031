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
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.rest import call_rules
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.live.order_stage import BATCH, CODED, ORDER, SETTINGS, OrderStage, order_stage
from tests.live.scripted import ACCOUNT
from tests.loopback.conftest import until
from tests.threads import no_more_threads
from tests.transport.link_parts import control


@pytest.fixture
def stage() -> Iterator[OrderStage]:
    """An order entry that is not connected yet."""
    with order_stage() as one:
        yield one


# -- as it should be -----------------------------------------------------------------------------------------------


def test_the_first_order_connects_and_logs_in(stage: OrderStage) -> None:
    """The result is the one of the REST call that does the same; later ones go out on the same socket."""
    assert stage.links.find(ACCOUNT) is None
    assert [stage.order(mine="m1").px, stage.order(mine="m2").px] == [1, 1]
    assert [request["args"] for request in stage.requests] == [
        {"market": "BTC", "sz": "1", "mine": "m1"},
        {"market": "BTC", "sz": "1", "mine": "m2"},
    ]
    assert sum(one.startswith("login") for one in stage.exchange.heard) == 1
    assert stage.codes.asked == []


def test_an_order_without_an_id_of_ours_gets_one(stage: OrderStage) -> None:
    """By it the order is found when its answer is lost."""
    stage.order()
    assert stage.requests[0]["args"]["mine"].startswith("made")


def test_each_caller_gets_the_reply_to_its_own_request(stage: OrderStage) -> None:
    """In whatever order they come."""
    kept: list[dict[str, Any]] = []
    stage.answer_with(lambda request: kept.append(request) or [])  # type: ignore[func-returns-value]
    stage.entry.prepare(ORDER.word, (), None)
    futures = [stage.order(mine=f"m{number}", wait=False) for number in range(3)]
    until(lambda: len(kept) == 3)
    for request in reversed(kept):
        row = {"mine": request["args"]["mine"], "px": request["args"]["mine"][1:]}
        stage.exchange.say(ACCOUNT, control("reply", id=request["id"], rows=[row]))
    assert [future.result(PATIENCE_S).px for future in futures] == [0, 1, 2]


def test_preparing_does_what_the_first_order_would_wait_for(stage: OrderStage) -> None:
    """The connection, the login, and the numbers of instruments; it raises what they raise."""
    stage.entry.prepare(CODED.word, ("BTC",), 5)
    link = stage.links.find(ACCOUNT)
    assert link is not None
    assert link.is_connected
    assert stage.codes.asked == ["BTC"]
    assert stage.requests == []
    with pytest.raises(ConfigError, match="ETH has no code"):
        stage.entry.prepare(CODED.word, ("ETH",), 5)


def test_an_instrument_is_named_by_its_number_where_the_exchange_wants_it(stage: OrderStage) -> None:
    """Without one nothing is sent."""
    stage.order(CODED)
    assert stage.requests[0]["args"]["code"] == 7
    with pytest.raises(ConfigError, match="ETH has no code"):
        stage.order(CODED, "ETH")
    assert len(stage.requests) == 1


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
def test_options_that_cannot_be_right_are_refused(stage: OrderStage, options: dict[str, Any], told: str) -> None:
    """Before anything connects; checking alone says the same."""
    for call in (stage.entry.run, stage.entry.check):
        with pytest.raises(ConfigError, match=told):
            call(ORDER.word, ("BTC", 1), dict(options))
    assert stage.exchange.heard == []


def test_checking_sends_nothing(stage: OrderStage) -> None:
    """Nor does it connect."""
    stage.entry.check(ORDER.word, ("BTC", 1), {"timeout": 3, "rest_fallback": True})
    with pytest.raises(ConfigError):
        stage.entry.check(ORDER.word, ("BTC",), {})
    assert stage.exchange.heard == []


def test_a_batch_of_a_wrong_size_is_refused(stage: OrderStage) -> None:
    """As over REST."""
    with pytest.raises(ConfigError, match="orders must hold 1 to 2"):
        stage.entry.run(BATCH.word, ([{"market": "BTC"}] * 3,), {})
    assert stage.exchange.heard == []


def test_without_credentials_nothing_is_sent() -> None:
    """The error says what is missing."""
    with order_stage(keys=False) as stage:
        with pytest.raises(OkxAuthError, match="order needs a login") as caught:
            stage.order()
        assert (caught.value.environment, stage.exchange.heard) == ("toy live", [])


@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun)])
def test_the_safety_switches_hold(switch: str, error: type[OkxError]) -> None:
    """A dry run has what would have been sent, after every other check."""
    with order_stage(**{switch: True}) as stage:
        with pytest.raises(error):
            stage.entry.check(ORDER.word, ("BTC", 1), {})
        with pytest.raises(error) as caught:
            stage.order(mine="m1")
        if isinstance(caught.value, DryRun):
            assert '"mine":"m1"' in caught.value.body
            with pytest.raises(ConfigError):
                stage.entry.run(ORDER.word, ("BTC",), {})
        assert stage.exchange.heard == []


def test_an_inline_callback_does_not_wait_for_a_reply(stage: OrderStage) -> None:
    """It runs on the thread that would read it; it may send and be told later."""
    stage.entry.prepare(ORDER.word, (), None)
    link, told = stage.links.get(ACCOUNT), list[Any]()

    def act(_sink: object) -> None:
        try:
            stage.order()
        except ConfigError as error:
            told.append(error)
        told.append(stage.order(wait=False))

    assert link.between_batches(act)
    error, later = told
    assert "an inline callback cannot wait for a reply" in str(error)
    assert later.result(PATIENCE_S).px == 1
    assert len(stage.requests) == 1


# -- the way there -------------------------------------------------------------------------------------------------


def test_a_login_that_is_refused_is_told_and_tried_again(stage: OrderStage) -> None:
    """Nothing was sent; whoever comes next may have more luck."""
    stage.exchange.denies_login = True
    with pytest.raises(OkxError, match="no such key") as caught:
        stage.order()
    assert "in order on the path account" in caught.value.__notes__
    with pytest.raises(OkxError, match="no such key"):
        stage.order()
    stage.exchange.denies_login = False
    link = stage.links.get(ACCOUNT)
    link.reconnect()
    until(lambda: link.is_connected)
    assert stage.order().px == 1
    assert len(stage.requests) == 1


def test_a_link_that_is_down_sends_nothing(stage: OrderStage) -> None:
    """Once it was up nobody waits for it: the error says that nothing was sent, and when to try again."""
    stage.order()
    stage.exchange.deaf.add("login")
    stage.exchange.drop(ACCOUNT)
    until(lambda: not stage.links.get(ACCOUNT).is_connected)
    with pytest.raises(ConnectionLost, match=r"the account link is not connected .*; nothing was sent") as caught:
        stage.order()
    assert (caught.value.retryable, caught.value.environment) == (True, "toy live")
    assert "'connected'" in str(caught.value.hint)
    assert len(stage.requests) == 1


def test_a_link_that_does_not_come_up_in_time_is_told(stage: OrderStage) -> None:
    """Nothing was sent."""
    stage.exchange.deaf.add("login")
    with pytest.raises(OkxTimeoutError, match="did not come up within"):
        stage.order(timeout=0.05)
    assert stage.requests == []


def test_where_there_is_no_room_in_time_nothing_is_sent(stage: OrderStage) -> None:
    """The error says how long it would take."""
    stage.limiter.pause(call_rules.charges(stage.dialect, ORDER.twin, {"market": "BTC", "sz": "1"}), 30)
    with pytest.raises(OkxTimeoutError, match=r"order was not sent: its rate limit leaves no room for \d") as caught:
        stage.order()
    assert caught.value.retryable
    with pytest.raises(OkxTimeoutError, match="order was not sent"):
        stage.order(market="ETH", timeout=0)
    assert stage.requests == []


def test_an_exchange_that_says_too_many_is_left_alone_for_a_while(stage: OrderStage) -> None:
    """Whoever comes next waits; other instruments need not."""
    stage.answer("slow")
    with pytest.raises(OkxRateLimitError):
        stage.order()
    stage.answer()
    with pytest.raises(OkxTimeoutError, match="its rate limit leaves no room"):
        stage.order(timeout=0.5)
    assert stage.order(market="ETH").px == 1


# -- what an answer means ------------------------------------------------------------------------------------------


def test_a_refusal_is_the_one_of_rest(stage: OrderStage) -> None:
    """Of the whole request, of its one row, or as an error event."""
    stage.answer("wrong")
    with pytest.raises(OkxApiError) as caught:
        stage.order()
    assert (caught.value.code, caught.value.__notes__) == ("wrong", ["in order on the path account"])
    stage.answer(bad="poor")
    with pytest.raises(OkxApiError) as caught:
        stage.order()
    assert caught.value.code == "poor"
    stage.answer_with(lambda request: [control("failure", code="odd", message="no", id=request["id"])])
    with pytest.raises(OkxApiError) as caught:
        stage.order()
    assert (caught.value.code, caught.value.environment) == ("odd", "toy live")


def test_an_answer_that_does_not_tell_leaves_the_order_unknown(stage: OrderStage) -> None:
    """It names the order and when it was sent."""
    stage.answer_with(lambda request: [control("reply", id=request["id"], rows=[])])
    with pytest.raises(OrderStatusUnknown) as caught:
        stage.order(mine="m1")
    assert (caught.value.clOrdId, caught.value.orders) == ("m1", ({"market": "BTC", "mine": "m1"},))
    assert caught.value.sent_at is not None


def test_a_write_that_is_no_order_may_have_been_carried_out(stage: OrderStage) -> None:
    """An answer without its row does not say so: it is not to be repeated blindly either."""
    stage.answer_with(lambda request: [control("reply", id=request["id"], rows=[])])
    with pytest.raises(DecodeError, match="answered without a row") as caught:
        stage.entry.run(SETTINGS.word, (5,), {})
    assert (caught.value.hint, caught.value.retryable) == (
        "it may have been carried out: look before you repeat it",
        False,
    )


def test_a_socket_that_dies_leaves_the_order_unknown(stage: OrderStage) -> None:
    """It may have got there; it is not sent again."""

    def die(request: dict[str, Any]) -> list[bytes]:
        threading.Thread(target=stage.exchange.drop, args=(ACCOUNT,)).start()
        return []

    stage.answer_with(die)
    with pytest.raises(OrderStatusUnknown, match="no answer to order") as caught:
        stage.order(mine="m1")
    assert (caught.value.clOrdId, caught.value.environment) == ("m1", "toy live")
    assert isinstance(caught.value.__cause__, ConnectionLost)
    until(lambda: stage.links.get(ACCOUNT).is_connected)
    assert len(stage.requests) == 1


def test_a_reply_that_does_not_come_in_time_leaves_the_order_unknown(stage: OrderStage) -> None:
    """One that comes later is told to ``on_error``, since nobody waits for it any more."""
    stage.answer_with(lambda _request: [])
    with pytest.raises(OrderStatusUnknown, match="no answer to order"):
        stage.order(mine="m1", timeout=0.1)
    stage.exchange.say(ACCOUNT, control("reply", id=stage.requests[0]["id"], rows=[{"mine": "m1"}]))
    until(lambda: stage.errors)
    assert "a reply that nobody waits for came in" in str(stage.errors[0])


def test_a_future_says_the_same_later(stage: OrderStage) -> None:
    """A result, a refusal, or nothing known; what is sent cannot be called back."""
    good = stage.order(wait=False)
    assert isinstance(good, Future)
    assert not good.cancel()
    assert good.result(PATIENCE_S).px == 1
    stage.answer("wrong")
    with pytest.raises(OkxApiError):
        stage.order(wait=False).result(PATIENCE_S)
    stage.answer_with(lambda _request: [])
    late = stage.order(wait=False, timeout=0.05)
    with pytest.raises(OrderStatusUnknown):
        late.result(PATIENCE_S)


def test_what_a_function_on_a_future_raises_ends_nothing(stage: OrderStage, caplog: pytest.LogCaptureFixture) -> None:
    """It runs on the thread that reads the socket, which goes on."""
    stage.entry.prepare(ORDER.word, (), None)

    def leave(_future: object) -> None:
        raise SystemExit

    link = stage.links.get(ACCOUNT)

    def act(_sink: object) -> None:
        stage.order(wait=False).add_done_callback(leave)  # before the reply can be read

    assert link.between_batches(act)
    until(lambda: "a callback of an order's future raised" in caplog.messages)
    assert stage.order().px == 1


# -- by REST after all ---------------------------------------------------------------------------------------------


def test_a_number_that_is_not_taken_is_asked_for_again(stage: OrderStage) -> None:
    """Nothing was accepted; the refusal is raised where nobody wants REST to be tried."""
    stage.answer("no-code")
    with pytest.raises(OkxApiError) as caught:
        stage.order(CODED)
    assert (caught.value.code, stage.codes.doubted, stage.rest.sent) == ("no-code", ["BTC"], [])


def test_with_the_callers_consent_it_is_sent_by_rest(stage: OrderStage) -> None:
    """The same order with the same id, once; the result is that of REST."""
    stage.answer("no-code")
    assert stage.order(CODED, mine="m1", rest_fallback=True).px == 2
    assert stage.rest.sent == [("order", {"market": "BTC", "sz": "1", "mine": "m1"}, {})]
    later = stage.order(CODED, mine="m2", rest_fallback=True, wait=False)
    assert later.result(PATIENCE_S).px == 2
    assert [params["mine"] for _, params, _ in stage.rest.sent] == ["m1", "m2"]


def test_consent_may_be_given_once_for_all() -> None:
    """And taken back for a call."""
    with order_stage(rest_fallback=True) as stage:
        stage.answer("no-code")
        assert stage.order(CODED).px == 2
        with pytest.raises(OkxApiError):
            stage.order(CODED, rest_fallback=False)


def test_where_nothing_goes_by_rest_there_is_no_such_option() -> None:
    """It is an unknown word then."""
    with order_stage(by_rest=False) as stage, pytest.raises(ConfigError, match="rest_fallback"):
        stage.order(rest_fallback=True)


def test_what_rest_raises_is_raised(stage: OrderStage) -> None:
    """Now or by the future."""
    stage.answer("no-code")
    stage.rest.brings = OkxHttpError("no route")
    with pytest.raises(OkxHttpError):
        stage.order(CODED, rest_fallback=True)
    with pytest.raises(OkxHttpError):
        stage.order(CODED, rest_fallback=True, wait=False).result(PATIENCE_S)


def test_closing_waits_a_little_for_a_call_over_rest(stage: OrderStage) -> None:
    """So that its future is done."""
    stage.answer("no-code")
    gate = HeldCallback()
    stage.rest.before = gate
    later = stage.order(CODED, rest_fallback=True, wait=False)
    assert gate.entered.wait(PATIENCE_S)
    threading.Timer(0.02, gate.go_on.set).start()
    stage.entry.close()
    assert later.done()


def test_without_a_thread_for_rest_the_future_says_so(stage: OrderStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the refusal that led there; nothing is under way."""
    stage.answer("no-code")
    stage.entry.prepare(ORDER.word, (), None)
    with no_more_threads(monkeypatch, "okx-order-by-rest"):
        later = stage.order(CODED, rest_fallback=True, wait=False)
        with pytest.raises(OkxError, match="cannot be started") as caught:
            later.result(PATIENCE_S)
    assert caught.value.__notes__ == ["the exchange refused the instrument's number; it was not sent by REST"]
    assert stage.rest.sent == []
