"""The address of Redis: checked, shown without its password, and what an error of it means."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import redis

from okx_sync import ConfigError
from okx_sync.fanout.redis_library import BrokerAddress

URL = "redis://me:hidden-word@127.0.0.1:1/0"


@pytest.mark.parametrize("url", ["http://127.0.0.1", "127.0.0.1:6379", "", None, 5])
def test_what_is_no_address(url: Any) -> None:
    """It is refused, with what one looks like."""
    with pytest.raises(ConfigError, match="no address of a Redis server") as told:
        BrokerAddress(url)
    assert told.value.hint == "as in 'redis://host:6379/0'"


def test_a_cluster_is_said_by_yes_or_no() -> None:
    """Anything else may be meant for something else."""
    with pytest.raises(ConfigError, match="cluster must be True or False, not 'yes'"):
        BrokerAddress(URL, cluster="yes")  # type: ignore[arg-type]


def test_the_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, with how to get it."""
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigError, match="needs redis, which is not installed") as told:
        BrokerAddress(URL)
    assert told.value.hint == "pip install 'okx_sync[fanout]'"


def test_a_password_is_not_shown() -> None:
    """Wherever the address is."""
    address = BrokerAddress(URL)
    assert "hidden-word" not in f"{address!r} {address.shown}"
    assert "127.0.0.1:1" in address.shown


@pytest.mark.parametrize(
    ("error", "is_lasting", "hint"),
    [
        (redis.AuthenticationError("WRONGPASS"), True, "look at user and password of the URL"),
        (redis.exceptions.NoPermissionError("NOPERM"), True, "the rights that this user needs are in docs/fanout.md"),
        (redis.ResponseError("The user executing the script can't run it"), True, "docs/fanout.md"),
        (redis.exceptions.MovedError("1 127.0.0.1:7000"), True, "say cluster=True"),
        (redis.exceptions.OutOfMemoryError("OOM"), False, "Redis is full"),
        (redis.ResponseError("WRONGTYPE"), False, "delete them: they begin anew"),
        (redis.ResponseError("CLUSTERDOWN"), False, "else"),
        (redis.ConnectionError("refused"), False, "else"),
        (OSError("refused"), False, "else"),
    ],
)
def test_what_an_error_means(error: Exception, is_lasting: bool, hint: str) -> None:
    """Whether it would be the same the next time, and what can be done about it."""
    address = BrokerAddress(URL)
    assert isinstance(error, address.errors)
    assert address.is_lasting(error) == is_lasting
    assert hint in address.hint(error, "else")


def test_a_node_that_has_moved_is_no_wonder_in_a_cluster() -> None:
    """Streams move there."""
    address = BrokerAddress(URL, cluster=True)
    error = redis.exceptions.MovedError("1 127.0.0.1:7000")
    assert not address.is_lasting(error)
    assert address.hint(error, "else") == "else"
