# mypy: disable-error-code="empty-body"
"""Group ``account``, margin: isolated margin, market-maker protection, moved and imagined positions.

(OKX API guide: Trading Account.)
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.argument_words import AcctLv, MarginAction, PosSide
from okx_sync.exchanges.okx.risk.models import MarginChange, MarginCurve, MmpConfig, MovedPositions, PositionBuilder
from okx_sync.exchanges.okx.risk.requests import GraphAsset, MmrConfig, MoveLeg, SimAsset, SimPosition
from okx_sync.exchanges.okx.shared_models import Done
from okx_sync.exchanges.okx.words import InstType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["AccountRisk"]


class AccountRisk(Group, group="account"):
    """Isolated margin, market-maker protection, moved and imagined positions."""

    @post("/api/v5/account/position/margin-balance", "20/2s user")
    def adjust_margin(
        self,
        inst_id: str,
        pos_side: PosSide,
        type_: MarginAction,
        amt: Number,
        ccy: str | None = None,
        *,
        loan_trans: bool | None = None,
        auto: bool | None = None,
    ) -> list[MarginChange]:
        """Add margin to an isolated position or take some away.

        Needs the right to trade.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            pos_side: Side of the position: ``net``, or in long/short mode ``long`` or ``short``.
            type_: Whether margin is added or taken away.
            amt: How much, in the margin's currency.
            ccy: Currency of the margin; for isolated MARGIN positions.
            loan_trans: Sent as it is; OKX does not document what it does.
            auto: Sent as it is; OKX does not document what it does.

        Source: POST /api/v5/account/position/margin-balance
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-increase-decrease-margin
        """

    @get("/api/v5/account/mmp-config", "5/2s user", auth=True)
    def get_mmp_config(self, inst_family: str | None = None) -> list[MmpConfig]:
        """Get the market-maker protection of options families.

        Args:
            inst_family: Only this family of options, such as ``BTC-USD``.

        Source: GET /api/v5/account/mmp-config
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-mmp-config
        """

    @post("/api/v5/account/mmp-config", "2/10s user")
    def set_mmp_config(
        self, inst_family: str, time_interval: int, frozen_interval: int, qty_limit: Number
    ) -> MmpConfig:
        """Protect a market maker from many fills at once.

        When too much of a family is filled too fast, its orders of the types ``mmp`` and ``mmp_and_post_only`` are
        canceled, and refused for a while. Needs the right to trade.

        Args:
            inst_family: Family of the options, such as ``BTC-USD``.
            time_interval: Time in which fills are counted, in ms; 0 turns it off.
            frozen_interval: How long orders are refused, in ms; 0 until ``reset_mmp``.
            qty_limit: Fills in that time that are too much, in contracts; above 0.

        Source: POST /api/v5/account/mmp-config
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-mmp
        """

    @post("/api/v5/account/mmp-reset", "5/2s user")
    def reset_mmp(self, inst_family: str, inst_type: InstType | None = None) -> Done:
        """Let a family trade again that market-maker protection has frozen.

        Needs the right to trade.

        Args:
            inst_family: Family of the options, such as ``BTC-USD``.
            inst_type: Kind of instrument: ``OPTION`` (the default).

        Source: POST /api/v5/account/mmp-reset
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-reset-mmp-status
        """

    @post("/api/v5/account/move-positions", "1/1s user")
    def move_positions(self, from_acct: str, to_acct: str, legs: Sequence[MoveLeg], client_id: str) -> MovedPositions:
        """Move positions between the main account and its sub-accounts at mark price.

        The price is the average mark price of the last 60 minutes. Needs the right to trade.

        Args:
            from_acct: Account that gives: ``0`` for the main account, else the name of the sub-account.
            to_acct: Account that receives: ``0`` for the main account, else the name of the sub-account.
            legs: The positions, at most 30, with sizes in contracts.
            client_id: An id of your own, up to 32 letters and digits.

        Source: POST /api/v5/account/move-positions
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-move-positions
        """

    @get("/api/v5/account/move-positions-history", "2/2s user", auth=True)
    def get_move_positions_history(
        self,
        block_td_id: str | None = None,
        client_id: str | None = None,
        state: str | None = None,
        *,
        begin_ts: int | None = None,
        end_ts: int | None = None,
        limit: int | None = None,
    ) -> list[MovedPositions]:
        """Get moves of the last 3 days, newest first.

        Args:
            block_td_id: Only the move with this id that OKX gave.
            client_id: Only the move with this id of your own.
            state: Only moves in this state: ``filled``, ``pending`` or ``failed``.
            begin_ts: Only rows of this time or later, in ms since the epoch.
            end_ts: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/account/move-positions-history
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-move-positions-history
        """

    iter_move_positions_history = paged(get_move_positions_history, tied="ts", same="blockTdId")

    @post("/api/v5/account/position-builder", "2/2s user", reads=True)
    def build_position(
        self,
        sim_pos: Sequence[SimPosition] | None = None,
        sim_asset: Sequence[SimAsset] | None = None,
        acct_lv: AcctLv | None = None,
        *,
        incl_real_pos_and_eq: bool | None = None,
        lever: Number | None = None,
        greeks_type: str | None = None,
        idx_vol: Number | None = None,
    ) -> PositionBuilder:
        """Compute the margin of the account with simulated positions and balances.

        Needs the right to read.

        Args:
            sim_pos: Simulated positions, at most 200; sizes in contracts.
            sim_asset: Simulated balances, at most 200; they are ignored with ``incl_real_pos_and_eq``.
            acct_lv: Account mode to count in: ``3`` multi-currency, ``4`` portfolio margin (the default).
            incl_real_pos_and_eq: Whether the positions and balances that are there count; True when left out.
            lever: Leverage of cross margin in multi-currency margin, as a factor; 1 when left out.
            greeks_type: Which Greeks: ``BS`` Black-Scholes (the default), ``PA`` in coins, ``CASH`` empirical.
            idx_vol: Change of the index prices as a fraction, -0.99 to 1; 0 when left out.

        Source: POST /api/v5/account/position-builder
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-position-builder-new
        """

    @post("/api/v5/account/position-builder-graph", "1/5s user", reads=True)
    def build_position_graph(
        self,
        type_: str,
        mmr_config: MmrConfig,
        sim_pos: Sequence[SimPosition] | None = None,
        sim_asset: Sequence[GraphAsset] | None = None,
        *,
        incl_real_pos_and_eq: bool | None = None,
        greeks_type: str | None = None,
    ) -> list[MarginCurve]:
        """Compute how the margin of a simulated account moves with prices.

        As ``build_position`` does for one price. Needs the right to read.

        Args:
            type_: What is computed: ``mmr``, the maintenance margin.
            mmr_config: Account mode and leverage to count with.
            sim_pos: Simulated positions; sizes in contracts.
            sim_asset: Simulated balances; they are ignored with ``incl_real_pos_and_eq``.
            incl_real_pos_and_eq: Whether the positions and balances that are there count; True when left out.
            greeks_type: Which Greeks: ``BS`` Black-Scholes (the default), ``PA`` in coins, ``CASH`` empirical.

        Source: POST /api/v5/account/position-builder-graph
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-position-builder-trend-graph
        """
