"""OKX's words for algo orders, and the neutral ones: kinds, what sent an order, triggers, failures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from okx_sync.algo_types import AlgoKind, PriceSource, TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx import error_codes

__all__ = [
    "CLIENT_ID",
    "CLIENT_ID_HINT",
    "KINDS",
    "SENT_BY",
    "SIDE_FIELDS",
    "check_td_mode",
    "failure_of",
    "kind_of",
    "leg_words",
    "trigger_price",
]

CLIENT_ID: Final = re.compile(r"[0-9A-Za-z]{1,32}")
"""Our own id of an order, or of an algo order."""

CLIENT_ID_HINT: Final = "up to 32 letters and digits"

KINDS: Final[dict[AlgoKind, str]] = {
    "conditional": "conditional",
    "oco": "oco",
    "trigger": "trigger",
    "trailing_stop": "move_order_stop",
    "iceberg": "smart_iceberg",
    "twap": "twap",
    "chase": "chase",
}
"""Each kind, and its ``ordType``."""

SENT_BY: Final[dict[str | None, AlgoKind | None]] = {
    "6": "trigger",
    "7": None,  # a conditional or an oco order
    "25": "trailing_stop",
    "34": "chase",
}
"""``source`` of an order that an algo order sent, and its kind. Icebergs and TWAPs share their number with bots."""

SIDE_FIELDS: Final = ("tpTriggerPx", "tpTriggerPxType", "tpOrdPx", "slTriggerPx", "slTriggerPxType", "slOrdPx")
"""The fields of a row that tell of a take profit and a stop loss."""

_KIND_OF: Final[dict[str, AlgoKind]] = {word: kind for kind, word in KINDS.items()} | {"iceberg": "iceberg"}
_SOURCES: Final[tuple[PriceSource, ...]] = ("last", "mark", "index")


def kind_of(word: str | None) -> AlgoKind | None:
    """Return the kind of an ``ordType``; None for a new one."""
    return _KIND_OF.get(word or "")


def trigger_price(price: Decimal | None, source: str | None, order_price: Decimal | None) -> TriggerPrice | None:
    """Return a trigger as the wire tells it; None where there is none, or none that has a meaning here."""
    by = source or "last"
    if not price or by not in _SOURCES:
        return None
    limit = order_price if order_price and order_price > 0 else None  # -1 is at market
    try:
        return TriggerPrice(price, by=by, limit=limit)
    except ConfigError:
        return None


def failure_of(code: str | None, text: str | None = None) -> str | None:
    """Return why an algo order failed, in words; None where it did not."""
    if code in (None, "0"):
        return None
    return f"[{code}] {text or error_codes.rule_for(code).hint}"


def leg_words(
    take_profit: TriggerPrice | None, stop_loss: TriggerPrice | None, front: str = ""
) -> dict[str, Decimal | int | str]:
    """Return OKX's words for both sides, as far as there are any; ``front`` stands before each word."""
    found: dict[str, Decimal | int | str] = {}
    for side, leg in ("tp", take_profit), ("sl", stop_loss):
        if leg is not None:
            found[f"{front}{side}_trigger_px"] = leg.price
            found[f"{front}{side}_trigger_px_type"] = leg.by
            found[f"{front}{side}_ord_px"] = -1 if leg.limit is None else leg.limit
    return found


def check_td_mode(options: Mapping[str, Any]) -> None:
    """Raise ``ConfigError`` where the trade mode is missing, which every order needs."""
    if not options.get("td_mode"):
        raise ConfigError("td_mode is missing", hint="td_mode='cash' for SPOT, 'cross' or 'isolated' for the rest")
