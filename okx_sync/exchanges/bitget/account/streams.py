"""Typed methods for the account's balances and positions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.account.models import Account, AdlNotice, ClosedPosition, Equity, Position
    from okx_sync.exchanges.bitget.words import InstType

__all__ = ["AccountStreams"]


class AccountStreams(Streams):
    """Balances, positions, notices of auto-deleveraging."""

    def subscribe_account(
        self,
        callback: Callable[[Account], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Account]:
        """Balances, one row for each margin coin.

        Pushed on transfers and fills. Path private, with a login. All protocols; that of the seed can push one coin
        alone: ``subscribe("account", instId="USDT")``.
        """
        return self.subscribe("account", callback, instType=inst_type, **options)

    def subscribe_positions(
        self,
        inst_id: str | None = None,
        callback: Callable[[Position], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Position]:
        """Open positions: each push lists all, what is not in it is closed. ``inst_id`` only in the seed protocol.

        Pushed whenever an order is made, filled or canceled. Path private, with a login. All protocols; in that of the
        seed a push tells of what changed.
        """
        return self.subscribe("positions", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_positions_history(
        self,
        callback: Callable[[ClosedPosition], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[ClosedPosition]:
        """Positions that were closed altogether. No snapshot.

        Pushed when it happens. Path private, with a login. V2 only.
        """
        return self.subscribe("positions-history", callback, instType=inst_type, **options)

    def subscribe_equity(
        self,
        callback: Callable[[Equity], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Equity]:
        """What the futures account is worth as a whole.

        Pushed on each change. Path private, with a login. V2 only.
        """
        return self.subscribe("equity", callback, instType=inst_type, **options)

    def subscribe_adl_noti(
        self,
        inst_id: str | None = None,
        callback: Callable[[AdlNotice], object] | None = None,
        *,
        inst_type: InstType | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdlNotice]:
        """Positions of ours that the exchange reduced to cover a loss of another account. No snapshot.

        Pushed when it happens. Path private, with a login. V2 only.
        """
        return self.subscribe("adl-noti", callback, instId=inst_id, instType=inst_type, **options)
