# mypy: disable-error-code="empty-body"
"""Typed methods for liquidations, auto-deleveraging, warnings and Greeks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.risk.models import AccountGreeks, AdlWarning, LiquidationOrder, LiquidationWarning
    from okx_sync.exchanges.okx.words import AdlInstType, LiquidationInstType, WarningInstType

__all__ = ["RiskStreams"]


class RiskStreams(Streams):
    """Liquidations and auto-deleveraging of the market; warnings and Greeks of the account."""

    # Neither complete nor in order of time, and rows have no id: only an equal row is a repeat.
    @channel(
        "liquidation-orders",
        path="public",
        cadence="on a liquidation, though not on every one",
        key=("instId",),
        quiet=True,
    )
    def subscribe_liquidation_orders(
        self,
        inst_type: LiquidationInstType,
        callback: Callable[[LiquidationOrder], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[LiquidationOrder]:
        """Subscribe to liquidations of a kind of instrument; neither complete nor in order of time.

        Args:
            inst_type: Kind of instrument: ``SWAP``, ``FUTURES``, ``MARGIN`` or ``OPTION``.
            callback: Called with each ``LiquidationOrder``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel
        """

    @channel(
        "adl-warning",
        path="public",
        cadence="every second while auto-deleveraging is near or on, else nothing",
        key=("instType", "instFamily"),
        identity=("instType", "instFamily", "ts"),
        quiet=True,
    )
    def subscribe_adl_warning(
        self,
        inst_type: AdlInstType,
        inst_family: str | None = None,
        callback: Callable[[AdlWarning], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdlWarning]:
        """Subscribe to the insurance fund and the auto-deleveraging of a kind of instrument, or of one family.

        Args:
            inst_type: Kind of contract: ``SWAP``, ``FUTURES`` or ``OPTION``.
            inst_family: Only this family of contracts, such as ``BTC-USD``; all when left out.
            callback: Called with each ``AdlWarning``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-adl-warning-channel
        """

    @channel(
        "liquidation-warning",
        path="private",
        private=True,
        cadence="when a position is close to liquidation",
        key=("instId", "mgnMode", "posSide", "posId"),
        identity=("instId", "posId", "pTime"),
    )
    def subscribe_liquidation_warning(
        self,
        inst_type: WarningInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[LiquidationWarning], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[LiquidationWarning]:
        """Subscribe to warnings that a position is close to liquidation; do not count on being warned in time.

        Args:
            inst_type: Kind of instrument: ``MARGIN``, ``SWAP``, ``FUTURES``, ``OPTION``, or ``ANY`` (the default) for
                all.
            inst_id: Only positions in this instrument, such as ``BTC-USDT-SWAP``; in all when left out.
            callback: Called with each ``LiquidationWarning``; without it, iterate the subscription or call its
                ``get()``.
            inst_family: Only positions in this family of contracts, such as ``BTC-USD``; in all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#trading-account-websocket-position-risk-warning
        """

    @channel(
        "account-greeks",
        path="private",
        private=True,
        cadence="the present state at first, changes within about 50 ms, and the state now and then",
        key=("ccy",),
        identity=("ccy", "ts"),
        snapshot=True,
    )
    def subscribe_account_greeks(
        self,
        ccy: str | None = None,
        callback: Callable[[AccountGreeks], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AccountGreeks]:
        """Subscribe to the Greeks of all that the account holds, one object for each currency.

        Args:
            ccy: Only those in this currency, such as ``BTC``; of all when left out.
            callback: Called with each ``AccountGreeks``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#trading-account-websocket-account-greeks-channel
        """
