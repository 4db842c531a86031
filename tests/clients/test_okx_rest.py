"""OkxClient on the paper exchange, over real sockets: everyday calls, orders, faults, clock, limits, secrets."""

from __future__ import annotations

import inspect
import logging
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync.clients.okx_rest import OkxClient
from okx_sync.credentials import Credentials
from okx_sync.errors import (
    ConfigError,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxHttpError,
    OkxRateLimitError,
    OrderStatusUnknown,
)
from okx_sync.exchanges.okx.models import Account, BookUpdate, Candle, IndexTicker, Instrument, Order, Ticker
from okx_sync.exchanges.okx.models import Trade as PublicTrade
from okx_sync.exchanges.okx.order_options import OrderOptions
from okx_sync.exchanges.okx.rest import AmendOrder, CancelOrder, NewOrder
from okx_sync.exchanges.okx.trade.models import OrderResult
from okx_sync.paper import PaperClock, PaperExchange
from tests.clocks import Impatient
from tests.leaks import everything_shown

ORDER = "/api/v5/trade/order"
FAR = Decimal(20000)  # a buying price that rests far below the market


@pytest.fixture
def client(paper: PaperExchange) -> Any:
    """A client of alice on a quiet market."""
    paper.quiet(True)
    with OkxClient(paper.config) as made:
        yield made


