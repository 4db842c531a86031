"""Where a command looks."""

from __future__ import annotations

import attrs

from okx_sync.cli.place import Exchange, ExchangePlace


def test_one_paper_exchange_serves_all_that_a_command_asks_for() -> None:
    """Configurations of several exchanges within one block lead to one server; each block by itself has its own."""
    with ExchangePlace(paper=True).opened() as here:
        with here.config() as okx, attrs.evolve(here, exchange=Exchange.bybit).config(private=True) as bybit:
            assert okx.rest_host == bybit.rest_host
            assert (okx.credentials, bybit.credentials is None) == (None, False)
        with here.config() as again:
            assert again.rest_host == okx.rest_host
    with ExchangePlace(paper=True).config() as other:
        assert other.rest_host != okx.rest_host
