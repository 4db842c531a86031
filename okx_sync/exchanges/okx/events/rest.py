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
        """Get maintenance windows of the exchange.

        Args:
            state: Only windows in this state; without it those that are scheduled, ongoing or ``pre_open``.

        Source: GET /api/v5/system/status
            https://www.okx.com/docs-v5/en/#status-get-status
        """


class Support(Group, group="support"):
    """Announcements."""

    @get("/api/v5/support/announcements", "5/2s ip")
    def get_announcements(self, ann_type: str | None = None, page: int | None = None) -> Announcements:
        """Get a page of 20 announcements, newest first.

        How many pages there are is in ``totalPage``.

        Args:
            ann_type: Only announcements of this kind, a word from ``get_announcement_types``.
            page: Number of the page, from 1 (the default).

        Source: GET /api/v5/support/announcements
            https://www.okx.com/docs-v5/en/#announcement-get-announcements
        """

    iter_announcements = paged(get_announcements, items=lambda page: page.details, most=20)

    @get("/api/v5/support/announcement-types", "1/2s ip")
    def get_announcement_types(self) -> list[AnnouncementType]:
        """List the kinds of announcements.

        Source: GET /api/v5/support/announcement-types
            https://www.okx.com/docs-v5/en/#announcement-get-announcement-types
        """
