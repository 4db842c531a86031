"""Which kind of account a Bybit key has. Page: "Get Account Info" of the V5 documentation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

from okx_sync.errors import DecodeError

__all__ = ["KINDS", "KIND_PATH", "AccountKind", "kind_of"]

AccountKind = Literal["classic", "uta1", "uta2"]
"""Not unified; unified 1.0, where inverse contracts have a wallet of their own; unified 2.0."""

KINDS: Final = get_args(AccountKind)
KIND_PATH: Final = "/v5/account/info"

_BY_STATUS: Final[dict[str, AccountKind]] = {"1": "classic", "3": "uta1", "4": "uta1", "5": "uta2", "6": "uta2"}


def kind_of(rows: Sequence[Any]) -> AccountKind:
    """Return what the rows of an answer of ``KIND_PATH`` say. Raises ``DecodeError`` when that is nothing known."""
    told = rows[0].get("unifiedMarginStatus") if rows and isinstance(rows[0], dict) else None
    if str(told) not in _BY_STATUS:
        raise DecodeError(f"unifiedMarginStatus {told!r} names no kind of account that is known", text=str(rows))
    return _BY_STATUS[str(told)]
