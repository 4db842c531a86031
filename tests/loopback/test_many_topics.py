"""Many topics asked for together: few requests, one group, and what is refused costs the others nothing."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator
from typing import Any, assert_type

import attrs
import pytest

from okx_sync import BitgetWsClient, BybitWsClient, Subscription, WsClient
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import ConfigError, OkxAuthError, OkxTimeoutError, StreamClosed, SubscriptionError
from okx_sync.exchanges.okx.models import Candle, Ticker, Trade
from okx_sync.paper import PaperExchange
from okx_sync.protocol.dialect import Topic
from okx_sync.transport.link_state import GATHER_S
from tests.loopback.books import open_book
from tests.loopback.conftest import FAST, Connect, Heard, until

INSTRUMENTS = ["BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP", "ETH-USDT-SWAP"]
ARGS = [{"instId": inst_id} for inst_id in INSTRUMENTS]
ABSENT = {"instId": "NONE-SUCH"}


CALM = attrs.evolve(FAST, tick_s=10.0)  # nothing but the calls has anything sent, however slow the machine is


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[WsClient]:
    """A client whose public link is up, so that each subscribe could go out at once."""
    with WsClient(paper.config, options=CALM) as client:
        client.connect("public")
        yield client


def asks(paper: PaperExchange, op: str = "subscribe") -> list[list[Any]]:
    """The arguments of each request that clients sent."""
    sent = [json.loads(frame.text) for frame in paper.seen if frame.text.startswith("{")]
    return [one["args"] for one in sent if one["op"] == op]


def test_one_request_for_all(paper: PaperExchange, ws: WsClient) -> None:
    """On a link that is up, and once more when all of them are left."""
    group = ws.subscribe_many("tickers", ARGS)
    assert asks(paper) == [[{"channel": "tickers", **one} for one in ARGS]]
    assert [sub.topic.arg["instId"] for sub in group.subscriptions] == INSTRUMENTS
    assert len(group) == 4
    assert not group.refused
    group.unsubscribe()
    until(lambda: not paper.topics(), what="the end of the topics")
    assert len(asks(paper, "unsubscribe")) == 1
    assert len(group) == 0
    group.unsubscribe()


def test_a_client_that_is_not_connected_yet(paper: PaperExchange) -> None:
    """What is asked while the link comes up goes out together as well."""
    with WsClient(paper.config, options=FAST) as ws:
        assert len(ws.subscribe_many("tickers", ARGS)) == 4
        assert len(asks(paper)) == 1


def test_events_of_all_topics_are_read_from_the_group(ws: WsClient) -> None:
    """In turn, so that a busy topic does not hide the others; iterating ends with the last of them."""
    with ws.subscribe_many("tickers", ARGS) as group:
        seen: set[str] = set()
        for event in group:
            seen.add(event.instId)
            if len(seen) == len(INSTRUMENTS):
                break
    assert list(group) == []
    with pytest.raises(StreamClosed):
        group.get(timeout=1)


def test_callbacks(ws: WsClient) -> None:
    """One callback hears all topics; then there is nothing to get."""
    heard = Heard()
    group = ws.subscribe_many("tickers", ARGS, heard)
    until(lambda: {event.instId for event in heard} == set(INSTRUMENTS), what="events of all topics")
    with pytest.raises(ConfigError, match="delivers elsewhere"):
        group.get()


def test_refused_topics_cost_the_others_nothing(paper: PaperExchange, ws: WsClient) -> None:
    """They are told by topic; the good ones stay, and only they are restored."""
    group = ws.subscribe_many("tickers", [ABSENT, *ARGS])
    [(topic, error)] = group.refused.items()
    assert topic.arg["instId"] == ABSENT["instId"]
    assert isinstance(error, SubscriptionError)
    assert error.hint
    assert len(group) == 4
    assert group.get(timeout=5).instId in INSTRUMENTS
    assert len(paper.topics()) == 4


def test_only_refusals(paper: PaperExchange, ws: WsClient) -> None:
    """When nothing was agreed to, the first refusal is raised, and nothing stays."""
    with pytest.raises(SubscriptionError) as caught:
        ws.subscribe_many("tickers", [ABSENT, {"instId": "NONE-EITHER"}])
    assert "all 2 topics failed" in caught.value.__notes__[0]
    assert ws.subscription_count() == 0
    assert not paper.topics()


def test_without_waiting(ws: WsClient) -> None:
    """The group comes at once; refusals go to ``on_error``, by topic, and are in the group as well."""
    errors = Heard()
    ws.on_error(errors)
    group = ws.subscribe_many("tickers", [ABSENT, *ARGS], wait=False)
    errors.until_more(1 - len(errors))
    [error] = errors
    assert error.arg["instId"] == ABSENT["instId"]
    until(lambda: len(group) == 4, what="the refusal")
    assert list(group.refused.values()) == [error]


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ([*ARGS, {"instid": "BTC-USDT"}], "instid"),
        ([*ARGS, ARGS[0]], "named twice"),
        ([*ARGS, "BTC-USDT"], "a mapping"),
        ([*ARGS, {1: "BTC-USDT"}], "a mapping"),
        ("BTC-USDT", "a mapping"),
        ([], "no topic"),
    ],
    ids=str,
)
def test_one_wrong_topic(paper: PaperExchange, ws: WsClient, args: Any, text: str) -> None:
    """It is named before anything is sent, and no other topic stays."""
    with pytest.raises(ConfigError, match=text):
        ws.subscribe_many("tickers", args)
    assert asks(paper) == []
    assert ws.subscription_count() == 0


def test_one_name_for_many(ws: WsClient) -> None:
    """Each would replace the one before: that is refused."""
    with pytest.raises(ConfigError, match="name="):
        ws.subscribe_many("tickers", ARGS, name="watch list")


def test_no_answer_in_time(paper: PaperExchange, ws: WsClient) -> None:
    """All topics share the time; those that were not answered are in ``refused`` and asked no more."""
    paper.faults.no_ack("trades")
    with ws.batch(timeout=1.5) as group:  # time for the others' answers on a busy machine
        tickers = ws.subscribe_many("tickers", ARGS)
        ws.subscribe_trades("BTC-USDT")
        assert asks(paper) == []
    assert len(group) == len(tickers) == 4
    assert [topic.channel for topic in group.refused] == ["trades"]
    assert isinstance(next(iter(group.refused.values())), OkxTimeoutError)
    with pytest.raises(OkxTimeoutError):
        ws.subscribe_many("trades", ARGS, timeout=0.2)
    assert ws.subscription_count() == 4


def test_a_block(paper: PaperExchange, ws: WsClient) -> None:
    """Typed calls of any channel go out together at the end of the block; other threads are not held up by it."""
    with ws.batch() as group:
        tickers = ws.subscribe_tickers("BTC-USDT")
        trades = ws.subscribe_trades("ETH-USDT")
        alone: list[Any] = []
        thread = threading.Thread(target=lambda: alone.append(ws.subscribe_tickers("ETH-USDT")))
        thread.start()
        thread.join(10)
        assert [sub.topic.arg["instId"] for sub in alone] == ["ETH-USDT"]
    assert group.subscriptions == (tickers, trades)
    assert tickers.get(timeout=5).instId == "BTC-USDT"
    with ws.batch():
        tickers.unsubscribe()
        trades.unsubscribe()
    until(lambda: len(paper.topics()) == 1, what="the end of both topics")
    assert len(asks(paper, "unsubscribe")) == 1


def _one_good_one_bad(ws: WsClient) -> None:
    ws.subscribe_tickers("BTC-USDT")
    ws.subscribe("tickrs", instId="ETH-USDT")


def test_a_block_that_fails(paper: PaperExchange, ws: WsClient) -> None:
    """Nothing of it stays; a call after it waits for itself again."""
    with pytest.raises(ConfigError, match="no channel"), ws.batch() as group:
        _one_good_one_bad(ws)
    assert len(group) == 0
    until(lambda: not paper.topics(), what="the end of the topic")
    assert ws.subscription_count() == 0
    with pytest.raises(SubscriptionError):
        ws.subscribe_tickers("NONE-SUCH")


def test_a_block_with_an_odd_timeout(paper: PaperExchange, ws: WsClient) -> None:
    """It is refused before the block begins."""
    with pytest.raises(ConfigError, match="timeout"), ws.batch("3"):  # type: ignore[arg-type]
        _one_good_one_bad(ws)
    assert asks(paper) == []


def test_closing_wakes_who_reads_a_group(ws: WsClient) -> None:
    """The reader of a group gets ``StreamClosed``, as that of a subscription does."""
    group = ws.subscribe_many("liquidation-orders", [{"instType": "SWAP"}])
    ended: list[type[BaseException]] = []

    def read() -> None:
        try:
            while True:
                group.get()
        except StreamClosed as error:
            ended.append(type(error))

    reader = threading.Thread(target=read)
    reader.start()
    ws.close()
    reader.join(10)
    assert ended == [StreamClosed]


def test_a_list_where_one_instrument_is_expected(paper: PaperExchange, ws: WsClient) -> None:
    """It gives a group, in one request; refused ones cost the others nothing; a text gives a subscription as ever."""
    heard = Heard()
    group = assert_type(ws.subscribe_tickers([*INSTRUMENTS, "NONE-SUCH"], heard), SubscriptionGroup[Ticker])
    assert len(asks(paper)[0]) == len(INSTRUMENTS) + 1
    assert [topic.arg["instId"] for topic in group.refused] == ["NONE-SUCH"]
    until(lambda: {event.instId for event in heard} == {*INSTRUMENTS}, what="events of all")
    one = assert_type(ws.subscribe_trades(inst_id="BTC-USDT"), Subscription[Trade])
    assert one.topic.arg["instId"] == "BTC-USDT"
    bars = ws.subscribe_candles(inst_id=("BTC-USDT", "ETH-USDT"), bar="1m")
    assert_type(bars, SubscriptionGroup[Candle])
    assert len(bars) == 2
    assert bars.get(timeout=10).o is not None


@pytest.mark.parametrize(
    ("given", "text"), [(["BTC-USDT", "BTC-USDT"], "named twice"), ([], "an empty list"), ({"BTC-USDT"}, "a set")]
)
def test_a_list_that_cannot_be(paper: PaperExchange, ws: WsClient, given: Any, text: str) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ConfigError, match=text):
        ws.subscribe_tickers(given)
    assert asks(paper) == []
    assert ws.subscription_count() == 0


def test_a_list_on_the_other_exchanges(paper: PaperExchange) -> None:
    """With their words for an instrument."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as bybit:
        tickers = bybit.subscribe_tickers(["BTCUSDT", "ETHUSDT"])
        assert {one.topic.channel for one in tickers.subscriptions} == {"tickers"}
        assert tickers.get(timeout=10).symbol in {"BTCUSDT", "ETHUSDT"}
    with BitgetWsClient(paper.bitget_config("v2"), options=FAST) as bitget:
        group = bitget.subscribe_ticker(["BTCUSDT", "ETHUSDT"], inst_type="USDT-FUTURES")
        assert len(group) == 2
        assert group.get(timeout=10) is not None


