"""OKX's REST endpoints, one group a file; a method without a body is a whole endpoint.

A file is loaded when one of its names is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
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
    from okx_sync.exchanges.okx.rest.groups import AllGroups, all_endpoints, find_endpoint
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
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "account": "AccountGroup",
            "affiliate": "Affiliate",
            "algo": "Algo",
            "bodies_block": (
                "ExecutedLeg NewAllocation NewAllocationLeg NewMakerInstrument NewMakerSetting NewQuoteLeg "
                "NewRfqLeg"
            ),
            "bodies_bots": (
                "EntrySetting ExitChange ExitSetting NewDcaTrigger NewGridTrigger NewRecurringPart "
                "NewRecurringRange StopBot StopGrid"
            ),
            "bodies_funding": "CoinAmount Recipient",
            "broker": "Broker",
            "convert": "Convert",
            "copytrading": "CopyTrading",
            "dca": "Dca",
            "dialect": "OkxRestDialect new_cl_ord_id",
            "dual_invest": "DualInvest",
            "fiat": "Fiat",
            "flexible_loan": "FlexibleLoan",
            "funding": "Funding",
            "grid": "Grid",
            "groups": "AllGroups all_endpoints find_endpoint",
            "market": "Market",
            "programs": "Glp Insight Skills",
            "public": "Public",
            "recurring": "Recurring",
            "requests": "AmendOrder AttachedAlgo AttachedAlgoChange CancelOrder NewOrder",
            "requests_account": "DemoAdjustment GraphAsset MmrConfig MoveFrom MoveLeg MoveTo SimAsset SimPosition",
            "requests_algo": "AlgoAttachedChange AlgoOrderId ChaseParam ChaseParamChange TriggerParam",
            "rfq": "Rfqs",
            "rubik": "Rubik",
            "savings": "FlashEarn Okusd Savings SimpleEarnFixed StableRewards",
            "signal": "Signal",
            "spread": "Spread",
            "staking": "EthStaking OnchainEarn SolStaking",
            "status": "Status",
            "subaccount": "Subaccount",
            "support": "Support",
            "trade": "Trade",
        },
    )

__all__ = [
    "AccountGroup",
    "Affiliate",
    "Algo",
    "AlgoAttachedChange",
    "AlgoOrderId",
    "AllGroups",
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
    "find_endpoint",
    "new_cl_ord_id",
]
