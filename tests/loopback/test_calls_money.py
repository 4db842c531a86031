"""Money, bots, blocks, earning, programmes: every method works offline, on the paper exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.errors import ConfigError, OkxApiError, OrderStatusUnknown
from okx_sync.exchanges.okx.rest import CoinAmount, StopGrid
from okx_sync.paper import PaperExchange
from okx_sync.rest import BatchResult, Endpoint
from okx_sync.rows import Row, RowList
from tests.each_case import each_case
from tests.exchanges.okx.endpoint_calls import full_call, parse_table
from tests.exchanges.okx.money_endpoints import TABLE
from tests.paper.wire_client import RestClient

HALF: Any = 0.5
WANTED = parse_table(TABLE)
# Answered from the books, so that made-up arguments are refused; see the tests below.
TRUE = {
    "convert.get_currencies",
    "convert.get_currency_pair",
    "convert.get_history",
    "convert.get_quote",
    "convert.trade",
    "funding.transfer",
    "funding.get_transfer_state",
    "funding.get_balances",
    "funding.get_bills",
    "funding.get_bills_history",
    "funding.get_currencies",
    "funding.get_deposit_history",
    "funding.get_withdrawal_history",
    "funding.withdraw",
    "funding.cancel_withdrawal",
    "spread.get_spreads",
    "spread.get_books",
    "spread.get_public_trades",
    "spread.place_order",
    "spread.amend_order",
    "spread.cancel_order",
    "spread.get_order",
    "spread.get_orders_pending",
    "spread.get_orders_history",
    "spread.get_orders_history_archive",
    "spread.get_trades",
    "spread.cancel_all_after",
}
OURS = [
    one for one in OkxClient.endpoints() if (one.method, one.path) in WANTED and f"{one.group}.{one.name}" not in TRUE
]


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.group}.{endpoint.name}"


@pytest.fixture(scope="module")
def exchange() -> Iterator[PaperExchange]:
    """An exchange shared by tests that change nothing."""
    with PaperExchange(flow_per_s=0, examples=True) as shared:
        yield shared
        assert shared.problems == []


@pytest.fixture(scope="module")
def reader(exchange: PaperExchange) -> Iterator[OkxClient]:
    """Alice's client at the shared exchange."""
    with OkxClient(exchange.config) as made:
        yield made


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[OkxClient]:
    """Alice's client at an exchange of its own."""
    with OkxClient(paper.config) as made:
        yield made


def read(row: Row) -> None:
    """Convert every field, nested ones too."""
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Row):
                read(item)


@each_case("endpoint", OURS, ids=name_of)
def test_every_method_works_offline(reader: OkxClient, endpoint: Endpoint) -> None:
    """The call goes through signature, checks and decoding; rows are of the declared class and readable."""
    arguments, _ = full_call(endpoint)
    result = getattr(getattr(reader, endpoint.group), endpoint.name)(**arguments)
    shape, model = endpoint.result
    kinds: dict[str, Any] = {"none": type(None), "list": RowList, "batch": BatchResult, "one": model}
    assert type(result) is kinds[shape]
    rows = [] if shape == "none" else [result] if shape == "one" else list(result)
    assert rows or shape == "none"
    for row in rows:
        assert type(row) is model
        read(row)


def test_money_moves_between_funding_and_trading(client: OkxClient) -> None:
    """What leaves one account arrives in the other; the ledger and the transfer's state tell of it."""
    before = client.get_balance("USDT").details[0].cashBal or Decimal(0)
    sent = client.funding.transfer("USDT", Decimal("100.5"), from_="18", to="6", client_id="mine")
    client.funding.transfer("USDT", 40, from_="6", to="18")
    (held,) = client.funding.get_balances()
    assert (held.ccy, held.bal, held.availBal) == ("USDT", Decimal("60.5"), Decimal("60.5"))
    assert client.get_balance("USDT").details[0].cashBal == before - Decimal("60.5")
    last, first = client.funding.get_bills("USDT")
    assert (first.balChg, first.bal, first.type, first.clientId) == (Decimal("100.5"), Decimal("100.5"), "130", "mine")
    assert (last.balChg, last.bal, last.type) == (Decimal(-40), Decimal("60.5"), "131")
    state = client.funding.get_transfer_state(sent.transId)
    assert (state.state, state.amt, state.from_, state.to) == ("success", Decimal("100.5"), "18", "6")
    assert client.funding.get_transfer_state(client_id="mine") == state


def test_coins_are_converted(client: OkxClient) -> None:
    """What a quote says is what the trade does to both balances, and the history has it."""
    assert {row.ccy for row in client.convert.get_currencies()} >= {"BTC", "USDT"}
    assert client.convert.get_currency_pair("USDT", "BTC").instId == "BTC-USDT"
    before = client.get_balance("USDT").details[0].cashBal or Decimal(0)
    quote = client.convert.get_quote("BTC", "USDT", "buy", 650, "USDT")
    done = client.convert.trade(str(quote.quoteId), "BTC", "USDT", "buy", 650, "USDT", cl_t_req_id="mine")
    assert (done.state, done.fillPx, done.fillQuoteSz) == ("fullyFilled", quote.cnvtPx, Decimal(650))
    assert client.get_balance("USDT").details[0].cashBal == before - 650
    assert [row.tradeId for row in client.convert.get_history("mine")] == [done.tradeId]


