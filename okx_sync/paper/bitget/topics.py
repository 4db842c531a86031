"""What one connection to Bitget has subscribed: the checks of an argument, its ack or its error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.paper.bitget.codes import BitgetRefusal, describe
from okx_sync.paper.bitget.session_base import BitgetSessionBase
from okx_sync.paper.bitget.symbols import find
from okx_sync.paper.server.channel_spec import ChannelSpec, topic_name
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.server.ws_session import SessionTopics

MOST_TOPICS = 1000
ALL = "default"


class BitgetTopics(SessionTopics):
    """The topics of one connection."""

    _session: BitgetSessionBase

    def ask(self, op: str, args: Sequence[dict[str, Any]]) -> None:
        """Answer a subscribe or unsubscribe request: one ack or error per argument."""
        for arg in args:
            if self._session.is_closing:
                return
            try:
                if op == "subscribe":
                    self._server.journal.asked(self._session.record, topic_name(arg))
                    self._subscribe(arg)
                else:
                    self._check(arg)
                    self.end(topic_name(arg))
                    self._ack("unsubscribe", arg)
            except BitgetRefusal as no:
                self._session.refuse(no, arg)

    def _subscribe(self, arg: dict[str, Any]) -> None:
        session, rules = self._session, self._server.rules
        channel, inside = self._check(arg)
        facts = {"channel": channel.name, "path": session.path, "instId": str(arg.get("instId", arg.get("symbol", "")))}
        rule = rules.take("refuse_subscribe", **facts)
        if rule is not None:
            raise BitgetRefusal(rule.options["code"] or "topic", arg=describe(arg))
        if channel.login and session.key is None:
            raise BitgetRefusal("login")
        if len(self.active) >= (self._server.options.socket.topics or MOST_TOPICS):
            raise BitgetRefusal("over")
        if rules.take("no_ack", **facts) is not None:
            return
        subscription = TopicSubscription(session, topic_name(arg), channel, inside, session.shown(arg))
        self.put(subscription)
        self._ack("subscribe", arg)
        if not self._server.drop_if("ack", session, channel=channel.name):
            self._server.hub.add(subscription)

    def _ack(self, event: str, arg: Mapping[str, Any]) -> None:
        self._session.reply("ack", {"event": event, "arg": self._session.shown(arg)})

    def _check(self, arg: Mapping[str, Any]) -> tuple[ChannelSpec, dict[str, Any]]:
        """Return the channel of an argument, and the argument as feeds read it.

        `instId` is the venue's, or empty for all; `symbol` the one given; `margin` the coin that backs the contracts.
        """
        session = self._session
        unknown = BitgetRefusal("topic", arg=describe(arg))
        channel = session.channels.get(str(arg.get("channel", "")))
        if channel is None or not session.serves(channel):
            raise unknown
        margin = session.margin_of(channel, str(arg.get("instType", "")))
        if margin is None:
            raise unknown
        inside = {**arg, "symbol": str(arg.get("instId", "")), "margin": margin}
        return channel, inside | {"instId": self._named(channel.options["about"], arg, margin)}

    def _named(self, about: str, arg: Mapping[str, Any], margin: str) -> str:
        """Return the venue's name of the contract an argument is about; empty for all. See `channels` for `about`."""
        given = arg.get("coin" if about == "coin" else "instId")
        wrong = BitgetRefusal("param", arg=describe(arg))
        if about == "nothing" or (given is None and about.startswith("maybe")):
            return ""
        if not isinstance(given, str) or not given:
            raise wrong
        if about == "default" and given != ALL:
            raise wrong
        if given == ALL and about != "symbol":
            return ""
        if about in ("coin", "maybe_coin"):
            if given != margin:
                raise BitgetRefusal("topic", arg=describe(arg))
            return ""
        instrument = find(self._server.venue, given, margin)
        if instrument is None and self._server.player is not None:
            return given  # a recording may name any
        if instrument is None:
            raise BitgetRefusal("topic", arg=describe(arg))
        return instrument.instId
