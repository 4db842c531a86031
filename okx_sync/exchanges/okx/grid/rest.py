# mypy: disable-error-code="empty-body"
"""Group ``grid``. Grid bots.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Grid
Trading.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from okx_sync.exchanges.okx.argument_words import GridType, MarginAction
from okx_sync.exchanges.okx.grid.models import (
    GridAiParam,
    GridBot,
    GridIncome,
    GridMarginPreview,
    GridMinInvestment,
    GridPosition,
    GridQuantity,
    GridRangeResult,
    GridSubOrder,
    RsiBackTesting,
)
from okx_sync.exchanges.okx.grid.requests import NewGridTrigger, StopGrid
from okx_sync.exchanges.okx.shared_models import BotId, BotResult
from okx_sync.exchanges.okx.shared_requests import CoinAmount
from okx_sync.exchanges.okx.words import GridDirection, InstType
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Grid"]


class Grid(Group, group="grid"):
    """Start, change, stop and look at grid bots. Ratios: 0.01 is one percent."""

    @post("/api/v5/tradingBot/grid/order-algo", "20/2s user+instId", judged=True)
    def create(
        self,
        inst_id: str,
        algo_ord_type: GridType,
        max_px: Number,
        min_px: Number,
        grid_num: int,
        run_type: Literal["1", "2"] | str | None = None,
        tp_trigger_px: Number | None = None,
        *,
        sl_trigger_px: Number | None = None,
        algo_cl_ord_id: str | None = None,
        tag: str | None = None,
        profit_sharing_ratio: Number | None = None,
        trigger_params: Sequence[NewGridTrigger] | None = None,
        quote_sz: Number | None = None,
        base_sz: Number | None = None,
        trade_quote_ccy: str | None = None,
        sz: Number | None = None,
        direction: GridDirection | None = None,
        lever: Number | None = None,
        base_pos: bool | None = None,
        tp_ratio: Number | None = None,
        sl_ratio: Number | None = None,
    ) -> BotResult:
        """Start a grid bot.

        ``run_type``: ``"1"`` arithmetic, ``"2"`` geometric. Spot grids need ``quote_sz`` or ``base_sz``, contract
        grids ``sz`` (margin), ``direction`` and ``lever``. Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/grid/copy-order-algo", "20/2s user+instId", judged=True)
    def copy(
        self,
        inst_id: str,
        algo_ord_type: GridType,
        source_algo_id: str,
        quote_sz: Number | None = None,
        lever: Number | None = None,
        *,
        auto_reserve: bool | None = None,
        sz: Number | None = None,
        actual_margin_sz: Number | None = None,
        extra_margin_sz: Number | None = None,
        algo_cl_ord_id: str | None = None,
        tag: str | None = None,
    ) -> BotResult:
        """Start a copy of somebody's grid bot. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/grid/amend-order-algo", "20/2s user", judged=True)
    def amend(
        self,
        algo_id: str,
        inst_id: str,
        sl_trigger_px: Number | None = None,
        tp_trigger_px: Number | None = None,
        *,
        tp_ratio: Number | None = None,
        sl_ratio: Number | None = None,
        top_up_amt: Number | None = None,
        trigger_params: Sequence[NewGridTrigger] | None = None,
    ) -> BotResult:
        """Change take-profit, stop-loss and triggers of a running bot. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/grid/amend-algo-basic-param", "20/2s user", judged=True)
    def amend_range(
        self, algo_id: str, min_px: Number, max_px: Number, grid_num: int, topup_amount: Number | None = None
    ) -> GridRangeResult:
        """Change price range and number of grids. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/grid/stop-order-algo", "20/2s user", rows="bots", max_rows=10)
    def stop(self, bots: Sequence[StopGrid]) -> BatchResult[BotResult]:
        """Stop up to 10 bots.

        ``stop_type``: spot ``"1"`` sell, ``"2"`` keep the coins; contract ``"1"`` close, ``"2"`` keep the position.
        Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/grid/close-position", "20/2s user", judged=True)
    def close_position(
        self, algo_id: str, mkt_close: bool, sz: Number | None = None, px: Number | None = None
    ) -> BotResult:
        """Close the position that a stopped contract bot left.

        At market, or with a limit order of ``sz`` contracts at ``px``. Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/grid/cancel-close-order", "20/2s user", judged=True)
    def cancel_close_order(self, algo_id: str, ord_id: str) -> BotResult:
        """Cancel the limit order of ``close_position``. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/grid/order-instant-trigger", "20/2s user+instId")
    def trigger(self, algo_id: str, top_up_amt: Number | None = None) -> BotId:
        """Start a bot now that waits for its trigger. Needs a key with the right to trade."""

    @get("/api/v5/tradingBot/grid/orders-algo-pending", "20/2s user", auth=True)
    def get_pending(
        self,
        algo_ord_type: GridType,
        algo_id: str | None = None,
        inst_id: str | None = None,
        *,
        inst_type: InstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[GridBot]:
        """Running bots. Newest first, ``limit`` (100) a call; cursors are bot ids (algoId)."""

    iter_pending = paged(get_pending, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/grid/orders-algo-history", "20/2s user", auth=True)
    def get_history(
        self,
        algo_ord_type: GridType,
        algo_id: str | None = None,
        inst_id: str | None = None,
        *,
        inst_type: InstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[GridBot]:
        """Stopped bots of the last 3 months. Newest first, ``limit`` (100) a call; cursors are bot ids (algoId)."""

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/grid/orders-algo-details", "20/2s user", auth=True)
    def get_details(self, algo_ord_type: GridType, algo_id: str) -> GridBot:
        """One bot."""

    @get("/api/v5/tradingBot/grid/sub-orders", "20/2s user", auth=True)
    def get_sub_orders(
        self,
        algo_ord_type: GridType,
        algo_id: str,
        type_: Literal["live", "filled"] | str,
        group_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[GridSubOrder]:
        """Orders of a bot. ``type_``: ``"live"`` or ``"filled"``.

        Newest first, ``limit`` (100) a call; cursors are order ids.
        """

    iter_sub_orders = paged(get_sub_orders, key="ordId", time="cTime")

    @get("/api/v5/tradingBot/grid/positions", "20/2s user", auth=True)
    def get_positions(self, algo_ord_type: GridType, algo_id: str) -> list[GridPosition]:
        """Position of a contract bot."""

    @post("/api/v5/tradingBot/grid/withdraw-income", "20/2s user")
    def withdraw_income(self, algo_id: str) -> GridIncome:
        """Take the profit out of a spot bot. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/grid/compute-margin-balance", "20/2s user", reads=True)
    def compute_margin(self, algo_id: str, type_: MarginAction, amt: Number | None = None) -> GridMarginPreview:
        """What a change of margin would do. ``type_``: ``"add"`` or ``"reduce"``.

        Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/grid/margin-balance", "20/2s user")
    def adjust_margin(
        self, algo_id: str, type_: MarginAction, amt: Number | None = None, percent: Number | None = None
    ) -> BotId:
        """Add or take out margin: ``amt``, or ``percent`` of what can be. ``type_``: ``"add"`` or ``"reduce"``.

        Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/grid/adjust-investment", "20/2s user")
    def add_investment(self, algo_id: str, amt: Number, allow_reinvest_profit: bool | None = None) -> BotId:
        """Put more money into a bot. Needs a key with the right to trade."""

    @get("/api/v5/tradingBot/grid/ai-param", "20/2s ip")
    def get_ai_param(
        self,
        algo_ord_type: GridType,
        inst_id: str,
        direction: GridDirection | None = None,
        duration: str | None = None,
    ) -> list[GridAiParam]:
        """Parameters that OKX suggests from ``duration`` (``"7D"``, ``"30D"``, ``"180D"``) of prices.

        No key needed.
        """

    @post("/api/v5/tradingBot/grid/min-investment", "20/2s ip", auth=False, reads=True)
    def get_min_investment(
        self,
        inst_id: str,
        algo_ord_type: GridType,
        max_px: Number,
        min_px: Number,
        grid_num: int,
        run_type: Literal["1", "2"] | str,
        direction: GridDirection | None = None,
        lever: Number | None = None,
        *,
        base_pos: bool | None = None,
        investment_type: str | None = None,
        trigger_strategy: str | None = None,
        top_up_amt: Number | None = None,
        investment_data: Sequence[CoinAmount] | None = None,
    ) -> GridMinInvestment:
        """The least that a bot with these parameters needs. No key needed."""

    @get("/api/v5/tradingBot/public/rsi-back-testing", "20/2s ip")
    def get_rsi_back_testing(
        self,
        inst_id: str,
        timeframe: str,
        thold: Number,
        time_period: int,
        trigger_cond: str | None = None,
        duration: str | None = None,
    ) -> RsiBackTesting:
        """How often an RSI trigger would have fired in ``duration`` (``"1M"``). No key needed."""

    @get("/api/v5/tradingBot/grid/grid-quantity", "5/2s ip")
    def get_grid_quantity(
        self,
        inst_id: str,
        run_type: Literal["1", "2"] | str,
        algo_ord_type: GridType,
        max_px: Number,
        min_px: Number,
        lever: Number | None = None,
    ) -> GridQuantity:
        """The most grids that fit into a price range. No key needed."""
