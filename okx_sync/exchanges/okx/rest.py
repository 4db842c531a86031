"""OKX's REST endpoints, each group from the folder of its family, and what requests are made of.

A method without a body is a whole endpoint. A file is loaded when one of its names is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.account.rest import AccountGroup
    from okx_sync.exchanges.okx.account_settings.requests import DemoAdjustment
    from okx_sync.exchanges.okx.algo.requests import (
        AlgoAttachedChange,
        AlgoOrderId,
        ChaseParam,
        ChaseParamChange,
        TriggerParam,
    )
    from okx_sync.exchanges.okx.algo.rest import Algo
    from okx_sync.exchanges.okx.block.requests import (
        ExecutedLeg,
        NewAllocation,
        NewAllocationLeg,
        NewMakerInstrument,
        NewMakerSetting,
        NewQuoteLeg,
        NewRfqLeg,
    )
    from okx_sync.exchanges.okx.block.rest import Rfqs
    from okx_sync.exchanges.okx.copytrading.rest import CopyTrading
    from okx_sync.exchanges.okx.dca.requests import NewDcaTrigger, NewRecurringPart, NewRecurringRange
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
    from okx_sync.exchanges.okx.funding.requests import Recipient
    from okx_sync.exchanges.okx.funding.rest import Convert, Fiat, Funding
    from okx_sync.exchanges.okx.grid.requests import NewGridTrigger, StopGrid
    from okx_sync.exchanges.okx.grid.rest import Grid
    from okx_sync.exchanges.okx.groups import AllGroups, all_endpoints, find_endpoint
    from okx_sync.exchanges.okx.market.rest import Market, Rubik
    from okx_sync.exchanges.okx.programs.rest import Affiliate, Broker, Glp, Insight, Skills
    from okx_sync.exchanges.okx.public.rest import Public, Status, Support
    from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect, new_cl_ord_id
    from okx_sync.exchanges.okx.risk.requests import (
        GraphAsset,
        MmrConfig,
        MoveFrom,
        MoveLeg,
        MoveTo,
        SimAsset,
        SimPosition,
    )
    from okx_sync.exchanges.okx.shared_requests import CoinAmount, StopBot
    from okx_sync.exchanges.okx.signal.requests import EntrySetting, ExitChange, ExitSetting
    from okx_sync.exchanges.okx.signal.rest import Signal
    from okx_sync.exchanges.okx.spread.rest import Spread
    from okx_sync.exchanges.okx.staking.rest import EthStaking, OnchainEarn, SolStaking
    from okx_sync.exchanges.okx.subaccount.rest import Subaccount
    from okx_sync.exchanges.okx.trade.requests import (
        AmendOrder,
        AttachedAlgo,
        AttachedAlgoChange,
        CancelOrder,
        NewOrder,
    )
    from okx_sync.exchanges.okx.trade.rest import Trade
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "account.rest": "AccountGroup",
            "account_settings.requests": "DemoAdjustment",
            "algo.requests": "AlgoAttachedChange AlgoOrderId ChaseParam ChaseParamChange TriggerParam",
            "algo.rest": "Algo",
            "block.requests": (
                "ExecutedLeg NewAllocation NewAllocationLeg NewMakerInstrument NewMakerSetting NewQuoteLeg NewRfqLeg"
            ),
            "block.rest": "Rfqs",
            "copytrading.rest": "CopyTrading",
            "dca.requests": "NewDcaTrigger NewRecurringPart NewRecurringRange",
            "dca.rest": "Dca Recurring",
            "earning.rest": "DualInvest FlashEarn FlexibleLoan Okusd Savings SimpleEarnFixed StableRewards",
            "funding.requests": "Recipient",
            "funding.rest": "Convert Fiat Funding",
            "grid.requests": "NewGridTrigger StopGrid",
            "grid.rest": "Grid",
            "groups": "AllGroups all_endpoints find_endpoint",
            "market.rest": "Market Rubik",
            "programs.rest": "Affiliate Broker Glp Insight Skills",
            "public.rest": "Public Status Support",
            "rest_dialect": "OkxRestDialect new_cl_ord_id",
            "risk.requests": "GraphAsset MmrConfig MoveFrom MoveLeg MoveTo SimAsset SimPosition",
            "shared_requests": "CoinAmount StopBot",
            "signal.requests": "EntrySetting ExitChange ExitSetting",
            "signal.rest": "Signal",
            "spread.rest": "Spread",
            "staking.rest": "EthStaking OnchainEarn SolStaking",
            "subaccount.rest": "Subaccount",
            "trade.requests": "AmendOrder AttachedAlgo AttachedAlgoChange CancelOrder NewOrder",
            "trade.rest": "Trade",
        },
        root="okx_sync.exchanges.okx",
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
