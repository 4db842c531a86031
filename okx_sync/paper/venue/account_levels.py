"""OKX's account modes (`acctLv`): what each can trade, and in which trade mode."""

from __future__ import annotations

from okx_sync.paper.venue.instruments import VenueInstrument

SPOT_MODE, FUTURES_MODE, MULTI_CURRENCY, PORTFOLIO = "1", "2", "3", "4"
LEVELS = (SPOT_MODE, FUTURES_MODE, MULTI_CURRENCY, PORTFOLIO)
WRONG_MODE = ("51010", "Request unsupported under current account mode")
NO_ISOLATED = (
    "50072",
    "Isolated margin mode is no longer supported in multi-currency margin mode and portfolio margin mode.",
)
#: Trade modes of spot pairs, and of contracts.
_OF_PAIRS = {SPOT_MODE: ("cash",), FUTURES_MODE: ("cash", "cross", "isolated"), MULTI_CURRENCY: ("cross",)}
_OF_CONTRACTS = {SPOT_MODE: (), FUTURES_MODE: ("cross", "isolated"), MULTI_CURRENCY: ("cross",)}


def trade_mode_refusal(level: str, instrument: VenueInstrument, mode: str) -> tuple[str, str] | None:
    """Return why an account of this mode cannot trade an instrument so; None when it can."""
    allowed = (_OF_CONTRACTS if instrument.is_swap else _OF_PAIRS)[level]
    if mode in allowed:
        return None
    return NO_ISOLATED if mode == "isolated" and level == MULTI_CURRENCY else WRONG_MODE
