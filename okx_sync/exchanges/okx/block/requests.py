"""The objects of block trading calls: legs, allocations, makers' settings. Names are the wire's in snake_case."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from okx_sync.exchanges.okx.argument_words import PosSide, Side, TdMode, TgtCcy
from okx_sync.exchanges.okx.words import InstType
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = [
    "ExecutedLeg",
    "NewAllocation",
    "NewAllocationLeg",
    "NewMakerInstrument",
    "NewMakerSetting",
    "NewQuoteLeg",
    "NewRfqLeg",
]


@documented
@frozen
class NewQuoteLeg:
    """One leg of ``rfq.create_quote``, with its price."""

    inst_id: str
    sz: Number
    """Contracts; base currency for spot."""
    px: Number
    side: Side
    ccy: str | None = None
    """Margin currency."""
    td_mode: TdMode | None = None
    pos_side: PosSide | None = None
    tgt_ccy: TgtCcy | None = None
    trade_quote_ccy: str | None = None


@documented
@frozen
class NewRfqLeg:
    """One leg of ``rfq.create_rfq``."""

    inst_id: str
    sz: Number
    """Contracts; base currency for spot."""
    side: Side
    ccy: str | None = None
    """Margin currency."""
    td_mode: TdMode | None = None
    lmt_px: Number | None = None
    pos_side: PosSide | None = None
    tgt_ccy: TgtCcy | None = None
    trade_quote_ccy: str | None = None


@documented
@frozen
class NewAllocationLeg:
    """The share of one account in one leg."""

    inst_id: str
    sz: Number
    """Contracts; base currency for spot."""
    ccy: str | None = None
    """Margin currency."""
    td_mode: TdMode | None = None
    pos_side: PosSide | None = None


@documented
@frozen
class NewAllocation:
    """The share of one account in a group RFQ."""

    acct: str
    """Name of the account, "0" for one's own."""
    legs: Sequence[NewAllocationLeg]


@documented
@frozen
class ExecutedLeg:
    """The amount of one leg to take."""

    inst_id: str
    sz: Number
    """Contracts; base currency for spot."""


@documented
@frozen
class NewMakerInstrument:
    """One instrument or family of ``rfq.set_maker_settings``, with bounds."""

    inst_family: str | None = None
    inst_id: str | None = None
    max_block_sz: Number | None = None
    """Contracts; base currency for spot."""
    maker_px_band: Number | None = None
    """Ticks that a quote may be off the mark."""


@documented
@frozen
class NewMakerSetting:
    """The requests that a maker wants to get, of one type of instrument."""

    inst_type: InstType
    data: Sequence[NewMakerInstrument]
    include_all: bool | None = None
    """Whether all instruments of the type."""
