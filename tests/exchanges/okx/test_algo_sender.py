"""``OkxAlgoSender``: what goes out for the end and the changes of algo orders, and what is refused before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import responses

from okx_sync import Config, ConfigError, Credentials, DryRun, OkxApiError, OkxClient, OrderStatusUnknown, ReadOnlyError
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.okx.algo.models import AlgoOrder
from okx_sync.exchanges.okx.algo_sender import OkxAlgoSender
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.state.orders.algo_state import AlgoState

HOST = "https://openapi.okx.com"
STOP = TriggerPrice(58000, by="mark", limit=57900)
WORDS = {"kind": "conditional", "inst_id": "BTC-USDT-SWAP", "side": "sell", "size": 1, "td_mode": "cross"}


class Parent:
    """The client that changes orders."""

    def __init__(self) -> None:
        self.amended: list[Any] = []
        self.error: Exception | None = None

    def amend_order(self, *args: Any, **options: Any) -> None:
        self.amended.append((args, options))
        if self.error is not None:
            raise self.error


class Bench:
    """A sender with its REST, whose calls are kept by the end of their paths, and the client for its parents."""

    def __init__(self, client: OkxClient, okx: responses.RequestsMock) -> None:
        self.okx = okx
        self.parent = Parent()
        orders: Any = self.parent
        self.sender = OkxAlgoSender(lambda: client, orders, WriteGuard())

    def answer(self, call: str, **row: str) -> None:
        self.okx.post(f"{HOST}/api/v5/trade/{call}", json={"code": "0", "data": [{"sCode": "0", **row}]})

    @property
    def sent(self) -> Any:
        """The body of the last call."""
        return orjson.loads(self.okx.calls[-1].request.body or b"")


@pytest.fixture
def bench() -> Iterator[Bench]:
    with OkxClient(Config(credentials=Credentials("key", "secret", "pass"))) as client, responses.RequestsMock() as okx:
        yield Bench(client, okx)


def algo(status: Any = "armed", **facts: Any) -> AlgoState:
    """An algo order."""
    ids = {"attached_id": "70", "parent_order_id": "7"} if status == "attached" else {"algo_id": "90"}
    return AlgoState(
        inst_id="BTC-USDT-SWAP", status=status, **{"kind": "oco", "client_order_id": "mine", **ids, **facts}
    )


# -- placing -------------------------------------------------------------------------------------------------------


def test_a_client_that_may_not_send_is_told_before_there_is_a_record() -> None:
    """With what would have been sent, in a dry run."""
    rest: Any = None
    sender = OkxAlgoSender(rest, rest, WriteGuard(read_only=True))
    with pytest.raises(ReadOnlyError, match="order-algo"):
        sender.new_algo({**WORDS, "stop_loss": 58000})
    with pytest.raises(DryRun, match="order-algo") as caught:
        OkxAlgoSender(rest, rest, WriteGuard(dry_run=True)).new_algo({**WORDS, "stop_loss": 58000})
    assert '"slTriggerPx":"58000"' in caught.value.body


def test_placing_tells_the_id(bench: Bench) -> None:
    """The words that were checked are those that go out."""
    bench.answer("order-algo", algoId="90")
    assert bench.sender.place_algo(bench.sender.new_algo({**WORDS, "stop_loss": STOP})) == "90"
    assert bench.sent["slOrdPx"] == "57900"
    assert len(bench.sent["algoClOrdId"]) == 32


# -- ending --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "body"),
    [({}, {"algoId": "90"}), ({"algo_id": None, "status": "unknown"}, {"algoClOrdId": "mine"})],
)
def test_it_is_named_by_one_of_its_ids(bench: Bench, facts: dict[str, Any], body: dict[str, str]) -> None:
    """OKX's if that is known."""
    bench.answer("cancel-algos")
    assert bench.sender.cancel_algo(algo(**facts))
    assert bench.sent == [{"instId": "BTC-USDT-SWAP", **body}]


def test_the_word_on_an_end(bench: Bench) -> None:
    """Gone is False; another refusal, or no word, is raised."""
    bench.answer("cancel-algos", sCode="51400")
    assert not bench.sender.cancel_algo(algo())
    bench.answer("cancel-algos", sCode="51000", sMsg="Parameter algoId error")
    with pytest.raises(OkxApiError, match="algoId"):
        bench.sender.cancel_algo(algo())
    bench.okx.post(f"{HOST}/api/v5/trade/cancel-algos", json={"code": "0", "data": []})
    with pytest.raises(OrderStatusUnknown):
        bench.sender.cancel_algo(algo())
    with pytest.raises(ConfigError, match="has not told its id"):
        bench.sender.cancel_algo(algo(algo_id=None, client_order_id=None))


