"""``@channel`` declares a channel of OKX over its method.

In a family's ``streams``::

    from okx_sync.exchanges.streams import Streams

    class WeatherStreams(Streams):
        @channel("weather", path="public", cadence="every hour", key=("instId",))
        def subscribe_weather(
            self, inst_id: str, callback: Callable[[Ticker], object] | None = None, **options: Unpack[SubscribeOptions]
        ) -> Subscription[Ticker]:
            \"\"\"Subscribe to the weather where an instrument is traded.\"\"\"

Its docstring also has ``Args``, ``Raises`` and ``Source``; what is declared is added to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, Literal, TypeVar, Unpack

from attrs import frozen

from okx_sync.exchanges.channel import Channel as AnyChannel
from okx_sync.exchanges.declared import Declaration, Facts, Words, declare
from okx_sync.exchanges.okx import words

__all__ = ["Channel", "StreamPath", "channel"]

F = TypeVar("F", bound=Callable[..., object])
StreamPath = Literal["public", "private", "business"]
_WORDS: Final = Words(words)


@frozen(kw_only=True)
class Channel(AnyChannel):
    """One kind of stream of OKX."""

    examples: ClassVar = {
        "instType": "SPOT",
        "instFamily": "BTC-USD",
        "instId": "BTC-USDT",
        "sprdId": "BTC-USDT_BTC-USDT-SWAP",
        "algoId": "123",
    }

    path: StreamPath
    omits: tuple[str, ...] = ()
    """Arguments that OKX may leave out of the ``arg`` it sends back."""
    fee_tier: str | None = None
    """Lowest fee tier of an account that may subscribe; OKX refuses others with 64003."""


class _OkxFacts(Facts, total=False):
    """Facts of OKX alone, as in :class:`Channel`."""

    omits: tuple[str, ...]
    fee_tier: str


def channel(name: str, *, path: StreamPath, **facts: Unpack[_OkxFacts]) -> Callable[[F], F]:
    """Declare a channel.

    Args:
        name: wire name; a word in braces at its end stands for a family, one channel for each word that the type of
            the parameter of that name lists (``"candle{bar}"``).
        path: the WebSocket path that serves it.
        facts: how often it pushes and what its rows are; see ``Facts``.
    """
    needs = f"fee tier {facts['fee_tier']} or above (else 64003)" if "fee_tier" in facts else ""
    return declare(Declaration(Channel, name, {"path": path, **facts}, _WORDS, needs=needs))
