"""What a publisher carries out for followers: verbs, and instruments."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import ConfigError, NotAllowedError
from okx_sync.fanout.serving_rules import VERBS, ServingRules


@pytest.mark.parametrize(
    ("allow", "verbs", "instruments"),
    [
        ("all", VERBS, None),
        (["place", "cancel"], ("place", "cancel"), None),
        (["BTC-USDT"], VERBS, ("BTC-USDT",)),
        ({"BTCUSDT": 1, "cancel_all": 2}, ("cancel_all",), ("BTCUSDT",)),
    ],
)
def test_what_is_allowed(allow: Any, verbs: tuple[str, ...], instruments: tuple[str, ...] | None) -> None:
    """Without a verb all of them, without an instrument for all; followers read it as it was written."""
    rules = ServingRules.of(allow)
    assert (rules.verbs, rules.instruments) == (verbs, instruments)
    assert rules.told == (*verbs, *(instruments or ()))
    assert ServingRules.read(rules.text) == rules


@pytest.mark.parametrize(
    ("allow", "text"),
    [
        ("place", "allow cannot be 'place'"),
        ([], "allow is empty"),
        (["plcae"], "allow cannot have 'plcae'"),
        (["place", " "], "allow cannot have ' '"),
        ([7], "allow cannot have 7"),
    ],
)
def test_what_cannot_be_right_is_refused(allow: Any, text: str) -> None:
    """A misspelt verb is no instrument, and one text is no list."""
    with pytest.raises(ConfigError, match=text):
        ServingRules.of(allow)


def test_a_refusal_names_what_is_allowed() -> None:
    """By verb and by instrument; where instruments are named, what is for all of them is refused."""
    rules = ServingRules.of(["place", "cancel_all", "BTC-USDT"])
    rules.check("place", "BTC-USDT", "first")
    for verb, inst_id in (("place", "ETH-USDT"), ("cancel", "BTC-USDT"), ("cancel_all", None)):
        with pytest.raises(NotAllowedError, match=f"the publisher first does not carry out {verb}") as told:
            rules.check(verb, inst_id, "first")
        assert told.value.allowed == ("place", "cancel_all", "BTC-USDT")
        assert told.value.hint == "it allows place, cancel_all, BTC-USDT"
