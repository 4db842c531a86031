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
        """Start a DCA bot. ``algo_ord_type``: ``"spot_dca"`` or ``"contract_dca"``.

        ``init_ord_amt`` and ``safety_ord_amt`` in quote currency; ``px_steps``, ``tp_pct``, ``sl_pct`` as ratios.
        Needs a key with the right to trade.
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
        """Change the parameters of a running spot bot; all are needed. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/dca/stop", "20/2s user", judged=True)
    def stop(self, algo_id: str, algo_ord_type: DcaType, stop_type: str | None = None) -> DcaResult:
        """Stop a bot. ``stop_type``: ``"1"`` sell or close, ``"2"`` keep what it holds.

        Needs a key with the right to trade.
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
        """Put an order of ``amt`` at ``price`` in besides the bot's own. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/dca/margin/add", "20/2s user", judged=True)
    def add_margin(self, algo_id: str, amt: Number) -> DcaResult:
        """Add margin to a contract bot. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/dca/margin/reduce", "20/2s user", judged=True)
    def reduce_margin(self, algo_id: str, amt: Number) -> DcaResult:
        """Take margin out of a contract bot. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/dca/settings/take-profit", "20/2s user", judged=True)
    def set_take_profit(self, algo_id: str, algo_ord_type: DcaType, tp_price: Number) -> DcaResult:
        """Change the take-profit price of the running cycle. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/dca/settings/reinvestment", "20/2s user", judged=True)
    def set_reinvestment(self, algo_id: str, algo_ord_type: DcaType, allow_reinvest: bool) -> DcaResult:
        """Whether profits are put into the next cycle. Needs a key with the right to trade."""

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
        """Running bots. Newest first, ``limit`` (100) a call; cursors are bot ids (algoId)."""

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
        """Stopped bots. Newest first, ``limit`` (100) a call; cursors are bot ids (algoId)."""

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/dca/position-details", "20/2s user", auth=True)
    def get_position(self, algo_id: str, algo_ord_type: DcaType) -> list[DcaPosition]:
        """What a bot holds in its running cycle."""

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
        """Cycles of a bot. Newest first, ``limit`` (100) a call; cursors are cycle ids."""

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
        """Orders of a bot, of one cycle or of all. Newest first, ``limit`` (100) a call; cursors are order ids."""

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
        """Start a recurring buy of ``amt`` of ``investment_ccy`` each time.

        ``recurring_time``: hour of the day; ``recurring_day``: of the month or week; ``recurring_hour``: hours
        between two hourly buys; ``time_zone``: hours from UTC. Needs a key with the right to trade.
        """

    @post("/api/v5/tradingBot/recurring/amend-order-algo", "20/2s user", judged=True)
    def rename(self, algo_id: str, stgy_name: str) -> BotResult:
        """Give it another name. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/recurring/amend-recurring-amount", "20/2s user", judged=True)
    def amend_amount(self, algo_id: str, amount: Number) -> BotResult:
        """Change the amount of each buy, in investment currency. Needs a key with the right to trade."""

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
        """Change the schedule; parameters as for ``create``. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/recurring/amend-price-range", "20/2s user", judged=True)
    def amend_price_range(self, algo_id: str, recurring_list: Sequence[NewRecurringRange]) -> BotResult:
        """Change the prices between which its currencies are bought. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/recurring/add-investment", "20/2s user", judged=True)
    def add_investment(self, algo_id: str, amount: Number) -> BotResult:
        """Buy once more now, for ``amount`` of the investment currency. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/recurring/pause", "20/2s user", judged=True)
    def pause(self, algo_id: str) -> BotResult:
        """Pause it. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/recurring/restart", "20/2s user", judged=True)
    def resume(self, algo_id: str) -> BotResult:
        """End a pause. Needs a key with the right to trade."""

    @post("/api/v5/tradingBot/recurring/stop-order-algo", "20/2s user", rows="bots", max_rows=10)
    def stop(self, bots: Sequence[StopBot]) -> BatchResult[BotResult]:
        """Stop up to 10 recurring buys. Needs a key with the right to trade."""

    @get("/api/v5/tradingBot/recurring/orders-algo-pending", "20/2s user", auth=True)
    def get_pending(
        self,
        algo_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[RecurringBuy]:
        """Running recurring buys. Newest first, ``limit`` (100) a call; cursors are bot ids (algoId)."""

    iter_pending = paged(get_pending, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/recurring/orders-algo-history", "20/2s user", auth=True)
    def get_history(
        self,
        algo_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[RecurringBuy]:
        """Stopped recurring buys. Newest first, ``limit`` (100) a call; cursors are bot ids (algoId)."""

    iter_history = paged(get_history, key="algoId", time="cTime")

    @get("/api/v5/tradingBot/recurring/orders-algo-details", "20/2s user", auth=True)
    def get_details(self, algo_id: str) -> RecurringBuy:
        """One recurring buy."""

    @get("/api/v5/tradingBot/recurring/sub-orders", "20/2s user", auth=True)
    def get_sub_orders(
        self,
        algo_id: str,
        ord_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[RecurringSubOrder]:
        """Orders of a recurring buy. Newest first, ``limit`` (100) a call; cursors are order ids."""

    iter_sub_orders = paged(get_sub_orders, key="ordId", time="cTime")
