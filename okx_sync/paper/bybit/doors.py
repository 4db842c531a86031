"""The URL paths at which Bybit is spoken. Faults and the journal know a path without its first slash."""

from __future__ import annotations

from okx_sync.paper.bybit.seed import SeedPrivate, SeedPublic
from okx_sync.paper.bybit.session import BybitSession
from okx_sync.paper.bybit.trade import V5Trade
from okx_sync.paper.bybit.v5 import V5Private, V5Public
from okx_sync.paper.server.speech import Door

PATHS: dict[str, type[BybitSession]] = {
    "v5/public/linear": V5Public,
    "v5/private": V5Private,
    "v5/trade": V5Trade,
    "perpetual/ws/v1/realtime_public": SeedPublic,
    "trade/option/usdc/private/v1": SeedPrivate,
}
DOORS = {f"/{path}": Door(path, session) for path, session in PATHS.items()}
#: The paths of each protocol: public, private, and where orders go (the older one takes none over a socket).
URLS: dict[str, tuple[str, str, str | None]] = {
    "v5": ("/v5/public/linear", "/v5/private", "/v5/trade"),
    "seed": ("/perpetual/ws/v1/realtime_public", "/trade/option/usdc/private/v1", None),
}
