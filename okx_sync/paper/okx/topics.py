"""What one connection has subscribed: asking, acking, refusing, counting connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.paper.okx.channels import CHANNELS
from okx_sync.paper.okx.codes import describe_arg
from okx_sync.paper.okx.session_base import OkxSessionBase
from okx_sync.paper.server.channel_spec import ChannelSpec, TopicError, check_arg, echoed, topic_name
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.server.ws_session import SessionTopics

CONNECTIONS_PER_CHANNEL = 30


class OkxTopics(SessionTopics):
    """The topics of one OKX connection."""

    _session: OkxSessionBase

    def ask(self, op: str, args: Sequence[dict[str, Any]], request_id: str | None) -> None:
        """Answer a subscribe or unsubscribe request: one ack or error per argument."""
        for arg in args:
            if self._session.is_closing:
                return
            if op == "subscribe":
                self._server.journal.asked(self._session.record, topic_name(arg))
            try:
                channel = check_arg(arg, CHANNELS, self._session.path, op, self._server.exists)
                if op == "subscribe":
                    self._subscribe(channel, arg, request_id)
                else:
                    self._unsubscribe(arg, request_id)
            except TopicError as problem:
                self._session.refuse(problem.code, request_id, **problem.facts)

    def _subscribe(self, channel: ChannelSpec, arg: dict[str, Any], request_id: str | None) -> None:
        rules, topic = self._server.rules, topic_name(arg)
        facts = {"channel": channel.name, "path": self._session.path, "instId": str(arg.get("instId", ""))}
        rule = rules.take("refuse_subscribe", **facts)
        if rule is not None:
            code = rule.options["code"] or "60018"
            raise TopicError(code, Op="Subscribe", arg=describe_arg(arg), **_only(facts))
        self._check_rights(channel, arg)
        if (most := self._server.options.socket.topics) is not None and len(self.active.keys() | {topic}) > most:
            self._session.close(4008, "Number of channels exceeds the limit.")
            return
        if rules.take("no_ack", **facts) is not None:
            return
        uid = self._session.key.account.uid if channel.own and self._session.key else None
        subscription = TopicSubscription(self._session, topic, channel, arg, echoed(arg, channel, uid))
        # On record before the client can know of it, so that whoever sees the ack finds the topic.
        self.put(subscription)
        self._ack("subscribe", arg, request_id)
        if self._server.drop_if("ack", self._session, channel=channel.name):
            return
        self._server.hub.add(subscription)
        if channel.counted:
            self._count_connections(subscription)

    def _check_rights(self, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        key = self._session.key
        if channel.live_only and self._server.options.demo:
            raise TopicError("60018", Op="Subscribe", arg=describe_arg(dict(arg)))
        if channel.login and key is None:
            raise TopicError("60011")
        if channel.vip and key is not None and not key.account.vip:
            raise TopicError("64003")
        if channel.name in ("books", "books50-l2-tbt"):
            rival = topic_name({"channel": "books-l2-tbt", "instId": arg["instId"]})
            if rival in self.active:
                raise TopicError("64004", channel=channel.name, instId=str(arg["instId"]))

    def _unsubscribe(self, arg: dict[str, Any], request_id: str | None) -> None:
        self.end(topic_name(arg))
        self._ack("unsubscribe", arg, request_id)

    def _ack(self, event: str, arg: Mapping[str, Any], request_id: str | None) -> None:
        ack = {"event": event, "arg": arg, "connId": self._session.record.connId}
        self._session.reply("ack", ack if request_id is None else {"id": request_id, **ack})

    def _count_connections(self, subscription: TopicSubscription) -> None:
        session, name = self._session, subscription.channel.name
        count = self._server.connections_of(subscription.account, name)
        forced = self._server.rules.take("conn_count_error", channel=name, path=session.path)
        event = {"event": "channel-conn-count", "channel": name, "connCount": str(count)}
        if count <= CONNECTIONS_PER_CHANNEL:
            session.reply("ack", {**event, "connId": session.record.connId})
        if count > CONNECTIONS_PER_CHANNEL or forced is not None:
            self.end(subscription.topic)
            event = {**event, "event": "channel-conn-count-error", "connCount": str(CONNECTIONS_PER_CHANNEL)}
            session.reply("ack", {**event, "connId": session.record.connId})


def _only(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: facts[name] for name in ("channel", "instId")}
