"""Libraries that few tests need and that take long to import: all workers collect, and only some run those tests."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

__all__ = ["imported_late"]


class _Late:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):  # so pytest asks everything in a file whether it is a test
            raise AttributeError(attribute)
        return getattr(import_module(self._name), attribute)


def imported_late(name: str, reason: str) -> Any:
    """The module ``name``, imported by its first use; where there is none, the tests of the file are skipped."""
    if find_spec(name.partition(".")[0]) is None:
        pytest.skip(reason, allow_module_level=True)
    return _Late(name)
