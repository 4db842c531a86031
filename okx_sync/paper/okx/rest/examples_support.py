"""Example answers of the group ``support``: announcements."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, row

ENDPOINTS = (
    get(
        "support/announcements",
        "5/2s",
        row(
            "totalPage 1",
            details=[
                row(
                    "title A new instrument is listed | annType announcements-new-listings | "
                    "url https://example.com/file.zip | pTime 1767225600000 | businessPTime 1767225600000"
                )
            ],
        ),
    ),
    get("support/announcement-types", "1/2s", row("annType announcements-new-listings | annTypeDesc New listings")),
)
