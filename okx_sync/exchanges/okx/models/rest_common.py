"""Small rows that several groups answer with."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.models import Row, model


@model
class Timestamp(Row):
    """When it was done. ``ts``: epoch ms."""

    ts: int | None = None


@model
class ApyRecord(Row):
    """Yearly rate on one day. ``ts``: epoch ms."""

    # 0.01 is one percent.
    rate: Decimal | None = None
    ts: int | None = None
