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
        """Liquidations of a type of instrument; neither complete nor in order of time."""

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
        """Insurance fund and auto-deleveraging of a type of instrument, or of one family."""

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
        """Positions of a type of instrument that are close to liquidation; do not count on being warned in time."""

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
        """Greeks of all the account holds, by currency, or in ``ccy``."""
