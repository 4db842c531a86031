"""``OkxSender``: orders of ``ws.orders`` that end together, by batches over REST."""

from __future__ import annotations

from typing import Any

import pytest
import responses

from okx_sync import Config, Credentials, OkxAuthError, OkxClient
from okx_sync.exchanges.okx.order_sender import OkxSender
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.state.orders.order_state import OrderState

HOST = "https://openapi.okx.com"


def _sending(client: OkxClient) -> StreamOrders:
    def never(*_args: Any, **_options: Any) -> Any:
        raise NotImplementedError

    trade: Any = client.trade
    sender = OkxSender(trade)
    return StreamOrders(never, "private", "orders", "fills", sender)


CANCEL = f"{HOST}/api/v5/trade/cancel-batch-orders"


def _open(*inst_ids: str) -> list[OrderState]:
    return [OrderState(inst_id=inst_id, order_id=str(number)) for number, inst_id in enumerate(inst_ids, 1)]


def test_an_order_that_cannot_be_sent_keeps_no_other() -> None:
    """The others are canceled all the same; it alone is told as not sent."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    answers = [{"code": "0", "data": [{"ordId": number, "sCode": "0"}]} for number in ("1", "3")]
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        for answer in answers:
            okx.post(CANCEL, json=answer)
        told = _sending(client).cancel_many(_open("BTC-USDT", "", "ETH-USDT"))
    assert [verdict for verdict, _ in told] == ["accepted", "not_sent", "accepted"]


def test_a_refused_login_leaves_no_batch_untold() -> None:
    """What was canceled before is told; only when it is the first, it is raised."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    rows = [{"ordId": str(number), "sCode": "0"} for number in range(1, 21)]
    no_login = {"code": "50111", "msg": "Invalid OK-ACCESS-KEY", "data": []}
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.post(CANCEL, json={"code": "0", "data": rows})
        okx.post(CANCEL, json=no_login)
        told = _sending(client).cancel_many(_open(*["BTC-USDT"] * 22))
        assert [verdict for verdict, _ in told] == ["accepted"] * 20 + ["not_sent"] * 2
        okx.post(CANCEL, json=no_login)
        with pytest.raises(OkxAuthError):
            _sending(client).cancel_many(_open("BTC-USDT"))


def test_an_id_that_cannot_be_read_is_no_failure() -> None:
    """Rows are of the orders in whose places they were put, whatever their ids look like."""
    config = Config(credentials=Credentials("key", "secret", "pass"))
    with OkxClient(config) as client, responses.RequestsMock() as okx:
        okx.post(CANCEL, json={"code": "0", "data": [{"ordId": ["1"], "sCode": "0"}, {"ordId": "2", "sCode": "51400"}]})
        told = _sending(client).cancel_many(_open("BTC-USDT", "BTC-USDT"))
    assert [verdict for verdict, _ in told] == ["accepted", "gone"]
