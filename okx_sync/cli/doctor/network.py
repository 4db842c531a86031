"""What the doctor looks at on the way to a host: its name, the proxy, TCP, and who speaks TLS there."""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from okx_sync.cli.doctor.report import Report
from okx_sync.errors import ConfigError
from okx_sync.logs import mask_url
from okx_sync.transport.proxy import proxy_for, proxy_place

__all__ = ["check_hosts", "check_proxy"]

_PORTS: Final = {"https": 443, "wss": 443, "http": 80, "ws": 80}
_INTERCEPTED: Final = (
    "somebody between here and the exchange opens TLS (a company proxy, an antivirus): give its certificate with "
    "ca_file=; if you know of none, do not use a key on this network"
)
_ANOTHER: Final = "another host answers under this name: a hotel or company login page, or a wrong address"
# What OpenSSL calls it, and the cure.
_TLS_CURES: Final = {
    9: "the clock of this machine is before the certificate: set the clock",
    10: "the clock of this machine is wrong, or an old proxy is in between: set the clock",
    18: _INTERCEPTED,
    19: _INTERCEPTED,
    20: f"{_INTERCEPTED}; on macOS run 'Install Certificates.command' of your Python",
    21: _INTERCEPTED,
    62: _ANOTHER,
    64: _ANOTHER,
}


def check_hosts(
    report: Report, urls: Iterable[str], ca_file: str | None, timeout_s: float, is_known: Callable[[str], bool]
) -> None:
    """Look at each host of some addresses once: its name, TCP and TLS.

    Args:
        report: takes the findings.
        urls: of REST and streams.
        ca_file: certificates to trust besides the system's.
        timeout_s: for each connection.
        is_known: tells an address of the exchange's own, which no private one can be.
    """
    seen = set()
    for url in urls:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        if (host, port) in seen:
            continue
        seen.add((host, port))
        addresses = _resolve(report, host, port, official=is_known(url))
        if not addresses:
            continue
        line = _connect(report, host, addresses, timeout_s)
        if line is None:
            continue
        with line:
            if parts.scheme in ("https", "wss"):
                _greet(report, host, line, ca_file)


def _resolve(report: Report, host: str, port: int, *, official: bool) -> list[Any]:
    what = f"dns {host}"
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        cure = "check the network and the DNS server; try another one, such as 1.1.1.1 or 8.8.8.8"
        report.add(what, "fail", f"the name has no address: {getattr(error, 'strerror', None) or error}", cure)
        return []
    addresses = [str(place[0]) for *_, place in found]
    wrong = [one for one in addresses if not ipaddress.ip_address(one.partition("%")[0]).is_global]
    if official and wrong:
        cure = (
            "the DNS server here answers falsely, as blocks do: use another one, or a proxy or VPN where that is legal"
        )
        report.add(what, "fail", f"it leads to {', '.join(wrong)}, which is no address of an exchange", cure)
        return []
    report.add(what, "ok", ", ".join(dict.fromkeys(addresses)))
    return found


def _connect(report: Report, host: str, addresses: list[Any], timeout_s: float) -> socket.socket | None:
    problem: OSError = TimeoutError("timed out")
    for family, kind, protocol, _, address in addresses:
        line = socket.socket(family, kind, protocol)
        line.settimeout(timeout_s)
        try:
            line.connect(address)
        except OSError as error:
            line.close()
            problem = error
        else:
            return line
    port = addresses[0][4][1]
    cure = f"a firewall, or nothing listens there: let this machine connect to {host} port {port}, or use a proxy"
    report.add(f"tcp {host}", "fail", f"no connection to port {port}: {problem.strerror or problem}", cure)
    return None


def _greet(report: Report, host: str, line: socket.socket, ca_file: str | None) -> None:
    """Shake hands by TLS, with the certificates that the client trusts."""
    from okx_sync.transport.tls import load_trusted

    what = f"tls {host}"
    try:
        # A plain one: the client's own sockets are made for its threads.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        load_trusted(context, ca_file)
        with context.wrap_socket(line, server_hostname=host) as tls:
            report.add(what, "ok", f"{tls.version()}, {_issuer(tls.getpeercert())}")
    except ConfigError as error:
        report.add_error(what, error)
    except ssl.SSLCertVerificationError as error:
        cure = _TLS_CURES.get(error.verify_code, _INTERCEPTED)
        report.add(what, "fail", f"the certificate is not to be trusted: {error.verify_message}", cure)
    except (OSError, ValueError) as error:
        cure = "what answers there does not speak TLS: a proxy in between, or http:// where https:// is written"
        report.add(what, "fail", f"no TLS: {getattr(error, 'reason', None) or error}", cure)


def _issuer(certificate: Any) -> str:
    names = {key: value for part in (certificate or {}).get("issuer", ()) for key, value in part}
    return f"certified by {names.get('organizationName') or names.get('commonName') or 'an unnamed authority'}"


def check_proxy(report: Report, url: str, own: str | None, timeout_s: float) -> bool:
    """Look at the proxy that leads to an address; False when there is none, and hosts are to be looked at directly."""
    try:
        proxy = proxy_for(url, own)
    except (ConfigError, ValueError) as error:
        report.add("proxy", "fail", str(error), "check proxy_url and HTTPS_PROXY")
        return True
    if proxy is None:
        _note_bypass(report)
        return False
    where = urlsplit(proxy)
    name, shown = ("proxy", proxy_place(proxy))
    if not where.hostname:
        report.add(name, "fail", f"{mask_url(proxy)} names no host", "http://host:port, or socks5://host:port")
        return True
    try:
        with socket.create_connection((where.hostname, where.port or 1080), timeout_s):
            pass
    except OSError as error:
        cure = "start the proxy, mend proxy_url or HTTPS_PROXY, or list the host in NO_PROXY"
        report.add(name, "fail", f"{shown} cannot be reached: {error.strerror or error}", cure)
        return True
    report.add(name, "ok", f"{where.scheme}://{shown}")
    return True


def _note_bypass(report: Report) -> None:
    named = [name for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy") if os.environ.get(name)]
    seen = f"{', '.join(named)} is set, and NO_PROXY excepts this host" if named else "none"
    report.add("proxy", "ok", seen)
