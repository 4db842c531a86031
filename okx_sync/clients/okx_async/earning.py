"""Groups of earning products. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.earning.rest import DualInvest, FlashEarn, Okusd, Savings, SimpleEarnFixed, StableRewards
from okx_sync.exchanges.okx.staking.rest import EthStaking, OnchainEarn, SolStaking

__all__ = [
    "AsyncDualInvest",
    "AsyncEthStaking",
    "AsyncFlashEarn",
    "AsyncOkusd",
    "AsyncOnchainEarn",
    "AsyncSavings",
    "AsyncSimpleEarnFixed",
    "AsyncSolStaking",
    "AsyncStableRewards",
]


class AsyncSavings(AsyncTwin[Savings]):
    """``client.savings``, awaitable."""

    get_balances = awaitable(Savings.get_balances)
    subscribe_or_redeem = awaitable(Savings.subscribe_or_redeem)
    set_lending_rate = awaitable(Savings.set_lending_rate)
    get_lending_history = awaitable(Savings.get_lending_history)
    iter_lending_history = iterable(Savings.iter_lending_history)
    get_rate_summary = awaitable(Savings.get_rate_summary)
    get_rate_history = awaitable(Savings.get_rate_history)
    iter_rate_history = iterable(Savings.iter_rate_history)


class AsyncSimpleEarnFixed(AsyncTwin[SimpleEarnFixed]):
    """``client.simple_earn_fixed``, awaitable."""

    get_offers = awaitable(SimpleEarnFixed.get_offers)
    get_orders = awaitable(SimpleEarnFixed.get_orders)
    subscribe = awaitable(SimpleEarnFixed.subscribe)
    redeem = awaitable(SimpleEarnFixed.redeem)


class AsyncFlashEarn(AsyncTwin[FlashEarn]):
    """``client.flash_earn``, awaitable."""

    get_projects = awaitable(FlashEarn.get_projects)


class AsyncStableRewards(AsyncTwin[StableRewards]):
    """``client.stable_rewards``, awaitable."""

    get_apy_history = awaitable(StableRewards.get_apy_history)
    get_balance = awaitable(StableRewards.get_balance)
    get_product_info = awaitable(StableRewards.get_product_info)


class AsyncOkusd(AsyncTwin[Okusd]):
    """``client.okusd``, awaitable."""

    get_account = awaitable(Okusd.get_account)
    get_limits = awaitable(Okusd.get_limits)
    get_rate_history = awaitable(Okusd.get_rate_history)
    iter_rate_history = iterable(Okusd.iter_rate_history)
    subscribe = awaitable(Okusd.subscribe)
    redeem = awaitable(Okusd.redeem)
    get_subscriptions = awaitable(Okusd.get_subscriptions)
    iter_subscriptions = iterable(Okusd.iter_subscriptions)
    get_redemptions = awaitable(Okusd.get_redemptions)
    iter_redemptions = iterable(Okusd.iter_redemptions)
    get_rewards = awaitable(Okusd.get_rewards)
    iter_rewards = iterable(Okusd.iter_rewards)


class AsyncOnchainEarn(AsyncTwin[OnchainEarn]):
    """``client.onchain_earn``, awaitable."""

    get_offers = awaitable(OnchainEarn.get_offers)
    subscribe = awaitable(OnchainEarn.subscribe)
    redeem = awaitable(OnchainEarn.redeem)
    cancel = awaitable(OnchainEarn.cancel)
    get_orders_active = awaitable(OnchainEarn.get_orders_active)
    get_orders_history = awaitable(OnchainEarn.get_orders_history)
    iter_orders_history = iterable(OnchainEarn.iter_orders_history)


class AsyncEthStaking(AsyncTwin[EthStaking]):
    """``client.eth_staking``, awaitable."""

    get_product_info = awaitable(EthStaking.get_product_info)
    stake = awaitable(EthStaking.stake)
    redeem = awaitable(EthStaking.redeem)
    cancel_redeem = awaitable(EthStaking.cancel_redeem)
    get_balance = awaitable(EthStaking.get_balance)
    get_history = awaitable(EthStaking.get_history)
    iter_history = iterable(EthStaking.iter_history)
    get_apy_history = awaitable(EthStaking.get_apy_history)


class AsyncSolStaking(AsyncTwin[SolStaking]):
    """``client.sol_staking``, awaitable."""

    get_product_info = awaitable(SolStaking.get_product_info)
    stake = awaitable(SolStaking.stake)
    redeem = awaitable(SolStaking.redeem)
    cancel_redeem = awaitable(SolStaking.cancel_redeem)
    get_balance = awaitable(SolStaking.get_balance)
    get_history = awaitable(SolStaking.get_history)
    iter_history = iterable(SolStaking.iter_history)
    get_apy_history = awaitable(SolStaking.get_apy_history)


class AsyncDualInvest(AsyncTwin[DualInvest]):
    """``client.dual_invest``, awaitable."""

    get_currency_pairs = awaitable(DualInvest.get_currency_pairs)
    get_products = awaitable(DualInvest.get_products)
    get_quote = awaitable(DualInvest.get_quote)
    subscribe = awaitable(DualInvest.subscribe)
    get_redeem_quote = awaitable(DualInvest.get_redeem_quote)
    redeem = awaitable(DualInvest.redeem)
    get_order_status = awaitable(DualInvest.get_order_status)
    get_order_history = awaitable(DualInvest.get_order_history)
    iter_order_history = iterable(DualInvest.iter_order_history)
