"""Names on Bybit's wire: ids both ways, symbols, directions."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from okx_sync.paper.bybit.identifiers import PriceDirection, find_instrument, order_id, symbol_of, venue_order_id
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue.venue import Venue


@given(some.integers(1, 2**63))
def test_order_ids_go_both_ways(number: int) -> None:
    """The venue's number comes back out of the written id."""
    assert venue_order_id(order_id(number)) == str(number)


@given(some.text(max_size=40))
def test_foreign_order_ids_are_no_orders(written: str) -> None:
    """Whatever a client sends, it is a number that the venue can look up, of no order."""
    assert venue_order_id(written) == "0"


def test_ids_of_other_orders_are_no_orders() -> None:
    """A well-formed id that is none of ours does not become one by being cut."""
    assert venue_order_id(order_id(7).replace("5f3a", "5f3b")) == "0"


@given(some.lists(some.text(min_size=1, max_size=36), unique=True, max_size=20))
def test_client_ids_go_both_ways(given_ids: list[str]) -> None:
    """Ids that OKX's rules do not allow get a name of their own there, always the same, and come back as given."""
    ids = ClientIds()
    known = [ids.known_as(one) for one in given_ids]
    assert len(set(known)) == len(given_ids)
    assert known == [ids.known_as(one) for one in given_ids]
    assert [ids.given(one) for one in known] == given_ids
    assert all(one.isascii() and one.isalnum() and len(one) <= 32 for one in known)


def test_symbols_go_both_ways() -> None:
    """Swaps have one name in each protocol; spot pairs share V5's in another category."""
    venue = Venue(flow_per_s=0)
    for instrument in venue.instruments.values():
        category = "linear" if instrument.is_swap else "spot"
        assert find_instrument(venue, symbol_of(instrument), category=category) is instrument
        if instrument.is_swap:
            assert find_instrument(venue, symbol_of(instrument, perp=True), perp=True) is instrument
    assert find_instrument(venue, "BTCPERP") is None


def test_directions() -> None:
    """A trade at the last price keeps the way before it."""
    direction = PriceDirection(Decimal(10))
    assert [direction.after(Decimal(px)) for px in (11, 11, 9, 9, 10)] == [
        "PlusTick",
        "ZeroPlusTick",
        "MinusTick",
        "ZeroMinusTick",
        "PlusTick",
    ]
