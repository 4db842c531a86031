"""``@channel``, ``@v3_channel``, ``@v1_channel`` and ``@seed_channel`` declare Bitget's channels over their methods.

A method may be declared for several of them: it asks for the channel by the name that they share, and its rows are of
the class in the annotation where a declaration names no other ``model``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeVar, Unpack

from attrs import frozen

from okx_sync.exchanges.bitget import words
from okx_sync.exchanges.bitget.urls import Path, Protocol
from okx_sync.exchanges.channel import Channel as AnyChannel
from okx_sync.exchanges.declared import Declaration, Facts, Sent, Words, declare
from okx_sync.lazy import LateNames

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget import models
else:
    # For rows of another file than the family's ``models``: naming a row's class there does not load it.
    models = LateNames("okx_sync.exchanges.bitget.models")

__all__ = [
    "ALL",
    "V1_DEFAULTS",
    "V1_NOTE",
    "V1_VALUES",
    "V3_ACCOUNT",
    "V3_FUTURES",
    "V3_INTERVALS",
    "V3_PRODUCTS",
    "Channel",
    "channel",
    "models",
    "seed_channel",
    "v1_channel",
    "v3_channel",
]

F = TypeVar("F", bound=Callable[..., object])
ALL: Final = "default"
"""What stands for every instrument, or every coin."""
V1_NOTE: Final = "switched off by Bitget on 2025-11-28"
V1_VALUES: Final = {"instType": ("UMCBL", "DMCBL", "CMCBL", "SUMCBL", "SDMCBL", "SCMCBL"), "instId": (ALL,)}
V1_DEFAULTS: Final = {"instType": "UMCBL", "instId": ALL}
"""Of the private channels of V1."""
V3_FUTURES: Final = ("usdt-futures", "coin-futures", "usdc-futures")
V3_PRODUCTS: Final = (*V3_FUTURES, "spot")
V3_INTERVALS: Final = ("1m", "3m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D")
V3_ACCOUNT: Final = "UTA"
"""What every private topic of V3 is of: the unified account, with all products."""
_WORDS: Final = Words(words)


@frozen(kw_only=True)
class Channel(AnyChannel):
    """One kind of stream of Bitget, in one of its protocols."""

    examples: ClassVar = {"instId": "BTCUSDT", "symbol": "BTCUSDT", "coin": ALL, "instType": "USDT-FUTURES"}
    protocols: ClassVar = {"v2": "V2", "v3": "V3", "v1": "V1", "seed": "seed"}

    path: Path


def channel(
    name: str,
    *,
    path: Path,
    of: Literal["instId", "coin"] | None = None,
    all_only: bool = False,
    **facts: Unpack[Facts],
) -> Callable[[F], F]:
    """Declare a channel of V2.

    Args:
        name: wire name; a word in braces at its end stands for a family (``"candle{bar}"``).
        path: the WebSocket path that serves it.
        of: of a private channel, the argument that says of which instrument or coin; all of them by default.
        all_only: whether it can be asked for all of them alone.
        facts: how often it pushes and what its rows are; see ``Facts``.
    """
    more: dict[str, Any] = {"defaults": {"instType": "USDT-FUTURES"}}
    if of is not None:
        more["also"], more["defaults"] = (of,), {"instType": "USDT-FUTURES", of: ALL}
    if of is not None and all_only:
        more["values"] = {of: (ALL,)}
    return _declare("v2", name, path, facts, more)


def v3_channel(
    name: str,
    *,
    path: Path,
    asks: Mapping[str, str] | None = None,
    products: tuple[str, ...] = V3_PRODUCTS,
    **facts: Unpack[Facts],
) -> Callable[[F], F]:
    """Declare a topic of V3: an instrument's, or the unified account's for all instruments of all products.

    Args:
        name: as for ``channel``.
        path: as for ``channel``.
        asks: of a public topic, what the wire calls parameters of the method, where that is not ``symbol`` for
            ``inst_id``.
        products: kinds of product of a public topic, the one that is meant without a word first.
        facts: as for ``channel``.
    """
    if facts.get("private"):
        own = {"required": (), "also": ("instType",)}
        more: dict[str, Any] = own | {"values": {"instType": (V3_ACCOUNT,)}, "defaults": {"instType": V3_ACCOUNT}}
        return _declare("v3", name, path, facts, more)
    called = {"inst_id": "symbol", **(asks or {})}
    more = {"sends": {parameter: Sent(wire, _as_it_is) for parameter, wire in called.items()}}
    more["defaults"] = {"instType": products[0]}
    facts["values"] = {"instType": products, **facts.get("values", {})}
    return _declare("v3", name, path, facts, more)


def v1_channel(name: str, *, path: Path, **facts: Unpack[Facts]) -> Callable[[F], F]:
    """Declare a channel of V1: one instrument's, or the account's for all instruments or coins of a product.

    Args:
        name: as for ``channel``.
        path: public and private channels are on one socket's address.
        facts: how often it pushed and what its rows are; see ``Facts``.
    """
    more: dict[str, Any] = {"values": {"instType": ("MC", "SP")}, "defaults": {"instType": "MC"}, "note": V1_NOTE}
    if facts.get("private"):
        more |= {"also": ("instId",), "values": V1_VALUES, "defaults": V1_DEFAULTS}
    return _declare("v1", name, path, facts, more)


def seed_channel(name: str, *, of: str | None = None, **facts: Unpack[Facts]) -> Callable[[F], F]:
    """Declare a private channel of the seed protocol. Which product types a gateway knows is its own affair.

    Args:
        name: as for ``channel``.
        of: what ``instId`` is when nobody gives it.
        facts: how often it pushes and what its rows are; see ``Facts``.
    """
    defaults = {"instType": "FUTURES"} if of is None else {"instType": "FUTURES", "instId": of}
    more = {"private": True, "also": ("instId",), "values": {"instType": None}, "defaults": defaults}
    return _declare("seed", name, "private", facts, more)


def _declare(protocol: Protocol, name: str, path: Path, facts: Facts, more: dict[str, Any]) -> Callable[[F], F]:
    return declare(Declaration(Channel, name, {**more, **facts, "path": path}, _WORDS, protocol))


def _as_it_is(value: str | None) -> str | None:
    return value
