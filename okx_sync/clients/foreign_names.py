"""What methods of other people's libraries are called here: an error for such a name says it.

They are not shims: nothing of the sort is callable. The page ``docs/moving-over.md`` has the tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

__all__ = ["HintsAtNames"]

_NAMES: Final[dict[str, str]] = {
    # python-okx
    "start": "nothing has to be started: the first subscribe_...(...) connects",
    "stop": "close() ends it, and so does a with block",
    "get_account_balance": "client.account.get_balance(), or the live ws.account",
    "get_account_config": "client.account.get_config()",
    "get_account_bills": "client.account.get_bills(), or client.iter_bills() for all of them",
    "get_candlesticks": "get_candles(inst_id, bar), or iter_candles(inst_id, bar) for all of them",
    "get_history_candlesticks": "iter_candles(inst_id, bar).between(start, end)",
    "get_order_list": "client.trade.get_orders_pending(), or the live ws.orders.open",
    "place_multiple_orders": "place_batch_orders([...])",
    "cancel_multiple_orders": "cancel_batch_orders([...])",
    "amend_multiple_orders": "amend_batch_orders([...])",
    "funds_transfer": "client.funding.transfer(...)",
    # pybit
    "orderbook_stream": "order_book(symbol, depth=50), a live book, or subscribe_orderbook(symbol, 50, callback)",
    "rpi_orderbook_stream": "subscribe_rpi_orderbook(symbol, callback)",
    "ticker_stream": "subscribe_tickers(symbol, callback)",
    "trade_stream": "subscribe_trades(symbol, callback)",
    "kline_stream": "subscribe_candles(symbol, interval, callback)",
    "liquidation_stream": "subscribe_liquidations(symbol, callback)",
    "all_liquidation_stream": "subscribe_liquidations(symbol, callback)",
    "price_limit_stream": "subscribe_price_limit(symbol, callback)",
    "insurance_pool_stream": "subscribe_insurance(coin, callback)",
    "order_stream": "subscribe_orders(callback), or the live ws.orders",
    "position_stream": "subscribe_positions(callback), or the live ws.positions",
    "wallet_stream": "subscribe_wallet(callback), or the live ws.account",
    "execution_stream": "subscribe_executions(callback), or ws.orders.on_fill(callback)",
    "fast_execution_stream": "subscribe_fast_executions(callback)",
    "greek_stream": "subscribe_greeks(callback)",
    "exit": "close() ends it, and so does a with block",
    "get_kline": "client.market.get_candles(...), or download(client, 'candles', symbol) for all of them",
    "get_instruments_info": "client.market.get_instruments(...), or client.instruments[symbol] for the rules of one",
    "get_public_trade_history": "client.market.get_trades(...)",
    "place_batch_order": "place_batch_orders([...])",
    "amend_batch_order": "amend_batch_orders([...])",
    "cancel_batch_order": "cancel_batch_orders([...])",
    # ccxt, ccxt.pro
    "load_markets": "client.instruments[inst_id] loads the rules of one when it is asked for",
    "set_sandbox_mode": "Config(simulated=True), BybitConfig(environment='testnet') or BitgetConfig(demo=True)",
    "create_order": "ws.orders.place(inst_id, side, size, price), or client.place_order(...)",
    "create_orders": "place_batch_orders([...])",
    "edit_order": "order.amend(price=..., size=...), or amend_order(...)",
    "fetch_order": "the live ws.orders[id], or get_order(...) of the client of REST",
    "fetch_open_orders": "the live ws.orders.open",
    "fetch_my_trades": "ws.orders.on_fill(callback), or download(client, 'fills')",
    "fetch_balance": "the live ws.account",
    "fetch_positions": "the live ws.positions",
    "fetch_ohlcv": "download(client, 'candles', inst_id); on OKX also iter_candles(inst_id, bar).between(start, end)",
    "fetch_ticker": "get_ticker(inst_id)",
    "fetch_order_book": "get_orderbook(inst_id, depth), or the live ws.order_book(inst_id)",
    "watch_ticker": "subscribe_tickers(inst_id) (Bitget: subscribe_ticker), then get(timeout) or a callback",
    "watch_trades": "subscribe_trades(inst_id) (Bitget: subscribe_trade), then get(timeout) or a callback",
    "watch_ohlcv": "subscribe_candles(inst_id, bar), then get(timeout) or a callback",
    "watch_order_book": "order_book(inst_id)",
    "watch_orders": "ws.orders.on_order(callback), or order.wait_until(...)",
    "watch_my_trades": "ws.orders.on_fill(callback)",
    "watch_positions": "ws.positions.on_change(callback)",
    "watch_balance": "ws.account.on_change(callback)",
    # ib_async
    "sleep": "there is no event loop that has to be run: time.sleep(seconds), or order.wait_done(timeout)",
    "run": "there is no event loop that has to be run: wait() blocks until the client is closed",
    "wait_on_update": "order.wait_until(...), ws.positions.wait_until(...), ws.account.wait_until(...)",
    "req_mkt_data": "subscribe_tickers(inst_id, callback) (Bitget: subscribe_ticker)",
    "req_historical_data": "download(client, 'candles', inst_id); on OKX also iter_candles(inst_id, bar)",
    "qualify_contracts": "an instrument is its name; client.instruments[inst_id] has its rules",
    "open_trades": "ws.orders.open",
    "open_orders": "ws.orders.open",
    "account_summary": "ws.account",
    "account_values": "ws.account",
    "portfolio": "ws.positions",
    "disconnect": "close()",
}
"""By the name in snake_case: what to call."""

_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class HintsAtNames:
    """A client whose error for a name that it does not have says what that is called here."""

    if not TYPE_CHECKING:  # to a type checker every name would seem to exist

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # a property that raised: what it raised
                return object.__getattribute__(self, name)
            text = f"{type(self).__name__!r} object has no attribute {name!r}"
            hint = None if name.startswith("_") else self._hint_at(name)
            if hint is None:
                raise AttributeError(text, name=name, obj=self)
            raise AttributeError(f"{text}. Hint: {hint}")  # without `name`, of which Python makes a guess

    def _hint_at(self, name: str) -> str | None:
        """Return what a name of elsewhere is called here: method of this client, or of a group of it."""
        plain = _CAPITAL.sub("_", name).lower()
        if plain != name and hasattr(type(self), plain):
            return f"it is called {plain} here"
        if plain in _NAMES:
            return _NAMES[plain]
        endpoints = getattr(type(self), "endpoints", None)
        homes = [] if endpoints is None else [f"client.{one.group}.{plain}" for one in endpoints() if one.name == plain]
        return f"it is in a group: {', '.join(f'{home}(...)' for home in homes)}" if homes else None
