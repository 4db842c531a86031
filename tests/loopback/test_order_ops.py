"""Order operations over real sockets: each caller gets its own reply, and nothing is ever sent twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import orjson
import pytest

from okx_sync import OkxClient, PaperExchange, WsClient
from okx_sync.errors import (
    ConfigError,
    ConnectionLost,
    DecodeError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxRateLimitError,
    OkxTimeoutError,
    OkxWebSocketError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.exchanges.okx.rest import AmendOrder, CancelOrder, NewOrder
from okx_sync.paper import PaperClock
from okx_sync.rest import Limiter
from tests.loopback.clocks import PaperTimed
from tests.loopback.conftest import FAST, PATIENCE_S, Connect, Watched, until

BTC = "BTC-USDT"
SPREAD = "BTC-USDT_BTC-USDT-SWAP"
FAR = 20_000  # a buying price that rests far below the market
SIZE = Decimal("0.001")
GOOD = NewOrder(BTC, "cash", "buy", "limit", SIZE, FAR)
TOO_BIG = attrs.evolve(GOOD, sz=1000)
SLOW_LINK = 30.0  # longer than any test waits


@pytest.fixture
def trader(paper: PaperExchange, connect: Connect) -> Watched:
    """A client of alice, ready to trade on a quiet market."""
    paper.quiet(True)
    watched = connect()
    watched.ws.prepare_orders(BTC)
    return watched


def buy(ws: WsClient, **options: Any) -> Any:
    """A small order that rests."""
    return ws.place_order(BTC, "cash", "buy", "limit", SIZE, FAR, **options)


def mass_cancel_refused(ws: WsClient) -> None:
    """Mass cancellation is for an account mode that nobody has here."""
    with pytest.raises(OkxApiError, match="51010"):
        ws.mass_cancel("OPTION", "BTC-USD")


def resting(paper: PaperExchange) -> list[dict[str, Any]]:
    """Alice's open orders, at most 100."""
    found: list[dict[str, Any]] = paper.venue.pending(paper.venue.accounts[0], {})
    return found


def placed(paper: PaperExchange, via: str = "ws") -> int:
    """How many orders the exchange was asked to place."""
    count: int = paper.venue.requests[("place", via)]
    return count


def operations(paper: PaperExchange) -> list[dict[str, Any]]:
    """The order operations that arrived, as messages."""
    messages = (orjson.loads(frame.text) for frame in paper.seen if frame.text.startswith("{"))
    return [one for one in messages if one["op"] not in ("login", "subscribe", "unsubscribe")]


def posts(paper: PaperExchange) -> list[str]:
    """Paths of the REST requests that change something."""
    return [request.path for request in paper.requests if request.method == "POST"]


# -- every operation -----------------------------------------------------------------------------------------


def test_life_of_an_order(trader: Watched, paper: PaperExchange) -> None:
    """Place, amend, cancel: typed receipts with the ids of REST, and the exchange has done it."""
    ws = trader.ws
    receipt = buy(ws, cl_ord_id="mine1", tag="t")
    assert (receipt.ok, receipt.clOrdId, receipt.tag) == (True, "mine1", "t")
    assert [order["ordId"] for order in resting(paper)] == [receipt.ordId]
    amended = ws.amend_order(BTC, receipt.ordId, new_px=21_000, req_id="r1")
    assert (amended.ok, amended.reqId) == (True, "r1")
    assert resting(paper)[0]["px"] == "21000"
    assert ws.cancel_order(BTC, cl_ord_id="mine1").ordId == receipt.ordId
    assert resting(paper) == []
    with pytest.raises(OkxApiError) as caught:
        ws.cancel_order(BTC, receipt.ordId)
    assert caught.value.code == "51400"


