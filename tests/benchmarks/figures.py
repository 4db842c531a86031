"""Figures of several rounds, put together and kept."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import ssl
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_LIBRARIES = (
    "orjson",
    "websocket-client",
    "requests",
    "pybit",
    "wsaccel",
    "python-okx",
    "ccxt",
    "nautilus_trader",
    "cryptofeed",
    "msgspec",
    "sortedcontainers",
    "pandas",
)

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
    versions = {name: version for name in _LIBRARIES if (version := _version(name)) is not None}
    where = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    return {**where, "openssl": ssl.OPENSSL_VERSION.split()[1], "versions": versions}


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
