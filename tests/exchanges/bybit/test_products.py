"""Which category of Bybit an instrument is of, by its name."""

from __future__ import annotations

import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.products import category_of, category_of_all

NAMES = {
    "BTCUSDT": "linear",
    "BTCUSDC": "linear",
    "BTCPERP": "linear",
    "BTC-26MAR27": "linear",
    "ETHUSDT-26MAR27": "linear",
    "BTCUSD": "inverse",
    "BTCUSDH27": "inverse",
    "BTC-26MAR27-90000-C": "option",
    "BTC-26MAR27-90000-P-USDT": "option",
    "ETHBTC": "spot",
    "BTCEUR": "spot",
}


def test_names_say_it_for_a_client_of_linear_contracts() -> None:
    """The usual category where a name may be of that, else the only one that it leaves."""
    assert {name: category_of(name, "linear") for name in NAMES} == NAMES


def test_the_clients_own_category_comes_first() -> None:
    """A spot client means pairs, also against dollars: its orders never become contracts by their names."""
    assert [category_of(name, "spot") for name in ("BTCUSDT", "BTCUSDC", "BTCUSD")] == ["spot"] * 3
    assert category_of("BTCUSD", "inverse") == "inverse"


@pytest.mark.parametrize("usual", ["inverse", "option"])
def test_a_name_of_several_others_is_asked_for(usual: str) -> None:
    """An order goes to none of them by chance."""
    with pytest.raises(ConfigError, match="BTCUSDT may be of linear or spot") as caught:
        category_of("BTCUSDT", usual)
    assert caught.value.hint == "say which: product='linear'"


def test_a_batch_is_of_one() -> None:
    """Whatever kind of row says the symbol; one that says none is for others to refuse."""
    assert category_of_all([{"symbol": "BTCUSD"}, {"inst_id": "ETHUSD"}, {}, None], "linear") == "inverse"
    assert category_of_all([], "spot") == "spot"
    with pytest.raises(ConfigError, match="not of inverse and linear"):
        category_of_all([{"symbol": "BTCUSD"}, {"symbol": "BTCUSDT"}], "linear")
