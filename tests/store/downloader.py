"""A program that downloads one history: ``python -m tests.store.downloader EXCHANGE WHAT URL FOLDER START END``.

Pieces are small, so that there is something to interrupt. It prints the number of new rows.
"""

from __future__ import annotations

import sys
from typing import Any

from okx_sync import BitgetClient, BitgetConfig, BybitClient, BybitConfig, Config, Credentials, OkxClient, download
from okx_sync.store import download as module

__all__ = ["client_of", "fetch"]

INSTRUMENTS = {"okx": "BTC-USDT-SWAP", "bybit": "BTCUSDT", "bitget": "BTCUSDT"}
KEY = ("paper-alice-key", "paper-alice-secret", "paper-alice-pass")


def client_of(exchange: str, url: str) -> Any:
    """A client of the paper exchange at an address."""
    if exchange == "okx":
        return OkxClient(Config(rest_url=url, credentials=Credentials(*KEY)))
    if exchange == "bybit":
        return BybitClient(BybitConfig(rest_url=url, credentials=Credentials(*KEY)))
    return BitgetClient(BitgetConfig(rest_url=url, credentials=Credentials(*KEY)))


def fetch(exchange: str, what: Any, url: str, folder: str, start: str | int, end: str | int) -> module.Download:
    """Download it, in pieces of a hundred rows."""
    vars(module)["_PIECE"] = 100
    name = None if what == "bills" else INSTRUMENTS[exchange]
    product = "SWAP" if (exchange, what) == ("okx", "fills") else None
    with client_of(exchange, url) as client:
        return download(client, what, name, folder=folder, start=int(start), end=int(end), product=product)


if __name__ == "__main__":
    sys.stdout.write(f"{fetch(*sys.argv[1:]).new_rows}\n")
