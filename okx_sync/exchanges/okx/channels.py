"""Finding a channel by name, and checking the arguments of a subscription before anything is sent."""

from __future__ import annotations

import difflib
from typing import Any, Final

from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.channel import Channel
from okx_sync.exchanges.okx.channel_rows import ROWS
from okx_sync.protocol.dialect import Topic

__all__ = ["CHANNELS", "Channel", "lookup", "topic_for"]

CHANNELS: Final[dict[str, Channel]] = {channel.name: channel for channel in ROWS}
"""The channel table by wire name (``"tickers"``, ``"candle{bar}"``)."""


def lookup(channel_name: str) -> Channel:
    """The row of a channel.

    Parameters
    ----------
    channel_name: wire name (``"tickers"``, ``"candle1m"``), or a candle family (``"candle{bar}"``,
        ``"candle"``).

    Raises
    ------
    ConfigError: OKX has no such channel, or the family has no such bar; the hint names close matches.
    """
    found = CHANNELS.get(channel_name)
    if found is not None:
        return found
    family = _family(channel_name)
    if family is None:
        close = difflib.get_close_matches(channel_name, _all_names(), n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else f"known are {', '.join(CHANNELS)}"
        raise ConfigError(f"OKX has no channel {channel_name!r}", hint=hint)
    bar = channel_name.removeprefix(family.prefix)
    if bar:
        _check_value(family, "bar", bar)
    return family


def topic_for(channel: str, **args: str | None) -> Topic:
    """The topic of a channel and its arguments, checked.

    Parameters
    ----------
    channel: wire name; a candle family takes its bar in the name (``"candle1m"``) or as ``bar="1m"``.
    args: the wire's own argument names; None and "" count as not given.

    Raises
    ------
    ConfigError: no such channel; an argument is missing, unknown or has a value that OKX does not accept.
    """
    found = lookup(channel)
    given = {name: value for name, value in args.items() if value not in (None, "")}
    name = _wire_name(found, channel, given)
    for arg, value in given.items():
        if arg not in found.arguments:
            raise _unknown_argument(found, arg)
        if not isinstance(value, str):
            raise ConfigError(f"{arg} of channel {name} must be text, not {value!r}")
        _check_value(found, arg, value)
    missing = [arg for arg in found.required if arg not in given]
    if missing:
        example = ", ".join(f"{arg}={value!r}" for arg, value in found.sample().items())
        raise ConfigError(f"channel {name} needs {' and '.join(missing)}", hint=f"for example {example}")
    if found.one_of and not any(arg in given for arg in found.one_of):
        raise ConfigError(f"channel {name} needs {' or '.join(found.one_of)}")
    return Topic.of(name, **given)


def _family(name: str) -> Channel | None:
    """The candle family a name belongs to. The longest prefix, as one family's may end in another's."""
    families = [row for row in CHANNELS.values() if row.is_family and name.startswith(row.prefix)]
    return max(families, key=lambda row: len(row.prefix), default=None)


def _all_names() -> list[str]:
    return [name for channel in CHANNELS.values() for name in channel.wire_names()]


def _wire_name(found: Channel, asked: str, given: dict[str, Any]) -> str:
    """The concrete name; takes ``bar`` out of ``given``, since on the wire it is part of the name."""
    if not found.is_family:
        return found.name
    in_name = "" if asked == found.name else asked.removeprefix(found.prefix)
    bar = given.pop("bar", in_name)
    if in_name and bar != in_name:
        raise ConfigError(f"channel {asked} and bar={bar!r} contradict each other")
    if not bar:
        raise ConfigError(f"channel {found.name} needs bar", hint="for example bar='1m'")
    _check_value(found, "bar", bar)
    return f"{found.prefix}{bar}"


def _check_value(channel: Channel, arg: str, value: Any) -> None:
    allowed = channel.values.get(arg)
    if allowed is None or value in allowed:
        return
    hint = None
    if isinstance(value, str):
        same = [word for word in allowed if word.lower() == value.lower()]
        hint = f"upper and lower case matter: {' or '.join(same)}" if same else None
    message = f"{arg} of channel {channel.name} must be one of {', '.join(allowed)}, not {value!r}"
    raise ConfigError(message, hint=hint)


def _unknown_argument(channel: Channel, arg: str) -> ConfigError:
    takes = f"it takes {', '.join(channel.arguments)}" if channel.arguments else "it takes none"
    if arg == "uly":
        takes = "uly is no longer accepted: use instFamily"
    elif (wire := _camel(arg)) != arg and wire in channel.arguments:
        takes = f"the wire's own name is {wire}"
    return ConfigError(f"channel {channel.name} takes no argument {arg!r}", hint=takes)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
