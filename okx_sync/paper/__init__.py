"""The paper exchange: an embedded OKX for tests, demos and samples, with real sockets and no network.

Needs the extra: `pip install okx_sync[paper]`. Names are loaded when first used, so that pytest can
load the plugin in this package where the extra is not installed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okx_sync.paper.exchange import PaperExchange
    from okx_sync.paper.people import PaperAccount
    from okx_sync.paper.server.faults import Faults
    from okx_sync.paper.server.journal import Connection, Frame, Request
    from okx_sync.paper.venue.clock import PaperClock

__all__ = ["Connection", "Faults", "Frame", "PaperAccount", "PaperClock", "PaperExchange", "Request"]

_HOMES = {
    "Connection": "server.journal",
    "Faults": "server.faults",
    "Frame": "server.journal",
    "PaperAccount": "people",
    "PaperClock": "venue.clock",
    "PaperExchange": "exchange",
    "Request": "server.journal",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{home}"), name)
    except ModuleNotFoundError as problem:
        raise ImportError(f"the paper exchange needs an extra: pip install okx_sync[paper] ({problem})") from problem
