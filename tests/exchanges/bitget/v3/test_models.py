"""Rows of V3 in neutral words: where they say otherwise than those of V2, and where that costs money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bitget.models import V3Account, V3BookUpdate, V3FastFill, V3Fill, V3Order, V3Position
from okx_sync.exchanges.bitget.uta.account_models import UtaAccountAssets
from okx_sync.protocol.events import Push
from okx_sync.rows import decoder
from okx_sync.state.book.book import Book
from okx_sync.state.book.book_change import BookChange
from okx_sync.types import FillUpdate, OrderUpdate, PositionUpdate
from tests.exchanges.bitget.rows import V3, push


def order(**changes: Any) -> OrderUpdate:
    return V3Order.from_wire({**V3["order"], **changes}).to_update()


def position(**changes: Any) -> PositionUpdate:
    return V3Position.from_wire({**V3["position"], **changes}).to_update()


def test_an_order() -> None:
    """Ids, amounts and times; what was paid is negative in the neutral words, though positive on this wire."""
    assert order() == OrderUpdate(
        inst_id="ETHUSDT", order_id="900", client_order_id="mine-1", status="partially_filled", side="buy",
        order_type="limit", position_side="long", price=Decimal(2710), size=Decimal("0.5"), filled=Decimal("0.3"),
        average_price=Decimal(2710), fee=Decimal("-0.4878"), fee_currency="USDT", pnl=Decimal("0.75"),
        reduce_only=False, created_at=1763733000000, updated_at=1763733333701, request_id="r-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("live", "live"), ("new", "live"), ("partially_filled", "partially_filled"), ("filled", "filled"),
        ("cancelled", "canceled"), ("canceled", "canceled"),
    ],
)  # fmt: skip
def test_states(word: str, status: str) -> None:
    """V3 says ``cancelled`` where V2 says ``canceled``."""
    assert order(orderStatus=word).status == status


def test_an_unknown_state_is_not_guessed_at() -> None:
    """An order in a state that nobody knows is no update."""
    with pytest.raises(DecodeError, match="unknown status 'resting'"):
        order(orderStatus="resting")


def test_the_side_is_that_of_the_order() -> None:
    """Closing a long position is a sell here, and is told as it is; in V2 the same order says "buy"."""
    closing = order(side="sell", holdSide="long", tradeSide="close", holdMode="hedge_mode")
    assert (closing.side, closing.position_side) == ("sell", "long")


@pytest.mark.parametrize("category", ["spot", "SPOT", "margin"])
def test_a_size_in_quote_currency_is_not_told_as_one_in_coins(category: str) -> None:
    """A market order that buys on spot is sized in quote currency; what is filled is in coins."""
    words = {"category": category, "orderType": "market", "qty": "1000", "cumExecQty": "0.3", "price": ""}
    assert (order(**words, side="buy").size, order(**words, side="buy").filled) == (None, Decimal("0.3"))
    assert order(**words, side="sell").size == Decimal(1000)
    assert order(category="USDT-FUTURES", orderType="market", side="buy", qty="2").size == 2


@pytest.mark.parametrize("row", [V3["fill"], V3["fast-fill"]], ids=["fill", "fast-fill"])
def test_a_fill(row: dict[str, Any]) -> None:
    """Both channels tell the same fill, ``fill`` with its fee, negative when paid."""
    cls: Any = V3Fill if "feeDetail" in row else V3FastFill
    fill: FillUpdate = cls.from_wire(row).to_update()
    assert (fill.inst_id, fill.trade_id, fill.order_id, fill.client_order_id) == ("ETHUSDT", "5501", "900", "mine-1")
    assert (fill.side, fill.price, fill.size, fill.ts) == ("buy", Decimal(2710), Decimal("0.1"), 1763733333700)
    assert fill.is_maker is (row["tradeScope"] == "maker")
    paid = (Decimal("-0.1626"), "USDT", Decimal(0)) if cls is V3Fill else (None, None, None)
    assert (fill.fee, fill.fee_currency, fill.pnl) == paid


def test_a_rebate_is_positive() -> None:
    """What the exchange pays is negative on the wire."""
    fill = V3Fill.from_wire({**V3["fill"], "feeDetail": [{"feeCoin": "USDT", "fee": "-0.02"}]}).to_update()
    assert fill is not None
    assert fill.fee == Decimal("0.02")


def test_fees_in_several_coins_are_not_added_up() -> None:
    """They have no sum."""
    two = [{"feeCoin": "USDT", "fee": "1"}, {"feeCoin": "BGB", "fee": "2"}]
    assert (order(feeDetail=two).fee, order(feeDetail=two).fee_currency) == (None, None)
    assert order(feeDetail=[]).fee is None


def test_a_position() -> None:
    """The size is signed, the margin mode is the neutral word, the product follows from the margin."""
    told = position()
    assert (told.inst_id, told.side, told.size, told.margin_mode) == ("ETHUSDT", "short", Decimal("-0.2"), "cross")
    assert (told.entry_price, told.liquidation_price) == (Decimal("2720.5"), Decimal("3611.88"))
    assert (told.margin, told.margin_ratio, told.leverage) == (Decimal("27.12"), Decimal("0.0184"), Decimal(20))
    assert (told.product, told.currency) == ("USDT-FUTURES", "USDT")
    assert position(marginCoin="USDC").product == "USDC-FUTURES"
    assert position(marginCoin="BTC").product == "COIN-FUTURES"
    assert position(holdMode="one_way_mode", posSide="long").side == "net"
    assert position(liqPrice="0").liquidation_price is None


def test_a_position_that_has_ended_is_closed() -> None:
    """Whatever size the last row says."""
    assert not position(positionStatus="ended", size="0").is_open
    assert not position(positionStatus="ended", size="0.2").is_open
    with pytest.raises(DecodeError):
        position(posSide="")


def test_the_account() -> None:
    """Totals in USD, and each coin with its debts; either spelling of the unrealised profit is read."""
    made = {"ts": 1763733336000}
    told = V3Account.from_wire(V3["account"], made).to_update()
    assert (told.total_equity, told.initial_margin, told.maintenance_margin) == (
        Decimal("1003.77"), Decimal("52.1"), Decimal("18.4"),
    )  # fmt: skip
    assert (told.margin_ratio, told.unrealized_pnl, told.updated_at) == (
        Decimal("0.0184"), Decimal("15.67"), 1763733336000,
    )  # fmt: skip
    usdt, eth = told.balances
    assert (usdt.currency, usdt.equity, usdt.cash, usdt.available, usdt.frozen, usdt.equity_usd) == (
        "USDT", Decimal("903.77"), Decimal("888.1"), Decimal("850.5"), Decimal(12), Decimal("903.5"),
    )  # fmt: skip
    assert (eth.liability, eth.updated_at) == (Decimal("0.001"), 1763733336000)
    assert V3Account.from_wire({"unrealisedPnl": "3"}).to_update().unrealized_pnl == 3


@pytest.mark.parametrize(("cls", "name"), [(V3Account, "coin"), (UtaAccountAssets, "assets")])
def test_an_account_without_its_coins(cls: Any, name: str) -> None:
    """It does not say that there are none, and so is not all of the account."""
    assert cls.from_wire({"mmr": "1"}).to_update().is_cut
    assert not cls.from_wire({"mmr": "1", name: None}).to_update().is_cut


def test_a_coin_that_cannot_be_read_leaves_the_others() -> None:
    """It is named, and the list is known to be cut."""
    told = V3Account.from_wire({"coin": [{"equity": "1"}, {"coin": "BTC", "equity": "2"}]}).to_update()
    assert [one.currency for one in told.balances] == ["BTC"]
    assert told.is_cut
    assert len(told.unreadable) == 1


def book(*rows: dict[str, Any], action: str = "update") -> list[BookChange]:
    event = dialect_for("v3").read(push("v3", "books", *rows, action=action))
    assert isinstance(event, Push)
    assert TABLES["v3"].lookup("books").model is V3BookUpdate
    made = decoder(V3BookUpdate)(event.rows, event.message)
    return [one.to_change() for one in made]


def test_a_book() -> None:
    """A snapshot, then changes that each name the one before; a size of 0 deletes the level."""
    kept = Book()
    (first,) = book({"a": [["11", "1"]], "b": [["9", "2"], ["8", "1"]], "seq": 100, "pseq": 0}, action="snapshot")
    (second,) = book({"a": [["10.5", "3"]], "b": [["9", "0"]], "seq": 105, "pseq": 100, "ts": "7"})
    assert [kept.apply(one) for one in (first, second)] == ["snapshot", "ok"]
    assert (kept.bids.rows(9), kept.asks.rows(9), kept.seq, kept.ts) == (
        [["8", "1"]], [["10.5", "3"], ["11", "1"]], 105, 7,
    )  # fmt: skip
    (lost,) = book({"a": [], "b": [], "seq": 120, "pseq": 110})
    assert kept.apply(lost) == "gap"


def test_the_first_change_may_begin_before_the_snapshot() -> None:
    """It must reach the snapshot's number, and only the first may; one that ends before or begins after is a gap."""
    whole = {"a": [["11", "1"]], "b": [["9", "2"]], "seq": 100, "pseq": 0}
    for change, outcome in [((98, 103), "ok"), ((98, 100), "ok"), ((90, 95), "gap"), ((101, 103), "gap")]:
        kept = Book()
        kept.apply(book(whole, action="snapshot")[0])
        assert kept.apply(book({"a": [], "b": [["9", "3"]], "pseq": change[0], "seq": change[1]})[0]) == outcome
    kept = Book()
    kept.apply(book(whole, action="snapshot")[0])
    assert kept.apply(book({"a": [], "b": [["9", "3"]], "pseq": 100, "seq": 102})[0]) == "ok"
    assert kept.apply(book({"a": [], "b": [["9", "3"]], "pseq": 101, "seq": 103})[0]) == "gap"


