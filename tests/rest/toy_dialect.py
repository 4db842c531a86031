"""Tools of the REST tests: a clock that a test turns, and a small exchange of no real kind."""

from __future__ import annotations

from typing import Any

from okx_sync.credentials import HiddenText
from okx_sync.errors import OkxApiError, OkxAuthError, OkxError, OkxRateLimitError
from okx_sync.rest.dialect import Again, Call, Reply, RestDialect
from okx_sync.timing import Clock

URL = "https://toy.invalid"


class TurnedClock(Clock):
    """Time passes only when somebody sleeps or the test says so."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        super().__init__()
        self.now = start
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class ToyDialect(RestDialect):
    """``{"ok": bool, "code": ..., "rows": [...]}``; rows of orders carry ``bad``."""

    environment = "toy live"
    base_url = URL
    account = "me"
    time_path = "/time"
    order_keys = ("market", "order", "mine")
    again_by_code: dict[str, Again] = {  # noqa: RUF012
        "slow": "any",
        "read": "read",
        "clock": "clock",
        "maybe": "unknown",
    }

    def __init__(self, *, keys: bool = True) -> None:
        self.can_sign = keys
        self.signed_at: list[float] = []

    def headers(self, call: Call, now_s: float) -> dict[str, str]:
        self.signed_at.append(now_s)
        sign = {"Sign": HiddenText("SENTINEL-sign")} if call.signed else {}
        return {**call.headers, **sign}

    def read(self, payload: Any) -> Reply | None:
        if not isinstance(payload, dict) or "ok" not in payload:
            return None
        return Reply(payload["ok"], payload.get("code", ""), payload.get("text", ""), payload.get("rows", []))

    def row_refusal(self, row: Any) -> tuple[str, str] | None:
        return (row["bad"], "row refused") if isinstance(row, dict) and row.get("bad") else None

    def error(self, code: str, message: str, *, status: int | None, rows: list[Any]) -> OkxError:
        fields: dict[str, Any] = {"code": code, "environment": self.environment}
        if code == "slow":
            return OkxRateLimitError(message, status=status, **fields)
        if code == "clock":
            return OkxAuthError(message, **fields)
        return OkxApiError(message, rows=rows, status=status, **fields)

    def again(self, code: str, status: int) -> Again:
        return self.again_by_code.get(code, "no")

    def server_time(self, reply: Reply) -> float:
        return float(reply.rows[0]["s"])
