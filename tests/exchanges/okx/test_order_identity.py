"""An order of the same id is not yet the order: what OKX shows must fit what is known of the request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import responses

from okx_sync import Config, ConfigError, Credentials, OkxAuthError, OkxClient, OrderLookup, OrderStatusUnknown
from okx_sync.exchanges.okx.models import Order
from okx_sync.exchanges.okx.order_lookup import FIELDS
from okx_sync.rest.order_identity import is_applied, mismatch
from tests.rest.toy_dialect import TurnedClock

HOST = "https://openapi.okx.com/api/v5/"
NOW = 1_700_000_000_000  # when the clock of these tests stands
ASKED = {"instId": "BTC-USDT", "clOrdId": "mine"}
NEW = {**ASKED, "side": "buy", "ordType": "limit", "sz": "1", "px": "5"}
SHOWN = {**NEW, "ordId": "7", "state": "live", "cTime": str(NOW + 20), "uTime": str(NOW + 20)}


def shown(**facts: Any) -> Order:
    """The order as OKX shows it."""
    return Order.from_wire({**SHOWN, **facts})


def lost(action: Any = "place", **request: Any) -> OrderStatusUnknown:
    """The error of a request that got no answer."""
    asked = {**(NEW if action == "place" else ASKED), **request}
    ids: dict[str, str] = {name: asked[name] for name in ("instId", "ordId", "clOrdId") if name in asked}
    return OrderStatusUnknown("no answer", clOrdId="mine", orders=[ids], requests=[asked], action=action, sent_at=NOW)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, None),
        ({"cTime": str(NOW - 3_600_000), "state": "filled"}, "created before"),
        ({"cTime": ""}, "does not tell when"),
        ({"side": "sell"}, "side"),
        ({"sz": "2"}, "size"),
        ({"sz": "0.4", "reduceOnly": "true"}, None),
        ({"instId": "ETH-USDT"}, "instId"),
        ({"clOrdId": "other"}, "clOrdId"),
        ({"cTime": "noon"}, "does not tell when"),
        ({"side": ["buy"], "sz": "NaN", "reduceOnly": "perhaps", "state": []}, None),
    ],
)
def test_a_new_order(facts: dict[str, Any], words: str | None) -> None:
    """It was created when the request was sent, on its instrument, its side and size, where they can be read."""
    reason = mismatch(FIELDS, shown(**facts), NEW, "place", NOW, 2_000)
    assert (reason is None) if words is None else (words in (reason or ""))


@pytest.mark.parametrize("action", ["amend", "cancel"])
def test_an_order_that_was_there(action: Any) -> None:
    """It was created before the request; where its ``ordId`` is known, nothing but that counts."""
    assert mismatch(FIELDS, shown(cTime=str(NOW - 9_000_000)), ASKED, action, NOW, 2_000) is None
    assert "after" in (mismatch(FIELDS, shown(cTime=str(NOW + 9_000)), ASKED, action, NOW, 2_000) or "")
    assert mismatch(FIELDS, shown(cTime=str(NOW + 9_000)), {**ASKED, "ordId": "7"}, action, NOW, 2_000) is None
    assert "ordId" in (mismatch(FIELDS, shown(), {**ASKED, "ordId": "8"}, action, NOW, 2_000) or "")


def test_whether_it_was_done() -> None:
    """By what the order shows; None where that cannot be seen."""
    assert is_applied(FIELDS, shown(px="6.0"), {**ASKED, "newPx": "6"}, "amend") is True
    assert is_applied(FIELDS, shown(px="6"), {**ASKED, "newPx": "6", "newSz": "2"}, "amend") is False
    assert is_applied(FIELDS, shown(), {**ASKED, "attachAlgoOrds": []}, "amend") is None
    assert is_applied(FIELDS, shown(state="canceled"), ASKED, "cancel") is True
    assert is_applied(FIELDS, shown(state="filled"), ASKED, "cancel") is False
    assert is_applied(FIELDS, shown(), NEW, "place") is True


# -- asking --------------------------------------------------------------------------------------------------


@pytest.fixture
def client() -> Iterator[OkxClient]:
    """A client whose network is replaced."""
    with OkxClient(Config(Credentials("key", "secret", "pass")), clock=TurnedClock()) as made:
        yield made


@pytest.fixture
def okx() -> Iterator[responses.RequestsMock]:
    """The network."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as network:
        yield network


