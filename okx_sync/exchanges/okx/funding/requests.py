"""What calls about money take besides plain parameters. Names are those of the wire in snake_case."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Recipient"]


@frozen
class Recipient:
    """Who gets a withdrawal, for the travel rule; what is needed depends on the country."""

    wallet_type: str
    exch_id: str | None = None
    rcvr_first_name: str | None = None
    rcvr_last_name: str | None = None
    rcvr_country: str | None = None
    rcvr_country_sub_division: str | None = None
    rcvr_town_name: str | None = None
    rcvr_street_name: str | None = None
