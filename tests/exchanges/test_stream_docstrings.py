"""The docstring of every ``subscribe_*`` method: each parameter with its meaning and unit, errors, and the source."""

from __future__ import annotations

import functools
import inspect
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from okx_sync.delivery.options import OFFERED_OPTIONS
from okx_sync.exchanges import bitget, bybit, okx
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.streams import Subscriber as BitgetSubscriber
from okx_sync.exchanges.bybit.channels import CHANNELS as BYBIT
from okx_sync.exchanges.bybit.streams import Subscriber as BybitSubscriber
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.okx.channels import CHANNELS as OKX
from okx_sync.exchanges.okx.streams import Subscriber as OkxSubscriber
from tests.exchanges.docstrings import Method, functions, problems

CHANNELS: Final[dict[ModuleType, list[Channel]]] = {
    okx: [*OKX.values()],
    bybit: [row for table in BYBIT.values() for row in table.rows.values()],
    bitget: [row for table in TABLES.values() for row in table.rows.values()],
}
"""Every declared channel by the exchange's package; of a method for several protocols, its newest first."""
REFUSALS: Final = frozenset({"SubscriptionError", "ConfigError", "OkxTimeoutError"})
LOGIN: Final = frozenset({"OkxAuthError"})


@functools.cache
def _methods(package: ModuleType) -> list[Method]:
    """As they stand in the source; those that declare nothing stand for another one, and have the page alone."""
    channels = {channel.method: channel for channel in reversed(CHANNELS[package])}
    found = []
    for file in sorted(Path(package.__path__[0]).glob("*/streams.py")):
        for node in functions(file):
            if node.name.startswith("subscribe_"):
                one = channels.get(node.name)
                source = f"channel {one.name}, path {one.path}" if one else "the page of another method"
                found.append(Method(file.parent.name, node, source, REFUSALS | (LOGIN if one and one.login else set())))
    return found


FAMILIES = [(package, family) for package in CHANNELS for family in sorted({one.family for one in _methods(package)})]


@pytest.mark.parametrize(
    ("package", "family"),
    FAMILIES,
    ids=lambda one: one if isinstance(one, str) else one.__name__.rpartition(".")[2],
)
def test_each_subscription_is_described(package: ModuleType, family: str) -> None:
    """Meaning and unit of every parameter, nothing that is none, what is raised, and the page or the channel."""
    mine = [one for one in _methods(package) if one.family == family]
    assert {str(one): found for one in mine if (found := problems(one))} == {}
    assert [str(one) for one in mine if not one.text.startswith("Subscribe to ")] == []


@pytest.mark.parametrize("package", CHANNELS, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_declared_method_is_among_them(package: ModuleType) -> None:
    """So that the test above leaves none out."""
    declared = {channel.method for channel in CHANNELS[package]} - {"subscribe"}
    assert declared <= {one.node.name for one in _methods(package)}


@pytest.mark.parametrize(
    "subscriber", [OkxSubscriber, BybitSubscriber, BitgetSubscriber], ids=lambda one: one.__module__
)
def test_help_names_every_option(subscriber: type) -> None:
    """And, of a declared method, where it lives: ``help()`` needs no other page."""
    declared = [one for part in subscriber.__mro__ for one in vars(part).values() if hasattr(one, "declared")]
    assert declared
    for method in declared:
        text = inspect.getdoc(method) or ""
        assert f"{', '.join(OFFERED_OPTIONS)}; see ``SubscribeOptions``." in text
        assert "\n\nPushed: " in text
