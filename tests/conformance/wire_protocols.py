"""The wires that the promises are held to: for each, what the tests must say to it, and what does not apply to it.

The tests themselves know no exchange. A wire is described here as data: which client, which streams, how rows of ours
look on them, how it calls an order and a contract of the paper exchange. ``exempt`` lists the promises that cannot
apply, by the name of the test, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from okx_sync import WsClient
from okx_sync.clients.bitget_ws import BitgetWsClient
from okx_sync.clients.bybit_ws import BybitWsClient
from okx_sync.live.live_client import LiveClient
from okx_sync.paper import PaperExchange
from okx_sync.paper.bybit.identifiers import order_id as bybit_order_id
from okx_sync.paper.bybit.identifiers import trade_id as bybit_trade_id
from okx_sync.paper.venue.instruments import VenueInstrument

SWAP = "BTC-USDT-SWAP"
"""The contract of the paper exchange that all tests trade."""

LONG_AGO = 1_700_000_000_000
"""A time long ago, epoch ms: rows of ours are numbered by adding to it."""


def _no_row(number: int) -> Any:
    raise NotImplementedError(f"no test makes row {number} of this stream")


def _no_number(event: Any) -> int:
    raise NotImplementedError(f"no test numbers {event} of this stream")


@attrs.frozen(kw_only=True)
class Stream:
    """One stream: ``row(number)`` makes a row of ours for it, ``number(event)`` finds the number again."""

    channel: str
    args: Mapping[str, str] = attrs.field(factory=dict)
    row: Callable[[int], Any] = _no_row
    number: Callable[[Any], int] = _no_number

    def named(self, **args: str) -> Stream:
        """The same with other arguments."""
        return attrs.evolve(self, args={**self.args, **args})


@attrs.frozen(kw_only=True)
class Wire:
    """One exchange in one of its protocols.

    ``trades``: public trades; ``market``: more public streams; ``orders``: the account's; ``more_private``: private
    streams besides; ``partial``: a public stream whose updates carry only what changed; ``book``: the instrument that
    ``order_book`` takes; ``symbol``: what it calls the contract in private data; ``coins``: it counts coins, not
    contracts; ``order_id``, ``trade_id``: what it calls an order and a trade of the venue; ``placed``: the server's
    name of placing an order, and options of ``ws.orders.place``; ``risk``: the monitor that knows the margin ratio;
    ``has_fills``: there is a stream of fills besides that of orders; ``fatal_code``: a login that is refused with it
    is not tried again;
    ``lists_open_orders``: the stream of orders begins with those that are open; ``never_whole``: live objects of which
    nobody tells a complete picture, so that they are never synced; ``many``: how many orders are many, fewer where each
    is sent by itself and they are paced; ``batches_amend``: the exchange takes batches of changes;
    ``amend_renews``: a change makes a new order; ``by_rest``: verbs that its stream does not have, with REST's path;
    ``algos``: where a trigger is placed, and REST's path of the list of algo orders; ``names_exits``: these name what
    they sent.
    """

    name: str
    client: Callable[..., LiveClient]
    config: Callable[[PaperExchange], Any]
    trades: Stream | None
    market: tuple[Stream, ...] = ()
    orders: Stream
    more_private: tuple[Stream, ...] = ()
    partial: Stream | None = None
    book: str | None
    symbol: str
    coins: bool = True
    order_id: Callable[[str], str] = str
    trade_id: Callable[[VenueInstrument, str], str] = lambda _instrument, number: number
    placed: tuple[str, Mapping[str, Any]] | None = None
    risk: str | None = "positions"
    has_fills: bool = True
    fatal_code: str
    lists_open_orders: bool = False
    many: int = 23
    batches_amend: bool = True
    amend_renews: bool = False
    by_rest: Mapping[str, str] = attrs.field(factory=dict)
    algos: tuple[str, str] = ("", "")
    names_exits: bool = True
    never_whole: frozenset[str] = frozenset()
    exempt: Mapping[str, str]

    def __str__(self) -> str:
        return self.name

    def begin(self, monitor: Any) -> None:
        """Wait until a live object of a client is complete; where nobody tells, it must not say that it is."""
        name = {"OrderManager": "orders", "PositionMonitor": "positions"}.get(type(monitor).__name__, "account")
        if name in self.never_whole:
            assert not monitor.synced
            assert monitor.unsynced_reason
        else:
            assert monitor.wait_synced(5)

    def size(self, instrument: VenueInstrument, lots: int) -> Decimal:
        """A size of the venue as this wire counts it."""
        return instrument.coins(lots) if self.coins else instrument.sz(lots)


# -- OKX -------------------------------------------------------------------------------------------------------------


def _okx_trade(number: int) -> dict[str, str]:
    words = {"instId": SWAP, "tradeId": str(number), "px": "65000", "sz": "1", "side": "buy", "count": "1"}
    return words | {"ts": str(LONG_AGO + number)}


def _okx_order(number: int) -> dict[str, str]:
    words = {"instId": SWAP, "instType": "SWAP", "ordId": str(number), "state": "live", "side": "buy"}
    return words | {"ordType": "limit", "px": "1", "sz": "1", "uTime": str(LONG_AGO + number)}


OKX = Wire(
    name="OKX",
    fatal_code="60005",
    client=WsClient,
    config=lambda paper: paper.config,
    trades=Stream(channel="trades", args={"instId": SWAP}, row=_okx_trade, number=lambda event: int(event.tradeId)),
    market=tuple(
        Stream(channel=name, args={"instId": inst_id})
        for name in ("tickers", "mark-price", "price-limit", "books5", "bbo-tbt", "funding-rate", "open-interest")
        for inst_id in (SWAP, "ETH-USDT-SWAP")
    ),
    orders=Stream(channel="orders", args={"instType": "ANY"}, row=_okx_order, number=lambda event: int(event.ordId)),
    more_private=(Stream(channel="account"), Stream(channel="positions", args={"instType": "ANY"})),
    book=SWAP,
    symbol=SWAP,
    coins=False,
    placed=("order", {"td_mode": "cross"}),
    algos=("/api/v5/trade/order-algo", "/api/v5/trade/orders-algo-pending"),
    exempt={
        "test_partial_rows_are_made_whole": "every row is whole on the wire",
        "test_changes_are_whole_when_the_old_socket_dies_in_a_handover": "every row is whole on the wire",
        "test_changes_before_their_whole_row": "every row is whole on the wire",
        "test_an_outage_is_told_where_nobody_can_be_asked": "there is REST to ask",
    },
)

# -- Bitget ----------------------------------------------------------------------------------------------------------

_NO_REST = "the exchange has switched off the REST API that belongs to it"
_ASKED = {"test_an_outage_is_told_where_nobody_can_be_asked": "REST is asked which orders are open"}
_NO_ORDERS = "orders are followed on these streams, not sent"
_WHOLE = "every row is whole on the wire"
_ORDERS_SENT = dict.fromkeys(
    (
        "test_a_wrong_word_is_refused_before_anything_is_sent",
        "test_what_only_this_exchange_says_is_checked_as_well",
        "test_a_side_is_never_turned_round",
        "test_neutral_and_own_words_say_the_same",
        "test_batches_take_rows_by_any_words",
        "test_what_is_no_batch_is_refused",
        "test_cancel_all_ends_what_the_exchange_lists",
        "test_an_order_whose_answer_is_lost",
        "test_an_answer_that_does_not_tell",
        "test_a_batch_that_is_short_by_a_row",
        "test_an_order_that_never_arrives",
        "test_an_answer_that_drips",
        "test_a_batch_with_half_of_its_rows",
        "test_a_bracket_through_outages",
        "test_an_algo_order_whose_answer_is_lost",
        "test_a_start_with_open_algo_orders",
        "test_an_audit_of_algo_orders",
    ),
    _NO_ORDERS,
)
_BITGET_FOLLOWED = {
    "test_partial_rows_are_made_whole": _WHOLE,
    "test_changes_are_whole_when_the_old_socket_dies_in_a_handover": _WHOLE,
    "test_changes_before_their_whole_row": _WHOLE,
}
_BITGET_EXEMPT = {
    **_BITGET_FOLLOWED,
    "test_what_an_outage_swallowed_is_recovered": _NO_REST,
    "test_orders_that_began_and_ended_in_an_outage": _NO_REST,
    **_ORDERS_SENT,
}
_BARS = ("1m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D", "3D", "1W", "1M")


def _v2_trade(number: int) -> dict[str, str]:
    words = {"tradeId": str(number), "price": "65000", "size": "1", "side": "buy"}
    return {"ts": str(LONG_AGO + number), **words}


def _v2_order(number: int) -> dict[str, str]:
    words = {"instId": "BTCUSDT", "orderId": str(number), "status": "live", "side": "buy", "orderType": "limit"}
    return words | {"price": "1", "size": "1", "accBaseVolume": "0", "uTime": str(LONG_AGO + number)}


def _v1_order(number: int) -> dict[str, Any]:
    words = {"instId": "BTCUSDT_UMCBL", "ordId": str(number), "status": "new", "side": "buy", "ordType": "limit"}
    return words | {"px": "1", "sz": "1", "accFillSz": "0", "uTime": LONG_AGO + number}


def _gateway_order(number: int) -> dict[str, Any]:
    words = {"symbol": "BTCUSDT", "orderId": str(number), "status": "new", "side": "buy", "orderType": "limit"}
    return words | {"price": "1", "size": "1", "filledSize": "0", "avgPrice": "0", "timestamp": LONG_AGO + number}


BITGET_V2 = Wire(
    name="Bitget V2",
    fatal_code="30011",
    client=BitgetWsClient,
    config=lambda paper: paper.bitget_config("v2"),
    trades=Stream(channel="trade", args={"instId": "BTCUSDT"}, row=_v2_trade, number=lambda event: int(event.tradeId)),
    market=tuple(
        Stream(channel=f"candle{bar}", args={"instId": symbol}) for symbol in ("BTCUSDT", "ETHUSDT") for bar in _BARS
    ),
    orders=Stream(channel="orders", row=_v2_order, number=lambda event: int(event.orderId)),
    more_private=(Stream(channel="account"), Stream(channel="positions")),
    book="BTCUSDT",
    symbol="BTCUSDT",
    placed=("place-order", {}),
    many=4,
    algos=("/api/v2/mix/order/place-plan-order", "/api/v2/mix/order/orders-plan-pending"),
    batches_amend=False,
    amend_renews=True,
    by_rest={"amend": "/api/v2/mix/order/modify-order", "batch": "/api/v2/mix/order/batch-place-order"},
    exempt=_BITGET_FOLLOWED | _ASKED,
)


def _v3_trade(number: int) -> dict[str, str]:
    words = {"p": "65000", "v": "1", "S": "buy", "i": str(number), "L": str(number), "isRPI": "no"}
    return {"T": str(LONG_AGO + number), **words}


def _v3_order(number: int) -> dict[str, Any]:
    words = {"category": "usdt-futures", "symbol": "BTCUSDT", "orderId": str(number), "orderStatus": "live"}
    more = {"side": "buy", "orderType": "limit", "price": "1", "qty": "1", "cumExecQty": "0"}
    return words | more | {"updatedTime": str(LONG_AGO + number)}


def _unified(paper: PaperExchange) -> Any:
    paper.unify()
    return paper.bitget_config("v3")


BITGET_V3 = Wire(
    name="Bitget V3",
    fatal_code="30011",
    client=BitgetWsClient,
    config=_unified,
    trades=Stream(channel="publicTrade", args={"symbol": "BTCUSDT"}, row=_v3_trade, number=lambda event: int(event.i)),
    market=tuple(
        Stream(channel="kline", args={"symbol": symbol, "interval": interval})
        for symbol in ("BTCUSDT", "ETHUSDT")
        for interval in ("1m", "3m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D")
    ),
    orders=Stream(channel="order", row=_v3_order, number=lambda event: int(event.orderId)),
    more_private=(Stream(channel="account"), Stream(channel="position")),
    book="BTCUSDT",
    symbol="BTCUSDT",
    placed=("place-order", {}),
    algos=("/api/v3/trade/place-strategy-order", "/api/v3/trade/unfilled-strategy-orders"),
    names_exits=False,
    many=4,
    exempt=_BITGET_FOLLOWED | _ASKED,
)

BITGET_V1 = Wire(
    name="Bitget V1",
    never_whole=frozenset({"orders"}),
    has_fills=False,
    fatal_code="30011",
    client=BitgetWsClient,
    config=lambda paper: paper.bitget_config("v1"),
    trades=Stream(
        channel="trade",
        args={"instId": "BTCUSDT"},
        row=lambda number: [str(LONG_AGO + number), str(number), "1", "buy"],
        number=lambda event: int(event.px),
    ),
    market=tuple(
        Stream(channel=f"candle{bar}", args={"instId": symbol}) for symbol in ("BTCUSDT", "ETHUSDT") for bar in _BARS
    ),
    orders=Stream(channel="orders", row=_v1_order, number=lambda event: int(event.ordId)),
    more_private=(Stream(channel="account"), Stream(channel="positions")),
    book="BTCUSDT",
    symbol="BTCUSDT_UMCBL",
    exempt=_BITGET_EXEMPT,
)

_NO_PUBLIC = "it has private streams only"
BITGET_SEED = Wire(
    name="Bitget seed",
    never_whole=frozenset({"orders", "positions", "account"}),
    fatal_code="60001",
    client=BitgetWsClient,
    config=lambda paper: paper.bitget_config("seed"),
    trades=None,
    orders=Stream(channel="orders", row=_gateway_order, number=lambda event: int(event.orderId)),
    more_private=tuple(Stream(channel=name) for name in ("account", "positions", "execution", "liquidation")),
    book=None,
    symbol="BTCUSDT",
    exempt={
        **_BITGET_EXEMPT,
        "test_a_gap_in_a_book": _NO_PUBLIC,
        "test_books_agree_with_the_venue": _NO_PUBLIC,
        "test_a_slow_reader_of_market_data": _NO_PUBLIC,
        "test_a_book_that_cannot_be_is_invalid": _NO_PUBLIC,
        "test_a_book_that_stays_crossed_is_not_asked_for_in_a_loop": _NO_PUBLIC,
        "test_a_book_by_its_depth": _NO_PUBLIC,
        "test_a_push_of_a_book_that_is_no_object": _NO_PUBLIC,
        "test_one_unreadable_field_of_a_book": _NO_PUBLIC,
        "test_options_that_no_book_has": _NO_PUBLIC,
        "test_a_product_that_is_none": _NO_PUBLIC,
    },
)

# -- Bybit -----------------------------------------------------------------------------------------------------------


def _v5_trade(number: int) -> dict[str, Any]:
    words = {"s": "BTCUSDT", "S": "Buy", "v": "1", "p": "65000", "L": "PlusTick", "i": str(number), "BT": False}
    return {"T": LONG_AGO + number, **words}


def _v5_order(number: int) -> dict[str, str]:
    words = {"category": "linear", "symbol": "BTCUSDT", "orderId": str(number), "orderStatus": "New", "side": "Buy"}
    more = {"orderType": "Limit", "price": "1", "qty": "1", "cumExecQty": "0"}
    return words | more | {"updatedTime": str(LONG_AGO + number)}


def _perp_trade(number: int) -> dict[str, Any]:
    words = {"symbol": "BTCPERP", "tickDirection": "PlusTick", "price": "65000", "size": 1, "side": "Buy"}
    return words | {"tradeTimeMs": str(LONG_AGO + number), "tradeId": str(number)}


def _perp_order(number: int) -> dict[str, Any]:
    words = {"symbol": "BTCPERP", "orderId": str(number), "orderStatus": "New", "side": "Buy", "orderType": "Limit"}
    return words | {"price": "1", "qty": "1", "cumExecQty": "0", "updatedAt": LONG_AGO + number}


_INTERVALS = ("1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M")

BYBIT_V5 = Wire(
    name="Bybit V5",
    fatal_code="10003",
    client=BybitWsClient,
    config=lambda paper: paper.bybit_config("v5"),
    trades=Stream(channel="publicTrade", args={"symbol": "BTCUSDT"}, row=_v5_trade, number=lambda event: int(event.i)),
    market=tuple(
        Stream(channel=f"kline.{interval}", args={"symbol": symbol})
        for symbol in ("BTCUSDT", "ETHUSDT")
        for interval in _INTERVALS
    ),
    partial=Stream(
        channel="tickers",
        args={"symbol": "BTCUSDT"},
        row=lambda px: {"symbol": "BTCUSDT", "lastPrice": str(px)},
    ),
    orders=Stream(channel="order", row=_v5_order, number=lambda event: int(event.orderId)),
    more_private=tuple(Stream(channel=name) for name in ("execution", "position", "wallet")),
    book="BTCUSDT",
    symbol="BTCUSDT",
    order_id=lambda number: bybit_order_id(int(number)),
    trade_id=bybit_trade_id,
    risk="account",
    placed=("order.create", {}),
    algos=("order.create", "/v5/order/realtime"),
    exempt={
        **_ASKED,
        "test_an_announced_restart": "only the socket for order entry announces one",
    },
)

BYBIT_SEED = Wire(
    name="Bybit seed",
    fatal_code="10003",
    client=BybitWsClient,
    config=lambda paper: paper.bybit_config("seed"),
    trades=Stream(
        channel="trade", args={"symbol": "BTCPERP"}, row=_perp_trade, number=lambda event: int(event.tradeId)
    ),
    market=tuple(
        Stream(channel=f"candle.{interval}", args={"symbol": symbol})
        for symbol in ("BTCPERP", "ETHPERP")
        for interval in _INTERVALS
    ),
    partial=Stream(
        channel="instrument_info.100ms",
        args={"symbol": "BTCPERP"},
        row=lambda px: {"update": [{"symbol": "BTCPERP", "lastPrice": str(px)}]},
    ),
    orders=Stream(channel="user.openapi.perp.order", row=_perp_order, number=lambda event: int(event.orderId)),
    more_private=(Stream(channel="user.openapi.perp.trade"), Stream(channel="user.openapi.perp.position")),
    book="BTCPERP",
    symbol="BTCPERP",
    order_id=lambda number: bybit_order_id(int(number)),
    trade_id=bybit_trade_id,
    risk=None,
    lists_open_orders=True,
    exempt={
        "test_what_an_outage_swallowed_is_recovered": _NO_REST,
        "test_orders_that_began_and_ended_in_an_outage": _NO_REST,
        "test_an_announced_restart": "the protocol has no word for it",
        **_ORDERS_SENT,
        "test_a_gap_in_a_book": "its books carry no number that would show a hole",
        "test_balances_agree_with_the_venue": "it has no stream of balances",
        "test_a_currency_that_was_never_told_breaches_nothing": "it has no stream of balances",
    },
)

WIRES = (OKX, BITGET_V2, BITGET_V3, BITGET_SEED, BITGET_V1, BYBIT_V5, BYBIT_SEED)
