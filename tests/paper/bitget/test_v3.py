"""Bitget V3, the streams of unified accounts, in conversation and in rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.bitget_client import SWAP, BitgetClient, login_frame, place
from tests.paper.bitget.row_facts import V3 as FIELDS
from tests.paper.bitget.row_facts import fields
from tests.paper.wire_client import WireClient

BTC = {"instType": "usdt-futures", "symbol": "BTCUSDT"}
SPOT = {"instType": "spot", "symbol": "BTCUSDT"}
UTA = {"instType": "UTA"}


class V3Client(WireClient):
    """One WebSocket to one of V3's paths, logged in where the path is private."""

    def __init__(self, paper: PaperExchange, path: str = "public") -> None:
        super().__init__(paper, paper.bitget_url(f"/v3/ws/{path}"))
        if path == "private":
            self.send(login_frame(timestamp=str(int(paper.clock.now()))))
            assert self.until_event("login")["code"] == 0

    def follow(self, topic: str, **arg: str) -> None:
        """Subscribe one topic and wait for its ack."""
        self.ask("subscribe", {"topic": topic, **arg})
        assert self.until_event("subscribe")["arg"] == {"topic": topic, **arg}

    def pushed(self, topic: str) -> dict[str, Any]:
        """The next data message of a topic."""
        found: dict[str, Any] = self.until(
            lambda frame: isinstance(frame, dict) and "data" in frame and frame["arg"]["topic"] == topic
        )
        return found

    def first(self, topic: str, **arg: str) -> list[Any]:
        """Subscribe, and the rows of the first push."""
        self.follow(topic, **arg)
        rows: list[Any] = self.pushed(topic)["data"]
        return rows

    def refusal(self, topic: str, **arg: str) -> dict[str, Any]:
        """Subscribe, and the error that comes instead of an ack."""
        self.ask("subscribe", {"topic": topic, **arg})
        return self.until_event("error")


@pytest.fixture
def calm(paper: PaperExchange) -> PaperExchange:
    """A market that stands still, and an account that is unified."""
    paper.quiet()
    paper.unify()
    return paper


def test_each_kind_of_account_has_its_streams(paper: PaperExchange) -> None:
    """A classic key is turned away by V3, a unified one by V2; both hear which kind they are."""
    for path, unify, code in (("/v3/ws/private", False, 40084), ("/v2/ws/private", True, 40085)):
        if unify:
            paper.unify()
        with WireClient(paper, paper.bitget_url(path)) as client:
            client.send(login_frame(timestamp=str(int(paper.clock.now()))))
            error = client.recv()
            assert (error["event"], error["code"]) == ("error", code)
            assert client.until_closed() == 4001
    with V3Client(paper, "private") as client:
        client.follow("order", **UTA)
    with BitgetClient(paper, "private", "bob") as other:
        other.subscribe("orders", instType="USDT-FUTURES", instId="default")


@pytest.mark.parametrize(
    ("path", "topic", "arg", "code"),
    [
        ("public", "ticker", {"instType": "USDT-FUTURES", "symbol": "BTCUSDT"}, 30001),
        ("public", "ticker", {"instType": "usdt-futures", "symbol": "NOPEUSDT"}, 30001),
        ("public", "ticker", {"instType": "usdt-futures"}, 30016),
        ("public", "kline", {**BTC, "interval": "1M"}, 30001),
        ("public", "liquidation", SPOT, 30001),
        ("public", "order", UTA, 30001),
        ("private", "ticker", BTC, 30001),
        ("private", "order", BTC, 30001),
        ("private", "orders", UTA, 30001),
    ],
)
def test_wrong_arguments(calm: PaperExchange, path: str, topic: str, arg: dict[str, str], code: int) -> None:
    """Small letters for products, topics on their own URL, no symbol for the account."""
    with V3Client(calm, path) as client:
        error = client.refusal(topic, **arg)
        assert (error["code"], error["arg"]) == (code, {"topic": topic, **arg})


def test_market_rows(calm: PaperExchange) -> None:
    """Every field, of futures and of spot; sizes in coins, a candle is an object."""
    with V3Client(calm) as client:
        (swap,) = client.first("ticker", **BTC)
        (spot,) = client.first("ticker", **SPOT)
        assert set(spot) == fields(FIELDS["ticker, spot"])
        assert set(swap) == fields(FIELDS["ticker, spot"], FIELDS["ticker, futures"])
        assert Decimal(swap["ask1Size"]) == Decimal(calm.venue.ticker_row(SWAP)["askSz"]) / 100
        assert set(client.first("publicTrade", **BTC)[0]) == fields(FIELDS["publicTrade"])
        candles = client.first("kline", interval="1m", **BTC)
        assert set(candles[0]) == fields(FIELDS["kline"])
        times = [int(one["start"]) for one in candles]
        assert times == sorted(times)
        (short,) = client.first("books5", **BTC)
        assert set(short) == fields(FIELDS["books5"])
        assert (len(short["a"]), short["pseq"]) == (5, 0)
        (rpi,) = client.first("rpi-books5", **BTC)
        assert {len(level) for level in rpi["a"]} == {3}


