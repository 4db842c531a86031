# mypy: disable-error-code="empty-body"
"""Groups ``status`` and ``support``: maintenance and announcements; no key needed.

(OKX API guide: Status, Announcement.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.events.models import Announcements, AnnouncementType, SystemStatus
from okx_sync.exchanges.okx.words import StatusState
from okx_sync.rest import Group, get, paged

__all__ = ["Status", "Support"]


class Status(Group, group="status"):
    """Maintenance of the exchange."""

    @get("/api/v5/system/status", "1/5s ip")
    def get_status(self, state: StatusState | None = None) -> list[SystemStatus]:
        """Maintenance windows; without ``state`` those that wait or run."""


class Support(Group, group="support"):
    """Announcements."""

    @get("/api/v5/support/announcements", "5/2s ip")
    def get_announcements(self, ann_type: str | None = None, page: int | None = None) -> Announcements:
        """A page (from 1) of 20 announcements, newest first; how many pages there are is in ``totalPage``."""

    iter_announcements = paged(get_announcements, items=lambda page: page.details, most=20)

    @get("/api/v5/support/announcement-types", "1/2s ip")
    def get_announcement_types(self) -> list[AnnouncementType]:
        """Kinds of announcements."""
