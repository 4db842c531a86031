"""AsyncBybitClient and AsyncBitgetClient: the calls of their synchronous twins, awaited."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
import responses

from okx_sync import AsyncBitgetClient, AsyncBybitClient, BitgetConfig, BybitClient, BybitConfig, Credentials, OkxError
from okx_sync.clients.bitget_async_uta import AsyncUta
from okx_sync.exchanges.bitget.uta.rest import Uta
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


def test_no_method_is_left_out() -> None:
    """The groups have each call and each listing of their twins, of all the parts that they are put together from."""
    assert calls_of(AsyncUta) == calls_of(Uta)
    with BybitClient() as sync:
        client = AsyncBybitClient()
        for name in {one.group for one in BybitClient.endpoints()}:
            assert calls_of(type(getattr(client, name))) == calls_of(type(getattr(sync, name))), name
        run(client.aclose())


def calls_of(group: type) -> set[str]:
    """The calls and listings of a group, whichever of its bases has them."""
    return {name for name in dir(group) if not name.startswith("_")} - {"endpoints", "name"}
