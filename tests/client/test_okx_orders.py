"""OKX's side of ``ws.orders``: what it reads of REST."""

from __future__ import annotations

from typing import Any

import responses

from okx_sync import Config, Credentials, OkxClient
from okx_sync.client.okx_orders import OkxOrders

HOST = "https://openapi.okx.com"
ORDER = {
    "instId": "BTC-USDT", "instType": "SPOT", "ordId": "1", "state": "live", "side": "buy", "sz": "1", "px": "9",
    "accFillSz": "0", "cTime": "1700000000000", "uTime": "1700000000000",
}  # fmt: skip


def _asking(client: OkxClient) -> OkxOrders:
    def never(*_args: Any, **_options: Any) -> Any:
        raise NotImplementedError

    sender: Any = client.trade
    return OkxOrders(never, lambda: client, sender)


def test_an_open_order_that_cannot_be_read_costs_no_other() -> None:
    """The others are listed, with what can be read of them; what was wrong with it is said beside."""
    rows = [
        ORDER | {"ordId": "3", "reduceOnly": "perhaps"},
        ORDER | {"ordId": "2", "accFillSz": "NaN"},
        ORDER | {"ordId": "1"},
    ]
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/trade/orders-pending", json={"code": "0", "data": rows})
        listed = _asking(client).open_orders()
    assert [(one.order_id, one.reduce_only) for one in listed.updates] == [("1", None), ("3", None)]
    assert [error.field for error in listed.lost] == ["Order.accFillSz"]
    assert [problem.field for problem in listed.updates[1].unreadable] == ["Order.reduceOnly"]
