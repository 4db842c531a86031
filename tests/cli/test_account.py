"""``okx-sync account``."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from okx_sync import PaperExchange, WsClient
from okx_sync.cli.account import AccountScreen
from tests.cli.conftest import Done


def test_balances_positions_and_orders(
    exchange: PaperExchange, screen_of: Callable[..., tuple[int, list[str]]]
) -> None:
    """On a terminal: three tables, once, and nothing in them is guessed."""
    with WsClient(exchange.config) as ws:
        order = ws.orders.place("BTC-USDT", "buy", "0.01", "1000", td_mode="cash")
        code, screen = screen_of("account")
        order.cancel()
    text = "\n".join(screen)
    assert code == 0, text
    assert "equity" in screen[0]
    (row,) = [line for line in screen if line.startswith("BTC-USDT")]
    assert row.split()[:6] == ["BTC-USDT", "buy", "limit", "0.01", "0", "1,000"]
    assert "USDT" in text
    assert "Positions: none" in text


@pytest.mark.parametrize("name", ["okx", "bybit", "bitget"])
def test_json_once(name: str, run: Callable[..., Done]) -> None:
    """One document with all of it, and whether it is known for sure."""
    done = run("account", "-e", name, "--json")
    (document,) = done.documents
    assert document["synced"] is (done.code == 0)
    assert {one["currency"] for one in document["balances"]} >= {"USDT"}
    assert document["positions"] == document["orders"] == []


def test_what_is_not_known_is_not_called_none(exchange: PaperExchange) -> None:
    """While nobody has told which positions there are, the picture does not say that there are none."""
    exchange.faults.no_snapshot("positions")
    exchange.faults.lose_push("positions", times=None)
    with WsClient(exchange.config) as ws:
        screen = AccountScreen(ws)
        assert ws.account.wait_synced(5)
        with Console(file=io.StringIO(), width=200) as console, console.capture() as capture:
            console.print(screen.picture())
        (document,) = screen.documents()
    assert "Positions: not known" in capture.get()
    assert document["synced"] is False
    assert "positions" in document["not_known"]


def test_follow_prints_changes_only(run: Callable[..., Done]) -> None:
    """With ``--follow`` what did not change is not printed again."""
    done = run("account", "--follow", "--seconds", "2.2", "--plain")
    assert done.code == 0
    assert len([line for line in done.out.splitlines() if "currency BTC," in line]) == 1


def test_without_a_key(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key the command says which variables to set, with exit code 2, and asks nobody."""
    for name in ("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE"):
        monkeypatch.delenv(name)
    done = run("account")
    assert done.code == 2
    assert "OKX_API_KEY" in done.err
