"""All groups of Bybit's REST API as attributes of one object; the client is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from okx_sync.exchanges.groups import LateGroup, LateGroups

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.market.rest import Market
    from okx_sync.rest import Endpoint

__all__ = ["BybitGroups", "find_endpoint"]

_ORDERS: Final = "/v5/order/"


class BybitGroups(LateGroups):
    """The groups, each carried out by ``carrier``."""

    market: LateGroup[Market] = LateGroup("okx_sync.exchanges.bybit.market.rest", "Market", "/v5/market/")


def find_endpoint(method: str, path: str) -> Endpoint | None:
    """Return the declared endpoint of a path; None when there is none.

    Those of orders are known too, so that an answer that is lost is told as what it is.
    """
    if path.startswith(_ORDERS):
        from okx_sync.exchanges.bybit.trade.rest import Trade

        return next((one for one in Trade.endpoints if (one.method, one.path) == (method, path)), None)
    return BybitGroups.find_endpoint(method, path)
