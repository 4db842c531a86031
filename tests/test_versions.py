"""What is installed: for the doctor, and for bug reports."""

from __future__ import annotations

import importlib.metadata
import platform

import pytest

import okx_sync
from okx_sync.versions import Requirement, own_version, python_text, requirements

LINES = [
    "attrs>=23.2",
    "certifi",
    "no-such-library>=1.0",
    'redis>=5.0; extra == "fanout"',
    'redis>=5.0; extra == "dev"',
    'mkdocstrings[python]>=0.27; extra == "docs"',
]


@pytest.fixture(autouse=True)
def wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package asks for."""
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: LINES)


def test_what_the_package_needs() -> None:
    """With the least version, and what is there; the extras only where they are asked for, and no tools of ours."""
    attrs, certifi, missing = requirements()
    assert (attrs.name, attrs.least, attrs.found) == ("attrs", "23.2", importlib.metadata.version("attrs"))
    assert (certifi.least, certifi.is_too_old) == ("", False)
    assert (missing.found, missing.is_too_old) == (None, False)
    assert [(one.name, one.extra) for one in requirements(extras=True)][3:] == [("redis", "fanout")]


def test_versions_are_compared_as_numbers() -> None:
    """9 is older than 10."""
    assert Requirement("x", "1.10", "1.9.2").is_too_old
    assert not Requirement("x", "1.9.2", "1.10rc1").is_too_old


def test_a_package_that_only_lies_on_the_path_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what it needs then."""

    def requires(name: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", requires)
    assert list(requirements()) == []


def test_the_package_knows_its_version() -> None:
    """Without importing all of itself."""
    assert own_version() == okx_sync.__version__


def test_python_is_named() -> None:
    """Version and system."""
    assert python_text().startswith(platform.python_version())