@pytest.mark.parametrize("exchange", ["bybit", "bitget v2", "bitget v3"])
def test_on_every_exchange(paper: PaperExchange, exchange: str) -> None:
    """One bad topic among good ones: also where the exchange refuses the request whole."""
    client: BybitWsClient | BitgetWsClient
    if exchange == "bybit":
        client, channel = BybitWsClient(paper.bybit_config(), options=FAST), "tickers"
        args = [{"symbol": one} for one in ("BTCUSDT", "ETHUSDT", "NONESUCH")]
    else:
        config = paper.bitget_config("v3" if exchange.endswith("v3") else "v2")
        client = BitgetWsClient(config, options=FAST)
        kind, name = ("usdt-futures", "symbol") if exchange.endswith("v3") else ("USDT-FUTURES", "instId")
        channel = "ticker"
        args = [{"instType": kind, name: one} for one in ("BTCUSDT", "ETHUSDT", "NONESUCH")]
    with client as ws:
        ws.connect("public")
        group = ws.subscribe_many(channel, args)
        assert len(group) == 2
        assert len(group.refused) == 1
        assert group.get(timeout=5) is not None


def test_a_client_without_keys_is_told_before_anything_is_sent(paper: PaperExchange) -> None:
    """As for one topic."""
    with WsClient(paper.public_config, options=FAST) as ws, pytest.raises(OkxAuthError):
        ws.subscribe_many("orders", [{"instType": "ANY"}])
    assert paper.connections == []


