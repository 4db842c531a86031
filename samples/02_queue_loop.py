"""A plain loop: iterate a subscription, ask it for one event with a timeout, or look at the newest one.

Runs on the built-in paper exchange. For OKX itself, take `Config()` instead of `paper.config`.
"""

from __future__ import annotations

from okx_sync import OkxTimeoutError, PaperExchange, WsClient


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        with ws.subscribe_tickers("BTC-USDT") as tickers:
            for count, tick in enumerate(tickers, start=1):
                print(f"loop: {tick.instId} last {tick.last} bid {tick.bidPx} ask {tick.askPx}")
                if count == 3:
                    break  # leaving the block unsubscribes

        candles = ws.subscribe_candles("BTC-USDT", "1s")
        candle = candles.get(timeout=5)
        print(f"get: {candle.bar} candle of {candle.instId} closed at {candle.c}, final: {candle.confirm}")

        # When only the newest state matters, a slow reader may skip what is out of date: policy "latest".
        books = ws.subscribe_books5("BTC-USDT", policy="latest")
        book = books.get(timeout=5)
        print(f"best bid {book.bids[0].price}, best ask {book.asks[0].price}")

        trades = ws.subscribe_trades("BTC-USDT")
        paper.quiet()  # nobody trades any more
        try:
            while True:
                trades.get(timeout=1)
        except OkxTimeoutError as error:
            print(f"quiet market: {error}")


if __name__ == "__main__":
    main()
