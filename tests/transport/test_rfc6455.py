"""RFC 6455, case by case over real sockets: our ``Wire`` beside the library's own reader with its UTF-8 check."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
import trustme
import websocket

from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.events import Garbage, Push
from okx_sync.transport.options import WireOptions
from okx_sync.transport.socket import Wire
from tests.each_case import each_case
from tests.transport.peer import CLOSE, PATIENCE_S, Listener, Peer, frame, on_thread
from tests.transport.rfc6455_cases import AFTER, BYE, CASES, INVALID_UTF8, VALID_UTF8, Case, Seen, Way

termios = pytest.importorskip("termios")
fcntl = pytest.importorskip("fcntl")


# -- where they differ ------------------------------------------------------------------------------------------------


@attrs.frozen
class Leniency:
    """Who lets a broken rule pass, and why that is so."""

    why: str
    ours: bool = True
    stock: bool = True


NONE = Leniency("", ours=False, stock=False)
LENIENT: dict[str, Leniency] = {
    "a text is UTF-8": Leniency(
        "reported to the user by the decoder, connection kept: garbage is survived, and each text is checked once, "
        "by the JSON parser",
        stock=False,
    ),
    "a close reason is UTF-8": Leniency(
        "the connection ends all the same, and its code is told",
        stock=False,
    ),
    "a close reason ends with a whole character": Leniency(
        "as above; the library's own check does not see a character that is cut off at the very end",
    ),
    "a pong has at most 125 bytes": Leniency("the library checks pings and closes only", ours=False),
    "a pong is not fragmented": Leniency("the library checks pings only"),
    "a close is not fragmented": Leniency("the library checks pings only; the connection ends all the same"),
    "a server does not mask": Leniency("the library unmasks what is masked"),
    "a length is spelled as short as it can be": Leniency("neither reader compares a length with its spelling"),
}


# -- the two clients --------------------------------------------------------------------------------------------------


class Client:
    """One of the two, and what it has seen."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.messages: list[bytes] = []
        self.code: int | None = None
        self.broke_a_rule = False
        self.raw: Any = None

    def run(self) -> None:
        """Connect and read until the end."""
        raise NotImplementedError


class Ours(Client):
    """A ``Wire``."""

    def __init__(self, url: str, ca_file: str | None) -> None:
        super().__init__()
        options = WireOptions(connect_s=PATIENCE_S, ca_file=ca_file)
        self._wire = Wire(url, options, on_open=self._open, on_frames=self.messages.extend)

    def _open(self) -> None:
        app: Any = self._wire._app
        self.raw = app.sock.sock
        self.opened.set()

    def run(self) -> None:
        """Connect and read until the end."""
        ending = self._wire.run()
        self.code = ending.code
        self.broke_a_rule = ending.reason.startswith(tuple(kind.__name__ for kind in BROKEN_RULE))


class Stock(Client):
    """The library's ``WebSocketApp`` as it comes."""

    def __init__(self, url: str, ca_file: str | None) -> None:
        super().__init__()
        self._sslopt = {} if ca_file is None else {"context": ssl.create_default_context(cafile=ca_file)}
        self._app: Any = websocket.WebSocketApp(
            url, on_open=self._open, on_message=self._message, on_error=self._failed, on_close=self._closed
        )

    def _open(self, _app: Any) -> None:
        self.raw = self._app.sock.sock
        self.opened.set()

    def _message(self, _app: Any, message: str | bytes) -> None:
        self.messages.append(message.encode() if isinstance(message, str) else message)

    def _failed(self, _app: Any, error: BaseException) -> None:
        self.broke_a_rule = isinstance(error, BROKEN_RULE)

    def _closed(self, _app: Any, code: int | None, _reason: str | None) -> None:
        self.code = code

    def run(self) -> None:
        """Connect and read until the end."""
        self._app.run_forever(sslopt=self._sslopt)
        if self.raw is not None:
            self.raw.close()  # the library does not, behind a close frame


BROKEN_RULE = (websocket.WebSocketProtocolException, websocket.WebSocketPayloadException, UnicodeDecodeError)


# -- a conversation ---------------------------------------------------------------------------------------------------