def test_batches(trader: Watched, paper: PaperExchange) -> None:
    """Each order of a batch has its own verdict, in the order of the request."""
    ws = trader.ws
    result = ws.place_batch_orders([GOOD, TOO_BIG, GOOD])
    assert [row.sCode for row in result] == ["0", "51008", "0"]
    assert not result
    ids = [row.ordId for row in result.accepted]
    assert ws.amend_batch_orders([AmendOrder(BTC, one, new_px=21_000) for one in ids]).ok
    assert {order["px"] for order in resting(paper)} == {"21000"}
    assert ws.cancel_batch_orders([CancelOrder(BTC, one) for one in ids]).ok
    assert resting(paper) == []
    with pytest.raises(ConfigError, match="1 to 20"):
        ws.place_batch_orders([GOOD] * 21)


def test_spreads(trader: Watched, paper: PaperExchange) -> None:
    """They go over the business path, which logs in for them, also when it carries public streams already."""
    ws = trader.ws
    ws.subscribe("sprd-tickers", sprdId=SPREAD)
    receipt = ws.place_spread_order(SPREAD, "buy", "limit", "0.1", "-5", cl_ord_id="s1")
    assert (receipt.ok, receipt.clOrdId) == (True, "s1")
    assert ws.amend_spread_order(receipt.ordId, new_px="-6").ok
    assert ws.cancel_spread_order(cl_ord_id="s1").ok
    ws.place_spread_order(SPREAD, "buy", "limit", "0.1", "-5")
    assert ws.mass_cancel_spread_orders(SPREAD).result
    orders = paper.run(paper._server.venue.spread_orders.of, paper.venue.accounts[0])
    assert [order.state for order in orders] == ["canceled", "canceled"]
    assert [one.path for one in paper.connections] == ["private", "business"]


def test_mass_cancel(trader: Watched) -> None:
    """What the exchange refuses as a whole is raised; here it is for an account mode that nobody has."""
    for kind, code in (("OPTION", "51010"), ("SWAP", "51000")):
        with pytest.raises(OkxApiError) as caught:
            trader.ws.mass_cancel(kind, "BTC-USD")
        assert caught.value.code == code


def test_a_future_instead_of_waiting(trader: Watched, paper: PaperExchange) -> None:
    """With ``wait=False`` results and errors come later; what is sent cannot be called back."""
    paper.faults.delay(0.2, "ack", path="private", times=2)
    good, bad = buy(trader.ws, wait=False), trader.ws.cancel_order(BTC, "1", wait=False)
    assert not good.cancel()
    assert good.result(PATIENCE_S).ok
    with pytest.raises(OkxApiError):
        bad.result(PATIENCE_S)
    assert trader.ws.place_batch_orders([GOOD], wait=False).result(PATIENCE_S).ok


def test_every_request_names_the_number(trader: Watched, paper: PaperExchange) -> None:
    """Instruments go by ``instIdCode`` in all operations; the table of numbers is asked for once."""
    ws = trader.ws
    order = buy(ws, exp_time=4_000_000_000_000)
    ws.amend_order(BTC, order.ordId, new_px=21_000)
    ws.place_batch_orders([GOOD])
    ws.cancel_order(BTC, order.ordId)
    args = [arg for message in operations(paper) for arg in message["args"]]
    assert [arg["instIdCode"] for arg in args] == [1001] * 4
    assert not [arg for arg in args if "instId" in arg]
    assert operations(paper)[0]["expTime"] == "4000000000000"
    assert [request.path for request in paper.requests].count("/api/v5/public/instruments") == 1


# -- what is wrong before anything is sent ---------------------------------------------------------------------


def test_an_unknown_instrument_is_a_local_error(trader: Watched, paper: PaperExchange) -> None:
    """Nothing goes out, and near names are told."""
    with pytest.raises(ConfigError, match="BTC-USTD"):
        trader.ws.place_order("BTC-USTD", "cash", "buy", "limit", 1, 1)
    with pytest.raises(ConfigError, match="sz"):
        trader.ws.place_order(BTC, "cash", "buy", "limit", 0.1, 1)  # type: ignore[call-overload]
    with pytest.raises(ConfigError, match=r"both px and price"):
        trader.ws.place_order(BTC, "cash", "buy", "limit", 1, 1, price=1)
    with pytest.raises(TypeError, match=r"'prize'.*did you mean price"):
        trader.ws.place_order(BTC, "cash", "buy", "limit", 1, prize=1)  # type: ignore[call-overload]
    assert operations(paper) == []


