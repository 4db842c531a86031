"""``LinkConnection``: what is known of one socket at its beginning."""

from __future__ import annotations

from okx_sync.delivery.router import Batch, Router
from okx_sync.protocol.assemble import PageAssembler
from okx_sync.protocol.session_state import State
from okx_sync.timing import Clock
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.worker import Worker
from tests.protocol.toy_dialect import Toy, make


def test_a_new_socket_is_nothing_yet() -> None:
    """Not open, not announced, no data, nothing to take over, no ping under way."""
    router = Router(Clock(), lambda error: None)
    worker = Worker("okx-test", lambda _worker: None)
    conn = LinkConnection(7, Role.CURRENT, make(), PageAssembler(Toy()), Batch(router), worker)
    assert conn.epoch == 7
    assert conn.session.state is State.CONNECTING
    assert {conn.opened_at, conn.pinged_at, conn.round_trip_s, conn.holding, conn.restart_message} == {None}
    assert {conn.is_announced, conn.has_data, conn.was_restored} == {False}
    assert not conn.feeding.locked()
