"""Error codes of Bitget's streams, by what went wrong.

V1 and V2 share their numbers (the REST table gives some of them other meanings); the seed gateway has five of its own,
as texts, and never says which argument an error is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.server.auth import LoginWords

PREHASH = "GET/user/verify"

OFFICIAL: dict[str, tuple[str, str]] = {
    "topic": ("30001", "{arg} doesn't exist"),
    "illegal": ("30002", "Illegal request"),
    "op": ("30003", "INVALID op:{op}"),
    "login": ("30004", "User needs to log in"),
    "refused": ("30005", "Login failed"),
    "often": ("30006", "Request too many"),
    "over": ("30007", "Request over limit, connection close"),
    "key": ("30011", "Invalid ACCESS_KEY"),
    "passphrase": ("30012", "Invalid ACCESS_PASSPHRASE"),
    "timestamp": ("30013", "Invalid ACCESS_TIMESTAMP"),
    "expired": ("30014", "Request timestamp expired"),
    "sign": ("30015", "Invalid sign"),
    "param": ("30016", "Param error: {arg}"),
    "upgrade": ("30033", "The service is being upgraded, please reconnect"),
}

_FAILED = ("60001", "Authentication failed")
_OFTEN = ("60003", "Rate limit exceeded")
_TOPIC = ("60004", "Invalid subscription")
_MESSAGE = ("60005", "Invalid message")
SEED: dict[str, tuple[str, str]] = {
    "topic": _TOPIC,
    "illegal": _MESSAGE,
    "op": _MESSAGE,
    "login": _FAILED,
    "refused": _FAILED,
    "often": _OFTEN,
    "over": _OFTEN,
    **dict.fromkeys(("key", "passphrase", "timestamp", "expired", "sign"), _FAILED),
    "param": _TOPIC,
    "upgrade": OFFICIAL["upgrade"],
}

WRONG_KIND = {
    False: ("40085", "You are in Unified Account mode, and the Classic Account API is not supported at this time"),
    True: ("40084", "You are in Classic Account mode, and the Unified Account API is not supported at this time"),
}
"""What a login hears that is of the other kind of account, by whether the protocol is for unified ones."""


class BitgetRefusal(Exception):  # noqa: N818 - an answer, not a failure of ours
    """A request is turned down: `why` is a key of the tables above, or a code that a fault has chosen."""

    def __init__(self, why: str, **facts: str) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


def words_for(codes: Mapping[str, tuple[str, str]], why: str, **facts: str) -> tuple[str, str]:
    """Return code and text of a refusal."""
    known = codes.get(why) or next((entry for entry in codes.values() if entry[0] == why), (why, "Request failed"))
    return known[0], known[1].format_map({"arg": "", "op": "", **facts})


def login_words(codes: Mapping[str, tuple[str, str]]) -> LoginWords:
    """Return the rules of a login, with these codes."""
    return LoginWords(
        PREHASH,
        args=codes["param"],
        repeated=codes["param"],
        **{name: codes[name] for name in ("key", "timestamp", "expired", "passphrase", "sign")},
    )


def describe(arg: Mapping[str, Any]) -> str:
    """Return an argument as the text of an error prints it."""
    return ",".join(f"{name}:{value}" for name, value in arg.items())
