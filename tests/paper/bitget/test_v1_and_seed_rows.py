"""Account data of the two older protocols: V1's names, and the seed gateway's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.bitget_client import FUTURES, SWAP, UMCBL, BitgetClient, place
from tests.paper.bitget.row_facts import SEED, V1, fields


@pytest.fixture
def calm(paper: PaperExchange) -> PaperExchange:
    """A market that stands still."""
    paper.quiet()
    return paper


def test_v1_account_and_positions(calm: PaperExchange) -> None:
    """Whole lists with the top-level time, under V1's names; an empty list means flat."""
    with BitgetClient(calm, "v1", "alice") as client:
        account = client.first("account", **UMCBL)[0]
        assert set(account) == fields(V1["account"])
        assert account["equity"] == "100000"
        assert client.first("positions", **UMCBL) == []
        place(calm, "sell", "10")
        push = client.until_push("positions")
        row = push["data"][0]
        assert set(row) == fields(V1["positions"])
        assert (row["instId"], row["instName"], row["holdSide"]) == ("BTCUSDT_UMCBL", "BTCUSDT", "short")
        assert (row["total"], row["leverage"], row["holdMode"]) == ("0.1", 10, "single_hold")
        assert (push["action"], type(push["ts"])) == ("snapshot", int)


def test_v1_orders_carry_their_fills(calm: PaperExchange) -> None:
    """The states of V1, whole numbers for times, and the fill in the order's own row."""
    with BitgetClient(calm, "v1", "alice") as client:
        client.subscribe("orders", **UMCBL)
        place(calm, "buy", "10", "64000", clOrdId="old1")
        row = client.until_push("orders")["data"][0]
        assert set(row) == fields(V1["orders"])
        assert (row["instId"], row["clOrdId"], row["status"], row["sz"]) == ("BTCUSDT_UMCBL", "old1", "new", "0.1")
        assert (type(row["cTime"]), row["low"], row["force"]) == (int, False, "normal")
        seen = []
        for sz in ("4", None):
            calm.fill("old1", sz=sz)
            row = client.until_push("orders")["data"][0]
            assert set(row) == fields(V1["orders"], V1["orders, filled"])
            seen.append((row["status"], row["fillSz"], row["accFillSz"]))
        assert seen == [("partial-fill", "0.04", "0.04"), ("full-fill", "0.06", "0.1")]
        place(calm, "buy", "10", "64000", clOrdId="old2")
        calm.venue.cancel(calm.venue.accounts[0], {"instId": SWAP, "clOrdId": "old2"})
        client.until(lambda frame: frame["data"][0]["status"] == "cancelled")


def test_v1_algo_orders_are_acked_and_silent(calm: PaperExchange) -> None:
    """The channel exists; what its rows look like is not known, so none are made up."""
    with BitgetClient(calm, "v1", "alice") as client:
        assert client.subscribe("ordersAlgo", **UMCBL)["arg"]["channel"] == "ordersAlgo"


def test_seed_account(calm: PaperExchange) -> None:
    """`update` from the first push on, the time in the row and not beside it; a coin may be named."""
    with BitgetClient(calm, "seed", "alice") as client:
        client.subscribe("account", instId="USDT", **FUTURES)
        push = client.until_push("account")
        assert set(push) == {"action", "arg", "data"}
        assert push["action"] == "update"
        row = push["data"][0]
        assert set(row) == fields(SEED["account"])
        assert (row["total"], row["marginMode"], type(row["timestamp"])) == ("100000", "cross", int)


def test_seed_positions_end_with_zero(calm: PaperExchange) -> None:
    """Open positions each time, and a closed one once more, with nothing held."""
    with BitgetClient(calm, "seed", "alice") as client:
        client.subscribe("positions", **FUTURES)
        assert client.until_push("positions")["data"] == []
        place(calm, "buy", "10")
        row = client.until_push("positions")["data"][0]
        assert set(row) == fields(SEED["positions"])
        assert (row["symbol"], row["positionSide"], row["holdPosition"]) == ("BTCUSDT", "long", "0.1")
        place(calm, "sell", "10")
        row = client.until_push("positions")["data"][0]
        assert (row["symbol"], row["positionSide"], row["holdPosition"]) == ("BTCUSDT", "long", "0")
        place(calm, "buy", "5", instId="ETH-USDT-SWAP")
        assert [row["symbol"] for row in client.until_push("positions")["data"]] == ["ETHUSDT"]


def test_seed_orders_and_executions(calm: PaperExchange) -> None:
    """The order tells how much of it is filled, the execution tells of one fill: the sums agree."""
    with BitgetClient(calm, "seed", "alice") as client:
        client.subscribe("orders", instId="BTCUSDT", **FUTURES)
        client.subscribe("execution", instId="BTCUSDT", **FUTURES)
        place(calm, "buy", "10", "64000", clOrdId="seed1")
        row = client.until_push("orders")["data"][0]
        assert set(row) == fields(SEED["orders"])
        assert (row["status"], row["size"], row["filledSize"], row["avgPrice"]) == ("new", "0.1", "0", "0")
        total = Decimal(0)
        for sz, status in (("4", "partially_filled"), (None, "filled")):
            calm.fill("seed1", sz=sz)
            row = client.until_push("orders")["data"][0]
            fill = client.until_push("execution")["data"][0]
            assert set(fill) == fields(SEED["execution"])
            total += Decimal(fill["size"])
            assert (row["status"], Decimal(row["filledSize"]), row["avgPrice"]) == (status, total, "64000")
            assert (fill["orderId"], fill["role"], fill["feeCurrency"]) == (row["orderId"], "maker", "USDT")
            assert Decimal(fill["fee"]) == Decimal(fill["size"]) * 64000 * Decimal("0.0002")
        place(calm, "buy", "10", "64000", clOrdId="seed2")
        calm.venue.cancel(calm.venue.accounts[0], {"instId": SWAP, "clOrdId": "seed2"})
        client.until(lambda frame: frame["data"][0].get("status") == "cancelled")


def test_seed_liquidation_warning(calm: PaperExchange) -> None:
    """A position that comes near its end is told of, with how near in `marginRatio`."""
    calm.venue.set_leverage(calm.venue.accounts[0], {"instId": SWAP, "lever": "50", "mgnMode": "isolated"})
    place(calm, "buy", "100", tdMode="isolated")
    with BitgetClient(calm, "seed", "alice") as client:
        client.subscribe("liquidation", **FUTURES)
        calm.trade_at(SWAP, "64350")
        row = client.until_push("liquidation")["data"][0]
        assert set(row) == fields(SEED["liquidation"])
        assert (row["symbol"], row["positionSide"], row["marginMode"]) == ("BTCUSDT", "long", "isolated")
        assert Decimal("0.3") < Decimal(row["marginRatio"]) < 1
        assert Decimal(row["liquidationPrice"]) < Decimal(row["currentPrice"])
