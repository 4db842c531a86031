"""A public class name means one thing: no two rooms of the package have a class of the same name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import okx_sync

HOME = Path(okx_sync.__file__).parent
CLASS = re.compile(r"^class ([A-Za-z]\w*)", re.MULTILINE)


def classes(home: Path) -> Iterator[tuple[str, Path]]:
    """Each public class below a folder, with its file."""
    for path in sorted(home.rglob("*.py")):
        for name in CLASS.findall(path.read_text(encoding="utf-8")):
            yield name, path.relative_to(home)


def test_no_public_class_name_in_two_rooms() -> None:
    """Whoever reads a name knows which class is meant."""
    rooms: dict[str, set[str]] = {}
    for name, path in classes(HOME):
        rooms.setdefault(name, set()).add(path.parts[0].removesuffix(".py"))
    twice = {name: sorted(found) for name, found in rooms.items() if len(found) > 1}
    assert twice == {}


def test_no_public_class_name_twice_in_the_paper_exchange() -> None:
    """Its wires are told apart by their classes' names: `BybitAdlFeed`, `BitgetAdlFeed`."""
    counted = Counter(name for name, _ in classes(HOME / "paper"))
    assert [name for name, count in counted.items() if count > 1] == []
