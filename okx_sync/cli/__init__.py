"""The command line: ``okx-sync`` or ``python -m okx_sync``. It needs the extra ``cli`` (typer and rich)."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]

_LIBRARIES = ("typer", "rich")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    0 success, 1 failure, 2 wrong usage, 130 Ctrl-C where nothing could be said any more.

    Args:
        argv: the words behind ``okx-sync``; those of the process when None.
    """
    try:
        from okx_sync.cli.app import run
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        sys.stderr.write(f"The command line needs {missing.name}: pip install 'okx_sync[cli]'\n")
        return 1
    return run(None if argv is None else list(argv))
