"""The package without its extras: every public name can be imported, and what is missing is named when it is used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.programs import ROOT, run_python

EXTRAS = ("aiohttp", "trustme", "rich", "pandas", "tqdm", "socks", "python_socks", "plotly", "IPython")
STAR = "from okx_sync import *; print(WsClient.__name__, PaperExchange.__name__)"
PAPER_STAR = "from okx_sync.paper import *; print(Faults.__name__, PaperClock.__name__)"
MAKING = """
from okx_sync import PaperExchange

class Mine(PaperExchange):
    def __init__(self, seed=1):
        super().__init__(seed)

for kind in (PaperExchange, Mine):
    try:
        kind(seed=3)
    except ImportError as error:
        print(error)
"""
TLS = """
from okx_sync import PaperExchange

try:
    PaperExchange(tls=True).start()
except ImportError as error:
    print(error)
"""


@pytest.fixture
def bare(tmp_path: Path) -> str:
    """An import path on which no extra is installed."""
    for module in EXTRAS:
        (tmp_path / f"{module}.py").write_text(f'raise ModuleNotFoundError("No module named {module}")')
    return os.pathsep.join((str(tmp_path), str(ROOT)))


@pytest.mark.parametrize("code", [STAR, PAPER_STAR], ids=["okx_sync", "okx_sync.paper"])
def test_every_public_name_can_be_imported(bare: str, code: str) -> None:
    """``import *`` works, the paper exchange included."""
    done = run_python("-c", code, PYTHONPATH=bare)
    assert done.returncode == 0, done.stderr


def test_making_a_paper_exchange_names_the_extra(bare: str) -> None:
    """An ImportError with the line for pip; of a subclass, too."""
    done = run_python("-c", MAKING, PYTHONPATH=bare)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("pip install 'okx_sync[paper]'") == 2


def test_tls_without_its_library_names_the_extra(tmp_path: Path) -> None:
    """Certificates are made by a library of the same extra."""
    (tmp_path / "trustme.py").write_text('raise ModuleNotFoundError("No module named trustme")')
    done = run_python("-c", TLS, PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT))))
    assert "pip install 'okx_sync[paper]'" in done.stdout, done.stderr
