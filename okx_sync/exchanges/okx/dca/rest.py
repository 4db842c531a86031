# mypy: disable-error-code="empty-body"
"""Groups ``dca`` and ``recurring``: DCA bots (dollar-cost averaging), spot and contract; recurring buys.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: DCA
Bots, Recurring Buy.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import DcaType, RecurringPeriod, TdMode
from okx_sync.exchanges.okx.dca.models import (
    DcaBot,
    DcaCycle,
    DcaOrder,
    DcaPosition,
    DcaResult,
    RecurringBuy,
    RecurringSubOrder,
)
from okx_sync.exchanges.okx.dca.requests import NewDcaTrigger, NewRecurringPart, NewRecurringRange
from okx_sync.exchanges.okx.shared_models import BotResult
from okx_sync.exchanges.okx.shared_requests import StopBot
from okx_sync.exchanges.okx.words import GridDirection
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Dca", "Recurring"]


class Dca(Group, group="dca"):
    """Start, change, stop and look at DCA bots. Ratios: 0.01 is one percent."""

    @post("/api/v5/tradingBot/dca/create", "20/2s user+instId", judged=True)
    def create(
        self,
        inst_id: str,
        algo_ord_type: DcaType,
        init_ord_amt: Number,
        max_safety_ords: int,
        tp_pct: Number,
        trigger_params: Sequence[NewDcaTrigger],
        allow_reinvest: bool | None = None,
        safety_ord_amt: Number | None = None,
        *,
        px_steps: Number | None = None,
        px_steps_mult: Number | None = None,
        vol_mult: Number | None = None,
        sl_pct: Number | None = None,
        sl_mode: str | None = None,
        direction: GridDirection | None = None,
        lever: Number | None = None,
        profit_sharing_ratio: Number | None = None,
        tracking_mode: str | None = None,
        tag: str | None = None,
        algo_cl_ord_id: str | None = None,
        trade_quote_ccy: str | None = None,
        reserve_funds: bool | None = None,
    ) -> DcaResult:
        """Start a DCA bot.

        With safety orders (``max_safety_ords`` of 1 or more) their amount, step and factors are needed.

        Needs a key with the right to trade.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            init_ord_amt: Amount of the first order of a cycle, in quote currency.
            max_safety_ords: Number of safety orders in a cycle at most.
            tp_pct: Profit at which a cycle ends, as a ratio: 0.05 is five percent.
            trigger_params: What starts the bot.
            allow_reinvest: Whether profit goes into the next cycle; True by default. Only for contract bots.
            safety_ord_amt: Amount of the first safety order, in quote currency.
            px_steps: How far the price must move for a safety order, as a ratio: 0.01 is one percent.
            px_steps_mult: Factor by which each step of the price is wider than the one before.
            vol_mult: Factor by which each safety order is larger than the one before.
            sl_pct: Loss at which the bot stops, as a ratio: 0.05 is five percent.
            sl_mode: How the stop-loss trades: ``"limit"`` or ``"market"``.
            direction: ``"long"`` or ``"short"``; only for contract bots.
            lever: Leverage; needed for contract bots.
            profit_sharing_ratio: Share of the profit that copiers pay, as a ratio: 0, 0.1, 0.2 or 0.3; 0.1 is ten
                percent. Only for contract bots.
            tracking_mode: How copiers follow: ``"sync"`` or ``"async"``. Only for contract bots.
            tag: Tag of your own for the bot's orders.
            algo_cl_ord_id: Id of your own for the bot, up to 32 letters and digits.
            trade_quote_ccy: Quote currency to trade with; only for spot bots.
            reserve_funds: Whether the money of all safety orders is set aside at the start.

        Source: POST /api/v5/tradingBot/dca/create
            https://www.okx.com/docs-v5/en/#order-book-trading-dca-trading-post-place-dca-algo-order
        """

    @post("/api/v5/tradingBot/dca/amend-order-algo", "20/2s user", judged=True)
    def amend(
        self,
        algo_id: str,
        px_steps: Number,
        px_steps_mult: Number,
        vol_mult: Number,
        tp_pct: Number,
        sl_pct: Number,
        init_ord_amt: Number,
        safety_ord_amt: Number,
        max_safety_ords: int,
        reserve_funds: bool,
        trigger_params: Sequence[NewDcaTrigger],
    ) -> DcaResult:
        """Change the parameters of a running spot bot; all are needed.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            px_steps: How far the price must move for a safety order, as a ratio: 0.01 is one percent.
            px_steps_mult: Factor by which each step of the price is wider than the one before.
            vol_mult: Factor by which each safety order is larger than the one before.
            tp_pct: Profit at which a cycle ends, as a ratio: 0.05 is five percent.
            sl_pct: Loss at which the bot stops, as a ratio: 0.05 is five percent.
            init_ord_amt: Amount of the first order of a cycle, in quote currency.
            safety_ord_amt: Amount of the first safety order, in quote currency.
            max_safety_ords: Number of safety orders in a cycle at most.
            reserve_funds: Whether the money of all safety orders is set aside.
            trigger_params: What starts the bot.

        Source: POST /api/v5/tradingBot/dca/amend-order-algo
        """

    @post("/api/v5/tradingBot/dca/stop", "20/2s user", judged=True)
    def stop(self, algo_id: str, algo_ord_type: DcaType, stop_type: str | None = None) -> DcaResult:
        """Stop a DCA bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            stop_type: What becomes of what it holds: ``"1"`` is sold or closed, ``"2"`` is kept.

        Source: POST /api/v5/tradingBot/dca/stop
        """

    @post("/api/v5/tradingBot/dca/orders/manual-buy", "20/2s user", judged=True)
    def add_order(
        self,
        algo_id: str,
        algo_ord_type: DcaType,
        price: Number,
        amt: Number,
        ord_type: str | None = None,
        trade_quote_ccy: str | None = None,
        tag: str | None = None,
    ) -> DcaResult:
        """Place an order in a running bot besides the bot's own.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            price: Price to place it at.
            amt: Amount of the order; OKX does not tell in which currency.
            ord_type: Type of the order, in OKX's words.
            trade_quote_ccy: Quote currency to trade with; only for spot bots.
            tag: Tag of your own for the order.

        Source: POST /api/v5/tradingBot/dca/orders/manual-buy
        """

    @post("/api/v5/tradingBot/dca/margin/add", "20/2s user", judged=True)
    def add_margin(self, algo_id: str, amt: Number) -> DcaResult:
        """Add margin to a contract bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            amt: Margin to add, in the bot's margin currency.

        Source: POST /api/v5/tradingBot/dca/margin/add
        """

    @post("/api/v5/tradingBot/dca/margin/reduce", "20/2s user", judged=True)
    def reduce_margin(self, algo_id: str, amt: Number) -> DcaResult:
        """Take margin out of a contract bot.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            amt: Margin to take out, in the bot's margin currency.

        Source: POST /api/v5/tradingBot/dca/margin/reduce
        """

    @post("/api/v5/tradingBot/dca/settings/take-profit", "20/2s user", judged=True)
    def set_take_profit(self, algo_id: str, algo_ord_type: DcaType, tp_price: Number) -> DcaResult:
        """Change the take-profit price of the running cycle.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            tp_price: Price at which the cycle ends with its profit.

        Source: POST /api/v5/tradingBot/dca/settings/take-profit
        """

    @post("/api/v5/tradingBot/dca/settings/reinvestment", "20/2s user", judged=True)
    def set_reinvestment(self, algo_id: str, algo_ord_type: DcaType, allow_reinvest: bool) -> DcaResult:
        """Set whether profit is put into the next cycle.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            allow_reinvest: Whether profit goes into the next cycle.

        Source: POST /api/v5/tradingBot/dca/settings/reinvestment
        """

    @get("/api/v5/tradingBot/dca/ongoing-list", "20/2s user", auth=True)
    def get_ongoing(
        self,
        algo_ord_type: DcaType,
        algo_id: str | None = None,
        after: str | int | None = None,
        *,
        before: str | int | None = None,
        limit: int | None = None,
        inst_id: str | None = None,
    ) -> list[DcaBot]:
        """Get the running DCA bots.

        Newest first.

        Args:
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            algo_id: Only the bot of this id; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.
            inst_id: Only bots on this instrument; all when left out.

        Source: GET /api/v5/tradingBot/dca/ongoing-list
        """

    iter_ongoing = paged(get_ongoing, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/dca/history-list", "20/2s user", auth=True)
    def get_history(
        self,
        algo_ord_type: DcaType,
        algo_id: str | None = None,
        after: str | int | None = None,
        *,
        before: str | int | None = None,
        limit: int | None = None,
        inst_id: str | None = None,
    ) -> list[DcaBot]:
        """Get the DCA bots that have stopped.

        Newest first.

        Args:
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            algo_id: Only the bot of this id; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.
            inst_id: Only bots on this instrument; all when left out.

        Source: GET /api/v5/tradingBot/dca/history-list
            https://www.okx.com/docs-v5/en/#order-book-trading-dca-trading-get-dca-algo-order-history
        """

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/dca/position-details", "20/2s user", auth=True)
    def get_position(self, algo_id: str, algo_ord_type: DcaType) -> list[DcaPosition]:
        """Get what a bot holds in its running cycle.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.

        Source: GET /api/v5/tradingBot/dca/position-details
        """

    @get("/api/v5/tradingBot/dca/cycle-list", "20/2s user", auth=True)
    def get_cycles(
        self,
        algo_id: str,
        algo_ord_type: DcaType,
        inst_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[DcaCycle]:
        """Get the cycles of a bot.

        Newest first.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            inst_id: Only cycles on this instrument.
            after: Only rows older than the one with this cycle id.
            before: Only rows newer than the one with this cycle id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/dca/cycle-list
            https://www.okx.com/docs-v5/en/#order-book-trading-dca-trading-get-dca-cycle-list
        """

    iter_cycles = paged(get_cycles, key="cycleId", time="startTime")

    @get("/api/v5/tradingBot/dca/orders", "20/2s user", auth=True)
    def get_orders(
        self,
        algo_id: str,
        algo_ord_type: DcaType,
        cycle_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[DcaOrder]:
        """Get the orders of a bot, of one cycle or of all.

        Newest first.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            algo_ord_type: ``"spot_dca"`` or ``"contract_dca"``.
            cycle_id: Only orders of this cycle; all when left out.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/dca/orders
            https://www.okx.com/docs-v5/en/#order-book-trading-dca-trading-get-dca-sub-orders
        """

    iter_orders = paged(get_orders, key="ordId", time="cTime")


class Recurring(Group, group="recurring"):
    """Start, change, stop and look at recurring buys."""

    @post("/api/v5/tradingBot/recurring/order-algo", "20/2s user", judged=True)
    def create(
        self,
        stgy_name: str,
        recurring_list: Sequence[NewRecurringPart],
        period: RecurringPeriod,
        recurring_time: int,
        time_zone: Number,
        amt: Number,
        investment_ccy: str,
        td_mode: TdMode,
        recurring_day: int | None = None,
        recurring_hour: int | None = None,
        *,
        algo_cl_ord_id: str | None = None,
        tag: str | None = None,
        trade_quote_ccy: str | None = None,
        source: Sequence[str] | None = None,
        recurring_time_type: str | None = None,
    ) -> BotResult:
        """Start a recurring buy.

        Needs a key with the right to trade.

        Args:
            stgy_name: Name of your own for it, up to 40 characters.
            recurring_list: Currencies to buy, each with its share of the amount as a ratio.
            period: How often is bought, each month, week, day or hour: ``"monthly"``, ``"weekly"``, ``"daily"`` or
                ``"hourly"``.
            recurring_time: Hour of the day at which is bought, 0 to 23; of an hourly schedule the hour of the first
                purchase.
            time_zone: Time zone of the schedule, in hours from UTC, -12 to 14.
            amt: Amount of each purchase, in ``investment_ccy`` (a currency).
            investment_ccy: Currency to pay with: USDT or USDC.
            td_mode: ``"cross"`` in the margin modes of the account, else ``"cash"``.
            recurring_day: Day of the month (1 to 28) or of the week (1 to 7); needed for such a ``period``.
            recurring_hour: Hours between two purchases: 1, 4, 8 or 12; needed for ``period="hourly"``.
            algo_cl_ord_id: Id of your own for the bot, up to 32 letters and digits.
            tag: Tag of your own for its orders, up to 16 letters and digits.
            trade_quote_ccy: Quote currency to trade with.
            source: Where the money comes from: ``"1"`` trading account (the default), ``"2"`` funding account, ``"3"``
                Simple Earn.
            recurring_time_type: ``"1"`` at the hour and day that are given (the default), ``"2"`` at once.

        Source: POST /api/v5/tradingBot/recurring/order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-post-place-recurring-buy-order
        """

    @post("/api/v5/tradingBot/recurring/amend-order-algo", "20/2s user", judged=True)
    def rename(self, algo_id: str, stgy_name: str) -> BotResult:
        """Give a recurring buy another name.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            stgy_name: New name, up to 40 characters.

        Source: POST /api/v5/tradingBot/recurring/amend-order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-post-amend-recurring-buy-order
        """

    @post("/api/v5/tradingBot/recurring/amend-recurring-amount", "20/2s user", judged=True)
    def amend_amount(self, algo_id: str, amount: Number) -> BotResult:
        """Change the amount of each purchase.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            amount: New amount, in the investment currency.

        Source: POST /api/v5/tradingBot/recurring/amend-recurring-amount
        """

    @post("/api/v5/tradingBot/recurring/amend-recurring-time", "20/2s user", judged=True)
    def amend_time(
        self,
        algo_id: str,
        recurring_time_type: str,
        time_zone: Number,
        period: RecurringPeriod,
        recurring_hour: int | None = None,
        recurring_day: int | None = None,
        recurring_time: int | None = None,
    ) -> BotResult:
        """Change the schedule of a recurring buy.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            recurring_time_type: ``"1"`` at the hour and day that are given, ``"2"`` at once.
            time_zone: Time zone of the schedule, in hours from UTC, -12 to 14.
            period: How often is bought, each month, week, day or hour: ``"monthly"``, ``"weekly"``, ``"daily"`` or
                ``"hourly"``.
            recurring_hour: Hours between two purchases: 1, 4, 8 or 12; needed for ``period="hourly"``.
            recurring_day: Day of the month (1 to 28) or of the week (1 to 7); needed for such a ``period``.
            recurring_time: Hour of the day at which is bought, 0 to 23; of an hourly schedule the hour of the first
                purchase.

        Source: POST /api/v5/tradingBot/recurring/amend-recurring-time
        """

    @post("/api/v5/tradingBot/recurring/amend-price-range", "20/2s user", judged=True)
    def amend_price_range(self, algo_id: str, recurring_list: Sequence[NewRecurringRange]) -> BotResult:
        """Change the prices between which a recurring buy buys its currencies.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            recurring_list: Currencies, each with the lowest and the highest price to buy at.

        Source: POST /api/v5/tradingBot/recurring/amend-price-range
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-post-amend-price-range
        """

    @post("/api/v5/tradingBot/recurring/add-investment", "20/2s user", judged=True)
    def add_investment(self, algo_id: str, amount: Number) -> BotResult:
        """Buy once more now.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            amount: Amount of the purchase, in the investment currency.

        Source: POST /api/v5/tradingBot/recurring/add-investment
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-post-add-investment
        """

    @post("/api/v5/tradingBot/recurring/pause", "20/2s user", judged=True)
    def pause(self, algo_id: str) -> BotResult:
        """Pause a recurring buy.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: POST /api/v5/tradingBot/recurring/pause
        """

    @post("/api/v5/tradingBot/recurring/restart", "20/2s user", judged=True)
    def resume(self, algo_id: str) -> BotResult:
        """End the pause of a recurring buy.

        Needs a key with the right to trade.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: POST /api/v5/tradingBot/recurring/restart
        """

    @post("/api/v5/tradingBot/recurring/stop-order-algo", "20/2s user", rows="bots", max_rows=10)
    def stop(self, bots: Sequence[StopBot]) -> BatchResult[BotResult]:
        """Stop up to 10 recurring buys, each with its own verdict.

        Needs a key with the right to trade.

        Args:
            bots: Recurring buys to stop, each by its bot id (``algo_id``).

        Raises:
            ConfigError: ``bots`` is empty or holds more than 10 items. Nothing was sent.

        Source: POST /api/v5/tradingBot/recurring/stop-order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-post-stop-recurring-buy-order
        """

    @get("/api/v5/tradingBot/recurring/orders-algo-pending", "20/2s user", auth=True)
    def get_pending(
        self,
        algo_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[RecurringBuy]:
        """Get the running recurring buys.

        Newest first.

        Args:
            algo_id: Only the bot of this id; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/recurring/orders-algo-pending
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-get-recurring-buy-order-list
        """

    iter_pending = paged(get_pending, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/recurring/orders-algo-history", "20/2s user", auth=True)
    def get_history(
        self,
        algo_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[RecurringBuy]:
        """Get the recurring buys that have stopped.

        Newest first.

        Args:
            algo_id: Only the bot of this id; all when left out.
            after: Only rows older than the one with this bot id (``algoId``).
            before: Only rows newer than the one with this bot id (``algoId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/recurring/orders-algo-history
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-get-recurring-buy-order-history
        """

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/recurring/orders-algo-details", "20/2s user", auth=True)
    def get_details(self, algo_id: str) -> RecurringBuy:
        """Get one recurring buy.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).

        Source: GET /api/v5/tradingBot/recurring/orders-algo-details
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-get-recurring-buy-order-details
        """

    @get("/api/v5/tradingBot/recurring/sub-orders", "20/2s user", auth=True)
    def get_sub_orders(
        self,
        algo_id: str,
        ord_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[RecurringSubOrder]:
        """Get the orders of a recurring buy.

        Newest first.

        Args:
            algo_id: Id that OKX gave the bot (``algoId``).
            ord_id: Only the order of this id; all when left out.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/tradingBot/recurring/sub-orders
            https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-get-recurring-buy-sub-orders
        """

    iter_sub_orders = paged(get_sub_orders, key="ordId", time="cTime")
