"""The asynchronous client has every method of the synchronous one, and they look the same."""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import AsyncOkxClient, Config, ConfigError, OkxClient
from okx_sync.lazy import LatePart
from okx_sync.rest import Group
from okx_sync.rest.pagination.paged import Paged

# What is not a call, or is called otherwise: its reason.
NO_TWIN = {
    "close": "aclose",
    "endpoints": "asks nobody: the same function",
    "from_env": "makes a client of its own class",
    "from_profile": "makes a client of its own class",
    "dead_man": "a guard with a thread of its own: client.sync.dead_man",
}


@pytest.fixture
def clients() -> Iterator[tuple[OkxClient, AsyncOkxClient]]:
    """Both kinds, talking to nobody."""
    with OkxClient() as one:
        other = AsyncOkxClient()
        yield one, other
        asyncio.run(other.aclose())


def methods(kind: type[Any]) -> dict[str, Any]:
    """Public methods; the groups, which look like one, are not."""
    found = inspect.getmembers(kind, lambda one: inspect.isroutine(one) and not isinstance(one, LatePart))
    return {name: method for name, method in found if not name.startswith("_")}


def parameters(method: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(method).parameters.values())


def check_twins(sync: type[Any], twin: type[Any]) -> None:
    """Every method of ``sync`` is there, awaitable, and shows itself as the original does."""
    wanted = {name: found for name, found in methods(sync).items() if name not in NO_TWIN}
    missing = [f"{name} = {maker(name)}({sync.__name__}.{name})" for name in wanted if name not in vars(twin)]
    assert missing == [], f"{twin.__name__} lacks lines"
    for name, method in wanted.items():
        copy = getattr(twin, name)
        # The Paged of a group stands for the endpoint that it reads.
        original = method.endpoints[-1].function if isinstance(method, Paged) else method
        assert copy.__name__ == name
        assert inspect.iscoroutinefunction(copy) == (maker(name) == "awaitable"), name
        assert parameters(copy) == parameters(original), name
        assert (inspect.getdoc(original) or name) in (inspect.getdoc(copy) or ""), name
        assert isinstance(method, Paged) or copy.__wrapped__ is method, name


def maker(name: str) -> str:
    return "iterable" if name.startswith("iter_") else "awaitable"


def test_every_group_is_there_with_all_its_methods(clients: tuple[OkxClient, AsyncOkxClient]) -> None:
    """A new endpoint without its line here fails; the message is the line that is missing."""
    one, other = clients
    groups = dict(inspect.getmembers(one, lambda found: isinstance(found, Group)))
    assert len(groups) > 30
    for name, group in groups.items():
        check_twins(type(group), type(getattr(other, name)))


def test_everyday_calls_are_there(clients: tuple[OkxClient, AsyncOkxClient]) -> None:
    """The flat calls of the client too; and what has no twin is known, with its reason."""
    check_twins(OkxClient, AsyncOkxClient)
    assert NO_TWIN.keys() >= methods(OkxClient).keys() - methods(AsyncOkxClient).keys()
    assert inspect.signature(clients[1].place_order).parameters.keys() >= {"inst_id", "options"}
    assert "self" not in inspect.signature(clients[1].place_order).parameters


def test_instruments_are_awaited_where_they_may_ask(clients: tuple[OkxClient, AsyncOkxClient]) -> None:
    """The lookups that can cost a request; the rest is at the synchronous client, which is shared."""
    one, other = clients
    for name in ("get", "code", "all", "refresh"):
        assert inspect.iscoroutinefunction(getattr(other.instruments, name))
        assert parameters(getattr(other.instruments, name)) == parameters(getattr(one.instruments, name))
    assert other.sync.config is other.config


def test_it_is_made_as_the_synchronous_client_is() -> None:
    """The same parameters of the constructor and of both class methods, and one of its own."""
    ours, theirs = inspect.signature(AsyncOkxClient).parameters, inspect.signature(OkxClient).parameters
    assert ours.keys() - theirs.keys() == {"threads"}
    assert theirs.keys() - ours.keys() == set()
    for name in ("from_env", "from_profile"):
        assert parameters(getattr(AsyncOkxClient, name)) == parameters(getattr(OkxClient, name))
    assert AsyncOkxClient.endpoints() == OkxClient.endpoints()


def test_from_env_and_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Configured by the environment; no secret in the repr."""
    for name in [name for name in os.environ if name.startswith("OKX_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OKX_API_KEY", "SENTINEL-key-0001")
    monkeypatch.setenv("OKX_SECRET_KEY", "SENTINEL-secret-0001")
    monkeypatch.setenv("OKX_PASSPHRASE", "SENTINEL-phrase-0001")
    client = AsyncOkxClient.from_env()
    assert client.config.credentials is not None
    assert "AsyncOkxClient" in repr(client)
    assert "SENTINEL" not in repr(client) + repr(client.trade)
    asyncio.run(client.aclose())


def test_threads_must_make_sense() -> None:
    """The parameter is named."""
    with pytest.raises(ConfigError, match="threads"):
        AsyncOkxClient(Config(), threads=0)
