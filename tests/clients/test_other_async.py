"""AsyncBybitClient and AsyncBitgetClient: the calls of their synchronous twins, awaited."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
import responses

from okx_sync import AsyncBitgetClient, AsyncBybitClient, BitgetConfig, BybitClient, BybitConfig, Credentials, OkxError
from okx_sync.clients.bitget_async_uta import AsyncUta
from okx_sync.clients.bybit_async import AsyncMarket
from okx_sync.exchanges.bitget.uta.rest import Uta
from okx_sync.exchanges.bybit.market.rest import Market
from tests.clients.okx_async.event_loops import run

BYBIT: Final = "https://api.bybit.com/v5"
KEY: Final = Credentials("key-1234", "secret", "phrase")


def test_bybit_is_awaited() -> None:
    """A named call, a listing, any endpoint, and the kind of account; closed, it refuses."""

    async def main() -> None:
        async with AsyncBybitClient(BybitConfig(KEY)) as client:
            candles = await client.market.get_candles("BTCUSDT", "1")
            assert candles[0].openPrice == Decimal("1.5")
            assert [row.symbol async for row in client.market.iter_instruments("linear")] == ["a"]
            assert (await client.request("GET", "/v5/account/info"))[0]["unifiedMarginStatus"] == 5
            assert await client.account_kind() == "uta2"
            assert isinstance(client.sync, BybitClient)
        with pytest.raises(OkxError, match="closed"):
            await client.market.get_server_time()

    rows = [["1700000000000", "1.5", "2", "1", "1.5", "3", "4"]]
    with responses.RequestsMock() as server:
        server.get(f"{BYBIT}/market/kline", json={"retCode": 0, "retMsg": "OK", "result": {"list": rows}})
        listed = {"list": [{"symbol": "a"}], "nextPageCursor": ""}
        server.get(f"{BYBIT}/market/instruments-info", json={"retCode": 0, "retMsg": "OK", "result": listed})
        server.get(f"{BYBIT}/account/info", json={"retCode": 0, "retMsg": "OK", "result": {"unifiedMarginStatus": 5}})
        run(main())


def test_bitget_is_awaited() -> None:
    """Any endpoint, and the kind of account."""

    async def main() -> None:
        async with AsyncBitgetClient(BitgetConfig(KEY)) as client:
            assert await client.request("GET", "/api/v3/account/settings") == [{"uid": "1"}]
            assert await client.account_kind() == "uta"

    with responses.RequestsMock() as server:
        answer = {"code": "00000", "msg": "success", "data": {"uid": "1"}}
        server.get("https://api.bitget.com/api/v3/account/settings", json=answer)
        run(main())


@pytest.mark.parametrize(("twin", "group"), [(AsyncMarket, Market), (AsyncUta, Uta)])
def test_no_method_is_left_out(twin: type, group: type) -> None:
    """The group has each call and each listing of its twin, of all the parts that it is put together from."""
    public = {name for name in dir(group) if not name.startswith("_")} - {"name", "endpoints"}
    assert {name for name in vars(twin) if not name.startswith("_")} == public
