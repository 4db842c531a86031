"""Histories on the disk: each row once, whatever interrupted the download, and no row asked for twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from okx_sync import BitgetClient, BybitClient, ConfigError, OkxClient, OkxError, download, read_table
from okx_sync.paper import PaperExchange
from okx_sync.store.download import Download
from tests.programs import environment

MINUTE = 60_000
PROGRAM = """
import sys
from okx_sync import Config, OkxClient, download
from okx_sync.store import download as module
url, folder, start, end = sys.argv[1:]
module._PIECE = 300
with OkxClient(Config(rest_url=url)) as client:
    download(client, "candles", "BTC-USDT", folder=folder, start=int(start), end=int(end), progress=print)
"""


def now_ms(client: Any) -> int:
    return int(client.clock.server_time() * 1000) // MINUTE * MINUTE


def times(found: Download) -> list[int]:
    column = found.read()
    return [round(value.timestamp() * 1000) for value in column["received_at"].to_pylist()]


def test_candles_come_whole_and_once(paper: PaperExchange, tmp_path: Path) -> None:
    """Each minute of the span, oldest first; another span fetches what it lacks on both sides, and nothing else."""
    with OkxClient(paper.public_config) as client:
        end = now_ms(client)
        asked: list[int] = []
        first = download(
            client, "candles", "BTC-USDT", folder=tmp_path, start=end - 500 * MINUTE, end=end - 100 * MINUTE,
            progress=asked.append,
        )  # fmt: skip
        assert times(first) == list(range(end - 500 * MINUTE, end - 100 * MINUTE, MINUTE))
        assert (first.new_rows, asked[-1]) == (400, 400)
        assert download(client, "candles", "BTC-USDT", folder=tmp_path, start=first.start, end=first.end).new_rows == 0
        more = download(client, "candles", "BTC-USDT", folder=tmp_path, start=end - 700 * MINUTE, end=end)
        assert more.new_rows == 300
        assert times(more) == list(range(end - 700 * MINUTE, end, MINUTE))
        direct = client.iter_candles("BTC-USDT").between(end - 700 * MINUTE, end).to_list()
        assert more.read()["c"].to_pylist() == [candle.c for candle in reversed(direct)]
        assert len(more.to_df()) == 700
        opened = download(client, "candles", "BTC-USDT", folder=tmp_path, start=end - 700 * MINUTE)
        assert times(opened)[-1] < now_ms(client)  # the candle that is open is not kept


def test_an_interrupted_download_goes_on(paper: PaperExchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an error of the exchange: what had come is kept, and the end stays what it was."""
    with OkxClient(paper.public_config) as client:
        end = now_ms(client)
        fetch = partial(download, client, "candles", "BTC-USDT", folder=tmp_path, start=end - 1_000 * MINUTE, end=end)
        monkeypatch.setattr("okx_sync.store.download._PIECE", 200)
        kept: list[int] = []

        def break_down(rows: int) -> None:
            kept.append(rows)
            paper.faults.rest_status(403, path="/api/v5/market/candles")

        for _ in range(2):
            with pytest.raises(OkxError):
                fetch(progress=break_down)
        found = fetch()
        assert found.new_rows == 1_000 - kept[-1] > 0
        assert times(found) == list(range(end - 1_000 * MINUTE, end, MINUTE))


def test_a_killed_download_goes_on(paper: PaperExchange, tmp_path: Path) -> None:
    """After ``kill -9`` between two pieces: no gap, no repeat, and what was noted is not asked for again."""
    with OkxClient(paper.public_config) as client:
        end = now_ms(client)
        start = end - 3_000 * MINUTE
        args = [sys.executable, "-W", "error", "-u", "-c", PROGRAM, paper.url, str(tmp_path), str(start), str(end)]
        with subprocess.Popen(args, env=environment(), stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            kept = int(program.stdout.readline())
            program.send_signal(signal.SIGKILL)
            program.wait()
        found = download(client, "candles", "BTC-USDT", folder=tmp_path, start=start, end=end)
        assert times(found) == list(range(start, end, MINUTE))
        assert found.new_rows <= 3_000 - kept


@pytest.mark.parametrize("exchange", ["okx", "bybit", "bitget"])
def test_each_history_of_each_exchange(paper: PaperExchange, tmp_path: Path, exchange: str) -> None:
    """What the exchange lists is as the listing has it; what it does not list is refused by name."""
    makers: dict[str, Callable[[], Any]] = {
        "okx": lambda: OkxClient(paper.config),
        "bybit": lambda: BybitClient(paper.bybit_config()),
        "bitget": lambda: BitgetClient(paper.bitget_config()),
    }
    swap = "BTC-USDT-SWAP" if exchange == "okx" else "BTCUSDT"
    with makers[exchange]() as client:
        end = now_ms(client)
        start = end - 3 * 86_400_000
        for what, instrument in (("trades", swap), ("funding", swap), ("fills", swap), ("bills", None)):
            product = "SWAP" if exchange == "okx" and what == "fills" else None
            call: dict[str, Any] = {"folder": tmp_path, "start": start, "end": end, "product": product}
            if (exchange, what) == ("bybit", "trades"):
                with pytest.raises(ConfigError, match="no list of past trades"):
                    download(client, what, instrument, **call)  # type: ignore[arg-type]
                continue
            found = download(client, what, instrument, **call)  # type: ignore[arg-type]
            if found.new_rows:
                assert times(found) == sorted(times(found))
                assert len(times(found)) == found.new_rows
                assert read_table(tmp_path, what).num_rows == found.new_rows


def test_histories_of_two_accounts_are_kept_apart(paper: PaperExchange, tmp_path: Path) -> None:
    """A folder that has the bills of one account is refused to another, and to another exchange."""
    with OkxClient(paper.config_for("alice")) as client:
        download(client, "bills", folder=tmp_path)
    for other in (OkxClient(paper.config_for("bob")), BybitClient(paper.bybit_config())):
        with other, pytest.raises(ConfigError, match=r"is the history of another: okx .* alice"):
            download(other, "bills", folder=tmp_path)


def test_words_that_cannot_be_right(paper: PaperExchange, tmp_path: Path) -> None:
    """They are refused before anything is asked."""
    with OkxClient(paper.public_config) as client:
        for call, why in [
            (("candels",), "what must be one of"),
            (("candles",), "candles are of an instrument"),
            (("fills",), "listed by type"),
        ]:
            with pytest.raises(ConfigError, match=why):
                download(client, *call, folder=tmp_path)  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="bar= is for candles"):
            download(client, "trades", "BTC-USDT", folder=tmp_path, bar="1m")
    with pytest.raises(ConfigError, match="nothing can be downloaded with a str"):
        download("client", "candles", "BTC-USDT", folder=tmp_path)  # type: ignore[arg-type]
