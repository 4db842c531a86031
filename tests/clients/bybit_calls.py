"""Calls of Bybit's endpoints: how each is called, and what goes out by Bybit's documentation."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

__all__ = ["CALLS", "BybitCall"]


class BybitCall(NamedTuple):
    """A call: its group and method, the arguments, HTTP method and path, what goes out, and what the answer's rows are.

    ``sent``: query of a GET, body of a POST. ``answer``: the ``result`` of the answer; None: nothing comes back.
    """

    group: str
    name: str
    arguments: dict[str, Any]
    method: str
    path: str
    sent: dict[str, Any]
    answer: Any = None
    is_signed: bool = True


def _get(group: str, name: str, path: str, arguments: dict[str, Any], sent: dict[str, Any], answer: Any) -> BybitCall:
    return BybitCall(group, name, arguments, "GET", path, sent, answer)


def _open(group: str, name: str, path: str, arguments: dict[str, Any], sent: dict[str, Any], answer: Any) -> BybitCall:
    return BybitCall(group, name, arguments, "GET", path, sent, answer, is_signed=False)


def _post(
    group: str, name: str, path: str, arguments: dict[str, Any], sent: dict[str, Any], answer: Any = None
) -> BybitCall:
    return BybitCall(group, name, arguments, "POST", path, sent, answer)


_TIMES: Final = {"start_time": 1, "end_time": 2, "limit": 5}
_SENT: Final = {"startTime": "1", "endTime": "2", "limit": "5"}
_USDT: Final = {"coin": "USDT"}
_SPREAD: Final = {"symbol": "SOLUSDT_SOL/USDT"}
_WALLETS: Final = {"from_account_type": "FUND", "to_account_type": "UNIFIED"}
_SENT_WALLETS: Final = {"fromAccountType": "FUND", "toAccountType": "UNIFIED"}
_ID: Final = "be7a2462-1138-4e27-80b1-62653f24925e"


def _listed(**row: Any) -> dict[str, Any]:
    return {"list": [row]}


_ACCOUNT: Final = [
    _get(
        "account",
        "get_wallet_balance",
        "account/wallet-balance",
        {"coin": "USDT,USDC"},
        {"accountType": "UNIFIED", "coin": "USDT,USDC"},
        _listed(accountType="UNIFIED", totalEquity="1.5", coin=[{"coin": "USDT", "equity": "1.5"}]),
    ),
    _get(
        "account",
        "get_transaction_log",
        "account/transaction-log",
        {"account_type": "UNIFIED", "category": "linear", "type_": "TRADE", "trans_sub_type": "movePosition", **_TIMES},
        {"accountType": "UNIFIED", "category": "linear", "type": "TRADE", "transSubType": "movePosition", **_SENT},
        _listed(id="7", change="-0.01", transactionTime="1700000000000"),
    ),
    _get(
        "account",
        "get_withdrawable",
        "account/withdrawal",
        {"coin_name": "BTC,SOL"},
        {"coinName": "BTC,SOL"},
        {"availableWithdrawal": "1.5", "availableWithdrawalMap": {"BTC": "1.5", "SOL": "2"}},
    ),
    _get(
        "account",
        "get_coin_greeks",
        "asset/coin-greeks",
        {"base_coin": "BTC"},
        {"baseCoin": "BTC"},
        _listed(baseCoin="BTC", totalDelta="0.5"),
    ),
    _get(
        "account",
        "get_option_asset_info",
        "account/option-asset-info",
        {},
        {},
        {"result": [{"coin": "BTC", "totalDelta": "0.5", "sendTime": 1_700_000_000_000}]},
    ),
    _get(
        "account",
        "get_trade_info_for_analysis",
        "account/trade-info-for-analysis",
        {"symbol": "ETHUSDT", "start_time": 1, "end_time": 2},
        {"symbol": "ETHUSDT", "startTime": "1", "endTime": "2"},
        {"symbolRnl": "1", "sumPriceList": [{"day": "2026-01-01", "sumExecValue": "5"}]},
    ),
    _get(
        "account",
        "get_account_info",
        "account/info",
        {},
        {},
        {"unifiedMarginStatus": 5, "marginMode": "REGULAR_MARGIN"},
    ),
    _get(
        "account",
        "get_fee_rates",
        "account/fee-rate",
        {"category": "spot", "symbol": "BTCUSDT"},
        {"category": "spot", "symbol": "BTCUSDT"},
        _listed(symbol="BTCUSDT", takerFeeRate="0.001"),
    ),
    _get(
        "account",
        "get_account_instruments",
        "account/instruments-info",
        {"category": "linear", "limit": 3},
        {"category": "linear", "limit": "3"},
        _listed(symbol="BTCUSDT", isPublicRpi=True),
    ),
    _post(
        "account",
        "set_margin_mode",
        "account/set-margin-mode",
        {"set_margin_mode": "REGULAR_MARGIN"},
        {"setMarginMode": "REGULAR_MARGIN"},
        {"reasons": [{"reasonCode": "1", "reasonMsg": "no"}]},
    ),
    _post(
        "account", "set_hedging_mode", "account/set-hedging-mode", {"set_hedging_mode": "ON"}, {"setHedgingMode": "ON"}
    ),
    _post(
        "account",
        "set_limit_price_action",
        "account/set-limit-px-action",
        {"category": "linear", "modify_enable": True},
        {"category": "linear", "modifyEnable": True},
    ),
    _post(
        "account",
        "set_delta_mode",
        "account/set-delta-mode",
        {"delta_enable": "1"},
        {"deltaEnable": "1"},
        {"resultStatus": "success"},
    ),
    _get("account", "get_user_settings", "account/user-setting-config", {}, {}, {"lpaSpot": True, "lpaPerp": False}),
    _get(
        "account",
        "get_mmp_state",
        "account/mmp-state",
        {"base_coin": "BTC"},
        {"baseCoin": "BTC"},
        {"result": [{"baseCoin": "BTC", "mmpEnabled": True, "window": "5000"}]},
    ),
    _post(
        "account",
        "set_mmp",
        "account/mmp-modify",
        {"base_coin": "BTC", "window": 5000, "frozen_period": 0, "qty_limit": "1.5", "delta_limit": 2},
        {"baseCoin": "BTC", "window": "5000", "frozenPeriod": "0", "qtyLimit": "1.5", "deltaLimit": "2"},
    ),
    _post("account", "reset_mmp", "account/mmp-reset", {"base_coin": "BTC"}, {"baseCoin": "BTC"}),
    _get(
        "account",
        "get_dcp_info",
        "account/query-dcp-info",
        {},
        {},
        {"dcpInfos": [{"product": "SPOT", "dcpStatus": "ON", "timeWindow": "10"}]},
    ),
    _get("account", "get_smp_group", "account/smp-group", {}, {}, {"smpGroup": 3}),
    _post(
        "account",
        "upgrade_to_unified_account",
        "account/upgrade-to-uta",
        {},
        {},
        {"unifiedUpdateStatus": "FAIL", "unifiedUpdateMsg": {"msg": ["no"]}},
    ),
    _post(
        "account",
        "borrow",
        "account/borrow",
        {"coin": "BTC", "amount": "0.01"},
        {"coin": "BTC", "amount": "0.01"},
        {"coin": "BTC", "amount": "0.01"},
    ),
    _get(
        "account",
        "get_borrow_history",
        "account/borrow-history",
        {"currency": "BTC", **_TIMES},
        {"currency": "BTC", **_SENT},
        _listed(currency="BTC", InterestBearingBorrowSize="1"),
    ),
    _get(
        "account",
        "get_collateral_info",
        "account/collateral-info",
        {"currency": "BTC"},
        {"currency": "BTC"},
        _listed(currency="BTC", borrowable=True),
    ),
    _post(
        "account",
        "set_collateral_coin",
        "account/set-collateral-switch",
        {"coin": "BTC", "collateral_switch": "OFF"},
        {"coin": "BTC", "collateralSwitch": "OFF"},
    ),
    _post(
        "account",
        "batch_set_collateral_coin",
        "account/set-collateral-switch-batch",
        {"request": [{"coin": "BTC", "collateral_switch": "ON"}, {"coin": "ETH", "collateralSwitch": "OFF"}]},
        {"request": [{"coin": "BTC", "collateralSwitch": "ON"}, {"coin": "ETH", "collateralSwitch": "OFF"}]},
        _listed(coin="BTC", collateralSwitch="ON"),
    ),
    _post(
        "account",
        "repay",
        "account/repay",
        {"coin": "BTC", "amount": "0.01", "repayment_type": "ALL"},
        {"coin": "BTC", "amount": "0.01", "repaymentType": "ALL"},
        {"resultStatus": "P"},
    ),
    _post(
        "account",
        "manual_no_convert_repay",
        "account/no-convert-repay",
        {"coin": "BTC"},
        {"coin": "BTC"},
        {"resultStatus": "SU"},
    ),
    _post(
        "account", "repay_liability", "account/quick-repayment", _USDT, _USDT, _listed(coin="BTC", repaymentQty="0.1")
    ),
    _get(
        "account",
        "get_pay_info",
        "account/pay-info",
        {"coin": "SOL"},
        {"coin": "SOL"},
        {"collateralInfo": {"collateralList": [{"coin": "USDT", "coinScale": 4}]}, "borrowInfo": {"borrowSize": "1"}},
    ),
]

_ASSET: Final = [
    _get(
        "asset",
        "get_coin_info",
        "asset/coin/query-info",
        _USDT,
        _USDT,
        {"rows": [{"coin": "USDT", "chains": [{"chain": "ETH", "chainDeposit": "1"}]}]},
    ),
    _get(
        "asset",
        "get_asset_overview",
        "asset/asset-overview",
        {"member_id": "9", "valuation_currency": "USD"},
        {"memberId": "9", "valuationCurrency": "USD"},
        {"totalEquity": "7", "list": [{"accountType": "Earn", "categories": [{"coinDetail": [{"coin": "BTC"}]}]}]},
    ),
    _get(
        "asset",
        "get_coin_balance",
        "asset/transfer/query-account-coin-balance",
        {"account_type": "FUND", "coin": "USDT", "with_bonus": 1, "with_transfer_safe_amount": 1},
        {"accountType": "FUND", "coin": "USDT", "withBonus": "1", "withTransferSafeAmount": "1"},
        {"accountType": "FUND", "balance": {"coin": "USDT", "walletBalance": "1.5"}},
    ),
    _get(
        "asset",
        "get_coins_balance",
        "asset/transfer/query-account-coins-balance",
        {"account_type": "FUND"},
        {"accountType": "FUND"},
        {"accountType": "FUND", "balance": [{"coin": "USDT", "walletBalance": "1"}]},
    ),
    _get(
        "asset",
        "get_delivery_records",
        "asset/delivery-record",
        {"category": "option", "exp_date": "25DEC26", **_TIMES},
        {"category": "option", "expDate": "25DEC26", **_SENT},
        _listed(symbol="BTC-25DEC26-1-C", deliveryTime=5),
    ),
    _get(
        "asset",
        "get_settlement_records",
        "asset/settlement-record",
        {"category": "linear", **_TIMES},
        {"category": "linear", **_SENT},
        _listed(symbol="BTCPERP", realisedPnl="-1"),
    ),
    _get(
        "asset",
        "get_funding_account_history",
        "asset/fundinghistory",
        {"create_time_from": 1, "create_time_to": 2, "limit": 5},
        {"createTimeFrom": "1", "createTimeTo": "2", "limit": "5"},
        _listed(currency="BTC", createTime="1772669763"),
    ),
    _post(
        "asset",
        "create_internal_transfer",
        "asset/transfer/inter-transfer",
        {"coin": "USDT", "amount": "1.5", **_WALLETS, "transfer_id": _ID},
        {"coin": "USDT", "amount": "1.5", **_SENT_WALLETS, "transferId": _ID},
        {"transferId": _ID, "status": "SUCCESS"},
    ),
    _get(
        "asset",
        "get_internal_transfer_records",
        "asset/transfer/query-inter-transfer-list",
        {"transfer_id": _ID, "status": "SUCCESS", **_TIMES},
        {"transferId": _ID, "status": "SUCCESS", **_SENT},
        _listed(transferId=_ID, amount="1.5"),
    ),
    _get(
        "asset",
        "get_transferable_coin",
        "asset/transfer/query-transfer-coin-list",
        _WALLETS,
        _SENT_WALLETS,
        {"list": ["BTC"]},
    ),
    _post(
        "asset",
        "create_universal_transfer",
        "asset/transfer/universal-transfer",
        {"coin": "USDT", "amount": "1.5", "from_member_id": 1, "to_member_id": "2", **_WALLETS, "transfer_id": _ID},
        {"coin": "USDT", "amount": "1.5", "fromMemberId": 1, "toMemberId": 2, **_SENT_WALLETS, "transferId": _ID},
        {"transferId": _ID, "status": "PENDING"},
    ),
    _get(
        "asset",
        "get_universal_transfer_records",
        "asset/transfer/query-universal-transfer-list",
        {"coin": "USDT", **_TIMES},
        {"coin": "USDT", **_SENT},
        _listed(transferId=_ID, fromMemberId="1"),
    ),
    _get(
        "asset",
        "get_master_deposit_address",
        "asset/deposit/query-address",
        {"coin": "USDT", "chain_type": "ETH"},
        {"coin": "USDT", "chainType": "ETH"},
        {"coin": "USDT", "chains": [{"chain": "ETH", "addressDeposit": "0x1"}]},
    ),
    _get(
        "asset",
        "get_deposit_records",
        "asset/deposit/query-record",
        {"id_": "1", "tx_id": "0x2", **_TIMES},
        {"id": "1", "txID": "0x2", **_SENT},
        {"rows": [{"id": "1", "amount": "1.5"}]},
    ),
    _get(
        "asset",
        "get_internal_deposit_records",
        "asset/deposit/query-internal-record",
        {"tx_id": "2", **_TIMES},
        {"txID": "2", **_SENT},
        {"rows": [{"id": "1", "createdTime": "1705393280"}]},
    ),
    _post(
        "asset",
        "withdraw",
        "asset/withdraw/create",
        {
            "coin": "USDT",
            "amount": "24",
            "address": "0x9",
            "account_type": "FUND",
            "chain": "ETH",
            "timestamp": 1_672_196_561_407,
            "force_chain": 0,
            "fee_type": 1,
            "request_id": "mine",
            "beneficiary": {"beneficiary_name": "A"},
        },
        {
            "coin": "USDT",
            "amount": "24",
            "address": "0x9",
            "accountType": "FUND",
            "chain": "ETH",
            "timestamp": 1_672_196_561_407,
            "forceChain": 0,
            "feeType": 1,
            "requestId": "mine",
            "beneficiary": {"beneficiaryName": "A"},
        },
        {"id": "10195"},
    ),
    _post("asset", "cancel_withdrawal", "asset/withdraw/cancel", {"id_": "10195"}, {"id": "10195"}, {"status": 1}),
    _get(
        "asset",
        "get_withdrawal_address_list",
        "asset/withdraw/query-address",
        {"coin": "USDT", "address_type": 2},
        {"coin": "USDT", "addressType": "2"},
        {"rows": [{"coin": "USDT", "createdAt": "5"}]},
    ),
    _get(
        "asset",
        "get_withdrawal_records",
        "asset/withdraw/query-record",
        {"withdraw_id": "1", "tx_id": "0x2", "withdraw_type": 2, **_TIMES},
        {"withdrawID": "1", "txID": "0x2", "withdrawType": "2", **_SENT},
        {"rows": [{"withdrawId": "1", "amount": "1"}]},
    ),
    _get(
        "asset",
        "get_withdrawable_amount",
        "asset/withdraw/withdrawable-amount",
        _USDT,
        _USDT,
        {"limitAmountUsd": "1", "withdrawableAmount": {"FUND": {"coin": "USDT", "withdrawableAmount": "2"}}},
    ),
]

_OTHER: Final = [
    _get(
        "user",
        "get_api_key_info",
        "user/query-api",
        {},
        {},
        {"id": "1", "readOnly": 1, "permissions": {"Wallet": ["AccountTransfer"]}, "ips": ["*"], "userID": 5},
    ),
    _get(
        "user",
        "get_wallet_types",
        "user/get-member-type",
        {"member_ids": "1,2"},
        {"memberIds": "1,2"},
        {"accounts": [{"uid": "1", "accountType": ["UNIFIED", "FUND"]}]},
    ),
    _get(
        "user", "get_sub_uid_list", "user/query-sub-members", {}, {}, {"subMembers": [{"uid": "1", "accountMode": 5}]}
    ),
    _get(
        "user",
        "get_sub_uid_list_unlimited",
        "user/submembers",
        {"page_size": 1},
        {"pageSize": "1"},
        {"subMembers": [{"uid": "1"}], "nextCursor": "0"},
    ),
    _get(
        "spot_margin",
        "get_status_and_leverage",
        "spot-margin-trade/state",
        {},
        {},
        {"spotLeverage": "10", "spotMarginMode": "1", "effectiveLeverage": "1"},
    ),
    _get(
        "spot_margin",
        "get_coin_state",
        "spot-margin-trade/coinstate",
        {"currency": "BTC"},
        {"currency": "BTC"},
        _listed(currency="BTC", spotLeverage=4),
    ),
    _get(
        "spot_margin",
        "get_max_borrowable",
        "spot-margin-trade/max-borrowable",
        {"currency": "BTC"},
        {"currency": "BTC"},
        {"currency": "BTC", "maxLoan": "1.5"},
    ),
    _post(
        "spot_margin",
        "set_leverage",
        "spot-margin-trade/set-leverage",
        {"leverage": 4, "currency": "BTC"},
        {"leverage": "4", "currency": "BTC"},
    ),
    _post(
        "spot_margin",
        "toggle_margin_trade",
        "spot-margin-trade/switch-mode",
        {"spot_margin_mode": "1"},
        {"spotMarginMode": "1"},
        {"spotMarginMode": "1"},
    ),
    _open(
        "system",
        "get_system_status",
        "system/status",
        {"id_": "1", "state": "ongoing"},
        {"id": "1", "state": "ongoing"},
        _listed(id="1", serviceTypes=[2, 3], maintainType=1),
    ),
    _open(
        "announcement",
        "get_announcements",
        "announcements/index",
        {"locale": "en-US", "type_": "new_crypto"},
        {"locale": "en-US", "type": "new_crypto"},
        _listed(title="t", type={"key": "new_crypto"}, tags=["Spot"]),
    ),
    _get(
        "rate_limit",
        "get_rate_limits",
        "apilimit/query",
        {"uids": "1,2"},
        {"uids": "1,2"},
        _listed(uids="1,2", bizType="SPOT", rate=20),
    ),
    _post(
        "demo",
        "request_demo_funds",
        "account/demo-apply-money",
        {"adjust_type": 0, "uta_demo_apply_money": [{"coin": "USDT", "amount_str": "109"}]},
        {"adjustType": 0, "utaDemoApplyMoney": [{"coin": "USDT", "amountStr": "109"}]},
    ),
    _post("demo", "create_demo_account", "user/create-demo-member", {}, {}, {"subMemberId": "1"}),
]

_SPREADS: Final = [
    _open(
        "spread",
        "get_spread_instruments",
        "spread/instrument",
        {"base_coin": "SOL", "limit": 1},
        {"baseCoin": "SOL", "limit": "1"},
        _listed(symbol="s", legs=[{"symbol": "SOLUSDT", "contractType": "Spot"}]),
    ),
    _open(
        "spread",
        "get_spread_order_book",
        "spread/orderbook",
        {**_SPREAD, "limit": 5},
        {**_SPREAD, "limit": "5"},
        {"s": "s", "b": [["-1", "2"]], "a": [], "u": 7},
    ),
    _open("spread", "get_spread_tickers", "spread/tickers", _SPREAD, _SPREAD, _listed(symbol="s", bidPrice="-1")),
    _open(
        "spread",
        "get_spread_trades",
        "spread/recent-trade",
        {**_SPREAD, "limit": 5},
        {**_SPREAD, "limit": "5"},
        _listed(execId="1", price="-1"),
    ),
    _post(
        "spread",
        "place_spread_order",
        "spread/order/create",
        {
            **_SPREAD,
            "side": "Buy",
            "order_type": "Limit",
            "qty": "0.1",
            "price": "-4",
            "order_link_id": "mine",
            "time_in_force": "PostOnly",
        },
        {
            **_SPREAD,
            "side": "Buy",
            "orderType": "Limit",
            "qty": "0.1",
            "price": "-4",
            "orderLinkId": "mine",
            "timeInForce": "PostOnly",
        },
        {"orderId": "1", "orderLinkId": "mine"},
    ),
    _post(
        "spread",
        "amend_spread_order",
        "spread/order/amend",
        {**_SPREAD, "order_link_id": "mine", "price": "-5"},
        {**_SPREAD, "orderLinkId": "mine", "price": "-5"},
        {"orderId": "1", "orderLinkId": "mine"},
    ),
    _post(
        "spread",
        "cancel_spread_order",
        "spread/order/cancel",
        {"order_id": "1"},
        {"orderId": "1"},
        {"orderId": "1", "orderLinkId": ""},
    ),
    _post(
        "spread",
        "cancel_all_spread_orders",
        "spread/order/cancel-all",
        {"cancel_all": True},
        {"cancelAll": True},
        {"list": [{"orderId": "1", "orderLinkId": ""}], "success": "1"},
    ),
    _get(
        "spread",
        "get_spread_open_orders",
        "spread/order/realtime",
        {**_SPREAD, "limit": 5},
        {**_SPREAD, "limit": "5"},
        _listed(orderId="1", createdTime="5"),
    ),
    _get(
        "spread",
        "get_spread_order_history",
        "spread/order/history",
        {"order_id": "1", **_TIMES},
        {"orderId": "1", **_SENT},
        _listed(orderId="1", createdAt="5"),
    ),
    _get(
        "spread",
        "get_spread_executions",
        "spread/execution/list",
        {"order_link_id": "mine", **_TIMES},
        {"orderLinkId": "mine", **_SENT},
        _listed(execId="1", legs=[{"symbol": "SOLUSDT", "execFee": "0.1"}]),
    ),
    _get(
        "spread",
        "get_spread_max_qty",
        "spread/max-qty",
        {**_SPREAD, "side": "1", "order_price": "50"},
        {**_SPREAD, "side": "1", "orderPrice": "50"},
        {"ab": "1992.5"},
    ),
]

CALLS: Final = [*_ACCOUNT, *_ASSET, *_OTHER, *_SPREADS]
"""Of each endpoint one, without market data and orders."""
