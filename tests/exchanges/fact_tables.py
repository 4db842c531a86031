"""Tables of what the fields of rows are: how they are written and read.

The tables stand beside the tests of an exchange, in ``field_facts/*.txt``. They say what the exchange's documentation
says; nothing in them is made from the row classes. A block is one or more heads (a channel, an endpoint), each on a
line, and below them, indented, the fields of a row:

=================  =====================================================================================================
``name``           text; also ids, words and codes, of which new ones pass through
``name:num``       a number of any digits, written as text
``name:int``       a whole number, written as text
``name:ms``        a time in epoch milliseconds, written as text
``name:bool``      true or false, in any of the spellings of ``FLAGS``; ``#bool`` written as JSON
``name:texts``     a list of texts
``name:#id``       an id or a code that is written as a JSON number, and told as text
``name:unknown``   nobody says what it is: it comes through exactly, that is all
``name:extra``     nobody says what is in it, and no class has a field for it: it is kept in ``extra``
``name:map``       an object whose keys are data
``#num #int #ms``  the same, written as a JSON number; ``#float`` of as few digits as fit into a float
``name[ ... ]``    a list of objects
``name{ ... }``    one object; ``name?{ ... }`` one that may be null
``name( ... )``    a list of rows whose columns have these meanings; ``_`` is a column that means nothing
``columns( ... )`` the row itself is one of columns
``a|b``            two spellings that are in use
``a>b``            the field that the class has for it, where that cannot be its name
``@a.b``           what the message around the row says there, told by the field of the last name
``=name:value``    what the name of the channel, or the call itself, says; ``#5`` is a whole number,
                   ``*`` the second word of the head
=================  =====================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

__all__ = ["Fact", "Facts", "every_fact", "parse", "read_tables"]

_TOKEN: Final = re.compile(r"[^\s\[\]{}()]+|[\[\]{}()]")
_WORD: Final = re.compile(r"(?P<where>[@=]?)(?P<wire>[\w.|]+)(?P<maybe>\??)(?:>(?P<name>\w+))?(?::(?P<kind>\S+))?")
_OPEN: Final = {"[": ("list", "]"), "{": ("object", "}"), "(": ("rows", ")")}
_CLOSE: Final = frozenset("]})")
_KINDS: Final = frozenset(
    [
        "text",
        "num",
        "int",
        "ms",
        "bool",
        "#bool",
        "texts",
        "unknown",
        "extra",
        "map",
        "#num",
        "#float",
        "#int",
        "#ms",
        "#id",
    ]
)


class Fact(NamedTuple):
    """One field: its spellings on the wire, the field of the class, what it is, and what is in it.

    ``where``: "" in the row, "@" in the message around it, "=" said by the call or the channel's name. ``maybe``: the
    object may be null.
    """

    wire: tuple[str, ...]
    name: str
    kind: str
    fields: tuple[Fact, ...] = ()
    where: str = ""
    maybe: bool = False


Facts: TypeAlias = tuple[Fact, ...]


def read_tables(folder: Path) -> dict[str, Facts]:
    """The facts of every head of all tables in a folder."""
    found: dict[str, Facts] = {}
    for path in sorted(folder.glob("*.txt")):
        table = parse(path.read_text(encoding="utf-8"))
        assert not found.keys() & table.keys(), f"told twice: {found.keys() & table.keys()}"
        found |= table
    assert found, folder
    return found


def every_fact(facts: Facts) -> Iterator[Fact]:
    """Each fact, and each of the rows within."""
    for fact in facts:
        yield fact
        yield from every_fact(fact.fields)


def parse(text: str) -> dict[str, Facts]:
    """The facts of every head of a table."""
    found: dict[str, Facts] = {}
    blocks: list[tuple[list[str], list[str]]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            blocks[-1][1].append(line)
            continue
        if not blocks or blocks[-1][1]:
            blocks.append(([], []))
        blocks[-1][0].append(line.strip())
    for heads, lines in blocks:
        tokens = iter(_TOKEN.findall(" ".join(lines)))
        facts = tuple(_facts(tokens))
        for head in heads:
            assert head not in found, f"told twice: {head}"
            said = head.split()[:2][-1]
            found[head] = tuple(fact._replace(kind=said) if fact.kind == "*" else fact for fact in facts)
    return found


def _facts(tokens: Iterator[str], end: str = "") -> Iterator[Fact]:
    """The fields up to the bracket that closes them; one word is held back, as a bracket behind it says what it is."""
    word = ""
    for token in tokens:
        if token in _CLOSE:
            assert token == end, f"{token} closes nothing"
            end = ""
            break
        if token in _OPEN:
            kind, closing = _OPEN[token]
            yield _fact(word)._replace(kind=kind, fields=tuple(_facts(tokens, closing)))
            word = ""
            continue
        if word:
            yield _fact(word)
        word = token
    assert not end, f"{end} is missing"
    if word:
        yield _fact(word)


def _fact(word: str) -> Fact:
    match = _WORD.fullmatch(word)
    assert match, f"no field: {word}"
    wire = tuple(match["wire"].split("|"))
    kind = match["kind"] or "text"
    assert match["where"] == "=" or kind in _KINDS, f"no kind: {word}"
    return Fact(wire, match["name"] or wire[0].rpartition(".")[2], kind, (), match["where"], bool(match["maybe"]))
