"""Private REST endpoints about what the account holds and held, answered from its books."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.okx.rest.call import RestCall, RestEndpoint
from okx_sync.paper.venue import account_rows, margin, margin_rows
from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.records import VenuePosition
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.types import Row

_RISK = "instType instId posId posSide mgnMode pos posCcy ccy notionalUsd"


def _ccys(call: RestCall) -> list[str]:
    wanted = [one for one in call.text("ccy").split(",") if one]
    return [ccy for ccy in call.account.balances if not wanted or ccy in wanted]


def _position_risk(call: RestCall) -> Sequence[Row]:
    account = call.venue.account_row(call.account, (), rest=True)
    positions = call.venue.position_rows(call.account, instType=call.text("instType"))
    return [
        {
            "adjEq": account["adjEq"],
            "balData": [{name: one[name] for name in ("ccy", "eq", "disEq")} for one in account["details"]],
            "posData": [
                {**blank("notionalCcy baseBal quoteBal"), **{name: one[name] for name in _RISK.split()}}
                for one in positions
            ],
            "ts": str(call.server.clock.now_ms()),
        }
    ]


def _positions_history(call: RestCall) -> Sequence[Row]:
    """Return positions that were closed, wholly or in part; one that was opened anew is told of once more."""
    open_now = [one for one in call.account.open_positions() if one.closed]
    pairs_now = [one for one in call.account.open_margins() if one.closed]
    every: list[VenuePosition | MarginPosition] = [
        *call.account.past_positions,
        *open_now,
        *call.account.past_margins,
        *pairs_now,
    ]
    wanted = call.text("posId")
    found = [one for one in sorted(every, key=lambda one: one.uTime, reverse=True) if wanted in ("", one.posId)]
    return page(found, call.filters(), row=_past_row, cursor="uTime", time="uTime")


def _past_row(position: VenuePosition | MarginPosition) -> Row:
    if isinstance(position, MarginPosition):
        return margin_rows.past_position_row(position)
    return account_rows.past_position_row(position)


def _max_withdrawal(call: RestCall) -> Sequence[Row]:
    """Return what can be moved out: what is free, as there are no loans here."""
    rows = []
    for ccy in _ccys(call):
        free = text(rounded(margin.movable(call.account, ccy, call.venue.prices)))
        rows.append({"ccy": ccy, "maxWd": free, "maxWdEx": free, "spotOffsetMaxWd": "", "spotOffsetMaxWdEx": ""})
    return rows


def _collateral_assets(call: RestCall) -> Sequence[Row]:
    return [{"ccy": ccy, "collateralEnabled": True} for ccy in _ccys(call)]


def _greeks(call: RestCall) -> Sequence[Row]:
    return call.venue.greeks_rows(call.account, call.text("ccy"))


ENDPOINTS = (
    RestEndpoint("GET", "/api/v5/account/account-position-risk", _position_risk, 10, private=True),
    RestEndpoint("GET", "/api/v5/account/positions-history", _positions_history, 10, private=True),
    RestEndpoint("GET", "/api/v5/account/greeks", _greeks, 10, private=True),
    RestEndpoint("GET", "/api/v5/account/max-withdrawal", _max_withdrawal, 20, private=True),
    RestEndpoint("GET", "/api/v5/account/collateral-assets", _collateral_assets, 5, private=True),
)
