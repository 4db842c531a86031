"""Which fields of a row matter first to whoever looks at it: what it is about, how it stands, price, size, result.

Names are those of all exchanges; what is not named comes behind, in the order in which a class declares it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

__all__ = ["MOST_SHOWN", "first_told", "leading_first"]

MOST_SHOWN: Final = 12
"""How many fields or columns are shown of a row where there is little room."""

_LEADING: Final = """
instId symbol sprdId inst_id ccy coin currency marginCoin
state status orderStatus ok sCode sMsg
side posSide holdSide tradeSide mgnMode ordType orderType order_type
last lastPrice lastPr bidPx bid1Price bidPr bidSz bid1Size askPx ask1Price askPr askSz ask1Size
o open openPrice h high highPrice l low lowPrice c close closePrice vol volume
px price p triggerPx triggerPrice execPrice fillPx sz size qty amt amount v execQty fillSz
accFillSz cumExecQty filled avgPx avgPrice average_price
pos total eq equity walletBalance bal balance availBal availEq available frozenBal locked
markPx markPrice liqPx upl unrealizedPL unrealisedPnl unrealized_pnl pnl fee
fundingRate nextFundingRate tickSz lotSz minSz ctVal
ordId orderId order_id clOrdId orderLinkId clientOid client_order_id algoId tradeId execId id
ts uTime updatedTime updated_at
"""
_PLACE: Final = {name: place for place, name in enumerate(_LEADING.split())}


def leading_first(names: Iterable[str]) -> list[str]:
    """Sort names of fields, those that matter first in front; the others stay in their order."""
    return sorted(names, key=lambda name: _PLACE.get(name, len(_PLACE)))


def first_told(row: Any, names: Iterable[str]) -> Any:
    """Return the first of some fields that a row has a value of; None when it has none.

    Names of several exchanges may be given for one meaning. Raises ``DecodeError`` for one that cannot be read.
    """
    return next((value for name in names if (value := getattr(row, name, None)) is not None), None)
