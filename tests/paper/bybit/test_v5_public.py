"""Bybit V5's public socket: answers, books, tickers, trades, klines and the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from okx_sync.paper.venue.number_text import text
from tests.paper.bybit.bybit_client import SWAP, BybitClient, Frame
from tests.paper.feeds import event_triggers

BOOK = "orderbook.50.BTCUSDT"
TICKERS = "tickers.BTCUSDT"


def best(paper: PaperExchange, depth: int) -> dict[str, dict[str, str]]:
    """The venue's book, sizes in coins, by the names of the wire."""
    book = paper.venue.book(SWAP)
    return {
        side: {px: text(Decimal(size) / 100) for px, size, *_ in book.levels(word, depth)}
        for side, word in (("b", "bids"), ("a", "asks"))
    }


def apply(book: dict[str, dict[str, str]], frame: Frame) -> None:
    """Change a book as a push says."""
    for side in ("b", "a"):
        if frame["type"] == "snapshot":
            book[side] = {}
        for px, size in frame["data"][side]:
            if size == "0":
                del book[side][px]
            else:
                book[side][px] = size


def test_ping_keeps_its_op(paper: PaperExchange) -> None:
    """The answer is known by its text, and repeats the `req_id` when there was one."""
    with BybitClient(paper) as wire:
        assert wire.ask("ping", req_id="7") == {
            "success": True,
            "ret_msg": "pong",
            "conn_id": paper.connections[0].connId,
            "req_id": "7",
            "op": "ping",
        }
        assert "req_id" not in wire.ask("ping")
        assert paper.connections[0].pings == 2


def test_data_comes_before_the_ack(paper: PaperExchange) -> None:
    """The snapshots of all topics, then one ack that names none of them."""
    with BybitClient(paper) as wire:
        wire.send({"op": "subscribe", "args": [BOOK, TICKERS], "req_id": "a1"})
        assert [wire.recv()["topic"] for _ in range(2)] == [BOOK, TICKERS]
        ack = wire.until(lambda frame: "topic" not in frame)
        assert {name: ack[name] for name in ("success", "ret_msg", "req_id", "op")} == {
            "success": True,
            "ret_msg": "subscribe",
            "req_id": "a1",
            "op": "subscribe",
        }
        assert paper.topics() == {BOOK: 1, TICKERS: 1}


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        ("orderbook.500.BTCUSDT", "error:handler not found,topic:orderbook.500.BTCUSDT"),
        ("tickers.NOSUCH", "error:handler not found,topic:tickers.NOSUCH"),
        ("tickers", "error:handler not found,topic:tickers"),
        ("insurance.EUR", "error:handler not found,topic:insurance.EUR"),
        ("order", "error:handler not found,topic:order"),
        (BOOK, f"error:already subscribed,topic:{BOOK}"),
    ],
)
def test_one_bad_topic_refuses_the_whole_request(frozen: PaperExchange, topic: str, message: str) -> None:
    """The good topic beside it is not subscribed either."""
    with BybitClient(frozen) as wire:
        wire.subscribe(BOOK)
        answer = wire.ask("subscribe", TICKERS, topic, req_id="x")
        assert (answer["success"], answer["ret_msg"], answer["req_id"]) == (False, message, "x")
        assert frozen.topics() == {BOOK: 1}


@pytest.mark.parametrize("request_", [{"op": "nonsense"}, {"args": []}, {"op": "auth", "args": ["a", 1, "b"]}, "{"])
def test_what_is_no_operation(paper: PaperExchange, request_: Any) -> None:
    """Unknown words, none at all, no JSON, and a login on a public socket."""
    with BybitClient(paper) as wire:
        wire.send(request_)
        answer = wire.recv()
        assert (answer["success"], answer["ret_msg"]) == (False, "error:invalid op")