# -- one by one, and yet few requests -------------------------------------------------------------------------------

CHANNELS = ("tickers", "trades", "books5", "bbo-tbt", "books", "mark-price")


def gathered(since: float) -> float:
    """How many requests there may be since then: one at once, one at the end of each time to gather."""
    return 2 + (time.monotonic() - since) / GATHER_S


def test_calls_that_do_not_wait_are_gathered(paper: PaperExchange, ws: WsClient) -> None:
    """A loop over topics needs few requests, though each call returns at once; leaving them one by one as well."""
    began = time.monotonic()
    subs = [ws.subscribe(channel, instId=inst_id, wait=False) for channel in CHANNELS for inst_id in INSTRUMENTS]
    until(lambda: len(paper.topics()) == len(subs), what="all topics")
    assert len(asks(paper)) <= gathered(began)
    assert sum(map(len, asks(paper))) == len(subs)
    began = time.monotonic()
    for sub in subs:
        sub.unsubscribe()
    until(lambda: not paper.topics(), what="the end of the topics")
    assert len(asks(paper, "unsubscribe")) <= gathered(began)


def test_a_refusal_of_a_call_that_did_not_wait_is_told_by_topic(ws: WsClient) -> None:
    """The others of its request stay."""
    errors = Heard()
    ws.on_error(errors)
    names = [*INSTRUMENTS[:2], "NONE-SUCH", *INSTRUMENTS[2:], "NONE-EITHER"]
    subs = [ws.subscribe_tickers(name, wait=False) for name in names]
    until(lambda: len(errors) == 2, what="both refusals")
    assert {error.arg["instId"] for error in errors} == {"NONE-SUCH", "NONE-EITHER"}
    for name, sub in zip(names, subs, strict=True):
        if name in INSTRUMENTS:
            assert sub.get(timeout=10).instId == name
        else:
            with pytest.raises(SubscriptionError):
                sub.get(timeout=10)


