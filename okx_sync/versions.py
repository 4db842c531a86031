"""What is installed: Python, this package, and the libraries that it can use."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sys
from collections.abc import Iterator
from typing import Final

import attrs

__all__ = ["Requirement", "own_version", "python_text", "requirements"]

_LINE: Final = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*(?:>=\s*([0-9.]+))?")
_EXTRA: Final = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")
_OF_USERS: Final = ("paper", "cli", "socks", "pandas", "progress", "store", "fanout", "metrics", "notebook")


@attrs.frozen
class Requirement:
    """A library: the least version that is asked for (empty: any), what is installed (None: nothing), and by whom.

    ``extra``: the extra that needs it; empty for the package itself.
    """

    name: str
    least: str
    found: str | None
    extra: str = ""

    @property
    def is_too_old(self) -> bool:
        """Whether another version is needed."""
        return bool(self.found and self.least) and _numbers(self.found or "") < _numbers(self.least)


def own_version() -> str:
    """Return the version of this package."""
    return str(vars(sys.modules["okx_sync"])["__version__"])  # not imported: it knows every room, and no room knows it


def python_text() -> str:
    """Name Python and the system."""
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def requirements(*, extras: bool = False) -> Iterator[Requirement]:
    """Name what the package needs, and with ``extras`` what extras for users need.

    Nothing where the package is not installed but lies on the path.
    """
    try:
        wanted = importlib.metadata.requires("okx_sync") or []
    except importlib.metadata.PackageNotFoundError:
        return
    seen = set[str]()
    for line in wanted:
        match, extra = _LINE.match(line), _EXTRA.search(line)
        if match is None or match[1] in seen or (extra and not (extras and extra[1] in _OF_USERS)):
            continue
        seen.add(match[1])
        yield Requirement(match[1], match[2] or "", _installed(match[1]), extra[1] if extra else "")


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
