# mypy: disable-error-code="empty-body"
"""Group ``trade``, rarer calls: closing, checks, small balances, repayment of debts. (OKX API guide: Trade.)

The ``get_...`` calls need a key with the right to read, the others one with the right to trade unless they say
otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.models import Order
from okx_sync.exchanges.okx.models.rest_account_settings import Done
from okx_sync.exchanges.okx.models.rest_trade_more import (
    AccountRateLimit,
    ClosedPosition,
    EasyConvert,
    EasyConvertList,
    OrderCheck,
    RepayList,
    Repayment,
    RepaymentV2,
)
from okx_sync.exchanges.okx.models.words import InstType, OrdState
from okx_sync.exchanges.okx.rest.dialect import new_cl_ord_id
from okx_sync.exchanges.okx.rest.requests import AttachedAlgo
from okx_sync.exchanges.okx.rest.words import MgnMode, OrdType, PosSide, Side, TdMode, TgtCcy
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["TradeMore"]


class TradeMore(Group, group="trade"):
    """Closing, checks, small balances, repayment of debts."""

    @get("/api/v5/trade/orders-history-archive", "20/2s user", auth=True)
    def get_orders_history_archive(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        ord_type: str | None = None,
        state: OrdState | None = None,
        *,
        inst_family: str | None = None,
        category: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
        begin: int | None = None,
        end: int | None = None,
    ) -> list[Order]:
        """Finished orders of the last 3 months, newest first; parameters as for ``get_orders_history``."""

    @post(
        "/api/v5/trade/close-position", "20/2s user+instId", order=True, judged=False, fill={"clOrdId": new_cl_ord_id}
    )
    def close_position(
        self,
        inst_id: str,
        mgn_mode: MgnMode,
        pos_side: PosSide | None = None,
        ccy: str | None = None,
        *,
        auto_cxl: bool | None = None,
        cl_ord_id: str | None = None,
        tag: str | None = None,
    ) -> ClosedPosition:
        """Close a position at market, all of it. ``auto_cxl`` cancels closing orders that are in the way."""

    @post("/api/v5/trade/order-precheck", "5/2s user", reads=True)
    def check_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType,
        sz: Number,
        px: Number | None = None,
        *,
        pos_side: PosSide | None = None,
        outcome: str | None = None,
        reduce_only: bool | None = None,
        tgt_ccy: TgtCcy | None = None,
        attach_algo_ords: Sequence[AttachedAlgo] | None = None,
    ) -> OrderCheck:
        """What an order would do to the account, without placing it (multi-currency and portfolio margin).

        Parameters as for ``place_order``. Needs the right to read.
        """

    @post("/api/v5/trade/mass-cancel", "5/2s user")
    def mass_cancel(self, inst_type: InstType, inst_family: str, lock_interval: int | None = None) -> Done:
        """Cancel all market-maker-protection orders of an options family.

        ``lock_interval``: refuse new ones for so many ms.
        """

    @get("/api/v5/trade/account-rate-limit", "1/1s user", auth=True)
    def get_account_rate_limit(self) -> AccountRateLimit:
        """How many orders the account may send per 2 s, now and from the next day on."""

    @get("/api/v5/trade/easy-convert-currency-list", "1/2s user", auth=True)
    def get_easy_convert_currencies(self, source: str | None = None) -> EasyConvertList:
        """Small balances and what they can be turned into.

        ``source``: "1" (default) the trading account, "2" the funding account.
        """

    @post("/api/v5/trade/easy-convert", "1/2s user")
    def easy_convert(self, from_ccy: Sequence[str], to_ccy: str, source: str | None = None) -> list[EasyConvert]:
        """Turn small balances (up to 5 currencies) into one.

        ``source``: "1" (default) the trading account, "2" the funding account.
        """

    @get("/api/v5/trade/easy-convert-history", "1/2s user", auth=True)
    def get_easy_convert_history(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[EasyConvert]:
        """Conversions of the last 7 days, newest first; cursors are times in ms, ``limit`` up to 100."""

    iter_easy_convert_history = paged(get_easy_convert_history, tied="uTime")

    @get("/api/v5/trade/one-click-repay-currency-list", "1/2s user", auth=True)
    def get_repay_currencies(self, debt_type: str | None = None) -> list[RepayList]:
        """Debts and what can repay them, old version. ``debt_type``: "cross" or "isolated"."""

    @post("/api/v5/trade/one-click-repay", "1/2s user")
    def repay(self, debt_ccy: Sequence[str], repay_ccy: str) -> list[Repayment]:
        """Repay debts (up to 5 currencies) with one currency, old version."""

    @get("/api/v5/trade/one-click-repay-history", "1/2s user", auth=True)
    def get_repay_history(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[Repayment]:
        """Repayments of the last 7 days, old version, newest first; cursors are times in ms, ``limit`` up to 100."""

    iter_repay_history = paged(get_repay_history, tied="uTime")

    @get("/api/v5/trade/one-click-repay-currency-list-v2", "1/2s user", auth=True)
    def get_repay_currencies_v2(self) -> list[RepayList]:
        """Debts and what can repay them."""

    @post("/api/v5/trade/one-click-repay-v2", "1/2s user")
    def repay_v2(self, debt_ccy: str, repay_ccy_list: Sequence[str]) -> RepaymentV2:
        """Repay a debt with the currencies of a list, in their order."""

    @get("/api/v5/trade/one-click-repay-history-v2", "1/2s user", auth=True)
    def get_repay_history_v2(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[RepaymentV2]:
        """Repayments of the last 7 days, newest first; cursors are times in ms, ``limit`` up to 100."""

    iter_repay_history_v2 = paged(get_repay_history_v2, tied="ts")