def test_a_new_count_follows_nothing() -> None:
    """A change with ``pseq`` 0 comes behind a restart of Bitget: the book is not known until the next snapshot."""
    kept = Book()
    kept.apply(book({"a": [["11", "1"]], "b": [["9", "2"]], "seq": 100, "pseq": 0}, action="snapshot")[0])
    assert kept.apply(book({"a": [], "b": [["9", "3"]], "pseq": 0, "seq": 200})[0]) == "gap"
    assert kept.apply(book({"a": [["11", "1"]], "b": [["9", "3"]], "pseq": 0, "seq": 201}, action="snapshot")[0]) == (
        "snapshot"
    )
    assert kept.apply(book({"a": [], "b": [["9", "4"]], "pseq": 201, "seq": 202})[0]) == "ok"


@pytest.mark.parametrize("channel", ["books1", "books5", "books50"])
def test_the_action_says_what_a_short_book_is(channel: str) -> None:
    """Not its name: Bitget has announced that some will bring changes."""
    row = {"a": [["11", "1"]], "b": [["9", "2"]], "seq": 5, "pseq": 4}
    for action in ("snapshot", "update"):
        event = dialect_for("v3").read(push("v3", channel, row, action=action))
        assert isinstance(event, Push)
        (one,) = decoder(V3BookUpdate)(event.rows, event.message)
        assert (one.to_change().kind, one.is_snapshot) == (action, action == "snapshot")


