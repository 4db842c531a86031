"""OKX V5. One folder for each family of channels and endpoints.

In a family's folder ``models`` has the rows, those that streams push and those that REST answers with; ``streams`` has
the ``subscribe_*`` methods, ``rest`` the endpoints, ``requests`` what they take besides plain parameters. Small
families stand together:

- ``market``: tickers, trades, order books, and all candles, those of spreads, too; the group ``rubik``: statistics
- ``public``: the group ``public`` and its channels, event contracts and the economic calendar among them; groups
  ``status`` and ``support``
- ``account``: balances, positions, limits, fees; the rest of the group ``account`` is in ``account_settings``,
  ``bills`` (with interest and loans) and ``risk`` (with liquidations, tiers and collateral of the whole market)
- ``funding``: groups ``funding``, ``convert`` and ``fiat``
- ``block``: the group ``rfq`` and public block trades; ``spread``
- ``trade``; ``algo``; ``grid``; ``dca``: DCA bots and recurring buys; ``signal``; ``copytrading``
- ``earning``: Simple Earn, flash earn, stablecoin rewards, OKUSD, dual investment, flexible loans; ``staking``:
  on-chain earn, ETH, SOL
- ``subaccount``; ``programs``: affiliates, brokers, market makers, services for agent tools
"""
