"""Figures of several rounds, put together and kept."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["keep", "machine", "medians"]


def medians(rounds: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The median of each figure over the rounds."""
    names = rounds[0].keys()
    return {name: round(statistics.median(one[name] for one in rounds), 3) for name in names}


def keep(path: Path, figures: Any) -> None:
    """As JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1) + "\n")


def machine() -> dict[str, Any]:
    """Where the figures are from; nothing that names the machine itself."""
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
