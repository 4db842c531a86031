"""Requests that are turned down before they are read: time, keys, rates, sockets, symbols (facts 106 to 112)."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from okx_sync.paper import PaperAccount, PaperExchange
from okx_sync.paper.bybit.order_entry import PER_SECOND
from okx_sync.paper.bybit.rest.router import BANNED_S, PER_ADDRESS
from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS
from tests.paper.bybit.bybit_client import TRADE, BybitClient
from tests.paper.bybit.rest.rest_client import BybitRest
from tests.paper.bybit_rules.forms import SWAP, order, place, pushed, refused
from tests.paper.bybit_rules.scene import check
from tests.paper.rules.case import Case, Change, keeps
from tests.paper.rules.stage import quiet_exchange

CASES = (
    refused(
        111, "An order on a contract that is not live", place(), "110074", before=[Change(SWAP, {"state": "suspend"})]
    ),
    refused(111, "One during the settlement", place(), "110063", before=[Change(SWAP, {"state": "settling"})]),
    refused(
        111,
        "One that opens, where positions can only be closed,",
        place(),
        "110023",
        before=[Change(SWAP, {"state": "limit_open"})],
    ),
    Case(
        facts=[111],
        promise="One that closes is not.",
        before=[place(), Change(SWAP, {"state": "limit_open"})],
        ask=place(side="Sell", reduceOnly=True),
        pushes=[pushed(orderStatus="New"), pushed(orderStatus="Filled")],
        cash={"USDT": "-0.52495"},
        positions={},
    ),
)

LEFT_OUT = {
    112: "there is no demo service beside the exchange; the paper exchange is one by itself",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_admission(case: Case, exchange: PaperExchange) -> None:
    """What is not traded now takes no orders."""
    check(case, exchange)


def _code(rest: BybitRest, **headers: str) -> int:
    """The code that a signed reading gets."""
    answer = rest.ask("GET", "/v5/account/info", **headers).json()
    return int(answer["retCode"])


@keeps(106)
@pytest.mark.parametrize(("off_ms", "code"), [(0, 0), (-4999, 0), (-5001, 10002), (999, 0), (1001, 10002)])
def test_the_time_of_a_request(off_ms: int, code: int, exchange: PaperExchange) -> None:
    """Within the window before the exchange's time, and less than a second after it."""
    with BybitRest(exchange) as rest:
        assert _code(rest, at=str(exchange.clock.now_ms() + off_ms)) == code


@keeps(107)
def test_keys_signatures_and_rights() -> None:
    """Each that is wrong has a code of its own."""
    alice = DEFAULT_ACCOUNTS[0]
    keys = (alice.api_key, alice.secret_key, alice.passphrase)
    reader = PaperAccount("alice", *keys, balances=alice.balances, permissions=("read",))
    with PaperExchange(accounts=[reader]) as paper, BybitRest(paper) as rest:
        assert _code(rest, **{"X-BAPI-API-KEY": "nobody"}) == 10003
        assert _code(rest, **{"X-BAPI-SIGN": "0" * 64}) == 10004
        assert rest.code("order/create", **order()) == 10005


@keeps(108)
@pytest.mark.parametrize(
    ("path", "said", "most"),
    [
        ("order/create", order(price="60000"), 10),
        ("order/create", order("spot", price="60000", qty="0.001"), 20),
        ("order/cancel-all", {"category": "linear", "symbol": "BTCUSDT"}, 10),
        ("order/cancel-all", {"category": "spot"}, 20),
        ("order/cancel-all", {"category": "option", "baseCoin": "BTC"}, 1),
    ],
    ids=["create linear", "create spot", "cancel-all linear", "cancel-all spot", "cancel-all option"],
)
def test_the_rate_of_a_user(path: str, said: dict[str, Any], most: int) -> None:
    """So many in a second, each kind of product by itself; the headers tell."""
    with quiet_exchange(limits=True) as paper, BybitRest(paper) as rest:
        assert [rest.code(path, **said) for _ in range(most)] == [0] * most
        response = rest.ask("POST", f"/v5/{path}", body=orjson.dumps(said).decode())
        assert response.json()["retCode"] == 10006
        assert response.headers["X-Bapi-Limit"] == str(most)
        assert int(response.headers["X-Bapi-Limit-Reset-Timestamp"]) > paper.clock.now_ms()
        paper.clock.advance(1.1)
        assert rest.code(path, **said) == 0


@keeps(109)
def test_the_rate_of_an_address() -> None:
    """Who sends too much gets HTTP 403, and goes on getting it for ten minutes."""
    with quiet_exchange(limits=True) as paper, BybitRest(paper) as rest:
        take = paper._server.limits.take
        paper.run(take, ("bybit", "address"), PER_ADDRESS, 5.0, paper.clock.monotonic(), PER_ADDRESS)
        assert rest.ask("GET", "/v5/market/time").status_code == 403
        paper.clock.advance(BANNED_S - 1)
        assert rest.ask("GET", "/v5/market/time").status_code == 403
        paper.clock.advance(2)
        assert rest.ask("GET", "/v5/market/time").status_code == 200


@keeps(110)
def test_the_socket_of_orders() -> None:
    """A request id counts once and has 36 characters; an address may send so much; a restart is announced."""
    with quiet_exchange(limits=True) as paper, BybitClient(paper, TRADE, "alice") as wire:
        said = order(price="60000")
        assert wire.order("order.create", said, reqId="one")["retCode"] == 0
        assert wire.order("order.create", said, reqId="one")["retCode"] == 20006
        assert wire.order("order.create", said, reqId="x" * 37)["retCode"] == 10001
        take = paper._server.limits.take
        bucket = ("bybit", "trade address")
        paper.run(take, bucket, PER_SECOND, 1.0, paper.clock.monotonic(), PER_SECOND - 10)
        codes = [wire.order("order.cancel", said, reqId=f"r{number}")["retCode"] for number in range(10)]
        assert codes[-1] == 10403
        paper.clock.advance(1.1)
        paper.faults.notice(path="v5/trade")
        assert wire.order("order.create", said, reqId="two")["retCode"] == 10019
