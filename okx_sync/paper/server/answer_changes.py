"""Answers with fewer rows than they have, in the words of every wire: rows are in `data`, `result`, `args` or `arg`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PLACES = ("data", "result", "retExtInfo", "args")


def halved(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer with the first half of its rows, in each list that it has of them."""
    told = dict(answer)
    for name in _PLACES:
        place = answer.get(name)
        if isinstance(place, list):
            told[name] = _half(place)
        elif isinstance(place, dict):
            told[name] = {key: _half(value) if isinstance(value, list) else value for key, value in place.items()}
    return told


def _half(rows: list[Any]) -> list[Any]:
    return rows[: len(rows) // 2]


def emptied(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer without rows; where one object stands for them, it has no fields."""
    bare: dict[str, Any] = {name: {} if isinstance(answer[name], dict) else [] for name in _PLACES if name in answer}
    told = {**answer, **bare}
    if isinstance(answer.get("arg"), list):  # Bitget's V2: what is told of the order is in the argument
        told["arg"] = [{name: value for name, value in one.items() if name != "params"} for one in answer["arg"]]
    return told
