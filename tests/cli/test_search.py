"""``okx-sync endpoints`` and ``channels``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Done


@pytest.mark.parametrize(
    ("command", "words", "found"),
    [
        ("endpoints", ("funding", "-e", "okx"), "OkxClient.public.get_funding_rate"),
        ("channels", ("book", "-e", "bybit"), "BybitWsClient.subscribe_orderbook"),
    ],
)
def test_what_is_found_on_the_screen(
    command: str, words: tuple[str, ...], found: str, screen_of: Callable[..., tuple[int, list[str]]]
) -> None:
    """On a terminal: a table with what the word occurs in."""
    code, screen = screen_of(command, *words, server=False)
    assert code == 0
    assert found in "\n".join(screen)


@pytest.mark.parametrize("command", ["endpoints", "channels"])
def test_all_of_the_three_exchanges(command: str, run: Callable[..., Done]) -> None:
    """Without a word everything is listed, tabs between the cells where there is no terminal."""
    done = run(command, server=False)
    assert done.code == 0
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert len({len(cells) for cells in lines}) == 1
    assert all(any(name in line[0] + line[1] for line in lines) for name in ("Bybit", "Bitget"))


def test_json_names_the_columns(run: Callable[..., Done]) -> None:
    """Each document has the columns by name."""
    done = run("endpoints", "orderbook", "--json", server=False)
    assert {"call", "request", "gives", "signed"} == set(done.documents[0])


def test_nothing_found(run: Callable[..., Done]) -> None:
    """Exit code 1 and a line that says so."""
    done = run("channels", "book", "nosuchword", server=False)
    assert (done.code, "nosuchword" in done.err) == (1, True)
