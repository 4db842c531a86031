"""The register of facts: which are kept, which are uncertain, which are left out and why.

`python -m tests.paper.rules.register` writes the page of the documents anew.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from okx_sync.paper import PaperRules

HERE = Path(__file__).parent
RULES = HERE.parents[2] / "okx_sync" / "paper" / "rules.py"
PAGE = HERE.parents[2] / "docs" / "paper-rules.md"
FACTS = 269


@dataclass(frozen=True)
class Subject:
    """Facts of one kind, from one number to another."""

    title: str
    first: int
    last: int

    @property
    def facts(self) -> range:
        """Their numbers."""
        return range(self.first, self.last + 1)


SUBJECTS = (
    Subject("Plain orders: size, price, money", 1, 42),
    Subject("Order types, price limits, self trade", 43, 65),
    Subject("Amending, canceling, closing", 66, 98),
    Subject("Take profit, stop loss, other algo orders", 99, 147),
    Subject("Take profit and stop loss attached to an order", 148, 174),
    Subject("Leverage, margin, liquidation, funding", 175, 213),
    Subject("Account modes, spot margin, transfers", 214, 240),
    Subject("Pushes", 241, 258),
    Subject("Rates and maintenance", 259, 269),
)


@dataclass(frozen=True)
class Register:
    """All facts: `kept` by the cases of files, `uncertain` and `left_out` with the reason in words."""

    kept: Mapping[int, str]
    uncertain: Mapping[int, str]
    left_out: Mapping[int, str]

    def begun(self, subject: Subject) -> bool:
        """Whether somebody has looked at the facts of a subject one by one."""
        return any(fact in self.kept or fact in self.uncertain or fact in self.left_out for fact in subject.facts)


def modules() -> Iterator[ModuleType]:
    """Each file of cases."""
    for path in sorted(HERE.glob("test_*.py")):
        yield import_module(f"tests.paper.rules.{path.stem}")


def facts_of(module: ModuleType) -> set[int]:
    """The facts that a file's cases and marked tests keep."""
    found = {fact for case in getattr(module, "CASES", ()) for fact in case.facts}
    for value in vars(module).values():
        facts = getattr(value, "facts", None)
        found |= set(facts) if isinstance(facts, tuple) else set()
    return found


def collect() -> Register:
    """Read the files. What is uncertain is no promise, even where a case keeps the reading that was chosen."""
    kept: dict[int, str] = {}
    uncertain: dict[int, str] = {}
    left_out: dict[int, str] = {}
    for module in modules():
        uncertain |= getattr(module, "UNCERTAIN", {})
        left_out |= getattr(module, "LEFT_OUT", {})
        kept |= dict.fromkeys(facts_of(module), module.__name__.rpartition(".")[2])
    return Register({fact: name for fact, name in kept.items() if fact not in uncertain}, uncertain, left_out)


INTRODUCTION = f"""# Which of OKX's rules the paper exchange keeps

OKX's documents say what becomes of an order in {FACTS} cases that a program can meet: a size above the position, a stop
on the wrong side of the price, a client id used twice. Each has a number here, and the tests in `tests/paper/rules/`
send it over a socket and look at the answer, the pushes and the balances. *Kept* is what a test shows. *Uncertain* is
what the documents leave open, or tell in two ways: the paper exchange keeps one reading, most of them a field of
`PaperRules`, and does not count it as kept. *Left out* is what it does not do, and why.

This page is written by `python -m tests.paper.rules.register`.
"""


def page(register: Register) -> str:
    """The page of the documents."""
    parts = [INTRODUCTION, _total(register)]
    for subject in SUBJECTS:
        parts.append(f"## {subject.title} ({subject.first} to {subject.last})\n")
        if not register.begun(subject):
            parts.append(f"{len(subject.facts)} facts, not looked at one by one yet.\n")
            continue
        uncertain, left_out = (_lines(found, subject) for found in (register.uncertain, register.left_out))
        kept = sum(fact in register.kept for fact in subject.facts)
        parts.append(f"{kept} kept, {len(uncertain)} uncertain, {len(left_out)} left out.\n")
        for word, lines in (("Uncertain", uncertain), ("Left out", left_out)):
            parts += [f"{word}:\n", "\n".join(lines) + "\n"] if lines else []
    return "\n".join([*parts, _readings()])


def _total(register: Register) -> str:
    counts = len(register.kept), len(register.uncertain), len(register.left_out)
    line = "In all, {} are kept, {} uncertain and {} left out".format(*counts)
    rest = FACTS - sum(counts)
    return f"{line}; {rest} were not looked at one by one yet.\n" if rest else f"{line}.\n"


def _readings() -> str:
    """The fields of `PaperRules`, as its source explains them."""
    body = next(node for node in ast.parse(RULES.read_text("utf-8")).body if isinstance(node, ast.ClassDef)).body
    lines = ["## Readings: the fields of `PaperRules`\n"]
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            name, words = ast.unparse(field.target), " ".join(str(text.value.value).split())
            lines.append(f"- `{name}`, by default `{getattr(PaperRules(), name)}`. {words}")
    return "\n".join(lines) + "\n"


def _lines(found: Mapping[int, str], subject: Subject) -> list[str]:
    return [f"- {fact}: {why}" for fact, why in sorted(found.items()) if fact in subject.facts]


if __name__ == "__main__":
    PAGE.write_text(page(collect()), encoding="utf-8")
