"""Fixtures of the whole suite."""

from __future__ import annotations

# The same fixture that users get from the installed plugin; imported here so that the suite also runs
# from a clone that is not installed.
from okx_sync.paper.pytest_plugin import paper

__all__ = ["paper"]
