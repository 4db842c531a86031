"""Build entry point; all metadata lives in setup.cfg.

With ``OKX_SYNC_COMPILE=1`` in the environment the order book is compiled by mypyc (from mypy; needs a C compiler): the
same code, as machine code. Without it everything is plain Python, which is what is tested and published.
"""

from __future__ import annotations

import os
from typing import Any

from setuptools import setup

_COMPILED = ("okx_sync/state/book/price_levels.py", "okx_sync/state/book/book.py")


def _extensions() -> list[Any]:
    if os.environ.get("OKX_SYNC_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    return list(mypycify(["--follow-imports=silent", *_COMPILED], opt_level="3"))


setup(ext_modules=_extensions())
