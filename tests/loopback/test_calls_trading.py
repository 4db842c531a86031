"""Every endpoint of account, trade, algo, market, public, rubik, status and support, called on the paper exchange."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.errors import ConfigError, OkxApiError, OrderStatusUnknown
from okx_sync.exchanges.okx.rest import (
    AlgoOrderId,
    AmendOrder,
    CancelOrder,
    DemoAdjustment,
    MmrConfig,
    MoveFrom,
    MoveLeg,
    MoveTo,
    NewOrder,
)
from okx_sync.paper import PaperExchange
from okx_sync.rest import BatchResult, Endpoint
from okx_sync.rows import RowList
from tests.each_case import each_case
from tests.exchanges.okx.endpoint_calls import parse_table
from tests.exchanges.okx.trading_endpoints import TABLE

WANTED = parse_table(TABLE)
OURS = [one for one in OkxClient.endpoints() if (one.method, one.path) in WANTED]
FAR = Decimal(20000)  # a buying price that rests far below the market

# What required parameters are given, by name; and what single methods need besides or instead.
GIVEN: dict[str, Any] = {
    "acct_lv": "2",
    "action": "turn_on",
    "adjustments": [DemoAdjustment("USDT", 100)],
    "amt": 1,
    "auto_repay": True,
    "begin": 1_767_225_600_000,
    "block_td_id": "1",
    "ccy": "USDT",
    "cl_spot_in_use_amt": 1,
    "client_id": "move1",
    "collateral_enabled": True,
    "date_aggr_type": "daily",
    "debt_ccy": ["BTC"],
    "end": 1_767_312_000_000,
    "exp_time": "20260925",
    "feature": "1",
    "fee_type": "0",
    "from_acct": "0",
    "from_ccy": ["OKB"],
    "frozen_interval": 0,
    "greeks_type": "PA",
    "index": "BTC-USDT",
    "inst_family": "BTC-USDT",
    "inst_id": "BTC-USDT-SWAP",
    "inst_type": "SWAP",
    "iso_mode": "automatic",
    "legs": [MoveLeg(MoveFrom("1", "sell", 1), MoveTo())],
    "lever": 5,
    "mgn_mode": "cross",
    "mmr_config": MmrConfig("3", 1),
    "module": "1",
    "ord_type": "trigger",
    "pos_mode": "net_mode",
    "pos_side": "net",
    "qty_limit": 5,
    "quarter": "Q1",
    "repay_ccy": "USDT",
    "repay_ccy_list": ["USDT"],
    "series_id": "BTC-ABOVE-DAILY",
    "settle_ccy": "USDT",
    "side": "buy",
    "sprd_id": "BTC-USDT_BTC-USDT-SWAP",
    "stgy_type": "1",
    "sz": 1,
    "td_mode": "cross",
    "time_interval": 0,
    "to_acct": "sub1",
    "to_ccy": "USDT",
    "type_": "1",
    "year": "2026",
}
REST = NewOrder("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR)
SPECIAL: dict[str, dict[str, Any]] = {
    "account.adjust_margin": {"inst_id": "ETH-USDT-SWAP", "type_": "add"},
    "account.borrow_or_repay": {"side": "borrow"},
    "account.get_leverage_info": {"inst_id": "BTC-USDT-SWAP"},
    "account.get_max_loan": {"inst_id": "BTC-USDT", "mgn_ccy": "USDT"},
    "account.set_collateral_assets": {"type_": "all"},
    "account.set_leverage": {"inst_id": "ETH-USDT-SWAP"},
    "algo.amend_algo_order": {"algo_cl_ord_id": "wait1", "new_sz": 2},
    "algo.cancel_algo_orders": {"orders": [AlgoOrderId("BTC-USDT-SWAP", algo_cl_ord_id="wait2")]},
    "algo.get_algo_order": {"algo_cl_ord_id": "wait1"},
    "algo.get_algo_orders_history": {"state": "canceled"},
    "algo.place_algo_order": {"sz": 1, "trigger_px": FAR, "order_px": -1},
    "market.get_books_sbe": {"source": 0},
    "market.get_index_candles": {"inst_id": "BTC-USDT"},
    "market.get_history_index_candles": {"inst_id": "BTC-USDT"},
    "market.get_index_tickers": {"quote_ccy": "USDT"},
    "public.get_option_trades": {"inst_family": "BTC-USD"},
    "trade.amend_batch_orders": {"orders": [AmendOrder("BTC-USDT", cl_ord_id="rest1", new_px=FAR + 1)]},
    "trade.amend_order": {"inst_id": "BTC-USDT", "cl_ord_id": "rest1", "new_px": FAR + 2},
    "status.get_status": {"state": "completed"},
    "trade.cancel_all_after": {"time_out": 0},
    "trade.cancel_batch_orders": {"orders": [CancelOrder("BTC-USDT", cl_ord_id="rest2")]},
    "trade.cancel_order": {"inst_id": "BTC-USDT", "cl_ord_id": "rest3"},
    "trade.get_order": {"inst_id": "BTC-USDT", "cl_ord_id": "rest1"},
    "trade.place_batch_orders": {"orders": [REST]},
    "trade.place_order": {"ord_type": "limit", "px": FAR},
    "trade.mass_cancel": {"inst_type": "OPTION"},
    "trade.check_order": {"ord_type": "limit", "px": FAR},
}
# Calls of other account modes than alice's, and one for small balances, which she has not; with the refusing code.
REFUSED = {
    "account.borrow_or_repay": "51010",
    "account.set_auto_loan": "51010",
    "trade.check_order": "51010",
    "trade.easy_convert": "59125",
    "trade.get_repay_currencies": "51010",
    "trade.get_repay_history": "51010",
    "trade.mass_cancel": "51010",
    "trade.repay": "51010",
}
# Lists that are empty here: nothing of the kind has happened yet.
MAY_BE_EMPTY = {
    "account.get_borrow_repay_history",
    "account.get_interest_accrued",
    "account.get_positions_history",
    "public.get_funding_rate_history",
    "trade.get_easy_convert_history",
}


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.group}.{endpoint.name}"


@pytest.fixture(scope="module")
def client() -> Iterator[OkxClient]:
    """Alice on a quiet market: orders that rest, algo orders that wait, a position, something in every list."""
    with PaperExchange(examples=True) as paper:
        paper.quiet(True)
        with OkxClient(paper.config) as made:
            for number in range(1, 5):
                made.place_order("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR, f"rest{number}")
                made.algo.place_algo_order(
                    "BTC-USDT-SWAP", "cross", "buy", "trigger", 1, f"wait{number}", trigger_px=FAR, order_px=-1
                )
            made.cancel_order("BTC-USDT", cl_ord_id="rest4")
            made.algo.cancel_algo_orders([AlgoOrderId("BTC-USDT-SWAP", algo_cl_ord_id="wait4")])
            made.place_order("BTC-USDT-SWAP", "cross", "buy", "market", 1)
            made.place_order("ETH-USDT-SWAP", "isolated", "buy", "market", 1)
            yield made
        assert paper.problems == []


def arguments(client: OkxClient, endpoint: Endpoint) -> dict[str, Any]:
    special = SPECIAL.get(name_of(endpoint), {})
    if endpoint.name == "get_books_sbe":
        code = client.get_instruments("SWAP", "BTC-USDT-SWAP")[0].instIdCode
        special = special | {"inst_id_code": code}
    return {
        param.name: GIVEN[param.name] for param in endpoint.params if param.required and param.name not in special
    } | special


@each_case("endpoint", [one for one in OURS if name_of(one) not in REFUSED], ids=name_of)
def test_answered(client: OkxClient, endpoint: Endpoint) -> None:
    """The paper exchange answers it; the result has the declared type and all its fields can be read."""
    result = getattr(getattr(client, endpoint.group), endpoint.name)(**arguments(client, endpoint))
    shape, model = endpoint.result
    kinds: dict[str, Any] = {"none": type(None), "list": RowList, "batch": BatchResult, "one": model}
    assert type(result) is kinds[shape]
    rows = [] if shape == "none" else [result] if shape == "one" else list(result)
    assert rows or shape == "none" or name_of(endpoint) in MAY_BE_EMPTY
    for row in rows:
        assert type(row) is model
        assert "unreadable" not in repr(row)


@each_case("endpoint", [one for one in OURS if name_of(one) in REFUSED], ids=name_of)
def test_refused(client: OkxClient, endpoint: Endpoint) -> None:
    """What the paper exchange does not carry out is an error, not an answer that looks like success."""
    with pytest.raises(OkxApiError) as caught:
        getattr(getattr(client, endpoint.group), endpoint.name)(**arguments(client, endpoint))
    assert caught.value.code == REFUSED[name_of(endpoint)]


def test_positions_that_were_closed(client: OkxClient) -> None:
    """A closed position is in the history with what it brought."""
    client.place_order("ETH-USDT-SWAP", "cross", "buy", "market", 1)
    client.trade.close_position("ETH-USDT-SWAP", "cross")
    closed = client.account.get_positions_history(inst_id="ETH-USDT-SWAP")
    assert [(row.instId, row.type) for row in closed] == [("ETH-USDT-SWAP", "2")]
    assert closed[0].realizedPnl is not None
    assert closed[0].realizedPnl < 0


def test_amended_algo_orders(client: OkxClient) -> None:
    """An amend changes what waits; one of an order that is gone is refused."""
    placed = client.algo.place_algo_order(
        "BTC-USDT-SWAP", "cross", "buy", "trigger", 1, trigger_px=FAR, order_px=-1, tag="t"
    )
    client.algo.amend_algo_order("BTC-USDT-SWAP", placed.algoId, new_sz=3, new_trigger_px=FAR + 5, req_id="r")
    found = client.algo.get_algo_order(placed.algoId)
    assert (found.sz, found.triggerPx, found.state) == (Decimal(3), FAR + 5, "live")
    assert client.algo.cancel_algo_orders([AlgoOrderId("BTC-USDT-SWAP", placed.algoId)])
    refused = client.algo.cancel_algo_orders([AlgoOrderId("BTC-USDT-SWAP", placed.algoId)])
    assert not refused.ok
    assert refused.refused[0].sCode == "51400"


def test_an_algo_order_whose_answer_is_lost() -> None:
    """The error names it by the id that was made up for it; it is there, once."""
    with PaperExchange() as paper, OkxClient(paper.config) as client:
        paper.quiet(True)
        paper.faults.lose_reply("/api/v5/trade/order-algo")
        with pytest.raises(OrderStatusUnknown) as caught:
            client.algo.place_algo_order("BTC-USDT-SWAP", "cross", "buy", "trigger", 1, trigger_px=FAR, order_px=-1)
        (order,) = caught.value.orders
        found = client.algo.get_algo_order(algo_cl_ord_id=order["algoClOrdId"])
        assert [row.algoId for row in client.algo.get_algo_orders_pending("trigger")] == [found.algoId]
        with pytest.raises(ConfigError, match="algo order"):
            client.reconcile(caught.value)


def test_contracts_and_coins(client: OkxClient) -> None:
    """Contracts become coins and coins contracts, rounded down to whole lots."""
    coins = client.public.convert_contract_coin("BTC-USDT-SWAP", 5, type_="2").sz
    assert coins is not None
    assert client.public.convert_contract_coin("BTC-USDT-SWAP", coins).sz == 5