def buy(client: OkxClient, **more: Any) -> OrderResult:
    return client.place_order("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR, **more)


def test_everyday_public_calls(paper: PaperExchange) -> None:
    """Market data without a key, every row typed."""
    with OkxClient(paper.public_config) as client:
        ticker = client.get_ticker("BTC-USDT")
        assert isinstance(ticker, Ticker)
        assert ticker.instId == "BTC-USDT"
        assert isinstance(ticker.last, Decimal)
        assert {row.instId for row in client.get_tickers("SWAP")} == {"BTC-USDT-SWAP", "ETH-USDT-SWAP"}
        assert all(type(row) is Instrument and row.tickSz for row in client.get_instruments("SPOT"))
        book = client.get_orderbook("BTC-USDT", depth=5)
        assert isinstance(book, BookUpdate)
        assert (len(book.asks), book.instId) == (5, "BTC-USDT")
        candles = client.get_candles("BTC-USDT", "1m", limit=3)
        assert [type(row) for row in candles] == [Candle] * 3
        assert candles[0].bar == "1m"
        assert type(client.get_trades("BTC-USDT", limit=1)[0]) is PublicTrade
        assert type(client.get_index_tickers(inst_id="BTC-USDT")[0]) is IndexTicker
        assert abs(client.get_system_time() / 1000 - paper.clock.now()) < 5


def test_life_of_an_order(client: OkxClient) -> None:
    """Place, look up, amend, list, cancel; the account and the fills are typed."""
    assert isinstance(client.get_balance(), Account)
    assert client.get_positions() == []
    placed = buy(client, tag="demo")
    assert placed.ok
    order = client.get_order("BTC-USDT", placed.ordId)
    assert isinstance(order, Order)
    assert (order.state, order.px, order.clOrdId) == ("live", FAR, placed.clOrdId)
    client.trade.amend_order("BTC-USDT", placed.ordId, new_px=FAR + 1)
    assert [row.px for row in client.get_orders_pending("SPOT")] == [FAR + 1]
    assert client.cancel_order("BTC-USDT", placed.ordId).ok
    assert client.trade.get_orders_history("SPOT")[0].state == "canceled"
    market = client.place_order("BTC-USDT", "cash", "buy", "market", 100, tgt_ccy="quote_ccy")
    (fill, *_) = client.trade.get_fills(ord_id=market.ordId)
    assert fill.fee is not None
    assert fill.fee < 0


def test_a_refused_order_raises_with_the_orders_own_code(client: OkxClient, paper: PaperExchange) -> None:
    """code, message and hint are those of the order; the environment is named; the row is kept."""
    with pytest.raises(OkxApiError) as caught:
        client.place_order("BTC-USDT", "cash", "buy", "limit", 1000, FAR)
    error = caught.value
    assert error.code == "51008"
    assert error.environment == paper.config.environment
    assert "margin" in (error.hint or "")
    assert error.rows[0]["sCode"] == "51008"
    assert not error.retryable


def test_batches_show_partial_failure(client: OkxClient) -> None:
    """Good orders of a batch stand, bad ones say why, and the whole is not ok."""
    good = NewOrder("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR)
    bad = attrs.evolve(good, sz=1000)
    result = client.trade.place_batch_orders([good, bad])
    assert not result
    assert [row.ok for row in result] == [True, False]
    assert [row.sCode for row in result.refused] == ["51008"]
    ids = [row.ordId for row in result.accepted]
    assert client.trade.amend_batch_orders([AmendOrder("BTC-USDT", each, new_px=FAR + 5) for each in ids])
    assert client.trade.cancel_batch_orders([CancelOrder("BTC-USDT", each) for each in ids])
    assert not client.trade.cancel_batch_orders([CancelOrder("BTC-USDT", each) for each in ids])
    assert client.get_orders_pending() == []


# -- lost answers --------------------------------------------------------------------------------------


def test_an_order_whose_answer_is_lost(client: OkxClient, paper: PaperExchange) -> None:
    """The exchange has it once, the error carries its id, reconcile() brings it."""
    paper.faults.lose_reply(ORDER)
    with pytest.raises(OrderStatusUnknown) as caught:
        buy(client)
    pending = client.get_orders_pending()
    assert [order.clOrdId for order in pending] == [caught.value.clOrdId]
    found = client.reconcile(caught.value)
    assert found is not None
    assert found.ordId == pending[0].ordId


def test_a_batch_whose_answer_is_lost(client: OkxClient, paper: PaperExchange) -> None:
    """Each order is looked up; one that never arrived is None."""
    paper.faults.lose_reply("/api/v5/trade/batch-orders")
    good = NewOrder("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR)
    with pytest.raises(OrderStatusUnknown) as caught:
        client.trade.place_batch_orders([good, attrs.evolve(good, sz=1000)])
    found = client.reconcile_all(caught.value, timeout=0.3)
    assert [order and order.state for order in found] == ["live", None]


def test_an_order_that_never_arrived(client: OkxClient, paper: PaperExchange) -> None:
    """A gateway error before the exchange: reconcile() finds nothing, in bounded time."""
    paper.faults.rest_status(502, "<html><title>Bad Gateway</title></html>", ORDER, times=1)
    with pytest.raises(OrderStatusUnknown, match="Bad Gateway") as caught:
        buy(client)
    assert client.reconcile(caught.value, timeout=0.2) is None
    with pytest.raises(ConfigError, match="get_order"):
        client.reconcile(OrderStatusUnknown("x", clOrdId="y"))


def test_reading_calls_survive_the_same_fault(client: OkxClient, paper: PaperExchange) -> None:
    """Where an order is unknown, a reading call is simply asked again."""
    paper.faults.lose_reply("/api/v5/account/balance", times=2)
    assert client.get_balance().totalEq is not None
    paths = [request.path for request in paper.requests]
    assert paths.count("/api/v5/account/balance") == 3


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (503, "<html><head><title>Maintenance</title></head></html>", "HTTP 503 with a web page instead of JSON"),
        (200, "", "HTTP 200 with an empty body"),
        (200, '{"code":"0","da', "HTTP 200 with JSON that is cut short"),
        (403, "<h1>Forbidden</h1>", "HTTP 403 with a web page instead of JSON: Forbidden"),
    ],
)
def test_answers_that_are_none(paper: PaperExchange, status: int, body: str, words: str) -> None:
    """HTML, empty and cut bodies are errors that name the status."""
    paper.faults.rest_status(status, body, "/api/v5/public/time", times=None)
    with (
        OkxClient(paper.public_config, clock=Impatient()) as client,
        pytest.raises(OkxHttpError, match=words) as caught,
    ):
        client.get_system_time()
    assert caught.value.status == status


# -- keys and clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"api_key": "no-such-key"}, "50111 50119"),
        ({"secret_key": "SENTINEL-wrong-secret"}, "50113"),
        ({"passphrase": "SENTINEL-wrong-pass"}, "50105"),
    ],
)
def test_wrong_keys(paper: PaperExchange, changes: dict[str, str], code: str) -> None:
    """Each is an OkxAuthError with a hint and the environment, asked once, without a secret anywhere."""
    right = paper.config.credentials
    assert right is not None
    values = {name: str(getattr(right, name)) for name in ("api_key", "secret_key", "passphrase")}
    config = paper.config.replace(credentials=Credentials(**(values | changes)))
    with OkxClient(config) as client, pytest.raises(OkxAuthError) as caught:
        client.get_balance()
    assert caught.value.code in code.split()
    assert caught.value.hint
    assert caught.value.environment == paper.config.environment
    assert len(paper.requests) == 1
    assert "SENTINEL" not in everything_shown(caught.value)


