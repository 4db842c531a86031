"""The grid bot on Bybit: the same strategy, and not a line of it is changed; only the clients are other ones.

Runs on a paper exchange of its own until Ctrl-C. With REAL=1 it trades with the key in BYBIT_API_KEY and
BYBIT_SECRET_KEY, where BYBIT_ENVIRONMENT and BYBIT_SITE say.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress

from grid_bot import JOURNAL, MOST, REAL, GridBot

from okx_sync import BybitClient, BybitConfig, BybitWsClient, OrderLimits, PaperExchange


def main() -> None:
    with ExitStack() as stack:
        config = BybitConfig.from_env() if REAL else stack.enter_context(PaperExchange()).bybit_config()
        rules = stack.enter_context(BybitClient(config)).instruments["BTCUSDT"]
        limits = OrderLimits(allowed=[rules.inst_id], max_position=rules.coins_to_contracts(MOST), max_orders_per_s=20)
        ws = stack.enter_context(BybitWsClient(config, limits=limits, journal=JOURNAL))
        GridBot(rules, ws.orders, ws.order_book(rules.inst_id)).run()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
