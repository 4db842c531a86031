"""From any words of an order to the neutral ones, for ``ws.orders``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from okx_sync.errors import ConfigError
from okx_sync.state.orders.new_order import NEW_ORDER_WORDS

__all__ = ["joined", "neutral_words"]


def neutral_words(
    words: Mapping[str, Any], own: Iterable[str], aliases: Mapping[str, str], more: Iterable[str]
) -> dict[str, Any]:
    """Return ``words`` of a new order, the exchange's own replaced by the neutral ones.

    Args:
        words: what was given, neutral or own.
        own: the names of all parameters of the exchange's call.
        aliases: neutral word -> own word, as the exchange's table has it.
        more: further options.

    Raises:
        ConfigError: for a word that is neither, that this exchange has not, or that is said twice.
    """
    from okx_sync.rest.arguments import renamed  # streams alone do without REST

    own = set(own)
    back = {name: word for word, name in aliases.items()}
    here = {word for word in NEW_ORDER_WORDS if word in own or aliases.get(word) in own}
    return renamed("orders.place", words, back, (own - back.keys()) | here | {*more})


def joined(fixed: Mapping[str, Any], options: Mapping[str, Any], aliases: Mapping[str, str]) -> dict[str, Any]:
    """Join both, None left out.

    Raises ``ConfigError`` when ``options`` say again what is fixed, in any words.
    """
    same = fixed.keys() | {aliases[word] for word in fixed if word in aliases}
    if twice := sorted(same & options.keys()):
        raise ConfigError(f"{', '.join(twice)} is given already", hint="the order itself says it: leave it out")
    return {word: value for word, value in {**fixed, **options}.items() if value is not None}
