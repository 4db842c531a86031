# mypy: disable-error-code="empty-body"
"""Typed methods for notes to lead traders and to those who copy them. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.copytrading.models import CopyNotification, LeadNotification
    from okx_sync.exchanges.okx.words import SwapInstType

__all__ = ["CopyTradingStreams"]


class CopyTradingStreams(Streams):
    """Notes to lead traders and to those who copy them."""

    # Notes are told apart by nothing but all they say, and a newer one replaces none: no key, no identity.
    @channel("copytrading-lead-notification", path="business", private=True, cadence="when a lead trade fails")
    def subscribe_copytrading_lead_notification(
        self,
        inst_type: SwapInstType = "SWAP",
        inst_id: str | None = None,
        callback: Callable[[LeadNotification], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[LeadNotification]:
        """Notes to a lead trader: a lead trade failed, and why."""

    @channel(
        "copytrading-notification",
        path="business",
        private=True,
        cadence="when copying a trade fails",
        note="no longer documented by OKX, use copytrading-lead-notification",
    )
    def subscribe_copytrading_notification(
        self,
        inst_type: SwapInstType = "SWAP",
        inst_id: str | None = None,
        callback: Callable[[CopyNotification], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[CopyNotification]:
        """Notes to a copy trader, from before ``copytrading-lead-notification``; not documented by OKX any longer."""
