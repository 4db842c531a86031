"""What OKX's server says on a WebSocket: pushes, notices and errors in OKX's form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from okx_sync.paper.okx.codes import error_event, message_for
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.server.ws_session import WsSession


class OkxSessionBase(WsSession):
    """The speaking half of a session; the requests are read by `OkxSession`."""

    wire_name = "okx"

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write `arg` first, then the envelope, then the rows."""
        return orjson.dumps({"arg": subscription.shown, **envelope, "data": rows})

    def broken(self) -> None:
        """Send the code of internal errors."""
        self.refuse("64007", None)

    @property
    def has_notices(self) -> bool:
        """Whether upgrades are announced on this path: OKX has them for public and private ones."""
        return self.path != "business"

    def announce(self) -> None:
        """Announce a service upgrade."""
        event = {"event": "notice", "code": "64008", "msg": message_for("64008")}
        self.reply("ack", {**event, "connId": self.record.connId})

    def refuse(self, code: str, request_id: str | None, **facts: str) -> None:
        """Send an error event with the exchange's text for `code`."""
        self.reply("ack", error_event(code, message_for(code, **facts), self.record.connId, request_id))
