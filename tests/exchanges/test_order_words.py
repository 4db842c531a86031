"""Any words of an order become the neutral ones, and ``docs/orders.md`` says what the tables of words say."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget import order_sender as bitget_sender
from okx_sync.exchanges.bitget import order_words as bitget
from okx_sync.exchanges.bybit import order_sender as bybit_sender
from okx_sync.exchanges.bybit import order_words as bybit
from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints as BybitTrade
from okx_sync.exchanges.okx import order_sender as okx_sender
from okx_sync.exchanges.okx import order_words as okx
from okx_sync.exchanges.okx.trade.rest import Trade as OkxTrade
from okx_sync.exchanges.okx.words import OrdType
from okx_sync.exchanges.order_words import joined, neutral_words

PAGE = (Path(__file__).parents[2] / "docs" / "orders.md").read_text(encoding="utf-8")


def table(first: str) -> list[list[str]]:
    """The rows of the table whose head begins with ``first``."""
    lines = PAGE.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("`", "") for cell in line.strip("|").split("|")])
    return rows


def test_the_table_of_words_is_that_of_the_code() -> None:
    """For each exchange and each neutral word; "-" is a word that its calls do not take."""
    exchanges = ((okx, OkxTrade), (bybit, BybitTrade), (bitget, None))
    for neutral, *own in table("neutral"):
        for (words, trade), said in zip(exchanges, own, strict=True):
            aliases = words.AMEND if neutral.startswith("new_") else words.PLACE | words.IDS
            known = {param.name for one in trade.endpoints for param in one.params} if trade else None
            name = aliases.get(neutral, neutral)
            if said == "-":
                assert name == neutral, words
                assert known is None or name not in known, (words, neutral)
            else:
                assert name == said, (words, neutral)
                assert known is None or said in known, (words, neutral)
    assert {row[0] for row in table("neutral")} >= (okx.PLACE | okx.AMEND).keys()


def test_the_types_of_orders_are_those_of_the_code() -> None:
    """In the page, in the rules, and in OKX's list of words."""
    said = {name: kinds.split(", ") for name, kinds in table("exchange")}
    assert said["OKX"] == list(okx_sender.RULES.order_types) == list(get_args(get_args(OrdType)[0]))
    assert said["Bybit"] == list(bybit_sender.RULES.order_types)
    assert said["Bitget"] == list(bitget_sender.RULES.order_types)


def test_every_alias_stands_for_a_parameter() -> None:
    """Of single calls and of the rows of batches; a few have nothing to stand for in some calls."""
    for words, trade in ((okx, OkxTrade), (bybit, BybitTrade)):
        calls = {one.name: {param.name for param in one.params} for one in trade.endpoints}
        assert set(words.PLACE.values()) <= calls["place_order"]
        assert set(words.AMEND.values()) <= calls["amend_order"]
        assert set(words.IDS.values()) <= calls["cancel_order"]


# -- one call's words ------------------------------------------------------------------------------------------------

OWN = ("symbol", "side", "qty", "price", "orderType", "tag")
ALIASES = {"inst_id": "symbol", "size": "qty", "order_type": "orderType"}


def neutral(**words: Any) -> dict[str, Any]:
    """The words of a call that has the parameters ``OWN``."""
    return neutral_words(words, OWN, ALIASES, ("timeout",))


def test_own_words_become_neutral_and_neutral_ones_stay() -> None:
    """Also side by side; what has no neutral word, and what is said besides, is left as it is."""
    wanted = {"inst_id": "BTC", "side": "buy", "size": 1, "price": 5, "tag": "t", "timeout": 3}
    assert neutral(symbol="BTC", side="buy", qty=1, price=5, tag="t", timeout=3) == wanted
    assert neutral(inst_id="BTC", side="buy", size=1, price=5, tag="t", timeout=3) == wanted
    assert neutral(symbol="BTC", side="buy", size=1, price=5, tag="t", timeout=3) == wanted


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"size": 1, "qty": 1}, "size"),
        ({"sise": 1}, "sise"),
        ({"client_order_id": "mine"}, "client_order_id"),
        ({"expires_at": 5}, "expires_at"),
    ],
    ids=["twice", "misspelt", "not of this call", "nor this"],
)
def test_a_word_that_is_said_twice_or_that_the_call_has_not_is_refused(words: dict[str, Any], told: str) -> None:
    """By its name; nothing is dropped silently."""
    with pytest.raises(ConfigError, match=told) as caught:
        neutral(**words)
    assert "orders.place" in str(caught.value)


def test_what_is_given_is_joined_with_the_options() -> None:
    """None counts as not given."""
    fixed = {"inst_id": "BTC", "size": None}
    assert joined(fixed, {"tag": "t", "price": None}, ALIASES) == {"inst_id": "BTC", "tag": "t"}


@pytest.mark.parametrize("again", [{"inst_id": "ETH"}, {"symbol": "ETH"}])
def test_what_the_order_says_is_not_said_again(again: dict[str, Any]) -> None:
    """In no words: it might be another one."""
    with pytest.raises(ConfigError, match="is given already") as caught:
        joined({"inst_id": "BTC"}, again, ALIASES)
    assert next(iter(again)) in str(caught.value)
    assert caught.value.hint == "the order itself says it: leave it out"
