"""Properties with as many examples as they are meant for; a usual run tries a third of them."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.examples import examples
from tests.programs import run_python


def test_a_usual_run_tries_a_third() -> None:
    """Whatever number a property names, and where it names none."""
    part = 1 if settings.get_current_profile_name() == "full" else 3
    assert examples(300) == 300 // part
    assert settings().max_examples == 100 // part


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_property_holds_for_all_its_examples() -> None:
    """The slow set runs each of them with its full count."""
    chosen = ("-m", "hypothesis and not slow", "--hypothesis-profile=full")
    done = run_python("-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", *chosen, timeout=600)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
