"""What Bitget's server says on a WebSocket, in each of the three protocols: pushes, errors, the words for topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import orjson

from okx_sync.paper.bitget.codes import BitgetRefusal, words_for
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.server.ws_session import WsSession


class BitgetSessionBase(WsSession):
    """The speaking half of a session; each protocol says which `codes` and `channels` it has."""

    codes: ClassVar[Mapping[str, tuple[str, str]]]
    channels: ClassVar[Mapping[str, ChannelSpec]]

    # --- what the protocols differ in

    def serves(self, channel: ChannelSpec) -> bool:
        """Tell whether this URL has the channel."""
        raise NotImplementedError

    def margin_of(self, channel: ChannelSpec, inst_type: str) -> str | None:
        """Return the coin that backs contracts of an `instType`; None for a type the channel does not have."""
        raise NotImplementedError

    def shown(self, arg: Mapping[str, Any]) -> dict[str, Any]:
        """Return an argument as acks and pushes repeat it."""
        return dict(arg)

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write a push: action, argument, rows, and when it was made."""
        made = {"action": "snapshot", "arg": subscription.shown, "data": rows, "ts": self.server.clock.now_ms()}
        return orjson.dumps({**made, **envelope})

    def number(self, code: str) -> int | str:
        """Return a code as this protocol prints it."""
        return int(code)

    # --- out

    def refuse(self, no: BitgetRefusal, arg: Mapping[str, Any] | None = None) -> None:
        """Send an error event; `arg` is what it is about, where the protocol tells."""
        code, text = words_for(self.codes, no.why, **no.facts)
        event: dict[str, Any] = {"event": "error", "code": self.number(code), "msg": text}
        # "Log in first" is about the connection, not about the argument.
        if arg is not None and no.why != "login":
            event["arg"] = self.shown(arg)
        self.reply("ack", event)

    def broken(self) -> None:
        """Send nothing: there is no code for errors of the exchange itself."""
        self.refuse(BitgetRefusal("illegal"))

    def announce(self) -> None:
        """Announce a service upgrade, which comes as an error event."""
        self.refuse(BitgetRefusal("upgrade"))
