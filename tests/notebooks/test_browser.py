"""A notebook in JupyterLab, in a real browser: the live table moves, is one however often it runs, and can be stopped.

With ``OKX_SYNC_SCREENSHOTS=folder`` what the browser shows, light and dark, is kept there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.loopback.conftest import until
from tests.programs import ROOT, environment
from tests.real_browser import missing, real_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

NOTEBOOK = "first_steps"
PATIENCE_S = 90
_MOVES = "live_table(ws, "


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A JupyterLab with a copy of the notebook whose live table has no end; gives the notebook's address."""
    folder = tmp_path_factory.mktemp("lab")
    home = tmp_path_factory.mktemp("home")
    text = (ROOT / "docs" / "notebooks" / f"{NOTEBOOK}.ipynb").read_text("utf-8")
    assert ", seconds=2)" in text
    (folder / f"{NOTEBOOK}.ipynb").write_text(text.replace(", seconds=2)", ")"), "utf-8")
    if subprocess.run([sys.executable, "-c", "import jupyterlab"], check=False, capture_output=True).returncode:
        missing("needs jupyterlab: pip install 'okx_sync[browser]'")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--ip=127.0.0.1", "--allow-root"]
    command += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={folder}"]
    places = {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "IPYTHONDIR": str(home / "ipython")}
    log = home / "log"
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=folder, env=environment(**places), stdout=out, stderr=out)
        try:
            until(lambda: re.search(r"http://127\.0\.0\.1:(\d+)/lab", log.read_text()), PATIENCE_S, what="a server")
            found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
            assert found is not None
            yield f"{found.group()}/doc/tree/{NOTEBOOK}.ipynb"
        finally:
            server.terminate()
            server.wait(30)


@attrs.frozen
class Notebook:
    """The notebook on a page."""

    page: Any
    sources: list[str]

    def number_of(self, code: str) -> int:
        """The place of the first cell that has this code."""
        return next(place for place, source in enumerate(self.sources) if code in source)

    def run(self, place: int, *, wait: bool = True) -> None:
        """Run a cell, as its user does with Ctrl+Enter."""
        self.page.evaluate(
            "place => { const cells = jupyterapp.shell.currentWidget.content; cells.activeCellIndex = place;"
            " cells.deselectAll(); void jupyterapp.commands.execute('notebook:run-cell'); }",
            place,
        )
        if wait:
            self.until_done(place)

    def model(self, place: int) -> dict[str, Any]:
        """A cell as it would be saved now: its outputs, and how often it ran."""
        found: dict[str, Any] = self.page.evaluate(
            "place => jupyterapp.shell.currentWidget.content.widgets[place].model.toJSON()", place
        )
        return found

    def prompt(self, place: int) -> str:
        """What stands beside a cell: ``[*]:`` while it runs."""
        return str(self.cell(place).locator(".jp-InputPrompt").inner_text())

    def until_done(self, place: int) -> None:
        until(lambda: re.search(r"\[\d+\]", self.prompt(place)), PATIENCE_S, what=f"the end of cell {place}")

    def cell(self, place: int) -> Any:
        """The cell on the page, brought into view: others are not drawn."""
        found = self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{place}"]')
        found.scroll_into_view_if_needed()
        return found

    def tables(self, place: int) -> list[str]:
        """The texts of the tables below a cell."""
        return [str(text) for text in self.cell(place).locator(".jp-OutputArea table").all_inner_texts()]

    def errors(self) -> list[Any]:
        """Errors, and what was written to stderr, in any cell."""
        outputs = [one for place in range(len(self.sources)) for one in self.model(place).get("outputs", [])]
        return [one for one in outputs if one["output_type"] == "error" or one.get("name") == "stderr"]

    def until_moved(self, place: int) -> None:
        """Wait until the one table of a cell has changed twice."""
        for _ in range(2):
            until(lambda: len(self.tables(place)) == 1, PATIENCE_S, what="one table")
            seen: tuple[list[str], ...] = ([], self.tables(place))
            until(partial(self._has_changed, place, seen), PATIENCE_S, what="a table that moves")

    def _has_changed(self, place: int, seen: tuple[list[str], ...]) -> bool:
        return self.tables(place) not in seen

    def stop(self, place: int) -> None:
        """Press the stop button of the notebook."""
        self.page.locator('.jp-Toolbar [data-command="notebook:interrupt-kernel"]').first.click()
        self.until_done(place)

    def picture(self, name: str) -> None:
        """Keep what the browser shows, if somebody wants to look at it."""
        if folder := os.environ.get("OKX_SYNC_SCREENSHOTS"):
            self.page.screenshot(path=str(Path(folder, f"{name}.png")))

    def theme(self, name: str) -> None:
        self.page.evaluate("name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name)


@pytest.fixture
def notebook(lab: str) -> Iterator[Notebook]:
    """The notebook, open in a browser."""
    with real_browser() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        page.set_default_timeout(PATIENCE_S * 1000)
        page.goto(lab)
        page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length > 3")
        page.wait_for_function("() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
        cells = json.loads((ROOT / "docs" / "notebooks" / f"{NOTEBOOK}.ipynb").read_text("utf-8"))["cells"]
        yield Notebook(page, ["".join(cell["source"]) if cell["cell_type"] == "code" else "" for cell in cells])


def test_the_live_table_in_a_browser(notebook: Notebook) -> None:
    """It moves while its cell is held; the stop button ends it without an error and leaves the last picture; run again
    it is still one table, and nothing was subscribed a second time."""
    table = notebook.number_of(_MOVES)
    for place in range(table):
        if notebook.sources[place]:
            notebook.run(place)
            notebook.picture(f"cell-{place}")
    for run in range(2):
        notebook.run(table, wait=False)
        notebook.until_moved(table)
        assert notebook.prompt(table).startswith("[*]")
        notebook.picture(f"live-{run}")
        notebook.stop(table)
        assert len(notebook.tables(table)) == 1
        assert "BTC-USDT-SWAP" in notebook.tables(table)[0]
    assert len(notebook.model(table)["outputs"]) == 1
    assert notebook.errors() == []
    notebook.theme("JupyterLab Dark")
    notebook.picture("live-dark")
    status = notebook.number_of("show(ws.status")
    notebook.run(status)
    told = json.dumps(notebook.model(status)["outputs"])
    assert told.count("tickers(instId=BTC-USDT)") == 2  # once as HTML, once as text
    notebook.picture("status-dark")
