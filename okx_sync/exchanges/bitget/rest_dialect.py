"""As much of Bitget's REST words as its streams need: how far its clock is from ours. Nothing here is signed.

Page: "Common / Public / Get Server Time" of Bitget's API guide.
"""

from __future__ import annotations

from typing import Any

from okx_sync.errors import OkxError
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.rest.dialect import Again, Call, Reply, RestDialect

__all__ = ["BitgetRestDialect"]


class BitgetRestDialect(RestDialect):
    """Bitget for one configuration."""

    time_path = "/api/v2/public/time"
    order_keys = ()

    def __init__(self, config: BitgetConfig) -> None:
        self.environment = config.environment
        self.base_url = config.rest_host
        self.account = ""

    @property
    def can_sign(self) -> bool:
        """Whether calls can be signed: no, only the time is asked for here."""
        return False

    def headers(self, call: Call, now_s: float) -> dict[str, str]:  # noqa: ARG002  nothing is signed
        """Make the headers of a call; none is signed."""
        return {"Accept": "application/json", "User-Agent": "okx_sync", **call.headers}

    def read(self, payload: Any) -> Reply | None:
        """Read ``code``, ``msg`` and ``data``; None for what is no answer of Bitget."""
        if not isinstance(payload, dict) or not isinstance(payload.get("code"), str):
            return None
        data = payload.get("data")
        return Reply(payload["code"] == "00000", payload["code"], str(payload.get("msg") or ""), [data] if data else [])

    def row_refusal(self, row: Any) -> tuple[str, str] | None:  # noqa: ARG002  no row has a verdict
        """Return None: no row has a verdict."""
        return None

    def error(self, code: str, message: str, *, status: int | None, rows: list[Any]) -> OkxError:  # noqa: ARG002
        """Make the error for a code of Bitget."""
        # The numbers of Bitget's REST mean other things than the same ones on its streams.
        return OkxError(message, code=code, environment=self.environment)

    def again(self, code: str, status: int) -> Again:  # noqa: ARG002  asking for the time changes nothing
        """Let every refused call be repeated: asking for the time changes nothing."""
        return "read"

    def server_time(self, reply: Reply) -> float:
        """Return the seconds since the epoch in an answer of ``time_path``."""
        return int(reply.rows[0]["serverTime"]) / 1000
