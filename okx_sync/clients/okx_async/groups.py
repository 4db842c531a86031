"""All groups of the asynchronous client as attributes of one object; the client is one. Loaded as those of it are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.clients.okx_async.account import AsyncAccount, AsyncSubaccount
    from okx_sync.clients.okx_async.bots import AsyncCopyTrading, AsyncDca, AsyncGrid, AsyncRecurring, AsyncSignal
    from okx_sync.clients.okx_async.earning import (
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
    from okx_sync.clients.okx_async.funding import AsyncConvert, AsyncFiat, AsyncFlexibleLoan, AsyncFunding
    from okx_sync.clients.okx_async.market import AsyncMarket, AsyncPublic, AsyncRubik, AsyncStatus, AsyncSupport
    from okx_sync.clients.okx_async.programs import AsyncAffiliate, AsyncBroker, AsyncGlp, AsyncInsight, AsyncSkills
    from okx_sync.clients.okx_async.trade import AsyncAlgo, AsyncRfqs, AsyncSpread, AsyncTrade
    from okx_sync.exchanges.okx.groups import AllGroups
    from okx_sync.live.call_pool import CallPool

__all__ = ["AsyncGroups"]

G = TypeVar("G")


class _Late(LatePart[G]):
    """The twin of a group: its file and its class."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(f"okx_sync.clients.okx_async.{file}", name)


class AsyncGroups:
    """The groups of ``client``, run on ``pool``."""

    def __init__(self, pool: CallPool, client: AllGroups) -> None:
        self._pool = pool
        self._client = client

    def _make_part(self, name: str, twin: Any) -> Any:
        return twin(self._pool, getattr(self._client, name))

    account: _Late[AsyncAccount] = _Late("account", "AsyncAccount")
    trade: _Late[AsyncTrade] = _Late("trade", "AsyncTrade")
    algo: _Late[AsyncAlgo] = _Late("trade", "AsyncAlgo")
    market: _Late[AsyncMarket] = _Late("market", "AsyncMarket")
    public: _Late[AsyncPublic] = _Late("market", "AsyncPublic")
    rubik: _Late[AsyncRubik] = _Late("market", "AsyncRubik")
    status: _Late[AsyncStatus] = _Late("market", "AsyncStatus")
    support: _Late[AsyncSupport] = _Late("market", "AsyncSupport")
    funding: _Late[AsyncFunding] = _Late("funding", "AsyncFunding")
    convert: _Late[AsyncConvert] = _Late("funding", "AsyncConvert")
    subaccount: _Late[AsyncSubaccount] = _Late("account", "AsyncSubaccount")
    spread: _Late[AsyncSpread] = _Late("trade", "AsyncSpread")
    rfq: _Late[AsyncRfqs] = _Late("trade", "AsyncRfqs")
    grid: _Late[AsyncGrid] = _Late("bots", "AsyncGrid")
    dca: _Late[AsyncDca] = _Late("bots", "AsyncDca")
    recurring: _Late[AsyncRecurring] = _Late("bots", "AsyncRecurring")
    signal: _Late[AsyncSignal] = _Late("bots", "AsyncSignal")
    copytrading: _Late[AsyncCopyTrading] = _Late("bots", "AsyncCopyTrading")
    savings: _Late[AsyncSavings] = _Late("earning", "AsyncSavings")
    simple_earn_fixed: _Late[AsyncSimpleEarnFixed] = _Late("earning", "AsyncSimpleEarnFixed")
    flash_earn: _Late[AsyncFlashEarn] = _Late("earning", "AsyncFlashEarn")
    stable_rewards: _Late[AsyncStableRewards] = _Late("earning", "AsyncStableRewards")
    okusd: _Late[AsyncOkusd] = _Late("earning", "AsyncOkusd")
    onchain_earn: _Late[AsyncOnchainEarn] = _Late("earning", "AsyncOnchainEarn")
    eth_staking: _Late[AsyncEthStaking] = _Late("earning", "AsyncEthStaking")
    sol_staking: _Late[AsyncSolStaking] = _Late("earning", "AsyncSolStaking")
    dual_invest: _Late[AsyncDualInvest] = _Late("earning", "AsyncDualInvest")
    flexible_loan: _Late[AsyncFlexibleLoan] = _Late("funding", "AsyncFlexibleLoan")
    fiat: _Late[AsyncFiat] = _Late("funding", "AsyncFiat")
    affiliate: _Late[AsyncAffiliate] = _Late("programs", "AsyncAffiliate")
    broker: _Late[AsyncBroker] = _Late("programs", "AsyncBroker")
    glp: _Late[AsyncGlp] = _Late("programs", "AsyncGlp")
    insight: _Late[AsyncInsight] = _Late("programs", "AsyncInsight")
    skills: _Late[AsyncSkills] = _Late("programs", "AsyncSkills")
