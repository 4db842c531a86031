"""Typed methods for the account's balances and positions. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.account.models import Account, BalanceAndPosition, Position
    from okx_sync.exchanges.okx.words import PositionInstType

__all__ = ["AccountStreams", "update_interval"]


def update_interval(value: str | int | None) -> str | None:
    """``extraParams`` of an account channel: how often it repeats its state, ms; 0 for changes only."""
    return None if value is None else f'{{"updateInterval":"{value}"}}'


class AccountStreams(Streams):
    """The account's balances and positions."""

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
