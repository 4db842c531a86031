"""OKX's rows as classes, split by family. Fields keep OKX's own spelling; units are in comments beside them.

A family is loaded when one of its classes is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.lazy import late_names

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.models.account import (
        Account,
        AccountDetail,
        BalanceAndPosition,
        BalanceData,
        CloseOrderAlgo,
        Position,
        PositionData,
        TradeData,
    )
    from okx_sync.exchanges.okx.models.account_risk import AccountGreeks, LiquidationWarning
    from okx_sync.exchanges.okx.models.algo import (
        AdvancedAlgoOrder,
        AlgoAttachedOrder,
        AlgoOrder,
        ChaseParams,
        LinkedOrder,
    )
    from okx_sync.exchanges.okx.models.block import (
        BlockAllocation,
        BlockAllocationLeg,
        BlockTrade,
        BlockTradeLeg,
        Quote,
        QuoteLeg,
        Rfq,
        RfqAllocation,
        RfqAllocationLeg,
        RfqLeg,
    )
    from okx_sync.exchanges.okx.models.block_public import (
        BlockTicker,
        PublicBlockLeg,
        PublicBlockTrade,
        PublicStrucBlockTrade,
    )
    from okx_sync.exchanges.okx.models.books import BookUpdate, ElpBookUpdate, RpiBookUpdate, RpiLevel
    from okx_sync.exchanges.okx.models.calendar import EconomicEvent, EventContractMarket
    from okx_sync.exchanges.okx.models.candles import Candle, IndexCandle, MarkPriceCandle, SpreadCandle
    from okx_sync.exchanges.okx.models.copy_trading import CopyNotification, LeadNotification
    from okx_sync.exchanges.okx.models.funding import Deposit, Withdrawal, WithdrawalAddressExtra
    from okx_sync.exchanges.okx.models.grid import (
        ContractGridOrder,
        GridOrder,
        GridPosition,
        GridRebate,
        GridSubOrder,
        GridTrigger,
        SpotGridOrder,
    )
    from okx_sync.exchanges.okx.models.market import CallAuction, OptionTrade, Ticker, Trade, TradeAll
    from okx_sync.exchanges.okx.models.options import OptionSummary
    from okx_sync.exchanges.okx.models.orders import AttachedAlgoOrder, Fill, LinkedAlgoOrder, Order
    from okx_sync.exchanges.okx.models.public import (
        FundingRate,
        IndexTicker,
        Instrument,
        MarkPrice,
        OpenInterest,
        PriceLimit,
        UpcomingChange,
    )
    from okx_sync.exchanges.okx.models.recurring import RecurringBuy, RecurringPart
    from okx_sync.exchanges.okx.models.risk import AdlWarning, EstimatedPrice, LiquidationDetail, LiquidationOrder
    from okx_sync.exchanges.okx.models.spread import (
        SpreadBookUpdate,
        SpreadFill,
        SpreadFillLeg,
        SpreadOrder,
        SpreadTicker,
        SpreadTrade,
    )
    from okx_sync.exchanges.okx.models.status import SystemStatus
else:
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "account": (
                "Account AccountDetail BalanceAndPosition BalanceData CloseOrderAlgo Position PositionData "
                "TradeData"
            ),
            "account_risk": "AccountGreeks LiquidationWarning",
            "algo": "AdvancedAlgoOrder AlgoAttachedOrder AlgoOrder ChaseParams LinkedOrder",
            "block": (
                "BlockAllocation BlockAllocationLeg BlockTrade BlockTradeLeg Quote QuoteLeg Rfq RfqAllocation "
                "RfqAllocationLeg RfqLeg"
            ),
            "block_public": "BlockTicker PublicBlockLeg PublicBlockTrade PublicStrucBlockTrade",
            "books": "BookUpdate ElpBookUpdate RpiBookUpdate RpiLevel",
            "calendar": "EconomicEvent EventContractMarket",
            "candles": "Candle IndexCandle MarkPriceCandle SpreadCandle",
            "copy_trading": "CopyNotification LeadNotification",
            "funding": "Deposit Withdrawal WithdrawalAddressExtra",
            "grid": "ContractGridOrder GridOrder GridPosition GridRebate GridSubOrder GridTrigger SpotGridOrder",
            "market": "CallAuction OptionTrade Ticker Trade TradeAll",
            "options": "OptionSummary",
            "orders": "AttachedAlgoOrder Fill LinkedAlgoOrder Order",
            "public": "FundingRate IndexTicker Instrument MarkPrice OpenInterest PriceLimit UpcomingChange",
            "recurring": "RecurringBuy RecurringPart",
            "risk": "AdlWarning EstimatedPrice LiquidationDetail LiquidationOrder",
            "spread": "SpreadBookUpdate SpreadFill SpreadFillLeg SpreadOrder SpreadTicker SpreadTrade",
            "status": "SystemStatus",
        },
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
