"""Closing positions: what is meant, one outcome for each, and waiting for the end of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import (
    ConfigError,
    ConnectionLost,
    DryRun,
    OkxApiError,
    OkxError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.state.orders.close_position import (
    ClosePositionResult,
    CloseReceipt,
    CloseRequest,
    PreparedClose,
    PreparedCloses,
    closed,
)
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import OrderUpdate, PositionUpdate
from tests.each_case import each_case
from tests.state.orders.sender import Sender

BTC = "BTC-USDT-SWAP"
LONG = PositionUpdate(inst_id=BTC, size=Decimal(5), side="long", margin_mode="cross")
SHORT = PositionUpdate(inst_id=BTC, size=Decimal(-5), side="short", margin_mode="isolated")
NET = PositionUpdate(inst_id=BTC, size=Decimal(-5), side="net", margin_mode="cross")


def request(**words: Any) -> CloseRequest:
    given: dict[str, Any] = {
        "position_side": None,
        "margin_mode": None,
        "size": None,
        "client_order_id": None,
        "options": {},
    }
    return CloseRequest.of(**{"inst_id": BTC, **given, **words})


@each_case(
    "words",
    [
        {"inst_id": ""},
        {"inst_id": 7},
        {"position_side": "up"},
        {"margin_mode": "crossed"},
        {"size": 0},
        {"size": "-1"},
        {"size": 0.5},
    ],
)
def test_what_cannot_be_right(words: dict[str, Any]) -> None:
    """It is refused before anybody is asked for a position."""
    with pytest.raises(ConfigError):
        request(**words)


@each_case(
    ("words", "meant"),
    [
        ({}, [LONG, SHORT, NET]),
        ({"position_side": "long"}, [LONG]),
        ({"position_side": "short"}, [SHORT, NET]),
        ({"position_side": "net"}, [NET]),
        ({"margin_mode": "isolated"}, [SHORT]),
        ({"position_side": "long", "margin_mode": "isolated"}, []),
    ],
)
def test_which_positions_are_meant(words: dict[str, Any], meant: list[PositionUpdate]) -> None:
    """A net one is long or short by its sign; one that is closed is none."""
    flat = PositionUpdate(inst_id=BTC, size=Decimal(0))
    assert [one for one in (LONG, SHORT, NET, flat) if request(**words).means(one)] == meant


def closing(
    outcome: OkxError | Sequence[CloseReceipt], position: PositionUpdate = LONG, own_id: str = "mine"
) -> PreparedClose:
    """A closing whose sending has this outcome; without an id of ours the exchange chooses one."""

    def send() -> Sequence[CloseReceipt]:
        if isinstance(outcome, OkxError):
            raise outcome
        return outcome

    order = PreparedOrder(inst_id=BTC, side="sell", size=Decimal(5), order_type="market", client_order_id=own_id)
    return PreparedClose(position=position, order=order, is_named=bool(own_id), send=send, nothing={"51023"})


def close_all(
    *each: PreparedClose, positions: Callable[[], PositionMonitor | None] = lambda: None
) -> tuple[ClosePositionResult, OrderManager, Sender]:
    actions = Sender()
    manager = OrderManager(actions=actions)
    return closed(manager, actions, PreparedCloses(each=each, positions=positions)), manager, actions


LOST = OrderStatusUnknown("no answer", clOrdId="mine")


@each_case(
    ("outcome", "verdict", "status"),
    [
        ([CloseReceipt(order_id="7")], "accepted", "pending"),
        (LOST, "unknown", "unknown"),
        (OkxApiError("no position", code="51023"), "gone", "rejected"),
        (OkxApiError("no", code="51115"), "refused", "rejected"),
        (ConnectionLost("down"), "not_sent", "rejected"),
    ],
)
def test_an_order_with_an_id_of_ours(outcome: Any, verdict: str, status: str) -> None:
    """It is known before it is sent, and is what became of it; one in doubt is looked up."""
    result, manager, actions = close_all(closing(outcome))
    (one,) = result
    assert (one.verdict, one.order, one.ok) == (verdict, manager["mine"], verdict in ("accepted", "gone"))
    assert one.error is (outcome if isinstance(outcome, OkxError) else None)
    assert manager["mine"].status == status
    assert actions.settled == ([manager["mine"]] if status == "unknown" else [])
    assert result.ok == one.ok == bool(result)
    assert result.is_done == (verdict not in ("accepted", "unknown"))


def test_an_order_that_the_exchange_names() -> None:
    """One outcome for each row: its order by the ids of the receipt, none for a refusal or a lost answer."""
    refusal = OkxApiError("no", code="1")
    rows = [CloseReceipt(order_id="7", client_order_id="theirs"), CloseReceipt(error=refusal)]
    result, manager, _ = close_all(closing(rows, own_id=""), closing(LOST, SHORT, own_id=""))
    assert [one.verdict for one in result] == ["accepted", "refused", "unknown"]
    assert result.orders == (manager["7"],)
    assert manager["theirs"].size == 5
    assert [one.error for one in result.failed] == [refusal, LOST]
    assert not result.is_done


def test_an_order_that_is_accepted_without_an_id_is_looked_up() -> None:
    """Nobody has told what the exchange calls it."""
    _, manager, actions = close_all(closing([CloseReceipt()]))
    assert actions.settled == [manager["mine"]]


def test_what_forbids_all_of_it() -> None:
    """It is raised where nothing was sent, and told where something was."""
    with pytest.raises(ReadOnlyError):
        close_all(closing(ReadOnlyError("no")))
    dry = DryRun("dry", method="POST", path="/", body="")
    result, _, _ = close_all(closing([CloseReceipt(order_id="7")]), closing(dry, SHORT, own_id="other"))
    assert [one.verdict for one in result] == ["accepted", "not_sent"]


def test_nothing_to_close_is_no_failure() -> None:
    """No outcome, true, and nothing to wait for."""
    result, _, _ = close_all()
    assert (len(result), result.ok, result.is_done) == (0, True, True)
    assert result.wait_done(0)
    assert result.wait_until(lambda now: now.is_done, 0)
    assert not result.wait_until(lambda now: not now.is_done, 0)


def test_waiting_for_the_end() -> None:
    """For the orders, and for positions where they are followed: not before both are told."""
    monitor = PositionMonitor()
    monitor.apply_snapshot([LONG])
    result, manager, _ = close_all(closing([CloseReceipt(order_id="7")]), positions=lambda: monitor)
    assert (result.wait_done(0), result.wait_flat(0), result.is_flat) == (False, False, False)
    waiting = threading.Thread(target=result.wait_flat, args=(20,))
    waiting.start()
    manager.apply(OrderUpdate(inst_id=BTC, order_id="7", status="filled", filled=Decimal(5)))
    assert result.wait_done(0)
    assert not result.wait_flat(0)
    monitor.apply(PositionUpdate(inst_id=BTC, size=Decimal(0), side="long", margin_mode="cross"))
    waiting.join(20)
    assert not waiting.is_alive()
    assert result.wait_until(lambda now: now.is_flat, 0)


def test_positions_tell_what_no_order_does() -> None:
    """An answer that was lost, and named no order, keeps nobody waiting once the position is gone."""
    monitor = PositionMonitor()
    monitor.apply_snapshot([LONG])
    result, _, _ = close_all(closing(LOST, own_id=""), positions=lambda: monitor)
    assert not result.wait_flat(0)
    monitor.apply(PositionUpdate(inst_id=BTC, size=Decimal(0), side="long", margin_mode="cross"))
    assert result.wait_flat(0)
    assert (result.is_done, result.ok) == (False, False)


def test_nobody_follows_positions() -> None:
    """Then it is not known whether they are gone."""
    result, _, _ = close_all(closing([CloseReceipt(order_id="7")]))
    assert result.is_flat is None
    with pytest.raises(ConfigError, match="positions"):
        result.wait_flat(0)


def test_what_the_manager_asks_for() -> None:
    """The request as it was given, checked; a manager that only listens cannot close anything."""
    sender = Sender()
    sender.closes = [closing([CloseReceipt(order_id="7")])]
    manager = OrderManager(actions=sender)
    result = manager.close_position(BTC, position_side="long", size="2", client_order_id="mine", tag="t", ccy=None)
    assert sender.asked == [request(position_side="long", size=2, client_order_id="mine", options={"tag": "t"})]
    assert result.orders == (manager["mine"],)
    with pytest.raises(ConfigError, match="listens"):
        OrderManager().close_position(BTC)