def test_arguments_have_a_total_length(frozen: PaperExchange) -> None:
    """21 000 characters of topics per connection."""
    with BybitClient(frozen) as wire:
        many = [f"tickers.{'X' * 100}{number}" for number in range(200)]
        assert wire.ask("subscribe", *many)["ret_msg"] == "error:args length exceeds limit"
        assert wire.ask("subscribe")["ret_msg"] == "error:invalid args"


def test_unsubscribing(frozen: PaperExchange) -> None:
    """Pushes end; a topic that was not active does no harm."""
    with BybitClient(frozen) as wire:
        wire.subscribe(BOOK)
        assert wire.ask("unsubscribe", BOOK, TICKERS, req_id="u")["success"] is True
        frozen.clock.advance(1)
        assert wire.sync() == []


@pytest.mark.parametrize("depth", [50, 200, 1000])
def test_book_is_kept_by_its_deltas(frozen: PaperExchange, depth: int) -> None:
    """Snapshot and deltas give the venue's book, `u` grows by one, and sizes are in coins."""
    with BybitClient(frozen) as wire:
        topic, book = f"orderbook.{depth}.BTCUSDT", dict[str, dict[str, str]]()
        frames = wire.subscribe(topic)
        for _ in range(20):
            frozen.clock.advance(0.5)
        frozen.venue.quiet()
        frozen.clock.advance(1)
        frames += wire.sync()
        for frame in frames:
            apply(book, frame)
        assert [frame["type"] for frame in frames] == ["snapshot", *["delta"] * (len(frames) - 1)]
        numbers = [frame["data"]["u"] for frame in frames]
        assert numbers == list(range(numbers[0], numbers[0] + len(frames)))
        assert len(frames) > 10
        assert book == best(frozen, depth)


def test_top_of_the_book_is_always_whole(frozen: PaperExchange) -> None:
    """Depth 1 has snapshots only, and after three quiet seconds the same one again."""
    with BybitClient(frozen) as wire:
        (first,) = wire.subscribe("orderbook.1.BTCUSDT")
        frozen.clock.advance(2)
        frames = [first, *wire.sync()]
        assert {frame["type"] for frame in frames} == {"snapshot"}
        assert len({frame["data"]["u"] for frame in frames}) == len(frames) > 2
        frozen.venue.quiet()
        frozen.clock.advance(1)
        wire.sync()
        frozen.clock.advance(6.5)
        again = wire.sync()
        assert len(again) == 2
        assert len({frame["data"]["u"] for frame in again}) == 1
        assert [dict(again[0]["data"][side]) for side in ("b", "a")] == list(best(frozen, 1).values())


def test_lost_and_restarted_books(frozen: PaperExchange) -> None:
    """A gap leaves a hole in `u`; a restart of the service is a snapshot whose `u` is 1."""
    with BybitClient(frozen) as wire:
        last = wire.subscribe(BOOK)[0]["data"]["u"]
        frozen.faults.gap("orderbook.50", instId="BTCUSDT")
        frozen.clock.advance(2)
        assert wire.sync()[0]["data"]["u"] == last + 2
        frozen.faults.reset_sequence(SWAP)
        frozen.clock.advance(2)
        restarted = wire.sync()
        assert (restarted[0]["type"], restarted[0]["data"]["u"]) == ("snapshot", 1)
        assert (restarted[1]["type"], restarted[1]["data"]["u"]) == ("delta", 2)


def test_tickers_are_told_in_parts(frozen: PaperExchange) -> None:
    """Deltas have the symbol and what changed; merged into the snapshot they give what a newcomer gets."""
    with BybitClient(frozen) as wire, BybitClient(frozen) as late:
        state = wire.subscribe(TICKERS)[0]["data"]
        frozen.clock.advance(3)
        frozen.venue.quiet()
        frozen.clock.advance(1)
        deltas = wire.sync()
        assert all(frame["type"] == "delta" for frame in deltas)
        assert all(1 < len(frame["data"]) < len(state) for frame in deltas)
        for frame in deltas:
            state |= frame["data"]
        assert late.subscribe(TICKERS)[0]["data"] == state
        assert state["bid1Price"] == next(iter(best(frozen, 1)["b"]))


