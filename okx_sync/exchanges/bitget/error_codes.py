"""Bitget's error codes on a WebSocket. REST uses the same numbers with other meanings: these are for streams only.

V1 and V2 share one table; the ``seed`` protocol has its own.
Page: "Websocket / Error codes" of Bitget's API guide.
"""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.error_codes import CodeRow, CodeTable, Rule
from okx_sync.exchanges.spelling import joined

__all__ = ["ACCOUNT_KIND", "CODES", "LOGIN_REQUIRED", "NOT_ALLOWED", "SEED_CODES", "UPGRADE"]

NOT_ALLOWED: Final = frozenset({"30001", "30002", "30003", "30016", "40014", "25012", "25620"})
"""What may answer an order on the stream of a key that Bitget has not allowed to send there.

No page names the code. Each of these says that the request was turned down before it was an order: by the stream itself
(no such channel, request, operation or argument), or for want of a permission.
"""
LOGIN_REQUIRED: Final = "30004"
UPGRADE: Final = "30033"

ACCOUNT_KIND: Final[tuple[CodeRow, ...]] = (
    (
        "40085",
        "auth",
        "no",
        "this key belongs to a unified (UTA) account, and these are the classic V2 streams: leave protocol out, or say "
        "account_kind='uta'; accounts opened since May 2026 are unified",
    ),
    (
        "40084",
        "auth",
        "no",
        "the kind of account does not fit: this key belongs to a classic account, and a unified (UTA) one is wanted "
        "here: leave protocol out, or say account_kind='classic', and check that the addresses are those of the V2 "
        "streams",
    ),
    ("40128 25245", "auth", "no", "the kind of account does not fit: leave protocol and account_kind out"),
    ("40115", "auth", "later", "the kind of account is being changed: try again when that is done"),
)
"""Said by the REST calls' table too: at a login they mean that no further attempt will help."""

_UNKNOWN: Final = Rule("ws", "no", "not a code this version knows: see the WebSocket error codes in Bitget's API guide")

CODES: Final = CodeTable(
    (
        ("30001", "ws", "no", "no such channel or instrument: check channel, instType and instId, and demo or live"),
        ("30002", "ws", "no", "the request has a wrong form; the message shows it"),
        ("30003", "ws", "no", "no such operation on this path: a login belongs to the private one"),
        (LOGIN_REQUIRED, "auth", "later", "not logged in on this connection: give BitgetConfig credentials"),
        ("30005", "auth", "later", "login failed: check key, passphrase, demo and the clock"),
        ("30006", "rate", "later", "too many requests: at most 10 messages a second and 240 subscribes an hour"),
        ("30007", "rate", "later", "over a limit, the connection will be closed: subscribe to fewer channels on it"),
        ("30011", "auth", "no", "no such key here: check api_key, and that a demo key goes with demo=True"),
        ("30012", "auth", "no", "wrong passphrase: it is the one chosen for this key, not the login password"),
        ("30013", "auth", "later", "wrong timestamp: it must be in seconds; set the clock, or let the client sync it"),
        ("30014", "auth", "later", "the timestamp has expired: it must be in seconds; set the clock"),
        ("30015", "auth", "no", "bad signature: wrong secret_key"),
        ("30016", "ws", "no", "a parameter has a wrong value: account takes coin, other channels take instId"),
        (UPGRADE, "ws", "later", "Bitget restarts this connection for an upgrade: reconnect"),
        ("429", "rate", "later", "too many requests: slow down"),
        *ACCOUNT_KIND,
    ),
    unknown=_UNKNOWN,
    families=((range(30000, 31000), Rule("ws", "no", "the stream request was refused; the message names why")),),
    resync=("30013", "30014"),
    spell=joined,
    recheck=("30005",),
    relogin=(LOGIN_REQUIRED,),
)

SEED_CODES: Final = CodeTable(
    (
        ("60001", "auth", "no", "login failed: check api_key, secret_key, passphrase and the clock"),
        ("60002", "rate", "later", "too many connections: close others of this key or address"),
        ("60003", "rate", "later", "too many messages: slow down"),
        ("60004", "ws", "no", "no such channel or wrong parameters: check channel, instType and instId"),
        ("60005", "ws", "no", "the request has a wrong form; the message shows it"),
        *ACCOUNT_KIND,
    ),
    unknown=Rule("ws", "no", "not a code of the seed protocol: is BitgetConfig(protocol=...) the one of this server?"),
    spell=joined,
    recheck=("60001",),
)
