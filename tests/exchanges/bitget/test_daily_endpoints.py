"""Every call of daily use that Bitget documents has a name: V2 of futures and spot, and V3 of unified accounts."""

from __future__ import annotations

from typing import Final

from okx_sync import BitgetClient

DAILY: Final = """
GET /api/v2/account/
    all-account-balance funding-assets
GET /api/v2/common/
    all-trade-rate trade-rate
GET /api/v2/mix/account/
    account accounts bill interest-history isolated-symbols liq-price max-open open-count
POST /api/v2/mix/account/
    set-all-leverage set-asset-mode set-auto-margin set-leverage set-margin set-margin-mode set-position-mode
GET /api/v2/mix/market/
    candles contracts current-fund-rate fills fills-history funding-time history-candles history-fund-rate
    history-index-candles history-mark-candles merge-depth oi-limit open-interest query-position-lever symbol-price
    ticker tickers vip-fee-rate
GET /api/v2/mix/order/
    detail fill-history fills orders-history orders-pending orders-plan-history orders-plan-pending plan-sub-order
POST /api/v2/mix/order/
    batch-cancel-orders batch-place-order cancel-all-orders cancel-order cancel-plan-order click-backhand
    close-positions modify-order modify-plan-order modify-tpsl-order place-order place-plan-order place-pos-tpsl
    place-tpsl-order
GET /api/v2/mix/position/
    adlRank all-position history-position single-position
GET /api/v2/public/
    annoucements time
GET /api/v2/spot/account/
    assets bills info transferRecords upgrade-status
POST /api/v2/spot/account/
    upgrade
GET /api/v2/spot/market/
    auction candles fills fills-history history-candles merge-depth orderbook tickers vip-fee-rate
GET /api/v2/spot/public/
    coins symbols
GET /api/v2/spot/trade/
    current-plan-order fills history-orders history-plan-order orderInfo plan-sub-order unfilled-orders
POST /api/v2/spot/trade/
    batch-cancel-order batch-cancel-plan-order batch-cancel-replace-order batch-orders cancel-order
    cancel-plan-order cancel-replace-order cancel-symbol-order modify-plan-order place-order place-plan-order
GET /api/v2/spot/wallet/
    deposit-address deposit-records transfer-coin-info withdrawal-records
POST /api/v2/spot/wallet/
    cancel-withdrawal modify-deposit-account transfer withdrawal
GET /api/v3/account/
    all-fee-rate assets collateral-type custom-collateral-coins delta-info deposit-address deposit-records fee-rate
    financial-records funding-assets info max-transferable max-withdrawal open-interest-limit pre-set-leverage
    settings switch-status transferable-coins
POST /api/v3/account/
    adjust-account-mode cancel-withdrawal deposit-account max-open-available set-collateral-type set-hold-mode
    set-leverage set-margin switch transfer
GET /api/v3/market/
    candles current-fund-rate discount-rate fee-group fills history-candles history-fund-rate index-components
    instruments liquidations margin-loans oi-limit open-interest orderbook position-tier proof-of-reserves
    risk-reserve risk-reserve-all risk-reserve-hour rpi-orderbook rpi-symbols tickers time
GET /api/v3/position/
    adlRank current-position history-position
GET /api/v3/trade/
    fills history-orders history-strategy-orders loan-data order-info unfilled-orders unfilled-strategy-orders
POST /api/v3/trade/
    batch-modify-order cancel-batch cancel-order cancel-strategy-order cancel-symbol-order close-positions
    countdown-cancel-all modify-order modify-strategy-order place-batch place-order place-strategy-order
"""
"""Method and how the paths begin; indented below, how they end."""


def daily() -> set[tuple[str, str]]:
    """Method and path of each."""
    found: set[tuple[str, str]] = set()
    method = start = ""
    for line in DAILY.strip().splitlines():
        if line.startswith(" "):
            found |= {(method, start + end) for end in line.split()}
        else:
            method, _, start = line.partition(" ")
    return found


def test_every_daily_call_has_a_name() -> None:
    """181 of them."""
    assert len(daily()) == 181
    assert daily() - {(one.method, one.path) for one in BitgetClient.endpoints()} == set()
