"""All groups of OKX's REST API as attributes of one object; the client is one."""

from __future__ import annotations

from okx_sync.exchanges.okx.rest import (
    AccountGroup,
    Affiliate,
    Algo,
    Broker,
    Convert,
    CopyTrading,
    Dca,
    DualInvest,
    EthStaking,
    Fiat,
    FlashEarn,
    FlexibleLoan,
    Funding,
    Glp,
    Grid,
    Insight,
    Market,
    Okusd,
    OnchainEarn,
    Public,
    Recurring,
    Rfqs,
    Rubik,
    Savings,
    Signal,
    SimpleEarnFixed,
    Skills,
    SolStaking,
    Spread,
    StableRewards,
    Status,
    Subaccount,
    Support,
    Trade,
)
from okx_sync.rest.endpoint import Carrier

__all__ = ["AllGroups"]


class AllGroups:
    """The groups, each carried out by ``carrier``."""

    def __init__(self, carrier: Carrier) -> None:
        self.account = AccountGroup(carrier)
        self.trade = Trade(carrier)
        self.algo = Algo(carrier)
        self.market = Market(carrier)
        self.public = Public(carrier)
        self.rubik = Rubik(carrier)
        self.status = Status(carrier)
        self.support = Support(carrier)
        self.funding = Funding(carrier)
        self.convert = Convert(carrier)
        self.subaccount = Subaccount(carrier)
        self.spread = Spread(carrier)
        self.rfq = Rfqs(carrier)
        self.grid = Grid(carrier)
        self.dca = Dca(carrier)
        self.recurring = Recurring(carrier)
        self.signal = Signal(carrier)
        self.copytrading = CopyTrading(carrier)
        self.savings = Savings(carrier)
        self.simple_earn_fixed = SimpleEarnFixed(carrier)
        self.flash_earn = FlashEarn(carrier)
        self.stable_rewards = StableRewards(carrier)
        self.okusd = Okusd(carrier)
        self.onchain_earn = OnchainEarn(carrier)
        self.eth_staking = EthStaking(carrier)
        self.sol_staking = SolStaking(carrier)
        self.dual_invest = DualInvest(carrier)
        self.flexible_loan = FlexibleLoan(carrier)
        self.fiat = Fiat(carrier)
        self.affiliate = Affiliate(carrier)
        self.broker = Broker(carrier)
        self.glp = Glp(carrier)
        self.insight = Insight(carrier)
        self.skills = Skills(carrier)
