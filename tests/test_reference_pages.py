"""The committed pages of channels, calls, rows, error codes and promises are those that the code makes."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from okx_sync import reference_pages
from okx_sync.clients.bitget_rest import BitgetClient
from okx_sync.clients.bybit_rest import BybitClient
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.exchanges.bitget import error_codes as bitget_codes
from okx_sync.exchanges.bitget import rest_error_codes as bitget_rest_codes
from okx_sync.exchanges.bitget.channels import TABLES as BITGET_CHANNELS
from okx_sync.exchanges.bybit import error_codes as bybit_codes
from okx_sync.exchanges.bybit.channels import CHANNELS as BYBIT_CHANNELS
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.error_codes import CodeTable
from okx_sync.exchanges.okx import error_codes as okx_codes
from okx_sync.exchanges.okx.channels import CHANNELS as OKX_CHANNELS
from okx_sync.reference_pages import twins
from okx_sync.reference_pages.markdown import slug
from okx_sync.rows.field_docs import told_fields
from tests.conformance import page as promises
from tests.programs import ROOT

LISTED: dict[str, list[Channel]] = {
    "channels.md": [*OKX_CHANNELS.values()],
    "channels-bybit.md": [*BYBIT_CHANNELS["v5"].rows.values()],
    "channels-bitget.md": [*BITGET_CHANNELS["v3"].rows.values(), *BITGET_CHANNELS["v2"].rows.values()],
}


@functools.cache
def page_of(name: str) -> str:
    """A page as the code makes it; made for the first test that reads it, as each worker collects all of them."""
    return reference_pages.PAGES[name]()


@pytest.mark.parametrize("name", reference_pages.PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    """Whoever declares something writes the pages again: ``python -m okx_sync.reference_pages``."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page_of(name)


def test_they_are_written_where_one_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, in a folder that need not be there; without a word in ``docs``."""
    monkeypatch.chdir(tmp_path)
    reference_pages.main([])
    reference_pages.main([str(tmp_path / "made")])
    committed = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in reference_pages.PAGES}
    for folder in ("docs", "made"):
        assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / folder).iterdir()} == committed


def test_the_promises_are_up_to_date() -> None:
    """Whoever writes a test of conformance writes the page again: ``python -m tests.conformance.page``."""
    assert promises.PAGE.read_text(encoding="utf-8") == promises.page()


def test_every_call_has_its_line() -> None:
    """With method and path, as it goes out; and all its parameters on the page that the line leads to."""
    calls = {"okx": OkxClient.endpoints(), "bybit": BybitClient.endpoints(), "bitget": BitgetClient.endpoints()}
    for exchange, endpoints in calls.items():
        for one in endpoints:
            title = f"{one.group}.{one.name}"
            link = f"calls-{exchange}.md#{slug(title)}"
            assert f"| [`{one.name}`]({link}) | `{one.method} {one.path}` |" in page_of("rest.md")
            told = page_of(f"calls-{exchange}.md").partition(f"### `{title}`\n")[2].partition("\n### ")[0]
            for param in one.params:
                name = f"`{param.name}`" if param.required else f"[`{param.name}`]"
                assert f"| {name} | " in told, (title, param)


def test_every_field_has_its_line() -> None:
    """Of all rows that a call or a channel delivers, below a heading that no other row has."""
    models = [one.model for client in (OkxClient, BybitClient, BitgetClient) for one in client.endpoints()]
    models += [channel.model for channels in LISTED.values() for channel in channels]
    pages = "".join(page_of(f"rows-{exchange}.md") for exchange in ("okx", "bybit", "bitget"))
    parts = [part.partition("\n")[::2] for part in pages.split("\n### ")]
    rows = dict(parts)
    assert len(rows) == len(parts) > 700
    for model in models:
        if model is not None and "exchanges" in model.__module__:
            place = model.__module__.removeprefix("okx_sync.exchanges.").removesuffix(".models")
            told = rows[f"`{place}.{model.__name__}`"]
            for name, _, text in told_fields(model):
                assert f"| `{name}` | " in told, model
                assert text.partition("\n")[0].partition("|")[0].partition(":")[0] in told


@pytest.mark.parametrize(
    "codes", [okx_codes.TABLE, bybit_codes.TABLE, bitget_rest_codes.TABLE, bitget_codes.CODES, bitget_codes.SEED_CODES]
)
def test_every_cure_is_on_the_page(codes: CodeTable) -> None:
    """With the codes that it is of, alone or within a range, and the class of error that is raised."""
    rows = [line.strip("| ").split(" | ") for line in page_of("error-codes.md").splitlines() if line.startswith("| ")]
    cures = [(row[0], row[1], row[2]) for row in rows if len(row) == 4]
    for code, rule in codes.rules.items():
        raised = f"`{type(codes.error_for(code, 'refused', environment='here')).__name__}`"
        assert any(kind == raised and cure == rule.hint and _covers(named, code) for named, kind, cure in cures), code


def _covers(named: str, code: str) -> bool:
    """Whether a cell names a code, or a range that it is in."""
    for part in named.split(", "):
        first, _, last = part.partition(" to ")
        if code == first or (last and code.isdecimal() and int(first) <= int(code) <= int(last)):
            return True
    return False


@pytest.mark.parametrize("page", LISTED)
def test_every_channel_has_its_line(page: str) -> None:
    """With all that it needs: arguments, login, fee tier, what a family stands for."""
    tables, _, methods = page_of(page).partition("## Every method and its parameters\n")
    lines = [line for line in tables.splitlines() if line.startswith("| `")]
    assert len(lines) == len(LISTED[page])
    for channel in LISTED[page]:
        assert any(_tells(line, channel) for line in lines), channel.name
        assert f"\n### `{channel.method}`\n" in methods
        if channel.is_family:
            values = ", ".join(channel.values[channel.variable])
            assert f"`{{{channel.variable}}}` of `{channel.name}`: {values}." in page_of(page)


def test_every_page_has_a_twin_in_markdown(tmp_path: Path) -> None:
    """Those of classes with what the build takes from docstrings; all others as they are."""
    twins.main([str(ROOT / "docs"), str(tmp_path)])
    for page in (ROOT / "docs").glob("*.md"):
        written, told = page.read_text("utf-8"), (tmp_path / page.name).read_text("utf-8")
        assert ":::" not in told
        assert (told == written) is (":::" not in written)
    told = (tmp_path / "reference-objects.md").read_text("utf-8")
    assert "### `Subscription.get(self, timeout: float | None = None) -> T`\n\nReturn the next event" in told
    assert "### `Subscription.accept" not in told
    assert "### `OrderHandle.wait_filled(" in told
    told = (tmp_path / "reference-tools.md").read_text("utf-8")
    assert "### `ReplayClient.play(" in told
    assert "`OkxPublisher.publish_tickers" in told
    assert ".subscribe_tickers`" not in told


def _tells(line: str, channel: Channel) -> bool:
    _, name, method, delivers, arguments, notes, _ = (cell.strip() for cell in line.split("|"))
    path, *needs = notes.split("; ")
    tier = getattr(channel, "fee_tier", None) or ""
    return (
        (name, method) == (f"`{channel.name}`", f"[`{channel.method}`](#{slug(channel.method)})")
        and delivers.startswith(f"[`{channel.model.__name__}`](rows-")
        and path == channel.path
        and notes.endswith(f"; pushes: {channel.cadence}")
        and all(f"`{one}`" in arguments for one in channel.arguments)
        and all(f"[`{one}`" in arguments for one in channel.optional)
        and ("login" in needs) is channel.login
        and all(one in notes for one in (channel.note, channel.gone, tier))
    )
