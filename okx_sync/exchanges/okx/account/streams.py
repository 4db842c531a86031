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
        """Subscribe to the balances of the trading account.

        An event carries the currencies that changed; a snapshot carries all.

        Args:
            ccy: Only the balance of this currency, such as ``USDT``; of all when left out.
            callback: Called with each ``Account``; without it, iterate the subscription or call its ``get()``.
            interval_ms: How often the snapshot is repeated, in ms: 0 for changes only; at times of OKX's choice when
                left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#trading-account-websocket-account-channel
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
        """Subscribe to the positions of the account; spot holdings are none.

        Args:
            inst_type: Kind of instrument: ``MARGIN``, ``SWAP``, ``FUTURES``, ``OPTION``, ``EVENTS``, or ``ANY`` (the
                default) for all.
            inst_id: Only positions in this instrument, such as ``BTC-USDT-SWAP``; wins over ``inst_family``.
            callback: Called with each ``Position``; without it, iterate the subscription or call its ``get()``.
            inst_family: Only positions in this family of contracts, such as ``BTC-USD``; in all when left out.
            interval_ms: How often the snapshot is repeated, in ms: 2000, 3000 or 4000, or 0 for changes only; 5000 when
                left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#trading-account-websocket-positions-channel
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
        """Subscribe to cash and positions together, with what caused a change; the soonest of the account channels.

        Args:
            callback: Called with each ``BalanceAndPosition``; without it, iterate the subscription or call its
                ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#trading-account-websocket-balance-and-position-channel
        """
