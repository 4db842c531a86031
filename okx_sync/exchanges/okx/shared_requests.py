"""The objects that calls of several families take."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["CoinAmount", "StopBot"]


@documented
@frozen
class CoinAmount:
    """An amount of a currency."""

    ccy: str
    amt: Number
    """In ccy."""


@documented
@frozen
class StopBot:
    """One bot of ``recurring.stop`` or ``signal.stop``."""

    algo_id: str
