"""Streams whose pushes carry only what changed, while one socket takes over from another."""

from __future__ import annotations

from typing import Any

import attrs

from okx_sync.paper import PaperExchange
from okx_sync.transport.link import Link
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import Wire
from tests.loopback.conftest import FAST, Heard, until


def held_back(link: Link) -> list[Any]:
    """The rows that the new socket has brought and nobody was given."""
    new = link._core.successor
    held = {} if new is None or new.holding is None else new.holding._held
    return [row for pushes in list(held.values()) for push in pushes for row in push.rows]


def test_changes_are_whole_when_the_old_socket_dies_in_a_handover(
    paper: PaperExchange, wire: Wire, connect: Connect
) -> None:
    """The new socket's whole row counts, even if it says what the old one's said: what follows is about it."""
    assert wire.partial is not None
    watched = connect(attrs.evolve(FAST, drain_s=60.0))  # the new socket waits until the old one is gone
    rows = Heard()
    watched.subscribe(wire.partial, rows)
    rows.until_more(1 - len(rows))
    (topic,) = paper.topics()
    (link,) = watched.ws._links.all()
    link.replace("a test")
    until(lambda: held_back(link), what="its whole row")
    paper.run(lambda: paper._server.hub.subscribers(topic)[0].push(held_back(link), type="snapshot"))
    rows.until_more(2 - len(rows))
    watched.ws.reconnect()  # kills the old one
    watched.states.until("replaced")
    assert paper.push({"topic": topic}, [wire.partial.row(65_300)], type="delta") == 1
    until(lambda: rows and list(rows)[-1].lastPrice == 65_300, what="the change, as a whole row")
    assert list(rows)[-1].to_wire().keys() >= next(iter(rows)).to_wire().keys()
    assert watched.states.of(kind="gap")[1:] == []  # there is one for the loss, and none for the topic
