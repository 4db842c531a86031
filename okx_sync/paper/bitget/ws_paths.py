"""Under which URL paths Bitget's protocols are spoken."""

from __future__ import annotations

from okx_sync.paper.bitget.v3_session import BitgetV3Session
from okx_sync.paper.bitget.ws_session import BitgetSeedSession, BitgetV1Session, BitgetV2Session
from okx_sync.paper.server.channel_spec import PRIVATE, PUBLIC
from okx_sync.paper.server.ws_session import WsPath

URLS = {
    "v2": ("/v2/ws/public", "/v2/ws/private"),
    "v3": ("/v3/ws/public", "/v3/ws/private"),
    "v1": ("/mix/v1/stream", "/mix/v1/stream"),
    "seed": ("/seed/mix/v1/stream", "/seed/mix/v1/stream"),
}
"""The paths for public and private channels. The seed names the same one as V1; here it has one of its own."""

WS_PATHS = {
    "/v2/ws/public": WsPath(PUBLIC, BitgetV2Session),
    "/v2/ws/private": WsPath(PRIVATE, BitgetV2Session),
    "/v3/ws/public": WsPath(PUBLIC, BitgetV3Session),
    "/v3/ws/private": WsPath(PRIVATE, BitgetV3Session),
    "/mix/v1/stream": WsPath(PUBLIC, BitgetV1Session),
    "/seed/mix/v1/stream": WsPath(PUBLIC, BitgetSeedSession),
}