def test_demo_key_on_live() -> None:
    """The exchange's demo needs the demo header: the error tells about ``simulated``."""
    with PaperExchange(demo=True) as paper:
        with OkxClient(paper.config.replace(simulated=True)) as client:
            assert client.get_balance().totalEq is not None
        live = paper.config.replace(simulated=False)
        with OkxClient(live) as client, pytest.raises(OkxAuthError, match="simulated=") as caught:
            client.get_balance()
        assert caught.value.code == "50101"


def test_no_key(paper: PaperExchange) -> None:
    """A private call without credentials does not reach the network."""
    with OkxClient(paper.public_config) as client, pytest.raises(OkxAuthError, match="needs credentials"):
        client.get_balance()
    assert len(paper.requests) == 0


def test_clock_off_and_jumping(client: OkxClient, paper: PaperExchange, caplog: pytest.LogCaptureFixture) -> None:
    """The exchange's clock is 90 s ahead, then jumps back: every call succeeds, one line each time."""
    for skew in (90, -120):
        caplog.clear()
        paper.clock.skew(skew)
        with caplog.at_level(logging.INFO, "okx_sync"):
            for _ in range(3):
                assert buy(client).ok
        assert len([line for line in caplog.messages if "local clock is off" in line]) == 1
    assert client.clock.offset_s == pytest.approx(paper.clock.now() - client.clock.time(), abs=1)
    orders = [request for request in paper.requests if request.path == ORDER]
    assert len(orders) == 8  # six that were taken, two that were refused because of the clock


def test_many_threads_set_the_clock_once(client: OkxClient, paper: PaperExchange) -> None:
    """Eight threads with the same wrong clock: all succeed, the time is asked for once."""
    paper.clock.skew(90)
    failures: list[OkxError] = []

    def read() -> None:
        try:
            client.get_orders_pending()
        except OkxError as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [request.path for request in paper.requests].count("/api/v5/public/time") == 1


# -- limits --------------------------------------------------------------------------------------------


