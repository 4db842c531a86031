"""The committed pages of channels and calls are those that the declarations make."""

from __future__ import annotations

from pathlib import Path

import pytest

from okx_sync import reference_pages
from okx_sync.clients.bitget_rest import BitgetClient
from okx_sync.clients.bybit_rest import BybitClient
from tests.programs import ROOT


@pytest.mark.parametrize("name", reference_pages.PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    """Whoever declares something writes the pages again: ``python -m okx_sync.reference_pages``."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == reference_pages.PAGES[name]()


def test_they_are_written_where_one_asks(tmp_path: Path) -> None:
    """All of them, in a folder that need not be there."""
    reference_pages.main([str(tmp_path / "made")])
    assert {path.name for path in (tmp_path / "made").iterdir()} == set(reference_pages.PAGES)


def test_every_call_has_its_line() -> None:
    """With method and path, as it goes out."""
    page = reference_pages.PAGES["rest.md"]()
    for endpoint in (*BybitClient.endpoints(), *BitgetClient.endpoints()):
        assert f"| `{endpoint.name}` | `{endpoint.method} {endpoint.path}` |" in page
