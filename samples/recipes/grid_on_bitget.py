"""The grid bot on Bitget, for accounts of both kinds: the same strategy, and not a line of it is changed.

Runs on a paper exchange of its own until Ctrl-C. With REAL=1 it trades with the key in BITGET_API_KEY,
BITGET_SECRET_KEY and BITGET_PASSPHRASE, where BITGET_DEMO says.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress

from grid_bot import JOURNAL, MOST, REAL, GridBot

from okx_sync import BitgetClient, BitgetConfig, BitgetWsClient, OrderLimits, PaperExchange


def main() -> None:
    with ExitStack() as stack:
        config = BitgetConfig.from_env() if REAL else stack.enter_context(PaperExchange()).bitget_config(None)
        rules = stack.enter_context(BitgetClient(config)).instruments["BTCUSDT"]
        limits = OrderLimits(allowed=[rules.inst_id], max_position=rules.coins_to_contracts(MOST), max_orders_per_s=20)
        ws = stack.enter_context(BitgetWsClient(config, limits=limits, journal=JOURNAL))
        GridBot(rules, ws.orders, ws.order_book(rules.inst_id)).run()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
