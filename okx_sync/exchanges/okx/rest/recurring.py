# mypy: disable-error-code="empty-body"
"""Group ``recurring``. Recurring buys.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Recurring Buy.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.models import RecurringBuy
from okx_sync.exchanges.okx.models.rest_grid import BotResult
from okx_sync.exchanges.okx.models.rest_recurring import RecurringSubOrder
from okx_sync.exchanges.okx.rest.bodies_bots import NewRecurringPart, NewRecurringRange, StopBot
from okx_sync.exchanges.okx.rest.words import TdMode
from okx_sync.exchanges.okx.rest.words_more import RecurringPeriod
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Recurring"]


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
