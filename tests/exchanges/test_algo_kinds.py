"""The table of algo orders in ``docs/brackets.md`` is that of the exchanges' rules."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.bitget.classic_algos import ClassicAlgos
from okx_sync.exchanges.bitget.unified_algos import UnifiedAlgos
from okx_sync.exchanges.bybit.algo_params import rules_of
from okx_sync.exchanges.okx import new_algo
from tests.programs import ROOT

RULES: Final = (new_algo._RULES, rules_of("linear"), ClassicAlgos.rules, UnifiedAlgos.rules)


def test_each_kind_is_said_to_be_where_it_is() -> None:
    """A dash where an exchange lacks it; all of them have a line."""
    lines = (ROOT / "docs" / "brackets.md").read_text("utf-8").split("| kind |")[1].splitlines()[2:]
    told: dict[str, list[bool]] = {}
    for line in lines[: lines.index("")]:
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        told[name.split("`")[1]] = [cell != "-" for cell in cells]
    kinds = {kind for rules in RULES for kind in rules.kinds}
    assert told == {kind: [kind in rules.kinds for rules in RULES] for kind in kinds}
