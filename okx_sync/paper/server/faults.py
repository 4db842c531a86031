"""Faults on demand: what goes wrong between an exchange and a client, on real sockets.

All methods may be called from any thread. Arguments that most of them share:

- `path` limits a fault to one WebSocket path (`public`, `private`, `business`; of Bitget and Bybit the name that
  `Connection.path` has, like `v5/private`) or one REST path (`/api/v5/trade/order`); without it, all are affected.
- `channel` and `instId` are in the words of the wire: `books` and `BTC-USDT` on OKX, `orderbook.50` (a topic without
  its symbol) and `BTCUSDT` on Bybit.
- `times` says how often it strikes; None means until `clear`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import orjson

from okx_sync.paper.argument_checks import check_code, check_seconds, check_whole, check_word, wrong
from okx_sync.paper.okx.channels import CHANNELS
from okx_sync.paper.server.fault_rules import FaultRule
from okx_sync.paper.server.malformed_frames import KINDS, frame_of
from okx_sync.paper.server.request_faults import RequestFaults

How = Literal["rst", "fin", "close"]
Event = Literal["open", "login", "subscribe", "unsubscribe", "ack", "push"]
Lane = Literal["login", "ack", "push", "pong", "rest"]


class Faults(RequestFaults):
    """The faults of one paper exchange (`PaperExchange.faults`)."""

    def _switch(self, kind: str, on: bool, **match: str | None) -> None:
        def run() -> None:
            self._server.rules.remove_kind(kind, **match)
            if on:
                self._server.rules.add(FaultRule(kind, match))

        self._thread.call(run)

    # --- connections that die

    def drop(self, how: How = "rst", code: int | None = None, reason: str = "", path: str | None = None) -> int:
        """Drop every open WebSocket now; returns how many.

        `how`: "rst" resets the TCP connection (unsent bytes are lost), "fin" ends it without a close
        frame (what clients report as 1006), "close" sends a close frame with `code` (1001, 1012,
        4001...) and `reason` first; code 1006 cannot be sent and means "fin".
        """
        check_word("how", how, get_args(How))
        check_whole("code", code, 1000, 4999)

        def run() -> int:
            sessions = [s for s in self._server.sessions if path in (None, s.path) and not s.is_closing]
            for session in sessions:
                session.drop(how, code, reason)
            return len(sessions)

        return self._thread.call(run)

    def drop_on(
        self,
        event: Event,
        how: How = "rst",
        code: int | None = None,
        reason: str = "",
        *,
        times: int | None = 1,
        after: int = 0,
        path: str | None = None,
        channel: str | None = None,
    ) -> None:
        """Drop a connection at a moment of its life.

        `event`: "open" (handshake just done), "login", "subscribe", "unsubscribe" (request arrived, not answered),
        "ack" (just sent, nothing pushed yet), "push" (data just sent). `after` lets so many occasions
        pass first: `after=2` with "ack" drops right after the third ack. `channel` limits "ack" and "push".
        """
        check_word("event", event, get_args(Event))
        check_word("how", how, get_args(How))
        check_whole("code", code, 1000, 4999)
        match = {"event": event, "path": path, "channel": channel}
        self._arm("drop_on", match, times, skip=after, how=how, code=code, reason=reason)

    def refuse_handshake(
        self,
        status: int = 502,
        times: int | None = 1,
        retry_after: int | None = None,
        path: str | None = None,
    ) -> None:
        """Answer the WebSocket handshake with an HTTP error; `retry_after` (seconds) adds the header."""
        check_whole("status", status, 300, 599)
        check_whole("retry_after", retry_after)
        self._arm("refuse_handshake", {"path": path}, times, status=status, retry_after=retry_after)

    def refuse_connect(self, times: int | None = None) -> None:
        """Refuse TCP connections, REST included.

        Without `times` the port is closed (the kernel refuses) until `accept_connect` or `clear`;
        with `times` the next connections are accepted and reset at once.
        """
        if times is not None:
            self._arm("refuse_connect", {}, times)
        elif self._server.listener is not None:
            self._thread.call(self._server.listener.close)

    def accept_connect(self) -> None:
        """End `refuse_connect`; the port is the same as before."""

        def run() -> None:
            self._server.rules.remove_kind("refuse_connect")
            if self._server.listener is not None:
                self._server.listener.open()

        self._thread.call(run)

    def blackhole(self, on: bool = True, path: str | None = None) -> None:
        """Read nothing and write nothing, but keep every TCP connection open.

        Without `path` new connections and REST get no answer either. What was held back is sent
        when it ends, as TCP would do after a network partition.
        """

        def run() -> None:
            if path is not None:
                self._server.rules.remove_kind("blackhole", path=path)
                if on:
                    self._server.rules.add(FaultRule("blackhole", {"path": path}))
            self._server.go_dark(on, path)

        self._thread.call(run)

    def no_pong(self, on: bool = True, path: str | None = None) -> None:
        """Leave the text `ping` unanswered; protocol pings still get their pong."""
        self._switch("no_pong", on, path=path)

    # --- late, twice, missing, wrong

    def delay(self, seconds: float, what: Lane = "push", path: str | None = None, times: int | None = None) -> None:
        """Send frames of one kind so many real seconds late, in their order.

        `what`: "login" (login replies), "ack" (acks, errors, order replies), "push", "pong", or
        "rest". A delay of 0 ends an earlier one of the same kind.
        """
        check_word("what", what, get_args(Lane))
        check_seconds("seconds", seconds)
        check_whole("times", times, 1)
        match = {"what": what, "path": path}

        def run() -> None:
            self._server.rules.remove_kind("delay", **match)
            if seconds > 0:
                self._server.rules.add(FaultRule("delay", match, times, options={"seconds": seconds}))

        self._thread.call(run)

    def duplicate(self, times: int | None = None, channel: str | None = None, path: str | None = None) -> None:
        """Send pushes twice."""
        self._arm("duplicate", {"path": path, "channel": channel}, times)

    def lose_push(
        self, channel: str | None = None, times: int | None = 1, *, after: int = 0, path: str | None = None
    ) -> None:
        """Lose pushes: they are never sent. `after` lets so many through first (page 2 of a snapshot: `after=1`)."""
        self._arm("lose_push", {"path": path, "channel": channel}, times, skip=after)

    def gap(self, channel: str | None = None, instId: str | None = None, frames: int = 1) -> None:
        """Lose the next book updates: they are not sent, the sequence numbers go on."""
        self._arm("gap", {"channel": channel, "instId": instId}, frames)

    def no_snapshot(self, channel: str | None = None, instId: str | None = None, times: int | None = None) -> None:
        """Ack subscriptions of books that push changes and send the changes, but no snapshot before them."""
        self._arm("no_snapshot", {"channel": channel, "instId": instId}, times)

    def wrong_checksum(self, times: int | None = 1, instId: str | None = None) -> None:
        """Put a non-zero checksum that does not fit into the next book updates."""
        self._arm("wrong_checksum", {"instId": instId}, times)

    def reset_sequence(self, instId: str) -> None:
        """Start a book's sequence numbers again.

        As OKX does in maintenance (`seqId` < `prevSeqId`), and Bybit after a restart (a snapshot with `u` 1). `instId`
        is the venue's own name, on every wire.
        """

        def run() -> None:
            self._server.sequence.reset(instId, self._server.venue.book(instId).version)

        self._thread.call(run)

    def garbage(self, kind: str = "text", *, data: str | bytes | None = None, path: str | None = None) -> int:
        """Send a frame no client expects to every open socket; returns to how many.

        `kind`: "text" (not JSON), "binary", "truncated_utf8", "deep" (JSON nested 100 000 deep), "big"
        (10 MB of JSON), "wrong_types" (a push whose fields have the wrong types), "not_object"
        (JSON, but not an object), "empty". `data` replaces the payload; text or binary as given.
        """
        if kind not in KINDS:
            raise wrong(f"unknown kind of garbage {kind!r}; one of {', '.join(KINDS)}")
        payload, opcode = frame_of(kind, data)

        def run() -> int:
            sessions = [s for s in self._server.sessions if path in (None, s.path) and not s.is_closing]
            for session in sessions:
                own = session.wrong_types if kind == "wrong_types" and data is None else None
                session.wire.send("push", payload if own is None else orjson.dumps(own), opcode)
            return len(sessions)

        return self._thread.call(run)

    # --- login and subscribe

    def refuse_login(self, code: str = "", times: int | None = 1, path: str | None = None) -> None:
        """Answer logins with an error (by default the wire's own), right credentials or not, and close."""
        check_code("code", code or "0")
        self._arm("refuse_login", {"path": path}, times, code=code)

    def refuse_subscribe(
        self,
        code: str = "",
        channel: str | None = None,
        times: int | None = 1,
        instId: str | None = None,
        path: str | None = None,
    ) -> None:
        """Answer subscribe requests (per argument) with an error, and subscribe nothing."""
        check_code("code", code or "0")
        self._arm("refuse_subscribe", {"channel": channel, "instId": instId, "path": path}, times, code=code)

    def no_ack(self, channel: str | None = None, times: int | None = None) -> None:
        """Ignore subscribe requests: no ack, no error, no data."""
        self._arm("no_ack", {"channel": channel}, times)

    def conn_count_error(self, channel: str, times: int | None = 1) -> None:
        """Ack the next subscription of a counted channel, then end it with `channel-conn-count-error`.

        ``ConfigError`` for a channel that has no connection count.
        """
        if channel not in CHANNELS or not CHANNELS[channel].counted:
            raise wrong(f"channel {channel!r} has no connection count")
        self._arm("conn_count_error", {"channel": channel}, times)

    def notice(self, close_after: float | None = 60.0, path: str | None = None) -> int:
        """Announce a service upgrade on every open socket; returns on how many.

        In the words of its wire if it has any (OKX: 64008, not on its business path unless `path` names it).

        Those sockets are closed (1001) after `close_after` paper seconds; None leaves them open.
        """
        check_seconds("close_after", close_after)

        def run() -> int:
            chosen = [s for s in self._server.sessions if (s.has_notices if path is None else s.path == path)]
            sessions = [s for s in chosen if not s.is_closing]
            for session in sessions:
                session.announce()
                if close_after is not None:
                    self._server.after(close_after, _closer(session.close))
            return len(sessions)

        return self._thread.call(run)

    def clear(self) -> None:
        """End every fault: rules are forgotten, the port is open, held bytes go out."""

        def run() -> None:
            self._server.rules.clear()
            self._server.go_dark(False)
            if self._server.listener is not None:
                self._server.listener.open()

        self._thread.call(run)


def _closer(close: Callable[[int, str], None]) -> Callable[[], None]:
    return lambda: close(1001, "service upgrade")
