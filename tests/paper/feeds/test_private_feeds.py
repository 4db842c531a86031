"""What the private channels push: snapshots in pages, batched updates, orders and fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.wire_client import RestClient, WireClient

LIMIT = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "64000"}
SWAP = {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "market", "sz": "1"}


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """Time moves only when told to, and snapshots have two rows a page."""
    with PaperExchange(clock=PaperClock(frozen=True), pages=2) as paper:
        yield paper
        assert paper.problems == []


def place(paper: PaperExchange, name: str = "alice", **body: Any) -> dict[str, Any]:
    """Place an order through REST; its row."""
    with RestClient(paper, name) as rest:
        answer = rest.post("trade/order", body).json()
        assert answer["code"] == "0", answer
        row: dict[str, Any] = answer["data"][0]
        return row


def pages(client: WireClient, channel: str) -> list[dict[str, Any]]:
    """The pages of one snapshot."""
    found = [client.until_push(channel)]
    while not found[-1]["lastPage"]:
        found.append(client.until_push(channel))
    return found


def test_account_snapshot_comes_in_pages(frozen: PaperExchange) -> None:
    """Four currencies at two a page: pages 1 and 2, the account's own fields on each, `uid` in the argument."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("account")
        found = pages(client, "account")
        assert [(page["eventType"], page["curPage"], page["lastPage"]) for page in found] == [
            ("snapshot", 1, False),
            ("snapshot", 2, True),
        ]
        ccys = [detail["ccy"] for page in found for detail in page["data"][0]["details"]]
        assert sorted(ccys) == ["BTC", "ETH", "SOL", "USDT"]
        assert all(set(page["arg"]) == {"channel", "uid"} and page["data"][0]["totalEq"] for page in found)


def test_account_update_carries_only_what_changed(frozen: PaperExchange) -> None:
    """An order freezes USDT: one event update after 50 ms, without paging keys, with USDT alone."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("account")
        pages(client, "account")
        place(frozen, **LIMIT)
        frozen.clock.advance(0.06)
        update = client.until_push("account")
        assert update["eventType"] == "event_update"
        assert not {"curPage", "lastPage"} & set(update)
        details = update["data"][0]["details"]
        assert [detail["ccy"] for detail in details] == ["USDT"]
        assert float(details[0]["ordFrozen"]) > 6400 * 0.99


def test_account_of_one_currency(frozen: PaperExchange) -> None:
    """With `ccy` only that currency is shown, and only its changes are told."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("account", ccy="BTC")
        snapshot = client.until_push("account")
        assert [detail["ccy"] for detail in snapshot["data"][0]["details"]] == ["BTC"]
        place(frozen, **LIMIT)
        frozen.clock.advance(0.1)
        assert frozen.pushed[1, "account(ccy=BTC)"] == 1


@pytest.mark.parametrize(
    ("channel", "interval", "expected"),
    [
        ("account", None, 2),
        ("account", "0", 1),
        ("positions", None, 2),
        ("positions", "0", 1),
        ("positions", "2000", 4),
    ],
)
def test_regular_snapshots(frozen: PaperExchange, channel: str, interval: str | None, expected: int) -> None:
    """Account and positions repeat their snapshot every 5 s, or as `extraParams` asks; "0" switches it off."""
    frozen.quiet()
    arg = {"channel": channel} | ({"instType": "ANY"} if channel == "positions" else {"ccy": "BTC"})
    if interval is not None:
        arg["extraParams"] = f'{{"updateInterval":"{interval}"}}'
    with WireClient(frozen, "private", "alice") as client:
        client.ask("subscribe", arg)
        first = client.until_push(channel)
        assert "extraParams" not in first["arg"]
        frozen.clock.advance(7)
        (topic,) = frozen.topics()
        assert frozen.pushed[1, topic] == expected


