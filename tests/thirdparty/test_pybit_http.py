"""Bybit's own Python client, pybit 5, works over HTTP against the paper exchange, unchanged but for the URL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange

unified_trading = pytest.importorskip("pybit.unified_trading", reason="needs the extra okx_sync[thirdparty]")
exceptions = pytest.importorskip("pybit.exceptions", reason="needs pybit 5")

PERP = {"category": "linear", "symbol": "BTCUSDT"}
PAIR = {"category": "spot", "symbol": "BTCUSDT"}
ORDER = {**PERP, "side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "60000"}


@pytest.fixture
def http(paper: PaperExchange) -> Iterator[Any]:
    """Their client with Alice's key, at a market that stands still."""
    paper.quiet()
    account = paper.accounts[0]
    client = unified_trading.HTTP(testnet=True, api_key=account.api_key, api_secret=account.secret_key)
    client.endpoint = paper.url
    client.client.trust_env = False
    yield client
    client.client.close()


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The list of a good answer."""
    assert answer["retCode"] == 0
    found: list[dict[str, Any]] = answer["result"]["list"]
    return found


def test_market_data(http: Any) -> None:
    """Time, instruments, tickers, book, candles, trades, funding."""
    assert http.get_server_time()["result"]["timeSecond"]
    assert {row["symbol"] for row in rows(http.get_instruments_info(category="spot"))} >= {"BTCUSDT", "ETHUSDT"}
    (ticker,) = rows(http.get_tickers(**PERP))
    assert ticker["bid1Price"] == http.get_orderbook(**PERP)["result"]["b"][0][0]
    assert len(rows(http.get_kline(**PERP, interval=1, limit=3))) == 3
    assert len(rows(http.get_mark_price_kline(**PERP, interval="D", limit=3))) == 3
    assert rows(http.get_public_trade_history(**PERP, limit=1))[0]["symbol"] == "BTCUSDT"
    assert len(rows(http.get_funding_rate_history(**PERP, limit=2))) == 2
    assert rows(http.get_open_interest(**PERP, intervalTime="5min", limit=1))
    assert rows(http.get_risk_limit(**PERP))[0]["maxLeverage"] == "100.00"


def test_orders(http: Any) -> None:
    """Placed, listed, amended, cancelled, in batches, and all at once."""
    placed = http.place_order(**ORDER, orderLinkId="pybit-1")["result"]
    assert rows(http.get_open_orders(**PERP))[0]["orderId"] == placed["orderId"]
    assert http.amend_order(**PERP, orderId=placed["orderId"], price="60100")["result"] == placed
    assert http.cancel_order(**PERP, orderLinkId="pybit-1")["result"] == placed
    assert rows(http.get_order_history(**PERP))[0]["orderStatus"] == "Cancelled"
    one = {name: value for name, value in ORDER.items() if name != "category"}
    done = http.place_batch_order(category="linear", request=[one, one])
    assert [row["code"] for row in done["retExtInfo"]["list"]] == [0, 0]
    assert len(rows(http.cancel_all_orders(**PERP))) == 2
    http.set_dcp(timeWindow=40)


def test_positions(http: Any) -> None:
    """Leverage, a fill, stops, executions, closed profit, and two sides."""
    http.set_leverage(**PERP, buyLeverage="5", sellLeverage="5")
    http.place_order(**ORDER | {"orderType": "Market"})
    http.set_trading_stop(**PERP, tpslMode="Full", positionIdx=0, takeProfit="70000")
    (position,) = rows(http.get_positions(**PERP))
    assert (position["size"], position["leverage"], position["takeProfit"]) == ("0.01", "5", "70000")
    assert rows(http.get_executions(**PERP))[0]["execType"] == "Trade"
    http.place_order(**ORDER | {"orderType": "Market", "side": "Sell"}, reduceOnly=True)
    assert rows(http.get_closed_pnl(**PERP))[0]["closedSize"] == "0.01"
    http.switch_position_mode(category="linear", coin="USDT", mode=3)
    assert [row["positionIdx"] for row in rows(http.get_positions(**PERP))] == [1, 2]


def test_account_and_assets(http: Any) -> None:
    """Balances, settings, ledger, transfers, the key."""
    assert rows(http.get_wallet_balance(accountType="UNIFIED"))[0]["accountType"] == "UNIFIED"
    http.place_order(**PAIR, side="Sell", orderType="Market", qty="0.01")
    assert {row["type"] for row in rows(http.get_transaction_log(limit=2))} == {"TRADE"}
    assert len(rows(http.get_fee_rates(category="spot"))) == 3
    assert http.get_account_info()["result"]["marginMode"] == "REGULAR_MARGIN"
    http.set_margin_mode(setMarginMode="ISOLATED_MARGIN")
    assert http.get_api_key_information()["result"]["apiKey"].startswith("paper-")
    assert http.get_coin_info(coin="BTC")["result"]["rows"][0]["coin"] == "BTC"
    http.create_internal_transfer(
        transferId=str(uuid.uuid4()), coin="USDT", amount="5", fromAccountType="UNIFIED", toAccountType="FUND"
    )
    (balance,) = http.get_coins_balance(accountType="FUND", coin="USDT")["result"]["balance"]
    assert balance["walletBalance"] == "5"
    assert rows(http.get_internal_transfer_records())[0]["amount"] == "5"


def test_their_errors(http: Any) -> None:
    """Codes arrive as their exceptions."""
    with pytest.raises(exceptions.InvalidRequestError) as refused:
        http.place_order(**ORDER | {"qty": "100"})
    assert refused.value.status_code == 110007
    http.api_secret = "wrong"
    with pytest.raises(exceptions.InvalidRequestError) as refused:
        http.get_account_info()
    assert refused.value.status_code == 10004
