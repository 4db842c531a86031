"""Algo orders through the client: placed, followed, amended, listed and cancelled by REST, told by the streams."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync import OkxApiError, OkxClient
from okx_sync.exchanges.okx.models import AdvancedAlgoOrder, AlgoOrder
from okx_sync.exchanges.okx.rest import AlgoOrderId, AttachedAlgo, AttachedAlgoChange
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import Connect, Heard, until

SWAP = "BTC-USDT-SWAP"


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A market that only moves when told to."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        assert exchange.problems == []


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[OkxClient]:
    """Alice's client."""
    with OkxClient(paper.config) as made:
        yield made


def test_life_of_a_trailing_stop(paper: PaperExchange, client: OkxClient, connect: Connect) -> None:
    """Active at its price, moved up with the market, fired on the way down: REST and stream tell the same."""
    told = Heard()
    connect().ws.subscribe_algo_advance("SWAP", SWAP, callback=told)
    placed = client.algo.place_algo_order(
        SWAP, "cross", "sell", "move_order_stop", "2", callback_ratio="0.01", active_px="66000"
    )
    (waiting,) = client.algo.get_algo_orders_pending("move_order_stop")
    assert (waiting.algoId, waiting.activePx, waiting.moveTriggerPx) == (placed.algoId, Decimal(66000), None)
    paper.trade_at(SWAP, "67000")
    assert client.algo.get_algo_order(placed.algoId).moveTriggerPx == Decimal(66330)
    with pytest.raises(OkxApiError) as refused:
        client.algo.amend_algo_order(SWAP, placed.algoId, new_callback_spread="1000", new_sz="1")
    assert refused.value.code == "51506"
    paper.trade_at(SWAP, "68000")
    paper.trade_at(SWAP, "66900")
    assert client.algo.get_algo_orders_pending("move_order_stop") == []
    (done,) = client.algo.get_algo_orders_history("move_order_stop", state="effective")
    assert (done.algoId, done.actualSz, done.moveTriggerPx) == (placed.algoId, Decimal(2), Decimal(67320))
    assert client.get_order(SWAP, done.ordIdList[0]).algoId == placed.algoId
    until(lambda: "effective" in [one.state for one in told], what="the push of the end")
    triggers = [event.moveTriggerPx for event in told if isinstance(event, AdvancedAlgoOrder)]
    assert triggers == [None, *map(Decimal, (66330, 67320, 67320))]


def test_a_late_subscriber_is_told_what_waits(paper: PaperExchange, client: OkxClient, connect: Connect) -> None:
    """The advanced orders that are live come first, those asked for only; what is done does not."""
    ids = [
        client.algo.place_algo_order(SWAP, "cross", "sell", "move_order_stop", "1", callback_spread=number).algoId
        for number in (100, 200, 300)
    ]
    client.algo.cancel_algo_orders([AlgoOrderId(SWAP, ids[0])])
    everything, one = Heard(), Heard()
    watched = connect()
    watched.ws.subscribe_algo_advance("ANY", callback=everything)
    watched.ws.subscribe_algo_advance("SWAP", SWAP, algo_id=ids[2], callback=one)
    until(lambda: len(everything) == 2 and len(one) == 1, what="the live orders")
    assert [event.algoId for event in everything] == ids[1:]
    assert [event.algoId for event in one] == ids[2:]


