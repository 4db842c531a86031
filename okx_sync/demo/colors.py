"""The colours of the live view. rich turns them into what the terminal can show."""

from __future__ import annotations

from typing import Final

__all__ = ["ASK_BAR", "BAR_TEXT", "BID_BAR", "DIM", "DOWN", "FRAME", "LABEL", "MARK", "STRONG", "UP", "WARN"]

UP: Final = "#2ebd85"
DOWN: Final = "#f6465d"
WARN: Final = "#f0b90b"
BID_BAR: Final = "on #123c2e"
ASK_BAR: Final = "on #4a1a22"
# Bars are dark on any terminal, so what is written on them is light.
BAR_TEXT: Final = "#d8dee9"
MARK: Final = "bold #7aa2f7"
# The terminal's own colour, also inside something that has another.
STRONG: Final = "bold default"
LABEL: Final = "#8b93a7"
DIM: Final = "#5a6274"
FRAME: Final = "#3b4252"
