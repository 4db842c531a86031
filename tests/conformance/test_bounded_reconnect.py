"""A bound on attempts to reconnect: the link gives up in good order, and can be started again."""

from __future__ import annotations

import attrs
import pytest

from okx_sync import ConnectionLost
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import Wire
from tests.loopback.conftest import FAST, PATIENCE_S, Heard


def test_attempts_to_reconnect_can_be_bounded(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """After that many attempts in a row: ``failed``, the reason for whoever waits, and ``reconnect()`` starts anew."""
    watched = connect(attrs.evolve(FAST, max_reconnect_attempts=2))
    sub = watched.subscribe(wire.orders)
    paper.faults.refuse_connect()
    paper.faults.drop("rst")
    watched.states.until("failed", 1, "private")
    assert watched.states.kinds("private").count("reconnecting") == 2
    with pytest.raises(ConnectionLost, match="after 2 attempts"):
        sub.get(PATIENCE_S)
    with pytest.raises(ConnectionLost, match="max_reconnect_attempts"):
        watched.ws.wait(PATIENCE_S)
    paper.faults.accept_connect()
    watched.ws.reconnect()
    watched.subscribe(wire.orders, Heard())
    assert watched.ws.is_connected()
