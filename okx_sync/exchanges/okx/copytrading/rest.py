# mypy: disable-error-code="empty-body"
"""Group ``copytrading``. Copy trading: lead traders and those who copy them.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Copy
Trading.)
"""

from __future__ import annotations

from typing import Literal

from okx_sync.exchanges.okx.argument_words import LeadInstType
from okx_sync.exchanges.okx.copytrading.models import (
    CopiedTrader,
    CopyConfig,
    CopyLimits,
    CopySettings,
    CopyTraders,
    CurrencyPreference,
    LeadInstrument,
    LeadPnl,
    LeadPosition,
    LeadPositionId,
    LeadRanking,
    LeadStats,
    ProfitShare,
    ShortLink,
    TotalProfitShare,
    TotalUnrealizedProfitShare,
    UnrealizedProfitShare,
)
from okx_sync.exchanges.okx.shared_models import Done
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["CopyTrading"]


class CopyTrading(Group, group="copytrading"):
    """Lead positions, copy settings, profit shares, the public ranking. Ratios: 0.01 is one percent."""

    @get("/api/v5/copytrading/current-subpositions", "20/2s user", auth=True)
    def get_positions(
        self,
        inst_type: LeadInstType | None = None,
        inst_id: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LeadPosition]:
        """Open lead positions (or copied ones).

        Newest first, ``limit`` (500) a call; cursors are position ids (subPosId).
        """

    iter_positions = paged(get_positions, key="subPosId", time="openTime", most=500)

    @get("/api/v5/copytrading/subpositions-history", "20/2s user", auth=True)
    def get_positions_history(
        self,
        inst_type: LeadInstType | None = None,
        inst_id: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LeadPosition]:
        """Lead positions (or copied ones) closed in the last 3 months.

        Newest first, ``limit`` (100) a call; cursors are position ids (subPosId).
        """

    iter_positions_history = paged(get_positions_history, key="subPosId", time="openTime")

    @post("/api/v5/copytrading/algo-order", "20/2s user")
    def set_tp_sl(
        self,
        sub_pos_id: str,
        inst_type: LeadInstType | None = None,
        tp_trigger_px: Number | None = None,
        *,
        sl_trigger_px: Number | None = None,
        tp_ord_px: Number | None = None,
        sl_ord_px: Number | None = None,
        tp_trigger_px_type: str | None = None,
        sl_trigger_px_type: str | None = None,
        tag: str | None = None,
    ) -> LeadPositionId:
        """Set take-profit and stop-loss of a lead position.

        An order price of -1 means at market, a trigger price of 0 deletes. Needs a key with the right to trade.
        """

    @post("/api/v5/copytrading/close-subposition", "20/2s user")
    def close_position(
        self,
        sub_pos_id: str,
        inst_type: LeadInstType | None = None,
        ord_type: str | None = None,
        px: Number | None = None,
        tag: str | None = None,
    ) -> LeadPositionId:
        """Close a lead position, one at a time; ``px`` for ``ord_type="limit"`` (SPOT).

        Needs a key with the right to trade.
        """

    @get("/api/v5/copytrading/instruments", "5/2s user", auth=True)
    def get_instruments(self, inst_type: LeadInstType | None = None) -> list[LeadInstrument]:
        """Instruments that can be led, and whether they are."""

    @post("/api/v5/copytrading/set-instruments", "5/2s user")
    def set_instruments(self, inst_id: str, inst_type: LeadInstType | None = None) -> list[LeadInstrument]:
        """Choose the instruments to lead: up to 31 in all, joined by commas; those left out are switched off.

        Needs a key with the right to trade.
        """

    @get("/api/v5/copytrading/profit-sharing-details", "5/2s user", auth=True)
    def get_profit_shares(
        self,
        inst_type: LeadInstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[ProfitShare]:
        """Profit shares received in the last 3 months.

        Newest first, ``limit`` (100) a call; cursors are record ids (profitSharingId).
        """

    iter_profit_shares = paged(get_profit_shares, key="profitSharingId", time="ts")

    @get("/api/v5/copytrading/total-profit-sharing", "5/2s user", auth=True)
    def get_total_profit_share(self, inst_type: LeadInstType | None = None) -> list[TotalProfitShare]:
        """Profit shares received in all."""

    @get("/api/v5/copytrading/unrealized-profit-sharing-details", "5/2s user", auth=True)
    def get_unrealized_profit_shares(self, inst_type: LeadInstType | None = None) -> list[UnrealizedProfitShare]:
        """Profit shares that the next settlement would bring, by copy trader."""

    @get("/api/v5/copytrading/total-unrealized-profit-sharing", "5/2s user", auth=True)
    def get_total_unrealized_profit_share(
        self, inst_type: LeadInstType | None = None
    ) -> list[TotalUnrealizedProfitShare]:
        """Profit shares that the next settlement would bring, in all."""

    @post("/api/v5/copytrading/amend-profit-sharing-ratio", "5/2s user")
    def set_profit_sharing_ratio(self, profit_sharing_ratio: Number, inst_type: LeadInstType | None = None) -> Done:
        """Change the lead trader's share of profits; 0.1 is ten percent. Needs a key with the right to trade."""

    @get("/api/v5/copytrading/config", "5/2s user", auth=True)
    def get_config(self) -> CopyConfig:
        """The account as lead trader and as copy trader."""

    @post("/api/v5/copytrading/first-copy-settings", "5/2s user")
    def start_copying(
        self,
        unique_code: str,
        copy_mgn_mode: Literal["cross", "isolated", "copy"] | str,
        copy_inst_id_type: Literal["custom", "copy"] | str,
        copy_total_amt: Number,
        sub_pos_close_type: Literal["market_close", "copy_close", "manual_close"] | str,
        inst_type: LeadInstType | None = None,
        inst_id: str | None = None,
        *,
        copy_mode: Literal["fixed_amount", "ratio_copy"] | str | None = None,
        copy_amt: Number | None = None,
        copy_ratio: Number | None = None,
        tp_ratio: Number | None = None,
        sl_ratio: Number | None = None,
        sl_total_amt: Number | None = None,
        tag: str | None = None,
    ) -> Done:
        """Copy a lead trader for the first time.

        ``copy_total_amt`` in USDT is the most that is used; ``copy_mode`` ``"fixed_amount"`` (``copy_amt`` each) or
        ``"ratio_copy"`` (``copy_ratio``); ``inst_id``: several joined by commas, for ``copy_inst_id_type="custom"``.
        Needs a key with the right to trade.
        """

    @post("/api/v5/copytrading/amend-copy-settings", "5/2s user")
    def amend_copying(
        self,
        unique_code: str,
        copy_mgn_mode: Literal["cross", "isolated", "copy"] | str,
        copy_inst_id_type: Literal["custom", "copy"] | str,
        copy_total_amt: Number,
        sub_pos_close_type: Literal["market_close", "copy_close", "manual_close"] | str,
        inst_type: LeadInstType | None = None,
        inst_id: str | None = None,
        *,
        copy_mode: Literal["fixed_amount", "ratio_copy"] | str | None = None,
        copy_amt: Number | None = None,
        copy_ratio: Number | None = None,
        tp_ratio: Number | None = None,
        sl_ratio: Number | None = None,
        sl_total_amt: Number | None = None,
        tag: str | None = None,
    ) -> Done:
        """Change how a lead trader is copied; parameters as for ``start_copying``.

        Needs a key with the right to trade.
        """

    @post("/api/v5/copytrading/stop-copy-trading", "5/2s user")
    def stop_copying(
        self,
        unique_code: str,
        sub_pos_close_type: Literal["market_close", "copy_close", "manual_close"] | str,
        inst_type: LeadInstType | None = None,
    ) -> Done:
        """Stop copying a lead trader.

        ``sub_pos_close_type``: ``"market_close"``, ``"copy_close"`` or ``"manual_close"``. Needs a key with the right
        to trade.
        """

    @get("/api/v5/copytrading/copy-settings", "5/2s user", auth=True)
    def get_copy_settings(self, unique_code: str, inst_type: LeadInstType | None = None) -> CopySettings:
        """How a lead trader is copied."""

    @get("/api/v5/copytrading/current-lead-traders", "5/2s user", auth=True)
    def get_lead_traders(self, inst_type: LeadInstType | None = None) -> list[CopiedTrader]:
        """Lead traders that are copied now."""

    @get("/api/v5/copytrading/public-config", "5/2s ip")
    def get_public_config(self, inst_type: LeadInstType | None = None) -> CopyLimits:
        """Bounds of the copy settings. No key needed."""

    @get("/api/v5/copytrading/public-lead-traders", "5/2s ip")
    def get_public_lead_traders(
        self,
        inst_type: LeadInstType | None = None,
        sort_type: str | None = None,
        *,
        state: str | None = None,
        min_lead_days: int | None = None,
        min_assets: Number | None = None,
        max_assets: Number | None = None,
        min_aum: Number | None = None,
        max_aum: Number | None = None,
        data_ver: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> LeadRanking:
        """Ranking of lead traders.

        Pages of ``limit`` (20; default 10) by number; give ``dataVer`` of the first page as ``data_ver`` for the
        others, ``totalPage`` tells how many there are. No key needed.
        """

    iter_public_lead_traders = paged(
        get_public_lead_traders,
        items=lambda page: page.ranks,
        same="uniqueCode",
        most=20,
        carry={"data_ver": "dataVer"},
    )

    @get("/api/v5/copytrading/public-weekly-pnl", "5/2s ip")
    def get_public_weekly_pnl(self, unique_code: str, inst_type: LeadInstType | None = None) -> list[LeadPnl]:
        """Profit of a lead trader of each of the last 12 weeks. No key needed."""

    @get("/api/v5/copytrading/public-pnl", "5/2s ip")
    def get_public_pnl(
        self, unique_code: str, last_days: Literal["1", "2", "3", "4"] | str, inst_type: LeadInstType | None = None
    ) -> list[LeadPnl]:
        """Profit of a lead trader, day by day. ``last_days``: ``"1"`` 7, ``"2"`` 30, ``"3"`` 90, ``"4"`` 365 days.

        No key needed.
        """

    @get("/api/v5/copytrading/public-stats", "5/2s ip")
    def get_public_stats(
        self, unique_code: str, last_days: Literal["1", "2", "3", "4"] | str, inst_type: LeadInstType | None = None
    ) -> LeadStats:
        """Figures of a lead trader. ``last_days`` as for ``get_public_pnl``. No key needed."""

    @get("/api/v5/copytrading/public-preference-currency", "5/2s ip")
    def get_public_currency_preference(
        self, unique_code: str, inst_type: LeadInstType | None = None
    ) -> list[CurrencyPreference]:
        """Which currencies a lead trader trades, as shares of all. No key needed."""

    @get("/api/v5/copytrading/public-current-subpositions", "5/2s ip")
    def get_public_positions(
        self,
        unique_code: str,
        inst_type: LeadInstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LeadPosition]:
        """Open positions of a lead trader.

        Newest first, ``limit`` (100) a call; cursors are position ids (subPosId). No key needed.
        """

    iter_public_positions = paged(get_public_positions, key="subPosId", time="openTime")

    @get("/api/v5/copytrading/public-subpositions-history", "5/2s ip")
    def get_public_positions_history(
        self,
        unique_code: str,
        inst_type: LeadInstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LeadPosition]:
        """Positions that a lead trader has closed in the last 3 months.

        Newest first, ``limit`` (100) a call; cursors are position ids (subPosId). No key needed.
        """

    iter_public_positions_history = paged(get_public_positions_history, key="subPosId", time="openTime")

    @get("/api/v5/copytrading/public-copy-traders", "5/2s ip")
    def get_public_copy_traders(
        self, unique_code: str, inst_type: LeadInstType | None = None, limit: int | None = None
    ) -> CopyTraders:
        """Those who copy a lead trader, at most ``limit`` (100). No key needed."""

    @post("/api/v5/copytrade/create-sgl-link", "10/1s user")
    def create_order_link(self, order_id: str, inst_id: str) -> ShortLink:
        """Make a link that shares an order. Announced by OKX, perhaps not open yet.

        Needs a key with the right to trade.
        """
