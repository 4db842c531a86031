"""Bybit's REST words: headers and signature, the ``retCode``/``retMsg``/``result`` envelope, codes.

Page: "Integration Guidance" of the V5 documentation.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from okx_sync.errors import OkxError
from okx_sync.exchanges.bybit import error_codes
from okx_sync.exchanges.bybit.answers import receipts
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.signing import rest_sign
from okx_sync.exchanges.frames import text_of
from okx_sync.rest.dialect import Again, Call, Reply, RestDialect

__all__ = ["RECV_WINDOW_MS", "BybitRestDialect", "new_order_link_id"]

RECV_WINDOW_MS: Final = "5000"
"""How late a signed request may arrive."""

_CLOCK: Final = "10002"


def new_order_link_id() -> str:
    """Make a client order id: 32 letters and digits, unique without a server."""
    return uuid.uuid4().hex


class BybitRestDialect(RestDialect):
    """Bybit V5 for one configuration."""

    time_path = "/v5/market/time"
    order_keys = ("symbol", "orderId", "orderLinkId")
    new_ids = ("orderId",)
    lost_hint = "the channel order tells of it if it got there"

    def __init__(self, config: BybitConfig) -> None:
        self._credentials = config.credentials
        self.environment = config.place
        self.base_url = config.rest_host
        self.account = config.credentials.short_key if config.credentials else ""
        self._common = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "okx_sync"}

    @property
    def can_sign(self) -> bool:
        """Whether there are credentials."""
        return self._credentials is not None

    def headers(self, call: Call, now_s: float) -> dict[str, str]:
        """Make Bybit's headers, signed where the call is."""
        if not call.signed or self._credentials is None:
            return {**self._common, **call.headers}
        timestamp = str(round(now_s * 1000))
        window = call.headers.get("X-BAPI-RECV-WINDOW", RECV_WINDOW_MS)
        payload = call.query if call.method == "GET" else call.body
        return {
            **self._common,
            **call.headers,
            "X-BAPI-API-KEY": self._credentials.api_key,
            "X-BAPI-TIMESTAMP": timestamp,
            "X-BAPI-RECV-WINDOW": window,
            "X-BAPI-SIGN": rest_sign(self._credentials, timestamp, window, payload),
        }

    def read(self, payload: Any) -> Reply | None:
        """Read an answer of Bybit; None for what is none."""
        code = text_of(payload, "retCode") if isinstance(payload, dict) else ""
        if not code:
            return None
        message = str(payload.get("retMsg") or "")
        return Reply(code == "0", code, message, receipts(payload.get("result"), payload.get("retExtInfo")))

    def row_refusal(self, row: Any) -> tuple[str, str] | None:
        """Return code and message of a row of a batch that was refused; None for any other."""
        code = text_of(row, "code") if isinstance(row, dict) else ""
        return None if code in ("", "0") else (code, str(row.get("msg") or ""))

    def row_accepted(self, row: Any, reply: Reply, alone: bool) -> bool:
        """Tell whether a row, or the whole answer where rows have no verdict, says that the order was accepted."""
        # A single order's verdict is that of the answer; of a batch each has its own.
        verdict = text_of(row, "code") if isinstance(row, dict) else "none"
        return verdict == "0" or (alone and reply.ok and verdict == "")

    def error(self, code: str, message: str, *, status: int | None, rows: list[Any]) -> OkxError:
        """Make the error for a code of Bybit."""
        return error_codes.TABLE.error_for(code, message, environment=self.environment, status=status, rows=rows)

    def hint_at_name(self, params: Mapping[str, Any]) -> str | None:
        """Return a hint at a symbol that Bybit spells in another way."""
        return error_codes.TABLE.hint_at_name(params)

    def again(self, code: str, status: int) -> Again:
        """Decide what a refusal with ``code`` and HTTP ``status`` means for the same call."""
        return "clock" if code == _CLOCK else error_codes.TABLE.again(code, status)

    def server_time(self, reply: Reply) -> float:
        """Return the seconds since the epoch in an answer of ``time_path``."""
        return int(reply.rows[0]["timeNano"]) / 1e9
