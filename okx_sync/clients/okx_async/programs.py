"""Groups of programmes and insight. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.programs.rest import Affiliate, Broker, Glp, Insight, Skills

__all__ = ["AsyncAffiliate", "AsyncBroker", "AsyncGlp", "AsyncInsight", "AsyncSkills"]


class AsyncAffiliate(AsyncTwin[Affiliate]):
    """``client.affiliate``, awaitable."""

    get_performance = awaitable(Affiliate.get_performance)
    get_invitees = awaitable(Affiliate.get_invitees)
    iter_invitees = iterable(Affiliate.iter_invitees)
    get_invitee = awaitable(Affiliate.get_invitee)
    get_links = awaitable(Affiliate.get_links)
    iter_links = iterable(Affiliate.iter_links)
    get_co_inviters = awaitable(Affiliate.get_co_inviters)
    iter_co_inviters = iterable(Affiliate.iter_co_inviters)
    get_sub_affiliates = awaitable(Affiliate.get_sub_affiliates)
    iter_sub_affiliates = iterable(Affiliate.iter_sub_affiliates)
    get_tvb_performance = awaitable(Affiliate.get_tvb_performance)
    get_tvb_invitees = awaitable(Affiliate.get_tvb_invitees)
    iter_tvb_invitees = iterable(Affiliate.iter_tvb_invitees)
    get_tvb_invitee = awaitable(Affiliate.get_tvb_invitee)
    get_tvb_links = awaitable(Affiliate.get_tvb_links)
    iter_tvb_links = iterable(Affiliate.iter_tvb_links)
    get_tvb_tiers = awaitable(Affiliate.get_tvb_tiers)


class AsyncBroker(AsyncTwin[Broker]):
    """``client.broker``, awaitable."""

    get_dma_subaccounts = awaitable(Broker.get_dma_subaccounts)
    iter_dma_subaccounts = iterable(Broker.iter_dma_subaccounts)
    get_dma_trade_fees = awaitable(Broker.get_dma_trade_fees)
    iter_dma_trade_fees = iterable(Broker.iter_dma_trade_fees)
    get_dma_api_keys = awaitable(Broker.get_dma_api_keys)
    create_dma_api_key = awaitable(Broker.create_dma_api_key)
    request_dma_trades = awaitable(Broker.request_dma_trades)
    get_dma_rebate_files = awaitable(Broker.get_dma_rebate_files)
    request_fd_rebates = awaitable(Broker.request_fd_rebates)
    get_fd_rebate_files = awaitable(Broker.get_fd_rebate_files)
    get_fd_rebate_state = awaitable(Broker.get_fd_rebate_state)


class AsyncGlp(AsyncTwin[Glp]):
    """``client.glp``, awaitable."""

    get_today = awaitable(Glp.get_today)
    get_history = awaitable(Glp.get_history)


class AsyncInsight(AsyncTwin[Insight]):
    """``client.insight``, awaitable."""

    get_indicators = awaitable(Insight.get_indicators)
    filter_market = awaitable(Insight.filter_market)
    filter_oi_change = awaitable(Insight.filter_oi_change)
    get_oi_history = awaitable(Insight.get_oi_history)
    get_sentiment = awaitable(Insight.get_sentiment)
    get_sentiment_ranking = awaitable(Insight.get_sentiment_ranking)
    search_news = awaitable(Insight.search_news)
    get_news = awaitable(Insight.get_news)
    get_news_platforms = awaitable(Insight.get_news_platforms)


class AsyncSkills(AsyncTwin[Skills]):
    """``client.skills``, awaitable."""

    get_categories = awaitable(Skills.get_categories)
    search = awaitable(Skills.search)
    iter_search = iterable(Skills.iter_search)
    get_download_token = awaitable(Skills.get_download_token)
    download = awaitable(Skills.download)