def test_position_opens_changes_and_closes(frozen: PaperExchange) -> None:
    """Empty snapshot first, then an update per change; the closed position comes once, with `pos` "0"."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("positions", instType="SWAP")
        snapshot = client.until_push("positions")
        assert (snapshot["data"], snapshot["curPage"], snapshot["lastPage"]) == ([], 1, True)
        for side, expected in (("buy", "1"), ("sell", "0")):
            frozen.clock.advance(0.01)
            place(frozen, **SWAP | {"side": side})
            frozen.clock.advance(0.06)
            update = client.until(lambda frame: frame.get("eventType") == "event_update")
            row = update["data"][0]
            assert (row["instId"], row["pos"]) == ("BTC-USDT-SWAP", expected)


def test_positions_of_another_instrument_are_not_told(frozen: PaperExchange) -> None:
    """`instId` narrows the channel."""
    with WireClient(frozen, "private", "alice") as client:
        client.ask("subscribe", {"channel": "positions", "instType": "SWAP", "instId": "ETH-USDT-SWAP"})
        client.until_push("positions")
        place(frozen, **SWAP)
        frozen.clock.advance(0.5)
        assert frozen.pushed[1, "positions(instId=ETH-USDT-SWAP, instType=SWAP)"] == 1


def test_balance_and_position(frozen: PaperExchange) -> None:
    """A snapshot row, then one row per cause with the trades behind it; frozen money alone tells nothing."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("balance_and_position")
        assert client.until_push("balance_and_position")["data"][0]["eventType"] == "snapshot"
        place(frozen, **LIMIT)
        frozen.clock.advance(1)
        place(frozen, **SWAP)
        frozen.clock.advance(0.06)
        row = client.until_push("balance_and_position")["data"][0]
        assert row["eventType"] == "filled"
        assert [position["pos"] for position in row["posData"]] == ["1"]
        assert row["trades"]
        assert row["trades"][0]["instId"] == "BTC-USDT-SWAP"


def test_orders_live_and_fill_by_the_counterparty(frozen: PaperExchange) -> None:
    """An order's life on `orders` and `fills`: live, partially filled, filled; both channels carry `uid`."""
    with WireClient(frozen, "private", "alice") as client:
        client.ask("subscribe", {"channel": "orders", "instType": "SPOT"}, {"channel": "fills"})
        client.until(lambda frame: frame.get("event") == "subscribe" and frame["arg"]["channel"] == "fills")
        place(frozen, **LIMIT, clOrdId="mine1")
        frozen.fill("mine1", "0.04")
        frozen.fill("mine1")
        frames = [client.recv() for _ in range(5)]
        orders = [frame["data"][0] for frame in frames if frame["arg"]["channel"] == "orders"]
        fills = [frame["data"][0] for frame in frames if frame["arg"]["channel"] == "fills"]
        assert [(row["state"], row["accFillSz"]) for row in orders] == [
            ("live", "0"),
            ("partially_filled", "0.04"),
            ("filled", "0.1"),
        ]
        assert [row["fillSz"] for row in fills] == ["0.04", "0.06"]
        assert [row["tradeId"] for row in fills] == [row["tradeId"] for row in orders[1:]]
        assert all(frame["arg"]["uid"] for frame in frames)


def test_orders_of_others_are_not_told(frozen: PaperExchange) -> None:
    """An account sees its own orders only, and of the instrument type it asked for."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("orders", instType="SWAP")
        client.until_event("channel-conn-count")
        place(frozen, "bob", **SWAP)
        place(frozen, "alice", **LIMIT)
        place(frozen, "alice", **SWAP)
        assert client.recv()["data"][0]["instId"] == "BTC-USDT-SWAP"
        assert {topic for _, topic in frozen.pushed} == {"orders(instType=SWAP)"}


def test_two_keys_of_one_account_share_it(frozen: PaperExchange) -> None:
    """A second key of alice sees what the first one does."""
    with WireClient(frozen, "private", "alice-2") as client:
        client.subscribe("orders", instType="ANY")
        place(frozen, "alice", **LIMIT)
        assert client.until_push("orders")["data"][0]["instId"] == "BTC-USDT"


def test_lost_pushes_are_never_sent(frozen: PaperExchange) -> None:
    """Here the second page of a snapshot, as `after` says; other channels and later pushes are not touched."""
    frozen.faults.lose_push("account", after=1)
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("account")
        assert client.until_push("account")["curPage"] == 1
        client.subscribe("positions", instType="ANY")
        assert client.until_push("positions")["lastPage"]
        assert frozen.pushed[1, "account"] == 1
        frozen.clock.advance(5.5)
        assert [page["curPage"] for page in pages(client, "account")] == [1, 2]
