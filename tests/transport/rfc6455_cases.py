"""What RFC 6455 asks of a client: frames of a server, and what must come of them.

Numbered as the sections of the Autobahn test suite's client cases: 1 framing, 2 pings and pongs, 3 reserved bits,
4 opcodes, 5 fragmentation, 6 UTF-8, 7 closing, 8 what that suite leaves out, 9 limits, 10 automatic fragmentation.
The text ``AFTER`` and a close frame follow every case: they show whether the connection was kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from enum import Enum

import attrs

from tests.transport.peer import BINARY, CLOSE, CONT, PING, PONG, TEXT, close_frame, frame

__all__ = ["AFTER", "BYE", "CASES", "GOODBYE", "INVALID_UTF8", "VALID_UTF8", "Case", "Seen", "Way"]

AFTER = b"after"
BYE = close_frame(1000)
GOODBYE = (CLOSE, (1000).to_bytes(2, "big"))
"""How the library says it is done, whatever the reason: it neither echoes the server's code, which is usual, nor names
1002 or 1007, which an endpoint that fails a connection SHOULD do. The same for ours, and nothing an exchange reads.
"""


class Way(Enum):
    """How the bytes of a case reach the client; the next piece is sent when the one before was read."""

    AT_ONCE = "at once"
    FRAMES = "frame by frame"
    OCTETS = "octet by octet"
    CHOPS = "in pieces of 997"


SMALL = (Way.AT_ONCE, Way.FRAMES, Way.OCTETS)
BRIEF = (Way.AT_ONCE, Way.OCTETS)
LARGE = (Way.AT_ONCE, Way.CHOPS)
ONCE = (Way.AT_ONCE,)


@attrs.frozen
class Seen:
    """What both sides saw. ``code``: the close code that the client tells; ``failed``: it ended the connection because
    the server broke a rule; ``sent``: what the server got, up to the end of the stream.
    """

    messages: Sequence[bytes]
    sent: Sequence[tuple[int, bytes]]
    code: int | None
    failed: bool


@attrs.frozen
class Case:
    """``asked``: by the RFC; ``rule``: the one that is broken; ``lenient``: what comes of letting that pass."""

    name: str
    frames: tuple[bytes, ...]
    ways: tuple[Way, ...]
    asked: Seen
    rule: str = ""
    lenient: Seen | None = None

    @property
    def section(self) -> int:
        """Of the suite."""
        return int(self.name.split(".")[0])


def _pongs(payloads: Sequence[bytes]) -> list[tuple[int, bytes]]:
    return [*((PONG, payload) for payload in payloads), GOODBYE]


def fine(
    name: str, *frames: bytes, gives: Sequence[bytes] = (), pongs: Sequence[bytes] = (), ways: tuple[Way, ...] = SMALL
) -> Case:
    """No rule is broken: everything is delivered and the connection is kept."""
    return Case(name, frames, ways, Seen([*gives, AFTER], _pongs(pongs), 1000, False))


def bad(
    name: str,
    rule: str,
    *frames: bytes,
    gives: Sequence[bytes] = (),
    pongs: Sequence[bytes] = (),
    passed: Sequence[bytes] = (),
    ways: tuple[Way, ...] = SMALL,
) -> Case:
    """The client must end the connection after ``gives``; if it does not, it has delivered ``passed`` too."""
    asked = Seen([*gives], _pongs(pongs), None, True)
    return Case(name, frames, ways, asked, rule, Seen([*gives, *passed, AFTER], _pongs(pongs), 1000, False))


def ends(
    name: str,
    *frames: bytes,
    code: int | None,
    gives: Sequence[bytes] = (),
    pongs: Sequence[bytes] = (),
    ways: tuple[Way, ...] = SMALL,
) -> Case:
    """The server says goodbye with ``code``: that is answered, and nothing behind it counts."""
    return Case(name, frames, ways, Seen([*gives], _pongs(pongs), code, False))


def bad_end(name: str, rule: str, close: bytes, code: int | None = None, ways: tuple[Way, ...] = ONCE) -> Case:
    """A goodbye that is none: the client ends the connection and tells no code. If it does not mind: ``code``."""
    gives = [b"before"]
    asked, lenient = Seen(gives, _pongs([]), None, True), Seen(gives, _pongs([]), code, False)
    return Case(name, (frame(b"before"), close), ways, asked, rule, lenient)


def fragments(payload: bytes, size: int, opcode: int = TEXT) -> tuple[bytes, ...]:
    """One message in frames of ``size`` bytes."""
    starts = range(0, len(payload), size)
    return tuple(
        frame(payload[start : start + size], CONT if start else opcode, fin=start == starts[-1]) for start in starts
    )


def first(payload: bytes, opcode: int = TEXT) -> bytes:
    """The first fragment of a message."""
    return frame(payload, opcode, fin=False)


def middle(payload: bytes) -> bytes:
    """A fragment that is neither the first nor the last."""
    return frame(payload, CONT, fin=False)


def last(payload: bytes) -> bytes:
    """The last fragment of a message."""
    return frame(payload, CONT)


# -- 1 framing, 2 pings and pongs, 3 reserved bits, 4 opcodes ---------------------------------------------------------


def _framing() -> Iterator[Case]:
    for kind, opcode in (("text", TEXT), ("binary", BINARY)):
        for size in (0, 125, 126, 127, 128, 65_535, 65_536):
            payload = bytes(0x20 + n % 0x5F for n in range(size)) if opcode == TEXT else bytes(range(256)) * 257
            payload = payload[:size]
            yield fine(
                f"1.{opcode} {kind} of {size}",
                frame(payload, opcode),
                gives=[payload],
                ways=LARGE if size > 128 else ONCE if size > 126 else BRIEF,
            )


NOT_UTF8 = b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff"
HELLO = b"Hello"
SHORT = "a control frame has at most 125 bytes"


def _pings() -> Iterator[Case]:
    full = b"\xfe" * 125
    ten = [b"payload-%d" % number for number in range(10)]
    yield fine("2.1 empty ping", frame(b"", PING), pongs=[b""])
    yield fine("2.2 ping with text", frame(b"Hello, world!", PING), pongs=[b"Hello, world!"])
    yield fine("2.3 ping with binary", frame(NOT_UTF8, PING), pongs=[NOT_UTF8])
    yield fine("2.4 ping of 125", frame(full, PING), pongs=[full], ways=BRIEF)
    yield bad("2.5 ping of 126", SHORT, frame(b"\xfe" * 126, PING), ways=BRIEF)
    yield bad("2.5 pong of 126", "a pong has at most 125 bytes", frame(b"\xfe" * 126, PONG), ways=ONCE)
    yield fine("2.7 pong nobody asked for", frame(b"", PONG))
    yield fine("2.8 pong of 125 nobody asked for", frame(full, PONG), ways=BRIEF)
    yield fine("2.9 pong, then ping", frame(b"stray", PONG), frame(b"ping", PING), pongs=[b"ping"])
    yield fine("2.10 ten pings", *(frame(one, PING) for one in ten), pongs=ten)


def _reserved_bits() -> Iterator[Case]:
    rule = "reserved bits are 0"
    for rsv in range(1, 8):
        yield bad(f"3.1 text with bits {rsv}", rule, frame(HELLO, rsv=rsv), ways=ONCE)
        two = (frame(HELLO), frame(HELLO, rsv=rsv))
        yield bad(f"3.2 text, text with bits {rsv}", rule, *two, gives=[HELLO], ways=BRIEF)
        yield bad(f"3.5 binary with bits {rsv}", rule, frame(NOT_UTF8, BINARY, rsv=rsv), ways=ONCE)
        yield bad(f"3.6 ping with bits {rsv}", rule, frame(HELLO, PING, rsv=rsv), ways=ONCE)
    yield bad("3.7 close with bits 7", rule, frame(b"\x03\xe8", CLOSE, rsv=7))
    yield bad("3.8 empty text with bits 4", rule, frame(b"", rsv=4))
    yield bad("3.9 last fragment with bits 4", rule, first(b"a"), frame(b"b", CONT, rsv=4))


def _opcodes() -> Iterator[Case]:
    rule = "reserved opcodes are not used"
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        part = "4.1" if opcode < 8 else "4.2"
        yield bad(f"{part} opcode {opcode}", rule, frame(b"", opcode), ways=ONCE)
        yield bad(f"{part} opcode {opcode} with data", rule, frame(b"data", opcode), ways=ONCE)
        yield bad(
            f"{part} text, opcode {opcode}, ping",
            rule,
            *(frame(HELLO), frame(b"data", opcode), frame(b"", PING)),
            gives=[HELLO],
            ways=BRIEF,
        )


# -- 5 fragmentation --------------------------------------------------------------------------------------------------

CONTINUES = "a continuation continues something"
ALONE = "a message begins when the one before has ended"
ALONE_LATER = "a message begins when the one before has ended, though a control frame came in between"
WHOLE = "a control frame is not fragmented"
A, B, C = b"fragment1", b"fragment2", b"fragment3"


def _fragmentation() -> Iterator[Case]:
    ping, pong = frame(b"ping", PING), frame(b"pong", PONG)
    text = frame(b"whole")
    yield bad("5.1 ping in fragments", WHOLE, frame(A, PING, fin=False), last(B))
    yield bad("5.2 pong in fragments", WHOLE, frame(A, PONG, fin=False), last(B))
    yield bad("5.2 first half of a pong", "a pong is not fragmented", frame(A, PONG, fin=False))
    for number, opcode in ((3, TEXT), (4, BINARY)):
        yield fine(f"5.{number} two fragments of {opcode}", first(A, opcode), last(B), gives=[A + B])
    yield fine("5.5 three fragments", first(A), middle(B), last(C), gives=[A + B + C])
    yield fine("5.6 ping in a message", first(A), ping, last(B), gives=[A + B], pongs=[b"ping"])
    yield fine("5.7 pong in a message", first(A), pong, last(B), gives=[A + B])
    yield fine("5.8 empty fragments", first(b""), middle(b""), last(b""), gives=[b""])
    for fin in (True, False):
        word = "last" if fin else "middle"
        yield bad(f"5.9 {word} fragment of nothing", CONTINUES, frame(A, CONT, fin=fin), text)
        yield bad(f"5.12 text, {word} fragment of nothing", CONTINUES, text, frame(A, CONT, fin=fin), gives=[b"whole"])
    yield bad("5.14 fragment behind the last", CONTINUES, first(A), last(B), last(C), gives=[A + B])
    yield bad("5.15 as 5.14, then a message", CONTINUES, first(A), last(B), middle(C), text, gives=[A + B])
    yield bad("5.16 nothing continued, then fragments", CONTINUES, middle(A), first(A), last(B))
    for kind, opcode in (("text", TEXT), ("binary", BINARY)):
        yield bad(f"5.18 {kind} within fragments", ALONE, first(A), frame(B, opcode), last(C))
        yield bad(f"5.18 first fragment of {kind} within fragments", ALONE, first(A), first(B, opcode), last(C))
        yield bad(f"5.18 {kind} within binary fragments", ALONE, first(A, BINARY), frame(B, opcode), last(C))
    yield bad("5.18 binary behind ping", ALONE, first(A), ping, frame(B, BINARY), pongs=[b"ping"])
    yield bad("5.18 fragment behind ping", ALONE, first(A), ping, first(B), pongs=[b"ping"])
    for name, control, pongs in (("ping", ping, [b"ping"]), ("pong", pong, [])):
        frames = (first(A), control, frame(B), last(C))
        yield bad(f"5.18 text behind {name}", ALONE_LATER, *frames, pongs=pongs, passed=[B, A + C])
    five = [first(A), middle(B), ping, middle(C), ping, middle(A), last(B)]
    yield fine("5.19 five fragments, two pings", *five, gives=[A + B + C + A + B], pongs=[b"ping"] * 2)
    yield fine("5.20 fragmented twice", *five, *five, gives=[A + B + C + A + B] * 2, pongs=[b"ping"] * 4)


# -- 6 UTF-8 ----------------------------------------------------------------------------------------------------------

VALID_UTF8: dict[str, bytes] = {
    "one to four bytes": "h€llo ñ \U0001f600 κόσμε".encode(),
    **{f"U+{code:04X}": chr(code).encode() for code in (0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000)},
    "limit U+10FFFF": "\U0010ffff".encode(),
    "non-characters of the first plane": "\ufdd0\ufdef\ufffe\uffff".encode(),
    **{f"non-characters of plane {n}": (chr(n << 16 | 0xFFFE) + chr(n << 16 | 0xFFFF)).encode() for n in (1, 2, 9, 16)},
}

_INVALID = {
    "beyond U+10FFFF": "f4908080 f5808080 f7bfbfbf",
    "five bytes": "f888808080 fbbfbfbfbf",
    "six bytes": "fc8480808080 fdbfbfbfbfbf",
    "continuation alone": "80 bf 80bf 80bf80bf80bf",
    "no such byte": "fe ff fefeffff",
    "start without the rest": "c220 df20 e020 ef20 f020 f420 c3 e182 f09f98 c2c2a2 e282e282ac f09f98f09f9880",
    "surrogate": "eda080 edadbf edaebf edafbf edb080 edbfbf eda080edb080 edafbfedbfbf",
    "overlong slash": "c0af e080af f08080af f8808080af fc80808080af",
    "overlong limit": "c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf",
    "overlong zero": "c080 e08080 f0808080",
}
INVALID_UTF8: dict[str, bytes] = {
    f"{name} {one}": bytes.fromhex(one) for name, several in _INVALID.items() for one in several.split()
}
UTF8 = "a text is UTF-8"


def _utf8() -> Iterator[Case]:
    yield fine("6.1 empty fragments around a text", first(b""), middle(b"middle"), last(b""), gives=[b"middle"])
    for name, text in VALID_UTF8.items():
        yield fine(f"6.2 {name}", frame(text), gives=[text], ways=ONCE)
        yield fine(f"6.2 {name} in fragments of one byte", *fragments(text, 1), gives=[text], ways=ONCE)
    euro = "€".encode()
    yield fine("6.2 octet by octet", frame(VALID_UTF8["one to four bytes"]), gives=[VALID_UTF8["one to four bytes"]])
    yield fine("6.2 cut inside a character", first(b"1" + euro[:1]), last(euro[1:]), gives=[b"1" + euro])
    yield fine(
        "6.2 cut inside a character by a ping",
        *(first(euro[:2]), frame(euro[:1], PING), last(euro[2:])),
        gives=[euro],
        pongs=[euro[:1]],
    )
    yield fine("6.2 binary need not be", frame(NOT_UTF8, BINARY), gives=[NOT_UTF8])
    for name, broken in INVALID_UTF8.items():
        text = b"ok" + broken
        yield bad(f"6.3 {name}", UTF8, frame(text), passed=[text], ways=ONCE)
        yield bad(f"6.3 {name} in fragments of one byte", UTF8, *fragments(text, 1), passed=[text], ways=ONCE)
    long = b"x" * 70_000 + b"\xff"
    yield bad("6.3 in a long frame", UTF8, frame(long), passed=[long], ways=LARGE)
    for part in ("whole", "fragmented"):
        frames = (frame(b"\xce\xbae\xed"),) if part == "whole" else (first(b"\xce\xbae"), last(b"\xed"))
        yield bad(f"6.4 {part}, between texts", UTF8, frame(HELLO), *frames, gives=[HELLO], passed=[b"\xce\xbae\xed"])


# -- 7 closing, 8 what the suite leaves out ---------------------------------------------------------------------------


def _closing() -> Iterator[Case]:
    text, ping = frame(b"late"), frame(b"late", PING)
    yield ends("7.1 text, close", frame(HELLO), BYE, code=1000, gives=[HELLO])
    yield ends("7.1 two closes", BYE, close_frame(3000), code=1000)
    yield ends("7.1 ping behind the close", BYE, ping, code=1000)
    yield ends("7.1 text and ping behind the close", frame(HELLO), BYE, text, ping, code=1000, gives=[HELLO])
    yield ends("7.1 close within fragments", first(A), BYE, last(B), code=1000)
    yield ends("7.1 ping, close", frame(b"early", PING), BYE, text, code=1000, pongs=[b"early"])
    yield ends("7.3 close without a code", frame(b"", CLOSE), code=None)
    yield bad_end("7.3 close with half a code", "a close code has two bytes", frame(b"\x03", CLOSE), ways=SMALL)
    yield ends("7.3 close with a reason", close_frame(1000, "Hello World! ñ€"), code=1000)
    yield ends("7.3 close with a reason of 123", close_frame(1000, "*" * 123), code=1000)
    yield bad_end("7.3 close with a reason of 124", SHORT, close_frame(1000, "*" * 124))
    for code in (*range(1000, 1004), *range(1007, 1015), 3000, 3999, 4000, 4999):
        yield ends(f"7.7 close with {code}", close_frame(code), code=code, ways=ONCE)
    for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535):
        yield bad_end(f"7.9 close with {code}", "a close code is one for the wire", close_frame(code))
        yield bad_end(f"7.9 close with {code}, reason", "a close code is one for the wire", close_frame(code, "why"))
    for name, broken in INVALID_UTF8.items():
        cut = name.endswith((" c3", " e182", " f09f98"))
        rule = "a close reason ends with a whole character" if cut else "a close reason is UTF-8"
        yield bad_end(f"7.5 reason: {name}", rule, frame(b"\x03\xe8why" + broken, CLOSE), 1000)


def _left_out() -> Iterator[Case]:
    masked = "a server does not mask"
    yield bad("8.1 masked text", masked, frame(HELLO, mask=b"abcd"), passed=[HELLO])
    short = "a length is spelled as short as it can be"
    for size in (2, 8):
        yield bad(f"8.2 length in {size} bytes", short, frame(HELLO, length_bytes=size), passed=[HELLO])
    close = frame(b"\x03\xe8", CLOSE, fin=False)
    yield bad_end("8.3 close in fragments", "a close is not fragmented", close, 1000, SMALL)


# -- 9 limits, 10 automatic fragmentation -----------------------------------------------------------------------------

KIB = 1024
MIB = 1024 * KIB


def _limits() -> Iterator[Case]:
    noise = bytes(range(256)) * (4 * MIB // 256)
    text = b"*" * (256 * KIB)  # not larger: the library checks a text byte by byte, in Python
    for size in (64 * KIB, 256 * KIB):
        yield fine(f"9.1 text of {size}", frame(text[:size]), gives=[text[:size]], ways=ONCE)
    for size in (64 * KIB, 256 * KIB, MIB, 4 * MIB):
        yield fine(f"9.2 binary of {size}", frame(noise[:size], BINARY), gives=[noise[:size]], ways=ONCE)
    for size in (KIB, 4 * KIB, 64 * KIB):
        yield fine(f"9.3 text in fragments of {size}", *fragments(text, size), gives=[text], ways=ONCE)
    for size in (16 * KIB, 64 * KIB, 256 * KIB, MIB):
        frames = fragments(noise, size, BINARY)
        yield fine(f"9.4 4 MiB in fragments of {size}", *frames, gives=[noise], ways=ONCE)
    part = noise[: 256 * KIB]
    yield fine("9.5 text in chops", frame(text[: 128 * KIB]), gives=[text[: 128 * KIB]], ways=(Way.CHOPS,))
    yield fine("9.6 binary in chops", frame(part, BINARY), gives=[part], ways=(Way.CHOPS,))
    for size in (0, 16, 64, 256):
        yield fine(f"9.7 1000 texts of {size}", *[frame(text[:size])] * 1000, gives=[text[:size]] * 1000, ways=ONCE)
    for size in (KIB, 4 * KIB):
        many = [noise[:size]] * 1000
        yield fine(f"9.8 1000 of {size}, binary", *[frame(noise[:size], BINARY)] * 1000, gives=many, ways=ONCE)
    mixed = list(itertools.chain.from_iterable((frame(b"t"), frame(b"p", PING)) for _ in range(200)))
    yield fine("9.9 200 texts, a ping behind each", *mixed, gives=[b"t"] * 200, pongs=[b"p"] * 200, ways=ONCE)


def _auto_fragmentation() -> Iterator[Case]:
    for kind, opcode, payload in (("text", TEXT, b"*" * 65_536), ("binary", BINARY, bytes(range(256)) * 256)):
        frames = fragments(payload, 1300, opcode)
        ways = (Way.AT_ONCE, Way.CHOPS, Way.FRAMES)
        yield fine(f"10.{opcode} 64 KiB of {kind} in fragments of 1300", *frames, gives=[payload], ways=ways)


CASES = [
    *itertools.chain(_framing(), _pings(), _reserved_bits(), _opcodes(), _fragmentation(), _utf8(), _closing()),
    *itertools.chain(_left_out(), _limits(), _auto_fragmentation()),
]
