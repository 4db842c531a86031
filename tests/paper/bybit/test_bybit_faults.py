"""The public faults strike on every one of Bybit's paths as they do on OKX's."""

from __future__ import annotations

import time

import pytest
import websocket

from okx_sync.paper import PaperExchange
from tests.paper.bybit.bybit_client import (
    OLD_PRIVATE,
    OLD_PUBLIC,
    PRIVATE,
    PUBLIC,
    TRADE,
    BybitClient,
    auth_frame,
    placed,
)

STREAMS = [
    (PUBLIC, "tickers.BTCUSDT"),
    (PRIVATE, "order"),
    (OLD_PUBLIC, "instrument_info.100ms.BTCPERP"),
    (OLD_PRIVATE, "user.openapi.perp.order"),
]
LOGINS = [PRIVATE, TRADE, OLD_PRIVATE]
PATHS = [PUBLIC, PRIVATE, TRADE, OLD_PUBLIC, OLD_PRIVATE]


def opened(paper: PaperExchange, path: str) -> BybitClient:
    """A connection to a path, logged in where there is a login."""
    return BybitClient(paper, path, "alice" if path in LOGINS else "")


def listening(paper: PaperExchange, path: str, topic: str) -> BybitClient:
    """A connection with one topic, whose first data is read."""
    wire = opened(paper, path)
    wire.subscribe(topic)
    if topic.startswith("user."):
        wire.push(topic)
    return wire


def happen(paper: PaperExchange) -> None:
    """Something for each of the topics."""
    placed(paper, px="60000")
    paper.clock.advance(1)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("how", "code"), [("rst", None), ("fin", None), ("close", 1012)])
def test_drop(paper: PaperExchange, path: str, how: str, code: int | None) -> None:
    """One path's connections end, the others stay."""
    with opened(paper, path) as wire, BybitClient(paper, PUBLIC) as other:
        name = path.removeprefix("/")
        dropped = paper.faults.drop(how, code, path=name)  # type: ignore[arg-type]
        assert dropped == (2 if path == PUBLIC else 1)
        assert wire.until_closed() == code
        if path != PUBLIC:
            assert other.ask("ping")


@pytest.mark.parametrize(("path", "topic"), STREAMS)
def test_pushes_twice_and_never(frozen: PaperExchange, path: str, topic: str) -> None:
    """`duplicate` sends copies, `lose_push` nothing; both know a channel by its topic without the symbol."""
    channel = topic.removesuffix(".BTCUSDT").removesuffix(".BTCPERP")
    with listening(frozen, path, topic) as wire:
        frozen.faults.duplicate(times=1, channel=channel)
        happen(frozen)
        found = wire.sync()
        assert found[0] == found[1]
        frozen.faults.lose_push(channel, times=None)
        happen(frozen)
        assert wire.sync() == []
        frozen.faults.clear()
        happen(frozen)
        assert wire.sync()


@pytest.mark.parametrize(("path", "topic"), STREAMS)
def test_subscriptions_without_an_answer(paper: PaperExchange, path: str, topic: str) -> None:
    """No ack, no error, no data; the next request is served again."""
    with opened(paper, path) as wire:
        paper.faults.no_ack(times=1)
        wire.send({"op": "subscribe", "args": [topic], "id": "1", "req_id": "1"})
        assert wire.sync() == []
        assert paper.topics() == {}
        wire.subscribe(topic)


@pytest.mark.parametrize(("path", "topic"), STREAMS)
def test_refused_subscriptions(paper: PaperExchange, path: str, topic: str) -> None:
    """In the wire's own words, for the topics that the fault chooses."""
    with opened(paper, path) as wire:
        paper.faults.refuse_subscribe()
        answer = wire.ask("subscribe", topic, id="1")
        assert answer["success"] is False
        assert topic in str(answer)
        assert paper.topics() == {}
        wire.subscribe(topic)


@pytest.mark.parametrize("path", LOGINS)
def test_refused_logins(paper: PaperExchange, path: str) -> None:
    """Though the credentials are right, and once."""
    with BybitClient(paper, path) as wire:
        paper.faults.refuse_login(path=path.removeprefix("/"))
        wire.send(auth_frame(paper))
        answer = wire.recv()
        assert answer.get("success") is False or answer["retCode"] == 10003
        assert wire.until_closed() == 1000
    with BybitClient(paper, path, "alice"):
        assert paper.connections[-1].logged_in