def test_books_are_a_chain(paper: PaperExchange) -> None:
    """A snapshot without a predecessor, then changes that each name the one before."""
    with V3Client(paper) as client:
        client.follow("books", **BTC)
        whole = client.pushed("books")
        assert (whole["action"], set(whole["data"][0])) == ("snapshot", fields(FIELDS["books"]))
        assert whole["data"][0]["pseq"] == 0
        last = whole["data"][0]["seq"]
        for _ in range(3):
            change = client.pushed("books")
            assert (change["action"], change["data"][0]["pseq"]) == ("update", last)
            last = change["data"][0]["seq"]


def test_the_account(calm: PaperExchange) -> None:
    """All coins at once, again when an order ties money up, and every five seconds without a reason."""
    with V3Client(calm, "private") as client:
        (row,) = client.first("account", **UTA)
        assert set(row) == fields(FIELDS["account"])
        coins = {one["coin"]: one for one in row["coin"]}
        assert set(coins) == {"USDT", "BTC", "ETH", "SOL"}
        assert set(coins["USDT"]) == fields(FIELDS["account, coin"])
        assert coins["USDT"]["equity"] == "100000"
        place(calm, "buy", "10", "60000")
        (row,) = client.pushed("account")["data"]
        assert Decimal(next(one for one in row["coin"] if one["coin"] == "USDT")["locked"]) > 600
        calm.clock.advance(5.1)
        assert client.pushed("account")["action"] == "snapshot"


def test_positions(calm: PaperExchange) -> None:
    """The open ones at first, then only what changed; one that has ended is told with size 0."""
    with V3Client(calm, "private") as client:
        assert client.first("position", **UTA) == []
        place(calm, "buy", "10")
        (row,) = client.pushed("position")["data"]
        assert set(row) == fields(FIELDS["position"])
        assert (row["symbol"], row["posSide"], row["size"], row["positionStatus"]) == (
            "BTCUSDT", "long", "0.1", "opening",
        )  # fmt: skip
        assert Decimal(row["openFeeTotal"]) > 0
        place(calm, "buy", "5", instId="ETH-USDT-SWAP")
        assert [one["symbol"] for one in client.pushed("position")["data"]] == ["ETHUSDT"]
        place(calm, "sell", "10")
        (row,) = client.pushed("position")["data"]
        assert (row["symbol"], row["size"], row["positionStatus"]) == ("BTCUSDT", "0", "ended")


def test_orders_and_fills(calm: PaperExchange) -> None:
    """An order through its states, its fill on both topics: fees are positive when paid, an early fill is an object."""
    with V3Client(calm, "private") as client:
        for topic in ("order", "fill", "fast-fill"):
            client.follow(topic, **UTA)
        order_id = place(calm, "buy", "10", "64000", clOrdId="mine1")
        (row,) = client.pushed("order")["data"]
        assert set(row) == fields(FIELDS["order"])
        assert (row["orderStatus"], row["clientOid"], row["category"], row["qty"]) == (
            "live", "mine1", "usdt-futures", "0.1",
        )  # fmt: skip
        calm.fill("mine1")
        told: dict[str, Any] = {}
        while set(told) != {"order", "fill", "fast-fill"}:
            frame = client.recv()
            if "data" in frame:
                told[frame["arg"]["topic"]] = frame["data"]
        (done,), (fill,), early = told["order"], told["fill"], told["fast-fill"]
        assert (done["orderStatus"], done["cumExecQty"]) == ("filled", "0.1")
        assert Decimal(done["feeDetail"][0]["fee"]) > 0
        assert set(fill) == fields(FIELDS["fill"])
        assert (fill["orderId"], fill["category"], fill["tradeScope"]) == (order_id, "USDT-FUTURES", "maker")
        assert Decimal(fill["feeDetail"][0]["fee"]) > 0
        assert set(early) == fields(FIELDS["fast-fill"])
        place(calm, "sell", "1", "70000", clOrdId="mine2")
        calm.venue.cancel(calm.venue.accounts[0], {"instId": SWAP, "clOrdId": "mine2"})
        states = [client.pushed("order")["data"][0]["orderStatus"] for _ in range(2)]
        assert states == ["live", "cancelled"]


def test_trigger_orders(calm: PaperExchange) -> None:
    """An order that waits for a price: pending, then cancelled."""
    request = {"instId": SWAP, "tdMode": "cross", "side": "sell", "ordType": "trigger", "sz": "10"}
    with V3Client(calm, "private") as client:
        client.follow("strategy-order", **UTA)
        ack = calm.venue.place_algo(calm.venue.accounts[0], {**request, "triggerPx": "60000", "orderPx": "59000"})
        assert ack.ok, ack
        (row,) = client.pushed("strategy-order")["data"]
        assert set(row) == fields(FIELDS["strategy-order"])
        assert (row["type"], row["status"], row["triggerPrice"], row["triggerOrderPrice"]) == (
            "trigger", "pending", "60000", "59000",
        )  # fmt: skip
        calm.venue.cancel_algo(calm.venue.accounts[0], {"instId": SWAP, "algoId": ack.algoId})
        assert client.pushed("strategy-order")["data"][0]["status"] == "cancelled"


def test_an_upgrade_is_announced(calm: PaperExchange) -> None:
    """As an error event, as in V2."""
    with V3Client(calm) as client:
        client.follow("ticker", **BTC)
        calm.faults.notice()
        assert client.until_event("error")["code"] == 30033