def test_the_exchange_refuses_none_of_our_calls() -> None:
    """With limits enforced, a burst from several threads is paced here: no 50011."""
    # The exchange's seconds are shorter: what comes late on a busy machine still comes in its time.
    clock = PaperClock(real=lambda: 3 * time.monotonic())
    with PaperExchange(limits=True, clock=clock) as paper, OkxClient(paper.public_config) as client:

        def burst() -> None:
            for _ in range(6):
                client.get_ticker("BTC-USDT")

        threads = [threading.Thread(target=burst) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = [request.status for request in paper.requests]
        assert statuses == [200] * 30


def test_a_refusal_for_speed_is_waited_out(paper: PaperExchange) -> None:
    """50011 on an order: the same order is sent again and is there once."""
    paper.faults.rate_limit(ORDER, times=1)
    with OkxClient(paper.config, clock=Impatient()) as client:
        placed = buy(client)
        assert [order.clOrdId for order in client.get_orders_pending()] == [placed.clOrdId]


def test_an_endless_refusal_for_speed(paper: PaperExchange) -> None:
    """It ends with OkxRateLimitError, and that is an OkxHttpError."""
    paper.faults.rest_status(429, "", "/api/v5/public/time", times=None)
    with OkxClient(paper.public_config, clock=Impatient()) as client, pytest.raises(OkxRateLimitError) as caught:
        client.get_system_time()
    assert isinstance(caught.value, OkxHttpError)


# -- the rest ------------------------------------------------------------------------------------------


def test_unnamed_calls(client: OkxClient) -> None:
    """request() signs, converts and reports like the named calls, and returns raw rows."""
    (balance,) = client.request("GET", "/api/v5/account/balance", {"ccy": "USDT"})
    assert balance["details"][0]["ccy"] == "USDT"
    (receipt,) = client.request(
        "POST",
        ORDER,
        {"inst_id": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": 1, "px": FAR},
    )
    assert receipt["clOrdId"]
    rows = client.request(
        "POST", "/api/v5/trade/cancel-batch-orders", [{"instId": "BTC-USDT", "ordId": receipt["ordId"]}]
    )
    assert rows[0]["sCode"] == "0"
    with pytest.raises(OkxApiError, match=r"51001|51000"):
        client.request("GET", "/api/v5/market/ticker", {"instId": "NO-SUCH"})


def test_flat_calls_take_every_option_of_an_order() -> None:
    """The options of the flat call and the parameters of the group's call are the same."""
    flat = set(inspect.signature(OkxClient.place_order).parameters) - {"options"} | set(OrderOptions.__annotations__)
    group = set(inspect.signature(OkxClient(None).trade.place_order).parameters) | {"self"}
    assert flat == group


def test_endpoints_are_listed() -> None:
    """Each row tells method, path, group, name, model and auth."""
    rows = {(endpoint.group, endpoint.name): endpoint for endpoint in OkxClient.endpoints()}
    order = rows["trade", "place_order"]
    assert (order.method, order.path, order.group, order.auth) == ("POST", ORDER, "trade", True)
    assert order.model is OrderResult
    assert not rows["market", "get_ticker"].auth
    assert len({(endpoint.method, endpoint.path) for endpoint in rows.values()}) == len(rows)


def test_clients_from_environment_and_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both doors lead to the same configuration as the constructor."""
    for name, value in {"API_KEY": "k", "SECRET_KEY": "s", "PASSPHRASE": "p", "SITE": "us", "DEMO": ""}.items():
        monkeypatch.setenv(f"OKX_{name}", value)
    with OkxClient.from_env(timeout_secs=3) as client:
        assert (client.config.site, client.config.timeout_secs) == ("us", 3)
    file = tmp_path / "config.toml"
    file.write_text("[profiles.a]\nsite='eea'\n")
    file.chmod(0o600)
    with OkxClient.from_profile("a", file) as client:
        assert client.config.site == "eea"


def test_over_tls() -> None:
    """https works with the paper exchange's own authority, and fails with a hint without it."""
    with PaperExchange(tls=True) as paper:
        with OkxClient(paper.config) as client:
            assert client.get_balance().totalEq is not None
        stranger = paper.config.replace(ca_file=None)
        with OkxClient(stranger) as client, pytest.raises(OkxHttpError, match="ca_file"):
            client.get_balance()


def test_no_secret_in_any_log_repr_or_error(paper: PaperExchange, caplog: pytest.LogCaptureFixture) -> None:
    """Faults of every kind at DEBUG, all libraries included: key, secret and passphrase are nowhere."""
    right = paper.config.credentials
    assert right is not None
    shown: list[str] = []
    with caplog.at_level(logging.DEBUG), OkxClient(paper.config) as client:
        shown.append(repr(client) + repr(client.trade) + repr(vars(client)))
        paper.faults.lose_reply(ORDER)
        paper.faults.rest_status(502, "<html>x</html>", "/api/v5/account/config", times=4)
        paper.clock.skew(100)
        for call in (lambda: buy(client), lambda: client.account.get_config(), lambda: client.get_order("A", "1")):
            with pytest.raises(OkxError) as caught:
                call()
            shown.append(everything_shown(caught.value))
    text = "\n".join([*shown, caplog.text])
    for secret in (right.secret_key, right.passphrase):
        assert str(secret) not in text


def test_close(paper: PaperExchange) -> None:
    """Idempotent; afterwards every call says that the client is closed; the server sees the socket go."""
    client = OkxClient(paper.config)
    client.get_system_time()
    client.close()
    client.close()
    with pytest.raises(OkxError, match="closed"):
        client.get_system_time()
