"""Block trading: requests for quotes, quotes, trades. After "Block Trading" of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["BLOCK"]

BLOCK: Final = (
    Channel(
        name="rfqs", path="business", model=models.Rfq, method="subscribe_rfqs",
        cadence="when a request is sent, received or changed", login=True, private=True,
        key=("rfqId",), identity=("rfqId", "uTime", "state"), quiet=True,
    ),
    Channel(
        name="quotes", path="business", model=models.Quote, method="subscribe_quotes",
        cadence="when a quote is sent, received or changed", login=True, private=True,
        key=("quoteId",), identity=("quoteId", "uTime", "state"), quiet=True,
    ),
    Channel(
        # blockTdId may be empty, so request and quote are part of the name.
        name="struc-block-trades", path="business", model=models.BlockTrade, method="subscribe_struc_block_trades",
        cadence="on each block trade of the account", login=True, private=True,
        key=("rfqId", "quoteId", "blockTdId"), identity=("rfqId", "quoteId", "blockTdId", "isSuccessful"), quiet=True,
    ),
    Channel(
        name="public-struc-block-trades", path="business", model=models.PublicStrucBlockTrade,
        method="subscribe_public_struc_block_trades", cadence="on each block trade, 15 minutes after it",
        key=("blockTdId", "groupId"), identity=("blockTdId", "groupId", "cTime"), quiet=True,
    ),
    Channel(
        name="public-block-trades", path="business", model=models.PublicBlockTrade,
        method="subscribe_public_block_trades", cadence="on each leg of a block trade, 15 minutes after it",
        required=("instId",), key=("instId",), identity=("instId", "tradeId", "groupId", "ts"), quiet=True,
    ),
    Channel(
        name="block-tickers", path="business", model=models.BlockTicker, method="subscribe_block_tickers",
        cadence="on a block trade, and every 5 minutes",
        required=("instId",), omits=("instId",), key=("instId",), identity=("instId", "ts"), quiet=True,
    ),
)  # fmt: skip
