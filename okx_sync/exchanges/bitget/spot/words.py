"""Words of Bitget's spot API: what fields say, and what arguments take that are not checked.

Every alias also accepts plain ``str``: Bitget adds words without notice, and a new one passes through as text.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["AccountType", "Granularity", "PlanStatus", "SpotOrderStatus", "TransferStatus", "WalletStatus"]

SpotOrderStatus: TypeAlias = Literal["live", "partially_filled", "filled", "cancelled"] | str
PlanStatus: TypeAlias = Literal["live", "not_trigger", "executing", "executed", "fail_execute", "cancelled"] | str
TransferStatus: TypeAlias = Literal["Successful", "Failed", "Processing"] | str
WalletStatus: TypeAlias = Literal["pending", "fail", "success"] | str
AccountType: TypeAlias = (
    Literal["spot", "p2p", "coin_futures", "usdt_futures", "usdc_futures", "crossed_margin", "isolated_margin"] | str
)
Granularity: TypeAlias = (
    Literal[
        "1min", "3min", "5min", "15min", "30min", "1h", "4h", "6h", "12h", "1day", "3day", "1week", "1M",
        "6Hutc", "12Hutc", "1Dutc", "3Dutc", "1Wutc", "1Mutc",
    ]
    | str
)  # fmt: skip
