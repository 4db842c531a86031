"""Who may log in to a fresh paper exchange: three accounts with fixed, public, worthless keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class PaperAccount:
    """An account to be opened when a paper exchange starts.

    `balances` are in units of each currency; `vip` accounts may open the tick-by-tick books and the
    fills channel; `more_keys` are further API keys of the same account (key, secret, passphrase);
    a key without "trade" in `permissions` may only look, and on OKX's wire only one with "withdraw" may send money
    outside. `bitget` is the kind of account that it is at Bitget: classic, which V2 is for, or unified, which V3 is
    for. `spot_borrow` lets it borrow by hand in OKX's spot mode.
    """

    label: str
    api_key: str
    secret_key: str = field(repr=False)
    passphrase: str = field(repr=False)
    balances: Mapping[str, Decimal]
    vip: bool = True
    permissions: tuple[str, ...] = ("read", "trade")
    more_keys: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    bitget: Literal["classic", "uta"] = "classic"
    spot_borrow: bool = False


def _account(label: str, *, more_keys: int = 0, bitget: Literal["classic", "uta"] = "classic") -> PaperAccount:
    def key(name: str) -> tuple[str, str, str]:
        return f"paper-{name}-key", f"paper-{name}-secret", f"paper-{name}-pass"

    return PaperAccount(
        label,
        *key(label),
        balances={"USDT": Decimal(100_000), "BTC": Decimal(2), "ETH": Decimal(20), "SOL": Decimal(200)},
        more_keys=tuple(key(f"{label}-{number}") for number in range(2, 2 + more_keys)),
        bitget=bitget,
    )


DEFAULT_ACCOUNTS = (_account("alice", more_keys=1), _account("bob"), _account("carol", bitget="uta"))
"""`alice` (keys `paper-alice-key` and `paper-alice-2-key`), `bob` (`paper-bob-key`) and `carol` (`paper-carol-key`).

At Bitget, `carol` has a unified account, the others classic ones.
"""
