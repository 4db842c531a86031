"""Which streams a ``BitgetWsClient`` speaks: by the kind of the key's account, by what is said, or by what is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
import responses

from okx_sync import BitgetClient, BitgetConfig, BitgetWsClient, Credentials
from okx_sync.errors import ConfigError, OkxApiError, OkxAuthError, OkxError

SETTINGS: Final = "https://api.bitget.com/api/v3/account/settings"
KEY: Final = Credentials("key-1234", "secret", "phrase")


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def answer(code: str) -> dict[str, Any]:
    return {"code": code, "msg": "told", "requestTime": 1_700_000_000_123, "data": {"accountMode": "unified"}}


@pytest.mark.parametrize(
    ("status", "code", "protocol", "environment"),
    [(200, "00000", "v3", "bitget v3 live"), (400, "40084", "v2", "bitget live")],
)
def test_the_kind_is_found_out(
    server: responses.RequestsMock, status: int, code: str, protocol: str, environment: str
) -> None:
    """One reading call tells it, and the client says which it is."""
    server.get(SETTINGS, json=answer(code), status=status)
    with BitgetWsClient(BitgetConfig(KEY)) as ws:
        assert (ws.config.protocol, ws.config.environment) == (protocol, environment)
        assert ws.config.ws_url("private") == f"wss://ws.bitget.com/{protocol}/ws/private"
    assert len(server.calls) == 1


@pytest.mark.parametrize(("code", "status"), [("40012", 400), ("40018", 400), ("40014", 400)])
def test_a_refused_key_proves_nothing(server: responses.RequestsMock, code: str, status: int) -> None:
    """It is raised, with its cure and with the way around it; nobody guesses."""
    server.get(SETTINGS, json=answer(code), status=status)
    with pytest.raises(OkxAuthError) as caught:
        BitgetWsClient(BitgetConfig(KEY))
    assert caught.value.hint
    assert any("account_kind=" in note for note in caught.value.__notes__)


@pytest.mark.parametrize(("code", "status"), [("0", 200), ("40034", 400)])
def test_a_refusal_that_says_nothing_leaves_it_to_the_login(
    server: responses.RequestsMock, caplog: pytest.LogCaptureFixture, code: str, status: int
) -> None:
    """V2 is spoken, told as a guess: its login refuses a unified account by name. The REST client guesses nothing."""
    server.get(SETTINGS, json=answer(code), status=status)
    with BitgetWsClient(BitgetConfig(KEY)) as ws:
        assert ws.config.protocol == "v2"
    assert "the kind of the account is not known, V2 is spoken" in caplog.text
    with BitgetClient(BitgetConfig(KEY)) as rest, pytest.raises(OkxApiError):
        rest.account_kind()


def test_no_answer_proves_nothing(server: responses.RequestsMock) -> None:
    """Nor does a server that is out of order."""
    server.get(SETTINGS, body="<html>", status=502)
    with pytest.raises(OkxError) as caught:
        BitgetWsClient(BitgetConfig(KEY, timeout_secs=0.2))
    assert any("account_kind=" in note for note in caught.value.__notes__)


@pytest.mark.parametrize(
    ("config", "options", "protocol"),
    [
        (BitgetConfig(KEY), {"account_kind": "uta"}, "v3"),
        (BitgetConfig(KEY), {"account_kind": "classic"}, "v2"),
        (BitgetConfig(KEY, protocol="v3"), {}, "v3"),
        (BitgetConfig(KEY, protocol="v2"), {}, "v2"),
        (BitgetConfig(KEY, protocol="v3"), {"account_kind": "uta"}, "v3"),
        (BitgetConfig(KEY, protocol="seed"), {}, "seed"),
        (BitgetConfig(), {}, "v2"),
        (BitgetConfig(), {"account_kind": "uta"}, "v3"),
        (BitgetConfig(KEY, ws_private_url="ws://127.0.0.1:9"), {}, "v2"),
    ],
    ids=str,
)
def test_what_is_said_is_not_asked(
    server: responses.RequestsMock, config: BitgetConfig, options: dict[str, Any], protocol: str
) -> None:
    """Not without a key either, nor of Bitget itself where streams lead elsewhere."""
    with BitgetWsClient(config, **options) as ws:
        assert ws.config.protocol == protocol
    assert len(server.calls) == 0


@pytest.mark.parametrize(
    ("config", "kind", "message"),
    [
        (BitgetConfig(protocol="v2"), "uta", "contradict each other"),
        (BitgetConfig(protocol="v3"), "classic", "contradict each other"),
        (BitgetConfig(protocol="seed"), "uta", "contradict each other"),
        (BitgetConfig(), "unified", "account_kind"),
    ],
)
def test_what_cannot_be(config: BitgetConfig, kind: Any, message: str) -> None:
    """Two words that contradict each other, and a word that is none."""
    with pytest.raises(ConfigError, match=message):
        BitgetWsClient(config, account_kind=kind)


def test_products_are_one_in_v3() -> None:
    """One subscription carries all; a wish for some is not dropped silently."""
    with pytest.raises(ConfigError, match="all product types"):
        BitgetWsClient(BitgetConfig(KEY, protocol="v3"), product="USDT-FUTURES")


def test_what_a_classic_account_does_not_do() -> None:
    """Futures have no batch of changes, older protocols no orders at all: said before anything is opened."""
    with BitgetWsClient(BitgetConfig(KEY, protocol="v2")) as ws:
        with pytest.raises(ConfigError, match="new_size and new_price together"):
            ws.amend_order("BTCUSDT", "1", price="60000")
        with pytest.raises(ConfigError, match="no batch of changes"):
            ws.amend_batch_orders([])
    with BitgetWsClient(BitgetConfig(KEY, protocol="v1")) as old, pytest.raises(ConfigError, match="not sent"):
        old.place_order("BTCUSDT", "buy", "limit", "1", "60000")
