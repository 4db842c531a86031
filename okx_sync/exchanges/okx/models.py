"""OKX's rows that streams push, each from the folder of its family. Fields keep OKX's own spelling.

A family is loaded when one of its classes is asked for. Rows that only REST answers with are in ``models`` of
their family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.account.models import (
        Account,
        AccountDetail,
        BalanceAndPosition,
        BalanceData,
        CloseOrderAlgo,
        Position,
        PositionData,
        TradeData,
    )
    from okx_sync.exchanges.okx.algo.models import (
        AdvancedAlgoOrder,
        AlgoAttachedOrder,
        AlgoOrder,
        ChaseParams,
        LinkedOrder,
    )
    from okx_sync.exchanges.okx.block.models import (
        BlockAllocation,
        BlockAllocationLeg,
        BlockTicker,
        BlockTrade,
        BlockTradeLeg,
        PublicBlockLeg,
        PublicBlockTrade,
        PublicStrucBlockTrade,
        Quote,
        QuoteLeg,
        Rfq,
        RfqAllocation,
        RfqAllocationLeg,
        RfqLeg,
    )
    from okx_sync.exchanges.okx.copytrading.models import CopyNotification, LeadNotification
    from okx_sync.exchanges.okx.dca.models import RecurringBuy, RecurringPart
    from okx_sync.exchanges.okx.funding.models import Deposit, Withdrawal, WithdrawalAddressExtra
    from okx_sync.exchanges.okx.grid.models import (
        ContractGridOrder,
        GridOrder,
        GridPosition,
        GridRebate,
        GridSubOrder,
        GridTrigger,
        SpotGridOrder,
    )
    from okx_sync.exchanges.okx.market.models import (
        BookUpdate,
        CallAuction,
        Candle,
        ElpBookUpdate,
        IndexCandle,
        MarkPriceCandle,
        OptionTrade,
        RpiBookUpdate,
        RpiLevel,
        SpreadCandle,
        Ticker,
        Trade,
        TradeAll,
    )
    from okx_sync.exchanges.okx.public.models import (
        EconomicEvent,
        EstimatedPrice,
        EventContractMarket,
        FundingRate,
        IndexTicker,
        Instrument,
        MarkPrice,
        OpenInterest,
        OptionSummary,
        PriceLimit,
        SystemStatus,
        UpcomingChange,
    )
    from okx_sync.exchanges.okx.risk.models import (
        AccountGreeks,
        AdlWarning,
        LiquidationDetail,
        LiquidationOrder,
        LiquidationWarning,
    )
    from okx_sync.exchanges.okx.spread.models import (
        SpreadBookUpdate,
        SpreadFill,
        SpreadFillLeg,
        SpreadOrder,
        SpreadTicker,
        SpreadTrade,
    )
    from okx_sync.exchanges.okx.trade.models import AttachedAlgoOrder, Fill, LinkedAlgoOrder, Order
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "account.models": (
                "Account AccountDetail BalanceAndPosition BalanceData CloseOrderAlgo Position PositionData TradeData"
            ),
            "algo.models": "AdvancedAlgoOrder AlgoAttachedOrder AlgoOrder ChaseParams LinkedOrder",
            "block.models": (
                "BlockAllocation BlockAllocationLeg BlockTicker BlockTrade BlockTradeLeg PublicBlockLeg "
                "PublicBlockTrade PublicStrucBlockTrade Quote QuoteLeg Rfq RfqAllocation RfqAllocationLeg RfqLeg"
            ),
            "copytrading.models": "CopyNotification LeadNotification",
            "dca.models": "RecurringBuy RecurringPart",
            "funding.models": "Deposit Withdrawal WithdrawalAddressExtra",
            "grid.models": "ContractGridOrder GridOrder GridPosition GridRebate GridSubOrder GridTrigger SpotGridOrder",
            "market.models": (
                "BookUpdate CallAuction Candle ElpBookUpdate IndexCandle MarkPriceCandle OptionTrade RpiBookUpdate "
                "RpiLevel SpreadCandle Ticker Trade TradeAll"
            ),
            "public.models": (
                "EconomicEvent EstimatedPrice EventContractMarket FundingRate IndexTicker Instrument MarkPrice "
                "OpenInterest OptionSummary PriceLimit SystemStatus UpcomingChange"
            ),
            "risk.models": "AccountGreeks AdlWarning LiquidationDetail LiquidationOrder LiquidationWarning",
            "spread.models": "SpreadBookUpdate SpreadFill SpreadFillLeg SpreadOrder SpreadTicker SpreadTrade",
            "trade.models": "AttachedAlgoOrder Fill LinkedAlgoOrder Order",
        },
        root="okx_sync.exchanges.okx",
    )

__all__ = [
    "Account",
    "AccountDetail",
    "AccountGreeks",
    "AdlWarning",
    "AdvancedAlgoOrder",
    "AlgoAttachedOrder",
    "AlgoOrder",
    "AttachedAlgoOrder",
    "BalanceAndPosition",
    "BalanceData",
    "BlockAllocation",
    "BlockAllocationLeg",
    "BlockTicker",
    "BlockTrade",
    "BlockTradeLeg",
    "BookUpdate",
    "CallAuction",
    "Candle",
    "ChaseParams",
    "CloseOrderAlgo",
    "ContractGridOrder",
    "CopyNotification",
    "Deposit",
    "EconomicEvent",
    "ElpBookUpdate",
    "EstimatedPrice",
    "EventContractMarket",
    "Fill",
    "FundingRate",
    "GridOrder",
    "GridPosition",
    "GridRebate",
    "GridSubOrder",
    "GridTrigger",
    "IndexCandle",
    "IndexTicker",
    "Instrument",
    "LeadNotification",
    "LinkedAlgoOrder",
    "LinkedOrder",
    "LiquidationDetail",
    "LiquidationOrder",
    "LiquidationWarning",
    "MarkPrice",
    "MarkPriceCandle",
    "OpenInterest",
    "OptionSummary",
    "OptionTrade",
    "Order",
    "Position",
    "PositionData",
    "PriceLimit",
    "PublicBlockLeg",
    "PublicBlockTrade",
    "PublicStrucBlockTrade",
    "Quote",
    "QuoteLeg",
    "RecurringBuy",
    "RecurringPart",
    "Rfq",
    "RfqAllocation",
    "RfqAllocationLeg",
    "RfqLeg",
    "RpiBookUpdate",
    "RpiLevel",
    "SpotGridOrder",
    "SpreadBookUpdate",
    "SpreadCandle",
    "SpreadFill",
    "SpreadFillLeg",
    "SpreadOrder",
    "SpreadTicker",
    "SpreadTrade",
    "SystemStatus",
    "Ticker",
    "Trade",
    "TradeAll",
    "TradeData",
    "UpcomingChange",
    "Withdrawal",
    "WithdrawalAddressExtra",
]
