"""How far one socket's conversation has come: a table of transitions; a pair that is not in it is a bug and raises.

::

    CONNECTING --opened--> READY ------------------------login_asked--> LOGGING_IN
        |                    ^                                             |
        +--opened_to_login-> LOGGING_IN --login_ok-------------------------+
                                 +--login_refused--> CLOSED <--closed-- any
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

__all__ = ["TRANSITIONS", "State", "Step"]


class State(Enum):
    """How far one socket's conversation has come."""

    CONNECTING = "connecting"
    LOGGING_IN = "logging in"
    READY = "ready"
    CLOSED = "closed"


Step = Literal["opened", "opened_to_login", "login_asked", "login_ok", "login_refused", "closed"]

TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.CONNECTING, "opened"): State.READY,
    (State.CONNECTING, "opened_to_login"): State.LOGGING_IN,
    (State.READY, "login_asked"): State.LOGGING_IN,
    (State.LOGGING_IN, "login_ok"): State.READY,
    (State.LOGGING_IN, "login_refused"): State.CLOSED,
    (State.CONNECTING, "closed"): State.CLOSED,
    (State.LOGGING_IN, "closed"): State.CLOSED,
    (State.READY, "closed"): State.CLOSED,
    (State.CLOSED, "closed"): State.CLOSED,
}
