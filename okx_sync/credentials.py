"""API keys: their sources, and that they show up nowhere.

A secret is kept in a text whose repr is hidden, pickling is refused, logs drop it, and signing happens
inside the object, so that no other frame holds it in a local variable that a traceback could print.
"""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, Self

from attrs import frozen

from okx_sync import checks, logs
from okx_sync.errors import ConfigError

__all__ = ["Credentials", "HiddenText", "env_value", "read_profile"]

log = logs.get_logger("credentials")

_LAYOUT = "[profiles.NAME] with api_key, secret_key and passphrase"
PROFILE_PATH = Path("~/.okx/config.toml")

# Public code spells these in several ways; the first that is set and not empty wins.
ENV_NAMES = (("API_KEY",), ("SECRET_KEY", "API_SECRET"), ("PASSPHRASE", "API_PASSPHRASE"))


class HiddenText(str):
    """A text whose repr is hidden, so that a traceback that prints local variables prints nothing of it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return logs.HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret text cannot be pickled")

    # Immutable, so a copy may be the text itself; the default would go through pickling.
    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def _hide(value: object) -> HiddenText:
    return HiddenText(value.strip() if isinstance(value, str) else "")


@frozen(repr=False, init=False)
class Credentials:
    """One API key.

    Args:
        api_key, secret_key, passphrase: as shown once when the key was made; line ends and spaces around them
            are dropped. Bybit has no passphrase: leave it out.

    Raises :class:`ConfigError` when the key or the secret is empty or not text.
    """

    api_key: str
    secret_key: str
    passphrase: str

    def __init__(self, api_key: str, secret_key: str, passphrase: str = "") -> None:
        # The names are rebound before anything can raise: a traceback shows the locals of this frame.
        secret_key, passphrase = _hide(secret_key), _hide(passphrase)
        if not (isinstance(api_key, str) and api_key.strip() and secret_key):
            raise ConfigError(
                "the API key or the secret key is empty or not text",
                hint="Credentials(api_key, secret_key, passphrase), or Credentials.from_env()",
            )
        self.__attrs_init__(api_key.strip(), secret_key, passphrase)
        for text in (self.api_key, secret_key, passphrase):
            logs.hide(text)

    def __repr__(self) -> str:
        hidden = f"secret_key={logs.HIDDEN}, passphrase={logs.HIDDEN}"
        return f"Credentials(api_key={self.short_key!r}, {hidden})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Credentials cannot be pickled: secrets must not travel")

    # As for HiddenText: a copy is the object itself.
    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    @property
    def short_key(self) -> str:
        """The start of the API key, enough to tell keys apart."""
        # A debugger may look at an object that is not built yet.
        return f"{str(getattr(self, 'api_key', ''))[:4]}…"

    def sign(self, message: str) -> str:
        """Return the Base64 of the HMAC-SHA256 of ``message`` under the secret key."""
        return HiddenText(base64.b64encode(self._digest(message)).decode())

    def sign_hex(self, message: str) -> str:
        """Return the HMAC-SHA256 of ``message`` in lower-case hexadecimal, as Bybit wants it."""
        return HiddenText(self._digest(message).hex())

    def _digest(self, message: str) -> bytes:
        import hmac  # brings OpenSSL, which public data may never need

        return hmac.digest(self.secret_key.encode(), message.encode(), "sha256")

    @classmethod
    def from_env(cls, prefix: str = "OKX", *, passphrase: bool = True) -> Self:
        """Read the key from the environment; an empty variable counts as unset.

        ``OKX_API_KEY``, ``OKX_SECRET_KEY`` or ``OKX_API_SECRET``, ``OKX_PASSPHRASE`` or ``OKX_API_PASSPHRASE``.

        ``passphrase=False`` for an exchange that has none (``prefix="BYBIT"``).
        Raises :class:`ConfigError` naming every accepted name of what is missing.
        """
        wanted = ENV_NAMES if passphrase else ENV_NAMES[:2]
        found = [env_value(prefix, names) for names in wanted]
        missing = [
            " or ".join(f"{prefix}_{name}" for name in names)
            for names, value in zip(wanted, found, strict=True)
            if value is None
        ]
        if missing:
            raise ConfigError(
                f"no credentials in the environment: {'; '.join(missing)} not set",
                hint="an empty variable counts as unset",
            )
        return cls(*(value for value in found if value))

    @classmethod
    def from_profile(cls, name: str | None = None, path: str | os.PathLike[str] | None = None) -> Self:
        """Read the key of a profile in ``~/.okx/config.toml``, or in the file at ``path``.

        A profile is a table ``[profiles.NAME]`` with ``api_key``, ``secret_key`` and ``passphrase``. Without ``name``
        the file's ``default_profile`` is taken.

        Raises :class:`ConfigError` when the file, the profile or a value is missing.
        """
        return cls.from_mapping(read_profile(name, path))

    @classmethod
    def from_mapping(cls, profile: Mapping[str, Any], *, passphrase: bool = True) -> Self:
        """Make credentials from a profile that has been read already.

        ``passphrase=False`` for an exchange that has none.
        """
        keys = ("api_key", "secret_key", "passphrase")[: 3 if passphrase else 2]
        missing = [key for key in keys if not profile.get(key)]
        if missing:
            raise ConfigError(f"the profile has no {', '.join(missing)}", hint=_LAYOUT)
        return cls(*(profile[key] for key in keys))


def env_value(prefix: str, names: tuple[str, ...]) -> HiddenText | None:
    """Return the first non-empty environment variable among ``PREFIX_NAME``, None when there is none."""
    for name in names:
        value = os.environ.get(f"{prefix}_{name}", "").strip()
        if value:
            return HiddenText(value)
    return None


class _Profile(dict[str, Any]):
    """Values of a profile; the repr names the keys only."""

    def __repr__(self) -> str:
        return f"<profile with {', '.join(self)}>"


def read_profile(name: str | None = None, path: str | os.PathLike[str] | None = None) -> Mapping[str, Any]:
    """Read one profile of the configuration file: its texts are hidden, empty values are left out.

    Args:
        name: The profile, by default the file's ``default_profile``, else its only one.
        path: The file, by default ``~/.okx/config.toml``.

    Warns when others may read the file.
    """
    file = Path(path or PROFILE_PATH).expanduser()
    content, problem, hint = _read_toml(file)
    if problem:  # raised here and not inside the reader: a parser's frames hold the file's text
        raise ConfigError(f"cannot read {file}: {problem}", hint=hint)
    _warn_if_readable(file)
    profiles: Any = content.get("profiles", _Profile())
    if not isinstance(profiles, dict) or not all(isinstance(profile, dict) for profile in profiles.values()):
        raise ConfigError(f"the profiles of {file} are no tables", hint=_LAYOUT)
    chosen = name or content.get("default_profile") or (next(iter(profiles)) if len(profiles) == 1 else None)
    there = f"its profiles: {', '.join(profiles)}" if profiles else _LAYOUT
    if chosen is None:
        raise ConfigError(f"{file} has no default_profile", hint=f"set it, or name one; {there}")
    if str(chosen) not in profiles:
        hint = checks.did_you_mean(str(chosen), profiles) or there
        raise ConfigError(f"{file} has no profile {str(chosen)!s}", hint=hint)
    found: _Profile = profiles[str(chosen)]
    return found


def _read_toml(file: Path) -> tuple[_Profile, str | None, str | None]:
    """Return the file's content, what is wrong with it, and a hint at the cure."""
    import tomllib  # most keys come from the environment

    try:
        return _hidden(tomllib.loads(file.read_text("utf-8"))), None, None
    except FileNotFoundError:
        return _Profile(), "there is no such file", f"name another one with path=, or make it: {_LAYOUT}"
    except OSError as error:
        return _Profile(), error.strerror or type(error).__name__, "it must be a file that this user may read"
    except UnicodeDecodeError:
        return _Profile(), "it is not UTF-8 text", "save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        quoting = "in TOML, put values with # or \\ into 'single quotes'"
        return _Profile(), f"it is not TOML ({logs.redact(str(error))})", quoting


def _hidden(table: Mapping[str, Any]) -> _Profile:
    """Return ``table`` with its texts hidden and without empty ones, at every depth."""
    hidden = _Profile()
    for key, value in table.items():
        if isinstance(value, Mapping):
            hidden[key] = _hidden(value)
        elif isinstance(value, str):
            if value.strip():
                hidden[key] = HiddenText(value.strip())
        else:
            hidden[key] = value
    return hidden


def _warn_if_readable(file: Path) -> None:
    if os.name != "posix":
        return
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        log.warning("%s holds secrets and has mode %04o: others can read it; run chmod 600 on it", file, mode)
