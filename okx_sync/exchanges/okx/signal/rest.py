# mypy: disable-error-code="empty-body"
"""Group ``signal``. Signal channels and the bots that trade on their signals.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Signal
Bot Trading.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import MarginAction, Side, SignalOrdType
from okx_sync.exchanges.okx.grid.models import GridPosition
from okx_sync.exchanges.okx.shared_models import BotId, BotResult
from okx_sync.exchanges.okx.shared_requests import StopBot
from okx_sync.exchanges.okx.signal.models import (
    NewSignal,
    SignalBot,
    SignalChannel,
    SignalEvent,
    SignalPositionHistory,
    SignalSubOrder,
    SignalSubOrderResult,
)
from okx_sync.exchanges.okx.signal.requests import EntrySetting, ExitChange, ExitSetting
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Signal"]


class Signal(Group, group="signal"):
    """Start, change, stop and look at signal bots. Ratios: 0.01 is one percent."""

    @post("/api/v5/tradingBot/signal/create-signal", "20/2s user")
    def create_signal(self, signal_chan_name: str, signal_chan_desc: str | None = None) -> NewSignal:
        """Make a signal channel; ``signalChanToken`` of the answer is what alerts must carry.

        Needs a key with the right to trade.
        """

    @get("/api/v5/tradingBot/signal/signals", "20/2s user", auth=True)
    def get_signals(
        self,
        signal_source_type: str,
        signal_chan_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalChannel]:
        """Signal channels. ``signal_source_type``: ``"1"`` own, ``"2"`` subscribed, ``"3"`` free.

        Newest first, ``limit`` (100) a call; cursors are channel ids.
        """

    iter_signals = paged(get_signals, key="signalChanId")

    @post("/api/v5/tradingBot/signal/order-algo", "20/2s user", judged=True)
    def create(
        self,
        signal_chan_id: str,
        lever: Number,
        invest_amt: Number,
        sub_ord_type: str,
        include_all: bool | None = None,
        inst_ids: Sequence[str] | None = None,
        *,
        ratio: Number | None = None,
        entry_setting_param: EntrySetting | None = None,
        exit_setting_param: ExitSetting | None = None,
    ) -> BotResult:
        """Start a bot that trades on a signal channel with ``invest_amt`` USDT.

        ``sub_ord_type``: ``"1"`` limit, ``"2"`` market, ``"9"`` as the signal says; ``ratio``: distance of limit
        orders from the best price. Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/signal/stop-order-algo", "20/2s user", rows="bots", max_rows=10)
    def stop(self, bots: Sequence[StopBot]) -> BatchResult[BotResult]:
        """Stop up to 10 bots. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/signal/margin-balance", "20/2s user", judged=True)
    def adjust_margin(
        self, algo_id: str, type_: MarginAction, amt: Number, allow_reinvest: bool | None = None
    ) -> BotResult:
        """Add or take out margin. ``type_``: ``"add"`` or ``"reduce"``. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/signal/amendTPSL", "20/2s user", judged=True)
    def amend_exit(self, algo_id: str, exit_setting_param: ExitChange) -> BotResult:
        """Change take-profit and stop-loss. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/signal/set-instruments", "20/2s user", judged=True)
    def set_instruments(self, algo_id: str, inst_ids: Sequence[str], include_all: bool) -> BotResult:
        """Set the instruments that a bot trades. Needs a key with the right to trade."""

    @get("/api/v5/tradingBot/signal/orders-algo-details", "20/2s user", auth=True)
    def get_details(self, algo_ord_type: str, algo_id: str) -> SignalBot:
        """One bot; ``algo_ord_type`` is ``"contract"``."""

    @get("/api/v5/tradingBot/signal/orders-algo-pending", "20/2s user", auth=True)
    def get_pending(
        self,
        algo_ord_type: str,
        algo_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalBot]:
        """Running bots; ``algo_ord_type`` is ``"contract"``.

        Newest first, ``limit`` (100) a call; cursors are bot ids (algoId).
        """

    iter_pending = paged(get_pending, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/signal/orders-algo-history", "20/2s user", auth=True)
    def get_history(
        self,
        algo_ord_type: str,
        algo_id: str,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalBot]:
        """Stopped bots; ``algo_ord_type`` is ``"contract"``.

        Newest first, ``limit`` (100) a call; cursors are bot ids (algoId).
        """

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/signal/positions", "20/2s user", auth=True)
    def get_positions(self, algo_ord_type: str, algo_id: str) -> list[GridPosition]:
        """Positions of a bot; ``algo_ord_type`` is ``"contract"``."""

    @get("/api/v5/tradingBot/signal/positions-history", "10/2s user", auth=True)
    def get_positions_history(
        self,
        algo_id: str,
        inst_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SignalPositionHistory]:
        """Positions of a bot that were closed in the last 3 months.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_positions_history = paged(get_positions_history, tied="uTime")

    @post("/api/v5/tradingBot/signal/close-position", "20/2s user")
    def close_position(self, algo_id: str, inst_id: str) -> BotId:
        """Close a position of a bot at market. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/signal/sub-order", "20/2s user", judged=True, header={"exp_time": "expTime"})
    def place_sub_order(
        self,
        inst_id: str,
        algo_id: str,
        side: Side,
        ord_type: SignalOrdType,
        sz: Number,
        px: Number | None = None,
        reduce_only: bool | None = None,
        tag: str | None = None,
        exp_time: int | None = None,
    ) -> None:
        """Place an order within a bot; ``px`` for limit orders. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/signal/cancel-sub-order", "20/2s user", judged=True)
    def cancel_sub_order(self, algo_id: str, inst_id: str, signal_ord_id: str) -> SignalSubOrderResult:
        """Cancel an order within a bot. Needs a key with the right to trade."""

    @get("/api/v5/tradingBot/signal/sub-orders", "20/2s user", auth=True)
    def get_sub_orders(
        self,
        algo_id: str,
        algo_ord_type: str,
        state: str | None = None,
        signal_ord_id: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
        type_: str | None = None,
        cl_ord_id: str | None = None,
    ) -> list[SignalSubOrder]:
        """Orders of a bot; ``algo_ord_type`` is ``"contract"``; ``state`` and ``type_``, or ``signal_ord_id``.

        Newest first, ``limit`` (100) a call; cursors are order ids; ``begin``, ``end`` in ms.
        """

    iter_sub_orders = paged(get_sub_orders, key="ordId", time="cTime")

    @get("/api/v5/tradingBot/signal/event-history", "20/2s user", auth=True)
    def get_events(
        self, algo_id: str, after: str | int | None = None, before: str | int | None = None, limit: int | None = None
    ) -> list[SignalEvent]:
        """What happened to a bot. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_events = paged(get_events, tied="eventCtime")
