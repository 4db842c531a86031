"""Which kind of account a Bitget key has. Page: "Get Account Settings" of Bitget's UTA guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from okx_sync.errors import OkxError
from okx_sync.exchanges.bitget.urls import Protocol

__all__ = ["KINDS", "KIND_PATH", "PROTOCOLS", "AccountKind", "kind_of_refusal"]

AccountKind = Literal["classic", "uta"]
"""Classic, which V2 is for; unified, which V3 is for. Accounts opened since May 2026 are unified."""

KINDS: Final = get_args(AccountKind)
PROTOCOLS: Final[Mapping[AccountKind, Protocol]] = {"classic": "v2", "uta": "v3"}
"""What the streams of each kind of account speak."""
KIND_PATH: Final = "/api/v3/account/settings"

_CLASSIC_ONLY: Final = "40084"


def kind_of_refusal(error: OkxError) -> AccountKind | None:
    """Return what the refusal of ``KIND_PATH`` says of the account; None for one that says nothing of it."""
    return "classic" if error.code == _CLASSIC_ONLY else None
