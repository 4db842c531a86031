"""All groups of OKX's REST API as attributes of one object; the client is one.

A group's file, and the models of its rows, are loaded when the group is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.rest.account import AccountGroup
    from okx_sync.exchanges.okx.rest.affiliate import Affiliate
    from okx_sync.exchanges.okx.rest.algo import Algo
    from okx_sync.exchanges.okx.rest.broker import Broker
    from okx_sync.exchanges.okx.rest.convert import Convert
    from okx_sync.exchanges.okx.rest.copytrading import CopyTrading
    from okx_sync.exchanges.okx.rest.dca import Dca
    from okx_sync.exchanges.okx.rest.dual_invest import DualInvest
    from okx_sync.exchanges.okx.rest.fiat import Fiat
    from okx_sync.exchanges.okx.rest.flexible_loan import FlexibleLoan
    from okx_sync.exchanges.okx.rest.funding import Funding
    from okx_sync.exchanges.okx.rest.grid import Grid
    from okx_sync.exchanges.okx.rest.market import Market
    from okx_sync.exchanges.okx.rest.programs import Glp, Insight, Skills
    from okx_sync.exchanges.okx.rest.public import Public
    from okx_sync.exchanges.okx.rest.recurring import Recurring
    from okx_sync.exchanges.okx.rest.rfq import Rfqs
    from okx_sync.exchanges.okx.rest.rubik import Rubik
    from okx_sync.exchanges.okx.rest.savings import FlashEarn, Okusd, Savings, SimpleEarnFixed, StableRewards
    from okx_sync.exchanges.okx.rest.signal import Signal
    from okx_sync.exchanges.okx.rest.spread import Spread
    from okx_sync.exchanges.okx.rest.staking import EthStaking, OnchainEarn, SolStaking
    from okx_sync.exchanges.okx.rest.status import Status
    from okx_sync.exchanges.okx.rest.subaccount import Subaccount
    from okx_sync.exchanges.okx.rest.support import Support
    from okx_sync.exchanges.okx.rest.trade import Trade
    from okx_sync.rest.endpoint import Carrier, Endpoint, Group

__all__ = ["AllGroups", "all_endpoints", "find_endpoint"]

G = TypeVar("G", bound="Group")

_ROOT: Final = "/api/v5/"


class _Late(LatePart[G]):
    """A group: its file, its class, and how its paths begin behind ``/api/v5/``."""

    def __init__(self, file: str, name: str, *paths: str) -> None:
        super().__init__(f"okx_sync.exchanges.okx.rest.{file}", name)
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
    rubik: _Late[Rubik] = _Late("rubik", "Rubik", "rubik")
    status: _Late[Status] = _Late("status", "Status", "system")
    support: _Late[Support] = _Late("support", "Support", "support")
    funding: _Late[Funding] = _Late("funding", "Funding", "asset")
    convert: _Late[Convert] = _Late("convert", "Convert", "asset/convert")
    subaccount: _Late[Subaccount] = _Late("subaccount", "Subaccount", "users", "account/subaccount", "asset/subaccount")
    spread: _Late[Spread] = _Late("spread", "Spread", "sprd")
    rfq: _Late[Rfqs] = _Late("rfq", "Rfqs", "rfq")
    grid: _Late[Grid] = _Late("grid", "Grid", "tradingBot/grid", "tradingBot/public")
    dca: _Late[Dca] = _Late("dca", "Dca", "tradingBot/dca")
    recurring: _Late[Recurring] = _Late("recurring", "Recurring", "tradingBot/recurring")
    signal: _Late[Signal] = _Late("signal", "Signal", "tradingBot/signal")
    copytrading: _Late[CopyTrading] = _Late("copytrading", "CopyTrading", "copytrading", "copytrade")
    savings: _Late[Savings] = _Late("savings", "Savings", "finance/savings")
    simple_earn_fixed: _Late[SimpleEarnFixed] = _Late("savings", "SimpleEarnFixed", "finance/simple-earn-fixed")
    flash_earn: _Late[FlashEarn] = _Late("savings", "FlashEarn", "finance/flash-earn")
    stable_rewards: _Late[StableRewards] = _Late("savings", "StableRewards", "finance/stable-rewards")
    okusd: _Late[Okusd] = _Late("savings", "Okusd", "finance/okusd")
    onchain_earn: _Late[OnchainEarn] = _Late("staking", "OnchainEarn", "finance/staking-defi")
    eth_staking: _Late[EthStaking] = _Late("staking", "EthStaking", "finance/staking-defi/eth")
    sol_staking: _Late[SolStaking] = _Late("staking", "SolStaking", "finance/staking-defi/sol")
    dual_invest: _Late[DualInvest] = _Late("dual_invest", "DualInvest", "finance/sfp")
    flexible_loan: _Late[FlexibleLoan] = _Late("flexible_loan", "FlexibleLoan", "finance/flexible-loan")
    fiat: _Late[Fiat] = _Late("fiat", "Fiat", "fiat")
    affiliate: _Late[Affiliate] = _Late("affiliate", "Affiliate", "affiliate")
    broker: _Late[Broker] = _Late("broker", "Broker", "broker")
    glp: _Late[Glp] = _Late("programs", "Glp", "users/glp")
    insight: _Late[Insight] = _Late("programs", "Insight", "aigc", "orbit")
    skills: _Late[Skills] = _Late("programs", "Skills", "skill")


_GROUPS: Final[tuple[_Late[Any], ...]] = tuple(group for group in vars(AllGroups).values() if isinstance(group, _Late))
_BY_PATH: Final = {path: group for group in _GROUPS for path in group.paths}


def all_endpoints() -> list[Endpoint]:
    """Every declared endpoint, group by group. Loads them all."""
    return [endpoint for group in _GROUPS for endpoint in group.load().endpoints]


def find_endpoint(method: str, path: str) -> Endpoint | None:
    """The declared endpoint of a path; None when there is none. Loads its group only."""
    start = path.removeprefix(_ROOT)
    while start and start not in _BY_PATH:
        start = start.rpartition("/")[0]
    endpoints = _BY_PATH[start].load().endpoints if start else ()
    return next((one for one in endpoints if (one.method, one.path) == (method, path)), None)