@pytest.mark.parametrize("path", LOGINS)
def test_dropped_at_the_login(paper: PaperExchange, path: str) -> None:
    """The request arrived, the answer does not."""
    with BybitClient(paper, path) as wire:
        paper.faults.drop_on("login", "fin")
        wire.send(auth_frame(paper))
        assert wire.until_closed() is None


@pytest.mark.parametrize(("path", "topic"), STREAMS)
def test_dropped_after_the_ack(paper: PaperExchange, path: str, topic: str) -> None:
    """The ack was sent, then the connection ends."""
    with opened(paper, path) as wire:
        paper.faults.drop_on("ack", "fin")
        wire.subscribe(topic)
        assert wire.until_closed() is None


@pytest.mark.parametrize("path", PATHS)
def test_missing_pongs(paper: PaperExchange, path: str) -> None:
    """The heartbeat stays unanswered; what else is asked is not."""
    with opened(paper, path) as wire:
        paper.faults.no_pong(path=path.removeprefix("/"))
        wire.send({"op": "ping"})
        wire.send({"op": "nonsense"})
        answer = wire.recv()
        assert answer.get("success") is False or answer["retCode"] == 10404
        assert paper.connections[-1].pings == 1


@pytest.mark.parametrize("path", PATHS)
def test_late_pongs(paper: PaperExchange, path: str) -> None:
    """A delay holds a lane back, in real seconds."""
    with opened(paper, path) as wire:
        paper.faults.delay(0.2, "pong")
        begin = time.monotonic()
        wire.ask("ping")
        assert time.monotonic() - begin >= 0.19


@pytest.mark.parametrize("path", PATHS)
def test_blackhole(paper: PaperExchange, path: str) -> None:
    """Nothing comes, the connection stays open, and afterwards the answer arrives."""
    with opened(paper, path) as wire:
        paper.faults.blackhole(path=path.removeprefix("/"))
        wire.socket.settimeout(0.2)
        wire.send({"op": "ping"})
        with pytest.raises(websocket.WebSocketTimeoutException):
            wire.recv()
        wire.socket.settimeout(5)
        paper.faults.blackhole(False, path=path.removeprefix("/"))
        assert wire.recv()


@pytest.mark.parametrize(("path", "topic"), STREAMS)
def test_garbage_of_the_own_wire(paper: PaperExchange, path: str, topic: str) -> None:
    """Wrong types come in a push that looks like one of the wire's own."""
    with opened(paper, path) as wire:
        assert paper.faults.garbage("wrong_types") == 1
        assert wire.recv()["topic"].partition(".")[0] in ("tickers", "order", "trade", "user"), topic


@pytest.mark.parametrize("path", PATHS)
def test_refused_handshakes(paper: PaperExchange, path: str) -> None:
    """An HTTP status instead of a socket."""
    paper.faults.refuse_handshake(503, path=path.removeprefix("/"))
    with pytest.raises(websocket.WebSocketBadStatusException):
        BybitClient(paper, path)
    with BybitClient(paper, path):
        assert paper.wait_for(lambda: len(paper.connections) == 1)


def test_pushing_by_hand(paper: PaperExchange) -> None:
    """`push` and `flood` go to a topic of this wire, in its envelope."""
    with BybitClient(paper, PRIVATE, "alice") as wire, BybitClient(paper, PUBLIC) as public:
        wire.ask("subscribe", "order")
        assert paper.push({"topic": "order"}, [{"orderId": "1"}]) == 1
        assert wire.push("order")["data"] == [{"orderId": "1"}]
        paper.quiet()
        public.subscribe("tickers.BTCUSDT")
        done = paper.flood({"topic": "tickers.BTCUSDT"}, lambda number: {"n": number}, 100)
        assert done.result(5) == 100
        found = [frame["data"]["n"] for frame in public.sync() if "n" in frame["data"]]
        assert found == list(range(100))


def test_addresses(paper: PaperExchange) -> None:
    """Each protocol's own paths; unknown ones are named with what there is."""
    for path in PATHS:
        assert paper.bybit_url(path) == f"ws://127.0.0.1:{paper.port}{path}"
    with pytest.raises(ValueError, match="v5/private"):
        paper.bybit_url("/v5/nowhere")
    with pytest.raises(ValueError, match="seed"):
        paper.bybit_config("v4")  # type: ignore[arg-type]
    config, old = paper.bybit_config(), paper.bybit_config("seed", account="bob")
    assert (config.ws_url("public"), config.ws_url("trade")) == (paper.bybit_url(PUBLIC), paper.bybit_url(TRADE))
    assert (old.ws_url("private"), old.account_label) == (paper.bybit_url(OLD_PRIVATE), "bob")
