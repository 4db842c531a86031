"""The measure of long answers runs, and what it decodes is whole instruments."""

from __future__ import annotations

from decimal import Decimal

from tests.benchmarks import rest_decode


def test_rows_have_every_field_and_no_other() -> None:
    """All that a row of instruments can carry is in the rows, and is read without an error."""
    rows = rest_decode.typed(rest_decode.body(60))
    assert len(rows) == 60
    for number, row in enumerate(rows):
        assert set(row.raw) == set(rest_decode.names())
        assert row.extra == {}
        assert row.to_wire() == rest_decode.row(number)
        assert len([getattr(row, name) for name in rest_decode.names()]) == len(row.raw)
    assert rows[50].tickSz == Decimal("0.001")
    assert rows[50].upcChg[0].newValue == Decimal("0.005")


def test_figures_are_sane() -> None:
    """With tiny counts: all figures there and above zero; reading every field costs most."""
    figures = rest_decode.run(rounds=3, rows=100)
    ways = figures["ways"]
    assert set(ways) == set(rest_decode.ways())
    assert all(one["ms"] > 0 and one["us_row"] > 0 for one in ways.values())
    assert max(ways, key=lambda name: ways[name]["ms"]) == "typed, all fields read"
    assert figures["rows"] == 100
    assert figures["kib"] > 100
