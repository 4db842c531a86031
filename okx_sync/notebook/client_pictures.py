"""Pictures of what a client is doing: its links and subscriptions, a subscription, a listing that was not read yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from okx_sync.notebook.markup import NOT_KNOWN, Color, Html, card, colored, note, pairs, table, text, warning

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup
    from okx_sync.live.status import ClientStatus

__all__ = ["client_picture", "group_picture", "pager_picture", "status_picture", "subscription_picture"]

_LINK: Final = ("link", "state", "topics", "reconnects", "round trip", "address")
_TOPIC: Final = ("topic", "received", "delivered", "coalesced", "dropped", "waiting", "lag")
_MOST: Final = 20


def client_picture(client: Any) -> str:
    """Draw a stream client: its status."""
    return status_picture(client.status())


def status_picture(status: ClientStatus) -> str:
    """Draw the links of a client, its subscriptions with their counters, and whatever is not as it should be."""
    links = [_link_row(name, link) for name, link in status["links"].items()]
    parts = [table(_LINK, links, left=(0, 1, 5)) if links else note("no links yet: the first subscription connects")]
    subs = status["subscriptions"]
    if subs:
        parts.append(table(_TOPIC, [_topic_row(one) for one in subs[:_MOST]]))
    if len(subs) > _MOST:
        parts.append(note(f"and {len(subs) - _MOST} more subscriptions"))
    parts += [warning(f"{one['topic']}: {one['dropped']} events were dropped") for one in subs if one["dropped"]][
        :_MOST
    ]
    parts += [
        warning(f"unknown in {channel}: {', '.join(news)}") for channel, news in status.get("unknown", {}).items()
    ]
    refused = status.get("limits", {}).get("refused", {})
    parts += [warning(f"{limit}: {count} requests refused") for limit, count in refused.items()]
    parts += [note(f"running: {name} for {seconds:.2f} s") for name, seconds in status["running_callbacks"].items()]
    return card(f"{status['environment']}, {status['errors']} errors reported", *parts)


def _link_row(name: str, link: dict[str, Any]) -> list[Html]:
    color: Color = "up" if link["connected"] else "doubt"
    trip = NOT_KNOWN if link["round_trip_ms"] is None else text(f"{link['round_trip_ms']:.1f} ms")
    state = f"{link['state']}, {link['held_back']}" if link.get("held_back") else link["state"]
    cells = (text(name), colored(state, color), text(link["topics"]), text(link["reconnects"]), trip, text(link["url"]))
    return list(cells)


def _topic_row(sub: dict[str, Any]) -> list[Html]:
    counts = [text(f"{sub[name]:,}") for name in ("received", "delivered", "coalesced")]
    dropped = colored(f"{sub['dropped']:,}", "down" if sub["dropped"] else "")
    lag = NOT_KNOWN if sub["lag_ms"] is None else text(f"{sub['lag_ms']:.0f} ms")
    return [text(sub["topic"]), *counts, dropped, text(f"{sub['waiting']:,}"), lag]


def subscription_picture(sub: Subscription[Any]) -> str:
    """Draw a subscription: whether its link is up, its counters, and the newest event."""
    stats = sub.stats
    state = "ended" if sub.is_closed else "live" if sub.is_connected else "its link is down"
    age = sub.age
    facts = [
        ("state", colored(state, "up" if state == "live" else "doubt"), ""),
        ("newest event", NOT_KNOWN if age is None else text(f"{age:.1f} s ago"), ""),
        ("received", text(f"{stats.received:,}"), "from the exchange"),
        ("delivered", text(f"{stats.delivered:,}"), "to the consumer"),
        ("coalesced", text(f"{stats.coalesced:,}"), "replaced by newer ones of the same key"),
        ("dropped", colored(f"{stats.dropped:,}", "down" if stats.dropped else ""), "the consumer was slow"),
        ("waiting", text(f"{stats.waiting:,}"), ""),
        ("lag", NOT_KNOWN if stats.lag_ms is None else text(f"{stats.lag_ms:.0f} ms"), "receipt less exchange's time"),
    ]
    return card(f"Subscription {sub.topic}", pairs(facts))


def group_picture(group: SubscriptionGroup[Any]) -> str:
    """Draw a group of subscriptions."""
    subs, refused = group.subscriptions, group.refused
    rows = [_member_row(one) for one in subs[:_MOST]]
    parts = [table(("topic", "received", "state"), rows, left=(0, 2))] if rows else []
    parts += [note(f"and {len(subs) - _MOST} more")] if len(subs) > _MOST else []
    parts += [warning(f"{topic}: {error}") for topic, error in list(refused.items())[:_MOST]]
    return card(f"{len(group)} subscriptions, {len(refused)} refused", *parts)


def _member_row(sub: Subscription[Any]) -> list[Html]:
    state = colored("live", "up") if sub.is_connected else colored("its link is down", "doubt")
    return [text(sub.topic), text(f"{sub.received:,}"), state]


def pager_picture(pager: Any) -> str:
    """Draw a listing: what would be read. Nothing is asked for that."""
    return card(repr(pager).strip("<>"), note("not read yet: iterate it, or call to_list() or to_df(pager)"))
