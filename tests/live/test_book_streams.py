"""``BookStreams``: which stream feeds a book, chosen and checked before anything is sent."""

from __future__ import annotations

import re
from typing import Any

import pytest

from okx_sync.errors import ConfigError
from okx_sync.live.book_streams import BookStreams, Products
from okx_sync.protocol.dialect import Topic
from tests.live.scripted import TABLE

BY_NAME = BookStreams(channel="book", args=lambda _info, symbol: {"symbol": symbol}, depths={1: "top", 50: "book"})
BY_PRODUCT = BookStreams(
    channel="kinds", args=lambda _info, symbol: {"symbol": symbol}, products=Products("instType", ("SPOT", "SWAP"))
)


def topic(streams: BookStreams, product: str | None = None, **options: Any) -> Topic:
    """The topic of BTC on the usual channel."""
    return streams.topic(TABLE.topic_for, streams.info(TABLE.lookup, None, None), "BTC", product, options)


@pytest.mark.parametrize(
    ("channel", "depth", "found"),
    [
        (None, None, "book"),
        ("top", None, "top"),
        (None, 1, "top"),
        (None, "1", "top"),
        (None, 50, "book"),
        ("top", 1, "top"),
    ],
)
def test_a_channel_is_chosen_by_name_or_by_depth(channel: str | None, depth: int | str | None, found: str) -> None:
    """The usual one where neither is given; both may be, if they agree."""
    name, info = BY_NAME.info(TABLE.lookup, channel, depth)
    assert (name, info.name) == (found, found)


@pytest.mark.parametrize("depth", [2, 0, True, "deep", [1]])
def test_a_depth_that_there_is_not_is_refused(depth: Any) -> None:
    """The hint lists those that there are."""
    with pytest.raises(ConfigError, match=re.escape(f"no book of depth {depth!r}")) as caught:
        BY_NAME.info(TABLE.lookup, None, depth)
    assert caught.value.hint == "depths are 1, 50; without depth= it is book"
    with pytest.raises(ConfigError) as caught:
        BY_PRODUCT.info(TABLE.lookup, None, 5)
    assert caught.value.hint == "depths are none; without depth= it is kinds"


def test_channel_and_depth_must_not_contradict_each_other() -> None:
    """Neither wins silently."""
    with pytest.raises(ConfigError, match="depth=1 is the channel top, not book"):
        BY_NAME.info(TABLE.lookup, "book", 1)


def test_a_channel_that_is_no_book_is_refused() -> None:
    """With the one that is; so is one that there is not."""
    with pytest.raises(ConfigError, match="prints is not a book channel") as caught:
        BY_NAME.info(TABLE.lookup, "prints", None)
    assert caught.value.hint == "for example order_book(inst_id, 'book')"
    with pytest.raises(ConfigError, match="no channel 'bok'"):
        BY_NAME.info(TABLE.lookup, "bok", None)


def test_the_product_is_said_in_any_word_and_once() -> None:
    """The wire's own word is taken out of the options, so that it is no option of the subscription."""
    for options in ({"product": "SWAP"}, {"instType": "SWAP"}, {"inst_type": "SWAP"}):
        assert topic(BY_PRODUCT, **options) == Topic.of("kinds", symbol="BTC", instType="SWAP")
    assert topic(BY_PRODUCT, "SWAP", instType="SWAP") == Topic.of("kinds", symbol="BTC", instType="SWAP")
    assert topic(BY_PRODUCT) == Topic.of("kinds", symbol="BTC", instType="SPOT"), "the channel's default"
    given = {"instType": "SWAP", "name": "mine"}
    chosen = BY_PRODUCT.info(TABLE.lookup, None, None)
    BY_PRODUCT.topic(TABLE.topic_for, chosen, "BTC", None, given)
    assert given == {"name": "mine"}


