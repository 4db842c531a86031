"""The pages as a browser shows them: on a phone nothing sticks out, and who prefers dark gets dark.

With ``OKX_SYNC_SCREENSHOTS=folder`` what the browser shows is kept there.
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.programs import ROOT, environment
from tests.real_browser import missing, real_browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.filterwarnings("ignore::ResourceWarning")]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# What is wider than the screen, and not within something that scrolls or cuts it off.
_STICKS_OUT = """() => [...document.querySelectorAll('.md-content *')].filter(one => {
    if (one.getBoundingClientRect().right <= innerWidth + 1) return false;
    for (let above = one.parentElement; above.matches('.md-content *'); above = above.parentElement)
        if (getComputedStyle(above).overflowX !== 'visible') return false;
    return true;
}).map(one => one.outerHTML.slice(0, 80))"""
_BACKGROUND = "() => getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number)"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of the built site, and the names of its pages."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    if subprocess.run([sys.executable, "-c", "import mkdocs, material"], check=False, capture_output=True).returncode:
        missing("needs mkdocs: pip install 'okx_sync[docs]'")
    quiet = environment(NO_MKDOCS_2_WARNING="1")
    done = subprocess.run(command, cwd=ROOT, env=quiet, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One for all."""
    with real_browser() as found:
        yield found


def _keep(page: Any, name: str) -> None:
    if folder := os.environ.get("OKX_SYNC_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_nothing_sticks_out_of_a_phone(site: tuple[str, list[str]], browser: Any) -> None:
    """Wide tables and long lines scroll in themselves; no page does as a whole, and none is without its style."""
    address, names = site
    page = browser.new_page(viewport=PHONE)
    for name in names:
        page.goto(f"{address}/{name}.html")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"], name
        assert page.evaluate(_STICKS_OUT) == [], name
        assert page.evaluate("() => document.querySelector('h1').textContent"), name
        _keep(page, f"phone-{name}")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_colours_are_those_that_its_reader_prefers(
    site: tuple[str, list[str]], browser: Any, viewport: dict[str, int], scheme: str
) -> None:
    """Without a click; nothing is fetched from elsewhere."""
    address, _ = site
    page = browser.new_page(viewport=viewport, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/streams.html", wait_until="networkidle")
    assert (sum(page.evaluate(_BACKGROUND)[:3]) < 3 * 64) is (scheme == "dark")
    assert [url for url in asked if not url.startswith(address)] == []
    _keep(page, f"{scheme}-{viewport['width']}")
    page.close()
