"""The Python blocks of the pages are programs: each runs against the paper exchange, without an error or a warning."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path

import attrs
import pytest

from tests.programs import ROOT, run_python

DOCS = ROOT / "docs"


@attrs.frozen
class Page:
    """How the blocks of a page are run.

    ``before``: what its reader has by then; ``instead``: what an example has to be told to end soon and stay here;
    ``is_one``: the blocks are one program, from top to bottom.
    """

    name: str
    before: str = ""
    instead: tuple[tuple[str, str], ...] = ()
    is_one: bool = True


_PAPER = (
    "from okx_sync import *\npaper = exchange = PaperExchange().start()\nconfig = paper.config\nws = WsClient(config)\n"
)
_PLAIN = (
    "tutorial recipes streams policies limits books orders brackets risk recovery calls configuration notebooks "
    "deployment observability moving-over okx bybit bitget"
)
PAGES = (
    *map(Page, _PLAIN.split()),
    Page(
        "recording",
        f"{_PAPER}Live = WsClient\n",
        (
            ("WsClient() as ws", "Live(config) as ws"),
            ("3600", "2"),
            ("OkxClient()", "OkxClient(config)"),
            ("2026, 11, 1,", "2026, 11, 28,"),
        ),
    ),
)


def blocks(page: str) -> list[str]:
    """The Python blocks of a page, in order."""
    text = (DOCS / f"{page}.md").read_text("utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_run(page: Page, tmp_path: Path) -> None:
    """Whoever copies a block from a page gets what the page says."""
    parts = blocks(page.name)
    for number, part in enumerate(["\n".join(parts)] if page.is_one else parts):
        for written, run in page.instead:
            part = part.replace(written, run)
        ends = "\nimport os, sys\nsys.stdout.flush()\nos._exit(0)\n"  # an example need not close what it opened
        (tmp_path / "block.py").write_text(f"{page.before}{part}{ends}", "utf-8")
        done = run_python("block.py", cwd=tmp_path)
        assert done.returncode == 0, f"block {number}: {done.stderr}"
        assert done.stderr == "" or page.name == "recording", f"block {number}: {done.stderr}"


def test_every_page_with_code_is_run() -> None:
    """A page whose code nobody runs is wrong one day. Those of the fan-out need a server, and have samples."""
    with_code = {path.stem for path in DOCS.glob("*.md") if "```python" in path.read_text("utf-8")}
    assert with_code - {"fanout", "testing"} == {page.name for page in PAGES}


def test_the_example_of_a_test_passes(tmp_path: Path) -> None:
    """The example of testing one's own bot needs nothing but the name of the fixture."""
    (tmp_path / "test_bot.py").write_text("\n".join(blocks("testing")), "utf-8")
    # Found by pytest itself where the package is installed; here it may be a plain clone.
    is_installed = any(one.name == "okx_sync_paper" for one in entry_points(group="pytest11"))
    plugin = [] if is_installed else ["-p", "okx_sync.paper.pytest_plugin"]
    done = run_python("-m", "pytest", "-q", *plugin, "-p", "no:cacheprovider", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
