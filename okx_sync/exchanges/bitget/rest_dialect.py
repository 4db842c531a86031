"""Bitget's REST words, V2 and V3: headers and signature, the ``code``/``msg``/``data`` envelope, what a code means.

Pages: "Signature" and "Common / Public / Get Server Time" of Bitget's API guide.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from okx_sync.errors import OkxError
from okx_sync.exchanges.bitget import rest_error_codes
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.rest_error_codes import FAILURE
from okx_sync.exchanges.bitget.signing import rest_sign
from okx_sync.exchanges.frames import text_of
from okx_sync.rest.algo_intent import AlgoIntent
from okx_sync.rest.dialect import Again, Call, Reply, RestDialect
from okx_sync.rest.order_intent import OrderIntent

__all__ = ["BitgetRestDialect", "new_client_oid"]

_OK: Final = "00000"
_CODES: Final = ("errorCode", "code")
_LISTS: Final = ("successList", "failureList")
_VERDICTS: Final = ("success", "result")
_FAILURES: Final = ("failure", "fail")


def new_client_oid() -> str:
    """Make an id of our own for an order: 32 letters and digits, unique without a server."""
    return uuid.uuid4().hex


class BitgetRestDialect(RestDialect):
    """Bitget for one configuration."""

    time_path = "/api/v2/public/time"
    order_keys = ("symbol", "orderId", "clientOid")
    order_scope = ("symbol", "productType", "category", "newClientOid")
    product_keys = ("productType", "category")
    new_ids = ("orderId",)
    journaled = frozenset(
        {
            "/api/v2/mix/order/place-order",
            "/api/v2/mix/order/batch-place-order",
            "/api/v2/mix/order/modify-order",
            "/api/v3/trade/place-order",
            "/api/v3/trade/place-batch",
        }
    )
    journaled_algos = frozenset(
        {
            "/api/v2/mix/order/place-plan-order",
            "/api/v2/mix/order/place-tpsl-order",
            "/api/v3/trade/place-strategy-order",
        }
    )
    lost_hint = "BitgetClient(config).reconcile(error) looks it up"
    every_call = ("6000/60s ip",)

    def __init__(self, config: BitgetConfig) -> None:
        self._credentials = config.credentials
        self.can_sign = config.credentials is not None
        self.environment = config.environment
        self.base_url = config.rest_host
        self.account = config.credentials.short_key if config.credentials else ""
        self._common = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "okx_sync",
            "locale": "en-US",
            # Demo is chosen by a header on the same host.
            **({"paptrading": "1"} if config.demo else {}),
        }

    def headers(self, call: Call, now_s: float) -> dict[str, str]:
        """Return all headers of one attempt."""
        if not call.signed or self._credentials is None:
            return {**self._common, **call.headers}
        timestamp = str(round(now_s * 1000))
        return {
            **self._common,
            **call.headers,
            "ACCESS-KEY": self._credentials.api_key,
            "ACCESS-SIGN": rest_sign(self._credentials, timestamp, call.method, call.target, call.body),
            "ACCESS-TIMESTAMP": timestamp,
            "ACCESS-PASSPHRASE": self._credentials.passphrase,
        }

    def read(self, payload: Any) -> Reply | None:
        """Return the reply; a null list is an empty one, and batches of V2 have two lists of verdicts."""
        code = text_of(payload, "code") if isinstance(payload, dict) else ""
        if not code:
            return None
        data = payload.get("data")
        beside = {"requestTime": payload["requestTime"]} if type(payload.get("requestTime")) is int else {}
        message = str(payload.get("msg") or payload.get("message") or "")
        is_list, is_batch = isinstance(data, list), _is_batch(data)
        return Reply(
            code == _OK,
            code,
            message,
            _rows(data),
            beside,
            has_data="data" in payload and data not in ("", {}),
            is_list=is_list,
            is_object=not (is_list or is_batch or data is None),
        )

    def row_refusal(self, row: Any) -> tuple[str, str] | None:
        """Return code and message of a row of a batch that was refused."""
        if isinstance(row, str):
            return (FAILURE, row) if row in _FAILURES else None
        if not isinstance(row, dict):
            return None
        code = next((text for name in _CODES if (text := text_of(row, name))), "")
        message = str(row.get("errorMsg") or row.get("msg") or "")
        if code in ("", "0", _OK):
            # Some refusals have no code but a word, or a text that only refusals have.
            failed = row.get("errorMsg") or any(row.get(name) in _FAILURES for name in _VERDICTS)
            return (FAILURE, message) if failed and not code else None
        return code, message

    def row_accepted(self, row: Any, reply: Reply, alone: bool) -> bool:  # noqa: ARG002
        """Tell whether a row says that its order was accepted: by its word where it has one, else as the answer."""
        if not reply.ok or self.row_refusal(row) is not None:
            return False
        words = [row[name] for name in _VERDICTS if name in row] if isinstance(row, dict) else []
        return all(word == "success" for word in words)

    def error(self, code: str, message: str, *, status: int | None, rows: list[Any]) -> OkxError:
        """Return the error of a code."""
        return rest_error_codes.TABLE.error_for(code, message, environment=self.environment, status=status, rows=rows)

    def algo_intents(self, path: str, row: Mapping[str, Any]) -> Sequence[AlgoIntent]:
        """Return the algo orders that a row of a journaled call asks for."""
        from okx_sync.exchanges.bitget import algo_intent  # for clients whose orders are written down

        return [algo_intent.placed(row)] if path in self.journaled_algos else algo_intent.brought(row)

    def order_intent(self, path: str, row: Mapping[str, Any]) -> OrderIntent | None:
        """Return what a row of a call that places or changes orders asks for."""
        from okx_sync.exchanges.bitget.order_intent import order_intent  # for clients whose orders are limited

        return order_intent(path, row)

    def hint_at_name(self, params: Mapping[str, Any]) -> str | None:
        """Return a hint at a symbol that is spelt as another exchange does."""
        return rest_error_codes.TABLE.hint_at_name(params)

    def again(self, code: str, status: int) -> Again:
        """Return what a code means for the same call."""
        return "clock" if code in rest_error_codes.CLOCK else rest_error_codes.TABLE.again(code, status)

    def exhausted_s(self, headers: Mapping[str, str], now_s: float) -> float | None:
        """Return the rest of the second, where the header says that nothing is left of it."""
        left = headers.get("x-mbx-used-remain-limit")
        return 1.0 - now_s % 1.0 if left == "0" else None

    def server_time(self, reply: Reply) -> float:
        """Return the server's time."""
        return int(reply.rows[0]["serverTime"]) / 1000


def _rows(data: Any) -> list[Any]:
    if data in (None, "", {}):
        return []
    if isinstance(data, list):
        return data
    if _is_batch(data):
        return [*(data.get("successList") or ()), *map(_refused, data.get("failureList") or ())]
    return [data]


def _is_batch(data: Any) -> bool:
    """Tell whether the data are the two lists of a batch, of which one may be missing or null."""
    lists = [data[name] for name in _LISTS if name in data] if isinstance(data, dict) else []
    return bool(lists) and all(isinstance(one, list) or one is None for one in lists)


def _refused(row: Any) -> Any:
    """Return a row of a list of failures, which may say nothing but by where it stands."""
    if not isinstance(row, dict) or row.get("errorCode") or row.get("errorMsg"):
        return row
    return {**row, "errorMsg": "refused without a message"}
