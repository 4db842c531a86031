"""The words and channels of the exchange that a recording is of, for whoever reads it without a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from okx_sync.errors import ConfigError, RecordingError
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.recovery_source import RecoverySource
from okx_sync.protocol.subscriptions import TopicKind

__all__ = ["ExchangeWords", "words_of"]


@attrs.frozen
class ExchangeWords:
    """The dialect of a recording, what is known of its channels, and what knows the order of a topic's events.

    ``lookup`` raises ``ConfigError`` for a channel without an entry in the table.
    """

    dialect: Dialect
    lookup: Callable[[str], ChannelInfo]
    recovery_source: Callable[[Topic, bool], RecoverySource | None]

    def source_of(self, topic: Topic) -> RecoverySource | None:
        """Return what knows the order of a topic's events; None where nothing does."""
        return self.recovery_source(topic, True)

    def kind_of(self, topic: Topic) -> TopicKind:
        """Return what the engine knows of a topic; of a channel without an entry, nothing."""
        try:
            info = self.lookup(topic.channel)
        except ConfigError:
            return TopicKind()
        return TopicKind(False, info.sequenced, info.paged, info.private, info.partial)


def words_of(head: Mapping[str, Any]) -> ExchangeWords:
    """Return those of a recording by its head. Raises ``RecordingError`` for an exchange that is not known."""
    exchange, protocol = head["exchange"], head["protocol"]
    if exchange == "okx":
        from okx_sync.exchanges.okx.channels import lookup
        from okx_sync.exchanges.okx.dialect import OkxDialect
        from okx_sync.exchanges.okx.recovery import recovery_for

        return ExchangeWords(OkxDialect(head["environment"]), lookup, recovery_for)
    if exchange == "bybit":
        from okx_sync.exchanges.bybit import channels, dialect
        from okx_sync.exchanges.bybit.config import BybitConfig
        from okx_sync.exchanges.bybit.recovery import Recoveries

        config = BybitConfig(protocol=protocol, category=head["category"])
        table = channels.channels_for(config.protocol, config.category)
        return ExchangeWords(dialect.dialect_for(config), table.lookup, Recoveries(config.category).source)
    if exchange == "bitget":
        from okx_sync.exchanges.bitget.channels import TABLES
        from okx_sync.exchanges.bitget.dialect import dialect_for
        from okx_sync.exchanges.bitget.recovery import recovery_for as bitget_recovery

        lookup_here = TABLES[protocol].lookup
        return ExchangeWords(dialect_for(protocol, head["environment"]), lookup_here, bitget_recovery(protocol))
    raise RecordingError(f"nobody knows the words of {exchange!r} here", hint="it is of a newer version")
