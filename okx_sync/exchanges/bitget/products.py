"""Bitget's product types: their names, and how each protocol spells them on the wire.

Lists of orders, positions and balances are of one product type each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, Literal

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.urls import Protocol

__all__ = ["ALL", "Product", "product_of", "scopes_for"]

Product = Literal["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SUSDT-FUTURES", "SCOIN-FUTURES", "SUSDC-FUTURES"]
"""Those with an S before are of the older demo trading."""

ALL: Final[tuple[Product, ...]] = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
"""What an account has."""

_V1: Final[Mapping[Product, str]] = {
    "USDT-FUTURES": "UMCBL",
    "COIN-FUTURES": "DMCBL",
    "USDC-FUTURES": "CMCBL",
    "SUSDT-FUTURES": "SUMCBL",
    "SCOIN-FUTURES": "SDMCBL",
    "SUSDC-FUTURES": "SCMCBL",
}


def product_of(inst_id: str, row: Any = None) -> str:
    """Return the product type of a contract of V2: as a row of it tells, else by its name.

    ``BTCUSDT``, ``BTCPERP`` (USDC) and ``BTCUSD`` (settled in the coin) are how Bitget calls contracts.
    """
    told = getattr(row, "instType", None) or getattr(row, "productType", None)
    if told:
        return str(told).upper()
    name = inst_id.upper()
    if "USDT" in name:
        return "USDT-FUTURES"
    if name.endswith("PERP") or "USDC" in name:
        return "USDC-FUTURES"
    return "COIN-FUTURES" if "USD" in name else "USDT-FUTURES"


_UNDIVIDED: Final[Mapping[Protocol, str]] = {
    "seed": "the seed protocol has one product type",
    "v3": "the streams of a unified account carry all product types together",
}


def scopes_for(protocol: Protocol, product: Product | Collection[Product] | None) -> dict[str, Mapping[str, str]]:
    """Return arguments of a private subscription for each product type that is wanted, all of them for None.

    Empty for the seed protocol, which has one, and for V3, which has all in one.

    Raises ``ConfigError`` for a word that is none.
    """
    if protocol in _UNDIVIDED:
        if product is not None:
            raise ConfigError(_UNDIVIDED[protocol], hint="leave product out")
        return {}
    wanted = ALL if product is None else (product,) if isinstance(product, str) else tuple(product)
    if not wanted:
        raise ConfigError("product names no product type", hint=f"one or some of {', '.join(ALL)}")
    for word in wanted:
        check_word("product", word, _V1)
    return {word: {"instType": _V1[word] if protocol == "v1" else word} for word in dict.fromkeys(wanted)}
