"""``probe_sites``: six places, one key; the error names the place that accepts it, and nothing goes there by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from okx_sync import Config, Credentials, OkxAuthError, OkxClient, OkxError, WsClient
from okx_sync.exchanges.okx import urls
from okx_sync.exchanges.okx.urls import Site
from okx_sync.paper import PaperAccount, PaperExchange
from tests.leaks import everything_shown
from tests.loopback.conftest import FAST

Place = tuple[Site, bool]
PLACES: list[Place] = [(site, simulated) for site in get_args(Site) for simulated in (False, True)]
KEYS = Credentials("probed-key", "SENTINEL-secret", "SENTINEL-passphrase")
HOME: Place = ("eea", True)
PROBE = ("GET", "/api/v5/account/config")


@pytest.fixture(scope="module")
def venues() -> Iterator[dict[Place, PaperExchange]]:
    """Six small exchanges; only that of HOME knows the key."""
    account = PaperAccount("probed", KEYS.api_key, KEYS.secret_key, KEYS.passphrase, balances={})
    made = {
        place: PaperExchange(flow_per_s=0, demo=place[1], accounts=[account] if place == HOME else None)
        for place in PLACES
    }
    for paper in made.values():
        paper.start()
    yield made
    for paper in made.values():
        paper.stop()
        assert paper.problems == []


@pytest.fixture
def sites(venues: dict[Place, PaperExchange], monkeypatch: pytest.MonkeyPatch) -> dict[Place, PaperExchange]:
    """The six, in place of OKX's hosts, with empty journals and no faults."""
    for place, paper in venues.items():
        monkeypatch.setitem(urls.REST_ADDRESSES, place, paper.url)
        paper.faults.clear()
        paper.journal._requests.clear()
    return venues


def config_at(place: Place, **more: Any) -> Config:
    site, simulated = place
    return Config(KEYS, site=site, simulated=simulated, probe_sites=True, **more)


def asked(sites: dict[Place, PaperExchange], without: Place) -> dict[Place, list[tuple[str, str]]]:
    """What each place but one was asked."""
    return {
        place: [(request.method, request.path) for request in paper.requests]
        for place, paper in sites.items()
        if place != without
    }


def refusal(do: Callable[[], object]) -> OkxError:
    with pytest.raises(OkxAuthError) as caught:
        do()
    return caught.value


@pytest.mark.parametrize("place", [place for place in PLACES if place != HOME], ids=str)
def test_the_hint_names_the_place(sites: dict[Place, PaperExchange], place: Place) -> None:
    """From each of the five wrong places the right one is found, with at most one reading call to each."""
    with OkxClient(config_at(place)) as client:
        error = refusal(client.get_balance)
        assert error.code == "50119"
        assert error.hint == "this key is accepted at Config(site='eea', simulated=True): use that"
        first = asked(sites, place)
        assert all(calls in ([], [PROBE]) for calls in first.values())
        assert first[HOME] == [PROBE]
        # Once is enough: later errors know it, and every call still goes to the place that was chosen.
        assert refusal(client.check_credentials).hint == error.hint
        assert asked(sites, place) == first
    assert "SENTINEL" not in everything_shown(error)


def test_the_other_mode_of_the_same_site(sites: dict[Place, PaperExchange], monkeypatch: pytest.MonkeyPatch) -> None:
    """50101: the key is known, but it is a demo key. At OKX both modes have one host, told apart by a header."""
    monkeypatch.setitem(urls.REST_ADDRESSES, ("eea", False), sites[HOME].url)
    with OkxClient(config_at(("eea", False))) as client:
        error = refusal(client.check_credentials)
    assert error.code == "50101"
    assert "Config(site='eea', simulated=True)" in str(error)


def test_the_order_path_never_probes(sites: dict[Place, PaperExchange]) -> None:
    """Orders and other writing calls are refused as they are, and nobody else hears of them."""
    place: Place = ("global", False)
    with OkxClient(config_at(place)) as client:
        for do in (
            lambda: client.place_order("BTC-USDT", "cash", "buy", "market", 1),
            lambda: client.cancel_order("BTC-USDT", "1"),
            lambda: client.request("POST", "/api/v5/account/set-greeks", {"greeksType": "PA"}),
            lambda: client.dead_man(10).__enter__(),
        ):
            assert "Config(" not in str(refusal(do))
    assert not any(asked(sites, place).values())


def test_only_when_asked_for(sites: dict[Place, PaperExchange]) -> None:
    """Without ``probe_sites`` the key is shown to nobody else."""
    place: Place = ("us", False)
    with OkxClient(config_at(place).replace(probe_sites=False)) as client:
        assert "accepted" not in str(refusal(client.check_credentials))
    assert not any(asked(sites, place).values())


def test_other_refusals_do_not_probe(sites: dict[Place, PaperExchange]) -> None:
    """A wrong passphrase is wrong here and everywhere."""
    wrong = Credentials(KEYS.api_key, KEYS.secret_key, "not the passphrase")
    with OkxClient(config_at(HOME).replace(credentials=wrong)) as client:
        assert refusal(client.check_credentials).code == "50105"
    assert not any(asked(sites, HOME).values())


def test_an_address_of_ones_own_is_not_left(sites: dict[Place, PaperExchange]) -> None:
    """Keys of a paper exchange, or behind a proxy, are not shown to OKX."""
    place: Place = ("global", False)
    with OkxClient(config_at(place, rest_url=sites[place].url)) as client:
        assert "accepted" not in str(refusal(client.check_credentials))
    assert not any(asked(sites, place).values())


def test_nobody_accepts_it(sites: dict[Place, PaperExchange]) -> None:
    """An answer all the same; a place that fails is asked no second time."""
    sites["us", True].faults.rest_status(503, times=None)
    stranger = Credentials("deleted-key", "some-secret", "some-pass")
    place: Place = ("global", False)
    with OkxClient(config_at(place).replace(credentials=stranger)) as client:
        error = refusal(client.check_credentials)
    assert "no other site accepts this key either (1 of them did not answer)" in str(error)
    assert set(map(tuple, asked(sites, place).values())) == {(PROBE,)}


def test_threads_probe_once_together(sites: dict[Place, PaperExchange]) -> None:
    """Eight calls fail at the same time; each place is asked once, and all eight errors have the hint."""
    place: Place = ("us", True)
    hints = []
    with OkxClient(config_at(place)) as client:
        threads = [threading.Thread(target=lambda: hints.append(refusal(client.get_balance).hint)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(hints) == 8
    assert all("site='eea'" in str(hint) for hint in hints)
    assert all(calls in ([], [PROBE]) for calls in asked(sites, place).values())


def test_a_refused_stream_login_is_explained(sites: dict[Place, PaperExchange]) -> None:
    """The same for the login of the private stream, which tells 60005."""
    place: Place = ("us", False)
    config = config_at(place, ws_private_url=sites[place].ws_url("private"))
    error = refusal(lambda: WsClient.connect_private(config, options=FAST))
    assert error.code == "60005"
    assert "Config(site='eea', simulated=True)" in str(error)
    assert all(calls in ([], [PROBE]) for calls in asked(sites, place).values())
