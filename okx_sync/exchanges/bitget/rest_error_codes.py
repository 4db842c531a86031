"""Bitget's error codes over REST, V2 and V3: which class of error, whether the same call may work later, what cures it.

The streams have numbers of their own (``error_codes.py``). Page: "Error Codes" of Bitget's API guide.
"""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.error_codes import CodeRow, CodeTable, Rule
from okx_sync.exchanges.spelling import joined

__all__ = ["CLOCK", "FAILURE", "NOT_FOUND", "TABLE"]

FAILURE: Final = "failure"
"""Stands for the code of a refusal that Bitget tells by a word only."""
CLOCK: Final = frozenset({"40005", "40008"})
NOT_FOUND: Final = frozenset({"40109", "40768", "43001", "43020", "43025", "43033", "45057", "25204"})
"""No such order, or it is gone."""

_ROWS: Final[tuple[CodeRow, ...]] = (
    # key and signature
    ("40006 40041", "auth", "no", "no such key here: check api_key, and that a demo key goes with demo=True"),
    ("40037", "auth", "no", "no such key here, or it has expired: check api_key, demo, or make a new key"),
    ("40011 40012 40036", "auth", "no", "wrong passphrase: it is the one chosen for this key, not the login password"),
    ("40002 40003 40009", "auth", "no", "bad signature: wrong secret_key, or a proxy changes the request"),
    ("40014 25012 25620", "auth", "no", "the API key lacks the permission: edit the key"),
    ("40018 40038", "auth", "no", "the key does not allow this IP address: edit its IP list"),
    ("40103 40104", "auth", "no", "not allowed from this region"),
    ("40005 40008", "auth", "later", "the time of the request is off: set the clock, or call sync_clock()"),
    # kind of account
    (
        "40084",
        "auth",
        "no",
        "this key belongs to a classic account, and this is a call of V3 for unified (UTA) ones: client.mix and "
        "client.spot are for it; client.account_kind() tells the kind",
    ),
    (
        "40085",
        "auth",
        "no",
        "this key belongs to a unified (UTA) account, as all that were opened since May 2026, and this is a call of V2 "
        "for classic ones: client.uta is for it; client.account_kind() tells the kind",
    ),
    ("40128", "auth", "no", "a unified (UTA) account does not have this: look for the call in client.uta"),
    ("25245", "auth", "no", "this account is not unified: client.mix and client.spot are for it"),
    ("40115", "auth", "later", "the account is just being made a unified or a classic one: try again once it is done"),
    # rate
    ("429 1001 25004 70228", "rate", "not-done", "too many requests: slow down"),
    # nobody knows
    (
        "40010 40015 40725 40808 45001 25000 25001 25003",
        "api",
        "unknown",
        "error inside Bitget or a release under way: look up the order before sending it again",
    ),
    # orders
    (" ".join(sorted(NOT_FOUND)), "api", "no", "the order is gone or never existed: look it up"),
    ("22001 40769 45134", "api", "no", "the order is done already (filled or canceled): look it up"),
    (
        "45129 25272 25273 25572 25573 25113 25114",
        "api",
        "later",
        "the order is being worked on: try again in a moment",
    ),
    ("40754 43012 25202 25203 25219", "api", "no", "not enough balance or margin"),
    ("40762", "api", "no", "the order is too large, or there is not enough balance"),
    ("45034 50060 25212", "api", "no", "this clientOid was used before: look the order up, or use a new id"),
    ("22002 40757 25226 25227 25231 25274 25574", "api", "no", "reduce-only: there is no position to reduce"),
    (
        "22006 22007 22038 25610 25611 40815 40816 45035 45110-45113 45115 25205-25208 25244",
        "api",
        "no",
        "price or size outside the allowed range, or off its step: client.instruments[symbol] rounds and checks both",
    ),
    (
        "40034 40072 25100",
        "api",
        "no",
        "a parameter names what is not there, mostly the symbol: as in BTCUSDT, and client.instruments has all",
    ),
    ("40017 40019 400172 25200", "api", "no", "a parameter is missing or wrong: the message names it"),
    ("25271 25571", "api", "no", "it is so already: nothing was to be changed"),
    ("45117 25107", "api", "no", "an open position or order blocks this change: close it first"),
    (
        FAILURE,
        "api",
        "no",
        "it was not carried out, the message may say why; an order that was to be replaced may be gone all the same: "
        "look it up",
    ),
    ("40078 40079", "api", "no", "the request came after its receiveWindow, or that is over 60 s: check the clock"),
)

TABLE: Final = CodeTable(
    _ROWS,
    unknown=Rule("api", "no", "not a code this version knows: see the error codes in Bitget's API guide"),
    spell=joined,
)
