# mypy: disable-error-code="empty-body"
"""Typed methods for the account's balances and positions. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Unpack

from okx_sync.exchanges.declared import Sent
from okx_sync.exchanges.okx.channel import channel
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

    # An event update carries changed currencies only: rows build on each other, hence no key.
    @channel(
        "account",
        path="private",
        private=True,
        cadence="a snapshot, changes within about 50 ms, and a snapshot now and then (updateInterval)",
        snapshot=True,
        paged=True,
        sends={"interval_ms": Sent("extraParams", update_interval)},
    )
    def subscribe_account(
        self,
        ccy: str | None = None,
        callback: Callable[[Account], object] | None = None,
        *,
        interval_ms: Literal["0"] | str | int | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Account]:
        """Balances of the trading account, of all currencies or of ``ccy``.

        ``interval_ms=0`` leaves the repeated snapshots out.
        """

    @channel(
        "positions",
        path="private",
        private=True,
        cadence="a snapshot, changes within about 50 ms, and a snapshot every 5 s (updateInterval)",
        key=("instId", "mgnMode", "posSide", "posId"),
        snapshot=True,
        paged=True,
        sends={"interval_ms": Sent("extraParams", update_interval)},
    )
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

        ``interval_ms``: a snapshot every 2000, 3000 or 4000 ms instead, 0 for changes only.
        """

    @channel(
        "balance_and_position",
        path="private",
        private=True,
        cadence="a snapshot, then on each fill, transfer, funding, liquidation or other change",
        snapshot=True,
    )
    def subscribe_balance_and_position(
        self, callback: Callable[[BalanceAndPosition], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BalanceAndPosition]:
        """Cash and positions together, with what caused a change; the soonest of the account channels."""
