"""Bitget's conversations: ping, login, subscribe, unsubscribe, order operations, in V2, V1 and the seed gateway.

There is no request id: every answer repeats the argument it is about, or (the seed's errors, and those about the
connection) says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import orjson

from okx_sync.paper.bitget import channels, order_entry
from okx_sync.paper.bitget.account_settings import settings_of
from okx_sync.paper.bitget.codes import OFFICIAL, SEED, WRONG_KIND, BitgetRefusal, login_words, words_for
from okx_sync.paper.bitget.session_base import BitgetSessionBase
from okx_sync.paper.bitget.symbols import (
    DEMO_MARGIN_COINS,
    MARGIN_COINS,
    V1_DEMO_MARGIN_COINS,
    V1_MARGIN_COINS,
)
from okx_sync.paper.bitget.topics import BitgetTopics
from okx_sync.paper.server.auth import AuthError, check_login
from okx_sync.paper.server.channel_spec import PRIVATE, PUBLIC, ChannelSpec
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.server.limits import Window
from okx_sync.paper.server.ws_session import masked, parse_object

REQUESTS_PER_HOUR = 240
MESSAGES_PER_S = 10
DAY_S = 24 * 3600.0


class BitgetWsSession(BitgetSessionBase):
    """What the protocols have in common in reading requests."""

    feeds = channels.FEEDS
    connects = (300, 300.0)
    #: Measured from the last ping: other traffic does not count.
    idle_s = 120.0
    #: Whether the protocol is for unified accounts; None for one that asks nobody.
    is_unified: ClassVar[bool | None] = None
    topics: BitgetTopics

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self.topics = BitgetTopics(self)
        self._requests = Window(self.server.options.socket.requests_per_hour or REQUESTS_PER_HOUR, 3600.0)
        self._messages = Window(MESSAGES_PER_S, 1.0)
        self._ends_at = self.server.clock.monotonic() + DAY_S

    # --- in

    def hear(self, text: str) -> None:
        """Take a ping, or a request with an `op`."""
        message = None if text == "ping" else parse_object(text)
        self.heard(masked(text, message))
        if self.server.options.limits and not self._messages.take(self.server.clock.monotonic()):
            self.refuse(BitgetRefusal("over"))
            self.close(1008, "too many messages")
        elif text == "ping":
            self._alive(b"pong")
        elif message is None or not isinstance(message.get("op"), str):
            self.refuse(BitgetRefusal("illegal"))
        else:
            self._operate(message["op"], message)

    def _alive(self, pong: bytes) -> None:
        super().touch()
        self.pinged(pong)

    def _operate(self, op: str, message: Mapping[str, Any]) -> None:
        args = message.get("args")
        if op == "trade":
            self.server.journal.count(self.record, "orders")
            order_entry.operate(self, args)
            return
        if op not in ("login", "subscribe", "unsubscribe"):
            self.refuse(BitgetRefusal("op", op=op))
            return
        self.server.journal.count(self.record, op + "s")
        if self.server.drop_if(op, self):
            return
        if op == "login":
            self._login(args)
        elif not self._requests.take(self.server.clock.monotonic()):
            self.refuse(BitgetRefusal("often"))
        elif not isinstance(args, list) or not args or not all(isinstance(arg, dict) for arg in args):
            self.refuse(BitgetRefusal("illegal"))
        else:
            self.topics.ask(op, args)

    def _login(self, args: Any) -> None:
        rule = self.server.rules.take("refuse_login", path=self.path)
        try:
            if rule is not None:
                raise AuthError(*words_for(self.codes, rule.options["code"] or "refused"))
            key = check_login(args, self.server.venue.keys, self.server.clock.now(), login_words(self.codes))
            if self.is_unified is not None and settings_of(key.account).is_unified != self.is_unified:
                raise AuthError(*WRONG_KIND[self.is_unified])
        except AuthError as problem:
            event = {"event": "error", "code": self.number(problem.code), "msg": problem.message}
            self.reply("login", event, then=lambda: self.close(4001, "login failed"))
            return
        self.opened(key)
        self.reply("login", {"event": "login", "code": self.number("0"), "msg": ""})

    def touch(self) -> None:
        """Note a message: only pings keep a connection open."""

    def check_idle(self, now: float) -> None:
        """Close after two minutes without a ping, and after a day whatever happens."""
        super().check_idle(now)
        if now >= self._ends_at:
            self.close(1001, "24 hours are over")


class BitgetV2Session(BitgetWsSession):
    """The current protocol: one URL for public channels, one for private ones."""

    wire_name = "bitget v2"
    is_unified = False
    codes = OFFICIAL
    channels = channels.V2

    def serves(self, channel: ChannelSpec) -> bool:
        """Tell whether the channel is on this URL: public and private channels have one each."""
        return channel.path == self.path

    def margin_of(self, channel: ChannelSpec, inst_type: str) -> str | None:  # noqa: ARG002 - the same for all
        """Read `USDT-FUTURES` and its kin; in the demo environment also with an S before."""
        known = MARGIN_COINS | (DEMO_MARGIN_COINS if self.server.options.demo else {})
        return known.get(inst_type)

    def _login(self, args: Any) -> None:
        if self.path == PUBLIC:
            self.refuse(BitgetRefusal("op", op="login"))
        else:
            super()._login(args)


class _MixSession(BitgetWsSession):
    """One URL for everything: a connection is `public` to faults and journal until it logs in, then `private`."""

    def serves(self, channel: ChannelSpec) -> bool:  # noqa: ARG002 - all of them
        """Return True: any channel is on any connection."""
        return True

    def _login(self, args: Any) -> None:
        self.wire.path = PRIVATE
        self.server.journal.update(self.record, path=PRIVATE)
        super()._login(args)


class BitgetV1Session(_MixSession):
    """The mix stream, which repeats the `instType` of every argument in lower case."""

    wire_name = "bitget v1"
    codes = OFFICIAL
    channels = channels.V1

    def margin_of(self, channel: ChannelSpec, inst_type: str) -> str | None:
        """Read `MC` for market data, `UMCBL` and its kin for the account."""
        if not channel.login:
            return "USDT" if inst_type.upper() == "MC" else None
        known = V1_MARGIN_COINS | (V1_DEMO_MARGIN_COINS if self.server.options.demo else {})
        return known.get(inst_type.upper())

    def shown(self, arg: Mapping[str, Any]) -> dict[str, Any]:
        """Return the argument with `instType` in lower case."""
        return {**arg, "instType": str(arg.get("instType", "")).lower()}


class BitgetSeedSession(_MixSession):
    """The gateway of the seed: JSON pings, codes as text, `update` for every push, the time in each row."""

    wire_name = "bitget seed"
    codes = SEED
    channels = channels.SEED

    def margin_of(self, channel: ChannelSpec, inst_type: str) -> str | None:  # noqa: ARG002 - the same for all
        """Return the coin of the only `instType`."""
        return "USDT" if inst_type == "FUTURES" else None

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write a push without a time of its own."""
        return orjson.dumps({"action": "update", "arg": subscription.shown, "data": rows, **envelope})

    def number(self, code: str) -> int | str:
        """Return the code as text."""
        return code

    def _operate(self, op: str, message: Mapping[str, Any]) -> None:
        if op == "ping":
            self._alive(b'{"op":"pong"}')
        elif op == "trade":
            self.refuse(BitgetRefusal("op"))
        else:
            super()._operate(op, message)

    def refuse(self, no: BitgetRefusal, arg: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002
        """Refuse a request; errors never say what they are about."""
        super().refuse(no)
