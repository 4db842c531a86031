# mypy: disable-error-code="empty-body"
"""Typed methods for the account's positions and wallet of V5. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.account.models import Greeks, Position, Wallet
    from okx_sync.exchanges.bybit.words import PositionCategory

__all__ = ["AccountStreams"]


class AccountStreams(Streams):
    """Positions, wallet, Greeks. Nothing is pushed on subscribing: ask REST for what there is already."""

    @channel(
        "position",
        path="private",
        private=True,
        cadence="on each change of a position, and when an order was placed, amended or canceled",
        key=("category", "symbol", "positionIdx"),
    )
    def subscribe_positions(
        self,
        category: PositionCategory | None = None,
        callback: Callable[[Position], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Position]:
        """Subscribe to the account's positions.

        Args:
            category: Only those of this market: ``linear``, ``inverse`` or ``option``; of all when left out.
            callback: Called with each ``Position``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/position
        """

    @channel(
        "wallet",
        path="private",
        private=True,
        cadence="on each change of a balance; not when unrealised profit alone changes",
        key=("accountType",),
    )
    def subscribe_wallet(
        self, callback: Callable[[Wallet], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Wallet]:
        """Subscribe to the totals of the account and the coins that changed.

        Args:
            callback: Called with each ``Wallet``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/wallet
        """

    @channel("greeks", path="private", private=True, cadence="when the greeks of options change", key=("baseCoin",))
    def subscribe_greeks(
        self, callback: Callable[[Greeks], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Greeks]:
        """Subscribe to the Greeks of all options that the account holds, one object for each coin.

        Args:
            callback: Called with each ``Greeks``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/websocket/private/greek
        """
