"""OKX's rows of the channel table: what every exchange has, and what only OKX has."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from okx_sync.exchanges.channel import Channel as AnyChannel

__all__ = ["Channel", "StreamPath"]

StreamPath = Literal["public", "private", "business"]


@frozen(kw_only=True)
class Channel(AnyChannel):
    """One kind of stream of OKX."""

    examples: ClassVar = {
        "instType": "SPOT",
        "instId": "BTC-USDT",
        "instFamily": "BTC-USD",
        "sprdId": "BTC-USDT_BTC-USDT-SWAP",
        "algoId": "123",
    }

    path: StreamPath
    omits: tuple[str, ...] = ()
    """Arguments that OKX may leave out of the ``arg`` it sends back."""
    fee_tier: str | None = None
    """Lowest fee tier of an account that may subscribe; OKX refuses others with 64003."""