def test_what_is_attached_is_taken_from_its_order(bench: Bench) -> None:
    """Both sides, or the one that it has; a trailing stop cannot be."""
    assert bench.sender.cancel_algo(algo("attached"))
    assert bench.sender.cancel_algo(algo("attached", leg="stop_loss", kind="conditional", attached_id=None))
    first, second = bench.parent.amended
    assert first == (
        ("BTC-USDT-SWAP", "7", None),
        {"attach_algo_ords": [{"attach_algo_id": "70", "new_tp_trigger_px": 0, "new_sl_trigger_px": 0}]},
    )
    assert second[1] == {"attach_algo_ords": [{"attach_algo_cl_ord_id": "mine", "new_sl_trigger_px": 0}]}
    with pytest.raises(ConfigError, match="cancel the order"):
        bench.sender.cancel_algo(algo("attached", kind="trailing_stop"))
    bench.parent.error = OkxApiError("gone", code="51503")
    assert not bench.sender.cancel_algo(algo("attached"))
    bench.parent.error = OkxApiError("no", code="51000")
    with pytest.raises(OkxApiError):
        bench.sender.cancel_algo(algo("attached"))


# -- changing ------------------------------------------------------------------------------------------------------

ARMED = {"newTpTriggerPx": "66000", "newTpTriggerPxType": "last", "newTpOrdPx": "-1"}


@pytest.mark.parametrize(
    ("facts", "changes", "body"),
    [
        ({"stop_loss": STOP}, {"take_profit": TriggerPrice(66000), "req_id": "r"}, {**ARMED, "reqId": "r"}),
        ({"stop_loss": STOP, "take_profit": STOP}, {"stop_loss": 0, "size": 3}, {"newSlTriggerPx": "0", "newSz": "3"}),
        ({"algo_id": None}, {"size": 3}, {"newSz": "3"}),
        (
            {"kind": "trigger", "trigger": TriggerPrice(64000, by="index", limit=64100)},
            {"size": 2},
            {"newTriggerPx": "64000", "newTriggerPxType": "index", "newOrdPx": "64100", "newSz": "2"},
        ),
        (
            {"kind": "trigger", "trigger": TriggerPrice(64000)},
            {"price": 64200, "stop_loss": STOP},
            {"newTriggerPx": "64000", "newTriggerPxType": "last", "newOrdPx": "64200"}
            | {"attachAlgoOrds": [{"newSlTriggerPx": "58000", "newSlTriggerPxType": "mark", "newSlOrdPx": "57900"}]},
        ),
        (
            {"kind": "trigger", "trigger": TriggerPrice(64000), "raw": AlgoOrder(advanceOrdType="chase")},
            {"trigger": TriggerPrice(63000)},
            {"newTriggerPx": "63000", "newTriggerPxType": "last"},
        ),
        ({"kind": "trigger"}, {"new_trigger_px": 1, "new_ord_px": 2}, {"newTriggerPx": "1", "newOrdPx": "2"}),
    ],
)
def test_what_waits_is_changed(
    bench: Bench, facts: dict[str, Any], changes: dict[str, Any], body: dict[str, Any]
) -> None:
    """Only what changes; of a trigger its prices in any case, which OKX wants to hear."""
    bench.answer("amend-algos")
    bench.sender.amend_algo(algo(**facts), changes)
    name = {"algoClOrdId": "mine"} if "algo_id" in facts else {"algoId": "90"}
    assert bench.sent == {"instId": "BTC-USDT-SWAP", **name, **body}


def test_what_is_attached_is_changed_on_its_order(bench: Bench) -> None:
    """With the options of any change of an order."""
    change = {"take_profit": 0, "stop_loss": STOP, "timeout": 3, "cxl_on_fail": True}
    bench.sender.amend_algo(algo("attached", take_profit=STOP), change)
    row = {"attach_algo_id": "70", "new_tp_trigger_px": 0, "new_sl_trigger_px": 58000}
    row |= {"new_sl_trigger_px_type": "mark", "new_sl_ord_px": 57900}
    assert bench.parent.amended[0][1] == {"attach_algo_ords": [row], "timeout": 3, "cxl_on_fail": True}


@pytest.mark.parametrize(
    ("facts", "changes", "told"),
    [
        ({"kind": "trailing_stop"}, {"size": 2}, "changes no trailing_stop"),
        ({"kind": "twap"}, {"size": 2}, "changes no twap"),
        ({"kind": "conditional", "stop_loss": STOP}, {"stop_loss": 0}, "nothing would be left"),
        ({"stop_loss": STOP, "take_profit": STOP}, {"stop_loss": 0, "take_profit": 0}, "nothing would be left"),
        ({}, {"trigger": STOP}, "trigger cannot be changed"),
        ({"status": "attached"}, {"size": 2}, "size cannot be changed"),
        ({"kind": "trigger"}, {"size": 2}, "has not told what fires it"),
        ({"kind": "trigger"}, {"trigger": STOP, "price": 1}, "limit of trigger"),
        ({"kind": "trigger", "trigger": STOP}, {"foo": 2}, "foo"),
    ],
)
def test_what_okx_does_not_change(bench: Bench, facts: dict[str, Any], changes: dict[str, Any], told: str) -> None:
    """It is told before anything is sent."""
    with pytest.raises(ConfigError, match=told):
        bench.sender.amend_algo(algo(facts.pop("status", "armed"), **facts), changes)
    assert (len(bench.okx.calls), bench.parent.amended) == (0, [])
