"""A real Jupyter kernel: cells run again, and an interrupted cell."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import until
from tests.loopback.still_exchange import BTC, TRADES, flood, trade

# Looked for, not imported: to import them costs more than the rest of the collection, in each worker.
if any(find_spec(name) is None for name in ("nbclient", "nbformat", "ipykernel")):
    pytest.skip("needs the extra okx_sync[notebook-test]", allow_module_level=True)

paper = still_exchange.still_paper

SETUP = """
from okx_sync import Config, WsClient
ws = WsClient(Config(ws_public_url={url!r}))
got = []
"""
SUBSCRIBE = """
def show(event):
    got.append(int(event.tradeId))

sub = ws.subscribe_trades("BTC-USDT", callback=show)
"""
QUEUES = "import queue; queues = [queue.Queue(), queue.Queue()]"
LOOP = """
for own in queues:
    ws.subscribe_trades("BTC-USDT", queue=own)
print(len(ws.status()["subscriptions"]))
"""
WAIT_FOR_TEN = """
import time
end = time.monotonic() + 10
while len(got) < 10 and time.monotonic() < end:
    time.sleep(0.01)
print(got)
"""
BLOCKED = 'print("waiting", flush=True)\nws.recv()'
AFTER = """
quiet = ws.subscribe_trades("ETH-USDT")
print(ws.is_connected(), len(ws.status()["subscriptions"]))
ws.close()
"""


class Kernel:
    """One kernel; :meth:`run` runs a cell and returns what it printed."""

    def __init__(self, client: Any, notebook: Any) -> None:
        self._client = client
        self._notebook = notebook
        self._pid = int(self.run("import os; print(os.getpid())"))

    def run(self, source: str) -> str:
        from nbformat import v4  # late, see above

        make: Any = v4.new_code_cell  # untyped
        cell = make(source)
        self._notebook.cells.append(cell)
        self._client.execute_cell(cell, len(self._notebook.cells) - 1)
        return "".join(output.get("text", "") for output in cell.outputs)

    def interrupt_when(self, printed: str) -> None:
        """What the stop button does, once the running cell has printed this."""
        until(lambda: any(printed in str(output) for output in self._notebook.cells[-1].outputs))
        os.kill(self._pid, signal.SIGINT)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Kernel]:
    """A kernel that can import the package from here."""
    import nbclient  # late, see above
    from nbformat import v4

    root = Path(__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    make: Any = v4.new_notebook  # untyped
    notebook = make()
    client = nbclient.NotebookClient(notebook, timeout=30, kernel_name="python3", allow_errors=False)
    with client.setup_kernel():
        yield Kernel(client, notebook)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_cells_can_be_run_again_and_interrupted(paper: PaperExchange, kernel: Kernel) -> None:
    """The subscribing cell run five times: one socket, one subscription, each event once. A loop over queues in one
    cell fills them all. A blocking cell can be stopped, and the next cell works on the same client."""
    kernel.run(SETUP.format(url=paper.ws_url("public")))
    for _ in range(5):
        kernel.run(SUBSCRIBE)
    flood(paper, TRADES, trade, 10)
    assert kernel.run(WAIT_FOR_TEN).strip() == str(list(range(10)))
    assert len(paper.connections) == 1
    assert paper.connections[0].subscribes == 1
    assert paper.topics() == {f"trades(instId={BTC})": 1}

    kernel.run(QUEUES)
    assert [kernel.run(LOOP).strip() for _ in range(2)] == ["3", "3"]

    from nbclient.exceptions import CellExecutionError  # late, see above

    stopper = threading.Thread(target=kernel.interrupt_when, args=("waiting",))
    stopper.start()
    with pytest.raises(CellExecutionError, match="KeyboardInterrupt"):
        kernel.run(BLOCKED)
    stopper.join(10)
    assert kernel.run(AFTER).strip() == "True 4"
    until(lambda: paper.open_connections == [])


def test_a_statement_typed_again_at_a_prompt_replaces(paper: PaperExchange) -> None:
    """Another statement adds, although each is line 1 of the same file."""
    typed = [
        "from okx_sync import Config, WsClient",
        f"ws = WsClient(Config(ws_public_url={paper.ws_url('public')!r}))",
        "a = ws.subscribe_trades('BTC-USDT')",
        "a = ws.subscribe_trades('BTC-USDT')",
        "b = ws.subscribe_trades('BTC-USDT')",
        "print(len(ws.status()['subscriptions']))",
        "ws.close()",
        "",
    ]
    command = [sys.executable, "-i", "-q"]
    done = subprocess.run(command, input="\n".join(typed), capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "2", done.stderr
