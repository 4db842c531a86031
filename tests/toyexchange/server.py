"""The toy exchange itself: one book, one account, real sockets on a thread of its own."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

import orjson
from aiohttp import WSMsgType, web

from okx_sync.paper.server.loop import LoopThread

KEY, SECRET = "toy-key", "toy-secret"
TOPICS = {"market": ("book/BTC", "prints/BTC"), "account": ("orders", "holdings")}


class ToyServer:
    """``with ToyServer() as toy: ToyWsClient(ToyConfig(toy.host))``. Its methods are safe from any thread."""

    def __init__(self) -> None:
        self.host = ""
        self.asked: list[Counter[str]] = []
        self.logins = 0
        self.book: dict[str, dict[str, str]] = {"b": {"99": "1"}, "a": {"101": "2"}}
        self.orders: dict[str, dict[str, Any]] = {}
        self.held = 0
        self._seq = 1
        self._topics: dict[web.WebSocketResponse, set[str]] = {}
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._thread = LoopThread("toy-exchange")
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
        for path in TOPICS:
            app.router.add_get(f"/{path}", self._talk)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"ws://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    # --- a conversation

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        path, asked, is_in = request.path.strip("/"), Counter[str](), request.path == "/market"
        self.asked.append(asked)
        self._topics[socket] = set()
        assert isinstance(request.transport, asyncio.Transport)
        self._transports[socket] = request.transport
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            word, *rest = orjson.loads(message.data)
            if word == "hello?":
                await self._say(socket, ["hello!"])
            elif word == "login":
                is_in = _is_right(rest)
                self.logins += 1
                await self._say(socket, ["welcome"] if is_in else ["denied", "bad-sign", "wrong signature"])
            else:
                await self._asked(socket, path, word, rest[0], rest[1:], asked, is_in=is_in)
        del self._topics[socket], self._transports[socket]
        return socket

    async def _asked(
        self, socket: Any, path: str, op: str, name: str, topics: Sequence[str], asked: Counter[str], *, is_in: bool
    ) -> None:
        mine = self._topics[socket]
        if not is_in:
            await self._say(socket, ["denied", "log-in-first", "not logged in", name])
            return
        if op == "unsubscribe":
            mine -= set(topics)
            await self._say(socket, ["done", name, op])
            return
        asked.update(topics)
        for topic in topics:
            if topic not in TOPICS[path] or topic in mine:
                await self._say(socket, ["denied", "no-topic", f"cannot serve {topic}", name])
                return
        mine |= set(topics)
        await self._say(socket, ["done", name, op])
        for topic in topics:
            if topic == "book/BTC":
                sides = {side: [list(level) for level in levels.items()] for side, levels in self.book.items()}
                await self._say(socket, ["data", topic, "all", [sides | {"symbol": "BTC"}], 0, self._seq])
            elif topic == "holdings":
                await self._say(socket, ["data", topic, "all", self._holdings(), 0, 0])

    @staticmethod
    async def _say(socket: web.WebSocketResponse, message: Sequence[Any]) -> None:
        if not socket.closed:
            await socket.send_str(orjson.dumps(message).decode())

    def _run(self, work: Callable[[], Any]) -> Any:
        return self._thread.submit(work()).result(5)

    async def _push(self, topic: str, rows: Sequence[Any], kind: str = "one", prev: int = 0, seq: int = 0) -> None:
        for socket, topics in list(self._topics.items()):
            if topic in topics:
                await self._say(socket, ["data", topic, kind, rows, prev, seq])

    def _holdings(self) -> list[dict[str, str]]:
        return [{"symbol": "BTC", "size": str(self.held)}] if self.held else []

    # --- what happens

    def quote(self, side: str, px: str, size: str, *, is_lost: bool = False) -> None:
        """A level of the book changes; ``is_lost``: nobody is told."""

        async def work() -> None:
            self._seq += 1
            self.book[side][px] = size
            row = {"symbol": "BTC", "b": [], "a": [], side: [[px, size]]}
            if not is_lost:
                await self._push("book/BTC", [row], "one", self._seq - 1, self._seq)

        self._run(work)

    def order(self, name: str, size: int) -> None:
        """The account has a new order to buy."""

        async def work() -> None:
            row = {"id": name, "symbol": "BTC", "side": "b", "status": "open", "size": size, "filled": 0, "at": 1}
            self.orders[name] = row
            await self._push("orders", [row])

        self._run(work)

    def fill(self, name: str, size: int) -> None:
        """Somebody takes so much of it."""

        async def work() -> None:
            row = self.orders[name]
            row["filled"] += size
            row["at"] += 1
            row["status"] = "done" if row["filled"] == row["size"] else "part"
            self.held += size
            told = row | {"fill": f"f{row['at']}", "fill_px": "99", "fill_size": size}
            await self._push("orders", [told])
            await self._push("prints/BTC", [{"symbol": "BTC", "px": "99", "size": size}])
            await self._push("holdings", self._holdings(), "all")

        self._run(work)

    def move(self) -> None:
        """Announce a restart on every socket."""

        async def work() -> None:
            for socket in list(self._topics):
                await self._say(socket, ["moving", "to another machine"])

        self._run(work)

    def drop(self) -> None:
        """Every socket dies."""

        async def work() -> None:
            for socket in list(self._topics):
                self._transports[socket].abort()

        self._run(work)

    def topics(self) -> Counter[str]:
        """How many sockets have each topic."""

        async def work() -> Counter[str]:
            return Counter(topic for topics in self._topics.values() for topic in topics)

        return self._run(work)  # type: ignore[no-any-return]


def _is_right(args: Sequence[str]) -> bool:
    key, now, sign = args
    right = hmac.new(SECRET.encode(), f"{key}@{now}".encode(), hashlib.sha256).hexdigest()
    return key == KEY and hmac.compare_digest(sign, right)
