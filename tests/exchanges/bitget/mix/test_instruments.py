"""Trading rules of Bitget's futures: steps, sizes, what a contract is worth, and where the rules come from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
import pytest
import responses

from okx_sync import BitgetClient
from okx_sync.errors import ConfigError, DecodeError
from okx_sync.exchanges.bitget.mix.instruments import MixInstruments
from okx_sync.exchanges.bitget.models import MixContract
from okx_sync.state.instruments import Instruments
from tests.rest.toy_dialect import TurnedClock

CONTRACT: Final[dict[str, Any]] = {
    "symbol": "BTCUSDT", "baseCoin": "BTC", "quoteCoin": "USDT", "supportMarginCoins": ["USDT"],
    "minTradeNum": "0.0001", "priceEndStep": "5", "volumePlace": "4", "pricePlace": "1", "sizeMultiplier": "0.0001",
    "symbolType": "perpetual", "minTradeUSDT": "5", "symbolStatus": "normal", "offTime": "-1", "deliveryTime": "",
    "launchTime": "1700000000000", "maxMarketOrderQty": "220", "maxOrderQty": "1200",
}  # fmt: skip
LISTED: Final[dict[str, list[dict[str, Any]]]] = {
    "USDT-FUTURES": [CONTRACT],
    "COIN-FUTURES": [
        {**CONTRACT, "symbol": "BTCUSD", "quoteCoin": "USD", "supportMarginCoins": ["BTC", "ETH"]},
        {**CONTRACT, "symbol": "BTCUSDZ26", "symbolType": "delivery", "deliveryTime": "1790000000000"},
        {**CONTRACT, "symbol": "BROKEN", "sizeMultiplier": ""},
    ],
    "USDC-FUTURES": [{**CONTRACT, "symbol": "BTCPERP", "quoteCoin": "USDC", "supportMarginCoins": ["USDC"]}],
}


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The product types that were asked for, of a server that lists some contracts of each."""
    found: list[str] = []

    def respond(request: Any) -> tuple[int, dict[str, str], bytes]:
        found.append(dict(parse_qsl((request.url or "").partition("?")[2]))["productType"])
        return 200, {}, orjson.dumps({"code": "00000", "msg": "success", "requestTime": 1, "data": LISTED[found[-1]]})

    with responses.RequestsMock() as server:
        server.add_callback(responses.GET, "https://api.bitget.com/api/v2/mix/market/contracts", callback=respond)
        yield found


def contract(product: str = "USDT-FUTURES", **changes: Any) -> MixContract:
    return MixContract.from_wire({**CONTRACT, **changes}, {"productType": product})


def test_the_rules_of_a_contract() -> None:
    """The price's step is in units of its last digit; sizes are coins, of which a contract is one."""
    spec = contract().to_spec()
    assert (spec.inst_id, spec.kind, spec.tick, spec.lot) == ("BTCUSDT", "swap", Decimal("0.5"), Decimal("0.0001"))
    assert (spec.min_size, spec.min_notional) == (Decimal("0.0001"), Decimal(5))
    assert (spec.max_limit_size, spec.max_market_size) == (Decimal(1200), Decimal(220))
    assert (spec.contract_value, spec.contract_currency, spec.is_inverse) == (Decimal(1), "BTC", False)
    assert (spec.base, spec.quote, spec.settle, spec.family) == ("BTC", "USDT", "USDT", "USDT-FUTURES")
    assert (spec.listed_at, spec.expires_at) == (1_700_000_000_000, None)
    assert spec.round_price("60000.7", "buy") == Decimal("60000.5")
    assert spec.round_size("0.12345") == Decimal("0.1234")


def test_coin_margined_contracts() -> None:
    """Their sizes are coins as well, and they are settled in their own coin, whichever others may back them."""
    spec = contract("COIN-FUTURES", quoteCoin="USD", supportMarginCoins=["BTC", "ETH"]).to_spec()
    assert (spec.settle, spec.is_inverse, spec.notional("0.5", 60_000)) == ("BTC", False, Decimal(30_000))
    assert spec.min_notional is None  # Bitget tells it in USDT, which is not what they are quoted in


@pytest.mark.parametrize(("place", "step", "tick"), [("1", "1", "0.1"), ("5", "5", "0.00005"), ("0", "10", "10")])
def test_ticks(place: str, step: str, tick: str) -> None:
    """Exact, however many digits."""
    assert contract(pricePlace=place, priceEndStep=step).to_spec().tick == Decimal(tick)


@pytest.mark.parametrize("missing", ["symbol", "pricePlace", "priceEndStep", "sizeMultiplier", "minTradeNum"])
def test_a_contract_without_a_rule(missing: str) -> None:
    """It is none that an order could be checked by."""
    with pytest.raises(DecodeError):
        contract(**{missing: ""}).to_spec()


@pytest.mark.parametrize("places", ["-1", "41", "9" * 30])
def test_places_that_are_none(places: str) -> None:
    """A number of places that cannot be one costs the rules of this contract, with an error of ours."""
    with pytest.raises(DecodeError):
        contract(pricePlace=places).to_spec()


def test_an_order_below_the_least_value() -> None:
    """It is refused here, unless it closes a position or nobody knows its price."""
    spec = contract().to_spec()
    with pytest.raises(ConfigError, match="worth 3"):
        spec.check("buy", "limit", "0.0001", 30_000)
    spec.check("buy", "limit", "0.0002", 30_000)
    spec.check("sell", "limit", "0.0001", 30_000, reduce_only=True)
    spec.check("sell", "market", "0.0001")


def test_all_product_types_are_loaded(asked: list[str]) -> None:
    """By the first instrument that is needed; one that cannot be read is left out."""
    with BitgetClient(clock=TurnedClock()) as client:
        rules = Instruments(MixInstruments(client))
        assert rules["BTCPERP"].settle == "USDC"
        assert rules["BTCUSD"].family == "COIN-FUTURES"
        assert asked == ["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"]
        assert rules["BTCUSDZ26"].kind == "futures"
        assert [spec.inst_id for spec in rules.all("delivery")] == ["BTCUSDZ26"]
        assert [spec.inst_id for spec in rules.all("perpetual")] == ["BTCPERP", "BTCUSD", "BTCUSDT"]
        assert len(asked) == 6
        with pytest.raises(ConfigError, match="BROKEN"):
            rules["BROKEN"]
        with pytest.raises(ConfigError, match="swap"):
            rules.all("spot")
