"""The register of facts of each exchange: which are kept, which are uncertain, which are left out and why.

An exchange takes part with a folder ``tests/paper/<name>rules/``:

- ``book.py`` has its ``BOOK``, a `RuleBook`: what its page says at the top, and the subjects with their numbers;
- ``scene.py`` derives from `tests.paper.rules.stage.PaperStage`: how its wire is spoken, with a function ``check`` that
  plays a case there (``play(case, Scene, exchange)``);
- ``conftest.py`` takes over the fixture ``exchange`` (``from tests.paper.rules.conftest import exchange as exchange``);
- each ``test_*.py`` has its ``CASES`` (`tests.paper.rules.case.Case`), or tests marked with ``keeps``, and where needed
  ``UNCERTAIN`` and ``LEFT_OUT``: number -> the reading that was chosen, or the reason.

``test_register.py`` here goes through every such folder. ``python -m tests.paper.rules.register`` writes the pages of
the documents anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import fill
from types import ModuleType

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs"
WIDTH = 120


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


@dataclass(frozen=True)
class Register:
    """All facts: `kept` by the cases of files, `uncertain` and `left_out` with the reason in words."""

    kept: Mapping[int, str]
    uncertain: Mapping[int, str]
    left_out: Mapping[int, str]

    def begun(self, subject: Subject) -> bool:
        """Whether somebody has looked at the facts of a subject one by one."""
        return any(fact in self.kept or fact in self.uncertain or fact in self.left_out for fact in subject.facts)


@dataclass(frozen=True)
class RuleBook:
    """What the page of an exchange says beside its counts.

    Args:
        exchange: its name.
        folder: where its cases are, below `tests/paper`.
        page: the page of the documents.
        examples: cases that a program can meet, as the end of a sentence.
        readings: what there is to be said of the readings that were chosen, as a part of a sentence.
        subjects: all facts, by what they are about.
        closing: what ends the page, made when it is written.
    """

    exchange: str
    folder: str
    page: str
    examples: str
    readings: str
    subjects: Sequence[Subject]
    closing: Callable[[], str] | None = None

    @property
    def path(self) -> Path:
        """Where the page is."""
        return DOCS / self.page

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return self.subjects[-1].last

    def modules(self) -> Iterator[ModuleType]:
        """Each file of cases."""
        for path in sorted((HERE.parent / self.folder).glob("test_*.py")):
            yield import_module(f"tests.paper.{self.folder}.{path.stem}")

    def collect(self) -> Register:
        """Read the files. What is uncertain is no promise, even where a case keeps the reading that was chosen."""
        kept: dict[int, str] = {}
        uncertain: dict[int, str] = {}
        left_out: dict[int, str] = {}
        for module in self.modules():
            uncertain |= getattr(module, "UNCERTAIN", {})
            left_out |= getattr(module, "LEFT_OUT", {})
            kept |= dict.fromkeys(facts_of(module), module.__name__.rpartition(".")[2])
        return Register({fact: name for fact, name in kept.items() if fact not in uncertain}, uncertain, left_out)

    def text(self) -> str:
        """The page as it is to be."""
        register = self.collect()
        parts = [self._introduction(), self._total(register)]
        for subject in self.subjects:
            parts.append(f"## {subject.title} ({subject.first} to {subject.last})\n")
            if not register.begun(subject):
                parts.append(f"{len(subject.facts)} facts, not looked at one by one yet.\n")
                continue
            uncertain, left_out = (_lines(found, subject) for found in (register.uncertain, register.left_out))
            kept = sum(fact in register.kept for fact in subject.facts)
            parts.append(f"{kept} kept, {len(uncertain)} uncertain, {len(left_out)} left out.\n")
            for word, lines in (("Uncertain", uncertain), ("Left out", left_out)):
                parts += [f"{word}:\n", "\n".join(lines) + "\n"] if lines else []
        return "\n".join([*parts, *([self.closing()] if self.closing else [])])

    def _introduction(self) -> str:
        words = (
            f"{self.exchange}'s documents say what becomes of an order in {self.facts} cases that a program can meet: "
            f"{self.examples}. Each has a number here, and the tests in `tests/paper/{self.folder}/` send it over a "
            "socket and look at the answer, the pushes and the balances. *Kept* is what a test shows. *Uncertain* is "
            f"what the documents leave open, or tell in two ways: the paper exchange keeps one reading{self.readings}, "
            "and does not count it as kept. *Left out* is what it does not do, and why."
        )
        title = f"# Which of {self.exchange}'s rules the paper exchange keeps"
        written = "This page is written by `python -m tests.paper.rules.register`.\n"
        return "\n\n".join([title, fill(words, WIDTH, break_on_hyphens=False, break_long_words=False), written])

    def _total(self, register: Register) -> str:
        counts = len(register.kept), len(register.uncertain), len(register.left_out)
        line = "In all, {} are kept, {} uncertain and {} left out".format(*counts)
        rest = self.facts - sum(counts)
        return f"{line}; {rest} were not looked at one by one yet.\n" if rest else f"{line}.\n"


def books() -> list[RuleBook]:
    """The rule book of each exchange that has one."""
    folders = sorted(path.parent.name for path in HERE.parent.glob("*rules/book.py"))
    return [import_module(f"tests.paper.{folder}.book").BOOK for folder in folders]


def facts_of(module: ModuleType) -> set[int]:
    """The facts that a file's cases and marked tests keep."""
    found = {fact for case in getattr(module, "CASES", ()) for fact in case.facts}
    for value in vars(module).values():
        facts = getattr(value, "facts", None)
        found |= set(facts) if isinstance(facts, tuple) else set()
    return found


def _lines(found: Mapping[int, str], subject: Subject) -> list[str]:
    return [f"- {fact}: {why}" for fact, why in sorted(found.items()) if fact in subject.facts]


if __name__ == "__main__":
    for book in books():
        book.path.write_text(book.text(), encoding="utf-8")
