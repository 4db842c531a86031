"""The library of the extra ``fanout``, imported where it is used: one server or a cluster, shown without a password."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from okx_sync.errors import ConfigError
from okx_sync.logs import hide, mask_url

__all__ = ["BrokerAddress", "BrokerConnection"]

T = TypeVar("T")
_SPOILT: Final = ("WRONGTYPE", "user_script")
"""What Redis says of keys that hold something else than we have written."""


class BrokerConnection:
    """The connection to one server, or those to the nodes of a cluster. ``client``: of the library."""

    def __init__(self, client: Any, *, is_cluster: bool) -> None:
        self._client = client
        self.is_cluster = is_cluster

    def at(self, key: str) -> Any:
        """Return the connection to the server that has a key, and with it all keys of the same hash tag."""
        if not self.is_cluster:
            return self._client
        return self._client.get_redis_connection(self._client.get_node_from_key(key))

    def by_server(self, items: Iterable[T], key_of: Callable[[T], str]) -> list[tuple[Any, list[T]]]:
        """Return each server with those items that it has."""
        found: dict[int, tuple[Any, list[T]]] = {}
        for item in items:
            client = self.at(key_of(item))
            found.setdefault(id(client), (client, []))[1].append(item)
        return list(found.values())

    def ping(self) -> None:
        """Ask for a sign of life. Raises an error of the library."""
        self._client.ping()

    def close(self) -> None:
        """Close it."""
        self._client.close()


class BrokerAddress:
    """Where Redis is: ``redis://``, ``rediss://`` or ``unix://``, with user and password if it wants them.

    ``cluster``: the address is of any node of a cluster.

    Raises ``ConfigError`` for what is no such address, and where the extra is not installed.
    """

    def __init__(self, url: str, *, cluster: bool = False) -> None:
        parts = urlsplit(url) if isinstance(url, str) else None
        if parts is None or parts.scheme not in ("redis", "rediss", "unix"):
            raise ConfigError("this is no address of a Redis server", hint="as in 'redis://host:6379/0'")
        try:
            import redis.backoff
            import redis.cluster
            import redis.retry
        except ImportError:
            raise ConfigError(
                "this needs redis, which is not installed", hint="pip install 'okx_sync[fanout]'"
            ) from None
        if cluster is not True and cluster is not False:
            raise ConfigError(f"cluster must be True or False, not {cluster!r}")
        self._url = url
        self._is_cluster = cluster
        self.library: Any = redis
        self.errors = (redis.RedisError, redis.exceptions.RedisClusterException, OSError)
        """What is raised where Redis does not answer, or refuses."""
        self.answered = redis.exceptions.ResponseError
        """What is raised where Redis answers that it does not do what it was asked for: nothing was done then."""
        self._refusals = redis.exceptions.AuthenticationError, redis.exceptions.NoPermissionError
        if parts.password:
            hide(parts.password)
            hide(unquote(parts.password))
        self.shown = mask_url(url)
        """The address as it may be shown."""

    def __repr__(self) -> str:
        return f"BrokerAddress({self.shown!r})"

    def open(self, timeout_s: float) -> BrokerConnection:
        """Return a connection that neither waits for longer nor tries again by itself.

        Raises one of :attr:`errors` where a cluster cannot be reached; a server is called with the first command.
        """
        kind = self.library.cluster.RedisCluster if self._is_cluster else self.library.Redis
        client = kind.from_url(
            self._url,
            protocol=2,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            retry=self.library.retry.Retry(self.library.backoff.NoBackoff(), 0),
        )
        return BrokerConnection(client, is_cluster=self._is_cluster)

    def is_no_script(self, answer: object) -> bool:
        """Tell whether a server does not know a script yet."""
        return isinstance(answer, self.library.exceptions.NoScriptError)

    def is_lasting(self, error: Exception) -> bool:
        """Tell whether it would be the same the next time: who asks may not, or asks a cluster as if it were none."""
        return self._is_refusal(error) or (self._is_moved(error) and not self._is_cluster)

    def _is_refusal(self, error: Exception) -> bool:
        # A script that may not do something is told in words only.
        return isinstance(error, self._refusals) or "The user executing the script" in str(error)

    def _is_moved(self, error: Exception) -> bool:
        return isinstance(error, self.library.exceptions.MovedError)

    def hint(self, error: Exception, otherwise: str) -> str:
        """Return what can be done about an error."""
        if isinstance(error, self.library.exceptions.AuthenticationError):
            return "look at user and password of the URL"
        if self._is_refusal(error):
            return "the rights that this user needs are in docs/fanout.md"
        if self._is_moved(error) and not self._is_cluster:
            return "this is a node of a cluster: say cluster=True"
        if isinstance(error, self.library.exceptions.OutOfMemoryError):
            return "Redis is full: give it more memory, or keep less of each stream (max_entries=, max_age_s=)"
        if isinstance(error, self.answered) and any(word in str(error) for word in _SPOILT):
            return "if another program has written into its keys, delete them: they begin anew"
        return otherwise
