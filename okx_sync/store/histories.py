"""Which listing of which exchange holds a history: candles, trades, funding rates, fills, bills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, get_args

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError
from okx_sync.rest import Pager

__all__ = ["History", "history_of"]

History = Literal["candles", "trades", "funding", "fills", "bills"]
"""What may be downloaded; the last two are of the account."""

_Table = dict[str, Callable[[], Pager[Any]]]
_OF_INSTRUMENT: Final = ("candles", "trades", "funding")


def history_of(client: Any, what: str, instrument: str | None, bar: str | None, product: str | None) -> Pager[Any]:
    """Return the listing of a history.

    Raises ``ConfigError`` for what the exchange does not list, and for words that are missing or not wanted.
    """
    check_word("what", what, get_args(History))
    if what in _OF_INSTRUMENT and not instrument:
        raise ConfigError(f"{what} are of an instrument", hint="name it")
    if bar is not None and what != "candles":
        raise ConfigError(f"bar= is for candles, not for {what}")
    kind = type(client).__name__
    makers: dict[str, Callable[..., _Table]] = {"OkxClient": _okx, "BybitClient": _bybit, "BitgetClient": _bitget}
    maker = next((makers[one.__name__] for one in type(client).__mro__ if one.__name__ in makers), None)
    if maker is None:
        raise ConfigError(f"nothing can be downloaded with a {kind}", hint="OkxClient, BybitClient or BitgetClient")
    found = maker(client, what, instrument, bar, product).get(what)
    if found is None:
        raise ConfigError(f"{kind} has no list of past {what}", hint="record them: ws.record(folder)")
    return found()


def _okx(client: Any, what: str, instrument: str | None, bar: str | None, product: str | None) -> _Table:
    if what == "fills" and product is None:
        raise ConfigError("fills of OKX are listed by type", hint="product='SWAP', 'SPOT', 'FUTURES', ...")
    kind: Any = product
    length: Any = bar or "1m"
    name = instrument or ""
    return {
        "candles": lambda: client.iter_candles(name, length),
        "trades": lambda: client.iter_trades(name),
        "funding": lambda: client.iter_funding_rates(name),
        "fills": lambda: client.iter_fills(kind, instrument),
        "bills": lambda: client.iter_bills(kind),
    }


def _bybit(client: Any, what: str, instrument: str | None, bar: str | None, product: str | None) -> _Table:
    from okx_sync.exchanges.bybit.products import category_of

    usual = client.config.category
    category: Any = product or (category_of(instrument, usual) if instrument else usual)
    length: Any = bar or "1"
    name = instrument or ""
    del what
    return {
        "candles": lambda: client.market.iter_candles(name, length, category),
        "funding": lambda: client.market.iter_funding_rate_history(category, name),
        "fills": lambda: client.order.iter_executions(category, instrument),
        "bills": lambda: client.account.iter_transaction_log(),
    }


def _bitget(client: Any, what: str, instrument: str | None, bar: str | None, product: str | None) -> _Table:
    from okx_sync.exchanges.bitget.products import category_of

    of: Any = product or (category_of(instrument) if instrument else "USDT-FUTURES")
    length: Any = bar or "1m"
    name = instrument or ""
    is_account = what in ("fills", "bills")
    if is_account and client.account_kind() == "uta":
        uta = client.uta
        return {"fills": lambda: uta.iter_fills(of), "bills": lambda: uta.iter_bills(of)}
    if of == "SPOT":
        spot = client.spot
        length = bar or "1min"
        return {
            "candles": lambda: spot.iter_candles(name, length),
            "trades": lambda: spot.iter_trades_history(name),
            "fills": lambda: spot.iter_fills(instrument),
            "bills": lambda: spot.iter_account_bills(),
        }
    mix = client.mix
    return {
        "candles": lambda: mix.iter_candles(name, of, length),
        "trades": lambda: mix.iter_trades_history(name, of),
        "funding": lambda: mix.iter_funding_rate_history(name, of),
        "fills": lambda: mix.iter_fill_history(of, instrument),
        "bills": lambda: mix.iter_bills(of),
    }
