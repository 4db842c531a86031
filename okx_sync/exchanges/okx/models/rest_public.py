"""Rows of public calls that no stream pushes."""

from __future__ import annotations

from okx_sync.models import Row, model


@model
class SystemTime(Row):
    """The exchange's clock."""

    # Epoch ms.
    ts: int | None = None
