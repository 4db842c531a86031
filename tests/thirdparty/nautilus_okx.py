"""What a trading node of nautilus does on OKX with brackets and triggers; only the addresses are not its own.

It runs in an environment that has nautilus_trader, and prints what it saw as JSON.
"""

from __future__ import annotations

import os
from typing import Any

from nautilus_trader.adapters.okx import (
    OKX,
    OKXDataClientConfig,
    OKXExecClientConfig,
    OKXLiveDataClientFactory,
    OKXLiveExecClientFactory,
)
from nautilus_trader.config import InstrumentProviderConfig
from nautilus_trader.core.nautilus_pyo3 import OKXInstrumentType, OKXMarginMode
from nautilus_trader.model.enums import OrderSide, OrderType
from nautilus_trader.model.identifiers import InstrumentId

from tests.thirdparty.market import say, trade_at
from tests.thirdparty.nautilus_node import Told, price, run, size

SWAP = InstrumentId.from_str("BTC-USDT-SWAP.OKX")


def bracket_of(told: Told, stop: str) -> Any:
    """A limit order with both; their adapter sends it as one order with stops attached."""
    return told.strategy.order_factory.bracket(
        SWAP,
        OrderSide.BUY,
        size("2"),
        entry_order_type=OrderType.LIMIT,
        entry_price=price("63990.0"),
        tp_order_type=OrderType.MARKET_IF_TOUCHED,
        tp_trigger_price=price("70000.0"),
        sl_trigger_price=price(stop),
    )


async def bracket(told: Told) -> dict[str, Any]:
    """Refused on the wrong side; placed, amended before and after its fill, and closed by its stop."""
    strategy, seen = told.strategy, {}
    wrong = bracket_of(told, "66000.0")
    strategy.submit_order_list(wrong)
    for order in wrong.orders:
        seen["wrong"] = (await told.until("OrderRejected", order)).reason
    orders = bracket_of(told, "60000.0")
    entry, stop, target = orders.orders
    strategy.submit_order_list(orders)
    await told.until("OrderAccepted", entry)
    strategy.modify_order(entry, price=price("64000.0"))
    seen["amended"] = str((await told.until("OrderUpdated", entry)).price)
    trade_at("BTC-USDT-SWAP", "63950")
    bought = await told.until("OrderFilled", entry)
    seen["bought"] = [str(bought.last_qty), str(bought.last_px), bought.liquidity_side.name]
    seen["one"] = (await told.until("OrderAccepted", stop)).venue_order_id == (
        await told.until("OrderAccepted", target)
    ).venue_order_id
    strategy.modify_order(stop, trigger_price=price("61000.0"))
    await told.until("OrderAccepted", stop, times=2)  # so they tell of an amended stop that was attached
    trade_at("BTC-USDT-SWAP", "60900")
    closed = await told.until("PositionClosed")
    seen["sold"] = [str(stop.filled_qty), closed.closing_order_id == stop.client_order_id, stop.status.name]
    return seen


async def trigger(told: Told) -> dict[str, Any]:
    """Amended, fired, and what it has placed canceled."""
    strategy = told.strategy
    order = strategy.order_factory.stop_limit(SWAP, OrderSide.BUY, size("1"), price("60000.0"), price("62000.0"))
    strategy.submit_order(order)
    waiting = await told.until("OrderAccepted", order)
    strategy.modify_order(order, trigger_price=price("61500.0"))
    amended = await told.until("OrderUpdated", order)
    trade_at("BTC-USDT-SWAP", "61500")
    await told.until("OrderTriggered", order)
    strategy.cancel_order(order)
    canceled = await told.until("OrderCanceled", order)
    return {
        "trigger": str(amended.trigger_price),
        "child": canceled.venue_order_id != waiting.venue_order_id,
    }


async def both(told: Told) -> dict[str, Any]:
    """Run both on one node."""
    return {**await bracket(told), **await trigger(told)}


def main() -> None:
    """Make the node."""
    common = {
        "instrument_types": (OKXInstrumentType.SWAP,),
        "instrument_provider": InstrumentProviderConfig(load_all=True),
        "base_url_http": os.environ["URL"],
    }
    data = OKXDataClientConfig(base_url_ws=os.environ["PUBLIC"], **common)
    execution = OKXExecClientConfig(base_url_ws=os.environ["PRIVATE"], margin_mode=OKXMarginMode.CROSS, **common)
    factories = {"data": OKXLiveDataClientFactory, "execution": OKXLiveExecClientFactory}
    say(run(OKX, data, execution, factories, both))


if __name__ == "__main__":
    main()