@attrs.frozen
class Tls:
    """What both sides of an encrypted conversation need."""

    server: ssl.SSLContext
    ca_file: str


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """A throw-away certificate for this machine."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    path: Path = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return Tls(context, str(path))


def pieces(case: Case, way: Way) -> Iterator[bytes]:
    """The bytes of a case and of what follows it."""
    frames = [*case.frames, frame(AFTER), BYE]
    if way is Way.FRAMES:
        yield from frames
        return
    stream = b"".join(frames)
    size = {Way.AT_ONCE: len(stream), Way.OCTETS: 1, Way.CHOPS: 997}[way]
    for start in range(0, len(stream), size):
        yield stream[start : start + size]


MOST_LOOKS = 30_000  # several seconds: a client that reads no more fails its case and does not hang


def unread(sock: Any) -> int:
    """How many bytes a socket has received that nobody has read."""
    count = bytearray(4)
    try:
        fcntl.ioctl(sock.fileno(), termios.FIONREAD, count)
    except (OSError, ValueError):  # closed
        return 0
    return int.from_bytes(count, "little")


def speak(peer: Peer, client: Client, case: Case, way: Way) -> None:
    """Say it all, the next piece when the one before was read; a client that hangs up hears the rest not."""
    pause = threading.Event()
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        for piece in pieces(case, way):
            peer.send(piece)
            for _ in range(0 if way is Way.AT_ONCE else MOST_LOOKS):
                if not unread(client.raw):
                    break
                pause.wait(0.0001)


def converse(make: Callable[[str, str | None], Client], case: Case, way: Way, tls: Tls | None = None) -> Seen:
    """What comes of a case."""
    with Listener() as listener:
        url = listener.url if tls is None else listener.url.replace("ws:", "wss:")
        client = make(url, None if tls is None else tls.ca_file)
        with on_thread(client.run), contextlib.closing(listener.accept_raw()) as peer:
            peer.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                peer.sock = tls.server.wrap_socket(peer.sock, server_side=True)
            peer.shake_hands()
            assert client.opened.wait(PATIENCE_S)
            speak(peer, client, case, way)
            sent = list(peer.frames())
            with contextlib.suppress(OSError):
                socket.socket.shutdown(peer.sock, socket.SHUT_WR)  # below TLS, which must go on reading
            sent += peer.frames()
    return Seen(client.messages, sent, client.code, client.broke_a_rule)


def check(case: Case, way: Way, tls: Tls | None = None) -> None:
    """Both do what the RFC asks, and therefore the same, but for what the table says."""
    leniency = LENIENT.get(case.rule, NONE)
    assert converse(Ours, case, way, tls) == (case.lenient if leniency.ours else case.asked)
    assert converse(Stock, case, way, tls) == (case.lenient if leniency.stock else case.asked)


ALL = [(case, way) for case in CASES for way in case.ways]
SOME = list({(case.section, case.rule, way): (case, way) for case, way in reversed(ALL)}.values())[::-1]


def name_of(one: tuple[Case, Way]) -> str:
    """For the report of a failure."""
    return f"{one[0].name}, {one[1].value}"


# One case of each section and rule in each way, and every third of the others.
USUAL = [one for number, one in enumerate(ALL) if number % 3 == 0 or one in SOME]
UNUSUAL = [one for one in ALL if one not in USUAL]


@each_case(("case", "way"), USUAL, ids=name_of)
def test_over_tcp(case: Case, way: Way) -> None:
    """Messages byte-exact and in order, pongs, the answer to a close, and an end where a rule was broken."""
    check(case, way)


@pytest.mark.slow
@each_case(("case", "way"), UNUSUAL, ids=name_of)
def test_all_the_others_over_tcp(case: Case, way: Way) -> None:
    """What holds for a case in three holds for each."""
    check(case, way)


@each_case(("case", "way"), SOME, ids=name_of)
def test_over_tls(case: Case, way: Way, tls: Tls) -> None:
    """One case of each section and rule in each way; ours reads through its own TLS class."""
    check(case, way, tls)


# -- the table itself, and what our decoder does with what the reader lets pass ---------------------------------------


def test_the_table_of_leniencies_is_used_up() -> None:
    """No row without a case; every case has its own name, and what it sends ends with a close in any event."""
    assert set(LENIENT) <= {case.rule for case in CASES}
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.asked.sent[-1][0] == CLOSE for case in CASES)


PLACES = {
    "alone": b"%b",
    "in a value": b'{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"last":"%b"}]}',
    "in an argument": b'{"arg":{"channel":"tickers","instId":"%b"},"data":[]}',
    "in a key": b'{"arg":{"channel":"tickers"},"data":[{"%b":"1"}]}',
}


@each_case("place", PLACES)
@each_case("name", INVALID_UTF8)
def test_a_text_that_is_not_utf8_is_garbage(name: str, place: str) -> None:
    """What section 6 must not accept reaches the user as a report, wherever in a message it stands."""
    message = PLACES[place] % INVALID_UTF8[name]
    event = OkxDialect().read(message)
    assert isinstance(event, Garbage)
    assert event.frame == message
    assert event.problem.startswith("not JSON: ")


@pytest.mark.parametrize("name", [name for name in VALID_UTF8 if name != "U+0000"])
def test_a_text_that_is_utf8_is_read_as_it_stands(name: str) -> None:
    """Non-characters and the limits of each length are text like any other; JSON itself excludes U+0000 only."""
    event = OkxDialect().read(PLACES["in an argument"] % VALID_UTF8[name])
    assert isinstance(event, Push)
    assert event.arg["instId"] == VALID_UTF8[name].decode()
