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
        """Add margin to an isolated position or take some away, ``amt`` in the margin's currency.

        Needs the right to trade.
        """

    @get("/api/v5/account/mmp-config", "5/2s user", auth=True)
    def get_mmp_config(self, inst_family: str | None = None) -> list[MmpConfig]:
        """Market-maker protection of options families."""

    @post("/api/v5/account/mmp-config", "2/10s user")
    def set_mmp_config(
        self, inst_family: str, time_interval: int, frozen_interval: int, qty_limit: Number
    ) -> MmpConfig:
        """Protect a market maker from many fills at once.

        Orders are refused for ``frozen_interval`` ms after fills of ``qty_limit`` contracts in ``time_interval`` ms.

        ``time_interval=0`` is off, ``frozen_interval=0`` until ``reset_mmp``. Needs the right to trade.
        """

    @post("/api/v5/account/mmp-reset", "5/2s user")
    def reset_mmp(self, inst_family: str, inst_type: InstType | None = None) -> Done:
        """Let a family trade again that market-maker protection has frozen. Needs the right to trade."""

    @post("/api/v5/account/move-positions", "1/1s user")
    def move_positions(self, from_acct: str, to_acct: str, legs: Sequence[MoveLeg], client_id: str) -> MovedPositions:
        """Move positions between the main account and its sub-accounts at mark price, up to 30 legs.

        ``from_acct`` and ``to_acct``: "0" for the main account, else the name of the sub-account. Needs the right to
        trade.
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
        """Moves of the last 3 days, newest first; ``begin_ts``/``end_ts`` ms, ``limit`` up to 100.

        ``state``: "filled", "pending", "failed".
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
        """Margin of the account with positions and assets that are only thought of. Needs the right to read.

        ``incl_real_pos_and_eq``: with those that are there (default). ``idx_vol``: change of the index prices as a
        ratio.
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
        """Margin of such an account as prices move. ``type_``: "mmr". Needs the right to read."""
