"""The documentation pages of all channels, REST calls, rows and error codes, made from what is declared.

``python -m okx_sync.reference_pages`` writes them below ``docs`` (or the folder it is given). A test keeps the
committed pages equal to the declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from okx_sync.reference_pages import call_pages, channel_pages, error_code_page, row_pages

__all__ = ["PAGES", "main"]

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    **channel_pages.PAGES,
    **call_pages.PAGES,
    **row_pages.PAGES,
    **error_code_page.PAGES,
}
"""Each page by its file."""


def main(args: list[str]) -> None:
    """Write the pages into the folder in ``args``, or into ``docs`` below the working directory."""
    folder = Path(args[0]) if args else Path("docs")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
