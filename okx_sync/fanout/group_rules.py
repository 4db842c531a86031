"""What a group of followers can share, and what not: checked before anything is asked for."""

from __future__ import annotations

import os
import re
import socket
import uuid
from typing import Any, Final

from okx_sync.delivery.push_callback import StateCallback
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError
from okx_sync.fanout.shared_stream import GroupTerms
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.timing import is_number

__all__ = ["check_shared", "group_terms"]

_NAME: Final = re.compile(r"[\w.-]{1,100}")


def group_terms(group: str | None, redeliver_s: float) -> GroupTerms | None:
    """Return this process's place in a group; None without one. Raises ``ConfigError`` for what cannot be right."""
    if not is_number(redeliver_s) or not redeliver_s >= 0.1:
        raise ConfigError(f"redeliver_s must be seconds of at least 0.1, not {redeliver_s!r}")
    if group is None:
        return None
    if not isinstance(group, str) or not _NAME.fullmatch(group):
        raise ConfigError(f"group cannot be {group!r}", hint="a name of letters, digits, '.', '_' and '-'")
    member = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    return GroupTerms(name=group, member=member, redeliver_ms=int(redeliver_s * 1000))


def check_shared(subscription: Subscription[Any], info: ChannelInfo) -> None:
    """Refuse what needs every event, or does not tell when an event is handled."""
    if info.sequenced or (info.private and info.snapshot) or isinstance(subscription.callback, StateCallback):
        raise ConfigError(
            f"{info.name} cannot be shared by a group: whoever has a part of it knows nothing",
            hint="books, positions, balances and live orders need a follower without group=",
        )
    if subscription.callback is None or not subscription.is_inline:
        raise ConfigError(
            "a member of a group needs callback= and inline=True: an event is handled once its callback has returned"
        )
