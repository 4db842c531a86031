"""Bybit V5's order entry socket: headers, ids, orders one by one and in batches, and every code it answers with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperAccount, PaperExchange
from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS
from okx_sync.paper.venue.wire_rules import BYBIT
from tests.paper.bybit.bybit_client import LIMIT, TRADE, BybitClient, Frame, auth_frame

ORDER = LIMIT | {"price": "60000"}
NAMED = {"category": "linear", "symbol": "BTCUSDT"}


def verdict(answer: Frame) -> tuple[int, str]:
    """Code and text."""
    return answer["retCode"], answer["retMsg"]


def test_login(paper: PaperExchange) -> None:
    """With `reqId` and codes; a second one is refused, and the first stays good."""
    with BybitClient(paper, TRADE) as wire:
        wire.send(auth_frame(paper, reqId="a"))
        answer = wire.recv()
        connection = paper.connections[0].connId
        assert answer == {"reqId": "a", "retCode": 0, "retMsg": "OK", "op": "auth", "connId": connection}
        wire.send(auth_frame(paper))
        assert wire.recv()["retCode"] == 20001
        assert wire.order("order.create", ORDER)["retCode"] == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"key": "nobody"}, 10003), ({"sign": "x"}, 10004), ({"ms": -1}, 10001), ({"args": []}, 10001)],
)
def test_wrong_logins(paper: PaperExchange, changes: dict[str, Any], code: int) -> None:
    """Told with a code, then closed."""
    with BybitClient(paper, TRADE) as wire:
        wire.send(auth_frame(paper, **changes))
        assert wire.recv()["retCode"] == code
        assert wire.until_closed() == 1000


def test_pong(frozen: PaperExchange) -> None:
    """The time is in `data` here."""
    with BybitClient(frozen, TRADE) as wire:
        wire.send({"op": "ping"})
        answer = wire.recv()
        assert (answer["op"], answer["retCode"], answer["data"]) == ("pong", 0, [str(frozen.clock.now_ms())])


def test_create_amend_cancel(paper: PaperExchange) -> None:
    """By either id; the answer names both and carries a header."""
    with BybitClient(paper, TRADE, "alice") as wire:
        created = wire.order("order.create", ORDER | {"orderLinkId": "a-1"})
        ids = created["data"]
        assert (ids["orderLinkId"], created["retExtInfo"]) == ("a-1", {})
        assert set(created["header"]) >= {"Traceid", "Timenow", "X-Bapi-Limit"}
        assert wire.order("order.amend", NAMED | {"orderLinkId": "a-1", "price": "60500"})["data"] == ids
        (order,) = paper.venue.accounts[0].orders.values()
        assert order.px == order.instrument.ticks(Decimal(60500))
        assert wire.order("order.cancel", NAMED | {"orderId": ids["orderId"]})["data"] == ids
        assert paper.venue.accounts[0].orders == {}
        assert paper.venue.requests["place", "ws"] == 1


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ({"timeInForce": "PostOnly"}, "post_only"),
        ({"timeInForce": "IOC"}, "ioc"),
        ({"timeInForce": "FOK"}, "fok"),
        ({}, "limit"),
        ({"orderType": "Market"}, "market"),
        ({"category": "spot", "orderType": "Market", "qty": "500"}, "market"),
    ],
)
def test_kinds_of_orders(paper: PaperExchange, order: dict[str, Any], kind: str) -> None:
    """Each arrives at the venue as what it is; a spot market buy counts quote currency."""
    with BybitClient(paper, TRADE, "alice") as wire:
        assert wire.order("order.create", ORDER | order)["retCode"] == 0
        (placed,) = paper.venue.accounts[0].by_id.values()
        assert placed.ordType == kind
        assert placed.tgtCcy == ("quote_ccy" if order.get("category") == "spot" else "")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"category": "futures"}, 10404),
        ({"symbol": "NOSUCH"}, 10001),
        ({"side": "buy"}, 10001),
        ({"orderType": "Stop"}, 10001),
        ({"timeInForce": "GTX"}, 10001),
        ({"qty": "0.00005"}, 10001),
        ({"qty": "much"}, 10001),
        ({"price": ""}, 10001),
        ({"triggerPrice": "70000"}, 10001),
        ({"positionIdx": 1}, 10001),
        ({"orderLinkId": "x" * 37}, 10001),
        ({"price": "60000.05"}, 10001),
        ({"qty": "100"}, 110007),
        ({"reduceOnly": True}, 110017),
    ],
)
def test_refused_orders(paper: PaperExchange, change: dict[str, Any], code: int) -> None:
    """Each with its code, and nothing is placed."""
    with BybitClient(paper, TRADE, "alice") as wire:
        answer = wire.order("order.create", ORDER | change)
        assert (answer["retCode"], answer["data"]) == (code, {})
        assert answer["retMsg"]
        assert paper.venue.accounts[0].orders == {}


def test_prices_beyond_the_band(paper: PaperExchange) -> None:
    """The price of a contract is moved to the nearest that is allowed, as accounts are set at first."""
    paper.quiet()
    with BybitClient(paper, TRADE, "alice") as wire:
        answer = wire.order("order.create", ORDER | {"price": "90000", "timeInForce": "PostOnly"})
        assert answer["retCode"] == 0
        (order,) = paper.venue.accounts[0].by_id.values()
        limits = paper.venue.engine.band(order.instrument, BYBIT)
        assert limits is not None
        assert order.px == limits[1]


def test_orders_there_are_not(paper: PaperExchange) -> None:
    """Unknown, foreign and malformed ids, and a client id used twice."""
    with BybitClient(paper, TRADE, "alice") as wire, BybitClient(paper, TRADE, "bob") as bob:
        ids = wire.order("order.create", ORDER | {"orderLinkId": "once"})["data"]
        assert wire.order("order.create", ORDER | {"orderLinkId": "once"})["retCode"] == 110072
        for op in ("order.cancel", "order.amend"):
            for named in ({"orderId": "77"}, {"orderId": ids["orderId"][:-1] + "f"}, {"orderLinkId": "never"}):
                assert wire.order(op, NAMED | named | {"qty": "0.02"})["retCode"] == 110001
            assert bob.order(op, NAMED | {"orderId": ids["orderId"], "qty": "0.02"})["retCode"] == 110001
        assert wire.order("order.cancel", NAMED)["retCode"] == 10001


def test_requests_that_are_not_well_formed(paper: PaperExchange) -> None:
    """Who asks, under which id, when, and with how many objects is looked at before the order is."""
    with BybitClient(paper, TRADE) as stranger, BybitClient(paper, TRADE, "alice") as wire:
        assert stranger.order("order.create", ORDER)["retCode"] == 10005
        assert wire.order("order.destroy", ORDER)["retCode"] == 10404
        assert wire.order("order.create")["retCode"] == 10001
        assert wire.order("order.create", ORDER, ORDER)["retCode"] == 10001
        assert wire.order("order.create", ORDER, header={})["retCode"] == 10001
        assert wire.order("order.create", ORDER, reqId="x" * 37)["retCode"] == 10001
        assert wire.order("order.create", ORDER, reqId="same")["retCode"] == 0
        assert wire.order("order.create", ORDER, reqId="same")["retCode"] == 20006
        assert len(paper.venue.accounts[0].orders) == 1


@pytest.mark.parametrize(
    ("late_ms", "window", "code"),
    [(0, None, 0), (4900, None, 0), (5001, None, 10002), (5001, "10000", 0), (-900, None, 0), (-1000, None, 10002)],
)
def test_time_of_requests(frozen: PaperExchange, late_ms: int, window: str | None, code: int) -> None:
    """Up to the window in the past, less than a second in the future."""
    header = {"X-BAPI-TIMESTAMP": str(frozen.clock.now_ms() - late_ms)}
    header |= {} if window is None else {"X-BAPI-RECV-WINDOW": window}
    with BybitClient(frozen, TRADE, "alice") as wire:
        assert wire.order("order.create", ORDER, header=header)["retCode"] == code


def test_keys_that_may_only_look() -> None:
    """Log in, but place nothing."""
    alice = DEFAULT_ACCOUNTS[0]
    keys = (alice.api_key, alice.secret_key, alice.passphrase)
    reader = PaperAccount("alice", *keys, balances=alice.balances, permissions=("read",))
    with PaperExchange(accounts=[reader]) as paper, BybitClient(paper, TRADE, "alice") as wire:
        assert wire.order("order.create", ORDER)["retCode"] == 10005


def test_too_many_requests() -> None:
    """3000 a second in one session, where limits are enforced."""
    with PaperExchange(limits=True) as paper, BybitClient(paper, TRADE, "alice") as wire:
        paper.clock.freeze()
        paper.run(next(iter(paper._server.sessions))._window.take, paper.clock.monotonic(), 3000)  # type: ignore[attr-defined]
        assert wire.order("order.create", ORDER)["retCode"] == 20003
        paper.clock.advance(1.1)
        assert wire.order("order.create", ORDER)["retCode"] == 0


def test_batches(paper: PaperExchange) -> None:
    """The answer is good even where an order is not; the lists run parallel."""
    with BybitClient(paper, TRADE, "alice") as wire:
        orders = [ORDER | {"orderLinkId": "b1"}, ORDER | {"qty": "100", "orderLinkId": "b2"}, ORDER | {"symbol": "NO"}]
        answer = wire.order("order.create-batch", {"category": "linear", "request": orders})
        assert verdict(answer) == (0, "OK")
        rows, codes = answer["data"]["list"], [one["code"] for one in answer["retExtInfo"]["list"]]
        assert codes == [0, 110007, 10001]
        assert [(bool(row["orderId"]), row["orderLinkId"], bool(row["createAt"])) for row in rows] == [
            (True, "b1", True),
            (False, "b2", False),
            (False, "", False),
        ]
        named = [{"symbol": "BTCUSDT", "orderId": rows[0]["orderId"]}, {"symbol": "BTCUSDT", "orderLinkId": "b2"}]
        for op, codes in (("amend", [0, 110001]), ("cancel", [0, 110001])):
            request = [one | ({"qty": "0.02"} if op == "amend" else {}) for one in named]
            answer = wire.order(f"order.{op}-batch", {"category": "linear", "request": request})
            assert [one["code"] for one in answer["retExtInfo"]["list"]] == codes
        assert paper.venue.accounts[0].orders == {}


@pytest.mark.parametrize(("category", "most"), [("linear", 20), ("spot", 10)])
def test_batches_have_a_size(paper: PaperExchange, category: str, most: int) -> None:
    """20 orders, 10 on the spot market; more are refused as a whole, and so is no list at all."""
    with BybitClient(paper, TRADE, "alice") as wire:
        order = ORDER | {"qty": "0.001"}
        answer = wire.order("order.create-batch", {"category": category, "request": [order] * most})
        assert [one["code"] for one in answer["retExtInfo"]["list"]] == [0] * most
        answer = wire.order("order.create-batch", {"category": category, "request": [order] * (most + 1)})
        assert (answer["retCode"], answer["data"]) == (10001, {})
        assert wire.order("order.create-batch", {"category": category})["retCode"] == 10001


@pytest.mark.parametrize("code", [10003, 10016, 10403, 10429, 20003])
def test_scripted_refusals(paper: PaperExchange, code: int) -> None:
    """What the venue itself has no reason for comes from `refuse_op`; nothing is done."""
    with BybitClient(paper, TRADE, "alice") as wire:
        paper.faults.refuse_op(str(code), "later", op="order.create")
        assert verdict(wire.order("order.create", ORDER)) == (code, "later")
        paper.faults.refuse_op(str(code), "later", op="order.create-batch")
        request = {"category": "linear", "request": [ORDER]}
        answer = wire.order("order.create-batch", request)
        assert (answer["retCode"], answer["retExtInfo"]["list"]) == (0, [{"code": code, "msg": "later"}])
        assert paper.venue.accounts[0].orders == {}
        assert wire.order("order.create", ORDER)["retCode"] == 0


def test_lost_and_shuffled_answers(paper: PaperExchange) -> None:
    """The order is placed, its answer never comes; several answers come in another order."""
    with BybitClient(paper, TRADE, "alice") as wire:
        paper.faults.lose_reply("order.create")
        header = {"X-BAPI-TIMESTAMP": paper.clock.now_ms()}
        wire.send({"reqId": "lost", "header": header, "op": "order.create", "args": [ORDER]})
        assert paper.wait_for(lambda: len(paper.venue.accounts[0].orders) == 1)
        paper.faults.shuffle_replies(4)
        for number in range(4):
            wire.send({"reqId": str(number), "header": header, "op": "order.create", "args": [ORDER]})
        ids = [wire.recv()["reqId"] for _ in range(4)]
        assert sorted(ids) == ["0", "1", "2", "3"]
        assert ids != sorted(ids)


def test_service_restart(paper: PaperExchange) -> None:
    """Announced by its code; from then on nothing new is taken in, and the connection ends."""
    with BybitClient(paper, TRADE, "alice") as wire:
        paper.faults.notice(close_after=None)
        assert wire.recv()["retCode"] == 10019
        assert wire.order("order.create", ORDER)["retCode"] == 10019
        with BybitClient(paper, TRADE, "alice") as fresh:
            assert fresh.order("order.create", ORDER)["retCode"] == 0
