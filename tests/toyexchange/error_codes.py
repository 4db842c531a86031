"""The toy exchange's error codes."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.error_codes import CodeTable, Rule

TABLE: Final = CodeTable(
    (
        ("bad-sign", "auth", "no", "wrong key or secret"),
        ("late", "auth", "later", "set the clock"),
        ("no-topic", "ws", "no", "check channel and symbol"),
        ("log-in-first", "auth", "later", "give ToyConfig credentials"),
    ),
    unknown=Rule("ws", "no", "not a code this version knows"),
    resync=("late",),
    relogin=("log-in-first",),
)
