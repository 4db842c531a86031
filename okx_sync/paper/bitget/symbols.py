"""How Bitget calls the venue's contracts, and how it measures them: in coins, not in contracts."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.venue import Venue

#: The coin that backs each family of contracts; the venue has contracts of the first only.
MARGIN_COINS = {"USDT-FUTURES": "USDT", "USDC-FUTURES": "USDC", "COIN-FUTURES": "COIN"}
DEMO_MARGIN_COINS = {f"S{name}": coin for name, coin in MARGIN_COINS.items()}
V1_MARGIN_COINS = {"UMCBL": "USDT", "CMCBL": "USDC", "DMCBL": "COIN"}
V1_DEMO_MARGIN_COINS = {f"S{name}": coin for name, coin in V1_MARGIN_COINS.items()}
#: V3 spells them in small letters.
V3_COINS = {name.lower(): coin for name, coin in MARGIN_COINS.items()}
V3_SPOT = "spot"


def symbol_of(instrument: VenueInstrument) -> str:
    """Spell BTC-USDT-SWAP as `BTCUSDT`."""
    return instrument.baseCcy + instrument.quoteCcy


def find(venue: Venue, symbol: str, margin: str) -> VenueInstrument | None:
    """Return the swap of a symbol, backed by a coin; None when there is none."""
    for instrument in venue.instruments.values():
        if instrument.is_swap and instrument.settleCcy == margin and symbol_of(instrument) == symbol:
            return instrument
    return None


def find_spot(venue: Venue, symbol: str) -> VenueInstrument | None:
    """Return the spot pair of a symbol; None when there is none."""
    for instrument in venue.instruments.values():
        if not instrument.is_swap and symbol_of(instrument) == symbol:
            return instrument
    return None


def coins(instrument: VenueInstrument, contracts: str | Decimal) -> str:
    """Convert contracts to an amount of coins."""
    return text(Decimal(contracts or 0) * instrument.ctVal)
