"""Bitget's product types: their names, and how each protocol spells them on the wire.

Lists of orders, positions and balances are of one product type each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, Literal, TypeVar, cast

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.exchanges.product_words import PAIR, either_product, product_by_name

__all__ = [
    "ALL",
    "CATEGORIES",
    "Product",
    "book_products",
    "category_of",
    "chosen_category",
    "product_of",
    "scopes_for",
]

Product = Literal["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SUSDT-FUTURES", "SCOIN-FUTURES", "SUSDC-FUTURES"]
"""Those with an S before are of the older demo trading."""

ALL: Final[tuple[Product, ...]] = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
"""What an account has."""

C = TypeVar("C", bound=str)
_USUAL: Final = "USDT-FUTURES"

CATEGORIES: Final = (*ALL, "SPOT", "MARGIN")
"""What V3 has."""

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


_DATED: Final = re.compile(r"USD[FGHJKMNQUVXZ]\d\d")  # a delivery contract of coin futures: BTCUSDH27


def category_of(inst_id: str, of: Collection[str] = CATEGORIES, usual: str = _USUAL) -> str:
    """Return the category of an instrument of V3 by its name: the usual one where it may be of that.

    ``of``: those that come into question. Raises ``ConfigError`` where it may be of several others.
    """
    name = inst_id.upper()
    if name.endswith("PERP"):
        may_be: tuple[str, ...] = ("USDC-FUTURES",)
    elif name.endswith("USD") or _DATED.search(name):
        may_be = ("COIN-FUTURES",)
    elif "USDT" in name:
        may_be = ("USDT-FUTURES", "SPOT", "MARGIN")
    elif "USDC" in name:
        may_be = ("USDC-FUTURES", "SPOT", "MARGIN")
    else:
        may_be = ("SPOT", "MARGIN") if PAIR.fullmatch(name) else ()
    return product_by_name(inst_id, [one for one in may_be if one in of] or may_be, usual)


def chosen_category(among: Collection[str], symbol: Any, category: C | None, product: C | None) -> C:
    """Return the category that was said by either word, else that of the instrument among these, else the usual one.

    Raises ``ConfigError`` where both words are said, and where the instrument may be of several.
    """
    said = either_product(product, category)
    if said is not None:
        return said
    return cast("C", category_of(symbol, among) if isinstance(symbol, str) and symbol else _USUAL)


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


def book_products(protocol: Protocol, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the product types of books, as users call them: V3 spells them in small letters on the wire.

    Args:
        protocol: Of the streams.
        words: The product types as on the wire.
    """
    return tuple(word.upper() for word in words) if protocol == "v3" else words
