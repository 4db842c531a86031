"""``okx-sync doctor`` on set-ups that are broken in one place each: the line that fails names it, and the cure fits."""

from __future__ import annotations

import datetime as dt
import http.server
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from okx_sync import PaperExchange
from okx_sync.paper.default_accounts import PaperAccount
from tests.cli.conftest import Done

Doctor = Callable[..., dict[str, dict[str, str]]]
Run = Callable[..., Done]


@pytest.fixture
def doctor(run: Run) -> Doctor:
    """Run the doctor; returns its findings by what was looked at. Exit code 1 and a failure belong together.

    Each step has the time that a busy machine takes; what never comes is waited for for ``--timeout`` of its test.
    """

    def visit(*words: str, server: bool = True) -> dict[str, dict[str, str]]:
        done = run("doctor", "--json", "--listen", "0", "--timeout", "20", *words, server=server)
        found = done.documents
        assert done.code == int(any(one["verdict"] == "fail" for one in found)), done
        return {one["what"]: one for one in found}

    return visit


def check(found: dict[str, dict[str, str]], what: str, verdict: str, seen: str, cure: str) -> None:
    """Check one finding; what lies before it is fine."""
    assert what in found, found
    one = found[what]
    assert (one["verdict"], seen in one["seen"], cure in one["cure"]) == (verdict, True, True), one
    before = list(found)[: list(found).index(what)]
    assert {found[name]["verdict"] for name in before} <= {"ok"}, found


@contextmanager
def answering(
    status: int, body: bytes = b"", *, clock: bytes = b"", silent_at: str | None = None, **headers: str
) -> Iterator[str]:
    """A server that answers everything in one way, also what asks it as a proxy; gives its address.

    ``clock``: what it says to who asks for the time; ``silent_at``: how paths begin that it does not answer at all.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            if silent_at is not None and self.path.startswith(silent_at):
                self.rfile.read(1)  # until the other side has had enough
                return
            said = clock if self.path.endswith("/time") and clock else body
            self.send_response(status)
            for name, value in {"Content-Length": str(len(said)), "Connection": "close", **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_CONNECT = _answer

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def certified(authority: trustme.CA, certificate: trustme.LeafCert, folder: Path) -> Iterator[list[str]]:
    """A TLS server with this certificate; gives the words that lead to it and trust the authority."""
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stopped = threading.Event()

        def serve() -> None:
            while not stopped.is_set():
                try:
                    line, _ = listener.accept()
                    with line, context.wrap_socket(line, server_side=True) as tls:
                        tls.recv(1)
                except OSError:
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield ["--server", f"https://127.0.0.1:{listener.getsockname()[1]}", "--ca-file", str(trusted)]
        finally:
            stopped.set()
            socket.create_connection(listener.getsockname()).close()
            thread.join(5)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_all_is_well(exchange: PaperExchange, screen_of_process: Callable[..., tuple[int, list[str]]]) -> None:
    """As a process on a terminal, at a healthy exchange: no line fails, the key is named by its start only."""
    code, screen = screen_of_process("doctor", "--listen", "0.1")
    text = "\n".join(screen)
    assert code == 0, text
    for what in ("python", "libraries", "rest", "clock", "stream public", "stream business", "data", "key", "rights"):
        assert f"ok   {what} " in text, what
    assert exchange.accounts[0].api_key not in text


@pytest.mark.parametrize("name", ["bybit", "bitget"])
def test_all_is_well_elsewhere(name: str, doctor: Doctor) -> None:
    """The same for the other exchanges."""
    found = doctor("-e", name)
    assert {one["verdict"] for one in found.values()} <= {"ok", "warn", "skip"}, found
    assert found["stream private"]["verdict"] == "ok"


def test_all_is_well_with_a_unified_account(
    exchange: PaperExchange, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    """Which kind of account a key of Bitget has is found out, and asked in its own way."""
    carol = next(one for one in exchange.accounts if one.label == "carol")
    for name, value in {
        "API_KEY": carol.api_key,
        "SECRET_KEY": carol.secret_key,
        "PASSPHRASE": carol.passphrase,
    }.items():
        monkeypatch.setenv(f"BITGET_{name}", value)
    found = doctor("-e", "bitget")
    assert {one["verdict"] for one in found.values()} <= {"ok", "warn", "skip"}, found
    assert found["account"]["seen"] == "unified account (V3)"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_all_is_well_at_a_server_that_the_environment_names(
    exchange: PaperExchange, monkeypatch: pytest.MonkeyPatch, doctor: Doctor, host: str
) -> None:
    """Only a name of the exchange itself is falsely answered where it leads to a private address."""
    monkeypatch.setenv("OKX_SERVER", exchange.url.replace("127.0.0.1", host))
    found = doctor(server=False)
    assert {one["verdict"] for one in found.values()} <= {"ok", "warn", "skip"}, found


# -- this machine -----------------------------------------------------------------------------------------------------


def test_another_library_is_called_websocket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """The distribution ``websocket``, which hides websocket-client, is named with the way out."""
    write_distribution(tmp_path, "websocket", "0.2.1")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = doctor("--paper", server=False)
    assert found["libraries"]["verdict"] == "fail"
    assert "pip uninstall websocket" in found["libraries"]["cure"]


def test_a_library_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A version below the least one is named with both."""
    write_distribution(tmp_path, "okx_sync", "0.2.0", "orjson>=3.9")
    write_distribution(tmp_path, "orjson", "3.8.1")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = doctor("--paper", server=False)
    assert "orjson 3.8.1 is older than 3.9" in found["libraries"]["seen"]
    assert "pip install --upgrade" in found["libraries"]["cure"]


