"""Where the toy exchange lives: two addresses, which the caller gives."""

from __future__ import annotations

from typing import Final, Literal

Path = Literal["market", "account"]
ROUTES: Final[dict[str, str]] = {"market": "/market", "account": "/account"}


def address(host: str, path: str) -> str:
    """The WebSocket URL of a path."""
    return f"{host}{ROUTES[path]}"
