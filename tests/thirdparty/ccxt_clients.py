"""ccxt's client of OKX at a paper exchange."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange


def okx_client(paper: PaperExchange) -> Any:
    """Their client with Alice's key, pointed at the paper exchange; without ccxt the test is skipped."""
    ccxt = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")
    account = paper.accounts[0]
    options = {"apiKey": account.api_key, "secret": account.secret_key, "password": account.passphrase}
    client = ccxt.okx(options)
    client.urls["api"]["rest"] = paper.url
    client.session.trust_env = False
    return client