def write_distribution(folder: Path, name: str, version: str, *needs: str) -> None:
    """Write what a package manager leaves behind of a distribution."""
    place = folder / f"{name}-{version}.dist-info"
    place.mkdir()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        *(f"Requires-Dist: {one}" for one in needs),
    ]
    (place / "METADATA").write_text("\n".join(lines) + "\n")


# -- settings ---------------------------------------------------------------------------------------------------------


def test_a_key_with_quotes(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """Quotes that came with the value out of a file are found before anybody is asked; the value is not shown."""
    monkeypatch.setenv("OKX_SECRET_KEY", "'paper-alice-secret'")
    found = doctor()
    check(found, "key as written", "fail", "OKX_SECRET_KEY", "bare value")
    assert "alice" not in str(found["key as written"])


def test_half_a_key(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """What is missing of a key is named."""
    monkeypatch.delenv("OKX_PASSPHRASE")
    found = doctor()
    assert any("OKX_PASSPHRASE" in one["seen"] for one in found.values() if one["verdict"] == "fail"), found


def test_no_key(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """Without a key the public part is looked at, and the rest is said to be skipped."""
    for name in ("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE"):
        monkeypatch.delenv(name)
    check(doctor(), "key", "skip", "none is set", "OKX_API_KEY")


def test_a_site_that_does_not_exist(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A word that is none is named with the right ones."""
    monkeypatch.setenv("OKX_SITE", "mars")
    check(doctor(server=False), "configuration", "fail", "eea, us, not 'mars'", "")


def test_settings_that_contradict_each_other(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """Two switches that exclude each other are both named."""
    monkeypatch.setenv("BYBIT_DEMO", "1")
    monkeypatch.setenv("BYBIT_TESTNET", "1")
    check(doctor("-e", "bybit", server=False), "configuration", "fail", "BYBIT_TESTNET", "set one of them")


def test_no_such_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A profile that is not in the file is named with those that are."""
    write_profile(tmp_path, 0o600, monkeypatch)
    check(doctor("--profile", "mian"), "configuration", "fail", "mian", "main")


@pytest.mark.skipif(os.name != "posix", reason="files have no mode there")
def test_a_profile_that_others_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A file of keys that others can read is a warning with the command that mends it."""
    write_profile(tmp_path, 0o644, monkeypatch)
    check(doctor("--profile", "main"), "profile file", "warn", "mode 0644", "chmod 600")


def write_profile(home: Path, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the file of profiles of a user whose home this is."""
    file = home / ".okx" / "config.toml"
    file.parent.mkdir()
    keys = 'api_key = "paper-alice-key"\nsecret_key = "paper-alice-secret"\npassphrase = "paper-alice-pass"\n'
    file.write_text(f"[profiles.main]\n{keys}")
    file.chmod(mode)
    monkeypatch.setenv("HOME", str(home))


# -- the way there ----------------------------------------------------------------------------------------------------


def test_a_name_without_address(doctor: Doctor) -> None:
    """A name that leads nowhere is a matter of DNS."""
    name = "a" * 70  # longer than a name may be: no server is asked
    check(doctor("--server", f"http://{name}:80", server=False), f"dns {name}", "fail", "no address", "DNS server")


def test_a_poisoned_name(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A name of the exchange that leads to a private address is not believed."""
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]
    )
    found = doctor(server=False)
    (name,) = [what for what in found if what.startswith("dns ") and "okx.com" in what][:1]
    check(found, name, "fail", "127.0.0.1", "answers falsely")


def test_nothing_listens(doctor: Doctor) -> None:
    """A closed port is a matter of the firewall."""
    server = f"http://127.0.0.1:{free_port()}"
    check(doctor("--server", server, server=False), "tcp 127.0.0.1", "fail", "refused", "firewall")


def test_somebody_opens_tls(doctor: Doctor) -> None:
    """A certificate that nobody here trusts means a proxy in between, or worse."""
    with PaperExchange(tls=True, flow_per_s=0) as paper:
        check(doctor("--server", paper.url, server=False), "tls 127.0.0.1", "fail", "not to be trusted", "ca_file")
        assert doctor("--server", paper.url, "--ca-file", str(paper.ca_file), server=False)["rest"]["verdict"] == "ok"


def test_a_certificate_of_another_host(tmp_path: Path, doctor: Doctor) -> None:
    """Another host that answers is told from one that cannot be trusted."""
    authority = trustme.CA()
    with certified(authority, authority.issue_cert("login.hotel.example"), tmp_path) as words:
        check(doctor(*words, server=False), "tls 127.0.0.1", "fail", "mismatch", "another host")


def test_a_certificate_that_is_over(tmp_path: Path, doctor: Doctor) -> None:
    """A certificate that seems to be over points to the clock."""
    authority = trustme.CA()
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = authority.issue_cert("127.0.0.1", not_after=past, not_before=past - dt.timedelta(days=9))
    with certified(authority, certificate, tmp_path) as words:
        check(doctor(*words, server=False), "tls 127.0.0.1", "fail", "expired", "set the clock")


def test_no_tls_there(exchange: PaperExchange, doctor: Doctor) -> None:
    """``https://`` where plain text is spoken."""
    server = exchange.url.replace("http", "https")
    check(doctor("--server", server, server=False), "tls 127.0.0.1", "fail", "no TLS", "http://")


def test_a_file_that_is_no_certificate(exchange: PaperExchange, tmp_path: Path, doctor: Doctor) -> None:
    """A ``--ca-file`` that holds none is named."""
    file = tmp_path / "authority.pem"
    file.write_text("no certificate")
    words = ["--server", exchange.url.replace("http", "https"), "--ca-file", str(file)]
    found = doctor(*words, server=False)
    assert any("authority.pem" in one["seen"] for one in found.values() if one["verdict"] == "fail"), found


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A proxy that cannot be reached is named, without its password."""
    monkeypatch.setenv("OKX_PROXY_URL", f"http://me:hunter2@127.0.0.1:{free_port()}")
    found = doctor()
    check(found, "proxy", "fail", "cannot be reached", "start the proxy")
    assert "hunter2" not in str(found)


def test_a_proxy_that_wants_a_password(monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    """A proxy that refuses to connect further says so by its status."""
    with answering(407, Proxy_Authenticate="Basic") as proxy:
        monkeypatch.setenv("OKX_PROXY_URL", proxy)
        found = doctor("--server", "https://exchange.invalid", server=False)
    check(found, "rest", "fail", "407", "a user and a password")


# -- the exchange -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "cure"),
    [(403, "blocked country"), (451, "country"), (429, "too many requests"), (503, "status page")],
)
def test_rest_refuses(status: int, cure: str, doctor: Doctor) -> None:
    """The status of HTTP tells what is wrong with whoever asks."""
    with answering(status, b"no") as server:
        check(doctor("--server", server, server=False), "rest", "fail", str(status), cure)


def test_a_login_page_in_between(doctor: Doctor) -> None:
    """A page in place of an answer, as hotels give it."""
    with answering(200, b"<html>Welcome! Log in</html>", Content_Type="text/html") as server:
        found = doctor("--server", server, server=False)
    check(found, "rest", "fail", "a web page", "answered in its place")


def test_a_redirect_in_between(doctor: Doctor) -> None:
    """A redirect is not followed: it may lead a key astray."""
    with answering(302, Location="http://login.hotel.example/") as server:
        found = doctor("--server", server, server=False)
    check(found, "rest", "fail", "302", "")


def test_the_clock_is_off(doctor: Doctor) -> None:
    """How far, in which direction, and how to set it."""
    with PaperExchange(flow_per_s=0) as paper:
        paper.clock.advance(90)
        found = doctor("--server", paper.url, server=False)
    check(found, "clock", "warn", "behind", "NTP")


def test_web_sockets_are_refused(exchange: PaperExchange, doctor: Doctor) -> None:
    """REST works, and the handshake of the streams is refused."""
    exchange.faults.refuse_handshake(403, times=None)
    check(doctor("--timeout", "2"), "stream public", "fail", "403", "another network")


def test_web_sockets_are_held_back(doctor: Doctor) -> None:
    """REST works, and nobody answers the handshake of the streams."""
    now = f'{{"code": "0", "msg": "", "data": [{{"ts": "{time.time_ns() // 1_000_000}"}}]}}'.encode()
    with answering(200, b'{"code": "0", "msg": "", "data": []}', clock=now, silent_at="/ws/") as server:
        found = doctor("--server", server, "--timeout", "1", server=False)
    check(found, "stream public", "fail", "", "Upgrade")


def test_nothing_is_pushed(exchange: PaperExchange, doctor: Doctor) -> None:
    """The streams connect, and no data comes."""
    exchange.faults.lose_push("tickers", times=None)
    check(doctor("--timeout", "1"), "data", "fail", "BTC-USDT", "holds messages back")


def test_an_instrument_that_does_not_exist(doctor: Doctor) -> None:
    """What the exchange refuses is told in its words."""
    check(doctor("--instrument", "NO-PE"), "data", "fail", "NO-PE", "")


def test_connections_that_end(exchange: PaperExchange, doctor: Doctor) -> None:
    """What ended in between is told with the reason."""
    exchange.faults.drop_on("ack", path="public")  # hence the data come after the loss, however fast the machine is
    found = doctor("--listen", "0.2")
    check(found, "connections", "warn", "lost", "unsteady network")


# -- the key ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value", "cure"),
    [
        ("OKX_API_KEY", "no-such-key", "key"),
        ("OKX_SECRET_KEY", "wrong", "secret"),
        ("OKX_PASSPHRASE", "wrong", "passphrase"),
        ("BYBIT_API_KEY", "no-such-key", "key"),
        ("BYBIT_SECRET_KEY", "wrong", "secret"),
        ("BITGET_PASSPHRASE", "wrong", "passphrase"),
    ],
)
def test_a_key_that_is_not_accepted(
    variable: str, value: str, cure: str, monkeypatch: pytest.MonkeyPatch, doctor: Doctor
) -> None:
    """Which of the three parts is wrong."""
    monkeypatch.setenv(variable, value)
    found = doctor("-e", variable.partition("_")[0].lower())
    check(found, "key", "fail", "", cure)


def test_a_live_key_in_demo_trading(doctor: Doctor) -> None:
    """Site and mode: a key of the other side is told from an unknown one."""
    with PaperExchange(demo=True, flow_per_s=0) as paper:
        found = doctor("--server", paper.url, server=False)
    check(found, "key", "fail", "", "simulated=True")


def account(**more: Any) -> PaperAccount:
    """An account of a paper exchange whose key is that of the environment."""
    keys = ("paper-alice-key", "paper-alice-secret", "paper-alice-pass")
    return PaperAccount("alice", *keys, balances={}, **more)


def test_a_key_that_cannot_trade(doctor: Doctor) -> None:
    """A key that may only read works, and is told."""
    with PaperExchange(flow_per_s=0, accounts=[account(permissions=("read",))]) as paper:
        found = doctor("--server", paper.url, server=False)
    assert (found["rights"]["verdict"], "cannot trade" in found["rights"]["seen"]) == ("warn", True)


def test_a_key_that_may_withdraw(doctor: Doctor) -> None:
    """A key that may send money away does not belong on this machine."""
    with PaperExchange(flow_per_s=0, accounts=[account(permissions=("read", "trade", "withdraw"))]) as paper:
        found = doctor("--server", paper.url, server=False)
    assert found["rights to withdraw"]["verdict"] == "warn"
    assert "read and trade" in found["rights to withdraw"]["cure"]


def test_the_private_stream_refuses(exchange: PaperExchange, doctor: Doctor) -> None:
    """REST accepts the key, and the login of the stream is refused."""
    exchange.faults.refuse_login(times=None)
    found = doctor()
    assert (found["key"]["verdict"], found["stream private"]["verdict"]) == ("ok", "fail")
    assert found["stream private"]["cure"]


def test_what_an_exchange_does_not_say_is_not_said(exchange: PaperExchange, doctor: Doctor) -> None:
    """Kind, rights and addresses that are not in the answer are skipped, and a right to move money is none to trade."""

    def change(answer: Mapping[str, Any]) -> Mapping[str, Any]:
        told = {name: value for name, value in answer["result"].items() if name not in silent}
        return {**answer, "result": {**told, "permissions": {"Wallet": ["AccountTransfer"]}}}

    silent = ("uta", "unified", "isMaster", "ips")
    exchange.faults.change_answer(change, "/v5/user/query-api")
    found = doctor("-e", "bybit")
    assert found["account"]["verdict"] == found["addresses"]["verdict"] == "skip"
    assert "cannot trade" in found["rights"]["seen"]
