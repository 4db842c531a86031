"""The ``seed`` protocol: five private channels. Which product types a gateway knows is its own affair."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.bitget import models
from okx_sync.exchanges.bitget.channel import Channel

__all__ = ["SEED"]


def _private(**facts: Any) -> Channel:
    defaults = {"instType": "FUTURES", **facts.pop("defaults", {})}
    return Channel(
        path="private", login=True, private=True, quiet=True, optional=("instId", "instType"), defaults=defaults,
        **facts,
    )  # fmt: skip


SEED: Final = (
    _private(
        # instId is "default" or a margin coin.
        name="account", model=models.SeedAccount, method="subscribe_account", cadence="on each change",
        defaults={"instId": "default"}, key=("marginCoin",), identity=("marginCoin", "timestamp"),
    ),
    _private(
        name="positions", model=models.SeedPosition, method="subscribe_positions", cadence="on each change",
        key=("symbol", "positionSide", "marginMode"), identity=("symbol", "positionSide", "marginMode", "timestamp"),
    ),
    _private(
        name="orders", model=models.SeedOrder, method="subscribe_orders", cadence="on each change of an order",
        key=("orderId",), identity=("orderId", "status", "filledSize", "timestamp"),
    ),
    _private(
        name="execution", model=models.SeedExecution, method="subscribe_execution", cadence="on each fill",
        key=("symbol", "tradeId", "orderId"), identity=("symbol", "tradeId", "orderId"),
    ),
    _private(
        name="liquidation", model=models.SeedLiquidation, method="subscribe_liquidation",
        cadence="when a position is close to its liquidation",
        key=("symbol", "positionSide", "marginMode"), identity=("symbol", "positionSide", "timestamp"),
    ),
)  # fmt: skip
