# mypy: disable-error-code="empty-body"
"""Typed methods for the channels that the ``seed`` protocol alone has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import seed_channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.seed.models import SeedExecution, SeedLiquidation

__all__ = ["SeedStreams"]


class SeedStreams(Streams):
    """Fills and liquidation warnings."""

    @inst_id_or_list
    @seed_channel(
        "execution",
        cadence="on each fill",
        key=("symbol", "tradeId", "orderId"),
        identity=("symbol", "tradeId", "orderId"),
    )
    def subscribe_execution(
        self,
        inst_id: str | None = None,
        callback: Callable[[SeedExecution], object] | None = None,
        *,
        inst_type: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedExecution]:
        """Subscribe to the fills of the account's orders; those of before are not told.

        V2 has ``subscribe_fill``.

        Args:
            inst_id: Only fills in this instrument, such as ``BTCUSDT``; in all when left out.
            callback: Called with each ``SeedExecution``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product; ``FUTURES`` when left out. What else it may be is the server's own affair.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: channel execution, path private
        """

    @inst_id_or_list
    @seed_channel(
        "liquidation",
        cadence="when a position is close to its liquidation",
        key=("symbol", "positionSide", "marginMode"),
        identity=("symbol", "positionSide", "timestamp"),
    )
    def subscribe_liquidation(
        self,
        inst_id: str | None = None,
        callback: Callable[[SeedLiquidation], object] | None = None,
        *,
        inst_type: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedLiquidation]:
        """Subscribe to warnings that a position comes close to its liquidation.

        Elsewhere watch ``marginRate`` of ``subscribe_positions``.

        Args:
            inst_id: Only positions in this instrument, such as ``BTCUSDT``; in all when left out.
            callback: Called with each ``SeedLiquidation``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product; ``FUTURES`` when left out. What else it may be is the server's own affair.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: channel liquidation, path private
        """
