"""The URL paths of Bybit's WebSocket sessions. Faults and the journal know a path without its first slash."""

from __future__ import annotations

from okx_sync.paper.bybit.order_entry import BybitV5OrderSession
from okx_sync.paper.bybit.seed_ws_session import BybitSeedPrivateSession, BybitSeedPublicSession
from okx_sync.paper.bybit.v5_ws_session import (
    BybitV5EarnSession,
    BybitV5PrivateSession,
    BybitV5PublicSession,
    BybitV5RfqSession,
    BybitV5SpotSession,
    BybitV5SpreadSession,
    BybitV5StatusSession,
)
from okx_sync.paper.bybit.ws_session import BybitWsSession
from okx_sync.paper.server.ws_session import WsPath

SESSIONS: dict[str, type[BybitWsSession]] = {
    "v5/public/linear": BybitV5PublicSession,
    "v5/public/spot": BybitV5SpotSession,
    "v5/public/misc/status": BybitV5StatusSession,
    "v5/public/spread": BybitV5SpreadSession,
    "v5/public/rfq": BybitV5RfqSession,
    "v5/public/fp": BybitV5EarnSession,
    "v5/private": BybitV5PrivateSession,
    "v5/trade": BybitV5OrderSession,
    "perpetual/ws/v1/realtime_public": BybitSeedPublicSession,
    "trade/option/usdc/private/v1": BybitSeedPrivateSession,
}
WS_PATHS = {f"/{path}": WsPath(path, session) for path, session in SESSIONS.items()}
#: The paths of each protocol: public (by product), private, where orders go (the older one takes none over a socket).
URLS: dict[str, tuple[str, str, str | None]] = {
    "v5": ("/v5/public/{category}", "/v5/private", "/v5/trade"),
    "seed": ("/perpetual/ws/v1/realtime_public", "/trade/option/usdc/private/v1", None),
}
#: Products that have public data of their own.
CATEGORIES = ("linear", "spot")
