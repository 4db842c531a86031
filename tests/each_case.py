"""Many small cases in one test, where a test for each would cost more than the case.

Collecting, reporting and setting up a test costs some milliseconds in every process of the suite. Cases that are
decided in less are looped through; each that fails is told with its name and its own traceback.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

__all__ = ["each_case"]

Check = Callable[..., None]

_OUTCOMES = (pytest.fail.Exception, pytest.skip.Exception)  # a case that skips would skip the others unseen


def each_case(
    names: str | tuple[str, ...], cases: Iterable[Any], ids: Callable[[Any], object] = str
) -> Callable[[Check], Check]:
    """Call the test with each of ``cases``, as ``parametrize`` would; all other arguments are fixtures of the whole.

    ``names``: of the argument, or of several, for which a case is then a tuple. ``ids`` gives the name of a case.
    """
    found = list(cases)
    assert found, "a test without cases proves nothing"

    def decorate(check: Check) -> Check:
        signature = inspect.signature(check)
        own = (names,) if isinstance(names, str) else names

        @functools.wraps(check)
        def run(**fixtures: Any) -> None:
            failures: list[BaseException] = []
            for case in found:
                values = (case,) if isinstance(names, str) else case
                try:
                    check(**dict(zip(own, values, strict=True)), **fixtures)
                except (Exception, *_OUTCOMES) as error:  # noqa: BLE001  raised below, with all others
                    error.add_note(f"in the case {ids(case)}")
                    failures.append(error)
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(found)} cases", failures)

        kept = [one for one in signature.parameters.values() if one.name not in own]
        assert len(kept) + len(own) == len(signature.parameters), f"{check.__name__} does not take {own}"
        vars(run)["__signature__"] = signature.replace(parameters=kept)
        return run

    return decorate
