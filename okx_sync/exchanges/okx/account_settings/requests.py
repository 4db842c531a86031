"""The objects of changes of the account."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["DemoAdjustment"]


@documented
@frozen
class DemoAdjustment:
    """A demo balance that changes."""

    ccy: str
    amt: Number
    """By how much it changes, in ccy."""
