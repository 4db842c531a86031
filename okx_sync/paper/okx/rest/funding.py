"""Private REST endpoints of the funding account that the books can answer: balances, transfers, ledger."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.okx.rest.call import EXAMPLE, RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.okx.rest.withdrawals import known_coins
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.funding_account import FUNDING, TRADING
from okx_sync.paper.venue.number_text import ZERO, number
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.types import Row


def _balances(call: RestCall) -> Sequence[Row]:
    return call.account.wallet.balance_rows(tuple(ccy for ccy in call.text("ccy").split(",") if ccy))


def _transfer(call: RestCall) -> Sequence[Row]:
    """Transfer between funding and trading account; there are no sub-accounts here."""
    if call.text("type", "0") != "0":
        raise RestError("51000", "Parameter type error", 400)
    source, target = call.one_of("from", (FUNDING, TRADING)), call.one_of("to", (FUNDING, TRADING))
    amount = number(call.params.get("amt"))
    if source == target:
        raise RestError("58123", "The From parameter cannot be the same as the To parameter.")
    if amount is None:
        raise RestError("51000", "Parameter amt error", 400)
    if amount <= ZERO:
        raise RestError("58114", "Transfer amount must be greater than 0", 400)
    account, ccy, ms = call.account, call.text("ccy"), call.server.clock.now_ms()
    if ccy not in known_coins(call):
        raise RestError("51012", "Token doesn't exist.")
    if source == FUNDING:
        free = account.wallet.balances.get(ccy, ZERO)
    else:
        call.venue.step()
        free = margin.movable(account, ccy, call.venue.prices)
    if amount > free:
        raise RestError("58350", "Insufficient balance.")
    account.wallet.book(ccy, amount if target == FUNDING else -amount, call.text("clientId"), ms)
    call.venue.fund(account, ccy, amount if target == TRADING else -amount)
    return [account.wallet.record(call.filters())]


def _transfer_state(call: RestCall) -> Sequence[Row]:
    trans_id, client_id = call.text("transId"), call.text("clientId")
    if not trans_id and not client_id:
        raise RestError("50015", "Either parameter transId or clientId is required", 400)
    row = call.account.wallet.state_of(trans_id, client_id)
    if row is None:
        raise RestError("58129", "Parameter transId or clientId error")
    return [row]


def _bills(call: RestCall) -> Sequence[Row]:
    """Return the whole ledger, or what the endpoint of recent bills has of it."""
    filters = call.filters() if call.endpoint.path.endswith("-history") else call.recent(30)
    by_id = call.text("pagingType") == "2"
    wanted = call.text("clientId")
    bills = [row for row in call.account.wallet.bills if wanted in ("", row["clientId"])]
    return page(bills, filters, row=dict, cursor="billId" if by_id else "ts", time="ts")


def _file(_: RestCall) -> RestAnswer:
    return RestAnswer(raw=b"PK paper example", is_example=True)


ENDPOINTS = (
    RestEndpoint("GET", "/api/v5/asset/balances", _balances, 6, 1.0, private=True),
    RestEndpoint(
        "POST",
        "/api/v5/asset/transfer",
        _transfer,
        2,
        1.0,
        per="ccy",
        required=("ccy", "amt", "from", "to"),
        private=True,
        trades=True,
    ),
    RestEndpoint("GET", "/api/v5/asset/transfer-state", _transfer_state, 10, 1.0, private=True),
    RestEndpoint("GET", "/api/v5/asset/bills", _bills, 6, 1.0, private=True),
    RestEndpoint("GET", "/api/v5/asset/bills-history", _bills, 1, 1.0, private=True),
    RestEndpoint("GET", "/api/v5/skill/file", _file, 5, 1.0, required=("token",), kind=EXAMPLE),
)
