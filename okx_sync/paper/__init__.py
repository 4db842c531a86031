"""The paper exchange: an embedded OKX for tests, demos and samples, with real sockets and no network.

Needs the extra: `pip install 'okx_sync[paper]'`. Without it every name here can be imported, and making an exchange
raises ImportError with that line. Names are loaded when first used, so that pytest can load the plugin in this package
where the extra is not installed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from okx_sync.paper.extras import missing_extra

if TYPE_CHECKING:
    from okx_sync.paper.default_accounts import PaperAccount
    from okx_sync.paper.exchange import PaperExchange
    from okx_sync.paper.rules import PaperRules
    from okx_sync.paper.server.faults import Faults
    from okx_sync.paper.server.journal import Connection, Frame, Request
    from okx_sync.paper.server.limits import SocketLimits
    from okx_sync.paper.venue.clock import PaperClock

__all__ = [
    "Connection",
    "Faults",
    "Frame",
    "PaperAccount",
    "PaperClock",
    "PaperExchange",
    "PaperRules",
    "Request",
    "SocketLimits",
]

_HOMES = {
    "Connection": "server.journal",
    "Faults": "server.faults",
    "Frame": "server.journal",
    "PaperAccount": "default_accounts",
    "PaperClock": "venue.clock",
    "PaperExchange": "exchange",
    "PaperRules": "rules",
    "Request": "server.journal",
    "SocketLimits": "server.limits",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{home}"), name)
    except ModuleNotFoundError as problem:
        if (problem.name or "").startswith("okx_sync"):
            raise
        return _stand_in(name, problem)


def _stand_in(name: str, problem: ModuleNotFoundError) -> type:
    """Return a class that can be imported, named and subclassed like the real one, but not made."""

    def __new__(_cls: type, *_: object, **__: object) -> Any:  # noqa: N807  this is what Python calls it
        raise missing_extra(problem)

    return type(name, (), {"__new__": __new__, "__module__": __name__, "__doc__": str(missing_extra(problem))})
