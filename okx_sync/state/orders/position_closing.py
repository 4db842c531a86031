"""``PositionClosing``: what an order manager does to close positions; a base of ``OrderManager``."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from typing import Any, Literal

from okx_sync.state.orders.close_position import ClosePositionResult, CloseRequest, ClosingManager, closed
from okx_sync.state.orders.order_actions import OrderActions
from okx_sync.types import PositionSide

__all__ = ["PositionClosing"]


class PositionClosing(ClosingManager):
    """See the module."""

    def close_position(
        self,
        inst_id: str,
        *,
        position_side: PositionSide | None = None,
        margin_mode: Literal["cross", "isolated"] | None = None,
        size: Decimal | int | str | None = None,
        client_order_id: str | None = None,
        **options: Any,
    ) -> ClosePositionResult:
        """Close the position in an instrument at the market, all of it or ``size``.

        Returns when the exchange has answered for each, or did not in time: look at ``.ok`` and ``.failed``;
        ``.wait_done(5)`` waits for the orders, ``.wait_flat(5)`` for ``ws.positions`` where that is open. Where there
        is nothing to close there is no outcome, and ``.ok``. What waits to close the position is not canceled.

        Args:
            inst_id: The instrument.
            position_side: ``"long"`` or ``"short"``: only that one; in hedge mode both are closed when left out.
            margin_mode: ``"cross"`` or ``"isolated"``: only that one; not on Bybit, which has one of both.
            size: Only so much of it, with an order that can only reduce.
            client_order_id: Of the order that closes, where there is one; of a whole position not on Bitget, which
                chooses it.
            options: The exchange's own (OKX: ``auto_cxl``, ``ccy``, ``tag``), ``product`` and ``timeout``.

        Raises:
            ConfigError: Something cannot be right, the instrument has no positions, or it does not exist.
            OkxError: The positions could not be asked for; nothing was sent.
        """
        actions = self._acting()
        request = CloseRequest.of(inst_id, position_side, margin_mode, size, client_order_id, options)
        return closed(self, actions, actions.closings(request))

    @abstractmethod
    def _acting(self) -> OrderActions:
        """Return who acts. Raises ``ConfigError``."""
