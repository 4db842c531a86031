"""How a program in an environment of its own talks with its test: it asks for moves of the market, and tells."""

from __future__ import annotations

import json
import sys
from typing import Any

__all__ = ["say", "trade_at"]


def say(value: Any) -> None:
    """Print a line of JSON: what was seen, at the end."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def trade_at(instrument: str, price: str) -> None:
    """Ask the test to move the market, and wait until that is done."""
    say({"do": "trade_at", "args": [instrument, price]})
    sys.stdin.readline()
