"""What freqtrade's exchange layer does with orders and its stop loss on the exchange; only the address is not its own.

It runs in an environment that has freqtrade, and prints what it saw as JSON.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from freqtrade.enums import CandleType, RunMode
from freqtrade.exceptions import InvalidOrderException
from freqtrade.resolvers import ExchangeResolver

from tests.thirdparty.market import say, trade_at

#: Their pair, and what the market is asked to move.
PAIRS = {"futures": ("BTC/USDT:USDT", "BTC-USDT-SWAP"), "spot": ("BTC/USDT", "BTC-USDT")}
ENTRY = {"ordertype": "limit", "amount": 0.02, "rate": 64000, "reduceOnly": False, "time_in_force": "GTC"}


def exchange_of(mode: str, folder: str) -> Any:
    """Their exchange, as their bot makes it for live trading."""
    keys = {"key": os.environ["KEY"], "secret": os.environ["SECRET"], "password": os.environ["PASS"]}
    address = {"urls": {"api": json.loads(os.environ["URLS"])}, "enableRateLimit": False}
    pricing = {"price_side": "same", "use_order_book": True, "order_book_top": 1}
    config = {
        "exchange": {"name": os.environ["EXCHANGE"], **keys, "enable_ws": False, "ccxt_config": address},
        "dry_run": False,
        "runmode": RunMode.LIVE,
        "stake_currency": "USDT",
        "trading_mode": mode,
        "margin_mode": "isolated" if mode == "futures" else "",
        "candle_type_def": CandleType.FUTURES if mode == "futures" else CandleType.SPOT,
        "datadir": Path(folder),
        "timeframe": "1m",
        "entry_pricing": pricing,
        "exit_pricing": pricing,
    }
    return ExchangeResolver.load_exchange(config, validate=True, load_leverage_tiers=mode == "futures")


def stop_at(exchange: Any, mode: str, price: float) -> Any:
    """Place their stop loss for what the entry bought."""
    return exchange.create_stoploss(PAIRS[mode][0], 0.02, price, {"stoploss": "market"}, "sell", 5.0)


def entered(exchange: Any, mode: str) -> dict[str, Any]:
    """An entry that waits, is filled, and holds a position."""
    pair, instrument = PAIRS[mode]
    trade_at(instrument, "65000")
    entry = exchange.create_order(pair=pair, side="buy", leverage=5.0, **ENTRY)
    seen: dict[str, Any] = {"entry": exchange.fetch_order(entry["id"], pair)["status"]}
    trade_at(instrument, "63950")
    filled = exchange.fetch_order(entry["id"], pair)
    seen["filled"] = [filled["status"], filled["filled"], filled["average"]]
    if mode == "futures":
        (held,) = [one for one in exchange.fetch_positions(pair) if one["contracts"]]
        seen["held"] = [held["side"], held["contracts"] * exchange.get_contract_size(pair), held["leverage"]]
    return seen


def stopped(exchange: Any, mode: str) -> dict[str, Any]:
    """Its stop loss, which is moved as they do it, refused on the wrong side, fires, and is told of."""
    pair, instrument = PAIRS[mode]
    begun = datetime.now(UTC) - timedelta(minutes=1)
    seen: dict[str, Any] = {}
    first = stop_at(exchange, mode, 60000)
    waiting = exchange.fetch_stoploss_order(first["id"], pair)
    seen["stop"] = [waiting["status"], waiting["type"], waiting["amount"]]
    seen["adjusted"] = [exchange.stoploss_adjust(price, waiting, "sell") for price in (61000, 59000)]
    exchange.cancel_stoploss_order_with_result(first["id"], pair, 0.02)
    seen["canceled"] = exchange.fetch_stoploss_order(first["id"], pair)["status"]
    try:
        exchange.cancel_stoploss_order(stop_at(exchange, mode, 90000)["id"], pair)
        seen["refused"] = "accepted"
    except InvalidOrderException:
        seen["refused"] = "InvalidOrderException"
    second = stop_at(exchange, mode, 61000)
    trade_at(instrument, "60900")
    fired = exchange.fetch_stoploss_order(second["id"], pair)
    seen["fired"] = [fired["status"], fired["type"], fired["filled"]]
    # What ccxt calls the id of an order that an algo order of OKX has placed is that of the algo order.
    order_id = fired["info"].get("ordId", fired.get("id_stop", fired["id"]))
    trades = exchange.get_trades_for_order(order_id, pair, begun)
    seen["trades"] = round(sum(trade["amount"] for trade in trades), 8)
    return seen


def main() -> None:
    """Run for each kind of market that is asked for."""
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        for mode in os.environ["MODES"].split():
            exchange = exchange_of(mode, folder)
            seen[mode] = {**entered(exchange, mode), **stopped(exchange, mode)}
            exchange.close()
    say(seen)


if __name__ == "__main__":
    main()
