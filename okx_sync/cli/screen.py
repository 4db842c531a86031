"""How a command that goes on shows what it has: a picture that is redrawn, lines, or JSON, until it is to end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any, Protocol

from rich.console import RenderableType
from rich.live import Live

from okx_sync.cli.command import Form, console, json_line, say
from okx_sync.timing import Clock, Deadline

__all__ = ["View", "show"]

# Seconds between two pictures, two rounds of lines, and two looks for what a program is to be told.
_EVERY_S = {Form.live: 0.25, Form.plain: 1.0, Form.json: 0.1}


class View(Protocol):
    """What a command shows, in each of the three forms; every call is about the present moment."""

    def picture(self) -> RenderableType:
        """Draw it."""

    def lines(self) -> Iterable[str]:
        """Say what is new since the last call."""

    def documents(self) -> Iterable[Any]:
        """Give what is new since the last call as JSON documents."""


def show(view: View, form: Form, seconds: float, wait: Callable[[float], object]) -> None:
    """Show a view until ``seconds`` have passed (0: until Ctrl-C, which ends it in good order).

    Args:
        view: what is shown.
        form: picture, lines or JSON.
        seconds: how long.
        wait: waits so many seconds; returns True when there is nothing to wait for any more.
    """
    deadline = Deadline(seconds or None, Clock())
    live = Live(console=console(), auto_refresh=False) if form is Form.live else nullcontext()
    every = _EVERY_S[form]
    with live as drawn:
        try:
            is_over = False
            while not is_over:
                left = deadline.left()
                is_over = bool(wait(every if left is None else max(0.0, min(every, left))))
                is_over = is_over or deadline.left() == 0
                _draw(view, form, drawn)
        except KeyboardInterrupt:
            _draw(view, form, drawn)  # the ordinary way to end it: the last picture stays


def _draw(view: View, form: Form, drawn: Live | None) -> None:
    if form is Form.live and drawn is not None:
        drawn.update(view.picture(), refresh=True)
        return
    if form is Form.json:
        for document in view.documents():
            json_line(document)
        return
    for line in view.lines():
        say(line)