def test_credentials_are_needed(paper: PaperExchange, connect: Connect) -> None:
    """A client of public data says so; a refused login is told, also to the next one; ``reconnect()`` tries again."""
    with pytest.raises(OkxAuthError, match="credentials"):
        buy(connect(paper.public_config).ws)
    ws = connect().ws
    paper.faults.refuse_login("60024")
    with pytest.raises(OkxAuthError) as caught:
        buy(ws)
    assert caught.value.code == "60024"
    with pytest.raises(OkxAuthError):
        buy(ws)
    ws.reconnect()
    ws.connect("private")
    assert buy(ws).ok


def test_a_link_that_is_down(trader: Watched, paper: PaperExchange) -> None:
    """``ConnectionLost`` at once, not after the timeout: nothing was sent, so that it may be tried again."""
    paper.faults.refuse_connect()
    paper.faults.drop()
    trader.states.until("lost")
    with pytest.raises(ConnectionLost, match="nothing was sent") as caught:
        buy(trader.ws)
    assert caught.value.retryable
    assert operations(paper) == []
    paper.faults.accept_connect()
    trader.states.until("restored")
    assert buy(trader.ws).ok


def test_many_threads_begin_at_once(paper: PaperExchange, connect: Connect) -> None:
    """The first operation connects; others that come meanwhile wait for the same connection."""
    ws = connect().ws
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(lambda _: buy(ws), range(8)))
    assert all(receipt.ok for receipt in receipts)
    assert [one.path for one in paper.connections] == ["private"]


def test_read_only_and_dry_run(paper: PaperExchange, connect: Connect) -> None:
    """Nothing reaches the exchange; a dry run has checked everything and shows the frame."""
    reader = connect(paper.config.replace(read_only=True)).ws
    for call in (lambda: buy(reader), lambda: reader.mass_cancel_spread_orders()):
        with pytest.raises(ReadOnlyError):
            call()
    assert paper.requests == []
    with pytest.raises(DryRun) as caught:
        buy(connect(paper.config.replace(dry_run=True)).ws, cl_ord_id="d1")
    shown = orjson.loads(caught.value.body)
    assert (caught.value.path, shown["args"][0]["clOrdId"], shown["args"][0]["instIdCode"]) == ("order", "d1", 1001)
    assert (paper.connections, posts(paper)) == ([], [])


def test_an_inline_callback_cannot_wait(trader: Watched, paper: PaperExchange) -> None:
    """It would wait for a reply that only its own thread can read; a future is fine."""
    outcomes: list[Any] = []

    def on_order(_: Any) -> None:
        if not outcomes:
            try:
                buy(trader.ws)
            except ConfigError as error:
                outcomes.extend([error, buy(trader.ws, wait=False)])

    trader.ws.subscribe("orders", on_order, instType="ANY", inline=True)
    buy(trader.ws)
    until(lambda: len(outcomes) == 2, what="the callback's two tries")
    assert "inline callback" in str(outcomes[0])
    assert outcomes[1].result(PATIENCE_S).ok


# -- each caller its own reply, or the truth about its loss ------------------------------------------------------


def test_two_hundred_threads_get_their_own_replies(trader: Watched, paper: PaperExchange) -> None:
    """Replies come late and in another order; nobody gets a neighbour's, and nothing is placed twice."""
    paper.faults.delay(0.05, "ack", path="private")
    paper.faults.shuffle_replies(200)
    # Over all instruments: the limits let 60 through at a time for each.
    markets = [(BTC, FAR), ("ETH-USDT", 1000), ("SOL-USDT", 50), ("BTC-USDT-SWAP", FAR), ("ETH-USDT-SWAP", 1000)]

    def place(number: int) -> str:
        inst_id, price = markets[number % len(markets)]
        mode: Any = "cross" if inst_id.endswith("SWAP") else "cash"
        return str(trader.ws.place_order(inst_id, mode, "buy", "limit", "0.1", price, f"order{number}").clOrdId)

    with ThreadPoolExecutor(200) as threads:
        assert list(threads.map(place, range(200))) == [f"order{number}" for number in range(200)]
    assert len(paper.venue.accounts[0].orders) == placed(paper) == 200


