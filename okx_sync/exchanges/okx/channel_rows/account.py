"""The account's own data. After "Trading Account", "Order Book Trading" and "Funding Account" of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["ACCOUNT"]

ACCOUNT: Final = (
    Channel(
        # An event update carries changed currencies only: rows build on each other, hence no key.
        name="account", path="private", model=models.Account, method="subscribe_account",
        cadence="a snapshot, changes within about 50 ms, and a snapshot now and then (updateInterval)",
        login=True, private=True, optional=("ccy", "extraParams"), snapshot=True, paged=True, quiet=True,
    ),
    Channel(
        name="positions", path="private", model=models.Position, method="subscribe_positions",
        cadence="a snapshot, changes within about 50 ms, and a snapshot every 5 s (updateInterval)",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId", "extraParams"),
        values={"instType": ("MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS", "ANY")},
        key=("instId", "mgnMode", "posSide", "posId"), snapshot=True, paged=True, quiet=True,
    ),
    Channel(
        name="balance_and_position", path="private", model=models.BalanceAndPosition,
        method="subscribe_balance_and_position",
        cadence="a snapshot, then on each fill, transfer, funding, liquidation or other change",
        login=True, private=True, snapshot=True, quiet=True,
    ),
    Channel(
        name="orders", path="private", model=models.Order, method="subscribe_orders",
        cadence="on each change of an order; no snapshot",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId"),
        values={"instType": ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS", "ANY")}, key=("instId", "ordId"),
        identity=("instId", "ordId", "uTime", "state", "accFillSz", "reqId"), quiet=True,
    ),
    Channel(
        name="fills", path="private", model=models.Fill, method="subscribe_fills",
        cadence="on each fill in the order book; no snapshot",
        login=True, private=True, fee_tier="VIP4", optional=("instId",),
        key=("instId", "tradeId"), identity=("instId", "tradeId"), quiet=True,
    ),
    Channel(
        name="orders-algo", path="business", model=models.AlgoOrder, method="subscribe_orders_algo",
        cadence="on each change of an algo order; no snapshot",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId"),
        values={"instType": ("SPOT", "MARGIN", "SWAP", "FUTURES", "ANY")}, key=("algoId",),
        identity=("algoId", "uTime", "state"), quiet=True,
    ),
    Channel(
        name="algo-advance", path="business", model=models.AdvancedAlgoOrder, method="subscribe_algo_advance",
        cadence="the present state at first, then on each change of an order",
        login=True, private=True, required=("instType",), optional=("instId", "algoId"),
        values={"instType": ("SPOT", "MARGIN", "SWAP", "FUTURES", "ANY")}, key=("algoId",),
        identity=("algoId", "state", "pTime"), snapshot=True, quiet=True,
    ),
    Channel(
        name="liquidation-warning", path="private", model=models.LiquidationWarning,
        method="subscribe_liquidation_warning", cadence="when a position is close to liquidation",
        login=True, private=True, required=("instType",), optional=("instFamily", "instId"),
        values={"instType": ("MARGIN", "SWAP", "FUTURES", "OPTION", "ANY")},
        key=("instId", "mgnMode", "posSide", "posId"), identity=("instId", "posId", "pTime"), quiet=True,
    ),
    Channel(
        name="account-greeks", path="private", model=models.AccountGreeks, method="subscribe_account_greeks",
        cadence="the present state at first, changes within about 50 ms, and the state now and then",
        login=True, private=True, optional=("ccy",), key=("ccy",), identity=("ccy", "ts"),
        snapshot=True, quiet=True,
    ),
    Channel(
        name="deposit-info", path="business", model=models.Deposit, method="subscribe_deposit_info",
        cadence="on each change of a deposit; no snapshot", login=True, private=True, optional=("ccy",),
        key=("depId",), identity=("depId", "state", "actualDepBlkConfirm"), quiet=True,
    ),
    Channel(
        name="withdrawal-info", path="business", model=models.Withdrawal, method="subscribe_withdrawal_info",
        cadence="on each change of a withdrawal; no snapshot", login=True, private=True, optional=("ccy",),
        key=("wdId",), identity=("wdId", "state", "txId"), quiet=True,
    ),
)  # fmt: skip
