"""The server: web application, sessions, ticks and timers, all on the loop thread."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import ssl
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from okx_sync.paper.bitget.rest.router import PREFIXES as BITGET_REST
from okx_sync.paper.bitget.rest.router import BitgetRestRouter
from okx_sync.paper.bitget.ws_paths import WS_PATHS as BITGET_DOORS
from okx_sync.paper.bybit.rest.router import PREFIX as BYBIT_REST
from okx_sync.paper.bybit.rest.router import BybitRestRouter
from okx_sync.paper.bybit.ws_paths import WS_PATHS as BYBIT_DOORS
from okx_sync.paper.feeds.hub import FeedHub
from okx_sync.paper.okx.rest.router import RestRouter
from okx_sync.paper.okx.ws_session import WS_PATHS as OKX_DOORS
from okx_sync.paper.server.book_sequence import BookSequence
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.server.fault_rules import FaultRules
from okx_sync.paper.server.frame_writer import PONG, FrameWriter, encode_frame
from okx_sync.paper.server.interface import ServerOptions, SessionInterface
from okx_sync.paper.server.journal import Journal
from okx_sync.paper.server.limits import ARGS_BYTES, Limits
from okx_sync.paper.server.listener import Listener
from okx_sync.paper.server.replay import Player
from okx_sync.paper.server.rest_front import redirection
from okx_sync.paper.server.ws_session import WsPath, WsSession
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.venue import Venue

TICK_S = 0.02
SHUTDOWN_S = 0.5
FRAME_BYTES = 4 * ARGS_BYTES
WS_PATHS: dict[str, WsPath] = {**OKX_DOORS, **BITGET_DOORS, **BYBIT_DOORS}
"""Every WebSocket path, of all wires."""

_log = logging.getLogger(__name__)


class Server:
    """Owns everything that lives on the loop thread."""

    def __init__(self, venue: Venue, options: ServerOptions, player: Player | None) -> None:
        self.venue = venue
        self.clock = venue.clock
        self.options = options
        self.player = player
        self.journal = Journal()
        self.rules = FaultRules()
        self.sequence = BookSequence()
        self.client_ids = ClientIds()
        self.limits = Limits(options.limits)
        self.hub = FeedHub(self)
        self.rest = RestRouter(self)
        self.sessions: set[WsSession] = set()
        self.is_dark = False
        self._lit = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._timers: list[tuple[float, int, Callable[[], object]]] = []
        self._named_timers: dict[tuple[str, str], Callable[[], None]] = {}
        self._order = itertools.count()
        self._runner: web.AppRunner | None = None
        self.listener: Listener | None = None
        self._conn_ids = itertools.count(0xA4D3AE55)

    # --- start and stop

    async def start(self, port: int, tls: ssl.SSLContext | None) -> int:
        """Listen on loopback; returns the port."""
        self._lit.set()
        app = web.Application(client_max_size=8 * 1024 * 1024)
        for path in ("/ws/v5/{path}", *WS_PATHS):
            app.router.add_get(path, self._websocket)
        bitget = BitgetRestRouter(self)
        for prefix in BITGET_REST:
            app.router.add_route("*", f"{prefix}{{path:.*}}", bitget.handle)
        app.router.add_route("*", f"{BYBIT_REST}{{path:.*}}", BybitRestRouter(self).handle)
        app.router.add_route("*", "/{path:.*}", self.rest.handle)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=SHUTDOWN_S)
        await self._runner.setup()
        assert self._runner.server is not None
        self.listener = Listener(self._runner.server, tls, self._refuse_next)
        self.listener.open(port)
        self.venue.listen(self.hub.on_event)
        self.spawn(self._ticking())
        return self.listener.port

    async def stop(self) -> None:
        """Close everything, connected clients included, in well under a second."""
        self.rules.clear()
        self.go_dark(False)
        for session in list(self.sessions):
            session.close(1001, "going away", patience=SHUTDOWN_S / 2)
        if self.sessions:
            await asyncio.sleep(0.02)
        if self.listener is not None:
            await self.listener.close_all()
        if self._runner is not None:
            await self._runner.cleanup()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run a coroutine in the background; its errors are noted, not lost."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._spawned)
        return task

    def _spawned(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        problem = None if task.cancelled() else task.exception()
        if problem is not None:
            self.problem(problem)

    def problem(self, error: BaseException) -> None:
        """Note an error of the server itself."""
        _log.error("paper exchange: %r", error, exc_info=error)
        self.journal.problem(error)

    # --- time

    async def _ticking(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            try:
                self.tick()
            except Exception as problem:  # noqa: BLE001 - one bad tick must not stop the market
                self.problem(problem)

    def tick(self) -> None:
        """Do everything that is due now."""
        self.venue.step()
        now = self.clock.monotonic()
        while self._timers and self._timers[0][0] <= now:
            heapq.heappop(self._timers)[2]()
        self.hub.tick(now)
        for session in list(self.sessions):
            session.check_idle(now)
        self.journal.tick()

    async def advance(self, seconds: float) -> None:
        """Move the clock on in small steps, so that what is due in between happens in its order."""
        step = max(TICK_S, seconds / 200 if seconds <= 200 else min(seconds / 600, 60.0))
        left = seconds
        while left > 0:
            self.clock.advance(min(step, left))
            left -= step
            self.tick()
            await asyncio.sleep(0)

    def after(self, seconds: float, action: Callable[[], object]) -> Callable[[], None]:
        """Run `action` after so many paper seconds; returns a function that calls it off."""
        entry = (self.clock.monotonic() + seconds, next(self._order), action)
        heapq.heappush(self._timers, entry)

        def call_off() -> None:
            if entry in self._timers:
                self._timers.remove(entry)
                heapq.heapify(self._timers)

        return call_off

    def rearm(self, name: tuple[str, str], seconds: float, action: Callable[[], object]) -> None:
        """Set a timer, named by its owner and a word, anew; 0 seconds only calls off the old one."""
        call_off = self._named_timers.pop(name, None)
        if call_off is not None:
            call_off()
        if seconds > 0:
            self._named_timers[name] = self.after(seconds, lambda: self._fire(name, action))

    def _fire(self, name: tuple[str, str], action: Callable[[], object]) -> None:
        del self._named_timers[name]
        action()

    def armed(self, owner: str) -> set[str]:
        """Return the names that an owner has running timers under."""
        return {name for who, name in self._named_timers if who == owner}

    # --- what sessions ask

    def exists(self, kind: str, name: str) -> bool:
        """Tell whether there is such an instrument, swap, index, spread...; a recording may name any."""
        if self.player is not None:
            return True
        if kind == "index":
            return name in self.venue.index_ids()
        if kind == "spread":
            return name in self.venue.spreads.ids
        if kind not in ("instrument", "swap"):
            return self.venue.listings.has(kind, name, self.clock.now_ms())
        instrument = self.venue.instruments.get(name)
        return instrument is not None and (kind != "swap" or instrument.is_swap)

    def connections_of(self, account: VenueAccount, channel: str) -> int:
        """Count how many connections of an account have a channel."""
        return sum(
            any(one.channel.name == channel for one in session.topics.active.values())
            for session in self.sessions
            if session.key is not None and session.key.account is account
        )

    def take_limit(self, path: str, uid: str, args: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
        """Take from the limit that REST and the WebSocket share for an order path; the refusal if it is used up."""
        return self.rest.take_limit("POST", path, uid, args)

    def drop_if(self, event: str, session: SessionInterface, **facts: str) -> bool:
        """Drop the connection when a fault says so; whether it did."""
        rule = self.rules.take("drop_on", event=event, path=session.path, **facts)
        if rule is None:
            return False
        session.drop(rule.options["how"], rule.options["code"], rule.options["reason"])
        return True

    # --- connections

    def _refuse_next(self) -> bool:
        self.journal.accepted()
        return self.rules.take("refuse_connect") is not None

    def go_dark(self, on: bool, path: str | None = None) -> None:
        """Read and write nothing, close nothing: a blackhole."""
        if path is None:
            self.is_dark = on
            (self._lit.clear if on else self._lit.set)()
            if self.listener is not None:
                self.listener.hold(on)
        for session in self.sessions:
            if path in (None, session.path):
                session.wire.hold(on)

    async def lit(self) -> None:
        """Wait while everything is dark."""
        await self._lit.wait()

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        ws_path = WS_PATHS.get(request.path)
        if ws_path is None:
            return web.Response(status=404, text="Not Found")
        refusal = self._refuse_handshake(ws_path)
        if refusal is not None:
            return refusal
        # Not closing by itself: it would cut TCP right behind our close frame, and a client that still
        # writes would be answered with RST, which throws away what it has not read. Not answering protocol
        # pings by itself either: nothing may be written after a half-close.
        ws = web.WebSocketResponse(
            timeout=1.0, compress=False, autoclose=False, autoping=False, max_msg_size=FRAME_BYTES
        )
        try:
            writer = await ws.prepare(request)
        except ConnectionError:  # gone before it could begin
            return web.Response()  # what has not begun cannot be ended either
        if request.transport is None:
            return ws
        wire = FrameWriter(request.transport, writer.drain, self.rules, ws_path.name)
        session = self._open(ws, wire, ws_path, request.query)
        try:
            await self._converse(session)
        finally:
            self.sessions.discard(session)
            await session.finish()
        return ws

    def _open(
        self, ws: web.WebSocketResponse, wire: FrameWriter, ws_path: WsPath, query: Mapping[str, str]
    ) -> WsSession:
        conn_id = f"{next(self._conn_ids) & 0xFFFFFFFF:08x}"
        record = self.journal.connection_opened(ws_path.name, conn_id, self.clock.now())
        session = ws_path.session(self, ws, wire, record, query)
        self.sessions.add(session)
        if self.is_dark or self.rules.take("blackhole", path=ws_path.name) is not None:
            session.wire.hold(True)
        self.drop_if("open", session)
        return session

    async def _converse(self, session: WsSession) -> None:
        with suppress(ConnectionError):
            async for message in session.ws:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    self._read(session, message.data)
                elif message.type is WSMsgType.PING:
                    session.wire.write(encode_frame(message.data, PONG))

    def _read(self, session: WsSession, data: str | bytes) -> None:
        try:
            session.received(data if isinstance(data, str) else data.decode(errors="replace"))
        except Exception as problem:  # noqa: BLE001 - the next client is not to suffer
            self.problem(problem)
            session.broken()

    def _refuse_handshake(self, ws_path: WsPath) -> web.Response | None:
        if (away := self.rules.take("redirect", path=ws_path.name)) is not None:
            return redirection(away)
        rule = self.rules.take("refuse_handshake", path=ws_path.name)
        if rule is not None:
            wait = rule.options["retry_after"]
            headers = {} if wait is None else {"Retry-After": str(wait)}
            return web.Response(status=rule.options["status"], headers=headers, text="refused")
        if not self.limits.take(
            ("connect", ws_path.session.wire_name), *ws_path.session.connects, self.clock.monotonic()
        ):
            return web.Response(status=429, headers={"Retry-After": "1"}, text="Too Many Requests")
        return None
