"""``ws.status()``: what a client is doing, as a plain dict that prints as a table."""

from __future__ import annotations

from typing import Any

import attrs

from okx_sync.delivery.options import SubscriptionStats
from okx_sync.lazy import drawn_by

__all__ = ["ClientStatus", "TopicStats"]


@attrs.frozen(kw_only=True)
class TopicStats(SubscriptionStats):
    """The counters of a subscription, with its topic and its name (None where it has none)."""

    topic: str
    name: str | None


class ClientStatus(dict[str, Any]):
    """A dict of plain facts; its repr is meant for people.

    Its keys are ``environment``, ``links``, ``subscriptions``, ``errors``, ``unknown``, ``running_callbacks`` and
    ``last_states``, and of a client with ``limits=`` also ``limits``: under ``refused`` how many requests each of them
    refused. ``unknown`` has by channel the fields, words and error codes that this version does not know, with
    the number of times that each was seen; messages are sampled, so the numbers are no totals. ``links`` has the facts
    of each path, and under ``shards`` those of each of its sockets: its topics, how many characters they take
    (``length``, where the exchange counts them), and how many requests of its budget are used.
    """

    def to_rows(self) -> list[TopicStats]:
        """Return the counters of each subscription, as rows of a table; ``to_df(ws.status())`` makes a frame."""
        return [TopicStats(**one) for one in self["subscriptions"]]

    _repr_html_ = drawn_by("client_pictures", "status_picture")

    def __repr__(self) -> str:
        lines = [f"{self['environment']}, {self['errors']} errors reported"]
        for name, link in self["links"].items():
            lines.append(f"  link {name:<9}" + _link(link))
            if len(shards := link.get("shards", ())) > 1:
                lines += [f"    shard {shard['shard']:<6}" + _shard(shard) for shard in shards]
        for sub in self["subscriptions"]:
            lines.append(f"  {sub['topic']:<42} " + _counters(sub))
        for channel, news in self.get("unknown", {}).items():
            lines.append(f"  unknown in {channel}: {', '.join(news)}")
        for limit, count in self.get("limits", {}).get("refused", {}).items():
            lines.append(f"  {limit}: {count} requests refused")
        for name, seconds in self["running_callbacks"].items():
            lines.append(f"  running: {name} for {seconds:.2f} s")
        return "\n".join(lines)


def _link(link: dict[str, Any]) -> str:
    trip = "" if link["round_trip_ms"] is None else f", round trip {link['round_trip_ms']:.1f} ms"
    held = f", {link['held_back']}" if link.get("held_back") else ""
    return f"{link['state']}, {link['topics']} topics{held}, {link['reconnects']} reconnects{trip}, {link['url']}"


def _shard(shard: dict[str, Any]) -> str:
    length = f" of {shard['length']} characters" if shard["length"] else ""
    held = f", {shard['held_back']}" if shard["held_back"] else ""
    used = f"{shard['requests']} of {shard['requests_per_hour']} requests an hour used"
    return f"{shard['state']}, {shard['topics']} topics{length}, {used}{held}, {shard['reconnects']} reconnects"


def _counters(sub: dict[str, Any]) -> str:
    lag = "" if sub["lag_ms"] is None else f"  lag {sub['lag_ms']:.0f} ms"
    more = f"  incomplete {sub['incomplete']}" if sub.get("incomplete") else ""
    return (
        f"received {sub['received']:>8}  delivered {sub['delivered']:>8}  coalesced {sub['coalesced']:>6}"
        f"  dropped {sub['dropped']:>6}  waiting {sub['waiting']:>6}{lag}{more}"
    )
