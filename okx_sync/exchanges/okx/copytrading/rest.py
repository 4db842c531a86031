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
        """Get the open lead positions, or the copied ones.

        Newest first.

        Args:
            inst_type: Only ``"SWAP"`` or only ``"SPOT"``; both when left out.
            inst_id: Only positions in this instrument; all when left out.
            after: Only rows older than the one with this position id (``subPosId``).
            before: Only rows newer than the one with this position id (``subPosId``).
            limit: Rows per call, at most and by default 500.

        Source: GET /api/v5/copytrading/current-subpositions
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-existing-lead-positions
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
        """Get the lead positions, or the copied ones, that were closed in the last 3 months.

        Newest first.

        Args:
            inst_type: Only ``"SWAP"`` or only ``"SPOT"``; both when left out.
            inst_id: Only positions in this instrument; all when left out.
            after: Only rows older than the one with this position id (``subPosId``).
            before: Only rows newer than the one with this position id (``subPosId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/copytrading/subpositions-history
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-position-history
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

        At least one trigger price is needed.

        Needs a key with the right to trade.

        Args:
            sub_pos_id: Id of the lead position.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            tp_trigger_px: Price that triggers the take-profit; 0 deletes it.
            sl_trigger_px: Price that triggers the stop-loss; 0 deletes it.
            tp_ord_px: Price of the take-profit's order; -1 (the default) is at market. Only for SPOT.
            sl_ord_px: Price of the stop-loss's order; -1 (the default) is at market. Only for SPOT.
            tp_trigger_px_type: Price that is compared with ``tp_trigger_px``: ``"last"`` (the default), ``"index"`` or
                ``"mark"``.
            sl_trigger_px_type: Price that is compared with ``sl_trigger_px``: ``"last"`` (the default), ``"index"`` or
                ``"mark"``.
            tag: Tag of your own for the orders, up to 16 letters and digits.

        Source: POST /api/v5/copytrading/algo-order
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-place-lead-stop-order
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
        """Close a lead position, one at a time.

        Needs a key with the right to trade.

        Args:
            sub_pos_id: Id of the lead position.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            ord_type: ``"market"`` (the default) or ``"limit"``.
            px: Price of a limit order, only for SPOT; given again it changes the waiting order, 0 cancels it.
            tag: Tag of your own for the orders, up to 16 letters and digits.

        Source: POST /api/v5/copytrading/close-subposition
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-close-lead-position
        """

    @get("/api/v5/copytrading/instruments", "5/2s user", auth=True)
    def get_instruments(self, inst_type: LeadInstType | None = None) -> list[LeadInstrument]:
        """Get the instruments that can be led, and whether they are.

        Args:
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/instruments
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-leading-instruments
        """

    @post("/api/v5/copytrading/set-instruments", "5/2s user")
    def set_instruments(self, inst_id: str, inst_type: LeadInstType | None = None) -> list[LeadInstrument]:
        """Choose the instruments to lead; those left out are switched off.

        Needs a key with the right to trade.

        Args:
            inst_id: Ids of the instruments, up to 31, joined by commas.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: POST /api/v5/copytrading/set-instruments
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-amend-leading-instruments
        """

    @get("/api/v5/copytrading/profit-sharing-details", "5/2s user", auth=True)
    def get_profit_shares(
        self,
        inst_type: LeadInstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[ProfitShare]:
        """Get the profit shares received in the last 3 months.

        Newest first.

        Args:
            inst_type: Only ``"SWAP"`` or only ``"SPOT"``; both when left out.
            after: Only rows older than the one with this record id (``profitSharingId``).
            before: Only rows newer than the one with this record id (``profitSharingId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/copytrading/profit-sharing-details
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-profit-sharing-details
        """

    iter_profit_shares = paged(get_profit_shares, key="profitSharingId", time="ts")

    @get("/api/v5/copytrading/total-profit-sharing", "5/2s user", auth=True)
    def get_total_profit_share(self, inst_type: LeadInstType | None = None) -> list[TotalProfitShare]:
        """Get the profit shares received in all.

        Args:
            inst_type: Only ``"SWAP"`` or only ``"SPOT"``; both when left out.

        Source: GET /api/v5/copytrading/total-profit-sharing
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-total-profit-sharing
        """

    @get("/api/v5/copytrading/unrealized-profit-sharing-details", "5/2s user", auth=True)
    def get_unrealized_profit_shares(self, inst_type: LeadInstType | None = None) -> list[UnrealizedProfitShare]:
        """Get the profit shares that the next settlement would bring, by copy trader.

        Args:
            inst_type: Only ``"SWAP"`` or only ``"SPOT"``; both when left out.

        Source: GET /api/v5/copytrading/unrealized-profit-sharing-details
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-unrealized-profit-sharing-details
        """

    @get("/api/v5/copytrading/total-unrealized-profit-sharing", "5/2s user", auth=True)
    def get_total_unrealized_profit_share(
        self, inst_type: LeadInstType | None = None
    ) -> list[TotalUnrealizedProfitShare]:
        """Get the profit shares that the next settlement would bring, in all.

        Args:
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/total-unrealized-profit-sharing
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-total-unrealized-profit-sharing
        """

    @post("/api/v5/copytrading/amend-profit-sharing-ratio", "5/2s user")
    def set_profit_sharing_ratio(self, profit_sharing_ratio: Number, inst_type: LeadInstType | None = None) -> Done:
        """Change the lead trader's share of the copiers' profit.

        Needs a key with the right to trade.

        Args:
            profit_sharing_ratio: Share as a ratio: 0.1 is ten percent.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: POST /api/v5/copytrading/amend-profit-sharing-ratio
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-amend-profit-sharing-ratio
        """

    @get("/api/v5/copytrading/config", "5/2s user", auth=True)
    def get_config(self) -> CopyConfig:
        """Get what the account is as lead trader and as copy trader.

        Source: GET /api/v5/copytrading/config
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-account-configuration
        """

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
        """Copy a lead trader for the first time, or again after copying was stopped.

        Needs a key with the right to trade.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            copy_mgn_mode: Margin mode of the copies: ``"cross"``, ``"isolated"``, or ``"copy"`` for that of the lead
                trader.
            copy_inst_id_type: Instruments to copy: ``"custom"`` those in ``inst_id``, ``"copy"`` those of the lead
                trader.
            copy_total_amt: Amount that all copies of this trader may use together at most, in USDT.
            sub_pos_close_type: What becomes of open positions when copying ends: ``"market_close"`` closes them at
                market, ``"copy_close"`` when the trader does, ``"manual_close"`` leaves them to you.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            inst_id: Ids of the instruments, joined by commas; needed for ``copy_inst_id_type="custom"``.
            copy_mode: ``"fixed_amount"`` (the default): ``copy_amt`` for each order; ``"ratio_copy"``: ``copy_ratio``
                times the trader's order.
            copy_amt: Amount of each copied order, in USDT; needed for ``"fixed_amount"``.
            copy_ratio: Size of each copied order as a ratio to the trader's; needed for ``"ratio_copy"``.
            tp_ratio: Profit at which each copied order is closed, as a ratio: 0.1 is ten percent.
            sl_ratio: Loss at which each copied order is closed, as a ratio: 0.1 is ten percent.
            sl_total_amt: Net loss at which copying of this trader ends, in USDT.
            tag: Tag of your own for the orders, up to 16 letters and digits.

        Source: POST /api/v5/copytrading/first-copy-settings
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-first-copy-settings
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
        """Change how a lead trader is copied.

        Needs a key with the right to trade.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            copy_mgn_mode: Margin mode of the copies: ``"cross"``, ``"isolated"``, or ``"copy"`` for that of the lead
                trader.
            copy_inst_id_type: Instruments to copy: ``"custom"`` those in ``inst_id``, ``"copy"`` those of the lead
                trader.
            copy_total_amt: Amount that all copies of this trader may use together at most, in USDT.
            sub_pos_close_type: What becomes of open positions when copying ends: ``"market_close"`` closes them at
                market, ``"copy_close"`` when the trader does, ``"manual_close"`` leaves them to you.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            inst_id: Ids of the instruments, joined by commas; needed for ``copy_inst_id_type="custom"``.
            copy_mode: ``"fixed_amount"`` (the default): ``copy_amt`` for each order; ``"ratio_copy"``: ``copy_ratio``
                times the trader's order.
            copy_amt: Amount of each copied order, in USDT; needed for ``"fixed_amount"``.
            copy_ratio: Size of each copied order as a ratio to the trader's; needed for ``"ratio_copy"``.
            tp_ratio: Profit at which each copied order is closed, as a ratio: 0.1 is ten percent.
            sl_ratio: Loss at which each copied order is closed, as a ratio: 0.1 is ten percent.
            sl_total_amt: Net loss at which copying of this trader ends, in USDT.
            tag: Tag of your own for the orders, up to 16 letters and digits.

        Source: POST /api/v5/copytrading/amend-copy-settings
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-amend-copy-settings
        """

    @post("/api/v5/copytrading/stop-copy-trading", "5/2s user")
    def stop_copying(
        self,
        unique_code: str,
        sub_pos_close_type: Literal["market_close", "copy_close", "manual_close"] | str,
        inst_type: LeadInstType | None = None,
    ) -> Done:
        """Stop copying a lead trader.

        Needs a key with the right to trade.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            sub_pos_close_type: What becomes of open positions when copying ends: ``"market_close"`` closes them at
                market, ``"copy_close"`` when the trader does, ``"manual_close"`` leaves them to you.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: POST /api/v5/copytrading/stop-copy-trading
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-post-stop-copying
        """

    @get("/api/v5/copytrading/copy-settings", "5/2s user", auth=True)
    def get_copy_settings(self, unique_code: str, inst_type: LeadInstType | None = None) -> CopySettings:
        """Get how a lead trader is copied.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/copy-settings
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-copy-settings
        """

    @get("/api/v5/copytrading/current-lead-traders", "5/2s user", auth=True)
    def get_lead_traders(self, inst_type: LeadInstType | None = None) -> list[CopiedTrader]:
        """Get the lead traders that are copied now.

        Args:
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/current-lead-traders
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-my-lead-traders
        """

    @get("/api/v5/copytrading/public-config", "5/2s ip")
    def get_public_config(self, inst_type: LeadInstType | None = None) -> CopyLimits:
        """Get the bounds of the copy settings.

        No key needed.

        Args:
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/public-config
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-copy-trading-configuration
        """

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
        """Get a page of the ranking of lead traders.

        Give ``dataVer`` of the first page as ``data_ver`` for the others; ``totalPage`` tells how many there are.

        No key needed.

        Args:
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            sort_type: What the ranking goes by: ``"overview"`` (the default), ``"pnl"``, ``"aum"``, ``"win_ratio"``,
                ``"pnl_ratio"`` or ``"current_copy_trader_pnl"``.
            state: ``"0"`` all lead traders (the default), ``"1"`` those who still take copiers.
            min_lead_days: Days that a trader has led at least: 1 for 7, 2 for 30, 3 for 90, 4 for 180 days.
            min_assets: Least assets of the trader, in USDT.
            max_assets: Most assets of the trader, in USDT.
            min_aum: Least assets under management, in USDT.
            max_aum: Most assets under management, in USDT.
            data_ver: Version of the ranking, 14 digits; the newest when left out. A new one comes every 10 minutes, 5
                are kept.
            page: Number of the page; the first is 1.
            limit: Rows per call, at most 20, by default 10.

        Source: GET /api/v5/copytrading/public-lead-traders
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-ranks
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
        """Get the profit of a lead trader in each of the last 12 weeks.

        No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/public-weekly-pnl
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-weekly-pnl
        """

    @get("/api/v5/copytrading/public-pnl", "5/2s ip")
    def get_public_pnl(
        self, unique_code: str, last_days: Literal["1", "2", "3", "4"] | str, inst_type: LeadInstType | None = None
    ) -> list[LeadPnl]:
        """Get the profit of a lead trader, day by day.

        No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            last_days: Days that are looked back: ``"1"`` 7, ``"2"`` 30, ``"3"`` 90, ``"4"`` 365.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/public-pnl
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-daily-pnl
        """

    @get("/api/v5/copytrading/public-stats", "5/2s ip")
    def get_public_stats(
        self, unique_code: str, last_days: Literal["1", "2", "3", "4"] | str, inst_type: LeadInstType | None = None
    ) -> LeadStats:
        """Get the figures of a lead trader.

        No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            last_days: Days that are looked back: ``"1"`` 7, ``"2"`` 30, ``"3"`` 90, ``"4"`` 365.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/public-stats
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-stats
        """

    @get("/api/v5/copytrading/public-preference-currency", "5/2s ip")
    def get_public_currency_preference(
        self, unique_code: str, inst_type: LeadInstType | None = None
    ) -> list[CurrencyPreference]:
        """Get the currencies that a lead trader trades, as shares of all.

        No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.

        Source: GET /api/v5/copytrading/public-preference-currency
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-currency-preferences
        """

    @get("/api/v5/copytrading/public-current-subpositions", "5/2s ip")
    def get_public_positions(
        self,
        unique_code: str,
        inst_type: LeadInstType | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[LeadPosition]:
        """Get the open positions of a lead trader.

        Newest first. No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            after: Only rows older than the one with this position id (``subPosId``).
            before: Only rows newer than the one with this position id (``subPosId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/copytrading/public-current-subpositions
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-current-lead-positions
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
        """Get the positions that a lead trader has closed in the last 3 months.

        Newest first. No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            after: Only rows older than the one with this position id (``subPosId``).
            before: Only rows newer than the one with this position id (``subPosId``).
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/copytrading/public-subpositions-history
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-lead-trader-lead-position-history
        """

    iter_public_positions_history = paged(get_public_positions_history, key="subPosId", time="openTime")

    @get("/api/v5/copytrading/public-copy-traders", "5/2s ip")
    def get_public_copy_traders(
        self, unique_code: str, inst_type: LeadInstType | None = None, limit: int | None = None
    ) -> CopyTraders:
        """Get those who copy a lead trader.

        No key needed.

        Args:
            unique_code: Code of the lead trader, 16 or 18 letters and digits.
            inst_type: ``"SWAP"`` (the default) or ``"SPOT"``.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/copytrading/public-copy-traders
            https://www.okx.com/docs-v5/en/#order-book-trading-copy-trading-get-copy-traders
        """

    @post("/api/v5/copytrade/create-sgl-link", "10/1s user")
    def create_order_link(self, order_id: str, inst_id: str) -> ShortLink:
        """Make a link that shares an order.

        OKX has announced it; it may not be open yet.

        Needs a key with the right to trade.

        Args:
            order_id: Id of the order that OKX gave.
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.

        Source: POST /api/v5/copytrade/create-sgl-link
        """
