"""What the doctor looks at without the network: Python, the libraries, the settings and the key as it is written."""

from __future__ import annotations

import importlib.metadata
import os
import re
import stat

import okx_sync
from okx_sync.cli.doctor.report import Report
from okx_sync.cli.place import ExchangePlace
from okx_sync.credentials import PROFILE_PATH
from okx_sync.versions import python_text, requirements

__all__ = ["check_machine", "check_settings"]

_QUOTES = "'\"“”`"


def check_machine(report: Report) -> None:
    """Look at Python and at the libraries that the package needs."""
    report.add("python", "ok", python_text())
    problems, versions = [], [f"okx_sync {okx_sync.__version__}"]
    for one in requirements():
        if one.found is None:
            problems.append(f"{one.name} is not installed")
            continue
        versions.append(f"{one.name} {one.found}")
        if one.is_too_old:
            problems.append(f"{one.name} {one.found} is older than {one.least}")
    if problems:
        report.add("libraries", "fail", "; ".join(problems), "pip install --upgrade okx_sync")
    elif other := _other_websocket():
        cure = f"pip uninstall {other}, then pip install --force-reinstall websocket-client"
        report.add("libraries", "fail", f"{other} is installed over websocket-client; both are called websocket", cure)
    else:
        report.add("libraries", "ok", ", ".join(versions))


def _other_websocket() -> str:
    """Name the distribution that took the place of websocket-client, as ``websocket`` does."""
    for name in ("websocket", "websocket_py3"):
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        return name
    return ""


def check_settings(report: Report, place: ExchangePlace) -> None:
    """Look at what is set: names of variables and of the profile, never their values."""
    if place.paper:
        report.add("settings", "ok", "a paper exchange in this process; nothing is read")
        return
    prefix = place.exchange.upper()
    if place.profile is None:
        names = sorted(name for name, value in os.environ.items() if name.startswith(f"{prefix}_") and value.strip())
        seen = f"set: {', '.join(names)}" if names else f"no {prefix}_ variable is set: public data only"
        report.add("settings", "ok", seen)
        _check_quotes(report, [name for name in names if name.endswith(("KEY", "SECRET", "PASSPHRASE"))])
    else:
        report.add("settings", "ok", f"profile {place.profile}")
        _check_mode(report)


def _check_quotes(report: Report, names: list[str]) -> None:
    """Look for quotes and spaces that came with the value from a file or a web page."""
    wrong = [name for name in names if (text := os.environ[name].strip())[0] in _QUOTES or re.search(r"\s", text)]
    if wrong:
        seen = f"{', '.join(wrong)} begins with a quote or has a space in it"
        report.add("key as written", "fail", seen, "set the bare value; in a .env file quotes are often kept")


def _check_mode(report: Report) -> None:
    file = PROFILE_PATH.expanduser()
    if os.name == "posix" and file.exists() and (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
        report.add("profile file", "warn", f"{file} can be read by others (mode {mode:04o})", f"chmod 600 {file}")
