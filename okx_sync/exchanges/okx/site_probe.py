"""The site and mode that an API key belongs to, when others do not know it: ``Config(probe_sites=True)``.

OKX has three sites, each with a live and a demo side, and a key is good for one of the six. The probe asks the other
five with one reading call each and changes the hint of the error; nothing ever goes on to another site by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from okx_sync.errors import OkxError
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.urls import REST_ADDRESSES, is_known
from okx_sync.logs import get_logger
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.rest import Reply
    from okx_sync.rest.retry import CallFailure

__all__ = ["SiteProbe"]

log = get_logger("client")

_UNKNOWN_KEY: Final = frozenset({"50101", "50119", "60005", "60032"})
_PATH: Final = "/api/v5/account/config"
_LONGEST_S: Final = 5.0


class SiteProbe:
    """Finds the site and mode of a key, for errors that say "no such key here" (``HintSource``).

    Args:
        config: Of the client.
        clock: For the signatures.
    """

    what = "the key's site"
    longest_s = _LONGEST_S * len(REST_ADDRESSES)

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config = config
        self._clock = clock

    def concerns(self, error: OkxError) -> bool:
        """Tell whether an error says that OKX does not know the key, and other sites may be asked."""
        if not self._config.probe_sites or error.code not in _UNKNOWN_KEY or self._config.credentials is None:
            return False
        # Else it is a proxy or a paper exchange: its keys are no business of OKX's.
        return self._config.rest_url is None or is_known(self._config.rest_url)

    def find(self) -> str:
        """Ask the other sites one by one, some seconds each. Returns the hint."""
        silent = 0
        for site, simulated in REST_ADDRESSES:
            if (site, simulated) == (self._config.site, self._config.simulated):
                continue
            place = self._config.replace(
                site=site,
                simulated=simulated,
                rest_url=None,
                ws_public_url=None,
                ws_private_url=None,
                ws_business_url=None,
                timeout_secs=min(self._config.timeout_secs, _LONGEST_S),
            )
            outcome = self._ask(place)
            error = getattr(outcome, "error", None)
            log.info("the key at %s: %s", place.environment, error or "accepted")
            if error is None:
                return f"this key is accepted at Config(site={site!r}, simulated={simulated}): use that"
            silent += error.code is None
        told = f" ({silent} of them did not answer)" if silent else ""
        return f"no other site accepts this key either{told}: check api_key, and whether the key was deleted"

    def _ask(self, place: Config) -> Reply | CallFailure:
        # Streams need none of this until a key is refused.
        from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect
        from okx_sync.rest.dialect import Call
        from okx_sync.rest.http import HttpCaller
        from okx_sync.rest.route import Route

        route = Route.of(place)
        caller = HttpCaller(OkxRestDialect(place), route, self._clock)
        try:
            return caller.attempt(Call("GET", _PATH, signed=True))
        finally:
            caller.close()
