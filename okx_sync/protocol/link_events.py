"""What a session concludes from events and time, for the link to act on."""

from __future__ import annotations

import attrs

from okx_sync.errors import OkxError
from okx_sync.protocol.dialect import LoginVerdict, Topic

__all__ = [
    "Broken",
    "Confirmed",
    "LoginDone",
    "LoginRefused",
    "Outcome",
    "Refused",
    "Restart",
    "Trouble",
]


@attrs.frozen
class Confirmed:
    """The exchange agreed to this topic."""

    topic: Topic


@attrs.frozen
class Refused:
    """The exchange will not serve this topic; it must not be replayed."""

    topic: Topic
    error: OkxError


@attrs.frozen
class LoginDone:
    """Logged in: what needs a login may be asked now."""


@attrs.frozen
class LoginRefused:
    """The login was refused, and what that asks for."""

    verdict: LoginVerdict
    error: OkxError


@attrs.frozen
class Restart:
    """The exchange will close this socket soon; a new one should take over first."""

    message: str


@attrs.frozen
class Broken:
    """This socket is of no use any more; a fresh one is needed."""

    reason: str


@attrs.frozen
class Trouble:
    """An error that belongs to nothing we asked."""

    error: OkxError


Outcome = Confirmed | Refused | LoginDone | LoginRefused | Restart | Broken | Trouble
