# mypy: disable-error-code="empty-body"
"""Group ``support``: announcements; no key needed. (OKX API guide: Announcement.)"""

from __future__ import annotations

from okx_sync.exchanges.okx.models.rest_support import Announcements, AnnouncementType
from okx_sync.rest import Group, get, paged

__all__ = ["Support"]


class Support(Group, group="support"):
    """Announcements."""

    @get("/api/v5/support/announcements", "5/2s ip")
    def get_announcements(self, ann_type: str | None = None, page: int | None = None) -> Announcements:
        """A page (from 1) of 20 announcements, newest first; how many pages there are is in ``totalPage``."""

    iter_announcements = paged(get_announcements, items=lambda page: page.details, most=20)

    @get("/api/v5/support/announcement-types", "1/2s ip")
    def get_announcement_types(self) -> list[AnnouncementType]:
        """Kinds of announcements."""
