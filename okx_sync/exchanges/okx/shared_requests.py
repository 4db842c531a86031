"""What calls of several families take besides plain parameters."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rest import Number

__all__ = ["CoinAmount", "StopBot"]


@frozen
class CoinAmount:
    """An amount of a currency."""

    ccy: str
    amt: Number


@frozen
class StopBot:
    """One bot of ``recurring.stop`` or ``signal.stop``."""

    algo_id: str
