"""A row converts itself: neutral values are made where the row is declared, and by no file beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import okx_sync

HOME = Path(okx_sync.__file__).parent
NEUTRAL = {"AccountUpdate", "BalanceUpdate", "BookChange", "FillUpdate", "OrderUpdate", "PositionUpdate"}


def made_in(path: Path) -> Iterator[str]:
    """The neutral values that a file makes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NEUTRAL:
            yield node.func.id


def test_only_rows_make_neutral_values() -> None:
    """Whoever adds a field to a row finds its meaning in the same file. OKX's rows of books share a base class."""
    makers = {
        path.relative_to(HOME).as_posix()
        for room in ("exchanges", "clients")
        for path in (HOME / room).rglob("*.py")
        if any(made_in(path))
    }
    assert makers
    assert sorted(name for name in makers if not name.endswith(("models.py", "/book_row.py"))) == []


def test_what_a_file_makes_is_seen(tmp_path: Path) -> None:
    """A file beside the rows that makes such a value is noticed."""
    path = tmp_path / "normalize.py"
    path.write_text("def order_of(row):\n    return OrderUpdate(order_id=row.ordId)\n", encoding="utf-8")
    assert list(made_in(path)) == ["OrderUpdate"]
