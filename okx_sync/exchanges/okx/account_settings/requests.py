"""What changes of the account are made of."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rest import Number

__all__ = ["DemoAdjustment"]


@frozen
class DemoAdjustment:
    """A demo balance that changes by ``amt``."""

    ccy: str
    amt: Number
