"""A check of orders that keeps what it is asked and told, and may refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.errors import OrderLimitError
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint


class RecordingChecker:
    """An ``OrderChecker``, and the room of each request. ``heard``: in order, what it was asked and told."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.refuses = False

    def before(self, endpoint: Endpoint, params: Mapping[str, Any]) -> RecordingChecker:
        self.heard.append(f"{endpoint.name} {params.get('market', '')}".strip())
        if self.refuses:
            raise OrderLimitError("allowed: no; nothing was sent", limit="allowed")
        return self

    def answered(self, reply: Reply) -> None:
        self.heard.append(f"answered {len(reply.rows)}")

    def failed(self, error: BaseException) -> None:
        self.heard.append(f"failed {type(error).__name__}")

    def withdraw(self) -> None:
        self.heard.append("withdrawn")
