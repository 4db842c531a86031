"""More topics than one socket may ask for or carry, on exchanges that enforce their limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync import BitgetWsClient, BybitWsClient, LinkOptions, WsClient
from okx_sync.errors import OkxTimeoutError
from okx_sync.paper import Connection, PaperExchange, SocketLimits
from tests.loopback.conftest import FAST, PATIENCE_S, Connect, Heard, States, of_connection, our_threads, until
from tests.loopback.still_exchange import BTC, ETH, still_paper

__all__ = ["still_paper"]

EXCHANGES = ("okx", "bitget", "bybit")
LIMITS = SocketLimits(requests_per_hour=6, topics=8)
OPTIONS = attrs.evolve(FAST, control_per_hour=6, topics_per_socket=6, tick_s=0.01)
Client = WsClient | BitgetWsClient | BybitWsClient


@attrs.frozen
class Exchange:
    """An exchange with any number of instruments, and a client of it."""

    name: str
    paper: PaperExchange
    ws: Client
    states: States
    errors: Heard

    @property
    def channel(self) -> str:
        return "ticker" if self.name == "bitget" else "tickers"

    def args(self, number: int) -> dict[str, str]:
        """The arguments of a topic."""
        if self.name == "okx":
            return {"instId": f"T{number:04d}-USDT"}
        if self.name == "bybit":
            return {"symbol": f"T{number:04d}USDT"}
        return {"instType": "USDT-FUTURES", "instId": f"T{number:04d}USDT"}

    def subscribe(self, number: int) -> Any:
        """Ask for one topic; returns once the exchange has agreed."""
        return self.ws.subscribe(self.channel, lambda _: None, **self.args(number))

    @property
    def sockets(self) -> list[Connection]:
        """The open connections."""
        return self.paper.open_connections

    def check(self, topics: int, requests: int) -> None:
        """Every topic is there once, no limit was touched, and nobody was told of a trouble."""
        until(lambda: len(self.paper.topics()) == topics, what=f"{len(self.paper.topics())} to become {topics} topics")
        assert set(self.paper.topics().values()) == {1}
        for one in self.paper.connections:
            assert one.subscribes + one.unsubscribes + one.logins <= requests
            assert one.closed_code in (None, 1000)
        assert not self.errors
        assert not [event for event in self.states if event.kind in ("lost", "reconnecting", "failed", "throttled")]
        assert self.paper.problems == []


@contextmanager
def exchange(
    name: str, folder: Path, options: LinkOptions | None = OPTIONS, limits: SocketLimits | None = LIMITS
) -> Iterator[Exchange]:
    """A paper exchange that enforces its limits, and has any instrument: it plays a recording without a frame."""
    (recording := folder / "empty.jsonl").touch()
    with PaperExchange(play=recording, limits=True, socket_limits=limits) as paper:
        ws: Client
        if name == "okx":
            ws = WsClient(paper.public_config, options=options)
        elif name == "bitget":
            ws = BitgetWsClient(paper.bitget_config("v2"), options=options)
        else:
            ws = BybitWsClient(paper.bybit_config(), options=options)
        states, errors = States(), Heard()
        ws.on_state(states)
        ws.on_error(errors)
        with ws:
            yield Exchange(name, paper, ws, states, errors)
    until(lambda: not our_threads(), what="the end of the threads")


@pytest.mark.parametrize("name", EXCHANGES)
def test_one_by_one_past_the_limits(name: str, tmp_path: Path) -> None:
    """Each confirmed at once; then a watch list that changes: no refusal, no wait, and few sockets."""
    with exchange(name, tmp_path, attrs.evolve(OPTIONS, connects_per_s=3)) as one:
        for number in range(9):
            one.subscribe(number)
        assert len(one.sockets) == 3
        for number in range(100, 108):
            one.subscribe(number).unsubscribe()
            assert len(one.sockets) <= 5
        one.check(9, 6)


@pytest.mark.parametrize("name", EXCHANGES)
def test_many_at_once_past_the_limits(name: str, tmp_path: Path) -> None:
    """As many sockets as the number of topics asks for."""
    with exchange(name, tmp_path) as one:
        group = one.ws.subscribe_many(one.channel, [one.args(number) for number in range(16)], lambda _: None)
        assert not group.refused
        assert sorted(len(socket.topics) for socket in one.sockets) == [4, 6, 6]
        one.check(16, 6)


def test_bybit_counts_characters(tmp_path: Path) -> None:
    """21,000 of them a connection: 1,500 tickers need two, with the options as they are."""
    with exchange("bybit", tmp_path, FAST, None) as one:
        one.ws.subscribe_many("tickers", [one.args(number) for number in range(1_500)], lambda _: None)
        assert len(one.sockets) == 2
        assert all(sum(map(len, socket.topics)) <= 21_000 for socket in one.sockets)
        lengths = [shard["length"] for shard in one.ws.status()["links"]["public"]["shards"]]
        assert max(lengths) <= 20_000
        one.check(1_500, 470)


def test_bitget_has_a_thousand_topics_on_a_connection_and_advises_fifty(tmp_path: Path) -> None:
    """Its advice is followed while that takes few sockets; then they are filled evenly, and never wholly."""
    with exchange("bitget", tmp_path, FAST, None) as one:
        one.ws.subscribe_many("ticker", [one.args(number) for number in range(120)], lambda _: None)
        assert sorted(len(socket.topics) for socket in one.sockets) == [20, 50, 50]
        one.check(120, 230)


@pytest.mark.parametrize("status", [403, 429])
def test_where_no_second_connection_is_to_be_had(tmp_path: Path, status: int) -> None:
    """The first carries what it can, beyond the exchange's advice: what was meant for another one, too."""
    with exchange("bitget", tmp_path, FAST, None) as one:
        one.subscribe(0)
        one.paper.faults.refuse_handshake(status, times=None)
        group = one.ws.subscribe_many("ticker", [one.args(number) for number in range(1, 60)], lambda _: None)
        assert not group.refused
        one.ws.subscribe("ticker", lambda _: None, wait=False, **one.args(60))
        until(lambda: len(one.paper.topics()) == 61, what="the topics")
        assert [len(socket.topics) for socket in one.sockets] == [61]
        assert not one.states.of(kind="failed")


