"""What block trading calls take: legs, allocations, makers' settings. Names are those of the wire in snake_case."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from okx_sync.exchanges.okx.argument_words import PosSide, Side, TdMode, TgtCcy
from okx_sync.exchanges.okx.words import InstType
from okx_sync.rest import Number

__all__ = [
    "ExecutedLeg",
    "NewAllocation",
    "NewAllocationLeg",
    "NewMakerInstrument",
    "NewMakerSetting",
    "NewQuoteLeg",
    "NewRfqLeg",
]


@frozen
class NewQuoteLeg:
    """One leg of ``rfq.create_quote``, with its price."""

    inst_id: str
    sz: Number
    px: Number
    side: Side
    ccy: str | None = None
    td_mode: TdMode | None = None
    pos_side: PosSide | None = None
    tgt_ccy: TgtCcy | None = None
    trade_quote_ccy: str | None = None


@frozen
class NewRfqLeg:
    """One leg of ``rfq.create_rfq``."""

    inst_id: str
    sz: Number
    side: Side
    ccy: str | None = None
    td_mode: TdMode | None = None
    lmt_px: Number | None = None
    pos_side: PosSide | None = None
    tgt_ccy: TgtCcy | None = None
    trade_quote_ccy: str | None = None


@frozen
class NewAllocationLeg:
    """What one account gets of one leg."""

    inst_id: str
    sz: Number
    ccy: str | None = None
    td_mode: TdMode | None = None
    pos_side: PosSide | None = None


@frozen
class NewAllocation:
    """What one account gets of a group RFQ; ``acct`` "0" is one's own."""

    acct: str
    legs: Sequence[NewAllocationLeg]


@frozen
class ExecutedLeg:
    """How much of one leg to take."""

    inst_id: str
    sz: Number


@frozen
class NewMakerInstrument:
    """One instrument or family of ``rfq.set_maker_settings``, with bounds in contracts and ticks."""

    inst_family: str | None = None
    inst_id: str | None = None
    max_block_sz: Number | None = None
    maker_px_band: Number | None = None


@frozen
class NewMakerSetting:
    """What a maker wants to be asked for, of one type of instrument."""

    inst_type: InstType
    data: Sequence[NewMakerInstrument]
    include_all: bool | None = None
