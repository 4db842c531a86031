"""OKX's REST endpoints, one group a file; a method without a body is a whole endpoint."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from okx_sync.exchanges.okx.rest.account import AccountGroup
from okx_sync.exchanges.okx.rest.affiliate import Affiliate
from okx_sync.exchanges.okx.rest.algo import Algo
from okx_sync.exchanges.okx.rest.bodies_block import (
    ExecutedLeg,
    NewAllocation,
    NewAllocationLeg,
    NewMakerInstrument,
    NewMakerSetting,
    NewQuoteLeg,
    NewRfqLeg,
)
from okx_sync.exchanges.okx.rest.bodies_bots import (
    EntrySetting,
    ExitChange,
    ExitSetting,
    NewDcaTrigger,
    NewGridTrigger,
    NewRecurringPart,
    NewRecurringRange,
    StopBot,
    StopGrid,
)
from okx_sync.exchanges.okx.rest.bodies_funding import CoinAmount, Recipient
from okx_sync.exchanges.okx.rest.broker import Broker
from okx_sync.exchanges.okx.rest.convert import Convert
from okx_sync.exchanges.okx.rest.copytrading import CopyTrading
from okx_sync.exchanges.okx.rest.dca import Dca
from okx_sync.exchanges.okx.rest.dialect import OkxRestDialect, new_cl_ord_id
from okx_sync.exchanges.okx.rest.dual_invest import DualInvest
from okx_sync.exchanges.okx.rest.fiat import Fiat
from okx_sync.exchanges.okx.rest.flexible_loan import FlexibleLoan
from okx_sync.exchanges.okx.rest.funding import Funding
from okx_sync.exchanges.okx.rest.grid import Grid
from okx_sync.exchanges.okx.rest.market import Market
from okx_sync.exchanges.okx.rest.programs import Glp, Insight, Skills
from okx_sync.exchanges.okx.rest.public import Public
from okx_sync.exchanges.okx.rest.recurring import Recurring
from okx_sync.exchanges.okx.rest.requests import AmendOrder, AttachedAlgo, AttachedAlgoChange, CancelOrder, NewOrder
from okx_sync.exchanges.okx.rest.requests_account import (
    DemoAdjustment,
    GraphAsset,
    MmrConfig,
    MoveFrom,
    MoveLeg,
    MoveTo,
    SimAsset,
    SimPosition,
)
from okx_sync.exchanges.okx.rest.requests_algo import (
    AlgoAttachedChange,
    AlgoOrderId,
    ChaseParam,
    ChaseParamChange,
    TriggerParam,
)
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
from okx_sync.rest import Endpoint, Group

__all__ = [
    "GROUPS",
    "AccountGroup",
    "Affiliate",
    "Algo",
    "AlgoAttachedChange",
    "AlgoOrderId",
    "AmendOrder",
    "AttachedAlgo",
    "AttachedAlgoChange",
    "Broker",
    "CancelOrder",
    "ChaseParam",
    "ChaseParamChange",
    "CoinAmount",
    "Convert",
    "CopyTrading",
    "Dca",
    "DemoAdjustment",
    "DualInvest",
    "EntrySetting",
    "EthStaking",
    "ExecutedLeg",
    "ExitChange",
    "ExitSetting",
    "Fiat",
    "FlashEarn",
    "FlexibleLoan",
    "Funding",
    "Glp",
    "GraphAsset",
    "Grid",
    "Insight",
    "Market",
    "MmrConfig",
    "MoveFrom",
    "MoveLeg",
    "MoveTo",
    "NewAllocation",
    "NewAllocationLeg",
    "NewDcaTrigger",
    "NewGridTrigger",
    "NewMakerInstrument",
    "NewMakerSetting",
    "NewOrder",
    "NewQuoteLeg",
    "NewRecurringPart",
    "NewRecurringRange",
    "NewRfqLeg",
    "Okusd",
    "OkxRestDialect",
    "OnchainEarn",
    "Public",
    "Recipient",
    "Recurring",
    "Rfqs",
    "Rubik",
    "Savings",
    "Signal",
    "SimAsset",
    "SimPosition",
    "SimpleEarnFixed",
    "Skills",
    "SolStaking",
    "Spread",
    "StableRewards",
    "Status",
    "StopBot",
    "StopGrid",
    "Subaccount",
    "Support",
    "Trade",
    "TriggerParam",
    "all_endpoints",
    "endpoints_by_path",
    "new_cl_ord_id",
]

GROUPS: tuple[type[Group], ...] = (
    AccountGroup,
    Trade,
    Algo,
    Market,
    Public,
    Rubik,
    Status,
    Support,
    Funding,
    Convert,
    Subaccount,
    Spread,
    Rfqs,
    Grid,
    Dca,
    Recurring,
    Signal,
    CopyTrading,
    Savings,
    SimpleEarnFixed,
    FlashEarn,
    StableRewards,
    Okusd,
    OnchainEarn,
    EthStaking,
    SolStaking,
    DualInvest,
    FlexibleLoan,
    Fiat,
    Affiliate,
    Broker,
    Glp,
    Insight,
    Skills,
)


def all_endpoints() -> list[Endpoint]:
    """Every declared endpoint, group by group."""
    return [endpoint for group in GROUPS for endpoint in group.endpoints]


@functools.cache
def endpoints_by_path() -> Mapping[tuple[str, str], Endpoint]:
    """Every declared endpoint by method and path; made once, as declarations do not change."""
    return {(endpoint.method, endpoint.path): endpoint for endpoint in all_endpoints()}
