"""Private REST endpoints about the account: balance, positions, settings, limits, ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from okx_sync.paper.okx.rest.call import RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.okx.rest.market import TYPES, instruments
from okx_sync.paper.venue.types import Row

_MODES = ("cash", "cross", "isolated")


def _balance(call: RestCall) -> Sequence[Row]:
    ccys = tuple(ccy for ccy in call.text("ccy").split(",") if ccy)
    return [call.venue.account_row(call.account, ccys, rest=True)]


def _positions(call: RestCall) -> Sequence[Row]:
    kind = call.text("instType")
    if kind and kind not in TYPES:
        raise RestError("51000", "Parameter instType error", 400)
    wanted_ids = [one for one in call.text("instId").split(",") if one]
    wanted_pos = [one for one in call.text("posId").split(",") if one]
    return [
        row
        for row in call.venue.position_rows(call.account, instType=kind)
        if (not wanted_ids or row["instId"] in wanted_ids) and (not wanted_pos or row["posId"] in wanted_pos)
    ]


def _config(call: RestCall) -> Sequence[Row]:
    return [call.venue.account_config_row(call.account, call.key)]


def _leverage_info(call: RestCall) -> Sequence[Row]:
    mode = call.one_of("mgnMode", _MODES[1:])
    ids = [one for one in call.text("instId").split(",") if one]
    if any(one not in call.venue.instruments for one in ids):
        call.instrument()
    return call.venue.leverage_rows(call.account, ids, mode)


def _set_leverage(call: RestCall) -> RestAnswer:
    code, msg, rows = call.venue.set_leverage(call.account, call.params)
    return RestAnswer(rows, code, msg)


def _set_position_mode(call: RestCall) -> RestAnswer:
    code, msg, rows = call.venue.set_position_mode(call.account, call.text("posMode"))
    return RestAnswer(rows, code, msg)


def _trade_fee(call: RestCall) -> Sequence[Row]:
    return [call.venue.trade_fee_row(call.account, call.one_of("instType", TYPES))]


def _max_size(call: RestCall) -> Sequence[Row]:
    call.instrument()
    call.one_of("tdMode", _MODES)
    return [call.venue.max_size_row(call.account, call.params)]


def _max_avail_size(call: RestCall) -> Sequence[Row]:
    call.instrument()
    call.one_of("tdMode", _MODES)
    return [call.venue.max_avail_size_row(call.account, call.params)]


def _bills(days: int) -> Callable[[RestCall], Sequence[Row]]:
    """Return the ledger of the last ``days``."""
    return lambda call: call.venue.bills(call.account, call.recent(days))


_SIZE = ("instId", "tdMode")

ENDPOINTS = (
    RestEndpoint("GET", "/api/v5/account/balance", _balance, 10, private=True),
    RestEndpoint("GET", "/api/v5/account/positions", _positions, 10, private=True),
    RestEndpoint("GET", "/api/v5/account/config", _config, 5, private=True),
    RestEndpoint(
        "GET",
        "/api/v5/account/instruments",
        instruments,
        20,
        per="instType",
        required=("instType",),
        private=True,
    ),
    RestEndpoint("GET", "/api/v5/account/leverage-info", _leverage_info, 20, required=("mgnMode",), private=True),
    RestEndpoint(
        "POST",
        "/api/v5/account/set-leverage",
        _set_leverage,
        20,
        required=("lever", "mgnMode"),
        private=True,
        trades=True,
    ),
    RestEndpoint(
        "POST",
        "/api/v5/account/set-position-mode",
        _set_position_mode,
        5,
        required=("posMode",),
        private=True,
        trades=True,
    ),
    RestEndpoint("GET", "/api/v5/account/trade-fee", _trade_fee, 5, required=("instType",), private=True),
    RestEndpoint("GET", "/api/v5/account/max-size", _max_size, 20, required=_SIZE, private=True),
    RestEndpoint("GET", "/api/v5/account/max-avail-size", _max_avail_size, 20, required=_SIZE, private=True),
    RestEndpoint("GET", "/api/v5/account/bills", _bills(7), 5, 1.0, private=True),
    RestEndpoint("GET", "/api/v5/account/bills-archive", _bills(90), 5, private=True),
)
