"""Recovery sources of Bitget V3 and V2: what its REST API has of a topic's outage; no I/O of its own.

Account data is always recovered (V3 ``order``, ``fill``, ``fast-fill``, ``position``, ``account``; V2 ``orders``,
``fill``, ``positions``, ``positions-history``, ``account``), trades and candles on request. The other channels either
begin with a snapshot, or nothing on REST tells what they would have pushed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, get_args

from okx_sync.exchanges.bitget.channel import ALL
from okx_sync.exchanges.bitget.products import Product
from okx_sync.exchanges.bitget.recovery.balances import ClassicBalancesRecovery, UnifiedBalancesRecovery
from okx_sync.exchanges.bitget.recovery.fills import FillsRecovery
from okx_sync.exchanges.bitget.recovery.market import (
    ClassicCandlesRecovery,
    ClassicTradesRecovery,
    UnifiedCandlesRecovery,
    UnifiedTradesRecovery,
)
from okx_sync.exchanges.bitget.recovery.orders import ClassicOrdersRecovery, UnifiedOrdersRecovery
from okx_sync.exchanges.bitget.recovery.positions import (
    ClassicPositionsRecovery,
    PastPositionsRecovery,
    UnifiedPositionsRecovery,
)
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import RecoverySource

__all__ = ["recovery_for"]

_CANDLE: Final = "candle"

_UNIFIED: Final[Mapping[str, Callable[[], RecoverySource]]] = {
    "account": UnifiedBalancesRecovery,
    "fast-fill": lambda: FillsRecovery(is_fast=True),
    "fill": FillsRecovery,
    "order": UnifiedOrdersRecovery,
    "position": UnifiedPositionsRecovery,
}
_CLASSIC: Final[Mapping[str, Callable[[Mapping[str, str]], RecoverySource]]] = {
    "fill": FillsRecovery,
    "orders": ClassicOrdersRecovery,
    "positions": ClassicPositionsRecovery,
    "positions-history": PastPositionsRecovery,
}


def recovery_for(protocol: Protocol) -> Callable[[Topic, bool], RecoverySource | None]:
    """Return what gives the recovery source of a topic; no topic of the older protocols has one.

    None when it has none, or is public and ``backfill`` was not asked for.
    """
    return {"v3": _of_unified, "v2": _of_classic}.get(protocol, _of_nothing)


def _of_nothing(_topic: Topic, _backfill: bool) -> None:
    return None


def _of_unified(topic: Topic, backfill: bool) -> RecoverySource | None:
    if topic.channel in _UNIFIED:
        return _UNIFIED[topic.channel]()
    args = dict(topic.args)
    wanted = {"category": args.get("instType", "").upper(), "symbol": args.get("symbol", "")}
    if backfill and topic.channel == "publicTrade":
        return UnifiedTradesRecovery(wanted)
    if backfill and topic.channel == "kline":
        return UnifiedCandlesRecovery(wanted, args["interval"])
    return None


def _of_classic(topic: Topic, backfill: bool) -> RecoverySource | None:
    args = dict(topic.args)
    wanted = {"productType": args.get("instType", "")}
    if wanted["productType"] not in get_args(Product):
        return None  # spot and margin, which have other listings
    if args.get("instId", ALL) != ALL:
        wanted["symbol"] = args["instId"]
    if topic.channel in _CLASSIC:
        return _CLASSIC[topic.channel](wanted)
    if topic.channel == "account":
        return ClassicBalancesRecovery(wanted, None if args.get("coin", ALL) == ALL else args["coin"])
    if backfill and topic.channel == "trade":
        return ClassicTradesRecovery(wanted)
    if backfill and topic.channel.startswith(_CANDLE):
        return ClassicCandlesRecovery(wanted, topic.channel.removeprefix(_CANDLE))
    return None
