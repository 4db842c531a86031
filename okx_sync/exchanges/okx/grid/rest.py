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

        Spot grids need ``quote_sz`` or ``base_sz``, contract grids ``sz``, ``direction`` and ``lever``.

        Needs a key with the right to trade.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT``, or ``BTC-USDT-SWAP`` of a contract grid.
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            max_px: Upper price of the range.
            min_px: Lower price of the range.
            grid_num: Number of grids in the range.
            run_type: How the grids are spaced: ``"1"`` arithmetic, by price (the default), ``"2"`` geometric, by ratio.
            tp_trigger_px: Price at which the bot stops with its profit.
            sl_trigger_px: Price at which the bot stops with its loss.
            algo_cl_ord_id: Id of your own for the bot, up to 32 letters and digits.
            tag: Tag of your own for the bot's orders.
            profit_sharing_ratio: Share of the profit that copiers pay, as a ratio: 0, 0.1, 0.2 or 0.3; 0.1 is ten
                percent.
            trigger_params: What starts and stops the bot.
            quote_sz: Amount to invest in quote currency; only for spot grids.
            base_sz: Amount to invest in base currency; only for spot grids.
            trade_quote_ccy: Quote currency to trade with; that of the instrument when left out.
            sz: Margin to invest, in USDT; only for contract grids.
            direction: ``"long"``, ``"short"`` or ``"neutral"``; only for contract grids.
            lever: Leverage; only for contract grids.
            base_pos: Whether a position is opened when the bot starts; False by default, not for neutral grids.
            tp_ratio: Profit at which the bot stops, as a ratio: 0.1 is ten percent. Only for contract grids.
            sl_ratio: Loss at which the bot stops, as a ratio: 0.1 is ten percent. Only for contract grids.

        Source: POST /api/v5/tradingBot/grid/order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-place-grid-algo-order
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
        """Start a copy of somebody's grid bot.

        Needs a key with the right to trade.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT``, or ``BTC-USDT-SWAP`` of a contract grid.
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            source_algo_id: Id of the bot to copy.
            quote_sz: Amount to invest in quote currency; only for spot grids.
            lever: Leverage; only for contract grids.
            auto_reserve: Whether margin and reserve are worked out from ``sz``; False when they are given. Only for
                contract grids.
            sz: Amount to invest in all, in USDT; needed with ``auto_reserve=True``. Only for contract grids.
            actual_margin_sz: Margin of the bot, in its margin currency; needed with ``auto_reserve=False``. Only for
                contract grids.
            extra_margin_sz: Margin kept in reserve, in the same currency, by default 0. Only for contract grids.
            algo_cl_ord_id: Id of your own for the bot, up to 32 letters and digits.
            tag: Tag of your own for the bot's orders.

        Source: POST /api/v5/tradingBot/grid/copy-order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-copy-grid-algo-order
        """

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
        """Change take-profit, stop-loss and triggers of a running bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            inst_id: Id of the instrument, such as ``BTC-USDT``, or ``BTC-USDT-SWAP`` of a contract grid.
            sl_trigger_px: New price at which the bot stops with its loss.
            tp_trigger_px: New price at which the bot stops with its profit.
            tp_ratio: Profit at which the bot stops, as a ratio: 0.1 is ten percent. Only for contract grids.
            sl_ratio: Loss at which the bot stops, as a ratio: 0.1 is ten percent. Only for contract grids.
            top_up_amt: Amount to put into the bot besides, only for spot grids; OKX does not tell in which currency.
            trigger_params: What starts and stops the bot.

        Source: POST /api/v5/tradingBot/grid/amend-order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-amend-grid-algo-order
        """

    @post("/api/v5/tradingBot/grid/amend-algo-basic-param", "20/2s user", judged=True)
    def amend_range(
        self, algo_id: str, min_px: Number, max_px: Number, grid_num: int, topup_amount: Number | None = None
    ) -> GridRangeResult:
        """Change price range and number of grids of a running bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            min_px: Lower price of the range.
            max_px: Upper price of the range.
            grid_num: Number of grids in the range.
            topup_amount: Amount to put into the bot besides; OKX does not tell in which currency.

        Source: POST /api/v5/tradingBot/grid/amend-algo-basic-param
        """

    @post("/api/v5/tradingBot/grid/stop-order-algo", "20/2s user", rows="bots", max_rows=10)
    def stop(self, bots: Sequence[StopGrid]) -> BatchResult[BotResult]:
        """Stop up to 10 bots, each with its own verdict.

        Needs a key with the right to trade.

        Args:
            bots: Bots to stop. ``stop_type`` of spot grids: ``"1"`` sell, ``"2"`` keep the coins; of contract grids:
                ``"1"`` close, ``"2"`` keep the position.

        Raises:
            ConfigError: ``bots`` is empty or holds more than 10 items. Nothing was sent.

        Source: POST /api/v5/tradingBot/grid/stop-order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-stop-grid-algo-order
        """

    @post("/api/v5/tradingBot/grid/close-position", "20/2s user", judged=True)
    def close_position(
        self, algo_id: str, mkt_close: bool, sz: Number | None = None, px: Number | None = None
    ) -> BotResult:
        """Close the position that a stopped contract bot left.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            mkt_close: Whether to close at market; False for a limit order of ``sz`` at ``px``.
            sz: Contracts to close; needed with ``mkt_close=False``.
            px: Price of the limit order; needed with ``mkt_close=False``.

        Source: POST /api/v5/tradingBot/grid/close-position
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-close-position-for-contract-grid
        """

    @post("/api/v5/tradingBot/grid/cancel-close-order", "20/2s user", judged=True)
    def cancel_close_order(self, algo_id: str, ord_id: str) -> BotResult:
        """Cancel the limit order of ``close_position``.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            ord_id: Id of the order, from ``close_position``.

        Source: POST /api/v5/tradingBot/grid/cancel-close-order
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-cancel-close-position-order-for-contract-grid
        """

    @post("/api/v5/tradingBot/grid/order-instant-trigger", "20/2s user+instId")
    def trigger(self, algo_id: str, top_up_amt: Number | None = None) -> BotId:
        """Start a bot now that waits for its trigger.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            top_up_amt: Amount to put into the bot besides, only for spot grids; OKX does not tell in which currency.

        Source: POST /api/v5/tradingBot/grid/order-instant-trigger
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-instant-trigger-grid-algo-order
        """

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
        """Get the running grid bots.

        Newest first.

        Args:
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            algo_id: Only the bot of this id; all when left out.
            inst_id: Only bots on this instrument; all when left out.
            inst_type: Only bots on this kind of instrument; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/grid/orders-algo-pending
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-grid-algo-order-list
        """

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
        """Get the grid bots that stopped in the last 3 months.

        Newest first.

        Args:
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            algo_id: Only the bot of this id; all when left out.
            inst_id: Only bots on this instrument; all when left out.
            inst_type: Only bots on this kind of instrument; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/grid/orders-algo-history
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-grid-algo-order-history
        """

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/grid/orders-algo-details", "20/2s user", auth=True)
    def get_details(self, algo_ord_type: GridType, algo_id: str) -> GridBot:
        """Get one grid bot.

        Args:
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: GET /api/v5/tradingBot/grid/orders-algo-details
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-grid-algo-order-details
        """

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
        """Get the orders of a grid bot.

        Newest first.

        Args:
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            algo_id: Id that OKX gave the bot (``algoId``).
            type_: ``"live"`` for open orders, ``"filled"`` for filled ones.
            group_id: Only orders of this group; all when left out.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/grid/sub-orders
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-grid-algo-sub-orders
        """

    iter_sub_orders = paged(get_sub_orders, key="ordId", time="cTime")

    @get("/api/v5/tradingBot/grid/positions", "20/2s user", auth=True)
    def get_positions(self, algo_ord_type: GridType, algo_id: str) -> list[GridPosition]:
        """Get the position of a contract grid bot.

        Args:
            algo_ord_type: ``"contract_grid"``; spot grids have no position.
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: GET /api/v5/tradingBot/grid/positions
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-grid-algo-order-positions
        """

    @post("/api/v5/tradingBot/grid/withdraw-income", "20/2s user")
    def withdraw_income(self, algo_id: str) -> GridIncome:
        """Take the profit out of a spot grid bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: POST /api/v5/tradingBot/grid/withdraw-income
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-spot-grid-withdraw-income
        """

    @post("/api/v5/tradingBot/grid/compute-margin-balance", "20/2s user", reads=True)
    def compute_margin(self, algo_id: str, type_: MarginAction, amt: Number | None = None) -> GridMarginPreview:
        """Compute what a change of a contract bot's margin would do; nothing is changed.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            type_: ``"add"`` or ``"reduce"``.
            amt: Margin to add or take out, in the bot's margin currency.

        Source: POST /api/v5/tradingBot/grid/compute-margin-balance
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-compute-margin-balance
        """

    @post("/api/v5/tradingBot/grid/margin-balance", "20/2s user")
    def adjust_margin(
        self, algo_id: str, type_: MarginAction, amt: Number | None = None, percent: Number | None = None
    ) -> BotId:
        """Add margin to a contract bot, or take some out: an amount, or a part of what can be.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            type_: ``"add"`` or ``"reduce"``.
            amt: Margin to add or take out, in the bot's margin currency; this or ``percent`` is needed.
            percent: Part of what can be added or taken out; this or ``amt`` is needed. OKX does not tell whether 10 or
                0.1 is ten percent.

        Source: POST /api/v5/tradingBot/grid/margin-balance
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-adjust-margin-balance
        """

    @post("/api/v5/tradingBot/grid/adjust-investment", "20/2s user")
    def add_investment(self, algo_id: str, amt: Number, allow_reinvest_profit: bool | None = None) -> BotId:
        """Put more money into a bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            amt: Amount to put in; OKX does not tell in which currency.
            allow_reinvest_profit: Whether the bot's profit is invested as well; True by default, only for spot grids.

        Source: POST /api/v5/tradingBot/grid/adjust-investment
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-add-investment
        """

    @get("/api/v5/tradingBot/grid/ai-param", "20/2s ip")
    def get_ai_param(
        self,
        algo_ord_type: GridType,
        inst_id: str,
        direction: GridDirection | None = None,
        duration: str | None = None,
    ) -> list[GridAiParam]:
        """Get the parameters that OKX suggests for a grid bot.

        No key needed.

        Args:
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            inst_id: Id of the instrument, such as ``BTC-USDT``, or ``BTC-USDT-SWAP`` of a contract grid.
            direction: ``"long"``, ``"short"`` or ``"neutral"``; needed for contract grids.
            duration: Time of past prices that the suggestion is made from: ``"7D"``, ``"30D"`` or ``"180D"`` (days).

        Source: GET /api/v5/tradingBot/grid/ai-param
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-grid-ai-parameter-public
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
        """Compute the least investment that a bot with these parameters needs.

        No key needed.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT``, or ``BTC-USDT-SWAP`` of a contract grid.
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            max_px: Upper price of the range.
            min_px: Lower price of the range.
            grid_num: Number of grids in the range.
            run_type: How the grids are spaced: ``"1"`` arithmetic, by price, ``"2"`` geometric, by ratio.
            direction: ``"long"``, ``"short"`` or ``"neutral"``; only for contract grids.
            lever: Leverage; only for contract grids.
            base_pos: Whether a position is opened when the bot starts; False by default, not for neutral grids.
            investment_type: What is invested: ``"quote"``, ``"base"`` or ``"dual"`` (both currencies). Only for spot
                grids.
            trigger_strategy: What starts the bot: ``"instant"``, ``"price"`` or ``"rsi"``.
            top_up_amt: Amount to put in besides, only for spot grids; OKX does not tell in which currency.
            investment_data: Amounts to invest, each in its currency.

        Source: POST /api/v5/tradingBot/grid/min-investment
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-post-compute-min-investment-public
        """

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
        """Count how often an RSI trigger would have fired in the past.

        No key needed.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT``; only ``SPOT``.
            timeframe: Time that one candle spans: ``3m``, ``5m``, ``15m``, ``30m``, ``1H``, ``4H`` or ``1D``.
            thold: Level of the RSI that fires the trigger, a whole number of 1 to 100.
            time_period: Number of candles that the RSI looks back, 14.
            trigger_cond: How the RSI meets ``thold``: ``"cross_up"``, ``"cross_down"`` (the default), ``"above"``,
                ``"below"`` or ``"cross"``.
            duration: Past time that is looked at: ``"1M"``, a month (the default).

        Source: GET /api/v5/tradingBot/public/rsi-back-testing
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-rsi-back-testing-public
        """

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
        """Get the most grids that fit into a price range.

        No key needed.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT``, or ``BTC-USDT-SWAP`` of a contract grid.
            run_type: How the grids are spaced: ``"1"`` arithmetic, by price, ``"2"`` geometric, by ratio.
            algo_ord_type: ``"grid"`` for spot grids, ``"contract_grid"`` for contract grids.
            max_px: Upper price of the range.
            min_px: Lower price of the range.
            lever: Leverage; needed for contract grids.

        Source: GET /api/v5/tradingBot/grid/grid-quantity
            https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-get-max-grid-quantity-public
        """
