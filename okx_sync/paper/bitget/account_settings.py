"""What a Bitget account is set to: its kind, and the settings that the venue has no use for but Bitget tells of."""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from okx_sync.paper.venue.records import VenueAccount

CLASSIC, UNIFIED = "classic", "uta"


@dataclass(slots=True)
class BitgetSettings:
    """Settings of one account. `margin_modes` are by instrument, `deposit_to` by coin.

    `spot_stops`: the algo orders that are take profit or stop loss of spot pairs, not plan orders. `cancels`: when
    orders on futures were asked to be cancelled in the last second, in ms.
    """

    kind: str = CLASSIC
    level: str = "advanced"
    collateral: str = "all"
    collateral_coins: str = ""
    margin_modes: dict[str, str] = field(default_factory=dict)
    deposit_to: dict[str, str] = field(default_factory=dict)
    spot_stops: set[int] = field(default_factory=set)
    cancels: dict[int, int] = field(default_factory=dict)

    @property
    def is_unified(self) -> bool:
        """Whether V3 is for this account, and V2's private half is not."""
        return self.kind == UNIFIED


_SETTINGS: WeakKeyDictionary[VenueAccount, BitgetSettings] = WeakKeyDictionary()


def settings_of(account: VenueAccount) -> BitgetSettings:
    """Return the settings of an account, which may be changed."""
    found = _SETTINGS.get(account)
    if found is None:
        found = _SETTINGS[account] = BitgetSettings()
    return found
