"""``show``: pictures of live objects that move, as long as the cell is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import attrs

from okx_sync.delivery.subscription import Subscription
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.live.stream_client import StreamClient
from okx_sync.notebook.cell_display import CellDisplay
from okx_sync.notebook.markup import side_by_side
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.live_object import LiveObject
from okx_sync.state.orders.handle import Handle
from okx_sync.timing import Clock, Deadline, is_number

__all__ = ["Moving", "check_seconds", "hold", "show"]

_EVERY_S: Final = 0.2
_LIVE: Final = (StreamClient, OrderBook, LiveObject, Handle, Subscription, SubscriptionGroup)


@attrs.frozen
class Moving:
    """What is shown. ``picture`` and ``words`` draw it as it is now, for a notebook and for a terminal.

    ``is_over`` tells whether it will not change any more, and raises what has ended it before its time.
    """

    picture: Callable[[], str]
    words: Callable[[], str]
    is_over: Callable[[], bool]


def show(*things: Any, seconds: float | None = None) -> None:
    """Show live objects in a notebook cell, and keep the picture up to date.

    The cell is held: the calling thread redraws at most five times a second, and nothing else is touched. It ends after
    ``seconds``, when nothing of it can change any more (an order that is done), or with the stop button, which is no
    error; the last picture stays. Run again, the cell takes over its own picture. At a prompt lines are printed.

    Args:
        things: Order books, order handles, ``ws.orders``, ``ws.positions``, ``ws.account``, subscriptions, clients, and
            whatever else a notebook draws; or functions without parameters that return such a thing, called for each
            picture, as ``ws.status``. Several stand beside each other.
        seconds: How long; None: until it is stopped.

    Raises:
        StreamClosed: One of them has ended, or its client was closed; or the error that ended a link for good.
        ConfigError: There is no picture of one of them, or ``seconds`` is no number above 0.
    """
    if not things:
        raise ConfigError("show() needs something to show", hint="show(ws.order_book('BTC-USDT'))")
    moving = [_moving(thing) for thing in things]
    hold(
        Moving(
            lambda: side_by_side(one.picture() for one in moving),
            lambda: "\n".join(one.words() for one in moving),
            lambda: not [one for one in moving if not one.is_over()],  # each is asked: one that has failed raises
        ),
        seconds,
    )


def hold(moving: Moving, seconds: float | None) -> None:
    """Redraw until it is over, ``seconds`` have passed, or the user interrupts.

    Args:
        moving: What is shown.
        seconds: How long; None: until it is stopped.
    """
    check_seconds(seconds)
    clock = Clock()
    deadline, shown = Deadline(seconds, clock), CellDisplay(clock)
    try:
        while True:
            left = deadline.left()
            shown.draw(moving.picture(), moving.words(), is_last=left == 0)
            if moving.is_over() or left == 0:
                return
            clock.sleep(_EVERY_S if left is None else max(0.0, min(_EVERY_S, left)))
    except KeyboardInterrupt:
        return  # the ordinary way to end it: the last picture stays


def check_seconds(seconds: object) -> None:
    """Raise ``ConfigError`` unless this is a number of seconds above 0, or None."""
    if seconds is not None and not (is_number(seconds) and seconds > 0):
        raise ConfigError(f"seconds must be a number above 0, not {seconds!r}", hint="leave it out for no end")


def _moving(thing: Any) -> Moving:
    if callable(thing) and not hasattr(thing, "_repr_html_"):
        owner = getattr(thing, "__self__", None)
        return Moving(lambda: _drawn(thing()), lambda: repr(thing()), lambda: _is_over(owner) and False)
    _drawn(thing)
    return Moving(lambda: _drawn(thing), lambda: repr(thing), lambda: _is_over(thing))


def _drawn(thing: Any) -> str:
    draw = getattr(thing, "_repr_html_", None)
    if draw is None:
        raise ConfigError(
            f"there is no picture of a {type(thing).__name__}",
            hint="show() takes live objects and rows; seconds=10 is said by its name",
        )
    return str(draw())


def _is_over(thing: Any) -> bool:
    """Tell whether a thing cannot change any more. Raises what ended it, where that was not its ordinary end."""
    if isinstance(thing, StreamClient) and thing.wait(0):
        raise StreamClosed("the client was closed")
    if isinstance(thing, Handle) and thing.is_done:
        return True
    if isinstance(thing, OrderBook | LiveObject | Handle):
        thing.wait_until(_never, 0)  # raises when it is closed
    elif isinstance(thing, Subscription):
        thing.latest()  # raises what ended it
    elif isinstance(thing, SubscriptionGroup) and not len(thing):
        raise next(iter(thing.refused.values()), StreamClosed("all of the group have ended"))
    return not isinstance(thing, _LIVE)


def _never(_thing: Any) -> bool:
    return False
