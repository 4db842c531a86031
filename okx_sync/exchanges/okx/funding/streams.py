# mypy: disable-error-code="empty-body"
"""Typed methods for deposits and withdrawals. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.funding.models import Deposit, Withdrawal

__all__ = ["FundingStreams"]


class FundingStreams(Streams):
    """Deposits and withdrawals."""

    @channel(
        "deposit-info",
        path="business",
        private=True,
        cadence="on each change of a deposit; no snapshot",
        key=("depId",),
        identity=("depId", "state", "actualDepBlkConfirm"),
    )
    def subscribe_deposit_info(
        self,
        ccy: str | None = None,
        callback: Callable[[Deposit], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Deposit]:
        """Deposits, of all currencies or of ``ccy``; a master account hears of its sub-accounts' too."""

    @channel(
        "withdrawal-info",
        path="business",
        private=True,
        cadence="on each change of a withdrawal; no snapshot",
        key=("wdId",),
        identity=("wdId", "state", "txId"),
    )
    def subscribe_withdrawal_info(
        self,
        ccy: str | None = None,
        callback: Callable[[Withdrawal], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Withdrawal]:
        """Withdrawals, of all currencies or of ``ccy``; a master account hears of its sub-accounts' too."""
