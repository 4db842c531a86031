"""What `client.mix` makes of the paper exchange's answers where money is at stake: hedge mode, trading rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest

from okx_sync import BitgetClient
from okx_sync.exchanges.bitget.mix.instruments import MixInstruments
from okx_sync.paper import PaperExchange
from okx_sync.state.instruments import Instruments

USDT: Final = "USDT-FUTURES"
PERP: Final[dict[str, Any]] = {"symbol": "BTCUSDT", "product_type": USDT}
MARGIN: Final[dict[str, Any]] = {**PERP, "margin_coin": "USDT"}
ORDER: Final[dict[str, Any]] = {**MARGIN, "margin_mode": "crossed", "size": "0.01"}
LIMIT: Final[dict[str, Any]] = {**ORDER, "order_type": "limit", "price": "60000"}
MARKET: Final[dict[str, Any]] = {**ORDER, "order_type": "market"}


@pytest.fixture
def client(paper: PaperExchange) -> Iterator[BitgetClient]:
    """Alice, in a market that stands still."""
    paper.quiet()
    with BitgetClient(paper.bitget_config()) as client:
        yield client


def test_hedge_mode(client: BitgetClient) -> None:
    """Bitget names the side of the position: what closes a long one is a buy to it, and a sale to whoever counts."""
    mix = client.mix
    mix.set_position_mode(USDT, "hedge_mode")
    mix.place_order(**MARKET, side="buy", trade_side="open")
    mix.place_order(**MARKET, side="sell", trade_side="open")
    held = {row.to_update().side: row.to_update().size for row in mix.get_positions(USDT)}
    assert held == {"long": Decimal("0.01"), "short": Decimal("-0.01")}
    closing = mix.place_order(**MARKET, side="buy", trade_side="close", client_oid="close-long")
    order = mix.get_order(**PERP, client_oid="close-long")
    assert (order.side, order.to_update().side, order.to_update().status) == ("buy", "sell", "filled")
    fills = mix.get_fills(USDT, order_id=closing.orderId)
    assert {row.side for row in fills} == {"buy"}
    assert {told.side for row in fills if (told := row.to_update()) is not None} == {"sell"}
    assert [row.to_update().side for row in mix.get_positions(USDT)] == ["short"]


def test_the_rules_of_its_contracts(client: BitgetClient) -> None:
    """All product types are loaded, and an order made to fit is taken."""
    rules = Instruments(MixInstruments(client))
    spec = rules["BTCUSDT"]
    size, price = spec.round_size("0.01234567"), spec.round_price("60000.123", "buy")
    spec.check("buy", "limit", size, price)
    order = {**LIMIT, "size": size, "price": price}
    assert client.mix.place_order(**order, side="buy").ok
    assert {one.settle for one in rules.all("swap")} == {"USDT"}


def test_contracts_and_pairs_have_the_same_names(client: BitgetClient) -> None:
    """The client has the rules of both, each by a name of its own, for an account of either kind."""
    assert (client.instruments["BTCUSDT"].kind, client.spot_instruments["BTCUSDT"].kind) == ("swap", "spot")
    assert client.instruments["BTCUSDT"].min_notional == 5
    assert client.instruments is client.instruments
