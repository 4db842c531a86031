"""Download candles into Parquet, and a day later only what is new.

Runs on the built-in paper exchange. Needs the extra ``store``: pip install 'okx_sync[store]'
"""

from __future__ import annotations

import datetime as dt
import tempfile

from okx_sync import OkxClient, PaperExchange, download

BTC, DAY = "BTC-USDT", dt.timedelta(days=1)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, PaperExchange() as paper, OkxClient(paper.public_config) as client:
        now = dt.datetime.fromtimestamp(client.clock.server_time(), dt.UTC).replace(minute=0, second=0, microsecond=0)
        for end in (now - DAY, now):  # as if the program ran today and tomorrow
            candles = download(client, "candles", BTC, folder=folder, start=now - 3 * DAY, end=end, bar="1H")
            table = candles.read()
            print(f"until {end:%d %b %H:%M}: {candles.new_rows} new candles, {table.num_rows} on the disk")
        print(f"from {table['ts'][0]} to {table['ts'][-1]}, highest price {max(table['h'].to_pylist())}")


if __name__ == "__main__":
    main()
