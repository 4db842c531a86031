"""From what a user asks to a subscription: what cannot be right is refused before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from okx_sync.checks import check_word, warn_user
from okx_sync.delivery.event_sink import Owner
from okx_sync.delivery.mailbox import DEFAULT_MAXSIZE, Policy
from okx_sync.delivery.subscription import SubscribeOptions, Subscription
from okx_sync.errors import ConfigError, OkxAuthError
from okx_sync.live.active_subscriptions import ActiveSubscriptions
from okx_sync.live.stream_spec import ChannelInfo, StreamSpec
from okx_sync.live.unlisted_channel import find_channel
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import is_number

__all__ = [
    "OPTION_NAMES",
    "Prepared",
    "check_distinct",
    "chosen_path",
    "each_topic",
    "make_subscription",
    "no_credentials",
    "prepare",
]

OPTION_NAMES: Final = frozenset(SubscribeOptions.__annotations__)
_PATH_WORDS: Final = frozenset({"path", "endpoint"})


def chosen_path(options: dict[str, Any], usual: str) -> str:
    """Take the path that a user asks for out of ``options``; without one it is the ``usual`` one.

    ``endpoint`` is the former name of the option ``path``; it warns. Raises ``ConfigError`` for both at once.
    """
    path, former = options.pop("path", None), options.pop("endpoint", None)
    if former is not None:
        if path is not None:
            raise ConfigError("path= and endpoint= are one option", hint="endpoint is its former name: leave it out")
        warn_user("endpoint= is called path= now, and goes in version 0.3.0")
    return str(path or former or usual)


@attrs.frozen
class Prepared:
    """A subscription that was checked and has not begun, with what its owner must know of it."""

    subscription: Subscription[Any]
    info: ChannelInfo
    path: str
    options: dict[str, Any]


def prepare(
    spec: StreamSpec,
    active: ActiveSubscriptions,
    max_bytes: int,
    max_silence: float | None,
    channel: str,
    callback: Callable[[Any], object] | None,
    args: dict[str, Any],
) -> Prepared:
    """Check a subscribe, and make the subscription. Nothing has begun when this raises.

    ``args``: arguments of the channel, and options; ``max_bytes``, ``max_silence``: of the client, for want of others.
    """
    options = {"max_bytes": max_bytes} | {name: args.pop(name) for name in list(args) if name in OPTION_NAMES}
    forced = "" if _PATH_WORDS.isdisjoint(options) else chosen_path(options, "")
    info, topic = find_channel(spec, channel, args, forced or None)
    path = forced or info.path
    if (info.login or path in spec.login_paths) and spec.credentials is None:
        raise no_credentials(spec, info)
    subscription = make_subscription(spec, active, topic, info, callback, options, max_silence)
    if info.gone:
        warn_user(info.gone)
    active.check_path(topic, path)
    return Prepared(subscription, info, path, options)


def each_topic(channel: str, args: Iterable[object]) -> list[dict[str, Any]]:
    """Return the arguments of each topic. Raises ``ConfigError`` for what is none, and for a list without any."""
    found: list[dict[str, Any]] = []
    for one in args:
        if not isinstance(one, Mapping) or not all(isinstance(name, str) for name in one):
            hint = 'as in [{"instId": "BTC-USDT"}, {"instId": "ETH-USDT"}]'
            raise ConfigError(
                f"the arguments of each topic of {channel} are a mapping of names, not {one!r}", hint=hint
            )
        found.append(dict(one))
    if not found:
        raise ConfigError(f"no topic of {channel} was named")
    return found


def check_distinct(prepared: Iterable[Prepared]) -> None:
    """Raise ``ConfigError`` for a topic that is there twice."""
    met: set[Topic] = set()
    for one in prepared:
        if (topic := one.subscription.topic) in met:
            raise ConfigError(f"{topic} is named twice")
        met.add(topic)


def no_credentials(spec: StreamSpec, info: ChannelInfo) -> OkxAuthError:
    """Return the error of a channel that needs a login."""
    return OkxAuthError(
        f"channel {info.name} needs a login, and this client has no credentials",
        environment=spec.environment,
        hint="give the Config credentials=, for example Credentials.from_env()",
    )


def make_subscription(
    spec: StreamSpec,
    owner: Owner,
    topic: Topic,
    info: ChannelInfo,
    callback: Callable[[Any], object] | None,
    options: dict[str, Any],
    max_silence: float | None,
) -> Subscription[Any]:
    """Make a subscription of ``topic`` with the user's options.

    Raises ``ConfigError`` for options that do not fit it.
    """
    if len(options) > 1:  # ``max_bytes`` is always among them
        _check_values(options)
    if options.get("backfill") and spec.recovery_source(topic, True) is None:
        raise ConfigError(f"{info.name} cannot be fetched over REST", hint="backfill is for trades and candles")
    policy: Policy = options.get("policy") or ("fail" if info.private else "drop_oldest")
    if info.private and policy == "drop_oldest":
        raise ConfigError(
            f"{info.name} is account data, which is never dropped silently",
            hint="use policy='fail' (raises where events are missing), 'block' or 'latest'",
        )
    if policy == "latest" and not info.key:
        raise ConfigError(
            f"events of {info.name} build on each other, so that only the latest is of no use",
            hint="use another policy, or a channel that pushes whole states",
        )
    return Subscription(
        owner,
        topic,
        callback=callback,
        queue=options.get("queue"),
        policy=policy,
        maxsize=options.get("maxsize", DEFAULT_MAXSIZE),
        max_bytes=options["max_bytes"],
        key=info.coalesced_by,
        stamp=info.lag_field,
        name=options.get("name"),
        inline=bool(options.get("inline")),
        max_silence=options.get("max_silence", None if info.quiet else max_silence),
        on_stale=options.get("on_stale", "event"),
    )


def _check_values(options: dict[str, Any]) -> None:
    if "on_stale" in options:
        check_word("on_stale", options["on_stale"], ("event", "resubscribe"))
    for name in ("timeout", "max_silence", "maxsize"):
        value = options.get(name)
        if value is not None and not is_number(value):
            raise ConfigError(f"{name} must be a number, not {value!r}")
