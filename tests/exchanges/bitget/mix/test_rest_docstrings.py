"""The docstring of every REST method: each parameter with its meaning and unit, and where the facts come from."""

from __future__ import annotations

from pathlib import Path

import okx_sync.exchanges.bitget as package
from tests.exchanges.docstrings import endpoints, problems


def test_each_parameter_is_described() -> None:
    """Meaning and unit of every parameter, nothing that is none, and the page or path it is from."""
    found = [one for file in Path(package.__file__).parent.glob("mix/*rest.py") for one in endpoints(file)]
    assert found
    assert {str(one): lacks for one in found if (lacks := problems(one))} == {}
