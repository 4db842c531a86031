"""Rows of account calls that no stream pushes."""

from __future__ import annotations

from typing import Literal

from okx_sync.models import Row, model


@model
class AccountConfig(Row):
    """Settings of the account and rights of the API key (``account/config``)."""

    uid: str | None = None
    mainUid: str | None = None
    # Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin.
    acctLv: Literal["1", "2", "3", "4"] | str | None = None
    acctStpMode: str | None = None
    posMode: Literal["long_short_mode", "net_mode"] | str | None = None
    autoLoan: bool | None = None
    # Greeks in "PA" (coins) or "BS" (dollars).
    greeksType: str | None = None
    feeType: str | None = None
    level: str | None = None
    levelTmp: str | None = None
    # Isolated margin of derivatives and of margin trading: "automatic", "autonomy", "quick_margin".
    ctIsoMode: str | None = None
    mgnIsoMode: str | None = None
    spotOffsetType: str | None = None
    stgyType: str | None = None
    # Copy trading.
    roleType: str | None = None
    traderInsts: tuple[str, ...] = ()
    spotRoleType: str | None = None
    spotTraderInsts: tuple[str, ...] = ()
    # "1" when options are activated.
    opAuth: str | None = None
    kycLv: str | None = None
    # The key: its name, bound IP addresses, and rights ("read_only", "trade", "withdraw"), both comma-joined.
    label: str | None = None
    ip: str | None = None
    perm: str | None = None
    liquidationGear: str | None = None
    enableSpotBorrow: bool | None = None
    spotBorrowAutoRepay: bool | None = None
    # "0" main account, "1" and up kinds of sub-account.
    type: str | None = None
    settleCcy: str | None = None
    settleCcyList: tuple[str, ...] = ()
    discountType: str | None = None

    @property
    def permissions(self) -> frozenset[str]:
        """What the API key may do: ``"read_only"``, ``"trade"``, ``"withdraw"``."""
        return frozenset(part.strip() for part in (self.perm or "").split(",") if part.strip())
