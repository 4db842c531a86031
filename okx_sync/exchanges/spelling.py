"""Names of instruments as another exchange spells them, for hints: ``BTCUSDT``, ``BTC-USDT`` and ``BTC/USDT``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

__all__ = ["dashed", "hint_at_name", "joined"]

_QUOTES: Final = "USDT|USDC|USD|EUR|BTC|ETH"
_JOINED: Final = re.compile(rf"([A-Z0-9]{{2,}}?)({_QUOTES})(SWAP)?")
_APART: Final = re.compile(rf"([A-Z0-9]+)[-/_ ]({_QUOTES})(?:[-/_: ](?:SWAP|PERP|USDT|USDC|USD))?")
_NAMES: Final = ("instId", "symbol")


def dashed(name: str) -> str | None:
    """Spell a name with dashes, as OKX does; None for one that has them, and for what is no pair."""
    found = _JOINED.fullmatch(name.upper()) or _APART.fullmatch(name.upper())
    if found is None:
        return None
    is_swap = name.upper().endswith(("SWAP", "PERP"))
    spelled = f"{found[1]}-{found[2]}{'-SWAP' if is_swap else ''}"
    return None if spelled == name else spelled


def joined(name: str) -> str | None:
    """Spell a name in one word, as Bitget and Bybit do; None for one that is, and for what is no pair."""
    found = _JOINED.fullmatch(name.upper()) or _APART.fullmatch(name.upper())
    if found is None:
        return None
    spelled = found[1] + found[2]
    return None if spelled == name else spelled


def hint_at_name(params: Mapping[str, Any], spell: Callable[[str], str | None]) -> str | None:
    """Make a hint at the name in the parameters of a refused request, where another spelling is this exchange's."""
    for key in _NAMES:
        name = params.get(key)
        if isinstance(name, str) and (meant := spell(name)) is not None:
            return f"did you mean {meant}?"
    return None