def test_iceberg_twap_and_chase_work_on(paper: PaperExchange, client: OkxClient, connect: Connect) -> None:
    """Each places orders that carry its id; cancelling it takes them out of the book."""
    plain = Heard()
    connect().ws.subscribe_orders_algo("SWAP", SWAP, callback=plain)
    rest = {"px_var": "0.001", "sz_limit": "1", "px_limit": "90000"}
    place = client.algo.place_algo_order
    placed = [
        place(SWAP, "cross", "buy", "smart_iceberg", "3", sz_limit="1", lmt_order_number=3, aggressiveness="mid"),
        place(SWAP, "cross", "buy", "twap", "3", **rest, time_interval=30),  # type: ignore[arg-type]
        place(SWAP, "cross", "buy", "chase", "1", chase_val="5"),
    ]
    orders = {order.algoId for order in client.trade.get_orders_pending("SWAP")}
    assert orders == {placed[0].algoId, placed[2].algoId}
    assert client.algo.get_algo_order(placed[1].algoId).actualSz == Decimal(1)
    kinds = [row.ordType for row in client.algo.get_algo_orders_pending(["smart_iceberg", "twap", "chase"])]
    assert kinds == ["chase", "twap", "smart_iceberg"]
    result = client.algo.cancel_algo_orders([AlgoOrderId(SWAP, one.algoId) for one in placed])
    assert result.ok
    assert client.trade.get_orders_pending("SWAP") == []
    until(lambda: [event.state for event in plain if isinstance(event, AlgoOrder)][-1:] == ["canceled"], what="the end")


def test_a_bad_request_is_an_error_with_its_name(client: OkxClient) -> None:
    """The exchange's refusal names the parameter."""
    with pytest.raises(OkxApiError, match="callbackRatio") as caught:
        client.algo.place_algo_order(SWAP, "cross", "sell", "move_order_stop", "1")
    assert caught.value.code == "51000"


def test_an_order_brings_its_stop_along(paper: PaperExchange, client: OkxClient, connect: Connect) -> None:
    """Shown on the order while that rests, amended with it, an algo order of its own once it is filled, then fired."""
    orders, algos = Heard(), Heard()
    watched = connect().ws
    watched.subscribe_orders("SWAP", inst_id=SWAP, callback=orders)
    watched.subscribe_orders_algo("SWAP", SWAP, callback=algos)
    pair = AttachedAlgo(
        attach_algo_cl_ord_id="pair", tp_trigger_px="66000", tp_ord_px="-1", sl_trigger_px="59000", sl_ord_px="-1"
    )
    placed = client.trade.place_order(SWAP, "cross", "buy", "limit", "1", "60000", attach_algo_ords=[pair])
    (attached,) = client.get_order(SWAP, placed.ordId).attachAlgoOrds
    assert (attached.slTriggerPx, attached.tpTriggerPx) == (Decimal(59000), Decimal(66000))
    assert client.algo.get_algo_orders_pending(["oco", "conditional"]) == []
    change = AttachedAlgoChange(attach_algo_id=attached.attachAlgoId, new_sl_trigger_px="58000", new_tp_trigger_px="0")
    client.trade.amend_order(SWAP, placed.ordId, attach_algo_ords=[change])
    paper.fill(ordId=placed.ordId or "")
    (born,) = client.algo.get_algo_orders_pending(["oco", "conditional"])
    assert (born.algoClOrdId, born.ordType) == ("pair", "conditional")
    assert (born.slTriggerPx, born.tpTriggerPx) == (Decimal(58000), None)
    paper.trade_at(SWAP, "57900")
    until(lambda: "effective" in [one.state for one in algos], what="the end of the stop")
    assert [event.state for event in algos] == ["live", "effective"]
    until(lambda: ("7", "filled") in [(one.source, one.state) for one in orders], what="the order of the stop")
    assert list(orders)[-1].algoId == born.algoId
    assert client.account.get_positions() == []


def test_a_stop_on_the_wrong_side_is_an_error(client: OkxClient) -> None:
    """Placed or amended, it is refused with OKX's code, and what waits stays."""
    place = client.algo.place_algo_order
    with pytest.raises(OkxApiError, match="SL trigger price") as caught:
        place(SWAP, "cross", "sell", "conditional", "1", sl_trigger_px="90000", sl_ord_px="-1")
    assert caught.value.code == "51280"
    placed = place(SWAP, "cross", "sell", "conditional", "1", sl_trigger_px="60000", sl_ord_px="-1")
    with pytest.raises(OkxApiError) as caught:
        client.algo.amend_algo_order(SWAP, placed.algoId, new_sl_trigger_px="90000")
    assert caught.value.code == "51280"
    assert client.algo.get_algo_order(placed.algoId).slTriggerPx == Decimal(60000)
