"""Private REST endpoints about the account: balance, positions, settings, limits, ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from okx_sync.paper.okx import pair_margin
from okx_sync.paper.okx.position_settings import check_leverage, largest_sizes, margin_balance
from okx_sync.paper.okx.rest.call import NO_INSTRUMENT, RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.okx.rest.market import TYPES, instruments
from okx_sync.paper.okx.rest.withdrawals import known_coins
from okx_sync.paper.venue.account_levels import FUTURES_MODE
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.types import Row

_MODES = ("cash", "cross", "isolated")
#: How long a closed position keeps its posId.
KEPT_CLOSED_MS = 30 * 86_400_000


def _balance(call: RestCall) -> Sequence[Row]:
    ccys = tuple(ccy for ccy in call.text("ccy").split(",") if ccy)
    return [call.venue.account_row(call.account, ccys, rest=True)]


def _positions(call: RestCall) -> Sequence[Row]:
    kind = call.text("instType")
    if kind and kind not in TYPES:
        raise RestError("51000", "Parameter instType error", 400)
    wanted_ids = [one for one in call.text("instId").split(",") if one]
    wanted_pos = [one for one in call.text("posId").split(",") if one]
    # What was closed is told of, with a size of 0, to who names the instrument, as long as its posId is kept.
    oldest = call.server.clock.now_ms() - KEPT_CLOSED_MS
    return [
        row
        for row in call.venue.position_rows(call.account, instType=kind, closed=bool(wanted_ids))
        if (not wanted_ids or row["instId"] in wanted_ids)
        and (not wanted_pos or row["posId"] in wanted_pos)
        and (row["pos"] != "0" or int(row["uTime"]) >= oldest)
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
    call.one_of("mgnMode", _MODES[1:])
    if call.text("ccy") and not call.text("instId"):
        return _on_pair(pair_margin.set_loan_leverage, call)
    is_pair = not call.venue.instruments[call.instrument()].is_swap
    if call.venue.engine.rules.readings.leverage_with_pending_orders == "refuse":
        check_leverage(call.venue, call.account, call.params)
    if is_pair:
        return _on_pair(pair_margin.set_leverage, call)
    code, msg, rows = call.venue.set_leverage(call.account, call.params, frees_margin=False)
    return RestAnswer(rows, code, msg, 400 if code in ("51000", "59105") else 200)


def _on_pair(act: Callable[..., list[Row]], call: RestCall) -> RestAnswer:
    """Answer what is done to a pair, or why it is refused."""
    try:
        return RestAnswer(act(call.venue, call.account, call.params))
    except VenueRefusal as no:
        return RestAnswer([], no.code, no.message, 400 if no.code in ("51000", "59105") else 200)


def _is_pair(call: RestCall) -> bool:
    """Tell whether a call is about margin trading of a pair."""
    is_swap = call.venue.instruments[call.instrument()].is_swap
    return not is_swap and call.text("tdMode") != "cash" and call.account.level == FUTURES_MODE


def _margin_balance(call: RestCall) -> Sequence[Row]:
    is_swap = call.venue.instruments[call.instrument()].is_swap
    call.one_of("type", ("add", "reduce"))
    if not is_swap:
        return [pair_margin.margin_balance(call.venue, call.account, call.params)]
    return [margin_balance(call.venue, call.account, call.params)]


def _set_position_mode(call: RestCall) -> RestAnswer:
    code, msg, rows = call.venue.set_position_mode(call.account, call.text("posMode"))
    return RestAnswer(rows, code, msg)


def _trade_fee(call: RestCall) -> Sequence[Row]:
    return [call.venue.trade_fee_row(call.account, call.one_of("instType", TYPES))]


def _max_size(call: RestCall) -> Sequence[Row]:
    call.instrument()
    call.one_of("tdMode", _MODES)
    if _is_pair(call):
        return [pair_margin.max_size_row(call.venue, call.account, call.params)]
    row = call.venue.max_size_row(call.account, call.params)
    return [row | largest_sizes(call.venue, call.account, call.params, row)]


def _max_avail_size(call: RestCall) -> Sequence[Row]:
    call.instrument()
    call.one_of("tdMode", _MODES)
    if _is_pair(call):
        return [pair_margin.max_avail_size_row(call.venue, call.account, call.params)]
    return [call.venue.max_avail_size_row(call.account, call.params)]


def _max_loan(call: RestCall) -> Sequence[Row]:
    mode, ids = call.one_of("mgnMode", _MODES[1:]), [one for one in call.text("instId").split(",") if one]
    if not ids:
        raise RestError("50014", "Parameter instId can not be empty.", 400)
    if any(one not in call.venue.instruments or call.venue.instruments[one].is_swap for one in ids):
        raise RestError("51001", NO_INSTRUMENT)
    return pair_margin.max_loan_rows(call.venue, call.account, ids, mode, call.text("mgnCcy"))


def _no_interest(_: RestCall) -> Sequence[Row]:
    """Return the interest that loans have cost: there is none, and so no row of it."""
    return []


def _interest_rate(call: RestCall) -> Sequence[Row]:
    wanted = call.text("ccy")
    return [{"ccy": ccy, "interestRate": "0"} for ccy in known_coins(call) if wanted in ("", ccy)]


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
    RestEndpoint(
        "POST",
        "/api/v5/account/position/margin-balance",
        _margin_balance,
        20,
        required=("instId", "posSide", "type", "amt"),
        private=True,
        trades=True,
    ),
    RestEndpoint("GET", "/api/v5/account/trade-fee", _trade_fee, 5, required=("instType",), private=True),
    RestEndpoint("GET", "/api/v5/account/max-size", _max_size, 20, required=_SIZE, private=True),
    RestEndpoint("GET", "/api/v5/account/max-avail-size", _max_avail_size, 20, required=_SIZE, private=True),
    RestEndpoint("GET", "/api/v5/account/max-loan", _max_loan, 20, required=("mgnMode",), private=True),
    RestEndpoint("GET", "/api/v5/account/interest-accrued", _no_interest, 5, private=True),
    RestEndpoint("GET", "/api/v5/account/interest-rate", _interest_rate, 5, private=True),
    RestEndpoint("GET", "/api/v5/account/bills", _bills(7), 5, 1.0, private=True),
    RestEndpoint("GET", "/api/v5/account/bills-archive", _bills(90), 5, private=True),
)
