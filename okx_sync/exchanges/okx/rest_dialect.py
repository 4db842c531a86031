"""OKX's REST words: headers and signature, the ``code``/``msg``/``data`` envelope, codes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.errors import OkxError
from okx_sync.exchanges.frames import text_of
from okx_sync.exchanges.okx import error_codes
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.signing import rest_sign, rest_timestamp
from okx_sync.rest.algo_intent import AlgoIntent
from okx_sync.rest.dialect import Again, Call, Reply, RestDialect
from okx_sync.rest.order_intent import OrderIntent

__all__ = ["OkxRestDialect", "new_cl_ord_id"]

_CLOCK = "50102"
_PARTLY = "2"
# Said once for all rows of an answer.
_BESIDE = ("totalPage",)


def new_cl_ord_id() -> str:
    """Make a client order id: 32 letters and digits, unique without a server."""
    return uuid.uuid4().hex


class OkxRestDialect(RestDialect):
    """OKX V5 for one configuration."""

    time_path = "/api/v5/public/time"
    order_keys = ("instId", "ordId", "algoId", "algoClOrdId", "clOrdId")
    own_ids = ("clOrdId", "algoClOrdId")
    new_ids = ("ordId", "algoId")
    journaled = frozenset({"/api/v5/trade/order", "/api/v5/trade/batch-orders", "/api/v5/trade/close-position"})
    journaled_algos = frozenset({"/api/v5/trade/order-algo"})
    writing_gets = frozenset({"/api/v5/asset/deposit-lightning"})  # makes an invoice

    def __init__(self, config: Config) -> None:
        self._credentials = config.credentials
        self.can_sign = config.credentials is not None
        self.environment = config.environment
        self.base_url = config.rest_host
        self.account = config.credentials.short_key if config.credentials else ""
        self._common = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "okx_sync",
            # Demo is chosen by a header on the same host, for public calls too.
            **config.demo_header,
        }

    def headers(self, call: Call, now_s: float) -> dict[str, str]:
        """Make the headers: those of all calls, and key, signature, timestamp and passphrase of a signed one."""
        if not call.signed or self._credentials is None:
            return {**self._common, **call.headers}
        timestamp = rest_timestamp(now_s)
        return {
            **self._common,
            **call.headers,
            "OK-ACCESS-KEY": self._credentials.api_key,
            "OK-ACCESS-SIGN": rest_sign(self._credentials, timestamp, call.method, call.target, call.body),
            "OK-ACCESS-TIMESTAMP": timestamp,
            "OK-ACCESS-PASSPHRASE": self._credentials.passphrase,
        }

    def read(self, payload: Any) -> Reply | None:
        """Read ``code``, ``msg`` and ``data``, or the ``error_code`` of a gateway in front of the API."""
        if not isinstance(payload, dict):
            return None
        # Written by a gateway in front of the API.
        if "error_code" in payload and (refused := text_of(payload, "error_code")) not in ("", "0"):
            return Reply(False, refused, str(payload.get("error_message", "")), [])
        code, data = payload.get("code"), payload.get("data", [])
        if type(code) not in (str, int) or code == "":
            return None
        # A few endpoints answer one object instead of a list of one.
        rows = data if isinstance(data, list) else [] if data in (None, "") else [data]
        beside = {key: payload[key] for key in _BESIDE if key in payload}
        message, has_data = str(payload.get("msg") or ""), payload.get("data") not in (None, "")
        return Reply(str(code) == "0", str(code), message, rows, beside, has_data=has_data)

    def row_refusal(self, row: Any) -> tuple[str, str] | None:
        """Return ``(sCode, sMsg)`` of a row that was refused; None for any other."""
        code = text_of(row, "sCode") if isinstance(row, dict) else ""
        return None if code in ("", "0") else (code, str(row.get("sMsg") or ""))

    def row_accepted(self, row: Any, reply: Reply, alone: bool) -> bool:  # noqa: ARG002
        """Tell whether the row's ``sCode`` is "0"."""
        # The row's verdict is its own: code "1" or "2" of the whole answer says less.
        return isinstance(row, dict) and text_of(row, "sCode") == "0"

    def error(self, code: str, message: str, *, status: int | None, rows: list[Any]) -> OkxError:
        """Make the error for a code of OKX."""
        return error_codes.error_for(code, message, environment=self.environment, status=status, rows=rows)

    def algo_intents(self, path: str, row: Mapping[str, Any]) -> Sequence[AlgoIntent]:
        """Return the algo orders that a row of a journaled call asks for."""
        from okx_sync.exchanges.okx import algo_intent  # for clients whose orders are written down

        return [algo_intent.placed(row)] if path in self.journaled_algos else algo_intent.brought(row)

    def order_intent(self, path: str, row: Mapping[str, Any]) -> OrderIntent:
        """Return what a row of a call that places or changes orders asks for."""
        from okx_sync.exchanges.okx.order_intent import order_intent  # for clients whose orders are limited

        return order_intent(path, row)

    def hint_at_name(self, params: Mapping[str, Any]) -> str | None:
        """Return a hint at an instrument's name that OKX spells in another way."""
        return error_codes.hint_at_name(params)

    def again(self, code: str, status: int) -> Again:
        """Decide what a refusal with ``code`` and HTTP ``status`` means for the same call."""
        # Of a batch a part was done; a gateway in front of the API writes an HTTP status as the code.
        if code == _PARTLY or (code.isdecimal() and 500 <= int(code) < 600):
            return "unknown"
        return "clock" if code == _CLOCK else error_codes.again(code, status)

    def server_time(self, reply: Reply) -> float:
        """Return the seconds since the epoch in an answer of ``time_path``."""
        return int(reply.rows[0]["ts"]) / 1000

    def limit_value(self, name: str, params: Mapping[str, Any]) -> str:
        """Return the instrument that a limit counts by; for an option, its family."""
        value = str(params.get(name, ""))
        parts = value.split("-")
        # Options are limited by family, BTC-USD of BTC-USD-250926-60000-C, not by contract.
        return "-".join(parts[:2]) if name == "instId" and len(parts) == 5 else value