def test_the_ledger_has_pages(client: OkxClient) -> None:
    """Bills page by their ids when asked to, newest first."""
    for _ in range(3):
        client.funding.transfer("USDT", 1, from_="18", to="6")
    newest, second = client.funding.get_bills_history(limit=2, paging_type="2")
    (oldest,) = client.funding.get_bills_history(after=second.billId, paging_type="2")
    assert [newest.bal, second.bal, oldest.bal] == [3, 2, 1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amt": 10**9}, "58350"),
        ({"from_": "6", "to": "18"}, "58350"),
        ({"to": "18"}, "58123"),
        ({"amt": -1}, "58114"),
        ({"ccy": "XYZ"}, "51012"),
        ({"type_": "1"}, "51000"),
    ],
)
def test_transfers_that_cannot_be(client: OkxClient, change: dict[str, Any], code: str) -> None:
    """More than there is, from an account to itself, nothing at all: refused, and no money moves."""
    asked = {"ccy": "USDT", "amt": 1, "from_": "18", "to": "6", **change}
    with pytest.raises(OkxApiError) as caught:
        client.funding.transfer(**asked)
    assert caught.value.code == code
    assert client.funding.get_balances() == []


def test_spreads_are_the_markets_own(client: OkxClient) -> None:
    """The list, the book and the trades of a spread come from the same market."""
    spreads = client.spread.get_spreads(base_ccy="BTC", state="live")
    (spread,) = spreads
    assert client.spread.get_spreads(sprd_id=spread.sprdId) == client.spread.get_spreads(inst_id="BTC-USDT") == spreads
    assert [leg.side for leg in spread.legs] == ["sell", "buy"]
    sprd_id = str(spread.sprdId)
    book = client.spread.get_books(sprd_id, 3)
    assert (len(book.asks), len(book.bids), book.sprdId) == (3, 3, sprd_id)
    assert (book.asks[0].price or 0) > (book.bids[0].price or 0)
    assert all(trade.sprdId == sprd_id for trade in client.spread.get_public_trades(sprd_id))
    with pytest.raises(OkxApiError) as caught:
        client.spread.get_books("A_B")
    assert caught.value.code == "51001"


def test_examples_are_marked(paper: PaperExchange) -> None:
    """An answer that is made up says so; one from the books does not."""
    with RestClient(paper) as wire:
        assert wire.get("asset/exchange-list").headers.get("x-paper-example") == "1"
        assert "x-paper-example" not in wire.get("asset/balances").headers


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda c: c.spread.place_order("A_B", "buy", "limitt", 1, 1), "ord_type"),
        (lambda c: c.spread.place_order("A_B", "up", "limit", 1, 1), "side"),
        (lambda c: c.spread.place_order("A_B", "buy", "limit", 0.5, 1), "sz is a float"),
        (lambda c: c.spread.get_order(), "ord_id or cl_ord_id"),
        (lambda c: c.funding.withdraw("BTC", 0.1, "4", "address"), "amt is a float"),
        (lambda c: c.funding.get_currencies(["A"] * 21), "ccy must hold at most 20"),
        (lambda c: c.rfq.cancel_batch_rfqs(["1"] * 101), "rfq_ids must hold at most 100"),
        (lambda c: c.rfq.cancel_batch_rfqs(), "rfq_ids or cl_rfq_ids"),
        (lambda c: c.rfq.set_maker_settings([]), "settings must hold at least 1"),
        (lambda c: c.grid.stop([StopGrid("1", "A", "grid", "1")] * 11), "bots must hold 1 to 10"),
        (lambda c: c.savings.subscribe_or_redeem("USDT", 1, "redeem"), "side cannot be"),
        (lambda c: c.signal.place_sub_order("A", "1", "buy", "post_only", 1), "ord_type cannot be"),
        (lambda c: c.flexible_loan.borrow([CoinAmount("USDT", HALF)], "mine"), "amt is a float"),
        (lambda c: c.funding.transfer("", 1, "6", "18"), "ccy is missing"),
    ],
)
def test_wrong_arguments_are_not_sent(reader: OkxClient, call: Callable[[OkxClient], Any], words: str) -> None:
    """An error that names the parameter, before anything is sent."""
    with pytest.raises(ConfigError, match=words):
        call(reader)


def test_a_lost_spread_order_is_unknown(paper: PaperExchange, client: OkxClient) -> None:
    """As with other orders, no answer means unknown; the error holds the id to look it up by."""
    paper.faults.lose_reply("/api/v5/sprd/order")
    with pytest.raises(OrderStatusUnknown) as caught:
        client.spread.place_order("BTC-USDT_BTC-USDT-SWAP", "buy", "limit", 1, "-0.5")
    assert len(caught.value.clOrdId) == 32
    with pytest.raises(ConfigError, match="no order on an instrument"):
        client.reconcile(caught.value)
    assert client.spread.get_order(cl_ord_id=caught.value.clOrdId).clOrdId == caught.value.clOrdId
