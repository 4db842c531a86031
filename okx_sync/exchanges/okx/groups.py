"""All groups of OKX's REST API as attributes of one object; the client is one.

A group's family, and the models of its rows, are loaded when the group is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.account.rest import AccountGroup
    from okx_sync.exchanges.okx.algo.rest import Algo
    from okx_sync.exchanges.okx.block.rest import Rfqs
    from okx_sync.exchanges.okx.copytrading.rest import CopyTrading
    from okx_sync.exchanges.okx.dca.rest import Dca, Recurring
    from okx_sync.exchanges.okx.earning.rest import (
        DualInvest,
        FlashEarn,
        FlexibleLoan,
        Okusd,
        Savings,
        SimpleEarnFixed,
        StableRewards,
    )
    from okx_sync.exchanges.okx.funding.rest import Convert, Fiat, Funding
    from okx_sync.exchanges.okx.grid.rest import Grid
    from okx_sync.exchanges.okx.market.rest import Market, Rubik
    from okx_sync.exchanges.okx.programs.rest import Affiliate, Broker, Glp, Insight, Skills
    from okx_sync.exchanges.okx.public.rest import Public, Status, Support
    from okx_sync.exchanges.okx.signal.rest import Signal
    from okx_sync.exchanges.okx.spread.rest import Spread
    from okx_sync.exchanges.okx.staking.rest import EthStaking, OnchainEarn, SolStaking
    from okx_sync.exchanges.okx.subaccount.rest import Subaccount
    from okx_sync.exchanges.okx.trade.rest import Trade
    from okx_sync.rest.endpoint import Carrier, Endpoint, Group

__all__ = ["AllGroups", "all_endpoints", "find_endpoint"]

G = TypeVar("G", bound="Group")

_ROOT: Final = "/api/v5/"


class _Late(LatePart[G]):
    """A group: its family, its class, and how its paths begin behind ``/api/v5/``."""

    def __init__(self, family: str, name: str, *paths: str) -> None:
        super().__init__(f"okx_sync.exchanges.okx.{family}.rest", name)
        self.paths = paths


class AllGroups:
    """The groups, each carried out by ``carrier``."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def _make_part(self, _name: str, group: type[G]) -> G:
        return group(self._carrier)

    account: _Late[AccountGroup] = _Late("account", "AccountGroup", "account")
    trade: _Late[Trade] = _Late("trade", "Trade", "trade")
    algo: _Late[Algo] = _Late(
        "algo",
        "Algo",
        "trade/order-algo",
        "trade/cancel-algos",
        "trade/amend-algos",
        "trade/orders-algo-pending",
        "trade/orders-algo-history",
    )
    market: _Late[Market] = _Late("market", "Market", "market")
    public: _Late[Public] = _Late("public", "Public", "public")
    rubik: _Late[Rubik] = _Late("market", "Rubik", "rubik")
    status: _Late[Status] = _Late("public", "Status", "system")
    support: _Late[Support] = _Late("public", "Support", "support")
    funding: _Late[Funding] = _Late("funding", "Funding", "asset")
    convert: _Late[Convert] = _Late("funding", "Convert", "asset/convert")
    subaccount: _Late[Subaccount] = _Late("subaccount", "Subaccount", "users", "account/subaccount", "asset/subaccount")
    spread: _Late[Spread] = _Late("spread", "Spread", "sprd")
    rfq: _Late[Rfqs] = _Late("block", "Rfqs", "rfq")
    grid: _Late[Grid] = _Late("grid", "Grid", "tradingBot/grid", "tradingBot/public")
    dca: _Late[Dca] = _Late("dca", "Dca", "tradingBot/dca")
    recurring: _Late[Recurring] = _Late("dca", "Recurring", "tradingBot/recurring")
    signal: _Late[Signal] = _Late("signal", "Signal", "tradingBot/signal")
    copytrading: _Late[CopyTrading] = _Late("copytrading", "CopyTrading", "copytrading", "copytrade")
    savings: _Late[Savings] = _Late("earning", "Savings", "finance/savings")
    simple_earn_fixed: _Late[SimpleEarnFixed] = _Late("earning", "SimpleEarnFixed", "finance/simple-earn-fixed")
    flash_earn: _Late[FlashEarn] = _Late("earning", "FlashEarn", "finance/flash-earn")
    stable_rewards: _Late[StableRewards] = _Late("earning", "StableRewards", "finance/stable-rewards")
    okusd: _Late[Okusd] = _Late("earning", "Okusd", "finance/okusd")
    onchain_earn: _Late[OnchainEarn] = _Late("staking", "OnchainEarn", "finance/staking-defi")
    eth_staking: _Late[EthStaking] = _Late("staking", "EthStaking", "finance/staking-defi/eth")
    sol_staking: _Late[SolStaking] = _Late("staking", "SolStaking", "finance/staking-defi/sol")
    dual_invest: _Late[DualInvest] = _Late("earning", "DualInvest", "finance/sfp")
    flexible_loan: _Late[FlexibleLoan] = _Late("earning", "FlexibleLoan", "finance/flexible-loan")
    fiat: _Late[Fiat] = _Late("funding", "Fiat", "fiat")
    affiliate: _Late[Affiliate] = _Late("programs", "Affiliate", "affiliate")
    broker: _Late[Broker] = _Late("programs", "Broker", "broker")
    glp: _Late[Glp] = _Late("programs", "Glp", "users/glp")
    insight: _Late[Insight] = _Late("programs", "Insight", "aigc", "orbit")
    skills: _Late[Skills] = _Late("programs", "Skills", "skill")


_GROUPS: Final[tuple[_Late[Any], ...]] = tuple(group for group in vars(AllGroups).values() if isinstance(group, _Late))
_BY_PATH: Final = {path: group for group in _GROUPS for path in group.paths}


def all_endpoints() -> list[Endpoint]:
    """Return every declared endpoint, group by group. Loads them all."""
    return [endpoint for group in _GROUPS for endpoint in group.load().endpoints]


def find_endpoint(method: str, path: str) -> Endpoint | None:
    """Find the declared endpoint of a path; None when there is none. Loads its group only."""
    start = path.removeprefix(_ROOT)
    while start and start not in _BY_PATH:
        start = start.rpartition("/")[0]
    endpoints = _BY_PATH[start].load().endpoints if start else ()
    return next((one for one in endpoints if (one.method, one.path) == (method, path)), None)
