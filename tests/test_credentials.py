"""Credentials: where they come from, and that they show up nowhere."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import logging
import os
import pickle
from pathlib import Path

import pytest

from okx_sync.credentials import Credentials, read_profile
from okx_sync.errors import ConfigError
from tests.leaks import everything_shown

SECRETS = ("SENTINEL-secret", "SENTINEL-pass")
NAMES = ("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_API_SECRET", "OKX_PASSPHRASE", "OKX_API_PASSPHRASE")


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def make() -> Credentials:
    return Credentials("abcd-efgh", *SECRETS)


def test_values_are_there_but_do_not_show() -> None:
    """The values work as text; repr, str and format of the object hide the secrets and shorten the key."""
    credentials = make()
    assert (credentials.api_key, credentials.secret_key, credentials.passphrase) == ("abcd-efgh", *SECRETS)
    shown = f"{credentials!r} {credentials} {vars(Credentials)['__slots__']!r} {credentials.secret_key!r}"
    assert "api_key='abcd…', secret_key=<hidden>, passphrase=<hidden>" in shown
    for secret in SECRETS:
        assert secret not in shown


def test_pickling_is_refused() -> None:
    """A secret must not travel in a file or to another process."""
    for thing in (make(), make().secret_key, [make()]):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(thing)


def test_copying_works() -> None:
    """A copy of something that holds credentials holds the same ones."""
    credentials = make()
    assert copy.deepcopy({"x": credentials})["x"] is credentials
    assert copy.copy(credentials) == credentials


def test_signature() -> None:
    """Base64 of HMAC-SHA256, as any other implementation makes it."""
    wanted = base64.b64encode(hmac.new(b"SENTINEL-secret", b"text", hashlib.sha256).digest()).decode()
    signed = make().sign("text")
    assert signed == wanted
    assert repr(signed) == "<hidden>"


def test_signature_in_hexadecimal() -> None:
    """The same digest for exchanges that want it spelled so; it hides itself, too."""
    signature = make().sign_hex("text")
    assert bytes.fromhex(signature) == base64.b64decode(make().sign("text"))
    assert signature not in repr(signature)


def test_an_exchange_without_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bybit's keys have none: it is not asked for."""
    monkeypatch.setenv("BYBIT_API_KEY", "key")
    monkeypatch.setenv("BYBIT_API_SECRET", SECRETS[0])
    found = Credentials.from_env("BYBIT", passphrase=False)
    assert (found.api_key, found.secret_key, found.passphrase) == ("key", SECRETS[0], "")
    with pytest.raises(ConfigError, match="BYBIT_PASSPHRASE"):
        Credentials.from_env("BYBIT")


@pytest.mark.parametrize("api_key", ["", "  ", 5, None])
def test_wrong_values_do_not_leak_the_others(api_key: object) -> None:
    """A traceback with local variables of our frames does not hold the secret."""
    with pytest.raises(ConfigError) as caught:
        Credentials(api_key, *SECRETS)  # type: ignore[arg-type]
    assert "SENTINEL" not in everything_shown(caught.value)


def test_line_ends_of_copied_values_are_dropped() -> None:
    """A key pasted with its line end still works."""
    assert Credentials("key\n", " secret\r\n", "pass\n") == Credentials("key", "secret", "pass")


@pytest.mark.parametrize("secret_name", ["OKX_SECRET_KEY", "OKX_API_SECRET"])
@pytest.mark.parametrize("pass_name", ["OKX_PASSPHRASE", "OKX_API_PASSPHRASE"])
def test_aliases(monkeypatch: pytest.MonkeyPatch, secret_name: str, pass_name: str) -> None:
    """Every spelling that is in use is read."""
    monkeypatch.setenv("OKX_API_KEY", "abcd-efgh")
    monkeypatch.setenv(secret_name, SECRETS[0])
    monkeypatch.setenv(pass_name, SECRETS[1])
    assert Credentials.from_env() == make()


