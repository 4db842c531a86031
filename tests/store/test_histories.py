"""Which listing a history comes from: by the client, what is asked for, and what the account is."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import BitgetClient, BybitClient, ConfigError, OkxClient
from okx_sync.paper import PaperExchange
from okx_sync.store.histories import history_of

WANTED = [
    ("okx", "candles", "BTC-USDT", None), ("okx", "trades", "BTC-USDT", None),
    ("okx", "funding", "BTC-USDT-SWAP", None), ("okx", "fills", None, "SWAP"), ("okx", "bills", None, None),
    ("bybit", "candles", "BTCUSDT", None), ("bybit", "funding", "BTCUSDT", None), ("bybit", "fills", None, None),
    ("bybit", "bills", None, None), ("bybit", "candles", "BTCUSDT", "spot"),
    ("v2", "candles", "BTCUSDT", None), ("v2", "trades", "BTCUSDT", None), ("v2", "funding", "BTCUSDT", None),
    ("v2", "fills", "BTCUSDT", None), ("v2", "bills", None, None),
    ("v2", "candles", "BTCUSDT", "SPOT"), ("v2", "trades", "BTCUSDT", "SPOT"), ("v2", "fills", "BTCUSDT", "SPOT"),
    ("v2", "bills", None, "SPOT"),
    ("v3", "candles", "BTCUSDT", None), ("v3", "fills", "BTCUSDT", None), ("v3", "bills", None, None),
]  # fmt: skip


def test_each_history_has_a_listing(paper: PaperExchange) -> None:
    """Of the product and the kind of account that are asked: its first page can be read."""
    clients: dict[str, Any] = {
        "okx": OkxClient(paper.config),
        "bybit": BybitClient(paper.bybit_config()),
        "v2": BitgetClient(paper.bitget_config("v2")),
        "v3": BitgetClient(paper.bitget_config("v3", account="carol")),
    }
    try:
        for name, what, instrument, product in WANTED:
            for page in history_of(clients[name], what, instrument, None, product).pages():
                assert isinstance(page, list), (name, what)
                break
    finally:
        for client in clients.values():
            client.close()


@pytest.mark.parametrize(
    ("client", "words", "text"),
    [
        (OkxClient, ("candels", "BTC-USDT", None, None), "what must be one of"),
        (OkxClient, ("candles", None, None, None), "candles are of an instrument"),
        (OkxClient, ("trades", "BTC-USDT", "1m", None), "bar= is for candles, not for trades"),
        (OkxClient, ("fills", None, None, None), "fills of OKX are listed by type"),
        (BybitClient, ("trades", "BTCUSDT", None, None), "BybitClient has no list of past trades"),
        (BitgetClient, ("funding", "BTCUSDT", None, "SPOT"), "BitgetClient has no list of past funding"),
        (object, ("candles", "BTCUSDT", None, None), "nothing can be downloaded with a object"),
    ],
)
def test_what_cannot_be_listed(client: type[Any], words: tuple[Any, ...], text: str) -> None:
    """It is said before anybody is asked."""
    with pytest.raises(ConfigError, match=text):
        history_of(client(), *words)
