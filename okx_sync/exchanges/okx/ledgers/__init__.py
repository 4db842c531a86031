"""What OKX's REST API knows of what a topic would have pushed during an outage; no I/O of its own.

Account data (``orders``, ``fills``, ``positions``, ``account``) is always recovered, trades and candles on request.
The other channels either begin with a snapshot, or nothing on REST tells what they would have pushed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from okx_sync.exchanges.okx.ledgers.fills import FillsLedger
from okx_sync.exchanges.okx.ledgers.holdings import AccountLedger, PositionsLedger
from okx_sync.exchanges.okx.ledgers.market import CANDLE_PATHS, CandlesLedger, TradesLedger
from okx_sync.exchanges.okx.ledgers.orders import OrdersLedger
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.ledger import Ledger

__all__ = ["ledger_for"]

_ACCOUNT: Final[Mapping[str, Callable[[Mapping[str, str]], Ledger]]] = {
    "account": AccountLedger,
    "fills": FillsLedger,
    "orders": OrdersLedger,
    "positions": PositionsLedger,
}


def ledger_for(topic: Topic, backfill: bool) -> Ledger | None:
    """The ledger of a topic; None when it cannot be recovered, or is public and ``backfill`` was not asked for."""
    args = dict(topic.args)
    if topic.channel in _ACCOUNT:
        return _ACCOUNT[topic.channel](args)
    if not backfill:
        return None
    if topic.channel in ("trades", "trades-all"):
        return TradesLedger(args)
    for prefix, *paths in CANDLE_PATHS:
        if topic.channel.startswith(prefix):
            return CandlesLedger(args, (paths[0], paths[1]), topic.channel.removeprefix(prefix))
    return None
