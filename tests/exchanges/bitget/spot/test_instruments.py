"""Spot pairs as neutral trading rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import responses

from okx_sync import ConfigError, InstrumentSpec
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.models import SpotSymbol
from okx_sync.exchanges.bitget.spot.instruments import SpotInstruments
from okx_sync.rows import decoder
from okx_sync.state.instruments import Instruments
from tests.exchanges.bitget.rest_server import HOST, client, ok

ROW = {
    "symbol": "BTCUSDT",
    "baseCoin": "BTC",
    "quoteCoin": "USDT",
    "minTradeAmount": "0",
    "maxTradeAmount": "900000000000000000000",
    "pricePrecision": "2",
    "quantityPrecision": "6",
    "quotePrecision": "8",
    "status": "online",
    "minTradeUSDT": "1",
    "openTime": "1532454360000",
    "offTime": "",
}


def spec(**fields: Any) -> InstrumentSpec:
    return decoder(SpotSymbol)([{**ROW, **fields}], {})[0].to_spec()


def test_places_are_steps() -> None:
    """Two places are steps of 0.01; the smallest order is one step, as Bitget names no other size."""
    one = spec()
    assert (one.inst_id, one.kind, one.base, one.quote, one.state) == ("BTCUSDT", "spot", "BTC", "USDT", "online")
    assert (one.tick, one.lot, one.min_size) == (Decimal("0.01"), Decimal("0.000001"), Decimal("0.000001"))
    assert (one.max_limit_size, one.listed_at, one.expires_at) == (None, 1_532_454_360_000, None)
    assert (one.min_notional, spec(quoteCoin="BTC").min_notional) == (Decimal(1), None)
    assert one.round_price("65000.129", "buy") == Decimal("65000.12")
    assert one.round_size("0.0000019") == Decimal("0.000001")
    with pytest.raises(ConfigError):
        one.round_size("0.0000001")


def test_whole_numbers() -> None:
    """No places are steps of one; a smallest size that is told counts."""
    assert (spec(pricePrecision="0", quantityPrecision="0", minTradeAmount="5").min_size) == 5
    assert spec(pricePrecision="0").tick == 1


@pytest.mark.parametrize("fields", [{"symbol": ""}, {"pricePrecision": ""}, {"quantityPrecision": "-3"}])
def test_rules_that_are_missing(fields: dict[str, str]) -> None:
    """Nobody makes them up."""
    with pytest.raises(DecodeError):
        spec(**fields)


def test_pairs_are_loaded_once(server: responses.RequestsMock) -> None:
    """All of them with one request, when the first is wanted; there is no other kind."""
    server.get(f"{HOST}/api/v2/spot/public/symbols", json=ok([ROW, {**ROW, "symbol": "ETHUSDT"}]))
    with client() as bitget:
        rules = Instruments(SpotInstruments(bitget))
        assert (rules["BTCUSDT"].lot, rules["ETHUSDT"].base) == (Decimal("0.000001"), "BTC")
        assert [one.inst_id for one in rules.all("SPOT")] == ["BTCUSDT", "ETHUSDT"]
        with pytest.raises(ConfigError, match="spot"):
            rules.all("SWAP")
    assert len(server.calls) == 1
