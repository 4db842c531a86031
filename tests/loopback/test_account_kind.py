"""A key of the wrong kind of account: no further login would help, so there is one, and the caller hears why."""

from __future__ import annotations

import time
from typing import Any

import pytest

from okx_sync import BitgetWsClient, BybitWsClient, OkxAuthError, OkxError
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, until


def _refused(paper: PaperExchange, ws: Any, code: str) -> OkxError:
    """What a caller gets whose login is refused with ``code``, when that is at once and for good."""
    paper.faults.refuse_login(code, times=None)
    began = time.monotonic()
    with ws:
        with pytest.raises(OkxError) as caught:
            ws.subscribe_positions(timeout=5)
        until(lambda: all(link["state"] == "failed" for link in ws.status()["links"].values()))
    assert paper.journal.tcp_connections == 1
    assert time.monotonic() - began < 3
    assert caught.value.code == code
    return caught.value


@pytest.mark.parametrize("protocol", ["v2", "v1"])
@pytest.mark.parametrize(("code", "word"), [("40084", "classic account"), ("40085", "unified (UTA) account")])
def test_bitgets_unified_and_classic_accounts(paper: PaperExchange, protocol: Any, code: str, word: str) -> None:
    """40085 and 40084 end the link with a hint of the account's kind."""
    error = _refused(paper, BitgetWsClient(paper.bitget_config(protocol), options=FAST), code)
    assert isinstance(error, OkxAuthError)
    assert f"belongs to a {word}" in str(error.hint)
    assert "V2 streams" in str(error.hint)


@pytest.mark.parametrize("code", ["10028", "100028", "110088"])
def test_bybits_unified_and_classic_accounts(paper: PaperExchange, code: str) -> None:
    """Bybit's codes for the same."""
    error = _refused(paper, BybitWsClient(paper.bybit_config(), options=FAST), code)
    assert "unified (UTA)" in str(error.hint)
