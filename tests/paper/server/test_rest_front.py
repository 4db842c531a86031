"""REST of the paper exchange, whatever becomes of the client."""

from __future__ import annotations

import logging
import socket
import struct

import pytest
import requests

from okx_sync.paper import PaperExchange

_HEAD = b"POST /api/v5/trade/order HTTP/1.1\r\nHost: paper\r\nContent-Length: 100\r\n\r\n"


def test_a_client_that_dies_in_the_middle_of_a_request(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is answered, nothing is done, and it is no error of the exchange's."""
    with PaperExchange(flow_per_s=0) as paper, caplog.at_level(logging.WARNING):
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", paper.port)) as client:
                client.sendall(_HEAD + b'{"instId":')
                assert requests.get(f"{paper.url}/api/v5/public/time", timeout=10).ok  # so the head has been read
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, as of a kill
            assert requests.get(f"{paper.url}/api/v5/public/time", timeout=10).ok
        assert [one.path for one in paper.requests] == ["/api/v5/public/time"] * 6
    assert caplog.records == []