def test_precedence_and_empty_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """OKX's own names go first; an empty variable counts as unset."""
    monkeypatch.setenv("OKX_API_KEY", "k")
    monkeypatch.setenv("OKX_SECRET_KEY", "first")
    monkeypatch.setenv("OKX_API_SECRET", "second")
    monkeypatch.setenv("OKX_PASSPHRASE", "")
    monkeypatch.setenv("OKX_API_PASSPHRASE", "third")
    assert Credentials.from_env() == Credentials("k", "first", "third")


def test_missing_variables_are_named_with_their_aliases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message lists every name that would have been accepted."""
    monkeypatch.setenv("OKX_API_KEY", "k")
    with pytest.raises(ConfigError) as caught:
        Credentials.from_env()
    assert "OKX_SECRET_KEY or OKX_API_SECRET; OKX_PASSPHRASE or OKX_API_PASSPHRASE" in str(caught.value)
    assert "OKX_API_KEY" not in str(caught.value)


PROFILE = """
default_profile = "main"
[profiles.main]
api_key = "abcd-efgh"
secret_key = "SENTINEL-secret"
passphrase = 'SENTINEL-pass'
[profiles.empty]
api_key = "k"
secret_key = ""
"""


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_profile(tmp_path: Path) -> None:
    """The default profile and a named one; a profile with an empty value is incomplete."""
    file = write(tmp_path / "config.toml", PROFILE)
    assert Credentials.from_profile(path=file) == make()
    assert Credentials.from_profile("main", file) == make()
    with pytest.raises(ConfigError, match="no secret_key, passphrase"):
        Credentials.from_profile("empty", file)
    assert "SENTINEL" not in repr(read_profile("main", file))


def test_the_only_profile_needs_no_name(tmp_path: Path) -> None:
    """With one profile there is nothing to choose; with more there is."""
    one = write(tmp_path / "one.toml", "[profiles.a]\napi_key='k'\nsecret_key='s'\npassphrase='p'\n")
    assert Credentials.from_profile(path=one) == Credentials("k", "s", "p")
    two = write(tmp_path / "two.toml", "[profiles.a]\n[profiles.b]\n")
    with pytest.raises(ConfigError, match="its profiles: a, b"):
        Credentials.from_profile(path=two)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "there is no such file"),
        ("secret_key = SENTINEL", "not TOML"),
        ('a = "SENTINEL\\q"', "single quotes"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_unreadable_file(tmp_path: Path, text: str | None, problem: str) -> None:
    """The message names the file and the problem, never its content, also in the locals of frames."""
    file = tmp_path / "config.toml"
    if text is not None:
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=problem) as caught:
        read_profile(path=file)
    assert str(file) in str(caught.value)
    assert "SENTINEL" not in everything_shown(caught.value)


def test_a_hint_is_of_its_own_problem(tmp_path: Path) -> None:
    """How to quote is told to somebody whose file cannot be parsed, not to one who has no file."""
    with pytest.raises(ConfigError) as caught:
        read_profile(path=tmp_path / "none.toml")
    assert caught.value.hint is not None
    assert "path=" in caught.value.hint
    assert "quotes" not in caught.value.hint
    file = write(tmp_path / "config.toml", PROFILE)
    with pytest.raises(ConfigError, match="did you mean main"):
        read_profile("mian", file)
    flat = write(tmp_path / "flat.toml", "[profiles]\napi_key='SENTINEL'\n")
    with pytest.raises(ConfigError, match=r"\[profiles.NAME\]") as caught:
        read_profile(path=flat)
    assert "SENTINEL" not in everything_shown(caught.value)


def test_unknown_profile(tmp_path: Path) -> None:
    """The message lists the profiles that there are."""
    file = write(tmp_path / "config.toml", PROFILE)
    with pytest.raises(ConfigError, match=r"no profile other.*main, empty"):
        read_profile("other", file)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_readable_by_others_warns(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Mode 0644 is reported once it is read, 0600 is not."""
    with caplog.at_level(logging.WARNING, "okx_sync"):
        read_profile("main", write(tmp_path / "private.toml", PROFILE))
        assert not caplog.messages
        read_profile("main", write(tmp_path / "open.toml", PROFILE, 0o644))
    assert "chmod 600" in caplog.text
    assert "0644" in caplog.text