def test_calls_of_several_threads_are_gathered(paper: PaperExchange, ws: WsClient) -> None:
    """While somebody waits for an answer, who comes then is asked together with others; each hears of its own topic."""
    paper.faults.no_ack("trades")
    ws.subscribe_trades("BTC-USDT", wait=False)
    told: list[Any] = []

    def ask(channel: str, name: str) -> None:
        try:
            told.append(ws.subscribe(channel, instId=name).topic)
        except SubscriptionError as error:
            told.append(error.arg)

    pairs = [(channel, name) for channel in CHANNELS if channel != "trades" for name in (*INSTRUMENTS, "NONE-SUCH")]
    threads = [threading.Thread(target=ask, args=pair) for pair in pairs]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(asks(paper)) - 1 <= gathered(began)
    assert len(told) == len(pairs)
    assert {"channel": "tickers", "instId": "NONE-SUCH"} in told
    assert len(paper.topics()) == len({one for one in told if isinstance(one, Topic)}) == 4 * (len(CHANNELS) - 1)


def test_a_book_is_repaired_when_the_requests_of_the_hour_are_spent(paper: PaperExchange, connect: Connect) -> None:
    """Some of them are kept for that; ordinary calls wait, and are told so."""
    watched = connect(options=attrs.evolve(FAST, control_per_hour=12, max_sockets=1))
    book = open_book(watched)
    names = itertools.cycle(INSTRUMENTS)
    tickers = watched.ws.subscribe_tickers(next(names), wait=False)
    while not watched.states.of(kind="throttled"):
        if tickers.stats.received:  # it was agreed to: that was another request
            tickers.unsubscribe()
            tickers = watched.ws.subscribe_tickers(next(names), wait=False)
        time.sleep(0.001)
    late = watched.ws.subscribe_trades("ETH-USDT", wait=False)
    assert "kept for repairs" in str(watched.states.until("throttled").reason)
    paper.faults.gap("books", "BTC-USDT")
    watched.states.until("gap")
    assert book.wait_valid(20)
    assert "trades" not in str(asks(paper))
    assert late.stats.received == 0


def test_the_limit_of_requests_is_named(paper: PaperExchange) -> None:
    """Whoever waits for it is not told to check the network: the error, the status and a state event say what it is."""
    options = attrs.evolve(FAST, control_per_hour=3, max_sockets=1)
    with WsClient(paper.config, options=options) as ws:
        states = Heard()
        ws.on_state(states)
        for inst_id in INSTRUMENTS[:3]:
            ws.subscribe_tickers(inst_id)
        with pytest.raises(OkxTimeoutError, match="waiting for the 3 requests an hour") as caught:
            ws.subscribe_tickers(INSTRUMENTS[3], timeout=0.3)
        assert "subscribe_many" in str(caught.value.hint)
        waiting = ws.subscribe_tickers(INSTRUMENTS[3], wait=False)
        until(lambda: any(event.kind == "throttled" for event in states), what="the event")
        [event] = [event for event in states if event.kind == "throttled"]
        assert "3 requests an hour" in event.reason
        assert "3 requests an hour" in str(ws.status())
        waiting.unsubscribe()
        assert ws.status()["links"]["public"]["held_back"] is None