def test_an_unknown_action_of_a_book_is_not_guessed_at() -> None:
    """Nobody can say what to do with its rows; nor with a whole book that lacks a side."""
    with pytest.raises(DecodeError, match="unknown action 'merge'"):
        book({"a": [], "b": [], "seq": 1, "pseq": 0}, action="merge")
    with pytest.raises(DecodeError, match="not a list of levels"):
        book({"a": [], "seq": 1, "pseq": 0}, action="snapshot")


def test_the_envelope_tells_what_rows_leave_out() -> None:
    """Instrument and interval of a candle; instrument and time of a ticker that names neither."""
    for channel, row, told in (
        ("kline", None, {"symbol": "ETHUSDT", "interval": "1m", "instType": "usdt-futures"}),
        ("ticker", {"lastPrice": "1"}, {"symbol": "ETHUSDT", "ts": 1763733336000}),
        ("liquidation", {"price": "1"}, {"symbol": "ETHUSDT"}),
    ):
        event = dialect_for("v3").read(push("v3", channel, *([row] if row else [])))
        assert isinstance(event, Push)
        (one,) = decoder(TABLES["v3"].lookup(channel).model)(event.rows, event.message)
        assert {name: getattr(one, name) for name in told} == told


def test_a_fast_fill_may_be_an_object() -> None:
    """Bitget sends one fill without a list around it now and then."""
    message = {"action": "snapshot", "arg": {"instType": "UTA", "topic": "fast-fill"}, "data": V3["fast-fill"], "ts": 1}
    event = dialect_for("v3").read(orjson.dumps(message))
    assert isinstance(event, Push)
    (one,) = decoder(V3FastFill)(event.rows, event.message)
    assert one.execId == "5501"
