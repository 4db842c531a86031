"""Orders at the engine: what is refused and how, what each order type does, and what is told about it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper.venue.events import BalanceChanged, Filled, FillsJoined, OrderChanged, PositionChanged, TradePrinted
from okx_sync.paper.venue.wire_rules import COMMON
from tests.paper.venue.frozen_venue import SPOT, SWAP, FrozenVenue


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"instId": ""}, "50014"),
        ({"instId": "DOGE-USDT"}, "51001"),
        ({"side": "hold"}, "51000"),
        ({"ordType": "iceberg"}, "51000"),
        ({"tdMode": "cross"}, "51000"),
        ({"px": ""}, "51204"),
        ({"px": "-1"}, "51000"),
        ({"px": "1e4"}, "51000"),
        ({"sz": "0"}, "51000"),
        ({"sz": "many"}, "51000"),
        ({"sz": "0.000001"}, "51020"),
        ({"sz": "0.000100001"}, "51121"),
        ({"sz": "99999999"}, "51005"),
        ({"px": "90000"}, "51137"),
        ({"instId": SWAP, "tdMode": "cross", "px": "90000"}, "51006"),
        ({"ordType": "rpi"}, "54042"),
        ({"ordType": "elp", "instId": SWAP, "tdMode": "cross", "reduceOnly": True}, "54039"),
        ({"ordType": "rpi", "attachAlgoOrds": [{"slTriggerPx": "1", "slOrdPx": "-1"}]}, "54040"),
        ({"px": "60000.04"}, "51000"),
        ({"sz": "100"}, "51008"),
        ({"clOrdId": "not allowed!"}, "51000"),
        ({"clOrdId": "a" * 33}, "51000"),
        ({"ordType": "optimal_limit_ioc"}, "51000"),
        ({"instId": SWAP, "tdMode": "cross", "reduceOnly": True, "sz": "1"}, "51169"),
        ({"instId": SWAP, "tdMode": "cross", "posSide": "long", "sz": "1"}, "51000"),
        ({"attachAlgoOrds": [{"tpTriggerPx": "1"}]}, "51000"),
    ],
)
def test_bad_orders_are_refused_with_the_exchanges_code(args: dict[str, Any], code: str) -> None:
    """A refused order has a code and a message, keeps its client id, and leaves no trace."""
    scene = FrozenVenue()
    asked = {"instId": SPOT, "tdMode": "cash", "side": "buy", "ordType": "limit", "px": "60000", "sz": "0.01"}
    ack = scene.venue.place(scene.alice, {**asked, "clOrdId": "mine", **args})
    assert (ack.sCode, ack.ordId) == (code, "")
    assert ack.sMsg
    assert ack.clOrdId == args.get("clOrdId", "mine")
    assert scene.seen == []
    assert scene.balance(scene.alice, "USDT") == (Decimal(100_000), Decimal(0))


def test_client_ids_are_unique_among_open_orders() -> None:
    """A client id is free again when its order is done, unless other rules say for ever; accounts do not share ids."""
    scene = FrozenVenue()
    first = scene.order(scene.alice, px="60000", sz="0.01", clOrdId="once")
    assert scene.order(scene.alice, px="60000", sz="0.01", clOrdId="once").sCode == "51016"
    scene.venue.cancel(scene.alice, {"instId": SPOT, "ordId": first.ordId})
    assert scene.order(scene.alice, px="60000", sz="0.01", clOrdId="once", rules=COMMON).sCode == "51016"
    assert scene.order(scene.alice, px="60000", sz="0.01", clOrdId="once").ok
    assert scene.order(scene.bob, px="60000", sz="0.01", clOrdId="once").ok


def test_limit_order_rests_and_freezes_its_money() -> None:
    """A limit order away from the market waits in the book with its cost frozen; a cancel gives it back."""
    scene = FrozenVenue()
    ack = scene.order(scene.alice, px="60000", sz="0.5")
    assert scene.states() == ["live"]
    assert scene.balance(scene.alice, "USDT") == (Decimal(100_000), Decimal(30_000))
    level = scene.venue.book(SPOT).level_at("buy", 600_000)
    assert level is not None
    assert level.total == 50_000_000
    assert scene.venue.cancel(scene.alice, {"instId": SPOT, "ordId": ack.ordId}).ok
    assert scene.states() == ["live", "canceled"]
    assert scene.balance(scene.alice, "USDT") == (Decimal(100_000), Decimal(0))
    assert scene.venue.cancel(scene.alice, {"instId": SPOT, "ordId": ack.ordId}).sCode == "51400"
    assert [event.cause for event in scene.taken(BalanceChanged)] == ["", ""]


def test_others_cannot_cancel_my_order() -> None:
    """An order is only known to the account that placed it, and only under its instrument."""
    scene = FrozenVenue()
    ack = scene.order(scene.alice, px="60000", sz="0.01", clOrdId="mine")
    assert scene.venue.cancel(scene.bob, {"instId": SPOT, "ordId": ack.ordId}).sCode == "51400"
    assert scene.venue.cancel(scene.alice, {"instId": "ETH-USDT", "ordId": ack.ordId}).sCode == "51400"
    assert scene.venue.cancel(scene.alice, {"instId": SPOT}).sCode == "51003"
    assert scene.venue.order_row(scene.bob, clOrdId="mine") is None


def test_market_buy_spends_quote_currency() -> None:
    """A spot market buy is sized in quote currency unless told otherwise, and its last push says filled."""
    scene = FrozenVenue()
    scene.order(scene.alice, ordType="market", sz="1000")
    cash, frozen = scene.balance(scene.alice, "USDT")
    assert Decimal("98999.9") < cash <= Decimal(99_001)
    assert frozen == 0
    assert scene.states()[0] == "live"
    assert scene.states()[-1] == "filled"
    last = scene.taken(OrderChanged)[-1].row
    assert last["tgtCcy"] == "quote_ccy"
    assert last["sz"] == "1000"
    bought = Decimal(last["accFillSz"])
    assert scene.balance(scene.alice, "BTC")[0] == 2 + bought * (1 - Decimal("0.001"))
    assert scene.money_is_conserved()


def test_market_buy_in_base_currency() -> None:
    """With tgtCcy base_ccy the size counts coins; more than the money buys is refused where that is asked for."""
    scene = FrozenVenue()
    assert scene.order(scene.alice, ordType="market", sz="0.2", tgtCcy="base_ccy").ok
    assert scene.taken(OrderChanged)[-1].row["accFillSz"] == "0.2"
    assert scene.order(scene.alice, ordType="market", sz="5", tgtCcy="base_ccy", banAmend=True).sCode == "51008"
    assert scene.order(scene.alice, ordType="market", sz="5", tgtCcy="base_ccy", rules=COMMON).sCode == "51008"


def test_two_users_trade_with_each_other() -> None:
    """Maker and taker get the same trade, each with its own role, fee and push; the tape prints it once."""
    scene = FrozenVenue()
    ask, bid = scene.best()
    px = (ask + bid) / 2 // Decimal("0.1") * Decimal("0.1")
    scene.order(scene.alice, side="sell", px=str(px), sz="0.3", clOrdId="77")
    scene.forget()
    scene.order(scene.bob, px=str(px), sz="0.1")
    fills = {event.account.label: event.row for event in scene.taken(FillsJoined)}
    assert (fills["alice"]["execType"], fills["bob"]["execType"]) == ("M", "T")
    assert fills["alice"]["tradeId"] == fills["bob"]["tradeId"]
    assert (fills["alice"]["clOrdId"], fills["bob"]["clOrdId"]) == ("77", "0")
    printed = scene.taken(TradePrinted)
    assert [event.row_trades["sz"] for event in printed] == ["0.1"]
    assert printed[0].row_trades["side"] == "buy"
    assert [event.row["state"] for event in scene.taken(OrderChanged)] == ["live", "partially_filled", "filled"]
    assert scene.balance(scene.alice, "USDT")[0] == 100_000 + px * Decimal("0.1") * (1 - Decimal("0.0008"))
    assert scene.balance(scene.alice, "BTC") == (Decimal("1.9"), Decimal("0.2"))
    assert scene.money_is_conserved()


@pytest.mark.parametrize(("kind", "source"), [("ioc", "14"), ("fok", "13"), ("post_only", "31")])
def test_types_that_do_not_wait(kind: str, source: str) -> None:
    """ioc takes what there is and ends; fok takes all or nothing; a post_only that would take ends at once."""
    scene = FrozenVenue()
    ask, _ = scene.best()
    size = "1.5" if kind != "post_only" else "0.01"
    ack = scene.order(scene.alice, ordType=kind, px=str(ask), sz=size)
    assert ack.ok
    row = scene.venue.order_row(scene.alice, ordId=ack.ordId)
    assert row is not None
    assert (row["state"], row["cancelSource"]) == ("canceled", source)
    assert (Decimal(row["accFillSz"]) > 0) == (kind == "ioc")
    assert scene.balance(scene.alice, "USDT")[1] == 0
    assert (scene.states()[0] == "live") == (kind == "ioc")


@pytest.mark.parametrize(
    ("mode", "maker", "taker"),
    [
        ("cancel_maker", "canceled", "live"),
        ("cancel_taker", "live", "canceled"),
        ("cancel_both", "canceled", "canceled"),
    ],
)
def test_nobody_trades_with_himself(mode: str, maker: str, taker: str) -> None:
    """When an account would meet its own order, the stpMode says which of the two goes."""
    scene = FrozenVenue()
    ask, _ = scene.best()
    px = str(ask - Decimal("0.1"))
    first = scene.order(scene.alice, side="sell", px=px, sz="0.1")
    second = scene.order(scene.alice, px=px, sz="0.1", stpMode=mode)
    rows = [scene.venue.order_row(scene.alice, ordId=ack.ordId) for ack in (first, second)]
    assert [row["state"] for row in rows if row] == [maker, taker]
    assert scene.taken(Filled) == []


def test_reduce_only_never_turns_a_position() -> None:
    """A reduce-only order that waits is cut to the position; when the position is gone it is cancelled."""
    scene = FrozenVenue()
    ask, _ = scene.best(SWAP)
    scene.order(scene.alice, SWAP, ordType="market", sz="5")
    waiting = scene.order(scene.alice, SWAP, side="sell", px=str(ask + 500), sz="5", reduceOnly=True)
    row = scene.venue.order_row(scene.alice, ordId=waiting.ordId)
    assert row is not None
    assert row["sz"] == "5"
    scene.order(scene.alice, SWAP, side="sell", ordType="market", sz="2", reduceOnly="true")
    row = scene.venue.order_row(scene.alice, ordId=waiting.ordId)
    assert row is not None
    assert row["sz"] == "3"
    scene.order(scene.alice, SWAP, side="sell", ordType="market", sz="3")
    row = scene.venue.order_row(scene.alice, ordId=waiting.ordId)
    assert row is not None
    assert (row["state"], row["cancelSource"]) == ("canceled", "17")
    assert scene.venue.position_rows(scene.alice) == []
    assert scene.taken(PositionChanged)[-1].instId == SWAP


def test_suspended_instruments_take_no_orders() -> None:
    """After its state changed an instrument refuses orders, and the change is told."""
    scene = FrozenVenue()
    scene.venue.change_instrument(SPOT, state="suspend")
    assert scene.venue.instrument_row(SPOT)["state"] == "suspend"
    assert scene.order(scene.alice, px="60000", sz="0.01").sCode == "51022"
    with pytest.raises(ValueError, match="ctVal"):
        scene.venue.change_instrument(SPOT, ctVal=Decimal(1))
