"""Product types: their words, and what each protocol calls them."""

from __future__ import annotations

import pytest

from okx_sync import ConfigError
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.products import ALL, CATEGORIES, category_of, chosen_category, scopes_for


def test_all_of_them_by_default() -> None:
    """In the words of the protocol; the seed protocol has but one."""
    assert scopes_for("v2", None) == {name: {"instType": name} for name in ALL}
    assert [scope["instType"] for scope in scopes_for("v1", None).values()] == ["UMCBL", "DMCBL", "CMCBL"]
    assert scopes_for("seed", None) == {}


def test_one_or_some() -> None:
    """Each once, in the order in which they were named."""
    assert list(scopes_for("v2", "COIN-FUTURES")) == ["COIN-FUTURES"]
    assert list(scopes_for("v1", ["USDC-FUTURES", "USDT-FUTURES", "USDC-FUTURES"])) == ["USDC-FUTURES", "USDT-FUTURES"]


@pytest.mark.parametrize(("word", "hint"), [("usdt-futures", "USDT-FUTURES"), ("UMCBL", "")])
def test_words_that_are_none(word: str, hint: str) -> None:
    """Refused with the nearest one."""
    with pytest.raises(ConfigError, match=repr(word)) as refused:
        scopes_for("v2", [word])  # type: ignore[list-item]
    assert hint in (refused.value.hint or "")
    with pytest.raises(ConfigError, match="no product type"):
        scopes_for("v2", [])


NAMES = {
    "BTCUSDT": "USDT-FUTURES",
    "BTCPERP": "USDC-FUTURES",
    "BTCUSD": "COIN-FUTURES",
    "BTCUSDH27": "COIN-FUTURES",
}


def test_names_of_v3_say_the_category() -> None:
    """The usual one where a name may be of that, else the only one that it leaves."""
    assert {name: category_of(name) for name in NAMES} == NAMES
    assert category_of("ETHBTC", (*ALL, "SPOT")) == "SPOT"  # where margin does not come into question
    assert category_of("BTCUSDT", usual="SPOT") == "SPOT"


@pytest.mark.parametrize("name", ["ETHBTC", "BTCUSDC"])
def test_a_name_of_several_others_is_asked_for(name: str) -> None:
    """An order goes to none of them by chance."""
    with pytest.raises(ConfigError, match=f"{name} may be of .*SPOT or MARGIN"):
        category_of(name)


def test_what_is_said_counts() -> None:
    """By either word, not both."""
    assert chosen_category(CATEGORIES, "BTCUSDT", None, "SPOT") == "SPOT"
    assert chosen_category(CATEGORIES, "BTCUSDT", "MARGIN", None) == "MARGIN"
    assert chosen_category(CATEGORIES, None, None, None) == "USDT-FUTURES"
    with pytest.raises(ConfigError, match="both product and category"):
        chosen_category(CATEGORIES, "BTCUSDT", "SPOT", "SPOT")


def test_channels_are_of_the_product_that_the_instrument_is_of() -> None:
    """Or of the one that is said, as ``product`` or by the wire's word."""
    v2, v3 = TABLES["v2"], TABLES["v3"]
    assert dict(v2.topic_for("ticker", instId="BTCUSD").args)["instType"] == "COIN-FUTURES"
    assert dict(v2.topic_for("ticker", instId="BTCUSDT", product="COIN-FUTURES").args)["instType"] == "COIN-FUTURES"
    assert dict(v2.topic_for("orders").args)["instType"] == "USDT-FUTURES"
    assert dict(v3.topic_for("ticker", symbol="BTCPERP").args)["instType"] == "usdc-futures"
    assert dict(v3.topic_for("ticker", instId="BTCUSDT", product="SPOT").args)["instType"] == "spot"
    assert dict(v3.topic_for("books", symbol="ETHBTC").args)["instType"] == "spot"
    with pytest.raises(ConfigError, match="contradict"):
        v3.topic_for("ticker", symbol="BTCUSDT", product="SPOT", instType="usdt-futures")
    with pytest.raises(ConfigError, match="instType"):
        v2.topic_for("ticker", instId="BTCUSDT", product="linear")
