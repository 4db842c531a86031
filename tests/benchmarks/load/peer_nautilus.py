"""nautilus_trader: its OKX client in Rust, on threads of its own, and typed objects to a Python callback.

What the callback gets of market data is a capsule, which nautilus's own data client opens before anything else.
"""

from __future__ import annotations

import asyncio
import importlib
import threading
from collections.abc import Callable
from typing import Any

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter

__all__ = ["start"]

_KEYS = {"api_key": "benchmark-key", "api_secret": "benchmark-secret", "api_passphrase": "benchmark-pass"}
_ID = "BTC-USDT.OKX"
_WITHIN_S = 10.0


def start(job: Job, meter: Meter) -> None:
    """Subscribe."""
    if job.ca is not None:
        raise NotImplementedError("nautilus: ws only here, the authorities it trusts are compiled in")
    rust = importlib.import_module("nautilus_trader.core.nautilus_pyo3")
    callback = _order(rust, job, meter) if job.stream == "orders" else _market(job, meter)

    async def run() -> None:
        clients = [_client(rust, job) for _ in range(job.links)]
        for client in clients:
            await client.connect(instruments=[_instrument(rust)], callback=callback)
            await client.wait_until_active(timeout_secs=_WITHIN_S)
            await _subscribe(rust, client, job.stream)
        await asyncio.Event().wait()

    threading.Thread(target=asyncio.run, args=(run(),), daemon=True).start()


def _market(job: Job, meter: Meter) -> Callable[[Any], None]:
    """Of the delays: its moments are nanoseconds, those of the wire count as milliseconds."""
    opened = importlib.import_module("nautilus_trader.model.data").capsule_to_data
    one, late, timed = meter.one, meter.late, job.timed

    def take(capsule: Any) -> None:
        data = opened(capsule)
        if timed:
            late(data.ts_event // 1_000_000)
        else:
            one(data)

    return take


def _order(rust: Any, job: Job, meter: Meter) -> Callable[[Any], None]:
    """A fill arrives as a report, which its execution client turns into its own kind."""
    if job.timed:
        raise NotImplementedError("nautilus: a fill is told with the time of the trade, not of the message")
    turned = importlib.import_module("nautilus_trader.execution.reports").FillReport.from_pyo3
    kind, one = rust.FillReport, meter.one

    def take(report: Any) -> None:
        if isinstance(report, kind):
            one(turned(report))

    return take


def _client(rust: Any, job: Job) -> Any:
    if job.stream != "orders":
        return rust.OKXWebSocketClient(url=f"{job.url}/ws/v5/public", heartbeat=20)
    account = rust.AccountId("OKX-001")
    return rust.OKXWebSocketClient(url=f"{job.url}/ws/v5/private", account_id=account, heartbeat=20, **_KEYS)


def _instrument(rust: Any) -> Any:
    """Without it nothing is delivered: prices and sizes are of a fixed precision."""
    return rust.CurrencyPair(
        instrument_id=rust.InstrumentId.from_str(_ID),
        raw_symbol=rust.Symbol("BTC-USDT"),
        base_currency=rust.Currency.from_str("BTC"),
        quote_currency=rust.Currency.from_str("USDT"),
        price_precision=1,
        size_precision=8,
        price_increment=rust.Price.from_str("0.1"),
        size_increment=rust.Quantity.from_str("0.00000001"),
        ts_event=0,
        ts_init=0,
    )


async def _subscribe(rust: Any, client: Any, stream: str) -> None:
    instrument = rust.InstrumentId.from_str(_ID)
    if stream == "tickers":
        await client.subscribe_ticker(instrument)
    elif stream == "trades":
        await client.subscribe_trades(instrument, aggregated=False)
    elif stream == "books":
        await client.subscribe_book_with_depth(instrument, 0)
    else:
        await client.subscribe_orders(rust.OKXInstrumentType.ANY)
