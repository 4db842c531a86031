"""Market data: tickers, trades, order books, candles."""
