"""The objects of requests about risk: moved positions and imagined ones."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.okx.argument_words import AcctLv, PosSide, Side, TdMode
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["GraphAsset", "MmrConfig", "MoveFrom", "MoveLeg", "MoveTo", "SimAsset", "SimPosition"]


@documented
@frozen
class MoveFrom:
    """The position to give away."""

    pos_id: str
    side: Side
    """Side of the order that would close it."""
    sz: Number
    """Contracts."""


@documented
@frozen
class MoveTo:
    """How the receiving account holds it; by default as the giving one did."""

    td_mode: TdMode | None = None
    pos_side: PosSide | None = None
    ccy: str | None = None


@documented
@frozen
class MoveLeg:
    """One position of ``account.move_positions``."""

    from_: MoveFrom
    to: MoveTo


@documented
@frozen
class SimPosition:
    """A position that is only thought of."""

    inst_id: str
    pos: Number
    """Contracts; negative for short."""
    avg_px: Number
    """Average price at which it was opened."""
    lever: Number | None = None
    """Leverage, as a factor."""


@documented
@frozen
class SimAsset:
    """A balance that is only thought of."""

    ccy: str
    amt: Number
    """Change of the balance, in ccy."""
    eq: Number | None = None


@documented
@frozen
class GraphAsset:
    """A balance that is only thought of, for ``account.build_position_graph``."""

    ccy: str
    amt: Number
    """Change of the balance, in ccy."""


@documented
@frozen
class MmrConfig:
    """Account mode and leverage for the margin curve."""

    acct_lv: AcctLv | None = None
    """Account mode."""
    lever: Number | None = None
    """Leverage, as a factor."""
