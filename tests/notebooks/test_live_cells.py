"""Cells in a real kernel, as a front end gets them: one picture for a cell, redrawn, taken over, and stopped."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import test_notebook
from tests.loopback.test_notebook import Kernel

kernel = test_notebook.kernel
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

SETUP = """
from okx_sync import Config, WsClient
from okx_sync.notebook import live_table, show
ws = WsClient(Config(ws_public_url={url!r}))
"""
TABLE = 'live_table(ws, ["BTC-USDT", "ETH-USDT"], seconds=0.7)'
ENDLESS = 'live_table(ws, ["BTC-USDT", "ETH-USDT"])'
LOOP = """
for book in [ws.order_book("BTC-USDT"), ws.order_book("ETH-USDT")]:
    book.wait_valid(10)
    show(book, seconds=0.3)
"""
DEAD = """
ws.close()
live_table(ws, ["BTC-USDT"])
"""


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """An exchange that moves."""
    with PaperExchange() as exchange:
        yield exchange


class Watched:
    """Counts what the kernel sends to be shown."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self.sent: list[dict[str, Any]] = []
        client: Any = kernel._client
        process = client.process_message

        def count(message: dict[str, Any], cell: Any, place: int) -> Any:
            self.sent.append(message)
            return process(message, cell, place)

        client.process_message = count

    def run(self, source: str) -> list[dict[str, Any]]:
        """Run a cell; the pictures that it sent, new ones and those in the place of another."""
        self.sent.clear()
        self.kernel.run(source)
        return [one for one in self.sent if one["msg_type"] in ("display_data", "update_display_data")]

    @property
    def outputs(self) -> list[Any]:
        """What is left below the cell that ran last."""
        return list(self.kernel._notebook.cells[-1].outputs)


def test_a_cell_has_one_picture(paper: PaperExchange, kernel: Kernel) -> None:
    """Shown once, then redrawn in its place at most five times a second. Run again, the place is the same, and nothing
    is subscribed anew; several in one cell share its place."""
    watched = Watched(kernel)
    kernel.run(SETUP.format(url=paper.ws_url("public")))
    places = []
    for _ in range(2):
        pictures = watched.run(TABLE)
        assert [one["msg_type"] for one in pictures[:1]] == ["display_data"]
        assert {one["msg_type"] for one in pictures[1:]} == {"update_display_data"}
        assert 2 <= len(pictures) <= 5
        assert len(watched.outputs) == 1
        places.append({one["content"]["transient"]["display_id"] for one in pictures})
    assert places[0] == places[1]
    assert len(places[0]) == 1
    (connection,) = paper.connections
    assert connection.subscribes == 1
    assert [one["msg_type"] for one in watched.run(LOOP)].count("display_data") == 1
    assert "ETH-USDT" in json.dumps(watched.outputs)


def test_the_stop_button_is_no_error(paper: PaperExchange, kernel: Kernel, tmp_path: Path) -> None:
    """The last picture stays, nothing is written to stderr, and the client goes on; a closed one raises."""
    watched = Watched(kernel)
    kernel.run(SETUP.format(url=paper.ws_url("public")))
    stopper = threading.Thread(target=kernel.interrupt_when, args=("BTC-USDT",))
    kernel.run("2")
    stopper.start()
    watched.run(ENDLESS)
    stopper.join(10)
    assert [one["output_type"] for one in watched.outputs] == ["display_data"]
    assert kernel.run("print(ws.is_connected())").strip() == "True"
    with pytest.raises(Exception, match="StreamClosed"):
        kernel.run(DEAD)
