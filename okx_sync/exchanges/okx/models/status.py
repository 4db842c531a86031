"""State of the exchange itself."""

from __future__ import annotations

from okx_sync.exchanges.okx.models.words import StatusState
from okx_sync.models import Row, model


@model
class SystemStatus(Row):
    """A planned or running maintenance (channel ``status``, REST ``system/status``). Times are epoch ms."""

    title: str | None = None
    state: StatusState | None = None
    begin: int | None = None
    end: int | None = None
    # From when orders can be canceled and placed post-only again, before all is open.
    preOpenBegin: int | None = None
    # Link to details.
    href: str | None = None
    # "0" WebSocket, "5" trading, "6" block, "7" bots, "8"/"9" trading in batches, "10" spread, "11" copy, "99" other.
    serviceType: str | None = None
    system: str | None = None
    # Why a plan was changed.
    scheDesc: str | None = None
    # "1" scheduled, "2" unscheduled, "3" disruption.
    maintType: str | None = None
    # "1" production, "2" demo.
    env: str | None = None
    # Epoch ms of the push.
    ts: int | None = None
