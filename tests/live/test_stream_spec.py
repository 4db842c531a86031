"""``StreamSpec`` and ``ChannelInfo``: what an exchange has to tell of itself, and what it may leave out."""

from __future__ import annotations

import pytest

from okx_sync.live.stream_spec import ChannelInfo
from tests.live.venue import TABLE, Venue, spec_of

FACTS = [name for name, value in vars(ChannelInfo).items() if isinstance(value, property)]


def test_a_new_exchange_begins_with_data_alone(venue: Venue) -> None:
    """Nothing is recovered unless it says how, no proxy is used, and nothing is trusted beyond the usual."""
    spec = spec_of(venue)
    assert spec.recovery_source(TABLE.topic_for("trades"), True) is None
    assert (spec.fetch, spec.proxy_url, spec.ca_file, spec.account) == (None, None, None, None)


@pytest.mark.parametrize("fact", FACTS)
def test_every_channel_tells_what_is_asked_of_it(fact: str) -> None:
    """Each fact by its name; the clients of the exchanges are checked against the same."""
    assert len(FACTS) > 10
    for name in TABLE.rows:
        assert hasattr(TABLE.lookup(name), fact)
