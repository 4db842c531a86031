"""Finding a channel by name, and checking the arguments of a subscription before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar

from okx_sync.checks import callback_hint, did_you_mean
from okx_sync.delivery.options import OFFERED_OPTIONS
from okx_sync.errors import ConfigError
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.spelling import camel, same_period
from okx_sync.protocol.dialect import Topic

__all__ = ["ChannelTable"]

C = TypeVar("C", bound=Channel)
_BARS: Final = ("bar", "interval")
_OPTIONS: Final = (*OFFERED_OPTIONS, "callback")


class ChannelTable(Generic[C]):
    """The channels of one exchange.

    Args:
        exchange: what errors call it.
        rows: its channels.
        retired: arguments that it took once, and what to say to somebody who still gives them.
    """

    def __init__(self, exchange: str, rows: Iterable[C], retired: Mapping[str, str] | None = None) -> None:
        self.exchange = exchange
        self.rows: dict[str, C] = {channel.name: channel for channel in rows}
        self._retired = retired or {}

    def lookup(self, channel_name: str) -> C:
        """Look up the row of a channel.

        Args:
            channel_name: wire name (``"tickers"``, ``"candle1m"``), or a family (``"candle{bar}"``, ``"candle"``).

        Raises:
            ConfigError: the exchange has no such channel, or the family no such member; the hint names close matches.
        """
        if not isinstance(channel_name, str):
            raise _no_text("the channel", channel_name)
        found = self.rows.get(channel_name)
        if found is not None:
            return found
        family = self._family(channel_name)
        if family is None:
            hint = did_you_mean(channel_name, self._all_names()) or f"known are {', '.join(self.rows)}"
            raise ConfigError(f"{self.exchange} has no channel {channel_name!r}", hint=hint)
        member = _member(family, channel_name)
        if member:
            _check_value(family, family.variable, member)
        return family

    def topic_for(self, channel: str, **args: str | None) -> Topic:
        """Make the topic of a channel and its arguments, checked.

        Args:
            channel: wire name; a family takes what varies in the name (``"candle1m"``) or by itself (``bar="1m"``).
            args: the wire's own argument names; None and "" count as not given.

        Raises:
            ConfigError: no such channel; an argument is missing, unknown or has a value that is not accepted.
        """
        found = self.lookup(channel)
        given = {**found.defaults, **{name: value for name, value in args.items() if value not in (None, "")}}
        name = _member_name(found, channel, given) if found.is_family else found.name
        for arg, value in given.items():
            if arg not in found.arguments:
                raise self._unknown_argument(found, arg)
            if not isinstance(value, str):
                raise _no_text(f"{arg} of channel {name}", value)
            if arg in found.values:
                _check_value(found, arg, value)
        missing = [arg for arg in found.required if arg not in given]
        if missing:
            example = ", ".join(f"{arg}={value!r}" for arg, value in found.sample().items())
            raise ConfigError(f"channel {name} needs {' and '.join(missing)}", hint=f"for example {example}")
        if found.one_of and not any(arg in given for arg in found.one_of):
            raise ConfigError(f"channel {name} needs {' or '.join(found.one_of)}")
        return Topic(name, tuple(sorted(given.items())))

    def _family(self, name: str) -> C | None:
        """Return the family that a name belongs to: the longest prefix, as one family's may end in another's."""
        families = [row for row in self.rows.values() if row.is_family and f"{name}.".startswith(row.prefix)]
        return max(families, key=lambda row: len(row.prefix), default=None)

    def _all_names(self) -> list[str]:
        return [name for channel in self.rows.values() for name in channel.wire_names()]

    def _unknown_argument(self, channel: C, arg: str) -> ConfigError:
        known = [*channel.arguments, *([channel.variable] if channel.is_family else [])]
        if arg in self._retired:
            takes = self._retired[arg]
        elif (wire := camel(arg)) != arg and wire in channel.arguments:
            takes = f"the wire's own name is {wire}"
        elif meant := did_you_mean(arg, (*known, *_OPTIONS)):
            takes = meant
        else:
            takes = f"it takes {', '.join(known) or 'none'}, and the options {', '.join(_OPTIONS)}"
        return ConfigError(f"channel {channel.name} takes no argument {arg!r}", hint=takes)


def _member_name(found: Channel, asked: str, given: dict[str, Any]) -> str:
    """Return the name of a member; takes what varies out of ``given``, since on the wire it is part of the name."""
    what, in_name = found.variable, _member(found, asked)
    member = given.pop(what, in_name)
    if in_name and member != in_name:
        raise ConfigError(f"channel {asked} and {what}={member!r} contradict each other")
    if not member:
        raise ConfigError(f"channel {found.name} needs {what}", hint=f"for example {what}={found.values[what][0]!r}")
    _check_value(found, what, member)
    return f"{found.prefix}{member}"


def _member(family: Channel, asked: str) -> str:
    """Return which member of the family a name stands for; empty when it is the name of the family."""
    return "" if asked in (family.name, family.prefix.rstrip(".")) else asked.removeprefix(family.prefix)


def _check_value(channel: Channel, arg: str, value: Any) -> None:
    """Raise :class:`ConfigError` for what is not among the words that an argument may be."""
    allowed = channel.values.get(arg)
    if allowed is None or value in allowed:
        return
    if isinstance(value, str):
        same = [word for word in allowed if word.lower() == value.lower()]
        meant = same_period(value, allowed) if arg in _BARS else None
        if meant is not None and meant not in same:
            hint: str | None = f"did you mean {meant}?"
        else:
            hint = f"upper and lower case matter: {' or '.join(same)}" if same else did_you_mean(value, allowed)
        if hint is None and "-" in value and "instId" in channel.arguments:
            hint = f"an instrument is named by inst_id={value!r}"
        if hint is None and not value.isdigit() and all(word.isdigit() for word in allowed):
            hint = "the instrument comes first"
    else:
        hint = callback_hint(value) if callable(value) else None
    message = f"{arg} of channel {channel.name} must be one of {', '.join(allowed)}, not {value!r}"
    raise ConfigError(message, hint=hint)


def _no_text(what: str, value: Any) -> ConfigError:
    hint = callback_hint(value) if callable(value) else _one_channel(value)
    return ConfigError(f"{what} must be text, not {value!r}", hint=hint)


def _one_channel(value: Any) -> str | None:
    """Return how topics are named here, for lists of them as other libraries take."""
    topics = value if isinstance(value, list | tuple) else [value]
    first: Any = topics[0] if topics else None
    if isinstance(first, str):
        channel, _, symbol = first.rpartition(".")
        args = {"symbol": symbol} if channel else {}
        channel = channel or first
    elif isinstance(first, Mapping):
        args = dict(first)
        channel = args.pop("channel", args.pop("topic", "..."))
    else:
        return None
    named = "".join(f", {name}={word!r}" for name, word in args.items())
    hint = f"one channel in each call: subscribe({channel!r}, callback{named})"
    if len(topics) == 1:
        return hint
    return f"{hint}; many of its topics at once: subscribe_many({channel!r}, [...], callback)"