def test_products_that_contradict_each_other_or_that_there_are_not_are_refused() -> None:
    """Nothing is guessed."""
    with pytest.raises(ConfigError, match="product='SPOT' and inst_type='SWAP' contradict each other"):
        topic(BY_PRODUCT, "SPOT", inst_type="SWAP")
    with pytest.raises(ConfigError, match="product must be one of SPOT, SWAP, not 'SWAPS'"):
        topic(BY_PRODUCT, "SWAPS")


@pytest.mark.parametrize("options", [{"product": "SWAP"}, {"instType": "SWAP"}, {"inst_type": "SWAP"}])
def test_where_the_name_says_the_product_none_is_taken(options: dict[str, str]) -> None:
    """The hint says so."""
    with pytest.raises(ConfigError, match="takes no product here") as caught:
        topic(BY_NAME, **options)
    assert caught.value.hint == "the name of the instrument says it"
    assert topic(BY_NAME) == Topic.of("book", symbol="BTC")


@pytest.mark.parametrize("option", ["queue", "policy", "maxsize", "max_bytes", "inline"])
def test_options_of_a_stream_of_events_are_refused(option: str) -> None:
    """A book is none."""
    with pytest.raises(ConfigError, match=f"an order book takes no {option}") as caught:
        topic(BY_NAME, None, **{option: 1})
    assert caught.value.hint == "book.on_update(fn) hears of changes"


def test_a_misspelt_option_is_refused_with_the_one_that_is_meant() -> None:
    """Options that fit are left for the subscription."""
    with pytest.raises(ConfigError, match="an order book takes no 'nam'") as caught:
        topic(BY_NAME, nam="mine")
    assert "name" in str(caught.value.hint)
    with pytest.raises(ConfigError, match=r"no 'callback'.*on_update"):
        topic(BY_NAME, callback=print)
    assert topic(BY_NAME, name="mine", wait=False, timeout=3) == Topic.of("book", symbol="BTC")


def test_products_with_an_address_each() -> None:
    """The client's own product is where everything is; of the others each has its path, and some channels do not."""
    streams = BookStreams(
        channel="book",
        args=lambda _info, symbol: {"symbol": symbol},
        paths={"spot": "", "swap": "/swap"},
        own_only={"full"},
        no_product="make another client",
    )
    assert [streams.path("book", product, "public", {}) for product in (None, "spot", "swap")] == [
        "public",
        "public",
        "/swap",
    ]
    assert streams.path("full", "spot", "public", {}) == "public"
    with pytest.raises(ConfigError, match="one of spot, swap"):
        streams.path("book", "swop", "public", {})
    with pytest.raises(ConfigError, match="path of the book already"):
        streams.path("book", "swap", "public", {"path": "/swap"})
    with pytest.raises(ConfigError, match="a client of its own") as caught:
        streams.path("full", "swap", "public", {})
    assert caught.value.hint == "make another client"


def test_a_topic_is_of_a_product_by_its_argument_or_by_its_address() -> None:
    """One that says no product is asked for is of any; where there are neither arguments nor addresses, too."""
    swap = Topic.of("kinds", symbol="BTC", instType="SWAP")
    assert [BY_PRODUCT.is_of(swap, "public", product, "public") for product in ("SWAP", "swap", "SPOT", None)] == [
        True,
        True,
        False,
        True,
    ]
    assert not BY_PRODUCT.is_of(Topic.of("kinds", symbol="BTC"), "public", "SWAP", "public")
    book = Topic.of("book", symbol="BTC")
    streams = BookStreams(channel="book", args=BY_NAME.args, paths={"spot": "", "swap": "/swap"})
    places = [("public", "spot"), ("/swap", "swap"), ("public", "swap"), ("/swap", "spot"), ("public", "swop")]
    assert [streams.is_of(book, path, product, "public") for path, product in places] == [True, True, *[False] * 3]
    assert BY_NAME.is_of(book, "public", "SPOT", "public")
