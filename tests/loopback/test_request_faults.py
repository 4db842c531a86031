"""What clients say when a request is lost, led elsewhere, or answered strangely: REST and streams of each exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import BitgetClient, BybitClient, OkxClient
from okx_sync.errors import OkxError, OkxHttpError, OkxTimeoutError, OrderStatusUnknown
from okx_sync.exchanges.okx.rest import NewOrder
from okx_sync.paper import PaperExchange
from tests.loopback.test_bitget_lost_orders import MIX, UTA
from tests.rest.peers import answering, http, peer


@attrs.frozen
class Way:
    """Orders by REST of one API: its client, where one order and where several go, and how they are placed."""

    name: str
    client: Callable[[PaperExchange], Any]
    path: str
    batch_path: str
    place: Callable[[Any], Any]
    place_batch: Callable[[Any, list[str]], Any]
    reading: str
    read: Callable[[Any], Any]

    def __str__(self) -> str:
        return self.name


def _short(config: Any) -> Any:
    return attrs.evolve(config, timeout_secs=1.0)


def _without(args: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in args.items() if name not in names}


FAR = Decimal(60000)
LINEAR = {"symbol": "BTCUSDT", "side": "Buy", "order_type": "Limit", "qty": "0.01", "price": "60000"}
_MARKET = ("product_type", "symbol", "margin_mode", "margin_coin")
WAYS = (
    Way(
        "okx",
        lambda paper: OkxClient(_short(paper.config)),
        "/api/v5/trade/order",
        "/api/v5/trade/batch-orders",
        lambda client: client.place_order("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR),
        lambda client, ids: client.trade.place_batch_orders(
            [NewOrder("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR, each) for each in ids]
        ),
        "/api/v5/account/balance",
        lambda client: client.get_balance(),
    ),
    Way(
        "v2",
        lambda paper: BitgetClient(_short(paper.bitget_config())),
        "/api/v2/mix/order/place-order",
        "/api/v2/mix/order/batch-place-order",
        lambda client: client.mix.place_order(**MIX),
        lambda client, ids: client.mix.place_batch_orders(
            order_list=[_without(MIX, *_MARKET) | {"client_oid": each} for each in ids],
            **{name: MIX[name] for name in _MARKET},
        ),
        "/api/v2/mix/account/accounts",
        lambda client: client.mix.get_accounts("USDT-FUTURES"),
    ),
    Way(
        "v3",
        lambda paper: BitgetClient(_short(paper.bitget_config("v3", account="carol"))),
        "/api/v3/trade/place-order",
        "/api/v3/trade/place-batch",
        lambda client: client.uta.place_order(**UTA),
        lambda client, ids: client.uta.place_batch_orders([UTA | {"client_oid": each} for each in ids]),
        "/api/v3/account/assets",
        lambda client: client.uta.get_account_assets(),
    ),
    Way(
        "bybit",
        lambda paper: BybitClient(_short(paper.bybit_config())),
        "/v5/order/create",
        "/v5/order/create-batch",
        lambda client: client.order.place_order("linear", **LINEAR),
        lambda client, ids: client.order.place_batch_orders(
            "linear", [LINEAR | {"order_link_id": each} for each in ids]
        ),
        "/v5/account/wallet-balance",
        lambda client: client.get_balance(),
    ),
)


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A market that stands still."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        assert exchange.problems == []


@pytest.fixture(params=WAYS, ids=str)
def way(request: pytest.FixtureRequest) -> Way:
    """Each API that takes orders by REST."""
    found: Way = request.param
    return found


def standing(paper: PaperExchange) -> int:
    """How many orders stand at the exchange."""
    return paper.run(lambda: sum(len(account.orders) for account in paper.venue.accounts))


def unknown(call: Callable[[], object]) -> OrderStatusUnknown:
    """The error of an order of which nobody says whether it stands."""
    with pytest.raises(OrderStatusUnknown) as caught:
        call()
    assert not caught.value.retryable
    return caught.value


def test_an_order_that_never_arrives(paper: PaperExchange, way: Way) -> None:
    """The client cannot know: it is unknown, is not sent again, and is found to be missing."""
    with way.client(paper) as client:
        way.read(client)
        paper.faults.lose_request(way.path)
        error = unknown(lambda: way.place(client))
        assert (standing(paper), [one for one in paper.requests if one.path == way.path]) == (0, [])
        assert client.lookup(error, timeout=0.2).status == "missing"
        assert way.place(client)
        assert standing(paper) == 1


def test_a_reading_that_never_arrives(paper: PaperExchange, way: Way) -> None:
    """It is asked again, and the caller notices nothing."""
    with way.client(paper) as client:
        way.read(client)
        paper.faults.lose_request(way.reading)
        assert way.read(client)


def test_a_redirect_is_not_followed(paper: PaperExchange, way: Way) -> None:
    """Neither an order nor a signed reading goes to whoever a redirect names; the error names him."""
    with peer(answering(http())) as other, way.client(paper) as client:
        way.read(client)
        target = f"http://127.0.0.1:{other.port}/elsewhere"
        paper.faults.redirect(target, path=way.path)
        with pytest.raises(OkxError, match=target):
            way.place(client)
        paper.faults.redirect(target, 302, path=way.reading)
        with pytest.raises(OkxHttpError, match=target) as caught:
            way.read(client)
        assert caught.value.status == 302
        assert (other.connections, standing(paper)) == (0, 0)


def test_an_answer_that_drips(paper: PaperExchange, way: Way) -> None:
    """The whole answer has the time of the call, not each byte: the order is unknown, a reading is late."""
    with way.client(paper) as client:
        way.read(client)
        paper.faults.drip(0.3, path=way.path)
        error = unknown(lambda: way.place(client))
        assert standing(paper) == 1
        assert client.lookup(error).status == "found"
        paper.faults.drip(0.3, path=way.reading, times=None)
        with pytest.raises(OkxTimeoutError):
            way.read(client)


def test_half_of_a_batch(paper: PaperExchange, way: Way) -> None:
    """Orders without a row are unknown, each by its id; the others are known."""
    with way.client(paper) as client:
        way.read(client)
        paper.faults.half_batch(way.batch_path)
        result = way.place_batch(client, ["h0", "h1", "h2", "h3"])
        assert standing(paper) == 4
        assert not result.ok
        assert (len(result.accepted), len(result.refused), len(result.unknown)) == (2, 0, 2)
        assert result.lost is not None
        assert [one.status for one in client.lookup_all(result.lost)] == ["found", "found"]


@pytest.mark.parametrize("body", [True, False], ids=["no rows", "no body"])
def test_an_empty_answer_to_an_order(paper: PaperExchange, way: Way, body: bool) -> None:
    """A code of success is no order: it is unknown, and found."""
    with way.client(paper) as client:
        way.read(client)
        paper.faults.empty_reply(way.path, body=body)
        error = unknown(lambda: way.place(client))
        assert standing(paper) == 1
        assert client.lookup(error).status == "found"


def test_an_answer_without_a_body_to_a_reading(paper: PaperExchange, way: Way) -> None:
    """It tells nothing, and is no empty list."""
    with way.client(paper) as client:
        way.read(client)
        paper.faults.empty_reply(way.reading, times=None, body=False)
        with pytest.raises(OkxError):
            way.read(client)
