"""What the doctor asks with the key: whether it is good here, whose it is, and what it may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from okx_sync.cli.doctor.report import Report
from okx_sync.cli.place import Exchange, rest_client, ws_client
from okx_sync.errors import OkxError

__all__ = ["check_key", "check_private_stream"]

_LEVELS: Final = {"1": "spot mode", "2": "futures mode", "3": "multi-currency margin", "4": "portfolio margin"}
_NO_ADDRESS: Final = "bind the key to the addresses that use it; without one some exchanges end it after a while"
_WITHDRAW: Final = "make a key that may only read and trade, and keep this one off this machine"


def check_key(report: Report, exchange: Exchange, config: Any) -> bool:
    """Ask for the account; returns whether the key is good."""
    with rest_client(exchange, config) as client:
        try:
            {Exchange.okx: _okx, Exchange.bybit: _bybit, Exchange.bitget: _bitget}[exchange](report, client, config)
        except OkxError as error:
            report.add_error("key", error)
            return False
    return True


def _good(report: Report, config: Any) -> None:
    place = getattr(config, "place", None) or config.environment
    report.add("key", "ok", f"{config.credentials.short_key} is accepted at {place}")


def _okx(report: Report, client: Any, config: Any) -> None:
    row = _one(client.account.get_config())
    _good(report, config)
    mode = _LEVELS.get(str(row.acctLv), f"mode {row.acctLv}")
    report.add("account", "ok", f"{mode}, positions {row.posMode}, label {row.label or 'none'}")
    _rights(report, _words(row.perm), trade="trade", withdraw="withdraw")
    _addresses(report, _words(row.ip))
    try:
        limit = _one(client.trade.get_account_rate_limit())
    except OkxError as error:
        report.add_error("rate limit", error, verdict="skip")
        return
    seen = f"{limit.accRateLimit or 1000} orders in 2 s, {limit.nextAccRateLimit or 'the same'} from tomorrow"
    report.add("rate limit", "ok", seen)


def _bybit(report: Report, client: Any, config: Any) -> None:
    row = _one(client.user.get_api_key_info())
    _good(report, config)
    kind = "unified account" if str(row.uta) == "1" or str(row.unified) == "1" else "classic account"
    report.add("account", "ok", f"{kind}, {'main account' if row.isMaster else 'sub-account'}")
    groups = row.permissions.to_wire() if row.permissions is not None else {}
    granted = [word for words in groups.values() for word in words or ()]
    trades = "" if row.readOnly in (1, "1", True) else "trade"
    _rights(report, [*granted, *([trades] if trades else [])], trade="trade", withdraw="Withdraw")
    _addresses(report, [ip for ip in row.ips or () if ip != "*"])
    if row.deadlineDay is not None and int(row.deadlineDay) <= 7:
        report.add(
            "key age", "warn", f"the key ends in {row.deadlineDay} days", "bind it to an address, or make a new one"
        )


def _bitget(report: Report, client: Any, config: Any) -> None:
    kind = client.account_kind
    unified = str(kind) in ("uta", "unified")
    row = _one(client.uta.get_account_info() if unified else client.spot.get_account())
    _good(report, config)
    report.add("account", "ok", f"{'unified account (V3)' if unified else 'classic account (V2)'}")
    granted = _words(row.permissions if unified else row.authorities)
    report.add("rights", "ok" if granted else "skip", ", ".join(granted) or "the exchange does not say")
    if any("withdraw" in word.lower() for word in granted):
        report.add("rights to withdraw", "warn", "the key may send money away", _WITHDRAW)
    _addresses(report, _words(row.ips))


def _one(found: Any) -> Any:
    return found[0] if isinstance(found, list | tuple) else found


def _words(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return [str(word) for word in value]


def _rights(report: Report, granted: Iterable[str], *, trade: str, withdraw: str) -> None:
    words = list(granted)
    if trade in words:
        report.add("rights", "ok", ", ".join(words))
    else:
        report.add(
            "rights", "warn", f"{', '.join(words) or 'none'}: this key cannot trade", "edit the key to trade with it"
        )
    if withdraw in words:
        report.add("rights to withdraw", "warn", "the key may send money away", _WITHDRAW)


def _addresses(report: Report, addresses: list[str]) -> None:
    if addresses:
        report.add("addresses", "ok", f"the key is bound to {', '.join(addresses)}")
    else:
        report.add("addresses", "warn", "the key works from any address", _NO_ADDRESS)


def check_private_stream(report: Report, exchange: Exchange, config: Any, timeout_s: float) -> None:
    """Log in on the private path."""
    with ws_client(exchange, config) as ws:
        try:
            ws.connect("private", timeout_s)
        except OkxError as error:
            report.add_error("stream private", error)
            return
    report.add("stream private", "ok", "logged in")
