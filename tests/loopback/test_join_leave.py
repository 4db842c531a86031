"""Threads that subscribe and unsubscribe the same topic at the same time."""

from __future__ import annotations

import threading

from okx_sync import LinkOptions, PaperExchange, WsClient

ROUNDS = 40


def test_whoever_stays_is_served() -> None:
    """Four threads join and leave one topic in any interleaving; the handle that is made last still gets data."""
    with PaperExchange() as paper, WsClient(paper.config, options=LinkOptions(control_per_hour=10_000)) as ws:
        ws.connect("public")
        problems: list[Exception] = []

        def come_and_go(number: int) -> None:
            try:
                for turn in range(ROUNDS):
                    with ws.subscribe_trades("BTC-USDT", name=f"{number}-{turn}", wait=False):
                        pass
            except Exception as error:  # noqa: BLE001  told below
                problems.append(error)

        threads = [threading.Thread(target=come_and_go, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(10):
            with ws.subscribe_trades("BTC-USDT", name="stays", timeout=10) as stays:
                assert stays.get(timeout=10).instId == "BTC-USDT"
        for thread in threads:
            thread.join(20)
        assert not problems
        with ws.subscribe_trades("BTC-USDT", name="last", timeout=10) as last:
            assert last.get(timeout=10).instId == "BTC-USDT"
