"""All groups of Bitget's REST API as attributes of one object; the client is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.exchanges.groups import LateGroup, LateGroups

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.common.rest import Common
    from okx_sync.exchanges.bitget.mix.rest import Mix
    from okx_sync.exchanges.bitget.spot.rest import Spot
    from okx_sync.exchanges.bitget.uta.rest import Uta

__all__ = ["BitgetGroups"]


class BitgetGroups(LateGroups):
    """The groups, each carried out by ``carrier``."""

    common: LateGroup[Common] = LateGroup(
        "okx_sync.exchanges.bitget.common.rest", "Common", "/api/v2/public/", "/api/v2/common/", "/api/v2/account/"
    )
    spot: LateGroup[Spot] = LateGroup("okx_sync.exchanges.bitget.spot.rest", "Spot", "/api/v2/spot/")
    uta: LateGroup[Uta] = LateGroup("okx_sync.exchanges.bitget.uta.rest", "Uta", "/api/v3/")
    mix: LateGroup[Mix] = LateGroup("okx_sync.exchanges.bitget.mix.rest", "Mix", "/api/v2/mix/")
