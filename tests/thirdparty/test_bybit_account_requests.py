"""Requests of account, assets, users and spreads are those that pybit and ccxt make: method, path, query or body."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses

from okx_sync import BybitClient, BybitConfig, Credentials
from tests.clients.bybit_calls import CALLS, BybitCall
from tests.rest.toy_dialect import TurnedClock

KEY: Final = Credentials("key-1234", "secret")
OTHER_NAMES: Final = {
    "get_account_instruments": "get_account_instruments_info",
    "get_dcp_info": "query_dcp_info",
    "upgrade_to_unified_account": "upgrade_to_unified_trading_account",
    "get_user_settings": "get_user_setting_config",
    "get_withdrawable": "get_transferable_amount",
    "get_delivery_records": "get_option_delivery_record",
    "get_funding_account_history": "get_funding_acc_history",
    "get_settlement_records": "get_usdc_contract_settlement",
    "get_wallet_types": "get_uid_wallet_type",
    "get_api_key_info": "get_api_key_information",
    "get_announcements": "get_announcement",
    "get_rate_limits": "get_api_rate_limit",
    "request_demo_funds": "request_demo_trading_funds",
    "get_spread_executions": "spread_get_trade_history",
    "get_spread_instruments": "spread_get_instruments_info",
    "amend_spread_order": "spread_amend_order",
    "cancel_spread_order": "spread_cancel_order",
    "cancel_all_spread_orders": "spread_cancel_all_orders",
    "place_spread_order": "spread_place_order",
    "get_spread_order_history": "spread_get_order_history",
    "get_spread_open_orders": "spread_get_open_orders",
    "get_spread_order_book": "spread_get_orderbook",
    "get_spread_trades": "spread_get_public_trade_history",
    "get_spread_tickers": "spread_get_tickers",
}
"""Our names, and pybit's where they differ. Those of ``spot_margin`` have ``spot_margin_trade_`` before them."""

PYBIT_LACKS: Final = frozenset(
    {
        "get_option_asset_info",
        "get_pay_info",
        "get_trade_info_for_analysis",
        "get_spread_max_qty",
        "create_demo_account",
    }
)


class Sent(NamedTuple):
    """A request as it went out."""

    method: str
    path: str
    values: Any


def capture(call: Callable[[], Any], answer: Any = None) -> Sent:
    """What a client sends; the answer is made up."""
    with responses.RequestsMock() as server:
        envelope = {"retCode": 0, "retMsg": "OK", "result": answer or {}, "retExtInfo": {}, "time": 1}
        server.add(responses.GET, re.compile(".*"), json=envelope)
        server.add(responses.POST, re.compile(".*"), json=envelope)
        server.assert_all_requests_are_fired = False
        call()
        request = server.calls[-1].request
    parts = urlsplit(request.url or "")
    values = dict(parse_qsl(parts.query)) if request.method == "GET" else json.loads(request.body or b"{}")
    return Sent(str(request.method), parts.path, values)


def ours(call: BybitCall) -> Sent:
    """What our client sends."""
    with BybitClient(BybitConfig(KEY), clock=TurnedClock()) as client:
        return capture(lambda: getattr(getattr(client, call.group), call.name)(**call.arguments), call.answer)


TAKES_NOTHING: Final = frozenset({"get_system_status", "request_demo_funds"})
"""Calls to which pybit gives no parameter, though Bybit has some."""
COMPARED: Final = [call for call in CALLS if call.name not in PYBIT_LACKS]


@pytest.mark.parametrize("call", COMPARED, ids=[f"{call.group}.{call.name}" for call in COMPARED])
def test_pybit_sends_the_same(call: BybitCall) -> None:
    """Given the same parameters by Bybit's names, pybit calls the same endpoint with the same values and types."""
    unified_trading = pytest.importorskip("pybit.unified_trading", reason="needs the extra okx_sync[thirdparty]")
    name = OTHER_NAMES.get(call.name, call.name)
    name = f"spot_margin_trade_{name}" if call.group == "spot_margin" else name
    session = unified_trading.HTTP(api_key="key-1234", api_secret="secret", demo=call.group == "demo")
    given = {} if call.name in TAKES_NOTHING else call.sent
    theirs, mine = capture(lambda: getattr(session, name)(**given), call.answer), ours(call)
    assert theirs == (mine._replace(values={}) if call.name in TAKES_NOTHING else mine)