def test_a_dropped_socket_fails_everybody_at_once(trader: Watched, paper: PaperExchange) -> None:
    """All that are in flight raise soon, whatever their timeout; each order is at the exchange once."""
    paper.faults.delay(SLOW_LINK, "ack", path="private")
    with ThreadPoolExecutor(20) as threads:
        calls = [threads.submit(buy, trader.ws, timeout=SLOW_LINK) for _ in range(20)]
        later = buy(trader.ws, wait=False, timeout=SLOW_LINK)
        until(lambda: placed(paper) == 21, what="21 orders at the exchange")
        paper.faults.drop()
        lost = [call.exception(PATIENCE_S) for call in (*calls, later)]
    assert {type(error) for error in lost} == {OrderStatusUnknown}
    assert {error.clOrdId for error in lost if isinstance(error, OrderStatusUnknown)} == {
        order["clOrdId"] for order in resting(paper)
    }
    assert placed(paper) == 21


def test_a_reply_that_is_lost(trader: Watched, paper: PaperExchange) -> None:
    """After the timeout the order is unknown, and REST tells that it was accepted; it is there once."""
    paper.faults.lose_reply("order")
    with pytest.raises(OrderStatusUnknown, match="no answer") as caught:
        buy(trader.ws, timeout=0.3)
    error = caught.value
    assert error.orders == ({"instId": BTC, "clOrdId": error.clOrdId},)
    assert "reconcile" in str(error)
    found = trader.ws.reconcile(error)
    assert found is not None
    assert [order["ordId"] for order in resting(paper)] == [found.ordId]
    assert placed(paper) == 1


def test_a_batch_whose_reply_is_lost(trader: Watched, paper: PaperExchange) -> None:
    """Every order of it is looked up; the one that was refused is not there."""
    paper.faults.lose_reply("batch-orders")
    with pytest.raises(OrderStatusUnknown) as caught:
        trader.ws.place_batch_orders([GOOD, TOO_BIG], timeout=0.3)
    found = trader.ws.reconcile_all(caught.value, timeout=0.2)
    assert [order and order.state for order in found] == ["live", None]


def test_a_reply_after_the_timeout_is_reported(trader: Watched, paper: PaperExchange) -> None:
    """The caller was told that the order is unknown; the late reply goes to ``on_error`` instead of nowhere."""
    paper.faults.delay(0.6, "ack", path="private", times=1)
    with pytest.raises(OrderStatusUnknown) as caught:
        buy(trader.ws, timeout=0.1)
    until(lambda: len(trader.errors) > 0, what="the late reply")
    (told,) = trader.errors
    assert isinstance(told, DecodeError)
    assert caught.value.clOrdId in told.text


def test_a_timeout_does_not_wait_for_the_heartbeat(paper: PaperExchange, connect: Connect) -> None:
    """It is the caller's own, however seldom the link looks at its deadlines."""
    ws = connect(options=attrs.evolve(FAST, tick_s=60.0, ping_s=240.0, pong_s=240.0, ack_s=240.0)).ws
    ws.prepare_orders(BTC)
    paper.faults.lose_reply("order")
    with ThreadPoolExecutor(1) as threads:
        assert isinstance(threads.submit(buy, ws, timeout=0.1).exception(PATIENCE_S), OrderStatusUnknown)


def test_closing_with_an_order_in_flight(trader: Watched, paper: PaperExchange) -> None:
    """Its caller is not left waiting."""
    paper.faults.delay(SLOW_LINK, "ack", path="private")
    later = buy(trader.ws, wait=False, timeout=SLOW_LINK)
    trader.ws.close()
    assert isinstance(later.exception(PATIENCE_S), OrderStatusUnknown)
    with pytest.raises(OkxWebSocketError):
        buy(trader.ws)


