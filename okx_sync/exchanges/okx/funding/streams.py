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
        """Subscribe to the account's deposits; a master account hears of those of its sub-accounts too.

        Args:
            ccy: Only deposits of this currency, such as ``USDT``; of all when left out.
            callback: Called with each ``Deposit``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#funding-account-websocket-deposit-info-channel
        """

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
        """Subscribe to the account's withdrawals; a master account hears of those of its sub-accounts too.

        Args:
            ccy: Only withdrawals of this currency, such as ``USDT``; of all when left out.
            callback: Called with each ``Withdrawal``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#funding-account-websocket-withdrawal-info-channel
        """
