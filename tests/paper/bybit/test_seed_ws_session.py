"""The USDC perpetual protocol before V5: both sockets, their answers, and what is particular to their data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bybit.bybit_client import OLD_PRIVATE, OLD_PUBLIC, SWAP, BybitClient, auth_frame, placed

BOOK = "orderBookL2_25.BTCPERP"
DEEP = "orderBook_200.100ms.BTCPERP"
INFO = "instrument_info.100ms.BTCPERP"
ORDERS, POSITIONS, TRADES = (f"user.openapi.perp.{name}" for name in ("order", "position", "trade"))


def test_ping_comes_back_as_it_was(paper: PaperExchange) -> None:
    """On both sockets."""
    for path in (OLD_PUBLIC, OLD_PRIVATE):
        with BybitClient(paper, path) as wire:
            assert wire.ask("ping", "1535975085152") == {"op": "pong", "args": ["1535975085152"]}


def test_only_pings_keep_a_connection(frozen: PaperExchange) -> None:
    """Data does not: after 30 seconds without a ping it is closed."""
    with BybitClient(frozen, OLD_PUBLIC) as wire, BybitClient(frozen, OLD_PUBLIC) as pinging:
        wire.subscribe(INFO)
        frozen.clock.advance(25)
        pinging.ask("ping")
        frozen.clock.advance(10)
        assert [one.open for one in frozen.connections] == [False, True]
        assert wire.until_closed() == 1000


def test_public_answers_repeat_the_request(paper: PaperExchange) -> None:
    """A good one and a bad one; the data comes first."""
    with BybitClient(paper, OLD_PUBLIC) as wire:
        request = {"op": "subscribe", "args": [BOOK]}
        wire.send(request)
        assert wire.recv()["type"] == "snapshot"
        answer = wire.until(lambda frame: "topic" not in frame)
        connection = paper.connections[0].connId
        assert answer == {"success": True, "ret_msg": "", "conn_id": connection, "request": request}
        refused = wire.ask("subscribe", INFO, BOOK)
        assert (refused["success"], refused["ret_msg"]) == (False, f"error:already subscribed,topic:{BOOK}")
        assert paper.topics() == {BOOK: 1}
        assert wire.ask("subscribe", "trade.BTCUSDT")["ret_msg"].startswith("error:handler not found")
        assert wire.ask("nonsense")["ret_msg"] == "error:invalid op"
        assert wire.ask("unsubscribe", BOOK)["success"] is True
        assert paper.topics() == {}


@pytest.mark.parametrize(("topic", "depth"), [(BOOK, 25), (DEEP, 200)])
def test_book_is_kept_by_ids(frozen: PaperExchange, topic: str, depth: int) -> None:
    """Deletes and updates name levels there are, inserts new ones; the result is the venue's book."""
    book: dict[str, dict[str, Any]] = {}
    with BybitClient(frozen, OLD_PUBLIC) as wire:
        (snapshot,) = wire.subscribe(topic)
        book = {level["id"]: level for level in snapshot["data"]["orderBook"]}
        assert len(book) == 2 * depth
        for _ in range(20):
            frozen.clock.advance(0.5)
        frozen.venue.quiet()
        frozen.clock.advance(1)
        deltas = wire.sync()
        for delta in deltas:
            for level in delta["data"]["delete"]:
                assert "size" not in level
                del book[level["id"]]
            for level in delta["data"]["update"]:
                assert level["id"] in book
                book[level["id"]] = level
            for level in delta["data"]["insert"]:
                assert level["id"] not in book
                book[level["id"]] = level
    assert len(deltas) > 10
    assert all(frame["topic"] == topic for frame in deltas)
    venue = frozen.venue.book(SWAP)
    for side, word in (("Buy", "bids"), ("Sell", "asks")):
        mine = {Decimal(one["price"]): Decimal(str(one["size"])) for one in book.values() if one["side"] == side}
        assert mine == {Decimal(px): Decimal(size) / 100 for px, size, *_ in venue.levels(word, depth)}
    assert all(Decimal(one["price"]) * 10**4 == int(one["id"]) for one in book.values())


def test_instrument_info_is_merged(frozen: PaperExchange) -> None:
    """Deltas list an `update` with what changed; each price is there as text and as a scaled integer."""
    with BybitClient(frozen, OLD_PUBLIC) as wire, BybitClient(frozen, OLD_PUBLIC) as late:
        state = wire.subscribe(INFO)[0]["data"]
        frozen.clock.advance(3)
        frozen.venue.quiet()
        frozen.clock.advance(1)
        for frame in wire.sync():
            (update,) = frame["data"]["update"]
            assert len(update) < len(state)
            state |= update
        fresh = late.subscribe(INFO)[0]["data"]
        moving = dict.fromkeys(("updatedAt", "crossSeq"), "")
        assert state | moving == fresh | moving
        for name in ("lastPrice", "markPrice", "bid1Price"):
            assert Decimal(state[name]) * 10**4 == int(state[name + "E4"])


