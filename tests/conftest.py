"""Fixtures of the whole suite."""

from __future__ import annotations

import gc
import signal

from hypothesis import HealthCheck, settings

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


def pytest_collection_finish() -> None:
    """What thousands of collected tests keep alive need not be looked through again at each garbage collection.

    A paper exchange makes thousands of objects that stay: they are looked through less often, too.
    """
    gc.enable()
    gc.set_threshold(10_000, 10, 10)
    gc.freeze()
