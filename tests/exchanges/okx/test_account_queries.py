"""``OkxAccountQueries``: what a stream client reads of OKX's REST."""

from __future__ import annotations

import re

import pytest
import responses

from okx_sync import Config, ConfigError, Credentials, OkxClient
from okx_sync.exchanges.okx.account_queries import OkxAccountQueries

HOST = "https://openapi.okx.com"
ORDER = {
    "instId": "BTC-USDT", "instType": "SPOT", "ordId": "1", "state": "live", "side": "buy", "sz": "1", "px": "9",
    "accFillSz": "0", "cTime": "1700000000000", "uTime": "1700000000000",
}  # fmt: skip


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
        listed = OkxAccountQueries(lambda: client).open_orders()
    assert [(one.order_id, one.reduce_only) for one in listed.updates] == [("1", None), ("3", None)]
    assert [error.field for error in listed.lost] == ["Order.accFillSz"]
    assert [problem.field for problem in listed.updates[1].unreadable] == ["Order.reduceOnly"]


def test_a_time_that_cannot_be_read_hides_no_open_order() -> None:
    """Else one odd row kept all the others from being listed, and canceled."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/trade/orders-pending", json={"code": "0", "data": [ORDER | {"cTime": "noon"}]})
        listed = OkxAccountQueries(lambda: client).open_orders()
    assert [one.order_id for one in listed.updates] == ["1"]
    assert listed.lost == ()


def test_an_instrument_that_does_not_exist_has_no_list() -> None:
    """The exchange tells "none" of a misspelt name as well: that must not read as "nothing is open any more"."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.get(f"{HOST}/api/v5/trade/orders-pending", json={"code": "0", "data": []})
        okx.get(re.compile(f"{HOST}/api/v5/(public|market|sprd).*"), json={"code": "0", "data": []})
        with pytest.raises(ConfigError, match="BTC-USTD"):
            OkxAccountQueries(lambda: client).open_orders("BTC-USTD")
