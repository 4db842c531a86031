"""What the client refuses about channels before anything is sent: no socket is opened in any of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from okx_sync import Config, ConfigError, OkxAuthError, WsClient
from okx_sync.exchanges.okx.channels import CHANNELS, Channel


@pytest.fixture
def ws() -> Iterator[WsClient]:
    with WsClient(Config()) as client:
        yield client
        assert client.status()["links"] == {}


@pytest.mark.parametrize("channel", [row for row in CHANNELS.values() if row.login], ids=lambda channel: channel.name)
def test_a_login_needs_credentials(ws: WsClient, channel: Channel) -> None:
    """Every channel of account data, and the public ones behind a fee tier: refused at once, with the cure."""
    with pytest.raises(OkxAuthError, match="no credentials") as caught:
        getattr(ws, channel.method)(*channel.sample().values())
    assert "credentials" in str(caught.value.hint)


def test_mistakes_are_refused(ws: WsClient) -> None:
    """Unknown channel, missing, wrong or unknown argument, ``uly``: by the typed methods and by the generic one."""
    with pytest.raises(ConfigError, match="did you mean"):
        ws.subscribe("ticker", instId="BTC-USDT")
    with pytest.raises(ConfigError, match="needs instFamily or instId"):
        ws.subscribe_option_trades()
    with pytest.raises(ConfigError, match="must be one of SWAP"):
        ws.subscribe_liquidation_orders("SPOT")
    with pytest.raises(ConfigError, match="takes no argument 'tag'"):
        ws.subscribe("rfqs", tag="x")
    with pytest.raises(ConfigError, match="use instFamily"):
        ws.subscribe("opt-summary", uly="BTC-USD")
