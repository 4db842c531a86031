"""What does not apply to a wire is listed with a reason, and nothing else is."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conformance.wire_protocols import WIRES


def test_what_does_not_apply_is_a_promise() -> None:
    """Every name is that of a test here; no promise is left that nobody keeps."""
    names = {
        node.name
        for file in Path(__file__).parent.glob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any(one.arg == "wire" for one in node.args.args)
    }
    assert len(names) > 25
    for wire in WIRES:
        assert wire.exempt.keys() <= names, wire
        assert all(reason for reason in wire.exempt.values())
    for name in names:
        assert any(name not in wire.exempt for wire in WIRES), name