def answers(okx: responses.RequestsMock, path: str, *rows: dict[str, Any], code: str = "0") -> None:
    """What OKX answers to a reading call."""
    okx.get(HOST + path, body=orjson.dumps({"code": code, "msg": "", "data": list(rows)}))


def test_the_lost_order_is_found(client: OkxClient, okx: responses.RequestsMock) -> None:
    """``lookup`` tells all of it, ``reconcile`` the order."""
    answers(okx, "trade/order", SHOWN)
    found = client.lookup(lost())
    assert isinstance(found, OrderLookup)
    assert (found.status, found.is_found, found.applied, found.other) == ("found", True, True, None)
    assert (found.asked["clOrdId"], str(found)) == ("mine", "order mine: found, live")
    assert found.order == client.reconcile(lost())


def test_an_older_order_of_the_same_id(client: OkxClient, okx: responses.RequestsMock) -> None:
    """It is not the lost one: that is not there, and the answer names the other one and the reason."""
    answers(okx, "trade/order", {**SHOWN, "cTime": str(NOW - 86_400_000), "state": "filled"})
    assert client.reconcile(lost(), timeout=0.1) is None
    assert client.reconcile_all(lost(), timeout=0.1) == [None]
    (found,) = client.lookup_all(lost(), timeout=0.1)
    assert (found.status, found.order, found.applied) == ("missing", None, None)
    assert found.other is not None
    assert found.other.ordId == "7"
    assert "not there (yet)" in str(found)
    assert "created before" in str(found)


def test_it_may_come_while_one_looks(client: OkxClient, okx: responses.RequestsMock) -> None:
    """First the older order is shown, then none, then the one that was late."""
    answers(okx, "trade/order", {**SHOWN, "ordId": "1", "cTime": str(NOW - 86_400_000)})
    answers(okx, "trade/order", code="51603")
    answers(okx, "trade/order", SHOWN)
    found = client.lookup(lost())
    assert found.order is not None
    assert found.order.ordId == "7"


def test_an_order_that_was_known_before(client: OkxClient, okx: responses.RequestsMock) -> None:
    """However well it fits, it is not the lost one."""
    answers(okx, "trade/order", SHOWN)
    found = client.lookup(lost(), timeout=0, known_order_ids={"7"})
    assert (found.status, found.reason) == ("missing", "it was known before")


def test_not_being_able_to_ask_is_an_error(client: OkxClient, okx: responses.RequestsMock) -> None:
    """Never "not there"."""
    answers(okx, "trade/order", code="50030")
    with pytest.raises(OkxAuthError, match="50030"):
        client.lookup(lost(), timeout=0)


@pytest.mark.parametrize(("ahead_s", "status"), [(-20, "found"), (0.3, "missing")])
def test_the_clock_is_measured_when_it_decides(
    client: OkxClient, okx: responses.RequestsMock, ahead_s: float, status: str
) -> None:
    """Created 19 s before it was sent: by a local clock that is 20 s ahead it is the one, by a right one it is not."""
    answers(okx, "trade/order", {**SHOWN, "cTime": str(NOW - 19_000)})
    answers(okx, "public/time", {"ts": str(round(NOW + ahead_s * 1000))})
    assert client.lookup(lost(), timeout=0).status == status


def test_an_amendment_and_a_cancellation(client: OkxClient, okx: responses.RequestsMock) -> None:
    """The order is there; whether it was changed is told besides."""
    answers(okx, "trade/order", {**SHOWN, "cTime": str(NOW - 5_000_000), "px": "6"})
    for error, applied in (
        (lost("amend", newPx="6"), True),
        (lost("amend", newPx="7"), False),
        (lost("cancel"), False),
    ):
        found = client.lookup(error, timeout=0)
        assert (found.is_found, found.applied) == (True, applied)


@pytest.mark.parametrize("timeout", ["soon", None, -1, True, float("nan")])
def test_a_time_to_look_is_checked(timeout: Any) -> None:
    """A wrong one neither fails inside nor looks for ever."""
    with OkxClient(Config(credentials=Credentials("key", "secret", "pass"))) as client:
        for look in (client.lookup, client.lookup_all, client.reconcile, client.reconcile_all):
            with pytest.raises(ConfigError, match="timeout"):
                look(lost(), timeout=timeout)
