"""What a trading node of nautilus does on Bybit with brackets and triggers; only the addresses are not its own.

It runs in an environment that has nautilus_trader, and prints what it saw as JSON. It has no market data: their
configuration has no address for Bybit's public streams.
"""

from __future__ import annotations

import os
from typing import Any

from nautilus_trader.adapters.bybit import (
    BYBIT,
    BybitExecClientConfig,
    BybitInstrumentProvider,
    BybitLiveExecClientFactory,
    BybitProductType,
    get_cached_bybit_http_client,
)
from nautilus_trader.config import InstrumentProviderConfig
from nautilus_trader.model.enums import OrderSide
from nautilus_trader.model.identifiers import InstrumentId

from tests.thirdparty.market import say, trade_at
from tests.thirdparty.nautilus_node import Told, price, run, size

PRODUCTS = (BybitProductType.LINEAR,)
PERP = InstrumentId.from_str("BTCUSDT-LINEAR.BYBIT")


async def bracket(told: Told) -> dict[str, Any]:
    """Refused on the wrong side; placed with both attached, amended, filled, and closed by its stop."""
    strategy, seen = told.strategy, {}
    orders = strategy.order_factory
    wrong = orders.limit(PERP, OrderSide.BUY, size("0.020"), price("63990.0"))
    strategy.submit_order(wrong, params={"stop_loss": "66000"})
    seen["wrong"] = (await told.until("OrderRejected", wrong)).reason
    entry = orders.limit(PERP, OrderSide.BUY, size("0.020"), price("63990.0"))
    strategy.submit_order(entry, params={"take_profit": "70000", "stop_loss": "60000", "tpsl_mode": "Full"})
    await told.until("OrderAccepted", entry)
    strategy.modify_order(entry, price=price("64000.0"))
    seen["amended"] = str((await told.until("OrderUpdated", entry)).price)
    trade_at("BTC-USDT-SWAP", "63950")
    bought = await told.until("OrderFilled", entry)
    seen["bought"] = [str(bought.last_qty), str(bought.last_px), bought.liquidity_side.name]
    trade_at("BTC-USDT-SWAP", "59900")
    await told.until("PositionClosed")
    return seen


async def trigger(told: Told) -> dict[str, Any]:
    """A conditional order: amended, fired, and canceled."""
    strategy = told.strategy
    order = strategy.order_factory.stop_limit(PERP, OrderSide.BUY, size("0.010"), price("59000.0"), price("62000.0"))
    strategy.submit_order(order)
    waiting = await told.until("OrderAccepted", order)
    strategy.modify_order(order, price=price("59500.0"))  # they do not send another trigger
    amended = await told.until("OrderUpdated", order)
    trade_at("BTC-USDT-SWAP", "62000")
    await told.until("OrderTriggered", order)
    strategy.cancel_order(order)
    canceled = await told.until("OrderCanceled", order)
    return {"limit": str(amended.price), "same": canceled.venue_order_id == waiting.venue_order_id}


async def both(told: Told) -> dict[str, Any]:
    """Run both on one node, which their client of market data would have told of the instruments."""
    http = get_cached_bybit_http_client(base_url=os.environ["URL"])
    provider = BybitInstrumentProvider(http, PRODUCTS)
    await provider.load_all_async()
    told.strategy.cache.add_instrument(provider.find(PERP))
    return {**await bracket(told), **await trigger(told)}


def main() -> None:
    """Make the node."""
    execution = BybitExecClientConfig(
        product_types=PRODUCTS,
        instrument_provider=InstrumentProviderConfig(load_all=True),
        base_url_http=os.environ["URL"],
        base_url_ws_private=os.environ["PRIVATE"],
        base_url_ws_trade=os.environ["TRADE"],
    )
    say(run(BYBIT, None, execution, {"execution": BybitLiveExecClientFactory}, both, claims=[PERP]))


if __name__ == "__main__":
    main()
