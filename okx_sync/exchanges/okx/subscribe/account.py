"""Typed methods for the account: balances, positions, orders, fills. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Unpack

from okx_sync.exchanges.okx.subscribe.base import Streams, update_interval

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.models import Account, AlgoOrder, BalanceAndPosition, Fill, Order, Position
    from okx_sync.exchanges.okx.models.words import InstTypeOrAny

__all__ = ["AccountStreams"]


class AccountStreams(Streams):
    """The account's own data. OKX counts connections on these channels: at most 30 for each sub-account."""

    def subscribe_account(
        self,
        ccy: str | None = None,
        callback: Callable[[Account], object] | None = None,
        *,
        interval_ms: Literal["0"] | str | int | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Account]:
        """Balances of the trading account, of all currencies or of ``ccy``.

        Pushed as a snapshot at first, within about 50 ms of a change, and as a snapshot now and then;
        ``interval_ms=0`` leaves the repeated ones out. Path private, with a login.
        """
        extra = update_interval(interval_ms)
        return self.subscribe("account", callback, ccy=ccy, extraParams=extra, **options)

    def subscribe_positions(
        self,
        inst_type: InstTypeOrAny = "ANY",
        inst_id: str | None = None,
        callback: Callable[[Position], object] | None = None,
        *,
        inst_family: str | None = None,
        interval_ms: Literal["0", "2000", "3000", "4000"] | str | int | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Position]:
        """Positions of a type of instrument (not SPOT); ``inst_id`` wins over ``inst_family``.

        Pushed as a snapshot at first, within about 50 ms of a change, and as a snapshot every 5 s;
        ``interval_ms``: 2000, 3000 or 4000 instead, 0 for changes only. Path private, with a login.
        """
        extra = update_interval(interval_ms)
        return self.subscribe(
            "positions",
            callback,
            instType=inst_type,
            instId=inst_id,
            instFamily=inst_family,
            extraParams=extra,
            **options,
        )

    def subscribe_balance_and_position(
        self, callback: Callable[[BalanceAndPosition], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BalanceAndPosition]:
        """Cash and positions together, with what caused a change; the soonest of the account channels.

        Pushed as a snapshot at first, then on each fill, transfer, funding, liquidation or other change. Path
        private, with a login.
        """
        return self.subscribe("balance_and_position", callback, **options)

    def subscribe_orders(
        self,
        inst_type: InstTypeOrAny = "ANY",
        inst_id: str | None = None,
        callback: Callable[[Order], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """The account's orders of a type of instrument.

        Pushed on each change of an order (new, filled, amended, canceled); there is no snapshot of open orders.
        Path private, with a login.
        """
        return self.subscribe("orders", callback, instType=inst_type, instId=inst_id, instFamily=inst_family, **options)

    def subscribe_fills(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Fill]:
        """The account's fills in the order book, sooner than ``subscribe_orders``.

        Pushed on each fill; no snapshot. Path private, with a login; fee tier VIP4 or above (else 64003).
        """
        return self.subscribe("fills", callback, instId=inst_id, **options)

    def subscribe_orders_algo(
        self,
        inst_type: InstTypeOrAny = "ANY",
        inst_id: str | None = None,
        callback: Callable[[AlgoOrder], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AlgoOrder]:
        """The account's conditional, one-cancels-other, trigger and chase orders.

        Pushed on each change of an algo order; no snapshot. Path business, with a login.
        """
        return self.subscribe(
            "orders-algo", callback, instType=inst_type, instId=inst_id, instFamily=inst_family, **options
        )
