"""What is asked before an order goes out, whichever way it goes, and is told what became of it. No I/O here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint

__all__ = ["OrderChecker", "Reservation"]


class Reservation(Protocol):
    """The room that the orders of one request take within limits. No method raises."""

    def answered(self, reply: Reply) -> None:
        """Note what a judged reply tells of each order: one row for each, in their order."""

    def failed(self, error: BaseException) -> None:
        """Note that none of the orders was taken, unless the error leaves that open."""

    def withdraw(self) -> None:
        """Note that the request is not sent, or is sent another way, which asks anew."""


class OrderChecker(Protocol):
    """Checks orders against limits before they are sent."""

    def before(self, endpoint: Endpoint, params: Mapping[str, Any]) -> Reservation | None:
        """Check what a call is about to place or to change, and reserve room for it; None where nothing is limited.

        ``params`` by wire name, with the ids filled in. Raises ``OrderLimitError``: nothing of it is to be sent then.
        """
