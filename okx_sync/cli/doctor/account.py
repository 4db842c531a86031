"""What the doctor asks with the key: whether it is good here, whose it is, and what it may do."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.cli.doctor.report import Report, Verdict
from okx_sync.cli.place import Exchange, rest_client, ws_client
from okx_sync.errors import OkxError

__all__ = ["check_key", "check_private_stream"]

_LEVELS: Final = {"1": "spot mode", "2": "futures mode", "3": "multi-currency margin", "4": "portfolio margin"}
_TRADING: Final = frozenset(("Order", "SpotTrade", "OptionsTrade", "DerivativesTrade"))  # Bybit's words for it
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
    granted = _words(row.perm)
    _rights(report, granted, may_trade="trade" in granted)
    _addresses(report, _words(row.ip))  # nothing there is OKX's word for any address
    try:
        limit = _one(client.trade.get_account_rate_limit())
    except OkxError as error:
        report.add_error("rate limit", error, verdict="skip")
        return
    if limit.accRateLimit is None:
        report.add("rate limit", "skip", "the exchange does not say")
        return
    tomorrow = "" if limit.nextAccRateLimit is None else f", {limit.nextAccRateLimit} from tomorrow"
    report.add("rate limit", "ok", f"{limit.accRateLimit} orders in 2 s{tomorrow}")


def _bybit(report: Report, client: Any, config: Any) -> None:
    row = _one(client.user.get_api_key_info())
    _good(report, config)
    report.add("account", *_bybit_kind(row))
    groups = row.permissions.to_wire() if row.permissions is not None else {}
    granted = [word for words in groups.values() for word in words or ()]
    _rights(report, granted, may_trade=not row.readOnly and not _TRADING.isdisjoint(granted))
    _addresses(report, [ip for ip in row.ips if ip != "*"] if row.ips else None)  # any address is a star
    if row.deadlineDay is not None and int(row.deadlineDay) <= 7:
        report.add(
            "key age", "warn", f"the key ends in {row.deadlineDay} days", "bind it to an address, or make a new one"
        )


def _bybit_kind(row: Any) -> tuple[Verdict, str]:
    kinds = [str(kind) for kind in (row.uta, row.unified) if kind is not None]
    told = ["unified account" if "1" in kinds else "classic account"] if kinds else []
    if row.isMaster is not None:
        told.append("main account" if row.isMaster else "sub-account")
    return ("ok", ", ".join(told)) if told else ("skip", "the exchange does not say")


def _bitget(report: Report, client: Any, config: Any) -> None:
    is_unified = client.account_kind() == "uta"
    row = _one(client.uta.get_account_info() if is_unified else client.spot.get_account())
    _good(report, config)
    report.add("account", "ok", "unified account (V3)" if is_unified else "classic account (V2)")
    _rights(report, _words(row.permissions if is_unified else row.authorities), may_trade=None)
    _addresses(report, None if row.ips is None else _words(row.ips))


def _one(found: Any) -> Any:
    return found[0] if isinstance(found, list | tuple) else found


def _words(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return [str(word) for word in value]


def _rights(report: Report, granted: list[str], *, may_trade: bool | None) -> None:
    """Note what the key may do; ``may_trade`` is None where the words do not tell."""
    if may_trade is False:
        seen = f"{', '.join(granted) or 'none'}: this key cannot trade"
        report.add("rights", "warn", seen, "edit the key to trade with it")
    elif granted:
        report.add("rights", "ok", ", ".join(granted))
    else:
        report.add("rights", "skip", "the exchange does not say")
    if any("withdraw" in word.lower() for word in granted):
        report.add("rights to withdraw", "warn", "the key may send money away", _WITHDRAW)


def _addresses(report: Report, addresses: list[str] | None) -> None:
    if addresses is None:
        report.add("addresses", "skip", "the exchange does not say")
    elif addresses:
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
