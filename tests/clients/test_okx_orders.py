"""OKX's side of ``ws.orders``: what it reads of REST."""

from __future__ import annotations

import re
from typing import Any

import pytest
import responses

from okx_sync import Config, ConfigError, Credentials, OkxAuthError, OkxClient
from okx_sync.clients.okx_orders import OkxOrders
from okx_sync.state.orders.order_state import OrderState

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


CANCEL = f"{HOST}/api/v5/trade/cancel-batch-orders"


def _open(*inst_ids: str) -> list[OrderState]:
    return [OrderState(inst_id=inst_id, order_id=str(number)) for number, inst_id in enumerate(inst_ids, 1)]


def test_a_time_that_cannot_be_read_hides_no_open_order() -> None:
    """Else one odd row kept all the others from being listed, and canceled."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/trade/orders-pending", json={"code": "0", "data": [ORDER | {"cTime": "noon"}]})
        listed = _asking(client).open_orders()
    assert [one.order_id for one in listed.updates] == ["1"]
    assert listed.lost == ()


def test_an_instrument_that_does_not_exist_has_no_list() -> None:
    """The exchange tells "none" of a misspelt name as well: that must not read as "nothing is open any more"."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/trade/orders-pending", json={"code": "0", "data": []})
        okx.get(re.compile(f"{HOST}/api/v5/(public|market|sprd).*"), json={"code": "0", "data": []})
        with pytest.raises(ConfigError, match="BTC-USTD"):
            _asking(client).open_orders("BTC-USTD")


def test_an_order_that_cannot_be_sent_keeps_no_other() -> None:
    """The others are canceled all the same; it alone is told as not sent."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    answers = [{"code": "0", "data": [{"ordId": number, "sCode": "0"}]} for number in ("1", "3")]
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        for answer in answers:
            okx.post(CANCEL, json=answer)
        told = _asking(client).cancel_many(_open("BTC-USDT", "", "ETH-USDT"))
    assert [verdict for verdict, _ in told] == ["accepted", "not_sent", "accepted"]


def test_a_refused_login_leaves_no_batch_untold() -> None:
    """What was canceled before is told; only when it is the first, it is raised."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    rows = [{"ordId": str(number), "sCode": "0"} for number in range(1, 21)]
    no_login = {"code": "50111", "msg": "Invalid OK-ACCESS-KEY", "data": []}
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.post(CANCEL, json={"code": "0", "data": rows})
        okx.post(CANCEL, json=no_login)
        told = _asking(client).cancel_many(_open(*["BTC-USDT"] * 22))
        assert [verdict for verdict, _ in told] == ["accepted"] * 20 + ["not_sent"] * 2
        okx.post(CANCEL, json=no_login)
        with pytest.raises(OkxAuthError):
            _asking(client).cancel_many(_open("BTC-USDT"))


def test_an_id_that_cannot_be_read_is_no_failure() -> None:
    """Rows are of the orders in whose places they were put, whatever their ids look like."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.post(CANCEL, json={"code": "0", "data": [{"ordId": ["1"], "sCode": "0"}, {"ordId": "2", "sCode": "51400"}]})
        told = _asking(client).cancel_many(_open("BTC-USDT", "BTC-USDT"))
    assert [verdict for verdict, _ in told] == ["accepted", "gone"]
