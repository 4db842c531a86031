"""``docs/orders.md`` says what the tables of words say."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from okx_sync.clients import bybit_orders, okx_orders
from okx_sync.exchanges.bitget import order_words as bitget
from okx_sync.exchanges.bybit import order_words as bybit
from okx_sync.exchanges.bybit.trade.rest import Trade as BybitTrade
from okx_sync.exchanges.okx import order_words as okx
from okx_sync.exchanges.okx.trade.rest import Trade as OkxTrade
from okx_sync.exchanges.okx.words import OrdType

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
    assert said["OKX"] == list(okx_orders._RULES.order_types) == list(get_args(get_args(OrdType)[0]))
    assert said["Bybit"] == list(bybit_orders._RULES.order_types)


def test_every_alias_stands_for_a_parameter() -> None:
    """Of single calls and of the rows of batches; a few have nothing to stand for in some calls."""
    for words, trade in ((okx, OkxTrade), (bybit, BybitTrade)):
        calls = {one.name: {param.name for param in one.params} for one in trade.endpoints}
        assert set(words.PLACE.values()) <= calls["place_order"]
        assert set(words.AMEND.values()) <= calls["amend_order"]
        assert set(words.IDS.values()) <= calls["cancel_order"]
