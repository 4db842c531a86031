"""``Raises`` in the docstrings of declared endpoints."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from okx_sync import BybitClient, OkxClient
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.endpoint_doc import with_raises

ENDPOINTS = [*OkxClient.endpoints(), *BybitClient.endpoints()]


def _raised(text: str) -> list[str]:
    """The errors that a docstring lists."""
    section = text.partition("\nRaises:\n")[2].partition("\n\n")[0]
    return re.findall(r"^    ([A-Z]\w+):", section, re.MULTILINE)


def test_an_own_line_stays_and_stands_first() -> None:
    """What a method says of an error is kept, that error is not listed again, and the source is the last."""
    text = """Do it.

        Args:
            price: In quote currency.

        Raises:
            OkxApiError: 51603: there is no such order,
                or no more.

        Source: POST /api/v5/x
            https://somewhere
        """
    found = with_raises(text, reads=False, auth=True, is_order=True)
    assert found is not None
    assert _raised(found) == [
        "OkxApiError", "OkxAuthError", "OrderStatusUnknown", "OkxHttpError", "ConfigError", "ReadOnlyError",
    ]  # fmt: skip
    assert "51603: there is no such order,\n        or no more." in found
    assert found.endswith("\n\nSource: POST /api/v5/x\n    https://somewhere")
    assert found.startswith("Do it.\n\nArgs:\n    price: In quote currency.\n\nRaises:\n")


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"reads": True, "auth": False}, "OkxApiError OkxHttpError DecodeError ConfigError"),
        ({"reads": True, "auth": True}, "OkxApiError OkxAuthError OkxHttpError DecodeError ConfigError"),
        ({"reads": False, "auth": True}, "OkxApiError OkxAuthError OkxHttpError ConfigError ReadOnlyError"),
    ],
)
def test_a_docstring_of_one_line(facts: dict[str, Any], errors: str) -> None:
    """Reading, reading with a key, and writing have their own lists; no source is made up."""
    found = with_raises("Do it.", **facts, is_order=False)
    assert found is not None
    assert _raised(found) == errors.split()
    assert found.startswith("Do it.\n\nRaises:\n")
    assert "Source" not in found


def test_without_docstrings_there_is_none() -> None:
    """An interpreter that drops docstrings (``-OO``) finds nothing to extend."""
    assert with_raises(None, reads=True, auth=False, is_order=False) is None


def test_every_endpoint_says_what_it_raises() -> None:
    """``help()`` of each declared method of each exchange has the errors of its kind, once each, before its source."""

    def lacks(endpoint: Endpoint) -> bool:
        text = inspect.getdoc(endpoint.function) or ""
        found = _raised(text)
        wanted = {"OkxApiError", "OkxHttpError", "ConfigError"}
        wanted |= {"OkxAuthError"} if endpoint.auth else set()
        wanted |= {"OrderStatusUnknown"} if endpoint.is_order else set()
        wanted |= set() if endpoint.reads else {"ReadOnlyError"}
        in_order = text.rfind("\nRaises:") < text.rfind("\nSource:")
        return not wanted <= set(found) or len(found) != len(set(found)) or not in_order

    assert len(ENDPOINTS) > 400
    assert [f"{one.group}.{one.name}" for one in ENDPOINTS if lacks(one)] == []
