"""Which category of Bybit an instrument is of, by its name.

``BTCUSDT`` and ``BTCUSDC`` are names of linear contracts and of spot pairs, ``BTCPERP`` and those with a date
(``BTC-26MAR27``) of linear contracts, ``BTCUSD`` and ``BTCUSDH27`` of inverse ones, ``BTC-26MAR27-90000-C`` of options,
``ETHBTC`` of a pair. Other names say nothing. Page: "Enums Definitions", "symbol" of the V5 documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from okx_sync.errors import ConfigError
from okx_sync.exchanges.product_words import PAIR, product_by_name

__all__ = ["category_of", "category_of_all"]

_OPTION: Final = re.compile(r"[A-Z0-9]+-\d{1,2}[A-Z]{3}\d\d-[0-9.]+-[CP](-[A-Z]+)?")
_DATED: Final = re.compile(r"[A-Z0-9]+-\d{1,2}[A-Z]{3}\d\d")
_INVERSE: Final = re.compile(r"[A-Z0-9]+USD([FGHJKMNQUVXZ]\d\d)?")


def category_of(symbol: str, usual: str) -> str:
    """Return the category of an instrument by its name: the usual one where it may be of that.

    Raises ``ConfigError`` where it may be of several others.
    """
    return product_by_name(symbol, _may_be(symbol.upper(), usual), usual)


def category_of_all(rows: Iterable[Any], usual: str) -> str:
    """Return the one category of the orders of a batch, mappings or objects with their ``symbol``.

    Raises ``ConfigError`` where they are of several; what says no symbol is for others to refuse.
    """
    found = {category_of(symbol, usual) for row in rows if isinstance(symbol := _symbol(row), str)}
    if len(found) > 1:
        raise ConfigError(f"a batch has orders of one category, not of {' and '.join(sorted(found))}")
    return found.pop() if found else usual


def _may_be(name: str, usual: str) -> tuple[str, ...]:
    if _OPTION.fullmatch(name):
        return ("option",)
    if name.endswith("PERP") or _DATED.fullmatch(name):
        return ("linear",)
    if _INVERSE.fullmatch(name):
        return ("inverse", "spot") if usual == "spot" else ("inverse",)  # a pair against dollars is no contract
    if name.endswith(("USDT", "USDC")):
        return ("linear", "spot")
    return ("spot",) if PAIR.fullmatch(name) else ()


def _symbol(row: Any) -> Any:
    if isinstance(row, Mapping):
        return row.get("symbol") or row.get("inst_id")
    return getattr(row, "symbol", None)
