"""``FrameReader``: many frames a read, and the library's own rules for everything out of the ordinary."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
import websocket
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.transport.frames import FrameReader, split_frames, text_frame
from okx_sync.transport.options import MAX_MESSAGE
from okx_sync.transport.socket import _App
from tests.examples import examples
from tests.transport.peer import BINARY, CLOSE, CONT, PING, PONG, TEXT, Peer, close_frame, frame, on_thread

termios = pytest.importorskip("termios")
fcntl = pytest.importorskip("fcntl")

BYE = close_frame(1000)
TEXTS = st.one_of(
    st.binary(max_size=130),
    st.integers(120, 140).map(lambda size: b"m" * size),
    st.sampled_from([0, 125, 126, 127, 65535]).map(lambda size: b"x" * size),
)


def cut(stream: bytes, places: Sequence[float]) -> list[bytes]:
    """``stream`` in pieces, cut at these fractions of its length."""
    marks = sorted({0, len(stream), *(round(place * len(stream)) for place in places)})
    return [stream[start:stop] for start, stop in itertools.pairwise(marks)]


# -- the split alone -------------------------------------------------------------------------------------------


@given(st.lists(TEXTS, max_size=8), st.lists(st.floats(0, 1), max_size=20))
def test_any_cut_of_the_stream_gives_the_same_frames(texts: list[bytes], places: list[float]) -> None:
    """TCP cuts where it likes: every payload arrives once, whole, in order."""
    frames: list[bytes] = []
    buffer = b""
    for piece in cut(b"".join(map(frame, texts)), places):
        buffer += piece
        consumed, special = split_frames(buffer, frames)
        assert not special
        buffer = buffer[consumed:]
    assert frames == texts
    assert buffer == b""


SPECIAL = {
    "ping": frame(b"", PING),
    "pong": frame(b"", PONG),
    "close": BYE,
    "binary": frame(b"b", BINARY),
    "first fragment": frame(b"f", TEXT, fin=False),
    "continuation": frame(b"c", CONT),
    "reserved bit": frame(b"r", rsv=4),
    "unknown opcode": frame(b"u", 0x3),
    "masked": frame(b"m", mask=b"abcd"),
    "64-bit length": frame(b"l" * 70_000),
    "64-bit length of a short frame": frame(b"l", length_bytes=8),
}


@pytest.mark.parametrize("special", SPECIAL.values(), ids=SPECIAL)
def test_every_special_frame_goes_to_the_library(special: bytes) -> None:
    """What comes before it is delivered, and it starts what the library is given."""
    frames: list[bytes] = []
    stream = frame(b"before") + special + frame(b"after")
    consumed, is_special = split_frames(stream, frames)
    assert is_special
    assert frames == [b"before"]
    assert stream[consumed:] == special + frame(b"after")


def test_a_long_length_is_whole_before_it_is_judged() -> None:
    """The library would start to read whatever a length says; so it is not asked before the length can be checked."""
    special = frame(b"l" * 70_000)
    for seen in range(10):
        assert split_frames(special[:seen], []) == (0, False)
    assert split_frames(special[:10], []) == (0, True)


# -- a real app on a real socket ---------------------------------------------------------------------------------


@attrs.define
class Seen:
    """What both sides of one conversation saw."""

    messages: list[bytes] = attrs.field(factory=list)
    code: int | None = None
    broke_a_rule: bool = False
    sent_back: list[tuple[int, bytes]] = attrs.field(factory=list)


def converse(pieces: Sequence[bytes], *, stock: bool = False, one_by_one: bool = False) -> Seen:
    """Send ``pieces`` to a fresh app, ours or the library's own, and see what comes of it.

    ``one_by_one``: the next piece only when the one before was read, so that the cuts are real.
    """
    seen, ours = Seen(), socket.socketpair()
    client, peer = ours[0], Peer(ours[1])

    def message(_app: Any, data: bytes | str) -> None:
        seen.messages.append(data.encode() if isinstance(data, str) else data)

    def closed(_app: Any, code: int | None, _reason: str | None) -> None:
        seen.code = code

    def failed(_app: Any, error: Exception) -> None:
        seen.broke_a_rule = isinstance(error, websocket.WebSocketProtocolException)

    hooks: dict[str, Any] = {"on_message": message, "on_close": closed, "on_error": failed, "socket": client}
    url = "ws://localhost/"
    app: Any = websocket.WebSocketApp(url, **hooks) if stock else _App(url, seen.messages.extend, **hooks)
    with on_thread(lambda: app.run_forever(skip_utf8_validation=True)) as thread:
        peer.shake_hands()
        for piece in pieces:
            peer.send(piece)
            while one_by_one and thread.is_alive() and _unread(client):
                threading.Event().wait(0.0002)
        if not pieces or pieces[-1] == b"":
            peer.sock.shutdown(socket.SHUT_WR)
        seen.sent_back = list(peer.frames())
        peer.close()
    client.close()
    return seen


def _unread(sock: socket.socket) -> int:
    if sock.fileno() == -1:
        return 0
    count = bytearray(4)
    fcntl.ioctl(sock, termios.FIONREAD, count)
    return int.from_bytes(count, "little")


TABLE: dict[str, list[bytes]] = {
    "nothing": [BYE],
    "texts of all sizes": [frame(b"m" * size) for size in (0, 1, 125, 126, 127, 4000, 65_535)] + [BYE],
    "many texts in one piece": [frame(b"one") * 500 + BYE],
    "a text behind the close is not read": [frame(b"one") + BYE + frame(b"two")],
    "long text": [frame(b"l" * 70_000) + frame(b"after") + BYE],
    "long text in pieces": [*cut(frame(b"l" * 200_000), [0.00001, 0.1, 0.5]), frame(b"after"), BYE],
    "length spelled too long": [frame(b"a", length_bytes=2) + frame(b"b", length_bytes=8) + frame(b"c") + BYE],
    "binary": [frame(b"\x00\xff", BINARY) + frame(b"text") + BYE],
    "text that is not UTF-8": [frame(b"\xff\xfe") + BYE],
    "ping": [frame(b"p1", PING) + frame(b"text") + frame(b"p2", PING) + BYE],
    "ping alone in a piece": [frame(b"", PING), frame(b"text"), frame(b"x" * 125, PING), BYE],
    "pong nobody asked for": [frame(b"?", PONG) + frame(b"text") + BYE],
    "fragments": [frame(b"a", fin=False) + frame(b"b", CONT, fin=False) + frame(b"c", CONT) + frame(b"d") + BYE],
    "binary fragments": [frame(b"a", BINARY, fin=False), frame(b"b", CONT), frame(b"d"), BYE],
    "ping between fragments": [frame(b"a", fin=False) + frame(b"!", PING) + frame(b"b", CONT) + frame(b"c") + BYE],
    "masked": [frame(b"masked", mask=b"abcd") + frame(b"text") + BYE],
    "close with a reason": [frame(b"text") + close_frame(4008, "too many") + b""],
    "close without a code": [frame(b"", CLOSE)],
    "close in pieces": [close_frame(4001, "login")[:1], close_frame(4001, "login")[1:]],
    "reserved bit": [frame(b"text") + frame(b"r", rsv=4)],
    "unknown opcode": [frame(b"text") + frame(b"u", 0x3)],
    "continuation of nothing": [frame(b"text") + frame(b"c", CONT)],
    "binary inside a fragmented text": [frame(b"a", fin=False) + frame(b"b", BINARY)],
    "ping that is too long": [frame(b"p" * 126, PING)],
    "ping in fragments": [frame(b"p", PING, fin=False)],
}


@pytest.mark.parametrize("pieces", TABLE.values(), ids=TABLE)
def test_same_as_the_librarys_own_reader(pieces: list[bytes]) -> None:
    """Messages, close code, broken rules, and what the server gets back: as if we had not touched the hot path."""
    ours, stock = converse(pieces), converse(pieces, stock=True)
    assert ours == stock
    assert ours.sent_back[-1][0] == CLOSE


@pytest.mark.parametrize(
    "rest", [b"", frame(b"half")[:3], frame(b"l" * 70_000)[:5000], frame(b"a", fin=False)], ids=len
)
def test_an_end_without_a_close_frame(rest: bytes) -> None:
    """What was whole is delivered; the torn frame is not, and there is no close code."""
    pieces = [frame(b"whole") + rest, b""]
    for seen in (converse(pieces), converse(pieces, stock=True)):
        assert (seen.messages, seen.code) == ([b"whole"], None)


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(
        st.one_of(
            TEXTS.map(lambda text: [(TEXT, text)]),
            st.binary(max_size=20).map(lambda text: [(BINARY, text)]),
            st.binary(max_size=20).map(lambda text: [(PING, text)]),
            st.just([(TEXT, b"l" * 66_000)]),
        ),
        max_size=6,
    ),
    st.lists(st.floats(0, 1), max_size=6),
)
def test_any_cut_of_any_mix_is_read_alike(mix: list[list[tuple[int, bytes]]], places: list[float]) -> None:
    """Text, binary, pings and long frames in any order, cut anywhere: all messages in order, each ping answered."""
    frames = [one for part in mix for one in part]
    stream = b"".join(frame(payload, opcode) for opcode, payload in frames) + BYE
    seen = converse(cut(stream, places), one_by_one=True)
    assert seen.messages == [payload for opcode, payload in frames if opcode != PING]
    assert seen.sent_back[:-1] == [(PONG, payload) for opcode, payload in frames if opcode == PING]
    assert seen.code == 1000


@pytest.mark.parametrize("pieces", [1, 2, 5, 11], ids=lambda size: f"first {size} bytes alone")
def test_a_frame_that_claims_to_be_huge_ends_the_connection(pieces: int) -> None:
    """However its head is cut: nobody waits for, or makes room for, what cannot be market data."""
    head = b"\x81\x7f" + (MAX_MESSAGE + 1).to_bytes(8, "big") + b"start"
    seen = converse([frame(b"text") + head[:pieces], head[pieces:]], one_by_one=True)
    assert seen.messages == [b"text"]
    assert seen.sent_back[-1] == (CLOSE, (1009).to_bytes(2, "big"))


# -- what we rely on -----------------------------------------------------------------------------------------------


def test_the_parts_of_the_library_that_the_reader_touches_are_where_we_expect_them() -> None:
    """``app.sock``, its ``.sock``, ``.frame_buffer.recv_buffer`` (a list of bytes) and ``.cont_frame.recving_frames``
    (true in the middle of a message), and the hook's signature.

    A new release of websocket-client that moves them fails here and not in somebody's night.
    """
    found: dict[str, Any] = {}

    class Probe(websocket.WebSocketApp):
        def create_dispatcher(
            self, ping_timeout: Any, dispatcher: Any = None, is_ssl: bool = False, handleDisconnect: Any = None
        ) -> Any:
            found["hook"] = (ping_timeout, dispatcher, is_ssl, callable(handleDisconnect))
            return self

        def read(self, sock: Any, read_callback: Callable[[], bool], check_callback: Callable[[], bool]) -> None:
            library_socket: Any = self.sock
            buffer = library_socket.frame_buffer
            found["same socket"] = library_socket.sock is sock
            found["buffer"] = list(buffer.recv_buffer)
            buffer.recv_buffer = [frame(b"handed over") + b"rest"]
            found["goes on"] = read_callback()
            found["left"] = b"".join(buffer.recv_buffer)
            found["runs"] = self.keep_running
            buffer.recv_buffer = [frame(b"half", fin=False) + frame(b"", PONG)]
            found["whole"] = not library_socket.cont_frame.recving_frames
            read_callback()
            found["in pieces"] = bool(library_socket.cont_frame.recving_frames)

    client, server = socket.socketpair()
    messages: list[Any] = []
    app = Probe("ws://localhost/", on_message=lambda _app, data: messages.append(data), socket=client)
    with on_thread(lambda: app.run_forever(skip_utf8_validation=True)):
        Peer(server).shake_hands()
        server.close()
    client.close()
    assert found.pop("hook") == (None, None, False, True)
    assert (found.pop("whole"), found.pop("in pieces")) == (True, True)
    assert found == {"same socket": True, "buffer": [], "goes on": True, "left": b"rest", "runs": True}
    assert messages == [b"handed over"]


def test_the_reader_stops_when_it_is_told_to() -> None:
    """``keep_running`` is looked at between two reads: what was read is delivered first."""
    client, server = socket.socketpair()
    got: list[bytes] = []

    class App:
        keep_running = True

    def deliver(frames: list[bytes]) -> None:
        got.extend(frames)
        App.keep_running = False

    server.sendall(frame(b"one") + frame(b"two"))
    FrameReader(App, deliver).read(client, lambda: True, lambda: True)
    assert got == [b"one", b"two"]
    client.close()
    server.close()


class Scripted:
    """A socket that answers its reads as it was told."""

    def __init__(self, *answers: bytes | BaseException) -> None:
        self.answers = list(answers)

    def settimeout(self, _seconds: float | None) -> None:
        """Nothing waits here."""

    def recv(self, _most: int) -> bytes:
        answer = self.answers.pop(0) if self.answers else b""
        if isinstance(answer, BaseException):
            raise answer
        return answer


def test_a_read_that_a_signal_interrupted_is_done_again() -> None:
    """Nothing is lost by it; the end of the stream ends the loop."""
    got: list[bytes] = []

    def deliver(frames: list[bytes]) -> bool:
        got.extend(frames)
        return False

    class App:
        keep_running = True
        sock = None

    sock = Scripted(InterruptedError(), frame(b"one"), InterruptedError(), b"")
    FrameReader(App, deliver).read(sock, lambda: True, lambda: True)
    assert got == [b"one"]


def test_a_frame_for_the_library_after_its_socket_is_gone() -> None:
    """There is nobody to read it: the loop ends."""

    class App:
        keep_running = True
        sock = None

    sock = Scripted(frame(b"one") + frame(b"", PING), frame(b"never read"))
    FrameReader(App, lambda _frames: False).read(sock, lambda: True, lambda: True)
    assert len(sock.answers) == 1


# -- what is sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 125, 126, 127, 4096, 65_535, 65_536, 70_001])
def test_a_text_to_be_sent_is_framed_as_the_library_does_it(size: int) -> None:
    """Byte for byte, at every length of the head, with the same key."""
    text = "x" * (size % 5) + "\u20ac{}" * (size // 5)
    assert len(text.encode()) == size
    ours, theirs = text_frame(text), websocket.ABNF.create_frame(text, websocket.ABNF.OPCODE_TEXT)
    key = ours[len(ours) - size - 4 : len(ours) - size]
    theirs.get_mask_key = lambda _size: key
    assert ours == theirs.format()


def test_each_frame_has_a_key_of_its_own() -> None:
    """As the protocol demands: unforeseeable, hence never twice the same in a row."""
    assert len({text_frame("{}") for _ in range(20)}) == 20
