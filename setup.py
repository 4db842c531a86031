"""Build entry point; all metadata but what depends on where the project lives is in setup.cfg.

The pages that the README names are files of the project: on the page of a package index their links lead to where the
project lives. That is what ``OKX_SYNC_HOME`` says (an address such as ``https://host/owner/okx_sync``), else what an
archive of the sources notes, else where the clone came from. Where nobody knows, the README names the files.

With ``OKX_SYNC_COMPILE=1`` in the environment the order book is compiled by mypyc (from mypy; needs a C compiler): the
same code, as machine code. Without it everything is plain Python, which is what is tested and published.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from setuptools import setup

_COMPILED = ("okx_sync/state/book/price_levels.py", "okx_sync/state/book/book.py")
_ROOT = Path(__file__).parent
_LINK = re.compile(r"\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)")
_REMOTE = re.compile(r"(?:https?://|ssh://)?(?:[^@/]*@)?([\w.-]+\.[a-z]{2,})[:/](?:\d+/)?([\w./-]+?)(?:\.git)?/?")
_PAGES = {"Documentation": "docs/index.md", "Changelog": "CHANGELOG.md", "Source": ""}


def _extensions() -> list[Any]:
    if os.environ.get("OKX_SYNC_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    return list(mypycify(["--follow-imports=silent", *_COMPILED], opt_level="3"))


def home_of(root: Path) -> str:
    """Return the address of the project, without a slash behind it; empty where nobody says it."""
    if told := os.environ.get("OKX_SYNC_HOME"):
        return told.rstrip("/")
    notes = root / "PKG-INFO"
    if notes.is_file():  # of an archive of the sources
        found = re.search(r"^Project-URL: Source, (\S+)$", notes.read_text("utf-8"), re.MULTILINE)
        return found[1] if found else ""
    if not (root / ".git").exists():
        return ""
    command = ["git", "config", "--get", "remote.origin.url"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except OSError:
        return ""
    place = _REMOTE.fullmatch(done.stdout.strip())  # a name or a token before the host is left out
    return f"https://{place[1]}/{place[2]}" if place else ""


def page_at(home: str, path: str) -> str:
    """Return the address of a file of the project."""
    return f"{home}/blob/main/{path}" if path else home


def readme(text: str, home: str) -> str:
    """Return the README for a package index, where links to files of the project lead nowhere."""

    def link(found: re.Match[str]) -> str:
        words, path = found.groups()
        return f"[{words}]({page_at(home, path)})" if home else words if words == path else f"{words} ({path})"

    return _LINK.sub(link, text)


if __name__ == "__main__":
    _HOME = home_of(_ROOT)
    setup(
        ext_modules=_extensions(),
        long_description=readme((_ROOT / "README.md").read_text("utf-8"), _HOME),
        **({"url": _HOME, "project_urls": {n: page_at(_HOME, p) for n, p in _PAGES.items()}} if _HOME else {}),
    )
