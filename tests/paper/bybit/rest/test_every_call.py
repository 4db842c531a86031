"""Every call that `BybitClient` has works on the paper exchange, and its answer is read as what it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import pytest

from okx_sync import BybitClient, PaperExchange
from okx_sync.errors import OkxApiError
from okx_sync.exchanges.bybit.trade.requests import AmendOrder, CancelOrder, NewOrder
from okx_sync.paper.bybit.rest.router import ENDPOINTS as SERVED
from okx_sync.rows import Row
from tests.clients.bybit_calls import CALLS as OTHER_CALLS
from tests.clients.test_bybit_rest import CALLS as MARKET_CALLS
from tests.each_case import each_case

PERP: Final[dict[str, Any]] = {"category": "linear", "symbol": "BTCUSDT"}
PAIR: Final[dict[str, Any]] = {"category": "spot", "symbol": "BTCUSDT"}
SPREAD = "BTCUSDT_BTC/USDT"
ORDER: Final[dict[str, Any]] = {**PERP, "side": "Buy", "order_type": "Limit", "qty": "0.01", "price": "60000"}
NEW = NewOrder("BTCUSDT", "Buy", "Limit", "0.01", price="60000")
SPREAD_ORDER: Final[dict[str, Any]] = {
    "symbol": SPREAD,
    "side": "Buy",
    "order_type": "Limit",
    "qty": "0.1",
    "price": "-5",
}
MOVE: Final[dict[str, Any]] = {"coin": "USDT", "amount": "5", "from_account_type": "UNIFIED", "to_account_type": "FUND"}
SEND: Final[dict[str, Any]] = {"coin": "USDT", "amount": "5", "address": "0x1", "account_type": "UTA", "chain": "ETH"}
#: What the paper exchange says no to, and with which code.
REFUSED = {
    "set_auto_add_margin": "110076",
    "add_margin": "110015",
    "confirm_pending_mmr": "10001",
    "move_positions": "10001",
    "borrow": "10001",
    "repay": "10001",
    "manual_no_convert_repay": "10001",
    "repay_liability": "10001",
    "set_mmp": "10001",
    "reset_mmp": "10001",
    "set_hedging_mode": "10001",
    "create_demo_account": "10001",
}


class World(NamedTuple):
    """The client, and what it has: a resting order, one on a spread, a position; and a withdrawal that waits."""

    client: BybitClient
    paper: PaperExchange

    @property
    def uid(self) -> str:
        """Alice's number."""
        return self.paper.venue.accounts[0].uid

    def link(self, **changes: Any) -> str:
        """The client id of a fresh resting order."""
        link = uuid.uuid4().hex
        self.client.order.place_order(**ORDER | changes, order_link_id=link)
        return link

    def spread_link(self) -> str:
        """The client id of a fresh order on a spread."""
        link = uuid.uuid4().hex
        self.client.spread.place_spread_order(**SPREAD_ORDER, order_link_id=link)
        return link


