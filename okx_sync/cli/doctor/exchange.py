"""What the doctor asks the exchange without a key: REST, its clock, maintenance, and each path of the streams."""

from __future__ import annotations

from typing import Any, Final

import attrs

from okx_sync.cli.doctor.report import Report
from okx_sync.cli.place import Exchange, rest_client, ws_client
from okx_sync.cli.quotes import ticker_verb
from okx_sync.errors import OkxError, OkxTimeoutError
from okx_sync.state_event import StateEvent
from okx_sync.timing import Clock

__all__ = ["DEFAULT_INSTRUMENT", "VisitTerms", "check_rest", "check_streams"]

DEFAULT_INSTRUMENT: Final = {Exchange.okx: "BTC-USDT", Exchange.bybit: "BTCUSDT", Exchange.bitget: "BTCUSDT"}
_CLOCK_WARN_S: Final = 1.0
# What a status of HTTP means here, where the client itself has no better hint.
_STATUS_CURES: Final = {
    403: "the exchange or a firewall in front of it refuses this address: a blocked country or data centre, "
    "or too many requests; wait, or use another network",
    407: "the proxy wants a password: http://user:password@host:port",
    429: "too many requests from this address: stop other programs here, wait a minute",
    451: "the exchange does not serve the country of this address",
    503: "the exchange is not available at the moment: see its status page",
}


@attrs.frozen(kw_only=True)
class VisitTerms:
    """How long each step may take, how long is listened, and whose ticker is waited for."""

    timeout_s: float
    listen_s: float
    instrument: str | None


def check_rest(report: Report, exchange: Exchange, config: Any) -> bool:
    """Ask for the time; returns whether REST answers."""
    clock = Clock()
    with rest_client(exchange, config) as client:
        began = clock.monotonic()
        try:
            offset = client.sync_clock()
        except OkxError as error:
            status = getattr(error, "status", None)
            report.add_error("rest", error, _STATUS_CURES.get(status or 0, ""))
            return False
        report.add("rest", "ok", f"{config.rest_host} answers in {(clock.monotonic() - began) * 1000:.0f} ms")
        if abs(offset) < _CLOCK_WARN_S:
            report.add("clock", "ok", f"{abs(offset):.2f} s off")
        else:
            way = "behind" if offset > 0 else "ahead"
            cure = "set it by NTP (timedatectl set-ntp true); okx_sync allows for it, other programs do not"
            report.add("clock", "warn", f"this machine is {abs(offset):.1f} s {way} of the exchange", cure)
        _check_status(report, exchange, client)
    return True


def _check_status(report: Report, exchange: Exchange, client: Any) -> None:
    """Ask whether the exchange is under maintenance; Bitget does not say."""
    try:
        if exchange is Exchange.okx:
            going = [row.title for row in client.status.get_status(state="ongoing")]
        elif exchange is Exchange.bybit:
            going = [row.title for row in client.system.get_system_status() if row.state == "ongoing"]
        else:
            return
    except OkxError as error:
        report.add_error("maintenance", error, verdict="skip")
        return
    if going:
        report.add("maintenance", "warn", "; ".join(map(str, going)), "wait until it is over; orders may be refused")
    else:
        report.add("maintenance", "ok", "none")


def check_streams(report: Report, exchange: Exchange, config: Any, terms: VisitTerms) -> None:
    """Connect each path without a key, and wait for data.

    Then listen a while: whatever ends a connection is told.
    """
    events: list[StateEvent] = []
    with ws_client(exchange, config) as ws:
        ws.on_state(events.append)
        for path in _public_paths(exchange):
            if not _connect(report, ws, path, terms.timeout_s, events):
                return
        _wait_for_data(report, exchange, ws, terms, events)
        _listen(report, ws, terms.listen_s, events)


def _public_paths(exchange: Exchange) -> tuple[str, ...]:
    return ("public", "business") if exchange is Exchange.okx else ("public",)


def _connect(report: Report, ws: Any, path: str, timeout_s: float, events: list[StateEvent]) -> bool:
    clock = Clock()
    began = clock.monotonic()
    try:
        ws.connect(path, timeout_s)
    except OkxTimeoutError as error:
        cure = (
            "a proxy or firewall that lets HTTPS pass but no WebSockets: allow them (Upgrade), or use another network"
        )
        report.add(f"stream {path}", "fail", f"{error.message}{_last_reason(events)}", cure)
        return False
    except OkxError as error:
        report.add_error(f"stream {path}", error, _STATUS_CURES.get(getattr(error, "status", None) or 0, ""))
        return False
    report.add(f"stream {path}", "ok", f"connected in {(clock.monotonic() - began) * 1000:.0f} ms")
    return True


def _wait_for_data(report: Report, exchange: Exchange, ws: Any, terms: VisitTerms, events: list[StateEvent]) -> None:
    instrument = terms.instrument or DEFAULT_INSTRUMENT[exchange]
    clock = Clock()
    try:
        began = clock.monotonic()
        tickers = ticker_verb(exchange, ws)(instrument, timeout=terms.timeout_s)
        tickers.get(timeout=terms.timeout_s)
    except OkxTimeoutError as error:
        cure = "the connection stands and nothing comes: a proxy that holds messages back, or a market that is closed"
        report.add("data", "fail", f"no ticker of {instrument}: {error.message}{_last_reason(events)}", cure)
    except OkxError as error:
        report.add_error("data", error)
    else:
        lag = tickers.stats.lag_ms
        shown = "" if lag is None else f", {lag:.0f} ms behind the exchange"
        report.add("data", "ok", f"{instrument} after {(clock.monotonic() - began) * 1000:.0f} ms{shown}")


def _listen(report: Report, ws: Any, seconds: float, events: list[StateEvent]) -> None:
    try:
        ws.wait(seconds)
    except OkxError as error:
        report.add_error("connections", error)
        return
    losses = _losses(events)
    if losses:
        cure = (
            "an unsteady network, or a proxy or router that ends idle connections; the client connects again by itself"
        )
        report.add("connections", "warn", f"{len(losses)} ended while listening: {'; '.join(losses)}", cure)
        return
    budgets = [
        f"{path} {shard['requests']} of {shard['requests_per_hour']} requests an hour used"
        for path, link in ws.status()["links"].items()
        for shard in link.get("shards", ())
        if shard["requests_per_hour"]
    ]
    report.add("connections", "ok", ", ".join(["none ended while listening", *budgets]))


def _losses(events: list[StateEvent]) -> list[str]:
    return [str(event) for event in events if event.kind in ("lost", "reconnecting")]


def _last_reason(events: list[StateEvent]) -> str:
    losses = _losses(events)
    return f" (last: {losses[-1]})" if losses else ""
