"""A program that uses a bit of everything on the paper exchange; it needs the package and the extra `paper` only.

    python -m tests.smoke

For environments in which no test runner is: the least versions of the libraries, other Pythons, what an archive holds.
Prints one line when all of it worked.
"""

from __future__ import annotations

import platform
import sys
from decimal import Decimal

import okx_sync
from okx_sync import BitgetWsClient, BybitWsClient, OkxClient, PaperExchange, WsClient

__all__ = ["main"]


def _okx(paper: PaperExchange) -> None:
    with OkxClient(paper.config) as rest, WsClient(paper.config) as ws:
        assert rest.public.get_instruments("SPOT")[0].instId
        ticker = ws.subscribe_tickers("BTC-USDT")
        ws.subscribe_trades("BTC-USDT", callback=lambda trade: None)
        assert isinstance(ticker.get(timeout=20).last, Decimal)
        book = ws.order_book("BTC-USDT")
        assert book.wait_valid(20)
        assert book.best_bid is not None
        order = ws.orders.place("BTC-USDT", "buy", "0.01", "100", td_mode="cash")
        assert order.wait_until(lambda one: one.status == "live", 20)
        order.cancel()
        assert order.wait_done(20)
        assert ws.orders.place("BTC-USDT", "buy", "100", td_mode="cash").wait_filled(20)
        assert ws.orders.wait_synced(20)
        paper.faults.drop()
        assert ws.orders.wait_synced(20)
        assert ticker.get(timeout=20)
        assert ws.metrics().received
        assert "BTC-USDT" in ws.debug_dump()


def main() -> None:
    """Run it."""
    with PaperExchange() as paper:
        _okx(paper)
        with BybitWsClient(paper.bybit_config()) as bybit:
            assert bybit.subscribe_tickers("BTCUSDT").get(timeout=20).symbol == "BTCUSDT"
        with BitgetWsClient(paper.bitget_config()) as bitget:
            assert bitget.order_book("BTCUSDT").wait_valid(20)
    sys.stdout.write(f"okx_sync {okx_sync.__version__} works on Python {platform.python_version()}\n")


if __name__ == "__main__":
    main()
