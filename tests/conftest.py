"""Fixtures of the whole suite."""

from __future__ import annotations

import gc
import os
import signal
from contextlib import suppress
from importlib import import_module

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# The same fixture that users get from the installed plugin; imported here so that the suite also runs
# from a clone that is not installed.
from okx_sync.paper.pytest_plugin import paper
from tests.examples import examples

__all__ = ["paper"]

# A shell that starts the suite in the background makes it ignore Ctrl-C, and every program that a test starts would
# inherit that; the tests of Ctrl-C need it as a user's terminal has it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# The suite tries the same examples on every run, and none fails for being slow on a busy machine: a third of them in a
# usual run, all of them with `--hypothesis-profile=full`, as the slow set does. New examples are looked for with
# `--hypothesis-profile=default`.
settings.register_profile("full", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", settings.get_profile("full"), max_examples=examples(100))
settings.load_profile("suite")

# Collecting makes many objects that stay; looking through them over and over takes a third of its time.
gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    """Draw no examples from the constants of all modules that happen to be imported, in a usual run.

    They made the examples of a test depend on what else was collected, and each worker read all modules for them.
    """
    if not config.getoption("--hypothesis-profile", None):
        providers._get_local_constants = lambda: providers._local_constants


def pytest_sessionstart(session: pytest.Session) -> None:
    """Share the compiling of a fresh clone: each worker begins with test files of its own.

    All begin at once, and in one order each would compile everything for itself.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker:
        folders = [session.config.rootpath / one for one in session.config.args]
        apart = set(session.config.getini("norecursedirs"))
        found = ((folder, file) for folder in folders for file in folder.rglob("test_*.py"))
        files = sorted(file for folder, file in found if not apart & set(file.relative_to(folder).parts))
        for file in files[int(worker) :: int(os.environ["PYTEST_XDIST_WORKER_COUNT"])]:
            with suppress(Exception, pytest.skip.Exception):  # told when the file is collected
                import_module(".".join(file.relative_to(session.config.rootpath).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """What thousands of collected tests keep alive need not be looked through again at each garbage collection.

    A paper exchange makes thousands of objects that stay: they are looked through less often, too.
    """
    gc.enable()
    gc.set_threshold(10_000, 10, 10)
    gc.freeze()
