"""The notebooks of the documentation run from top to bottom on the paper exchange, and show what they promise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.programs import ROOT

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")
pytest.importorskip("plotly")
pytest.importorskip("pandas")

FOLDER = ROOT / "docs" / "notebooks"
PLOT = "application/vnd.plotly.v1+json"

# What must be seen in each: texts in what its cells show, and how many plots.
SHOWN = {
    "first_steps": (("3 x Ticker", "5 x Trade", "Subscription trades(instId=BTC-USDT)", "24 h", "okx custom live"), 0),
    "books": (("confirmed", "spread", "gap", "is not valid: it was closed", "last known:"), 1),
    "orders_and_risk": (
        ("filled", "Orders: 1 open", "max_position", "told: True", "flat: True", "Positions: 0 open"),
        0,
    ),
    "history_and_plots": (("not read yet", "450 x Candle", "volatility"), 2),
    "record_and_replay": (("public books(instId=BTC-USDT-SWAP): whole", "x Trade", "mean"), 2),
}


def shown(notebook: Any) -> Iterator[tuple[str, Any]]:
    """Yield all that the cells show, with its kind."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield from output.get("data", {}).items()
            if "text" in output:
                yield output["name"], output["text"]


def run(notebook: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a notebook in a kernel of its own that can import the package from here."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(folder))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    client = nbclient.NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": folder}}
    )
    return client.execute()


def test_every_notebook_is_run() -> None:
    """There is no notebook that no test runs."""
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == sorted(SHOWN)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell runs, nothing is written to stderr, and tables and plots are there."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "it is kept without outputs"
    found = list(shown(run(notebook, tmp_path, monkeypatch)))
    assert [value for kind, value in found if kind == "stderr"] == []
    told = "\n".join(str(value) for kind, value in found if kind in ("text/plain", "text/html", "stdout"))
    texts, plots = SHOWN[name]
    assert [text for text in texts if text not in told] == []
    assert sum(kind == PLOT for kind, _ in found) == plots
