"""The error of those who use the paper exchange without its extra."""

from __future__ import annotations


def missing_extra(problem: ModuleNotFoundError) -> ImportError:
    """Make the error of somebody who uses what the extra brings, and has not installed it."""
    return ImportError(f"the paper exchange needs an extra: pip install 'okx_sync[paper]' ({problem})")