def test_an_order_in_flight_while_the_socket_is_replaced(trader: Watched, paper: PaperExchange) -> None:
    """The old socket is kept until its replies are there."""
    paper.faults.delay(0.5, "ack", path="private", times=1)
    later = buy(trader.ws, wait=False)
    trader.ws._links.get("private").replace("test")
    assert later.result(PATIENCE_S).ok
    trader.states.until("replaced")
    assert buy(trader.ws).ok


# -- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["rows", "whole", "event"])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("51008", OkxApiError),
        ("60013", OkxWebSocketError),
        ("50011", OkxRateLimitError),
        ("50061", OkxRateLimitError),
        ("60014", OkxRateLimitError),
        ("50004", OrderStatusUnknown),
        ("51149", OrderStatusUnknown),
    ],
)
def test_refusals(trader: Watched, paper: PaperExchange, code: str, expected: type[Exception], how: Any) -> None:
    """In whichever of its three forms a refusal comes, it is the error that REST would raise."""
    paper.faults.refuse_op(code, "no", how=how)
    with pytest.raises(expected) as caught:
        buy(trader.ws)
    assert getattr(caught.value, "code", None) == code
    assert len(operations(paper)) == 1


def test_after_too_many_everybody_waits(trader: Watched, paper: PaperExchange) -> None:
    """A refusal for pace shuts the bucket, so that the next one is not refused as well; nothing is repeated."""
    paper.faults.refuse_op("50011")
    with pytest.raises(OkxRateLimitError) as caught:
        buy(trader.ws)
    assert caught.value.retryable
    with pytest.raises(OkxTimeoutError, match="was not sent"):
        buy(trader.ws, timeout=0.5)
    assert trader.ws.cancel_order(BTC, "1", wait=False).exception(PATIENCE_S) is not None  # another bucket
    assert [message["op"] for message in operations(paper)] == ["order", "cancel-order"]


# -- limits ----------------------------------------------------------------------------------------------------


def test_no_rejection_of_our_own_doing() -> None:
    """Operations of all kinds, on streams and over REST with one limiter, as fast as they go: the exchange enforces its
    limits and never has to say "too many". Both sides are on one clock that nobody waits for.
    """
    rng = random.Random(5)
    with PaperExchange(flow_per_s=0, limits=True, clock=PaperClock(frozen=True)) as paper:
        limiter = Limiter(PaperTimed(paper))
        with (
            WsClient(paper.config, options=FAST, limiter=limiter) as ws,
            OkxClient(paper.config, limiter=limiter, clock=PaperTimed(paper)) as rest,
        ):
            live = [buy(ws).ordId, buy(ws).ordId]
            acts: list[Callable[[], Any]] = [
                *[lambda: live.append(buy(ws).ordId)] * 5,
                lambda: live.append(rest.place_order(BTC, "cash", "buy", "limit", SIZE, FAR).ordId),
                *[lambda: ws.amend_order(BTC, rng.choice(live), new_px=rng.randint(20_000, 22_000))] * 3,
                lambda: ws.place_batch_orders([GOOD] * rng.choice((1, 20))),
                *[lambda: ws.amend_batch_orders([AmendOrder(BTC, one, new_px=FAR) for one in live[:20]])] * 2,
                lambda: ws.cancel_order(BTC, live.pop()) if len(live) > 2 else None,
                lambda: mass_cancel_refused(ws),
                lambda: ws.mass_cancel_spread_orders(),
            ]
            for act in rng.choices(acts, k=400):
                act()
        assert paper.clock.monotonic() > 5, "it was the limits that this took so long for"
        assert (len(operations(paper)) > 300, paper.problems) == (True, [])