def test_units_of_time(frozen: PaperExchange) -> None:
    """Seconds, milliseconds, microseconds and dates, all in one protocol."""
    with BybitClient(frozen, OLD_PUBLIC) as wire:
        (candle,) = wire.subscribe("candle.1.BTCPERP", "trade.BTCPERP")
        now, row = frozen.clock.now_ms(), candle["data"][0]
        assert (row["end"] - row["start"], row["start"]) == (60, now // 60_000 * 60)
        assert (row["timestamp"], candle["timestampE6"]) == (now * 1000, now * 1000)
        frozen.trade_at(SWAP, "65100", "3")
        trade = wire.push("trade.BTCPERP")["data"][-1]
        assert (trade["price"], trade["size"], trade["tradeTimeMs"]) == ("65100.00", 0.03, str(now))
        assert trade["timestamp"].endswith(".000Z")


def test_login(paper: PaperExchange) -> None:
    """Its answer has a `type`; the subscribe that follows at once is served."""
    with BybitClient(paper, OLD_PRIVATE) as wire:
        wire.send(auth_frame(paper))
        wire.send({"op": "subscribe", "id": "{100003}", "args": [ORDERS]})
        answer, ack = wire.recv(), wire.recv()
        connection = paper.connections[0].connId
        assert answer == {"success": True, "ret_msg": "", "type": "AUTH_RESP", "conn_id": connection}
        assert ack["data"] == {"successTopics": [ORDERS], "failTopics": []}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "x"}, "3303006"),
        ({"sign": "x"}, "3303006"),
        ({"args": []}, "3303006"),
        ({"ms": 0}, "error:request expired"),
    ],
)
def test_wrong_logins(paper: PaperExchange, changes: dict[str, Any], message: str) -> None:
    """One code for all but an expiry in the past."""
    with BybitClient(paper, OLD_PRIVATE) as wire:
        wire.send(auth_frame(paper, **changes))
        answer = wire.recv()
        assert (answer["success"], answer["ret_msg"], answer["type"]) == (False, message, "AUTH_RESP")
        assert wire.until_closed() == 1000


def test_private_topics_need_a_login(paper: PaperExchange) -> None:
    """The request is refused."""
    with BybitClient(paper, OLD_PRIVATE) as wire:
        assert "needs auth first" in wire.ask("subscribe", ORDERS)["ret_msg"]


def test_partial_success(paper: PaperExchange) -> None:
    """Good topics start beside bad ones, and all can be ended at once."""
    with BybitClient(paper, OLD_PRIVATE, "alice") as wire:
        ack = wire.ask("subscribe", ORDERS, "order.linear", TRADES, id="{7}")
        assert (ack["id"], ack["success"], ack["type"]) == ("{7}", True, "COMMAND_RESP")
        assert ack["data"] == {"successTopics": [ORDERS, TRADES], "failTopics": ["order.linear"]}
        assert wire.ask("subscribe", ORDERS, id="8")["data"] == {"successTopics": [], "failTopics": [ORDERS]}
        assert wire.ask("unsubscribe", ORDERS, id="9")["data"]["successTopics"] == [ORDERS]
        assert wire.ask("unSubAll", id="10")["data"]["successTopics"] == [TRADES]
        assert paper.topics() == {}


def test_versions_count_from_the_beginning(paper: PaperExchange) -> None:
    """`NEW` lists what is open under version 1, each `CHANGE` has the next; trades have no `dataType`."""
    paper.quiet()
    first = placed(paper, px="60000", clOrdId="one")
    with BybitClient(paper, OLD_PRIVATE, "alice") as wire:
        wire.ask("subscribe", ORDERS, POSITIONS, TRADES, id="1")
        new, none = wire.push(ORDERS)["data"], wire.push(POSITIONS)["data"]
        assert (new["dataType"], new["version"], new["result"][0]["orderLinkId"]) == ("NEW", 1, "one")
        assert (none["dataType"], none["version"], none["result"]) == ("NEW", 1, [])
        paper.fill(ordId=first, sz="0.4")
        paper.fill(ordId=first)
        changes = [wire.push(ORDERS)["data"] for _ in range(2)]
        assert [(one["dataType"], one["version"]) for one in changes] == [("CHANGE", 2), ("CHANGE", 3)]
        assert [one["result"][0]["orderStatus"] for one in changes] == ["PartiallyFilled", "Filled"]
    with BybitClient(paper, OLD_PRIVATE, "alice") as wire:
        wire.ask("subscribe", POSITIONS, TRADES, id="1")
        (held,) = wire.push(POSITIONS)["data"]["result"]
        assert (held["symbol"], held["side"], held["size"], held["leverage"]) == ("BTCPERP", "Buy", "0.01", 10)
        placed(paper, ordType="market", side="sell")
        trade, closed = wire.push(TRADES)["data"], wire.push(POSITIONS)["data"]
        assert (trade["version"], trade["result"][0]["lastLiquidityInd"]) == (1, "TAKER")
        assert "dataType" not in trade
        assert (closed["version"], closed["result"][0]["side"], closed["result"][0]["size"]) == (2, "None", "0")


def test_spot_orders_are_not_of_this_protocol(paper: PaperExchange) -> None:
    """It knows perpetuals only."""
    with BybitClient(paper, OLD_PRIVATE, "alice") as wire:
        wire.ask("subscribe", ORDERS, id="1")
        wire.push(ORDERS)
        placed(paper, instId="BTC-USDT", tdMode="cash", px="60000", sz="0.01")
        placed(paper, px="60000")
        assert wire.push(ORDERS)["data"]["version"] == 2
