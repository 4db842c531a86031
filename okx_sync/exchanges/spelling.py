"""Names that another exchange spells differently, for hints: ``BTCUSDT`` and ``BTC-USDT``, bars ``60`` and ``1H``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

__all__ = ["camel", "dashed", "hint_at_name", "joined", "same_period"]

_QUOTES: Final = "USDT|USDC|USD|EUR|BTC|ETH"
_JOINED: Final = re.compile(rf"([A-Z0-9]{{2,}}?)({_QUOTES})(SWAP)?")
_APART: Final = re.compile(rf"([A-Z0-9]+)[-/_ ]({_QUOTES})(?:[-/_: ](?:SWAP|PERP|USDT|USDC|USD))?")
_NAMES: Final = ("instId", "symbol")
_PERIOD: Final = re.compile(r"(\d*)(s|min|m|[hH]|[dD]|[wW]|M)?")
_SECONDS: Final = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 2_592_000}


@functools.lru_cache(maxsize=1024)
def camel(name: str) -> str:
    """Spell a Python name as wires do: ``inst_id`` is ``instId``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


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


def same_period(bar: str, known: Iterable[str]) -> str | None:
    """Find the known bar that lasts as long: ``1m`` is ``1`` on Bybit, whose numbers are minutes, and never ``M``."""
    length = _period(bar)
    return next((one for one in known if _period(one) == length), None) if length else None


def _period(bar: str) -> int:
    """Return how many seconds a bar lasts, a month taken as 30 days; 0 for what is no bar."""
    found = _PERIOD.fullmatch(bar)
    if found is None or not bar:
        return 0
    unit = found[2] or "m"
    return int(found[1] or 1) * _SECONDS[unit if unit == "M" else unit.lower()]
