"""The documentation page of all channels."""

from __future__ import annotations

from pathlib import Path

import pytest

from okx_sync.exchanges.okx import channel_doc
from okx_sync.exchanges.okx.channels import CHANNELS, Channel

ROOT = Path(__file__).parents[3]


def test_the_committed_page_is_what_the_table_says() -> None:
    """Whoever changes the table writes the page again: ``python -m okx_sync.exchanges.okx.channel_doc``."""
    assert (ROOT / channel_doc.PAGE).read_text(encoding="utf-8") == channel_doc.page()


def test_one_command_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the working directory, or where it is told to."""
    monkeypatch.chdir(tmp_path)
    channel_doc.main([])
    channel_doc.main(["other.md"])
    assert (tmp_path / "docs" / "channels.md").read_text(encoding="utf-8") == channel_doc.page()
    assert (tmp_path / "other.md").read_text(encoding="utf-8") == channel_doc.page()


@pytest.mark.parametrize("channel", list(CHANNELS.values()), ids=lambda channel: channel.name)
def test_every_channel_has_its_line(channel: Channel) -> None:
    """Name, method, class, path and pace, and what it needs: arguments, login, fee tier."""
    (line,) = [line for line in channel_doc.page().splitlines() if line.startswith(f"| `{channel.name}` ")]
    _, _, method, delivers, path, arguments, needs, cadence, _ = (cell.strip() for cell in line.split("|"))
    assert (method, delivers) == (f"`{channel.method}`", f"`{channel.model.__name__}`")
    assert (path, cadence) == (channel.path, channel.cadence)
    assert all(f"`{name}`" in arguments for name in channel.arguments)
    assert all(f"[`{name}`]" in arguments for name in channel.optional)
    assert ("login" in needs.split("; ")) is channel.login
    assert channel.note in needs
    assert (channel.fee_tier or "") in needs


def test_every_bar_is_listed() -> None:
    """The candle families stand for many channels: their bars are below the table."""
    for channel in CHANNELS.values():
        if channel.is_family:
            assert f"Bars of `{channel.name}`: {', '.join(channel.values['bar'])}." in channel_doc.page()