def test_trades_are_in_coins(frozen: PaperExchange) -> None:
    """The same trade as at the venue, with the taker's side and the way the price went."""
    with BybitClient(frozen) as wire:
        wire.subscribe("publicTrade.BTCUSDT")
        frozen.trade_at(SWAP, "65100", "3")
        row = wire.sync()[-1]["data"][-1]
        assert {name: row[name] for name in ("s", "S", "v", "p", "L")} == {
            "s": "BTCUSDT",
            "S": "Buy",
            "v": "0.03",
            "p": "65100",
            "L": "PlusTick",
        }
        frozen.trade_at(SWAP, "65000")
        assert wire.sync()[-1]["data"][-1]["L"] == "MinusTick"


def test_klines_close(frozen: PaperExchange) -> None:
    """The closed candle is told once with `confirm`, then the next one opens where it ended."""
    with BybitClient(frozen) as wire:
        first = wire.subscribe("kline.1.BTCUSDT")[0]["data"][0]
        frozen.clock.advance(70)
        rows = [row for frame in wire.sync() for row in frame["data"]]
        closed = [row for row in rows if row["confirm"]]
        assert closed[0]["start"] == first["start"]
        assert closed[0]["end"] == first["start"] + 59_999
        assert rows[-1]["start"] == closed[-1]["end"] + 1
        assert (first["interval"], first["confirm"]) == ("1", False)


def test_liquidations_name_the_side_that_was_liquidated(frozen: PaperExchange) -> None:
    """A long was liquidated: `S` is "Buy"."""
    with BybitClient(frozen) as wire:
        wire.subscribe("allLiquidation.ETHUSDT")
        event_triggers.buy_swap(frozen, instId=event_triggers.OTHER_SWAP, sz="10", tdMode="isolated")
        event_triggers.fall(frozen, event_triggers.OTHER_SWAP, "0.11")
        (row,) = wire.push("allLiquidation.ETHUSDT")["data"]
        assert (row["s"], row["S"], row["v"]) == ("ETHUSDT", "Buy", "1")


def test_insurance_funds(frozen: PaperExchange) -> None:
    """A fund that had to pay is told in a delta; the alarm is told each second, and then with a loss beyond limits."""
    with BybitClient(frozen) as wire:
        assert len(wire.subscribe("insurance.USDT", "adlAlert.USDT", "insurance.USDC")) == 2
        fund = frozen.venue.risk.insurance
        frozen.run(fund.liquidated, "BTC-USDT", Decimal(100), frozen.clock.now_ms())
        frozen.clock.advance(2.5)
        frames = wire.sync()
        (told,) = [frame for frame in frames if frame["topic"] == "insurance.USDT"]
        (row,) = told["data"]
        assert (told["type"], row["symbols"], row["balance"]) == ("delta", "BTCUSDT", "4999900")
        alarms = [frame["data"] for frame in frames if frame["topic"] == "adlAlert.USDT"]
        assert len(alarms) == 2
        btc, eth = alarms[-1]
        assert btc["pr"] < btc["i_pr"] < eth["pr"]


def test_price_limits(frozen: PaperExchange) -> None:
    """Told at once, and again when the price moved."""
    with BybitClient(frozen) as wire:
        (first,) = wire.subscribe("priceLimit.BTCUSDT")
        frozen.trade_at(SWAP, "66000")
        frozen.clock.advance(1)
        assert Decimal(wire.sync()[-1]["data"]["buyLmt"]) > Decimal(first["data"]["buyLmt"])


def test_exchange_time_over_rest(frozen: PaperExchange) -> None:
    """`GET /v5/market/time`."""
    import requests

    answer = requests.get(frozen.url + "/v5/market/time", timeout=5).json()
    assert (answer["retCode"], answer["time"]) == (0, frozen.clock.now_ms())
    assert int(answer["result"]["timeNano"]) == frozen.clock.now_ms() * 1_000_000
