"""An exchange on loopback that says what a test has it say, and a client of it in which every room is real.

Its words are those of ``tests.transport.link_parts.EveryEventDialect``: requests such as
``subscribe r1 book(symbol=BTC)``, answers and pushes in JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import attrs
import orjson
from aiohttp import WSMsgType, web

from okx_sync.algo_types import AlgoUpdate
from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError, DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.live.account import MonitorSource
from okx_sync.live.algo_source import AlgoSource
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.books import BookFetches, no_fetch
from okx_sync.live.live_client import LiveClient
from okx_sync.live.live_objects import LiveSpec
from okx_sync.live.order_source import OrderSource
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.paper.server.loop import LoopThread
from okx_sync.protocol.events import Ack, Event, Push
from okx_sync.rows import Row, envelope, model
from okx_sync.state.book.book_change import BookChange
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions
from okx_sync.types import AccountUpdate, BalanceUpdate, FillUpdate, OrderStatus, OrderUpdate, PositionUpdate
from tests.loopback.conftest import FAST, Heard, States, our_threads, until
from tests.transport.link_parts import EveryEventDialect, control

MARKET, ACCOUNT, ALGO = "market", "account", "algo"
_TOPIC: Final = re.compile(r"(\w+)\(([^)]*)\)")


# -- what is told --------------------------------------------------------------------------------------------------


@model
class Quotes(Row):
    """A book (``kind`` "all") or a change of one; ``odd`` may be of no use without harm to the rest."""

    kind: str | None = envelope("kind")
    prev: int | None = envelope("prev")
    seq: int | None = envelope("seq")
    odd: str | None = None

    def to_change(self) -> BookChange:
        wire = self.raw or {}
        sides = book_rows(wire.get("b")), book_rows(wire.get("a"))
        lost = () if self.odd is None else (DecodeError("odd cannot be read", text=self.odd, field="odd"),)
        kind: Any = "snapshot" if self.kind == "all" else "update"
        return BookChange(kind, *sides, seq=self.seq, prev_seq=self.prev, unreadable=lost)


@model
class Print(Row):
    """A public trade."""

    px: Decimal | None = None


@model
class Stats(Row):
    """Figures of an instrument; a push that is not of ``all`` has only those that changed."""

    symbol: str | None = None
    high: Decimal | None = None
    low: Decimal | None = None


@model
class Order(Row):
    """An order of ours to buy ten, named by its id."""

    id: str | None = None
    own: str | None = None
    status: str | None = None
    filled: Decimal | None = None
    at: int | None = None
    brings: str | None = None

    def to_update(self) -> OrderUpdate:
        if self.id is None:
            raise DecodeError("an order lacks its id", text=repr(self.raw))
        status: Any = self.status
        return order(self.id, status, self.filled or Decimal(0), client_order_id=self.own, updated_at=self.at)

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """The algo order of an id of ours that it ``brings``."""
        if self.brings is None:
            return []
        return [algo("attached", client_order_id=self.brings, parent_order_id=self.id, updated_at=self.at)]


@model
class Algo(Row):
    """An algo order of ours, named by its id."""

    id: str | None = None
    own: str | None = None
    status: str | None = None
    at: int | None = None

    def to_algo_updates(self) -> list[AlgoUpdate]:
        if self.id is None:
            raise DecodeError("an algo order lacks its id", text=repr(self.raw))
        return [algo(self.status, algo_id=self.id, client_order_id=self.own, updated_at=self.at)]


@model
class Fill(Row):
    """A fill of an order of ours."""

    id: str | None = None
    order: str | None = None
    size: Decimal | None = None

    def to_update(self) -> FillUpdate:
        return fill(str(self.id), str(self.order), self.size or Decimal(0))


@model
class Holding(Row):
    """What we hold of an instrument."""

    symbol: str | None = None
    size: Decimal | None = None
    at: int | None = None

    @property
    def taken_at(self) -> int | None:
        """When the list was made."""
        return self.at

    def to_update(self) -> PositionUpdate:
        if self.symbol is None or self.size is None:
            raise DecodeError("a holding lacks the basics", text=repr(self.raw))
        return PositionUpdate(inst_id=self.symbol, size=self.size, updated_at=self.at)


@model
class Balance(Row):
    """A currency of the account."""

    currency: str | None = None
    equity: Decimal | None = None

    def to_update(self) -> AccountUpdate:
        if self.currency is None:
            raise DecodeError("a balance lacks its currency", text=repr(self.raw))
        return AccountUpdate(balances=(BalanceUpdate(currency=self.currency, equity=self.equity),))


@model
class Rule(Row):
    """The rules of an instrument."""

    symbol: str | None = None
    lot: Decimal | None = None


def order(order_id: str, status: OrderStatus, filled: Decimal | int = 0, **more: Any) -> OrderUpdate:
    """What is told of an order to buy ten."""
    facts: dict[str, Any] = {"inst_id": "BTC", "side": "buy", "size": Decimal(10), "price": Decimal(100), **more}
    return OrderUpdate(order_id=order_id, status=status, filled=Decimal(filled), **facts)


def algo(status: Any, **facts: Any) -> AlgoUpdate:
    """What is told of an algo order."""
    return AlgoUpdate(inst_id="BTC", status=status, **facts)


def push(arg: Mapping[str, str], *rows: Any, **envelope: Any) -> bytes:
    """A push of the topic ``arg``; further words go on its envelope."""
    return orjson.dumps({"arg": arg, "data": list(rows), **envelope})


def fill(trade_id: str, order_id: str, size: Decimal | int) -> FillUpdate:
    """A fill at 100."""
    return FillUpdate(
        inst_id="BTC", trade_id=trade_id, order_id=order_id, side="buy", price=Decimal(100), size=Decimal(size)
    )


_PUBLIC: Final[dict[str, Any]] = {"path": MARKET, "cadence": "", "method": ""}
_PRIVATE: Final[dict[str, Any]] = {
    "path": ACCOUNT, "cadence": "", "method": "", "login": True, "private": True, "quiet": True,
}  # fmt: skip
_BOOK: Final[dict[str, Any]] = {"model": Quotes, "snapshot": True, **_PUBLIC}

TABLE: Final = ChannelTable(
    "the scripted exchange",
    (
        Channel(name="book", required=("symbol",), sequenced=True, **_BOOK),
        Channel(name="top", required=("symbol",), **_BOOK),
        Channel(name="kinds", required=("symbol", "instType"), defaults={"instType": "SPOT"}, **_BOOK),
        Channel(name="prints", model=Print, required=("symbol",), **_PUBLIC),
        Channel(name="stats", model=Stats, required=("symbol",), key=("symbol",), partial=True, **_PUBLIC),
        Channel(name="instruments", model=Rule, required=("instType",), **_PUBLIC),
        Channel(name="orders", model=Order, key=("id",), optional=("scope",), **_PRIVATE),
        Channel(name="algos", model=Algo, key=("id",), **{**_PRIVATE, "path": ALGO}),
        Channel(name="fills", model=Fill, key=("id",), **_PRIVATE),
        Channel(
            name="holdings", model=Holding, key=("symbol",), snapshot=True, optional=("product",), **_PRIVATE,
        ),
        Channel(
            name="balances", model=Balance, key=("currency",), snapshot=True, optional=("product",), **_PRIVATE
        ),
    ),
)  # fmt: skip


class ScriptedDialect(EveryEventDialect):
    """The words of ``EveryEventDialect``, with the answer to an unsubscribe and the numbers of a book."""

    def _control(self, message: dict[str, Any]) -> Event:
        if message["event"] == "left":
            return Ack("unsubscribe", message["arg"], message.get("id"))
        return super()._control(message)

    def is_whole(self, push: Push) -> bool:
        return bool(push.message.get("all"))

    def sequence(self, push: Push) -> tuple[int, int] | None:
        told = push.message
        return (told["prev"], told["seq"]) if "seq" in told else None


# -- the exchange --------------------------------------------------------------------------------------------------


class Exchange:
    """``with Exchange() as exchange:``; agrees to every topic and login. Its methods are safe from any thread.

    ``heard``: all requests; ``snapshots``: by channel, what follows each agreement, made from the topic's ``arg``;
    ``refused``: channels, or topics, that it does not serve; ``deaf``: channels of which it answers no request
    ("login": nor a login); ``reply``: what follows an order request (a JSON object).
    """

    def __init__(self) -> None:
        self.host = ""
        self.heard: list[str] = []
        self.snapshots: dict[str, Callable[[dict[str, str]], Iterable[bytes]]] = {}
        self.refused: set[str] = set()
        self.deaf: set[str] = set()
        self.denies_login = False
        self.reply: Callable[[dict[str, Any]], Iterable[bytes]] = lambda _request: ()
        self._sockets: dict[web.WebSocketResponse, tuple[str, asyncio.Transport]] = {}
        self._thread = LoopThread("scripted-exchange")
        self._runner: web.AppRunner | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self.host = self._thread.submit(self._start()).result(5)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drop()
        self._thread.submit(self._stop()).result(5)
        self._thread.stop(5)

    async def _start(self) -> str:
        app = web.Application()
        app.router.add_get("/{path}", self._talk)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"ws://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        self._sockets[socket] = request.match_info["path"], request.transport
        with contextlib.suppress(ConnectionError):
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self.heard.append(message.data)
                    for frame in self._answers(message.data):
                        await socket.send_str(frame.decode())
        del self._sockets[socket]
        return socket

    def _answers(self, text: str) -> Iterator[bytes]:
        if text == "ping":
            yield b"pong"
        elif text.startswith("{"):
            yield from self.reply(orjson.loads(text))
        elif text.startswith("login"):
            if "login" not in self.deaf:
                yield control("failure", code="fatal", message="no such key") if self.denies_login else control("login")
        else:
            op, request_id, rest = text.split(" ", 2)
            for name, args in _TOPIC.findall(rest):
                arg = {"channel": name, **dict(one.split("=") for one in args.split(", ") if one)}
                yield from self._asked(op, request_id, arg, f"{name}({args})")

    def _asked(self, op: str, request_id: str, arg: dict[str, str], text: str) -> Iterator[bytes]:
        name = arg["channel"]
        if name in self.deaf:
            return
        if op == "unsubscribe":
            yield control("left", arg=arg, id=request_id)
        elif not self.refused.isdisjoint((name, text)):
            yield control("failure", code="refuse", message=f"no {text} here", id=request_id)
        else:
            yield control("ack", arg=arg, id=request_id)
            if name in self.snapshots:
                yield from self.snapshots[name](arg)

    # -- what a test has it do ---------------------------------------------------------------------------------

    def say(self, path: str, *frames: bytes) -> None:
        """Send frames to whoever is connected on a path."""

        async def work() -> None:
            for socket, (where, _) in list(self._sockets.items()):
                if where == path:
                    for frame in frames:
                        with contextlib.suppress(ConnectionError):
                            await socket.send_str(frame.decode())

        self._thread.submit(work()).result(5)

    def drop(self, path: str | None = None) -> None:
        """The sockets of a path die, or all."""

        async def work() -> None:
            for where, transport in list(self._sockets.values()):
                if path in (None, where):
                    transport.abort()

        self._thread.submit(work()).result(5)

    def asked(self, channel: str, op: str = "subscribe") -> int:
        """How often a channel was asked for."""
        return sum(one.startswith(f"{op} ") and f" {channel}(" in one for one in list(self.heard))


# -- a client of it ------------------------------------------------------------------------------------------------

HOLDINGS: Final = MonitorSource(
    ACCOUNT, "holdings", {}, lambda push: bool(push.message.get("all")), lambda whole: whole.push.message.get("at")
)
BALANCES: Final = MonitorSource(
    ACCOUNT, "balances", {}, lambda push: bool(push.message.get("all")), lambda whole: whole.push.message.get("at")
)


class ScriptedClient(LiveClient):
    """A client of the scripted exchange.

    ``orders`` makes the source of ``ws.orders`` from ``subscribe``, and ``algos`` that of their algo orders.
    """

    def __init__(
        self,
        exchange: Exchange,
        *,
        orders: Callable[[Callable[..., Any]], OrderSource] | None = None,
        algos: Callable[[Callable[..., Any]], AlgoSource] | None = None,
        positions: MonitorSource = HOLDINGS,
        account: MonitorSource | None = BALANCES,
        book_fetches: BookFetches = no_fetch,
        options: LinkOptions = FAST,
        clock: Clock | None = None,
        journal: Path | None = None,
        **facts: Any,
    ) -> None:
        source = StreamOrders(self.subscribe, ACCOUNT, "orders", fills=None, sender=None)
        live = LiveSpec(
            books=BookStreams(channel="book", args=lambda _info, symbol: {"symbol": symbol}),
            positions=positions,
            account=account,
            orders=source if orders is None else orders(self.subscribe),
            book_fetches=book_fetches,
            algos=None if algos is None else algos(self.subscribe),
        )
        super().__init__(spec_of(exchange, **facts), lambda: live, options=options, clock=clock, journal=journal)


@attrs.frozen
class Watched:
    """A client, what it tells of its links, and errors without a caller."""

    ws: ScriptedClient
    states: States
    errors: Heard


@contextlib.contextmanager
def client(exchange: Exchange, **parts: Any) -> Iterator[Watched]:
    """A client that is watched, and of which no thread is left behind the block."""
    with ScriptedClient(exchange, **parts) as ws:
        yield Watched(ws, ws.on_state(States()), ws.on_error(Heard()))
    until(lambda: not our_threads(), what=f"the end of {our_threads()}")


def spec_of(exchange: Exchange, **facts: Any) -> StreamSpec:
    """What a client needs to know of the exchange."""

    def sync_clock(times: int = 1) -> float:
        raise ConfigError("nobody is asked for the time here")

    spec = StreamSpec(
        dialect=ScriptedDialect(),
        environment="scripted",
        credentials=Credentials("scripted-key", "scripted-secret"),
        lookup=TABLE.lookup,
        topic_for=TABLE.topic_for,
        url=lambda path: f"{exchange.host}/{path}",
        paths=(MARKET, ACCOUNT, ALGO),
        login_paths=frozenset({ACCOUNT, ALGO}),
        sync_clock=sync_clock,
        timeout_s=5.0,
    )
    return attrs.evolve(spec, **facts)
