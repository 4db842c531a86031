"""The committed pages of channels and calls are those that the declarations make."""

from __future__ import annotations

from pathlib import Path

import pytest

from okx_sync import reference_pages
from okx_sync.clients.bitget_rest import BitgetClient
from okx_sync.clients.bybit_rest import BybitClient
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.exchanges.bitget.channels import TABLES as BITGET_CHANNELS
from okx_sync.exchanges.bybit.channels import CHANNELS as BYBIT_CHANNELS
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.okx.channels import CHANNELS as OKX_CHANNELS
from tests.programs import ROOT

PAGES = {name: make() for name, make in reference_pages.PAGES.items()}
LISTED: dict[str, list[Channel]] = {
    "channels.md": [*OKX_CHANNELS.values()],
    "channels-bybit.md": [*BYBIT_CHANNELS["v5"].rows.values()],
    "channels-bitget.md": [*BITGET_CHANNELS["v3"].rows.values(), *BITGET_CHANNELS["v2"].rows.values()],
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    """Whoever declares something writes the pages again: ``python -m okx_sync.reference_pages``."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name]


def test_they_are_written_where_one_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, in a folder that need not be there; without a word in ``docs``."""
    monkeypatch.chdir(tmp_path)
    reference_pages.main([])
    reference_pages.main([str(tmp_path / "made")])
    for folder in ("docs", "made"):
        assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / folder).iterdir()} == PAGES


def test_every_call_has_its_line() -> None:
    """With method and path, as it goes out."""
    for endpoint in (*OkxClient.endpoints(), *BybitClient.endpoints(), *BitgetClient.endpoints()):
        assert f"| `{endpoint.name}` | `{endpoint.method} {endpoint.path}` |" in PAGES["rest.md"]


@pytest.mark.parametrize("page", LISTED)
def test_every_channel_has_its_line(page: str) -> None:
    """With all that it needs: arguments, login, fee tier, what a family stands for."""
    lines = [line for line in PAGES[page].splitlines() if line.startswith("| `")]
    assert len(lines) == len(LISTED[page])
    for channel in LISTED[page]:
        assert any(_tells(line, channel) for line in lines), channel.name
        if channel.is_family:
            values = ", ".join(channel.values[channel.variable])
            assert f"`{{{channel.variable}}}` of `{channel.name}`: {values}." in PAGES[page]


def _tells(line: str, channel: Channel) -> bool:
    _, name, method, delivers, path, arguments, needs, cadence, _ = (cell.strip() for cell in line.split("|"))
    tier = getattr(channel, "fee_tier", None) or ""
    return (
        (name, method, delivers) == (f"`{channel.name}`", f"`{channel.method}`", f"`{channel.model.__name__}`")
        and (path, cadence) == (channel.path, channel.cadence)
        and all(f"`{one}`" in arguments for one in channel.arguments)
        and all(f"[`{one}`" in arguments for one in channel.optional)
        and ("login" in needs.split("; ")) is channel.login
        and all(one in needs for one in (channel.note, channel.gone, tier))
    )