def test_what_is_said_of_a_topic_that_was_moved_and_is_not_answered(tmp_path: Path) -> None:
    """It is about the socket that it was asked for on, not about the one that it was meant for."""
    with exchange("bitget", tmp_path, FAST, None) as one:
        one.ws.subscribe_many("ticker", [one.args(number) for number in range(50)], lambda _: None)
        one.paper.faults.refuse_handshake(429, times=None)
        one.paper.faults.no_ack("ticker")
        with pytest.raises(OkxTimeoutError, match="no ack for") as caught:
            one.ws.subscribe("ticker", lambda _: None, timeout=2.0, **one.args(50))
        assert "is not up" not in str(caught.value)
        assert caught.value.code is None


def test_an_outage_of_one_socket_is_that_of_its_topics(tmp_path: Path) -> None:
    """The exchange drops one: the others carry on, and are asked for nothing."""
    with exchange("okx", tmp_path, attrs.evolve(OPTIONS, topics_per_socket=2)) as one:
        heard = [Heard() for _ in range(4)]
        for number, callback in enumerate(heard):
            one.ws.subscribe("tickers", callback, **one.args(number))
        kept, dropped = one.sockets
        one.states.forget()
        of_connection(one.paper, dropped.id, lambda session: session.drop("rst", None, ""))
        one.states.until("gap")
        assert {event.shard for event in one.states} == {1}
        for number in range(4):
            arg = {"channel": "tickers", **one.args(number)}
            until(lambda arg=arg: one.paper.push(arg, [{**arg, "last": "1"}]) == 1, what="the topic")  # type: ignore[misc]
        until(lambda: all(heard), what="an event of each topic")
        assert kept.id in [socket.id for socket in one.sockets]
        assert sum(socket.subscribes for socket in one.sockets if socket.id == kept.id) == 2


def test_books_orders_and_positions_on_several_sockets(still_paper: PaperExchange, connect: Connect) -> None:
    """Each book is invalid with its own socket only, and mends itself; what is the account's is not touched."""
    watched = connect(still_paper.config, attrs.evolve(FAST, topics_per_socket=1))
    first, second = watched.ws.order_book(BTC), watched.ws.order_book(ETH)
    assert first.wait_valid(PATIENCE_S)
    assert second.wait_valid(PATIENCE_S)
    orders, positions = watched.ws.orders, watched.ws.positions
    assert orders.wait_synced(PATIENCE_S)
    assert positions.wait_synced(PATIENCE_S)
    carrier = next(one for one in still_paper.open_connections if any(ETH in topic for topic in one.topics))
    watched.states.forget()
    of_connection(still_paper, carrier.id, lambda session: session.drop("rst", None, ""))
    until(lambda: watched.states.of("public", "lost"), what="the loss")
    assert first.valid
    assert second.wait_valid(PATIENCE_S)
    watched.states.until("gap")
    assert {(event.path, event.shard) for event in watched.states if event.kind == "lost"} == {("public", 1)}
    assert orders.synced
    assert positions.synced
    private = [one for one in still_paper.open_connections if one.path == "private"]
    assert len(private) == 1, "account data keeps one socket"
    assert list(watched.errors) == []


# -- full size --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", EXCHANGES)
def test_fifteen_hundred_one_by_one_and_a_thousand_rounds(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """With the client and the exchange's limits as they are: all active, no rejection, no error."""
    with exchange(name, tmp_path, None, None) as one:
        for number in range(1_500):
            one.subscribe(number)
        at_first = len(one.sockets)
        most = 0
        for number in range(2_000, 3_000):
            one.subscribe(number).unsubscribe()
            most = max(most, len(one.sockets))
        record_property("sockets", f"{at_first}, at most {most}, {len(one.paper.connections)} in all")
        one.check(1_500, 240 if name == "bitget" else 480)
        assert most <= at_first + 4  # Bitget: 3,500 requests, of which a socket has 191 for new topics


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", EXCHANGES)
def test_a_watch_list_whose_oldest_topic_leaves(name: str, tmp_path: Path) -> None:
    """A thousand rounds of a list of 300: the topics that leave are those of sockets that are used up."""
    with exchange(name, tmp_path, None, None) as one:
        subs = [one.subscribe(number) for number in range(300)]
        for number in range(300, 1_300):
            subs.append(one.subscribe(number))
            subs.pop(0).unsubscribe()
            assert len(one.sockets) <= 20
        assert one.ws.subscription_count() == 300
        assert not one.errors


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", EXCHANGES)
def test_five_thousand_at_once(name: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """All active, on as many sockets as the exchange's limits ask for."""
    with exchange(name, tmp_path, None, None) as one:
        began = one.ws.clock.monotonic()
        group = one.ws.subscribe_many(one.channel, [one.args(number) for number in range(5_000)], lambda _: None)
        record_property("seconds", one.ws.clock.monotonic() - began)
        record_property("sockets", len(one.sockets))
        assert not group.refused
        one.check(5_000, 240)
