"""``StreamSpec`` and ``ChannelInfo``: what an exchange has to tell of itself, and what it may leave out."""

from __future__ import annotations

import pytest

from okx_sync.errors import ConfigError
from okx_sync.live.stream_spec import ChannelInfo
from tests.live.venue import TABLE, Venue, spec_of

FACTS = [name for name, value in vars(ChannelInfo).items() if isinstance(value, property)]


def test_a_new_exchange_begins_with_data_alone(venue: Venue) -> None:
    """Nothing is recovered unless it says how, no proxy is used, and nothing is trusted beyond the usual."""
    spec = spec_of(venue)
    assert spec.recovery_source(TABLE.topic_for("trades"), True) is None
    assert (spec.fetch, spec.proxy_url, spec.ca_file, spec.account) == (None, None, None, None)


def test_a_path_is_found_by_its_address(venue: Venue) -> None:
    """None where none ends so; one that this place does not have is left out."""

    def url(path: str) -> str:
        if path == "trade":
            raise ConfigError("no orders here")
        return f"wss://host/v5/{path}?more=1"

    spec = spec_of(venue, url=url, paths=("trade", "public", "private"))
    assert spec.path_at("/v5/private") == "private"
    assert spec.path_at("/v5/other") is None


@pytest.mark.parametrize("fact", FACTS)
def test_every_channel_tells_what_is_asked_of_it(fact: str) -> None:
    """Each fact by its name; the clients of the exchanges are checked against the same."""
    assert len(FACTS) > 10
    for name in TABLE.rows:
        assert hasattr(TABLE.lookup(name), fact)
