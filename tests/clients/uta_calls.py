"""Each call of group ``uta`` once: its name, method, path, arguments, and what goes out as query or body."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

__all__ = ["CALLS", "UtaCall"]


class UtaCall(NamedTuple):
    """One call. ``sent``: the query of a GET, the body of a POST."""

    name: str
    method: str
    path: str
    arguments: dict[str, Any]
    sent: Any


PERP: Final = {"category": "USDT-FUTURES", "symbol": "BTCUSDT"}
TIMES: Final = {"start_time": 1, "end_time": 2, "limit": 3, "cursor": "c"}
TIMES_SENT: Final = {"startTime": "1", "endTime": "2", "limit": "3", "cursor": "c"}
CANDLES: Final = {**PERP, "interval": "1H", "start_time": 1, "end_time": 2, "type_": "mark", "limit": 3}
CANDLES_SENT: Final = {**PERP, "interval": "1H", "startTime": "1", "endTime": "2", "type": "mark", "limit": "3"}


def _market(name: str, path: str, arguments: dict[str, Any], sent: dict[str, str] | None = None) -> UtaCall:
    return UtaCall(name, "GET", f"/api/v3/market/{path}", arguments, arguments if sent is None else sent)


def _get(name: str, path: str, arguments: dict[str, Any], sent: dict[str, str] | None = None) -> UtaCall:
    return UtaCall(name, "GET", f"/api/v3/{path}", arguments, arguments if sent is None else sent)


def _post(name: str, path: str, arguments: dict[str, Any], sent: Any = None) -> UtaCall:
    return UtaCall(name, "POST", f"/api/v3/{path}", arguments, arguments if sent is None else sent)


MARKET: Final = [
    _market("get_server_time", "time", {}),
    _market("get_instruments", "instruments", PERP),
    _market("get_tickers", "tickers", PERP),
    _market("get_order_book", "orderbook", {**PERP, "limit": 50}, {**PERP, "limit": "50"}),
    _market("get_rpi_order_book", "rpi-orderbook", {**PERP, "limit": 50}, {**PERP, "limit": "50"}),
    _market("get_rpi_symbols", "rpi-symbols", {"category": "SPOT"}),
    _market("get_trades", "fills", {**PERP, "limit": 5}, {**PERP, "limit": "5"}),
    _market("get_candles", "candles", CANDLES, CANDLES_SENT),
    _market("get_candles_history", "history-candles", CANDLES, CANDLES_SENT),
    _market("get_funding_rate", "current-fund-rate", PERP),
    _market(
        "get_funding_rate_history",
        "history-fund-rate",
        {**PERP, "page": 2, "limit": 9},
        {**PERP, "cursor": "2", "limit": "9"},
    ),
    _market("get_open_interest", "open-interest", PERP),
    _market("get_contracts_oi", "oi-limit", PERP),
    _market("get_position_tiers", "position-tier", {"category": "MARGIN", "coin": "BTC"}),
    _market("get_index_components", "index-components", PERP),
    _market("get_liquidations", "liquidations", {**PERP, "limit": 5}, {**PERP, "limit": "5"}),
    _market("get_discount_rate", "discount-rate", {}),
    _market("get_margin_loans", "margin-loans", {"coin": "USDT"}),
    _market("get_market_fee_group", "fee-group", {"category": "SPOT", "group": "A"}),
    _market("get_proof_of_reserves", "proof-of-reserves", {}),
    _market("get_risk_reserve", "risk-reserve", {**PERP, "margin_coin": "USDT"}, {**PERP, "marginCoin": "USDT"}),
    _market("get_risk_reserve_hour", "risk-reserve-hour", PERP),
    _market("get_risk_reserve_all", "risk-reserve-all", {"category": "COIN-FUTURES"}),
]  # fmt: skip
"""Those that need no key."""

ACCOUNT: Final = [
    _get("get_account_assets", "account/assets", {}),
    _get("get_funding_assets", "account/funding-assets", {"coin": "USDT"}),
    _get("get_account_settings", "account/settings", {}),
    _get("get_account_info", "account/info", {}),
    _get(
        "get_bills",
        "account/financial-records",
        {"category": "OTHER", "coin": "BGB", "type_": "TRANSFER_IN", **TIMES},
        {"category": "OTHER", "coin": "BGB", "type": "TRANSFER_IN", **TIMES_SENT},
    ),
    _get("get_fee_rate", "account/fee-rate", PERP),
    _get("get_fee_rates", "account/all-fee-rate", PERP),
    _post(
        "get_max_open",
        "account/max-open-available",
        {**PERP, "order_type": "limit", "side": "buy", "price": "1.50", "size": 2},
        {**PERP, "orderType": "limit", "side": "buy", "price": "1.50", "size": "2"},
    ),
    _get("get_open_interest_limit", "account/open-interest-limit", PERP),
    _post(
        "set_leverage",
        "account/set-leverage",
        {**PERP, "leverage": 5, "margin_mode": "isolated", "pos_side": "long"},
        {**PERP, "leverage": "5", "marginMode": "isolated", "posSide": "long"},
    ),
    _get(
        "pre_set_leverage",
        "account/pre-set-leverage",
        {**PERP, "margin_mode": "crossed", "leverage": 5},
        {**PERP, "marginMode": "crossed", "leverage": "5"},
    ),
    _post("set_hold_mode", "account/set-hold-mode", {"hold_mode": "hedge_mode"}, {"holdMode": "hedge_mode"}),
    _post(
        "set_margin",
        "account/set-margin",
        {**PERP, "pos_side": "long", "operation": "add", "amount": "1"},
        {**PERP, "posSide": "long", "operation": "add", "amount": "1"},
    ),
    _post(
        "adjust_account_mode",
        "account/adjust-account-mode",
        {"mode": "advanced", "target_uid": "7", "delta_switch": True},
        {"mode": "advanced", "targetUid": "7", "deltaSwitch": "yes"},
    ),
    _get("get_collateral_type", "account/collateral-type", {}),
    _post(
        "set_collateral_type",
        "account/set-collateral-type",
        {"collateral_type": "custom", "collateral_coins": "BTC,ETH"},
        {"collateralType": "custom", "collateralCoins": "BTC,ETH"},
    ),
    _get(
        "get_custom_collateral_coins",
        "account/custom-collateral-coins",
        {"collateral_coin": "BTC"},
        {"collateralCoin": "BTC"},
    ),
    _get("get_delta_info", "account/delta-info", {}),
    _post("downgrade_account_to_classic", "account/switch", {}),
    _get("get_switch_status", "account/switch-status", {}),
    _get("get_max_transferable", "account/max-transferable", {"coin": "USDT"}),
    _get(
        "get_transferable_coins",
        "account/transferable-coins",
        {"from_type": "uta", "to_type": "spot"},
        {"fromType": "uta", "toType": "spot"},
    ),
    _post(
        "submit_transfer",
        "account/transfer",
        {
            "from_type": "uta",
            "to_type": "spot",
            "amount": "1",
            "coin": "USDT",
            "allow_borrow": False,
            "client_oid": "a",
        },
        {"fromType": "uta", "toType": "spot", "amount": "1", "coin": "USDT", "allowBorrow": "no", "clientOid": "a"},
    ),
    _get("get_max_withdrawal", "account/max-withdrawal", {"coin": "USDT"}),
    _post("cancel_withdrawal", "account/cancel-withdrawal", {"order_id": "1"}, {"orderId": "1"}),
    _get("get_deposit_address", "account/deposit-address", {"coin": "USDT", "chain": "TRC20"}),
    _post(
        "set_deposit_account",
        "account/deposit-account",
        {"coin": "USDT", "account_type": "unified"},
        {"coin": "USDT", "accountType": "unified"},
    ),
    _get(
        "get_deposit_records",
        "account/deposit-records",
        {"coin": "USDT", "order_id": "1", **TIMES},
        {"coin": "USDT", "orderId": "1", **TIMES_SENT},
    ),
]

NEW: Final[dict[str, Any]] = {
    **PERP,
    "side": "buy",
    "order_type": "limit",
    "qty": "0.01",
    "price": "100.50",
    "client_oid": "mine",
}
NEW_SENT: Final = {**PERP, "side": "buy", "orderType": "limit", "qty": "0.01", "price": "100.50", "clientOid": "mine"}

TRADE: Final = [
    _post(
        "place_order",
        "trade/place-order",
        {**NEW, "time_in_force": "post_only", "pos_side": "short", "margin_mode": "isolated",
         "stp_mode": "cancel_taker",
         "reduce_only": True, "take_profit": "120", "stop_loss": "90", "tp_trigger_by": "mark",
         "sl_trigger_by": "market", "tp_order_type": "limit", "sl_order_type": "market", "tp_limit_price": "121",
         "sl_limit_price": "89"},
        {**NEW_SENT, "timeInForce": "post_only", "posSide": "short", "marginMode": "isolated",
         "stpMode": "cancel_taker",
         "reduceOnly": "yes", "takeProfit": "120", "stopLoss": "90", "tpTriggerBy": "mark",
         "slTriggerBy": "market", "tpOrderType": "limit", "slOrderType": "market", "tpLimitPrice": "121",
         "slLimitPrice": "89"},
    ),
    _post("place_batch_orders", "trade/place-batch", {"orders": [NEW]}, [NEW_SENT]),
    _post(
        "amend_order",
        "trade/modify-order",
        {**PERP, "order_id": "1", "qty": "2", "price": "3", "auto_cancel": False, "request_id": "r"},
        {**PERP, "orderId": "1", "qty": "2", "price": "3", "autoCancel": "no", "requestId": "r"},
    ),
    _post(
        "amend_batch_orders",
        "trade/batch-modify-order",
        {"orders": [{**PERP, "order_id": "1", "qty": "2", "auto_cancel": True}]},
        [{**PERP, "orderId": "1", "qty": "2", "autoCancel": "yes"}],
    ),
    _post("cancel_order", "trade/cancel-order", {**PERP, "client_oid": "mine"}, {**PERP, "clientOid": "mine"}),
    _post(
        "cancel_batch_orders",
        "trade/cancel-batch",
        {"orders": [{**PERP, "order_id": "1"}]},
        [{**PERP, "orderId": "1"}],
    ),
    _post("cancel_all_orders", "trade/cancel-symbol-order", PERP),
    _post("close_positions", "trade/close-positions", {**PERP, "pos_side": "short"}, {**PERP, "posSide": "short"}),
    _post("set_countdown_cancel_all", "trade/countdown-cancel-all", {"countdown": 30}, {"countdown": "30"}),
    _get("get_order", "trade/order-info", {"client_oid": "mine"}, {"clientOid": "mine"}),
    _get("get_open_orders", "trade/unfilled-orders", {**PERP, **TIMES}, {**PERP, **TIMES_SENT}),
    _get("get_order_history", "trade/history-orders", {**PERP, **TIMES}, {**PERP, **TIMES_SENT}),
    _get(
        "get_fills",
        "trade/fills",
        {"category": "SPOT", "order_id": "1", **TIMES},
        {"category": "SPOT", "orderId": "1", **TIMES_SENT},
    ),
    _get("get_loan_data", "trade/loan-data", {}),
    _get("get_positions", "position/current-position", {**PERP, "pos_side": "long"}, {**PERP, "posSide": "long"}),
    _get("get_position_history", "position/history-position", {**PERP, **TIMES}, {**PERP, **TIMES_SENT}),
    _get("get_adl_rank", "position/adlRank", {}),
    _post(
        "place_strategy_order",
        "trade/place-strategy-order",
        {**PERP, "pos_side": "long", "qty": "1", "client_oid": "mine", "type_": "trigger", "side": "buy",
         "reduce_only": False, "trigger_price": "5", "trigger_by": "mark", "trigger_order_type": "market"},
        {**PERP, "posSide": "long", "qty": "1", "clientOid": "mine", "type": "trigger", "side": "buy",
         "reduceOnly": "no", "triggerPrice": "5", "triggerBy": "mark", "triggerOrderType": "market"},
    ),
    _post(
        "amend_strategy_order",
        "trade/modify-strategy-order",
        {"order_id": "1", "qty": "2", "take_profit": "120"},
        {"orderId": "1", "qty": "2", "takeProfit": "120"},
    ),
    _post("cancel_strategy_order", "trade/cancel-strategy-order", {"order_id": "1"}, {"orderId": "1"}),
    _get(
        "get_open_strategy_orders",
        "trade/unfilled-strategy-orders",
        {"category": "USDT-FUTURES", "type_": "tpsl"},
        {"category": "USDT-FUTURES", "type": "tpsl"},
    ),
    _get(
        "get_strategy_order_history",
        "trade/history-strategy-orders",
        {"category": "USDT-FUTURES", "type_": "tpsl", **TIMES},
        {"category": "USDT-FUTURES", "type": "tpsl", **TIMES_SENT},
    ),
]  # fmt: skip

CALLS: Final = [*MARKET, *ACCOUNT, *TRADE]
