"""From what a user asks to a subscription: what cannot be right is refused before anything is sent."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from okx_sync.checks import check_callback, check_word, warn_user
from okx_sync.delivery.event_sink import Owner
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES, DEFAULT_MAXSIZE, check_room
from okx_sync.delivery.subscription import SubscribeOptions, Subscription
from okx_sync.errors import ConfigError, OkxAuthError
from okx_sync.live.callsite import CallSite, call_site
from okx_sync.live.stream_spec import ChannelInfo, StreamSpec
from okx_sync.live.unlisted_channel import topic_of_texts, unlisted_channel
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.timing import is_number

__all__ = [
    "OPTION_NAMES",
    "Terms",
    "agree",
    "check_distinct",
    "chosen_path",
    "each_topic",
    "no_credentials",
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
class Terms:
    """What the subscriptions of one call have in common, checked once, however many topics the call names.

    ``wait``, ``timeout``, ``backfill``: as the user wants them; ``site``: where in the user's code the call is,
    None where that cannot be run again.
    """

    channel: str
    info: ChannelInfo
    kind: TopicKind
    path: str
    wait: bool
    timeout: float
    backfill: bool
    site: CallSite | None
    _lacks_login: bool
    _spec: StreamSpec
    _topic_for: Callable[..., Topic]
    _ways: dict[str, Any]

    def subscription(self, owner: Owner, args: Mapping[str, Any]) -> Subscription[Any]:
        """Make the subscription of a topic.

        Raises ``ConfigError`` for arguments that do not fit the channel, ``OkxAuthError`` without the login it needs.
        """
        topic = self._topic_for(self.channel, **args)
        try:
            (topic.channel + "".join(map("".join, topic.args))).encode()
        except UnicodeEncodeError:  # what cannot be sent would end the link of all others
            raise ConfigError(f"{topic.args!r} of channel {topic.channel!r} cannot be sent") from None
        if self._lacks_login:
            raise no_credentials(self._spec, self.info)
        if self.backfill and self._spec.recovery_source(topic, True) is None:
            raise ConfigError(
                f"{self.info.name} cannot be fetched over REST", hint="backfill is for trades and candles"
            )
        return Subscription(owner, topic, **self._ways)


def agree(
    spec: StreamSpec,
    max_bytes: int,
    max_silence: float | None,
    channel: str,
    callback: Callable[[Any], object] | None,
    args: dict[str, Any],
) -> Terms:
    """Check the channel and the options of a subscribe, which are taken out of ``args``. Nothing has begun.

    ``max_bytes``, ``max_silence``: of the client, for want of others.
    """
    options = {name: args.pop(name) for name in list(args) if name in OPTION_NAMES}
    forced = "" if _PATH_WORDS.isdisjoint(options) else chosen_path(options, "")
    info: ChannelInfo
    try:
        info, topic_for = spec.lookup(channel), spec.topic_for
    except ConfigError as error:
        info, topic_for = unlisted_channel(spec, channel, forced, error), topic_of_texts
    path = forced or info.path
    lacks_login = spec.credentials is None and (info.login or path in spec.login_paths)
    if options:
        _check_options(info, callback, options)
    if callback is not None:
        check_callback(callback)
    if info.gone:
        warn_user(info.gone)
    ways = {
        "callback": callback,
        "queue": options.get("queue"),
        "policy": options.get("policy") or spec.policy or ("fail" if info.private else "drop_oldest"),
        "maxsize": options.get("maxsize", DEFAULT_MAXSIZE),
        "max_bytes": options.get("max_bytes", max_bytes),
        "key": info.coalesced_by,
        "stamp": info.lag_field,
        "name": options.get("name"),
        "inline": bool(options.get("inline")),
        "max_silence": options.get("max_silence", None if info.quiet else max_silence),
        "on_stale": options.get("on_stale", "event"),
    }
    kind = TopicKind(info.login, info.sequenced, info.paged, info.private, info.partial)
    wait, timeout, backfill = options.get("wait", True), options.get("timeout", spec.timeout_s), options.get("backfill")
    limit = math.inf if timeout is None else timeout
    return Terms(
        channel, info, kind, path, wait, limit, bool(backfill), call_site(), lacks_login, spec, topic_for, ways
    )


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


def check_distinct(topics: Iterable[Topic]) -> None:
    """Raise ``ConfigError`` for a topic that is there twice."""
    met: set[Topic] = set()
    for topic in topics:
        if topic in met:
            raise ConfigError(f"{topic} is named twice")
        met.add(topic)


def no_credentials(spec: StreamSpec, info: ChannelInfo) -> OkxAuthError:
    """Return the error of a channel that needs a login."""
    return OkxAuthError(
        f"channel {info.name} needs a login, and this client has no credentials",
        environment=spec.environment,
        hint="give the Config credentials=, for example Credentials.from_env()",
    )


def _check_options(info: ChannelInfo, callback: object, options: Mapping[str, Any]) -> None:
    if callback is not None and options.get("queue") is not None:
        raise ConfigError("give a callback or a queue, not both")
    if options.get("inline") and callback is None:
        raise ConfigError("inline=True needs a callback")
    if "on_stale" in options:
        check_word("on_stale", options["on_stale"], ("event", "resubscribe"))
    for name in ("timeout", "max_silence", "maxsize"):
        value = options.get(name)
        if value is not None and not is_number(value):
            raise ConfigError(f"{name} must be a number, not {value!r}")
    policy = options.get("policy")
    check_room(policy or "fail", options.get("maxsize", DEFAULT_MAXSIZE), options.get("max_bytes", DEFAULT_MAX_BYTES))
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
