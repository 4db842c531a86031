"""The public face of the paper exchange: start it, point a client at it, watch it, disturb it."""

from __future__ import annotations

import os
import warnings
import weakref
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, cast

from okx_sync.paper.addresses import Addresses
from okx_sync.paper.argument_checks import check_word
from okx_sync.paper.bitget.account_settings import settings_of
from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS, PaperAccount
from okx_sync.paper.extras import missing_extra
from okx_sync.paper.rules import PaperRules
from okx_sync.paper.server.channel_spec import topic_name
from okx_sync.paper.server.faults import Faults
from okx_sync.paper.server.flood import flood
from okx_sync.paper.server.frame_writer import BINARY, TEXT
from okx_sync.paper.server.interface import ServerOptions
from okx_sync.paper.server.journal import Connection, Frame, Journal, Request
from okx_sync.paper.server.limits import SocketLimits
from okx_sync.paper.server.loop import LoopThread
from okx_sync.paper.server.played_recording import PlayedRecording, RecordedMarket, shifted
from okx_sync.paper.server.replay import Player, load
from okx_sync.paper.server.server import Server
from okx_sync.paper.thread_proxies import PaperTime, VenueProxy
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.venue import Venue

if TYPE_CHECKING:
    from okx_sync.paper.server.tls import Certificates

T = TypeVar("T")
STOP_S = 5.0


