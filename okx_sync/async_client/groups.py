"""All groups of the asynchronous client as attributes of one object; the client is one."""

from __future__ import annotations

from okx_sync.async_client.account import AsyncAccount, AsyncSubaccount
from okx_sync.async_client.bots import AsyncCopyTrading, AsyncDca, AsyncGrid, AsyncRecurring, AsyncSignal
from okx_sync.async_client.earning import (
    AsyncDualInvest,
    AsyncEthStaking,
    AsyncFlashEarn,
    AsyncOkusd,
    AsyncOnchainEarn,
    AsyncSavings,
    AsyncSimpleEarnFixed,
    AsyncSolStaking,
    AsyncStableRewards,
)
from okx_sync.async_client.funding import AsyncConvert, AsyncFiat, AsyncFlexibleLoan, AsyncFunding
from okx_sync.async_client.market import AsyncMarket, AsyncPublic, AsyncRubik, AsyncStatus, AsyncSupport
from okx_sync.async_client.pool import Pool
from okx_sync.async_client.programs import AsyncAffiliate, AsyncBroker, AsyncGlp, AsyncInsight, AsyncSkills
from okx_sync.async_client.trade import AsyncAlgo, AsyncRfqs, AsyncSpread, AsyncTrade
from okx_sync.exchanges.okx.rest.groups import AllGroups

__all__ = ["AsyncGroups"]


class AsyncGroups:
    """The groups of ``client``, run on ``pool``."""

    def __init__(self, pool: Pool, client: AllGroups) -> None:
        self.account = AsyncAccount(pool, client.account)
        self.trade = AsyncTrade(pool, client.trade)
        self.algo = AsyncAlgo(pool, client.algo)
        self.market = AsyncMarket(pool, client.market)
        self.public = AsyncPublic(pool, client.public)
        self.rubik = AsyncRubik(pool, client.rubik)
        self.status = AsyncStatus(pool, client.status)
        self.support = AsyncSupport(pool, client.support)
        self.funding = AsyncFunding(pool, client.funding)
        self.convert = AsyncConvert(pool, client.convert)
        self.subaccount = AsyncSubaccount(pool, client.subaccount)
        self.spread = AsyncSpread(pool, client.spread)
        self.rfq = AsyncRfqs(pool, client.rfq)
        self.grid = AsyncGrid(pool, client.grid)
        self.dca = AsyncDca(pool, client.dca)
        self.recurring = AsyncRecurring(pool, client.recurring)
        self.signal = AsyncSignal(pool, client.signal)
        self.copytrading = AsyncCopyTrading(pool, client.copytrading)
        self.savings = AsyncSavings(pool, client.savings)
        self.simple_earn_fixed = AsyncSimpleEarnFixed(pool, client.simple_earn_fixed)
        self.flash_earn = AsyncFlashEarn(pool, client.flash_earn)
        self.stable_rewards = AsyncStableRewards(pool, client.stable_rewards)
        self.okusd = AsyncOkusd(pool, client.okusd)
        self.onchain_earn = AsyncOnchainEarn(pool, client.onchain_earn)
        self.eth_staking = AsyncEthStaking(pool, client.eth_staking)
        self.sol_staking = AsyncSolStaking(pool, client.sol_staking)
        self.dual_invest = AsyncDualInvest(pool, client.dual_invest)
        self.flexible_loan = AsyncFlexibleLoan(pool, client.flexible_loan)
        self.fiat = AsyncFiat(pool, client.fiat)
        self.affiliate = AsyncAffiliate(pool, client.affiliate)
        self.broker = AsyncBroker(pool, client.broker)
        self.glp = AsyncGlp(pool, client.glp)
        self.insight = AsyncInsight(pool, client.insight)
        self.skills = AsyncSkills(pool, client.skills)
