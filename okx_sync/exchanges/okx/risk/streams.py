"""Typed methods for liquidations, auto-deleveraging, warnings and Greeks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.risk.models import AccountGreeks, AdlWarning, LiquidationOrder, LiquidationWarning
    from okx_sync.exchanges.okx.words import AdlInstType, LiquidationInstType, WarningInstType

__all__ = ["RiskStreams"]


class RiskStreams(Streams):
    """Liquidations and auto-deleveraging of the market; warnings and Greeks of the account."""

    def subscribe_liquidation_orders(
        self,
        inst_type: LiquidationInstType,
        callback: Callable[[LiquidationOrder], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[LiquidationOrder]:
        """Liquidations of a type of instrument; neither complete nor in order of time.

        Pushed on a liquidation. Path public; no login.
        """
        return self.subscribe("liquidation-orders", callback, instType=inst_type, **options)

    def subscribe_adl_warning(
        self,
        inst_type: AdlInstType,
        inst_family: str | None = None,
        callback: Callable[[AdlWarning], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdlWarning]:
        """Insurance fund and auto-deleveraging of a type of instrument, or of one family.

        Pushed every second while auto-deleveraging is near or on; nothing comes otherwise. Path public; no login.
        """
        return self.subscribe("adl-warning", callback, instType=inst_type, instFamily=inst_family, **options)

    def subscribe_liquidation_warning(
        self,
        inst_type: WarningInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[LiquidationWarning], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[LiquidationWarning]:
        """Positions of a type of instrument that are close to liquidation; do not count on being warned in time.

        Pushed when that is the case only. Path private, with a login.
        """
        return self.subscribe(
            "liquidation-warning", callback, instType=inst_type, instId=inst_id, instFamily=inst_family, **options
        )

    def subscribe_account_greeks(
        self,
        ccy: str | None = None,
        callback: Callable[[AccountGreeks], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AccountGreeks]:
        """Greeks of all the account holds, by currency, or in ``ccy``.

        Pushed at first with the present state, within about 50 ms of a change, and now and then in between. Path
        private, with a login.
        """
        return self.subscribe("account-greeks", callback, ccy=ccy, **options)