class PaperExchange(Addresses):
    """A whole exchange in this process: REST and WebSocket on loopback, market, accounts, faults.

    `with PaperExchange() as paper: WsClient.connect_private(paper.config)`. Every method and
    property may be used from any thread.

    Args:
        seed: of the random order flow; same seed and same clock give the same market.
        tls: serve https and wss with a throw-away certificate; clients trust `ca_file`.
        flow_per_s: random orders per paper second and instrument mix; 0 for a market that stands still.
        port: to listen on; 0 takes a free one.
        accounts: who may log in; by default `default_accounts.DEFAULT_ACCOUNTS`.
        play: a recording to play instead of a live market: `Recording(folder)` of a client, or a file of JSON lines;
            see `replay`. It begins when all that it holds is subscribed, or at `play_start()`.
        play_speed: how many times as fast as it was recorded; "max" or None: as fast as clients read.
        play_wait: begin when so many of its topics are subscribed.
        play_times: the times in the messages: "recorded", or "now": moved as if the recording began when it is played.
        demo: be OKX's demo environment: private REST calls must then carry `x-simulated-trading: 1`,
            and must not otherwise (50101).
        limits: enforce the rate limits of REST and order operations, and how many connections may be opened (OKX 3 a
            second). What one connection may ask for and carry is always enforced.
        socket_limits: other numbers for that.
        real_checksums: fill in the `checksum` of books, as OKX did until 2026; by default it is 0.
        pages: rows per page of account and position snapshots.
        clock: a `PaperClock` to use, for instance one made frozen.
        rules: readings of OKX's trading rules, where its documents disagree.
        examples: answer OKX's calls that are to change what is not here (earning, bots, ...) with an example,
            as if they were done; else they are refused (50062). `docs/paper-calls.md` lists them.
    """

    def __init__(
        self,
        seed: int = 7,
        *,
        tls: bool = False,
        flow_per_s: float = 40.0,
        port: int = 0,
        accounts: Sequence[PaperAccount] | None = None,
        play: str | Path | RecordedMarket | None = None,
        play_speed: float | Literal["max"] | None = 1.0,
        play_wait: int | None = None,
        play_times: Literal["recorded", "now"] = "recorded",
        demo: bool = False,
        limits: bool = False,
        socket_limits: SocketLimits | None = None,
        real_checksums: bool = False,
        pages: int = 100,
        clock: PaperClock | None = None,
        rules: PaperRules | None = None,
        examples: bool = False,
    ) -> None:
        self.accounts: tuple[PaperAccount, ...] = DEFAULT_ACCOUNTS if accounts is None else tuple(accounts)
        self.port = port
        self._tls = tls
        self._certificates: Certificates | None = None
        self._thread: LoopThread | None = None
        self._pid = os.getpid()
        self._unclosed: Callable[[], object] = lambda: None
        player = None if play is None else _player(play, play_speed, play_wait, play_times)
        venue = Venue(seed=seed, clock=clock or PaperClock(), flow_per_s=flow_per_s, rules=rules)
        for account in self.accounts:
            _open_account(venue, account)
        options = ServerOptions(demo, limits, real_checksums, pages, examples, socket_limits or SocketLimits())
        self._server = Server(venue, options, player)

    # --- start and stop

    def start(self) -> Self:
        """Start listening; returns itself. RuntimeError when it was started before."""
        if self._thread is not None:
            raise RuntimeError("a PaperExchange starts once; make a new one")
        if self._tls:
            try:
                from okx_sync.paper.server.tls import Certificates
            except ModuleNotFoundError as problem:
                raise missing_extra(problem) from problem
            self._certificates = Certificates()
        context = self._certificates.server_context if self._certificates else None
        thread = LoopThread("okx-paper")
        thread.start()
        self._thread = thread
        try:
            self.port = self._thread.submit(self._server.start(self.port, context)).result(STOP_S)
        except BaseException:
            self.stop()
            raise
        dropped = weakref.finalize(self, _dropped, self._pid, self.port, thread, self._server, self._certificates)
        dropped.atexit = False
        self._unclosed = dropped.detach
        return self

    def stop(self) -> None:
        """Close every connection and the port, and end the thread; bounded, and harmless when repeated."""
        if os.getpid() != self._pid:
            return  # a forked child: the exchange, its loop and its sockets are the parent's
        self._unclosed()
        thread = self._thread
        if thread is not None and thread.alive:
            try:
                thread.submit(self._server.stop()).result(STOP_S)
            finally:
                thread.stop(STOP_S)
        if self._certificates is not None:
            self._certificates.remove()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def run(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a function on the exchange's own thread, where venue and accounts may be touched."""
        if self._thread is None or not self._thread.alive:
            return fn(*args, **kwargs)
        return self._thread.call(fn, *args, **kwargs)

    # --- the market

    @property
    def venue(self) -> Venue:
        """The venue; its methods run on the exchange's thread and return here."""
        return cast(Venue, VenueProxy(self.run, self.clock, self._server))

    @property
    def clock(self) -> PaperTime:
        """The exchange's clock. After `advance` returns, everything due has been sent."""
        return PaperTime(self.run, self._thread, self._server)

    @property
    def faults(self) -> Faults:
        """What can be made to go wrong."""
        if self._thread is None:
            raise RuntimeError("start the exchange first")
        return Faults(self._thread, self._server)

    def fill(self, clOrdId: str = "", sz: Decimal | str | None = None, *, ordId: str = "") -> None:
        """Let a counterparty fill a resting order at its price, wholly or by `sz`; KeyError when not resting.

        `clOrdId`: the client's id as the order was given it, on any wire.
        """
        known = self.run(self._server.client_ids.known_as, clOrdId)
        try:
            self.venue.fill(ordId=ordId, clOrdId=known, sz=sz)
        except KeyError:
            raise KeyError(ordId or clOrdId) from None

    def trade_at(self, instId: str, px: Decimal | str, sz: Decimal | str | None = None) -> None:
        """Move the market to a price: what stands in between trades or gives way, then `sz` prints there."""
        self.venue.trade_at(instId, px, sz)

    def change_instrument(self, instId: str, **rules: Any) -> None:
        """Change trading rules now (`lotSz="0.1"`, `tickSz=`, `minSz=`, `state=`...); the `instruments` channel tells.

        ValueError for what cannot change: `ctVal`, or steps that are no whole multiple of those of the opening.
        """
        self.venue.change_instrument(instId, **rules)

    def quiet(self, on: bool = True) -> None:
        """Stop (or start again) the random order flow."""
        self.venue.quiet(on)

    # --- what it saw

    @property
    def journal(self) -> Journal:
        """Everything the server noted."""
        return self._server.journal

    @property
    def connections(self) -> list[Connection]:
        """All WebSocket connections so far, oldest first."""
        return self.journal.connections

    @property
    def open_connections(self) -> list[Connection]:
        """The WebSocket connections that are open now."""
        return [connection for connection in self.journal.connections if connection.open]

    @property
    def requests(self) -> list[Request]:
        """All REST requests so far."""
        return self.journal.requests

    @property
    def seen(self) -> list[Frame]:
        """All frames that clients sent so far (the last 100 000)."""
        return self.journal.frames

    @property
    def pushed(self) -> Counter[tuple[int, str]]:
        """Data frames sent, per (connection id, topic)."""
        return self.journal.pushes

    @property
    def problems(self) -> list[BaseException]:
        """Errors of the exchange itself; empty in a healthy run."""
        return self.journal.problems

    @property
    def tcp_connections(self) -> int:
        """TCP connections that arrived so far, refused ones and REST included."""
        return self.journal.tcp_connections

    def topics(self) -> Counter[str]:
        """Count how many connections have each topic now."""
        return Counter(topic for one in self.journal.connections if one.open for topic in one.topics)

    def wait_for(self, predicate: Callable[[], object], timeout: float = 5.0) -> bool:
        """Wait until `predicate()` is true, looking again at each change; False after `timeout` seconds."""
        return self.journal.wait_for(predicate, timeout)

    # --- sending by hand

    def send_raw(self, payload: str | bytes, path: str | None = None, binary: bool = False) -> int:
        """Send a frame with this payload to every open socket (of one path); returns to how many."""
        data = payload.encode() if isinstance(payload, str) else payload

        def send() -> int:
            sessions = [s for s in self._server.sessions if path in (None, s.path) and not s.is_closing]
            for session in sessions:
                session.wire.send("push", data, BINARY if binary else TEXT)
            return len(sessions)

        return self.run(send)

    def write_bytes(self, raw: bytes, path: str | None = None) -> int:
        """Write bytes below the frame layer to every open socket; returns to how many."""

        def send() -> int:
            sessions = [s for s in self._server.sessions if path in (None, s.path) and not s.is_closing]
            for session in sessions:
                session.wire.write(raw)
            return len(sessions)

        return self.run(send)

    def push(self, arg: Mapping[str, Any], data: Sequence[Any], **envelope: Any) -> int:
        """Push rows of your own to everyone subscribed to `arg`; returns to how many."""
        topic = topic_name(arg)

        def send() -> int:
            subscribers = self._server.hub.subscribers(topic)
            for one in subscribers:
                one.push(data, **envelope)
            return len(subscribers)

        return self.run(send)

    def flood(
        self,
        arg: Mapping[str, Any],
        row: Mapping[str, Any] | Callable[[int], Any],
        count: int,
        per_second: float | None = None,
    ) -> Future[int]:
        """Push `count` frames to everyone subscribed to `arg`, as fast as they read or `per_second`.

        `row` is the row of every frame, or a function from the frame's number to its row. Returns at
        once; the future's result is the number of frames written.
        """
        if self._thread is None:
            raise RuntimeError("start the exchange first")
        return self._thread.submit(flood(self._server, topic_name(arg), row, count, per_second))

    # --- a recording

    def play_start(self) -> None:
        """Start playing the recording now, whatever is subscribed."""
        self.run(self._player.start, self._server)

    @property
    def play_done(self) -> bool:
        """Whether the whole recording was played."""
        return self._player.is_done

    def wait_played(self, timeout: float = 30.0) -> bool:
        """Wait until the whole recording was played."""
        return self.wait_for(lambda: self._player.is_done, timeout)

    @property
    def _player(self) -> Player:
        if self._server.player is None:
            raise RuntimeError("this exchange plays no recording; make it with play=")
        return self._server.player


def _player(play: str | Path | RecordedMarket, speed: float | str | None, wait: int | None, times: str) -> Player:
    check_word("play_times", times, ("recorded", "now"))
    if isinstance(speed, str):
        check_word("play_speed", speed, ("max",))
    elif speed is not None and not speed > 0:
        raise ValueError(f"play_speed must be above 0, not {speed!r}")
    if isinstance(play, str | Path) and Path(play).is_dir():
        raise ValueError(f"{play} is a folder: play=Recording({str(play)!r})")
    frames = load(play) if isinstance(play, str | Path) else PlayedRecording(play)
    return Player(frames, None if isinstance(speed, str) else speed, wait, shifted if times == "now" else None)


def _dropped(pid: int, port: int, thread: LoopThread, server: Server, certificates: Certificates | None) -> None:
    """Stop an exchange that nobody holds and nobody has stopped. Waits for nothing: this may run anywhere."""
    if os.getpid() != pid or not thread.alive:
        return
    thread.abandon(server.stop)
    if certificates is not None:
        certificates.remove()
    warnings.warn(f"unclosed <PaperExchange port {port}>; use `with`, or stop() it", ResourceWarning, stacklevel=1)


def _open_account(venue: Venue, account: PaperAccount) -> None:
    opened = venue.add_account(
        account.api_key,
        account.secret_key,
        account.passphrase,
        balances=account.balances,
        permissions=account.permissions,
        label=account.label,
        vip=account.vip,
    )
    settings_of(opened).kind, opened.spot_borrow = account.bitget, account.spot_borrow
    for key in account.more_keys:
        venue.add_key(opened, *key, permissions=account.permissions)


__all__ = ["PaperAccount", "PaperExchange"]
