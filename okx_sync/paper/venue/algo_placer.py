"""What the algo engine offers to those who place algo orders for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.wire_rules import WireRules


class AlgoPlacer(Protocol):
    """The part of the algo engine that attached orders need."""

    def place(
        self,
        account: VenueAccount,
        args: Mapping[str, Any],
        before: Callable[[VenueAlgoOrder], object] | None = None,
        rules: WireRules | None = None,
        *,
        is_due: bool = False,
    ) -> OrderAck:
        """Place an algo order."""

    def find(self, account: VenueAccount, args: Mapping[str, Any]) -> VenueAlgoOrder | None:
        """Return an algo order by an id."""

    def waiting(self, account: VenueAccount) -> list[VenueAlgoOrder]:
        """Return the algo orders of an account that are live."""

    def amend(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Amend an algo order."""

    def drop(self, algo: VenueAlgoOrder) -> None:
        """Cancel an algo order."""

    def tell(self, algo: VenueAlgoOrder) -> None:
        """Let the listeners know that an algo order has changed."""
