"""Bybit's REST words: headers and signature, the ``retCode``/``retMsg``/``result`` envelope, codes.

Page: "Integration Guidance" of the V5 documentation.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from okx_sync.errors import OkxError
from okx_sync.exchanges.bybit import error_codes
from okx_sync.exchanges.bybit.answers import receipts
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.signing import rest_sign
from okx_sync.exchanges.bybit.whole_numbers import with_whole_numbers
from okx_sync.exchanges.frames import text_of
from okx_sync.rest.algo_intent import AlgoIntent
from okx_sync.rest.dialect import Again, Call, Reply, RestDialect
from okx_sync.rest.order_intent import OrderIntent

__all__ = ["RECV_WINDOW_MS", "BybitRestDialect", "new_order_link_id"]

RECV_WINDOW_MS: Final = "5000"
"""How late a signed request may arrive."""

_CLOCK: Final = ("10002", "-1")
_STOP_S: Final = 600.0  # "access too frequent": stop for 10 minutes
_LONGEST_RESET_S: Final = 60.0


def new_order_link_id() -> str:
    """Make a client order id: 32 letters and digits, unique without a server."""
    return uuid.uuid4().hex


class BybitRestDialect(RestDialect):
    """Bybit V5 for one configuration."""

    time_path = "/v5/market/time"
    order_keys = ("symbol", "orderId", "orderLinkId")
    order_scope = ("category",)
    product_keys = ("category",)
    new_ids = ("orderId",)
    journaled = frozenset({"/v5/order/create", "/v5/order/create-batch"})
    every_call = ("600/5s ip",)

    def __init__(self, config: BybitConfig) -> None:
        self._credentials = config.credentials
        self.can_sign = config.credentials is not None
        self.environment = config.place
        self.base_url = config.rest_host
        self.account = config.credentials.short_key if config.credentials else ""
        self._common = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "okx_sync"}

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
        result = payload.get("result")
        beside = {name: value for name, value in result.items() if name != "list"} if type(result) is dict else {}
        if type(payload.get("time")) is int:
            beside["time"] = payload["time"]
        rows = result if type(result) is list else receipts(result, payload.get("retExtInfo"))
        # A null list is an empty one; an answer without the place where it belongs does not say so.
        is_list = type(result) is list or (type(result) is dict and type(result.get("list", "")) in (list, type(None)))
        has_data = is_list or (type(result) is dict and bool(result))
        if is_list and type(result) is dict and result["list"] is None:
            rows = []
        return Reply(
            code == "0", code, message, rows, beside, has_data=has_data, is_list=is_list, is_object=not is_list
        )

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

    def algo_intents(self, path: str, row: Mapping[str, Any]) -> Sequence[AlgoIntent]:  # noqa: ARG002
        """Return the algo orders that a row of a journaled call asks for."""
        from okx_sync.exchanges.bybit.algo_intent import algo_intents  # for clients whose orders are written down

        return algo_intents(row)

    def order_intent(self, path: str, row: Mapping[str, Any]) -> OrderIntent:
        """Return what a row of a call that places or changes orders asks for."""
        from okx_sync.exchanges.bybit.order_intent import order_intent  # for clients whose orders are limited

        return order_intent(path, row)

    def hint_at_name(self, params: Mapping[str, Any]) -> str | None:
        """Return a hint at a symbol that Bybit spells in another way."""
        return error_codes.TABLE.hint_at_name(params)

    def again(self, code: str, status: int) -> Again:
        """Decide what a refusal with ``code`` and HTTP ``status`` means for the same call."""
        return "clock" if code in _CLOCK else error_codes.TABLE.again(code, status)

    def exhausted_s(self, headers: Mapping[str, str], now_s: float) -> float | None:
        """Return the seconds until the reset, where nothing is left."""
        if headers.get("X-Bapi-Limit-Status") != "0":
            return None
        reset = headers.get("X-Bapi-Limit-Reset-Timestamp") or ""
        left = int(reset) / 1000 - now_s if reset.isdecimal() else 0.0
        return left if 0 < left <= _LONGEST_RESET_S else None

    def stop_s(self, status: int, body: bytes) -> float | None:
        """Return 10 minutes for "access too frequent", which is said in front of the API."""
        return _STOP_S if status == 403 and b"too frequent" in body[:4000].lower() else None

    def body(self, value: Any) -> Any:
        """Return the body with its JSON numbers."""
        return with_whole_numbers(value)

    def server_time(self, reply: Reply) -> float:
        """Return the seconds since the epoch in an answer of ``time_path``."""
        return int(reply.rows[0]["timeNano"]) / 1e9
