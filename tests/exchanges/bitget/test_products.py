"""Product types: their words, and what each protocol calls them."""

from __future__ import annotations

import pytest

from okx_sync import ConfigError
from okx_sync.exchanges.bitget.products import ALL, scopes_for


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
