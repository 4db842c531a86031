"""``@channel`` and ``@seed_channel`` declare Bybit's channels over their methods, one for each protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, Unpack

from attrs import frozen

from okx_sync.exchanges.bybit import words
from okx_sync.exchanges.bybit.urls import Path, Protocol
from okx_sync.exchanges.channel import Channel as AnyChannel
from okx_sync.exchanges.declared import Declaration, Facts, Words, declare
from okx_sync.lazy import LateNames

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit import models
else:
    # For rows of another file than the family's ``models``: naming a row's class there does not load it.
    models = LateNames("okx_sync.exchanges.bybit.models")

__all__ = ["DEPTHS", "OPTION_DEPTHS", "TOP", "Channel", "channel", "models", "seed_channel"]

F = TypeVar("F", bound=Callable[..., object])
DEPTHS: Final = ("50", "200", "1000")
OPTION_DEPTHS: Final = ("25", "100")
TOP: Final = "orderbook.1"
_WORDS: Final = Words(words)


@frozen(kw_only=True)
class Channel(AnyChannel):
    """One kind of stream of Bybit. On the wire a topic is the name and its one argument, with a dot between."""

    examples: ClassVar = {"symbol": "BTCPERP", "baseCoin": "BTC"}

    path: str
    """A path of the protocol, or an address of the server's own, which begins with a slash."""


def channel(name: str, *, path: Path | str, **facts: Unpack[Facts]) -> Callable[[F], F]:
    """Declare a channel of V5.

    Args:
        name: wire name; a word in braces at its end stands for a family (``"kline.{interval}"``).
        path: the WebSocket path that serves it, or the address (``"/v5/public/spread"``) where it is none of them.
        facts: how often it pushes and what its rows are; see ``Facts``.
    """
    return _declare("v5", name, path, facts)


def seed_channel(name: str, *, path: Path, **facts: Unpack[Facts]) -> Callable[[F], F]:
    """Declare a channel of the USDC perpetual streams that Bybit switched off in October 2023.

    Args:
        name: as for ``channel``.
        path: the WebSocket path that served it.
        facts: how often it pushed and what its rows are; see ``Facts``.
    """
    return _declare("seed", name, path, facts)


def _declare(protocol: Protocol, name: str, path: str, facts: Facts) -> Callable[[F], F]:
    return declare(Declaration(Channel, name, {"path": path, **facts}, _WORDS, protocol))
