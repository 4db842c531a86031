"""The spot account: coins, bills, the account itself. Pages: "Spot / Account" of Bitget's API guide."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.row_conversion import coin_of, epoch_ms, total
from okx_sync.rows import Row, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate

__all__ = ["SpotAccountInfo", "SpotAsset", "SpotBill", "UnifiedUpgrade"]


@model
class SpotAsset(Row):
    """A coin of the spot account."""

    coin: str | None = None
    available: Decimal | None = None
    """Available amount, in the coin."""
    frozen: Decimal | None = None
    """Amount in open orders and the like, in the coin."""
    locked: Decimal | None = None
    """Amount that is locked for other reasons, in the coin."""
    limitAvailable: Decimal | None = None
    """Amount that copy trading may use, in the coin."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant("coin", spoils={"frozen": ("frozen", "locked"), "cash": ("available", "frozen", "locked")})
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``; each row tells its own coin.

        Raises ``DecodeError`` when it does not say of which coin.
        """
        known = self.available is not None
        balance = BalanceUpdate(
            currency=coin_of(self, self.coin),
            available=self.available,
            frozen=total((self.frozen, self.locked)),
            cash=total((self.available, self.frozen, self.locked)) if known else None,
            updated_at=epoch_ms(self.uTime),
            raw=self,
        )
        return AccountUpdate(balances=(balance,), updated_at=epoch_ms(self.uTime), recovered=self.recovered, raw=self)


@model
class SpotBill(Row):
    """One movement of the spot account."""

    cTime: int | None = None
    """Epoch ms of the movement."""
    coin: str | None = None
    groupType: str | None = None
    """Kind: "deposit", "withdraw", "transaction", "transfer", "loan", "convert", ..."""
    businessType: str | None = None
    """Kind in detail: "BUY", "SELL", "TRANSFER_IN", "DEDUCTION_HANDLING_FEE", ..."""
    size: Decimal | None = None
    """Amount, in the coin."""
    balance: Decimal | None = None
    """Amount of the coin afterwards."""
    fees: Decimal | None = None
    """Fee, in the coin."""
    billId: str | None = None
    bizOrderId: str | None = None
    """Id of what caused it, such as an order."""


@model
class SpotAccountInfo(Row):
    """Whose key this is, and what it may do."""

    userId: str | None = None
    inviterId: str | None = None
    channelCode: str | None = None
    channel: str | None = None
    ips: str | None = None
    """Addresses that the key is bound to."""
    authorities: tuple[str, ...] = ()
    """Rights of the key: "stow" trades spot, "coow" futures, "wtow" transfers, "wwow" withdraws; with "r" at the end
    they only read."""
    parentId: str | None = None
    """Id of the main account."""
    traderType: str | None = None
    """Whether it is one of a copy trader: "trader", "not_trader"."""
    regisTime: int | None = None
    """Epoch ms of the registration."""


@model
class UnifiedUpgrade(Row):
    """How the change to a unified (UTA) account goes."""

    status: str | None = None
    """State: "process", "success", "fail"."""
    reason: str | None = None
    """Why it failed."""
