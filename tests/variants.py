"""Variants of a test: the telling ones in every run, the others in the slow set."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import pytest

__all__ = ["mostly_slow", "one_in"]


def mostly_slow(variants: Iterable[Any], always: Container[Any]) -> list[Any]:
    """Parameters for ``parametrize``: what is not in ``always`` is marked slow. A tuple is a value for each name."""
    return [one if one in always else _slow(one) for one in variants]


def one_in(step: int, variants: Iterable[Any], always: Container[Any] = ()) -> list[Any]:
    """The same for a long list of equals: every ``step``-th of them in every run, and what is in ``always``."""
    found = list(variants)
    return mostly_slow(found, [one for number, one in enumerate(found) if number % step == 0 or one in always])


def _slow(one: Any) -> Any:
    return pytest.param(*(one if isinstance(one, tuple) else [one]), marks=pytest.mark.slow)