def test_no_rejection_with_many_threads() -> None:
    """The same in real time from 16 threads, more than the limit lets through at once."""
    # The exchange's clock runs faster, so that a machine that is busy with other things cannot spoil the test.
    with PaperExchange(flow_per_s=0, limits=True, clock=PaperClock(real=lambda: 1.5 * time.monotonic())) as paper:
        with WsClient(paper.config, options=FAST) as ws, ThreadPoolExecutor(16) as threads:
            ws.prepare_orders(BTC)
            receipts = list(threads.map(lambda _: buy(ws), range(90)))
        assert all(receipt.ok for receipt in receipts)
        assert placed(paper) == 90


def test_a_place_in_the_queue_that_is_too_late(trader: Watched, paper: PaperExchange) -> None:
    """When the limits leave no room before the timeout, that is said at once and nothing is sent."""
    for _ in range(60):
        buy(trader.ws, wait=False)
    with pytest.raises(OkxTimeoutError, match="rate limit") as caught:
        buy(trader.ws, timeout=0.05)
    assert caught.value.retryable
    until(lambda: placed(paper) == 60, what="the orders before it")
    assert len(operations(paper)) == 60


# -- falling back to REST ----------------------------------------------------------------------------------------

NO_NUMBER = ("51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.")
BAD_NUMBER = ("51000", "Parameter instIdCode error")
Attempt = Callable[[WsClient], Any]
ATTEMPTS: dict[str, Attempt] = {
    "single": lambda ws: [buy(ws, cl_ord_id="f0", rest_fallback=True)],
    "future": lambda ws: [buy(ws, cl_ord_id="f0", rest_fallback=True, wait=False).result(PATIENCE_S)],
    "batch": lambda ws: ws.place_batch_orders(
        [attrs.evolve(GOOD, cl_ord_id="f0"), attrs.evolve(GOOD, cl_ord_id="f1")], rest_fallback=True
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize(("code", "msg"), [NO_NUMBER, BAD_NUMBER])
def test_a_refused_number(trader: Watched, paper: PaperExchange, attempt: str, code: str, msg: str) -> None:
    """The same orders go once over REST, with the same ids."""
    paper.faults.refuse_op(code, msg)
    receipts = ATTEMPTS[attempt](trader.ws)
    assert [receipt.ok for receipt in receipts] == [True] * len(receipts)
    assert [receipt.clOrdId for receipt in receipts] == [f"f{number}" for number in range(len(receipts))]
    assert (placed(paper), placed(paper, "rest"), len(posts(paper))) == (0, len(receipts), 1)


def test_no_fallback_unless_asked_for(trader: Watched, paper: PaperExchange) -> None:
    """By default a refusal is a refusal; and one that is not about the number never goes to REST."""
    paper.faults.refuse_op(*NO_NUMBER)
    with pytest.raises(OkxApiError, match="51001"):
        buy(trader.ws)
    paper.faults.refuse_op("51000", "Parameter px error")
    with pytest.raises(OkxApiError, match="px"):
        buy(trader.ws, rest_fallback=True)
    assert posts(paper) == []


def test_a_number_that_has_changed(trader: Watched, paper: PaperExchange) -> None:
    """After a refusal the number is asked for again, so that the next order is accepted."""
    instrument = paper.venue.instruments[BTC]
    paper.run(setattr, instrument, "instIdCode", 7001)
    assert [row.sCode for row in trader.ws.place_batch_orders([GOOD])] == ["51001"]
    assert buy(trader.ws).ok
    assert [arg["instIdCode"] for message in operations(paper) for arg in message["args"]] == [1001, 7001]


def test_the_fallback_of_a_whole_client(paper: PaperExchange, connect: Connect) -> None:
    """Switched on for a client; when REST refuses too, that is what is raised."""
    with WsClient(paper.config, options=FAST, rest_fallback=True) as ws:
        paper.faults.refuse_op(*NO_NUMBER, times=2)
        assert buy(ws).ok
        with pytest.raises(OkxApiError) as caught:
            ws.place_order(BTC, "cash", "buy", "limit", 1000, FAR)
    assert caught.value.code == "51008"
    assert len(posts(paper)) == 2
