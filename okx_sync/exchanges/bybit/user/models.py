"""Keys and sub-accounts. Page: "User" of the V5 documentation."""

from __future__ import annotations

from okx_sync.rows import Row, model

__all__ = ["ApiKeyInfo", "ApiKeyPermissions", "SubMember", "WalletTypes"]


@model
class WalletTypes(Row):
    """The wallets of an account (``GET /v5/user/get-member-type``)."""

    uid: str | None = None
    accountType: tuple[str, ...] = ()
    """Wallets, for example ``"UNIFIED"`` and ``"FUND"``."""


@model
class ApiKeyPermissions(Row):
    """What a key may do: the rights of each kind, none where it has none."""

    ContractTrade: tuple[str, ...] = ()
    Spot: tuple[str, ...] = ()
    Wallet: tuple[str, ...] = ()
    """For example ``"AccountTransfer"`` or ``"Withdraw"``."""
    Options: tuple[str, ...] = ()
    Derivatives: tuple[str, ...] = ()
    Exchange: tuple[str, ...] = ()
    Earn: tuple[str, ...] = ()
    FiatP2P: tuple[str, ...] = ()
    FiatBitPay: tuple[str, ...] = ()
    FiatConvertBroker: tuple[str, ...] = ()
    FiatGlobalPay: tuple[str, ...] = ()
    BitCard: tuple[str, ...] = ()
    ByXPost: tuple[str, ...] = ()
    Affiliate: tuple[str, ...] = ()
    BlockTrade: tuple[str, ...] = ()
    NFT: tuple[str, ...] = ()
    CopyTrading: tuple[str, ...] = ()


@model
class ApiKeyInfo(Row):
    """The key that asks, and its account (``GET /v5/user/query-api``)."""

    id: str | None = None
    note: str | None = None
    apiKey: str | None = None
    readOnly: bool | None = None
    """Whether it may only read."""
    secret: str | None = None
    """Always empty."""
    permissions: ApiKeyPermissions | None = None
    ips: tuple[str, ...] = ()
    """Addresses that may use it; ``"*"`` where any may."""
    type: str | None = None
    """1 the user's own, 2 of another application."""
    deadlineDay: int | None = None
    """Days until it ends; of keys without addresses."""
    expiredAt: str | None = None
    """Time at which it ends, as ISO text; of keys without addresses."""
    createdAt: str | None = None
    """Time of creation, as ISO text."""
    uta: int | None = None
    """Whether the account is unified: 0 or 1."""
    unified: int | None = None
    """Deprecated, always 0."""
    userID: str | None = None
    inviterID: str | None = None
    vipLevel: str | None = None
    mktMakerLevel: str | None = None
    affiliateID: str | None = None
    rsaPublicKey: str | None = None
    isMaster: bool | None = None
    """Whether it is a master account."""
    parentUid: str | None = None
    """UID of the master account; 0 for one."""
    kycLevel: str | None = None
    kycRegion: str | None = None
    userIDInt64: str | None = None
    inviterIDInt64: str | None = None
    affiliateIDInt64: str | None = None


@model
class SubMember(Row):
    """A sub-account (``GET /v5/user/query-sub-members``, ``/v5/user/submembers``)."""

    uid: str | None = None
    username: str | None = None
    memberType: int | None = None
    """1 ordinary, 6 custodial."""
    status: int | None = None
    """1 normal, 2 login banned, 4 frozen."""
    accountMode: int | None = None
    """Kind of account: 1 classic, 3 and 4 unified 1.0, 5 and 6 unified 2.0 (4 and 6: pro)."""
    remark: str | None = None
