"""Kept connections of the HTTP library whose sockets keep to the bounds of a call (:mod:`okx_sync.rest.bounds`)."""

from __future__ import annotations

import socket
import ssl
from typing import Any, Final

import requests.adapters
import urllib3.connection
import urllib3.connectionpool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from okx_sync.rest.bounds import PlainSocket, TLSSocket, connect

__all__ = ["BoundedAdapter", "bound"]

_KEPT: Final = 64  # connections per host


class _Connecting(urllib3.connection.HTTPConnection):
    """Connects in the time that is left of the call."""

    def _new_conn(self) -> socket.socket:
        try:
            return self._connected()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except OSError as error:
            cause = getattr(error, "socket_err", None) or error  # a SOCKS proxy's error has the true one inside
            if isinstance(cause, TimeoutError):
                raise ConnectTimeoutError(self, f"Connection to {self.host} timed out") from error
            raise NewConnectionError(self, f"Failed to establish a new connection: {cause}") from error

    def _connected(self) -> socket.socket:
        return connect(self._dns_host, self.port, self.source_address, self.socket_options)


class _HTTPConnection(_Connecting):
    """Plain."""


class _HTTPSConnection(_Connecting, urllib3.connection.HTTPSConnection):
    """Inside TLS."""


class _HTTPPool(urllib3.connectionpool.HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(urllib3.connectionpool.HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class BoundedAdapter(requests.adapters.HTTPAdapter):
    """Sends requests over such connections; with ``context`` it trusts what that trusts, besides its own."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        super().__init__(pool_maxsize=_KEPT)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of direct connections."""
        if self._context is not None:
            kwargs["ssl_context"] = self._context
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Make the pools of the connections through ``proxy``."""
        if self._context is not None:
            kwargs["ssl_context"] = self._context
            if proxy.lower().startswith("https"):
                kwargs["proxy_ssl_context"] = self._context
        manager = super().proxy_manager_for(proxy, **kwargs)
        is_socks = proxy.lower().startswith("socks")
        manager.pool_classes_by_scheme = _socks_pools() if is_socks else {"http": _HTTPPool, "https": _HTTPSPool}
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Verify certificates of an https proxy, too.

        The base judges by ``url`` alone: it would not check an https proxy that an http request goes to.
        """
        secure = conn.scheme == "https" and not url.lower().startswith("https")
        super().cert_verify(conn, f"https://{url}" if secure else url, verify, cert)  # type: ignore[no-untyped-call]


def bound(context: ssl.SSLContext) -> ssl.SSLContext:
    """Let the sockets of a TLS context keep to the bounds of a call."""
    context.sslsocket_class = TLSSocket
    return context


def _socks_pools() -> dict[str, Any]:
    """Make the pools of connections through a SOCKS proxy, whose package is an extra."""
    import socks  # type: ignore[import-untyped]
    from urllib3.contrib.socks import (
        SOCKSConnection,
        SOCKSHTTPConnectionPool,
        SOCKSHTTPSConnection,
        SOCKSHTTPSConnectionPool,
    )

    class Socket(PlainSocket, socks.socksocket):  # type: ignore[misc]
        """Talks to the proxy within the bounds, too."""

    class Connection(_Connecting, SOCKSConnection):
        def _connected(self) -> socket.socket:
            way = self._socks_options
            host, port = (way["proxy_host"] or "").strip("[]"), way["proxy_port"] or 1080
            names = (way["rdns"], way["username"], way["password"])

            class ToProxy(Socket):
                def connect(self, _address: Any) -> None:
                    self.set_proxy(way["socks_version"], host, port, *names)
                    super().connect((there.host, there.port))

            there = self
            return connect(host, int(port), self.source_address, self.socket_options, ToProxy)

    class SecureConnection(Connection, SOCKSHTTPSConnection):
        pass

    class Pool(SOCKSHTTPConnectionPool):
        ConnectionCls = Connection

    class SecurePool(SOCKSHTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": Pool, "https": SecurePool}
