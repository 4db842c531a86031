"""The objects of calls about money. Names are those of the wire in snake_case."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rows import documented

__all__ = ["Recipient"]


@documented
@frozen
class Recipient:
    """The recipient of a withdrawal, for the travel rule; what is needed depends on the country."""

    wallet_type: str
    """Either "exchange" or "private"."""
    exch_id: str | None = None
    """Wallets of exchanges: the exchange, by ``funding.get_exchanges``; "0" for one that is not listed."""
    rcvr_first_name: str | None = None
    rcvr_last_name: str | None = None
    rcvr_country: str | None = None
    """English name of the country, or its two letters by ISO 3166-1."""
    rcvr_country_sub_division: str | None = None
    rcvr_town_name: str | None = None
    rcvr_street_name: str | None = None
