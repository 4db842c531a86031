"""``ws.debug_dump()``: all that a bug report needs, in one text without a secret."""

from __future__ import annotations

import re

import pytest

import okx_sync
from okx_sync import BybitWsClient, Config, Credentials, OkxError, PaperExchange, WsClient
from okx_sync.live.debug_dump import debug_text
from tests.live import busy_exchange
from tests.loopback.conftest import FAST, Heard, until

KEY, SECRET, PASSPHRASE = "SENTINEL-key-5b1f0c77", "SENTINEL-secret-93ee2d41", "SENTINEL-passphrase-a6d81f"


paper = busy_exchange.busy_paper


def test_it_has_what_somebody_who_helps_would_ask_for(paper: PaperExchange) -> None:
    """Versions, configuration, state, numbers, events and errors, each under a title."""
    with WsClient(paper.config, options=FAST) as ws:
        ws.subscribe_tickers("BTC-USDT", callback=Heard())

        def broken(event: object) -> None:
            raise ValueError("a line\nand another")

        ws.subscribe_trades("BTC-USDT", callback=broken)
        until(lambda: ws.metrics().errors)
        text = ws.debug_dump()
    titles = re.findall(r"^== (.*)$", text, re.MULTILINE)
    assert titles == [
        "versions", "client", "status", "numbers", "delays", "sockets", "limits", "threads", "state events", "errors",
    ]  # fmt: skip
    assert f"okx_sync {okx_sync.__version__}\n" in text
    assert "websocket-client 1." in text
    assert "with a key\n" in text
    assert "site=global live, credentials=None" in text
    assert "LinkOptions(" in text
    assert "okx-ws-public-0" in text
    assert "public#1 connected" in text
    assert re.search(r"CallbackError: callback .*broken raised ValueError: a line\\nand another", text)
    assert all(line.isprintable() for line in text.splitlines())


def test_no_secret_is_in_it(paper: PaperExchange) -> None:
    """Key, secret, passphrase, and the password of a proxy; also where errors quote them."""
    key = Credentials(KEY, SECRET, PASSPHRASE)
    proxy = "http://user:SENTINEL-proxy-0ab1@127.0.0.1:9"
    for config in (paper.config.replace(credentials=key), paper.config.replace(credentials=key, proxy_url=proxy)):
        with WsClient(config, options=FAST) as ws:
            with pytest.raises(OkxError):
                ws.connect("private", 1)
            ws._reporter.error(OkxError(f"refused: {KEY} {SECRET} {PASSPHRASE}, passphrase={PASSPHRASE} {proxy}"))
            text = ws.debug_dump()
        assert "SENTINEL" not in text
        assert "with a key" in text
        assert "OkxError: refused: <hidden>" in text


def test_a_long_story_is_cut(paper: PaperExchange) -> None:
    """The latest hundred events are told, and of hundreds of topics the first hundred lines."""
    with WsClient(paper.config, options=FAST) as ws:
        ws.subscribe_many("tickers", [{"instId": f"A{number}-USDT"} for number in range(150)], wait=False)
        text = ws.debug_dump()
    status = text.partition("== status\n")[2].partition("\n\n")[0].splitlines()
    assert len(status) == 101
    assert re.fullmatch(r"\.\.\. and \d+ more", status[-1])


def test_it_is_there_for_each_exchange_and_after_the_end(paper: PaperExchange) -> None:
    """Somebody may ask for it when all is over."""
    with BybitWsClient(paper.bybit_config()) as ws:
        pass
    assert "BybitWsClient" in ws.debug_dump()
    config = Config()
    with WsClient(config) as public:
        assert "without a key" in public.debug_dump()


def test_a_client_without_a_configuration(paper: PaperExchange) -> None:
    """What has none is described all the same."""
    with WsClient(paper.config) as ws:
        text = debug_text(ws, None, ws.metrics())
    assert "Config(" not in text
