"""Which toy exchange, and as whom."""

from __future__ import annotations

from attrs import field, frozen

from okx_sync.credentials import Credentials
from okx_sync.exchanges.settings import check_url, check_way
from tests.toyexchange.urls import address


@frozen(repr=False)
class ToyConfig:
    """Settings. ``host``: ``ws://127.0.0.1:port``. Raises ``ConfigError`` for what cannot be right."""

    host: str = field()
    credentials: Credentials | None = None
    timeout_secs: float = 10

    def __attrs_post_init__(self) -> None:
        check_url("host", self.host)
        check_way(self.credentials, self.timeout_secs, None, None)

    def __repr__(self) -> str:
        return f"ToyConfig(host={self.host!r}, credentials={self.credentials!r})"

    def ws_url(self, path: str) -> str:
        """The WebSocket URL of ``"market"`` or ``"account"``."""
        return address(self.host, path)
