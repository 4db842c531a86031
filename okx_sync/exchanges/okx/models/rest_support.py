"""Rows of announcement calls."""

from __future__ import annotations

from okx_sync.models import Row, model


@model
class AnnouncementType(Row):
    """A kind of announcement (``support/announcement-types``)."""

    annType: str | None = None
    annTypeDesc: str | None = None


@model
class Announcement(Row):
    """One announcement. Times are epoch ms."""

    title: str | None = None
    annType: str | None = None
    url: str | None = None
    pTime: int | None = None
    # When it was shown to the public.
    businessPTime: int | None = None


@model
class Announcements(Row):
    """A page of announcements, newest first (``support/announcements``)."""

    totalPage: int | None = None
    details: tuple[Announcement, ...] = ()
