"""``OkxSender``: orders of ``ws.orders`` that end together, by batches over REST, and what orders bring with them."""

from __future__ import annotations

from typing import Any

import pytest
import responses

from okx_sync import Config, ConfigError, Credentials, OkxAuthError, OkxClient
from okx_sync.algo_types import TriggerPrice
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


def _attached(**words: Any) -> Any:
    """What an order with these words says of those that it brings with it, as it goes out."""
    sent: list[Any] = []

    class Client:
        def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
            assert (word, args[0]) == ("order", "BTC-USDT-SWAP")
            sent.append(options)

    client: Any = Client()
    order = {"inst_id": "BTC-USDT-SWAP", "side": "buy", "size": 1, "price": 60000, "td_mode": "cross"}
    new = OkxSender(client).new_order({**order, **words}, iter(("order", "both")).__next__)
    assert [one.client_order_id for one in new.attached] in ([], ["order"], ["both"])
    return sent[0].get("attach_algo_ords")


def test_both_sides_of_an_order_are_one_algo_order_with_an_id_of_ours() -> None:
    """By that id the algo order is known that OKX makes once the order is filled; -1 is at market."""
    (both,) = _attached(take_profit=66000, stop_loss=TriggerPrice(58000, by="mark", limit=57900))
    assert both.pop("attach_algo_cl_ord_id") in ("order", "both")
    assert both == {
        "tp_trigger_px": 66000, "tp_trigger_px_type": "last", "tp_ord_px": -1,
        "sl_trigger_px": 58000, "sl_trigger_px_type": "mark", "sl_ord_px": 57900,
    }  # fmt: skip
    (one,) = _attached(stop_loss="58000")
    assert set(one) == {"attach_algo_cl_ord_id", "sl_trigger_px", "sl_trigger_px_type", "sl_ord_px"}
    assert _attached() is None


def test_what_an_order_brings_is_said_once() -> None:
    """In neutral words or in OKX's own, and on the right side of its price."""
    own = [{"tp_trigger_px": 66000, "tp_ord_px": -1}]
    assert _attached(attach_algo_ords=own) == own
    with pytest.raises(ConfigError, match="attach_algo_ords say the same"):
        _attached(attach_algo_ords=own, stop_loss=58000)
    with pytest.raises(ConfigError, match="stop_loss 61000 must be below"):
        _attached(stop_loss=61000)
