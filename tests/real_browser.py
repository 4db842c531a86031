"""A real browser, headless, where the machine has one; else the tests that want it are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

__all__ = ["missing", "real_browser"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing(reason: str) -> Any:
    """Skip, or fail where the browser is said to be there."""
    if os.environ.get("OKX_SYNC_BROWSER") == "required":
        pytest.fail(reason)
    return pytest.skip(reason)


@contextmanager
def real_browser() -> Iterator[Any]:
    """A browser of playwright's, on the program that the machine has."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("needs playwright: pip install 'okx_sync[browser]'")
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        missing(f"needs a browser, one of {', '.join(_BROWSERS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
