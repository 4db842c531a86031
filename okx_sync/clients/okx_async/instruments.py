"""``client.instruments``, awaitable: trading rules are loaded when first needed, which takes a request."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.state.instruments import Instruments

__all__ = ["AsyncInstruments"]


class AsyncInstruments(AsyncTwin[Instruments]):
    """``spec = await client.instruments.get("BTC-USDT")``. What asks nobody is in ``client.sync.instruments``."""

    get = awaitable(Instruments.get)
    code = awaitable(Instruments.code)
    all = awaitable(Instruments.all)
    refresh = awaitable(Instruments.refresh)
