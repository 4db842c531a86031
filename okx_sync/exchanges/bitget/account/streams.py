# mypy: disable-error-code="empty-body"
"""Typed methods for the account's balances and positions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import ALL, channel, models, seed_channel, v1_channel, v3_channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.exchanges.bitget.account.models import Account, AdlNotice, ClosedPosition, Equity, Position
    from okx_sync.exchanges.bitget.subscribe_options import ProductOptions
    from okx_sync.exchanges.bitget.v3.models import V3Account, V3AdlNotice, V3Position
    from okx_sync.exchanges.bitget.words import InstType

__all__ = ["AccountStreams"]


class AccountStreams(Streams):
    """Balances, positions, notices of auto-deleveraging."""

    @channel(
        "account",
        path="private",
        private=True,
        of="coin",
        all_only=True,
        cadence="the present state at first, then on transfers and fills",
        key=("marginCoin",),
        snapshot=True,
    )
    @v3_channel(
        "account",
        path="private",
        private=True,
        model=models.V3Account,
        cadence="the present state at first, then on each change and every 5 s",
        snapshot=True,
    )
    @v1_channel(
        "account",
        path="private",
        private=True,
        model=models.V1Account,
        cadence="the present state at first, then on each change",
        key=("marginCoin",),
        snapshot=True,
    )
    @seed_channel(
        "account",
        of=ALL,
        model=models.SeedAccount,
        cadence="on each change",
        key=("marginCoin",),
        identity=("marginCoin", "timestamp"),
    )
    def subscribe_account(
        self,
        callback: Callable[[Account], object] | Callable[[V3Account], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Account | V3Account]:
        """Subscribe to the account's balances, one object for each margin coin.

        The seed protocol can push one coin alone: ``subscribe("account", instId="USDT")``.

        Args:
            callback: Called with each ``Account`` (``V3Account`` in V3, ``V1Account`` in V1, ``SeedAccount`` in the
                seed protocol); without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product, not in V3, where one subscription covers all: ``USDT-FUTURES`` (the default),
                ``COIN-FUTURES`` or ``USDC-FUTURES``, with an ``S`` in front for demo coins; in V1 ``UMCBL`` (the
                default), ``DMCBL`` or ``CMCBL``, with the same ``S``; in the seed protocol ``FUTURES`` by default.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Account-Channel
        """

    @inst_id_or_list
    @channel(
        "positions",
        path="private",
        private=True,
        of="instId",
        all_only=True,
        cadence="all open positions at first and whenever an order is made, filled or canceled",
        key=("instId", "holdSide", "marginMode", "marginCoin"),
        snapshot=True,
    )
    @v3_channel(
        "position",
        path="private",
        private=True,
        model=models.V3Position,
        cadence="all open positions at first, then those that changed, and every 5 s",
        key=("symbol", "posSide", "marginMode", "marginCoin"),
        snapshot=True,
    )
    @v1_channel(
        "positions",
        path="private",
        private=True,
        model=models.V1Position,
        cadence="all open positions at first and on each change",
        key=("instId", "holdSide", "marginMode", "marginCoin"),
        snapshot=True,
    )
    @seed_channel(
        "positions",
        model=models.SeedPosition,
        cadence="on each change",
        key=("symbol", "positionSide", "marginMode"),
        identity=("symbol", "positionSide", "marginMode", "timestamp"),
    )
    def subscribe_positions(
        self,
        inst_id: str | None = None,
        callback: Callable[[Position], object] | Callable[[V3Position], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Position | V3Position]:
        """Subscribe to the account's open positions: each push lists all, what is not in it is closed.

        In the seed protocol a push tells of what changed.

        Args:
            inst_id: Only positions in this instrument; works in the seed protocol alone. In all when left out.
            callback: Called with each ``Position`` (``V3Position`` in V3, ``V1Position`` in V1, ``SeedPosition`` in the
                seed protocol); without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product, not in V3, where one subscription covers all: ``USDT-FUTURES`` (the default),
                ``COIN-FUTURES`` or ``USDC-FUTURES``, with an ``S`` in front for demo coins; in V1 ``UMCBL`` (the
                default), ``DMCBL`` or ``CMCBL``, with the same ``S``; in the seed protocol ``FUTURES`` by default.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Positions-Channel
        """

    @channel(
        "positions-history",
        path="private",
        private=True,
        of="instId",
        all_only=True,
        cadence="when a position was closed altogether",
        key=("posId",),
        identity=("posId", "uTime"),
    )
    def subscribe_positions_history(
        self,
        callback: Callable[[ClosedPosition], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[ClosedPosition]:
        """Subscribe to the account's positions that were closed altogether; those of before are not told.

        Args:
            callback: Called with each ``ClosedPosition``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product: ``USDT-FUTURES`` (the default), ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/History-Positions-Channel
        """

    @channel(
        "equity", path="private", private=True, cadence="the present state at first, then on each change", snapshot=True
    )
    def subscribe_equity(
        self,
        callback: Callable[[Equity], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[Equity]:
        """Subscribe to what the futures account is worth as a whole.

        Args:
            callback: Called with each ``Equity``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product: ``USDT-FUTURES`` (the default), ``COIN-FUTURES`` or ``USDC-FUTURES``, with an
                ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/Equity-Channel
        """

    @inst_id_or_list
    @channel(
        "adl-noti",
        path="private",
        private=True,
        of="instId",
        cadence="when a position of ours was reduced to cover a loss of another account",
        identity=("symbol", "side", "ts"),
    )
    @v3_channel(
        "adl-notification",
        path="private",
        private=True,
        model=models.V3AdlNotice,
        cadence="when a position of ours was reduced to cover a loss of another account",
        identity=("symbol", "side", "ts"),
    )
    def subscribe_adl_noti(
        self,
        inst_id: str | None = None,
        callback: Callable[[AdlNotice], object] | Callable[[V3AdlNotice], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[AdlNotice | V3AdlNotice]:
        """Subscribe to positions of the account being reduced to cover a loss of another account.

        Args:
            inst_id: Only positions in this instrument, such as ``BTCUSDT``; in all when left out, and in V3 always.
            callback: Called with each ``AdlNotice`` (``V3AdlNotice`` in V3); without it, iterate the subscription or
                call its ``get()``.
            inst_type: Kind of product, not in V3, where one subscription covers all: ``USDT-FUTURES`` (the default),
                ``COIN-FUTURES`` or ``USDC-FUTURES``, with an ``S`` in front for demo coins.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/contract/websocket/private/ADL-Notification-Channel
        """
