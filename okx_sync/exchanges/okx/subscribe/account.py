"""Typed methods for the account: balances, positions, orders, fills, money in and out. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Unpack

from okx_sync.exchanges.okx.subscribe.base import Streams, update_interval

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.models import (
        Account,
        AccountGreeks,
        AdvancedAlgoOrder,
        AlgoOrder,
        BalanceAndPosition,
        Deposit,
        Fill,
        LiquidationWarning,
        Order,
        Position,
        Withdrawal,
    )
    from okx_sync.exchanges.okx.models.words import AlgoInstType, InstTypeOrAny, PositionInstType, WarningInstType

__all__ = ["AccountStreams"]


class AccountStreams(Streams):
    """The account's own data. OKX counts connections on most of these channels: at most 30 for each sub-account."""

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
        inst_type: PositionInstType = "ANY",
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
        inst_type: AlgoInstType = "ANY",
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

    def subscribe_algo_advance(
        self,
        inst_type: AlgoInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[AdvancedAlgoOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdvancedAlgoOrder]:
        """The account's iceberg, TWAP and trailing stop orders.

        Pushed at first with the present state, then on each change of an order. Path business, with a login.
        """
        return self.subscribe("algo-advance", callback, instType=inst_type, instId=inst_id, algoId=algo_id, **options)

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

    def subscribe_deposit_info(
        self,
        ccy: str | None = None,
        callback: Callable[[Deposit], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Deposit]:
        """Deposits, of all currencies or of ``ccy``; a master account hears of its sub-accounts' too.

        Pushed on each change of a deposit; no snapshot. Path business, with a login.
        """
        return self.subscribe("deposit-info", callback, ccy=ccy, **options)

    def subscribe_withdrawal_info(
        self,
        ccy: str | None = None,
        callback: Callable[[Withdrawal], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Withdrawal]:
        """Withdrawals, of all currencies or of ``ccy``; a master account hears of its sub-accounts' too.

        Pushed on each change of a withdrawal; no snapshot. Path business, with a login.
        """
        return self.subscribe("withdrawal-info", callback, ccy=ccy, **options)
