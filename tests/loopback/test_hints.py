"""A refusal hints at what was meant: names in another exchange's spelling, and words that look like known ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from okx_sync import BitgetWsClient, BybitWsClient, ConfigError, OkxClient, OkxError, WsClient
from okx_sync.paper import PaperExchange


@attrs.frozen
class Clients:
    """One of each kind, on one paper exchange."""

    rest: OkxClient
    okx: WsClient
    bybit: BybitWsClient
    bitget: BitgetWsClient


@pytest.fixture(scope="module")
def clients() -> Iterator[Clients]:
    """They are refused everything here, so one set does for all."""
    with (
        PaperExchange(flow_per_s=0) as paper,
        OkxClient(paper.config) as rest,
        WsClient(paper.config) as okx,
        BybitWsClient(paper.bybit_config()) as bybit,
        BitgetWsClient(paper.bitget_config()) as bitget,
    ):
        yield Clients(rest, okx, bybit, bitget)


ASKED: dict[str, tuple[Callable[[Clients], Any], str]] = {
    "REST": (lambda c: c.rest.get_ticker("BTCUSDT"), "did you mean BTC-USDT?"),
    "REST order": (
        lambda c: c.rest.place_order("BTC/USDT", "cash", "buy", "limit", "1", "1"),
        "did you mean BTC-USDT?",
    ),
    "OKX stream": (lambda c: c.okx.subscribe_tickers("BTCUSDT"), "did you mean BTC-USDT?"),
    "OKX book": (lambda c: c.okx.order_book("btc-usdt"), "did you mean BTC-USDT?"),
    "OKX order": (lambda c: c.okx.orders.place("BTCUSDT", "buy", "1", "1", td_mode="cash"), "did you mean BTC-USDT"),
    "Bybit stream": (lambda c: c.bybit.subscribe_tickers("BTC-USDT"), "did you mean BTCUSDT?"),
    "Bybit order": (lambda c: c.bybit.orders.place("BTC-USDT", "buy", "1", "1"), "did you mean BTCUSDT?"),
    "Bitget stream": (lambda c: c.bitget.subscribe_ticker("BTC-USDT"), "did you mean BTCUSDT?"),
    "bar": (lambda c: c.rest.get_candles("BTC-USDT", bar="1h"), "bar: did you mean 1H?"),
    "instType": (lambda c: c.rest.get_tickers("spot"), "inst_type: did you mean SPOT?"),
    "market buy": (lambda c: c.rest.place_order("BTC-USDT", "cash", "buy", "market", "0.01"), "tgt_ccy='base_ccy'"),
}


@pytest.mark.parametrize(("ask", "hint"), ASKED.values(), ids=ASKED)
def test_what_was_meant_stands_in_the_hint(clients: Clients, ask: Callable[[Clients], Any], hint: str) -> None:
    """With the hint at the exchange's code behind it."""
    with pytest.raises(OkxError) as caught:
        ask(clients)
    assert hint in (caught.value.hint or "")


def test_a_right_name_gets_no_hint(clients: Clients) -> None:
    """Nor does a name that is like nothing."""
    for name in ("ABC-USDT-SWAP", "NO-SUCH"):
        with pytest.raises(OkxError) as caught:
            clients.rest.get_ticker(name)
        assert "did you mean" not in (caught.value.hint or "")


@pytest.mark.parametrize("wrong", ["1234", ValueError("x"), None])
def test_looking_up_what_is_no_lost_order(clients: Clients, wrong: Any) -> None:
    """The hint names the call for an order that is known."""
    for look in (clients.rest.reconcile, clients.rest.reconcile_all, clients.okx.reconcile):
        with pytest.raises(ConfigError, match="get_order"):
            look(wrong)