# -- ccxt --------------------------------------------------------------------------------------------------------------

TIME: Final = 1_700_000_000_000
CCXT: Final[dict[str, tuple[Callable[[Any], Any], Callable[[BybitClient], Any], dict[str, Any]]]] = {
    "wallet": (
        lambda c: c.fetch_balance(),
        lambda b: b.account.get_wallet_balance(),
        {"list": [{"accountType": "UNIFIED", "coin": []}]},
    ),
    "funding wallet": (
        lambda c: c.fetch_balance({"type": "funding"}),
        lambda b: b.asset.get_coins_balance("FUND"),
        {"balance": []},
    ),
    "log": (
        lambda c: c.fetch_ledger("USDT", TIME, 20),
        lambda b: b.account.get_transaction_log(currency="USDT", start_time=TIME, limit=20),
        {"list": []},
    ),
    "deposits": (
        lambda c: c.fetch_deposits("USDT", TIME, 20),
        lambda b: b.asset.get_deposit_records(coin="USDT", start_time=TIME, limit=20),
        {"rows": []},
    ),
    "withdrawals": (
        lambda c: c.fetch_withdrawals("USDT", TIME, 20),
        lambda b: b.asset.get_withdrawal_records(coin="USDT", start_time=TIME, limit=20),
        {"rows": []},
    ),
    "transfers": (
        lambda c: c.fetch_transfers("USDT", TIME, 20),
        lambda b: b.asset.get_internal_transfer_records(coin="USDT", start_time=TIME, limit=20),
        {"list": []},
    ),
    "transfer": (
        lambda c: c.transfer("USDT", 5, "funding", "unified", {"transferId": "be7a2462-1138-4e27-80b1-62653f24925e"}),
        lambda b: b.asset.create_internal_transfer(
            "USDT", "5", "FUND", "UNIFIED", "be7a2462-1138-4e27-80b1-62653f24925e"
        ),
        {"transferId": "1", "status": "SUCCESS"},
    ),
    "borrow": (
        lambda c: c.borrow_cross_margin("USDT", 5),
        lambda b: b.account.borrow("USDT", "5"),
        {"coin": "USDT", "amount": "5"},
    ),
    "repay": (
        lambda c: c.repay_cross_margin("USDT", 5),
        lambda b: b.account.manual_no_convert_repay("USDT", "5"),
        {"resultStatus": "P"},
    ),
    "margin mode": (
        lambda c: c.set_margin_mode("isolated"),
        lambda b: b.account.set_margin_mode("ISOLATED_MARGIN"),
        {"reasons": []},
    ),
    "withdraw": (
        lambda c: c.withdraw("USDT", 5, "0x9", {"tag": "7", "chain": "TRX"}),
        lambda b: b.asset.withdraw("USDT", "5", "0x9", "UTA", chain="TRX", tag="7"),
        {"id": "1"},
    ),
}
"""ccxt's call, ours, and the answer to both."""

OWN_VALUES: Final = {
    "withdraw": {"timestamp", "requestId"},  # each takes the present time, and ours an id against repeats
}
CCXT_LACKS: Final = {"withdraw": {"requestId"}}


@pytest.mark.parametrize("name", CCXT)
def test_ccxt_sends_the_same(name: str) -> None:
    """ccxt's unified calls of a unified account end in the same requests."""
    ccxt = pytest.importorskip("ccxt", reason="needs the extra okx_sync[thirdparty]")
    theirs, mine, answer = CCXT[name]
    client = ccxt.bybit({"apiKey": "key-1234", "secret": "secret", "enableRateLimit": False})
    client.options |= {"enableUnifiedMargin": False, "enableUnifiedAccount": True, "unifiedMarginStatus": 6}
    client.set_markets([], {"USDT": {"id": "USDT", "code": "USDT", "precision": 0.01, "networks": {}}})
    their = capture(lambda: theirs(client), answer)
    client.session.close()
    with BybitClient(BybitConfig(KEY), clock=TurnedClock()) as bybit:
        our = capture(lambda: mine(bybit), answer)
    free = OWN_VALUES.get(name, set())
    assert our[:2] == their[:2]
    assert {key: value for key, value in our.values.items() if key not in free} == {
        key: value for key, value in their.values.items() if key not in free
    }
    assert our.values.keys() - their.values.keys() == CCXT_LACKS.get(name, set())
