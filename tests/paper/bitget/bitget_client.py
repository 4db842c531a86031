"""A neutral client for Bitget's wire, and an account's orders placed at the venue itself."""

from __future__ import annotations

import time
from typing import Any

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import WireClient, signature

PATHS = {
    "public": "/v2/ws/public",
    "private": "/v2/ws/private",
    "v1": "/mix/v1/stream",
    "seed": "/seed/mix/v1/stream",
}
V2 = {"instType": "USDT-FUTURES"}
UMCBL = {"instType": "UMCBL", "instId": "default"}
FUTURES = {"instType": "FUTURES"}
SWAP = "BTC-USDT-SWAP"


def login_frame(name: str = "alice", *, timestamp: str | None = None, **changes: str) -> dict[str, Any]:
    """The login of a default account; keyword arguments replace fields."""
    at = timestamp if timestamp is not None else str(int(time.time()))
    fields = {
        "apiKey": f"paper-{name}-key",
        "passphrase": f"paper-{name}-pass",
        "timestamp": at,
        "sign": signature(f"paper-{name}-secret", at + "GET/user/verify"),
    }
    return {"op": "login", "args": [fields | changes]}


class BitgetClient(WireClient):
    """One WebSocket to one of Bitget's paths, logged in when a `login` name is given."""

    def __init__(self, paper: PaperExchange, path: str = "public", login: str = "") -> None:
        before = len(paper.connections)
        super().__init__(paper, paper.bitget_url(PATHS[path]))
        # The handshake is answered a moment before the connection is on record.
        assert paper.wait_for(lambda: len(paper.connections) > before)
        if login:
            self.send(login_frame(login, timestamp=str(int(paper.clock.now()))))
            assert str(self.until_event("login")["code"]) == "0"

    def first(self, channel: str, **arg: str) -> list[Any]:
        """Subscribe, and the rows of the first push."""
        self.subscribe(channel, **arg)
        rows: list[Any] = self.until_push(channel)["data"]
        return rows

    def refusal(self, channel: str, **arg: str) -> dict[str, Any]:
        """Subscribe, and the error that comes instead of an ack."""
        self.ask("subscribe", {"channel": channel, **arg})
        return self.until_event("error")


def place(paper: PaperExchange, side: str, sz: str, px: str = "", **more: Any) -> str:
    """Let alice order contracts (0.01 BTC each) at the venue; the order's id."""
    kind = {"ordType": "limit", "px": px} if px else {"ordType": "market"}
    request = {"instId": SWAP, "tdMode": "cross", "side": side, "sz": sz, **kind, **more}
    ack = paper.venue.place(paper.venue.accounts[0], request)
    assert ack.ok, ack
    order_id: str = ack.ordId
    return order_id