Args = dict[str, Any] | Callable[[World], dict[str, Any]]
DOCUMENTED: Final[dict[tuple[str, str], Args]] = {
    **{("market", name): arguments for name, _, arguments, _ in MARKET_CALLS},
    **{(call.group, call.name): call.arguments for call in OTHER_CALLS},
}
"""As the client's own tests call them."""
CALLS: dict[str, dict[str, Args]] = {
    "market": {
        "get_instruments": {"category": "linear"},
        "get_order_book": {**PERP, "limit": 5},
        "get_candles": {**PERP, "interval": "5"},
        "get_mark_price_candles": {**PERP, "interval": "5"},
        "get_index_price_candles": {**PERP, "interval": "5"},
        "get_premium_index_candles": {**PERP, "interval": "5"},
        "get_trades": PERP,
        "get_funding_rate_history": PERP,
        "get_historical_volatility": {"category": "option"},
        "get_delivery_prices": {"category": "linear"},
        "get_price_limit": {"symbol": "BTCUSDT"},
        "get_insurance_fund": {},
        "get_adl_alerts": {},
    },
    "order": {
        "place_order": ORDER,
        "amend_order": lambda world: {**PERP, "order_link_id": world.link(), "price": "60500"},
        "cancel_order": lambda world: {**PERP, "order_link_id": world.link()},
        "place_batch_orders": {"category": "linear", "request": [NEW, NEW]},
        "amend_batch_orders": lambda world: {
            "category": "linear",
            "request": [AmendOrder("BTCUSDT", order_link_id=world.link(), qty="0.02")],
        },
        "cancel_batch_orders": lambda world: {
            "category": "linear",
            "request": [CancelOrder("BTCUSDT", order_link_id=world.link())],
        },
        "cancel_all_orders": {"category": "linear", "symbol": "ETHUSDT"},
        "set_disconnect_cancel_all": {"time_window": 40},
        "pre_check_order": ORDER,
        "get_open_orders": PERP,
        "get_order_history": PERP,
        "get_executions": PERP,
        "get_borrow_quota": {**PAIR, "side": "Buy"},
    },
    "position": {
        "get_positions": PERP,
        "get_leverage": PERP,
        "set_leverage": {"category": "linear", "symbol": "ETHUSDT", "buy_leverage": "7", "sell_leverage": "7"},
        "set_position_mode": {"category": "linear", "coin": "USDT", "mode": 3},
        "set_trading_stop": {**PERP, "tpsl_mode": "Full", "position_idx": 0, "take_profit": "90000"},
        "set_auto_add_margin": {**PERP, "auto_add_margin": 1},
        "add_margin": {**PERP, "margin": "1"},
        "confirm_pending_mmr": PERP,
        "get_closed_pnl": PERP,
        "get_closed_option_positions": {"category": "option"},
        "move_positions": lambda world: {
            "from_uid": world.uid,
            "to_uid": world.uid,
            "list": [{**PERP, "price": "1", "side": "Buy", "qty": "1"}],
        },
        "get_move_history": {},
    },
    "account": {
        "get_wallet_balance": {},
        "get_transaction_log": {},
        "get_withdrawable": {"coin_name": "USDT"},
        "get_coin_greeks": {},
        "get_trade_info_for_analysis": {"symbol": "BTCUSDT"},
        "get_fee_rates": {"category": "linear"},
        "get_account_instruments": {"category": "spot"},
        "set_limit_price_action": {"category": "spot", "modify_enable": False},
        "set_mmp": {"base_coin": "BTC", "window": 1, "frozen_period": 1, "qty_limit": "1", "delta_limit": "1"},
        "borrow": {"coin": "BTC", "amount": "1"},
        "get_borrow_history": {},
        "get_collateral_info": {},
        "set_collateral_coin": {"coin": "SOL", "collateral_switch": "OFF"},
        "batch_set_collateral_coin": {"request": [{"coin": "SOL", "collateralSwitch": "ON"}]},
        "repay": {},
        "repay_liability": {},
        "get_pay_info": {},
    },
    "asset": {
        "get_coin_info": {},
        "get_asset_overview": {},
        "get_coin_balance": {"account_type": "UNIFIED", "coin": "USDT"},
        "get_delivery_records": {"category": "linear"},
        "get_settlement_records": {"category": "linear"},
        "get_funding_account_history": {},
        "create_internal_transfer": MOVE,
        "get_internal_transfer_records": {},
        "get_transferable_coin": {"from_account_type": "UNIFIED", "to_account_type": "FUND"},
        "create_universal_transfer": lambda world: {**MOVE, "from_member_id": world.uid, "to_member_id": world.uid},
        "get_universal_transfer_records": {},
        "get_master_deposit_address": {"coin": "BTC"},
        "get_deposit_records": {},
        "get_internal_deposit_records": {},
        "withdraw": SEND,
        "cancel_withdrawal": lambda world: {
            "id_": world.client.asset.withdraw(**SEND | {"coin": "SOL", "chain": "SOL"}).id
        },
        "get_withdrawal_address_list": {},
        "get_withdrawal_records": {},
    },
    "user": {
        "get_wallet_types": {},
        "get_sub_uid_list_unlimited": {},
    },
    "spot_margin": {
        "get_coin_state": {},
        "set_leverage": {"leverage": "4"},
    },
    "spread": {
        "get_spread_instruments": {},
        "get_spread_order_book": {"symbol": SPREAD},
        "get_spread_tickers": {"symbol": SPREAD},
        "get_spread_trades": {"symbol": SPREAD},
        "place_spread_order": SPREAD_ORDER,
        "amend_spread_order": lambda world: {"symbol": SPREAD, "order_link_id": world.spread_link(), "qty": "0.2"},
        "cancel_spread_order": lambda world: {"order_link_id": world.spread_link()},
        "cancel_all_spread_orders": {"symbol": "ETHUSDT_ETH/USDT"},
        "get_spread_open_orders": {},
        "get_spread_order_history": {},
        "get_spread_executions": {},
        "get_spread_max_qty": {"symbol": SPREAD, "side": "1", "order_price": "1"},
    },
    "announcement": {"get_announcements": {"locale": "en-US"}},
    "rate_limit": {"get_rate_limits": lambda world: {"uids": world.uid}},
    "demo": {
        "request_demo_funds": {"uta_demo_apply_money": [{"coin": "USDT", "amountStr": "5"}]},
    },
}
"""Those that are called otherwise, so that the answer has rows."""
DECLARED = [(one.group, one.name) for one in BybitClient.endpoints()]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """Alice with a position and orders."""
    with PaperExchange() as paper, BybitClient(paper.bybit_config()) as client:
        paper.quiet()
        client.order.place_order(**ORDER | {"order_type": "Market"})
        client.order.place_order(**ORDER | {"order_type": "Market", "side": "Sell", "qty": "0.004"})
        made = World(client, paper)
        made.link()
        paper.venue.deposit(paper.venue.accounts[0], "BTC", "1")
        yield made
        assert paper.problems == []


def test_every_declared_call_is_served_and_tried() -> None:
    """A call that is new needs an answer of the paper exchange, and a line above or among the client's tests."""
    assert [(one.method, one.path) for one in BybitClient.endpoints() if (one.method, one.path) not in SERVED] == []
    assert [one for one in DECLARED if one not in DOCUMENTED and one[1] not in CALLS.get(one[0], {})] == []


@each_case(("group", "name"), DECLARED)
def test_call(world: World, group: str, name: str) -> None:
    """It is done or refused as the exchange does it; rows have no field that their class does not know."""
    args = CALLS.get(group, {}).get(name, DOCUMENTED.get((group, name), {}))
    client = world.client
    if name == "set_position_mode":  # bob has nothing open
        client = BybitClient(world.paper.bybit_config(account="bob"))
    call = getattr(getattr(client, group), name)
    given = args if isinstance(args, dict) else args(world)
    if name in REFUSED:
        with pytest.raises(OkxApiError) as refused:
            call(**given)
        assert refused.value.code == REFUSED[name]
        return
    told = call(**given)
    if client is not world.client:
        client.close()
    for row in told if isinstance(told, list) else [told]:
        if isinstance(row, Row):
            assert dict(row.extra) == {}
