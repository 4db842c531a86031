# mypy: disable-error-code="empty-body"
"""Group ``status``: planned and running maintenance; no key needed. (OKX API guide: Status.)"""

from __future__ import annotations

from okx_sync.exchanges.okx.models import SystemStatus
from okx_sync.exchanges.okx.models.words import StatusState
from okx_sync.rest import Group, get

__all__ = ["Status"]


class Status(Group, group="status"):
    """Maintenance of the exchange."""

    @get("/api/v5/system/status", "1/5s ip")
    def get_status(self, state: StatusState | None = None) -> list[SystemStatus]:
        """Maintenance windows; without ``state`` those that wait or run."""
