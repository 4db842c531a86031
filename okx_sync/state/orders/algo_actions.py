"""``AlgoActions``: how an algo manager has algo orders sent, asked for and looked up, whatever exchange it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from okx_sync.algo_types import AlgoUpdate
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.order_handle import AlgoHandle

__all__ = ["AlgoActions", "AlgoSender"]


class AlgoSender(Protocol):
    """Sends algo orders: the exchange's side. All of these raise ``OkxError``."""

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        """Make the algo order that ``words`` ask for.

        The neutral ones are ``kind``, ``inst_id``, ``side``, ``size``, ``price`` (of the order that a ``trigger``
        sends; None for a market order), ``trigger``, ``take_profit``, ``stop_loss``, ``callback_ratio`` or
        ``callback_spread`` and ``activation_price`` (of a trailing stop), ``reduce_only``, ``client_order_id``; all
        others are the exchange's own, by the names of its endpoint.

        Raises ``ConfigError`` for what cannot be right, and for a kind that the exchange lacks: nothing is imitated.
        """

    def place_algo(self, new: PreparedAlgo) -> str | None:
        """Send it; returns the exchange's id if it tells.

        Raises ``OrderStatusUnknown`` when nobody knows whether it got there; any other ``OkxError`` says it did not.
        """

    def cancel_algo(self, algo: AlgoState) -> bool:
        """Ask for its end; False when the exchange says that it is gone already.

        Raises ``ConfigError`` where the exchange cannot end it in its present status.
        """

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        """Ask for a change.

        ``changes``: ``size``, ``price``, ``trigger``, ``take_profit``, ``stop_loss``, or the exchange's own words;
        ``take_profit=0`` and ``stop_loss=0`` take that side away. Raises ``ConfigError`` for what this exchange cannot
        change.
        """


class AlgoActions(AlgoSender, Protocol):
    """What an ``AlgoManager`` sends its requests by. No method is called under the manager's lock."""

    def list_open_algos(self, inst_id: str | None) -> list[AlgoUpdate]:
        """List the algo orders that the exchange has as open, oldest first, of an instrument or all.

        Raises where the exchange cannot be asked.
        """

    def settle_algo(self, algo: AlgoHandle) -> None:
        """Find out soon, on another thread, what became of it, and feed the manager."""

    def algo_row_lost(self, reason: str) -> None:
        """Look at the open algo orders again, soon: a row could not be read."""

    def close_algos(self) -> None:
        """Send and feed no more."""
