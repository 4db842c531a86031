"""Trading bots and copy trading. After "Grid Trading", "Recurring Buy" and "Copy Trading" of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["BOTS"]

_BOT: Final = "on each change of a bot, and now and then in between"

BOTS: Final = (
    Channel(
        name="grid-orders-spot", path="business", model=models.SpotGridOrder, method="subscribe_grid_orders_spot",
        cadence=_BOT, login=True, private=True, required=("instType",), optional=("instId", "algoId"),
        values={"instType": ("SPOT", "ANY")}, key=("algoId",), identity=("algoId", "pTime"), quiet=True,
    ),
    Channel(
        name="grid-orders-contract", path="business", model=models.ContractGridOrder,
        method="subscribe_grid_orders_contract",
        cadence=_BOT, login=True, private=True, required=("instType",), optional=("instId", "algoId"),
        values={"instType": ("SWAP", "FUTURES", "ANY")}, key=("algoId",), identity=("algoId", "pTime"), quiet=True,
    ),
    Channel(
        # Gone from the documentation with the moon grid in 2024; what instType may be is not written anywhere.
        name="grid-orders-moon", path="business", model=models.SpotGridOrder, method="subscribe_grid_orders_moon",
        cadence=_BOT, login=True, private=True, required=("instType",), optional=("instId", "algoId"),
        key=("algoId",), identity=("algoId", "pTime"), quiet=True, note="no longer documented by OKX",
    ),
    Channel(
        name="grid-positions", path="business", model=models.GridPosition, method="subscribe_grid_positions",
        cadence="on each change of the bot's position", login=True, private=True, required=("algoId",),
        key=("algoId", "instId", "posSide"), identity=("algoId", "instId", "posSide", "pTime"), quiet=True,
    ),
    Channel(
        name="grid-sub-orders", path="business", model=models.GridSubOrder, method="subscribe_grid_sub_orders",
        cadence="on each change of one of the bot's orders", login=True, private=True, required=("algoId",),
        key=("algoId", "ordId"), identity=("algoId", "ordId", "uTime", "state", "accFillSz"), quiet=True,
    ),
    Channel(
        name="algo-recurring-buy", path="business", model=models.RecurringBuy, method="subscribe_algo_recurring_buy",
        cadence=_BOT, login=True, private=True, required=("instType",), optional=("algoId",),
        values={"instType": ("SPOT", "ANY")}, key=("algoId",), identity=("algoId", "pTime"), quiet=True,
    ),
    Channel(
        # Notes are told apart by nothing but all they say, and a newer one replaces none: no key, no identity.
        name="copytrading-lead-notification", path="business", model=models.LeadNotification,
        method="subscribe_copytrading_lead_notification", cadence="when a lead trade fails",
        login=True, private=True, required=("instType",), optional=("instId",), values={"instType": ("SWAP",)},
        quiet=True,
    ),
    Channel(
        name="copytrading-notification", path="business", model=models.CopyNotification,
        method="subscribe_copytrading_notification", cadence="when copying a trade fails",
        login=True, private=True, required=("instType",), optional=("instId",), values={"instType": ("SWAP",)},
        quiet=True, note="no longer documented by OKX, use copytrading-lead-notification",
    ),
)  # fmt: skip
