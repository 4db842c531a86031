"""AsyncBitgetClient.spot and .common: the calls and listings of their synchronous twins, awaited."""

from __future__ import annotations

from decimal import Decimal

import pytest
import responses

from okx_sync import AsyncBitgetClient, BitgetConfig, OkxError
from okx_sync.clients.bitget_async_spot import AsyncCommon, AsyncSpot
from okx_sync.exchanges.bitget.common.rest import Common
from okx_sync.exchanges.bitget.spot.rest import Spot
from tests.clients.okx_async.event_loops import run
from tests.exchanges.bitget.rest_server import HOST, KEY, ok


def test_spot_is_awaited() -> None:
    """A named call, a listing, and the end."""

    async def main() -> None:
        async with AsyncBitgetClient(BitgetConfig(KEY)) as client:
            assert (await client.spot.get_tickers())[0].lastPr == Decimal("1.5")
            assert [row.orderId async for row in client.spot.iter_open_orders()] == ["1"]
            assert (await client.common.get_server_time()).serverTime == 5
        with pytest.raises(OkxError, match="closed"):
            await client.spot.get_tickers()

    with responses.RequestsMock() as server:
        server.get(f"{HOST}/api/v2/spot/market/tickers", json=ok([{"lastPr": "1.5"}]))
        server.get(f"{HOST}/api/v2/spot/trade/unfilled-orders", json=ok([{"orderId": "1"}]))
        server.get(f"{HOST}/api/v2/spot/trade/unfilled-orders", json=ok(None))
        server.get(f"{HOST}/api/v2/public/time", json=ok({"serverTime": "5"}))
        run(main())


@pytest.mark.parametrize(("twin", "group"), [(AsyncSpot, Spot), (AsyncCommon, Common)])
def test_no_method_is_left_out(twin: type, group: type) -> None:
    """Each call and each listing."""
    public = {name for part in group.__mro__ for name in vars(part) if not name.startswith("_")} - {"name", "endpoints"}
    assert {name for name in vars(twin) if not name.startswith("_")} == public
