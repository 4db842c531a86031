"""The example answers of all groups beyond trading and market data, put together."""

from __future__ import annotations

from okx_sync.paper.okx.rest import (
    examples_bots,
    examples_copytrading,
    examples_earn,
    examples_fiat,
    examples_funding,
    examples_grid,
    examples_loan,
    examples_programs,
    examples_rfq,
    examples_staking,
    examples_subaccount,
)
from okx_sync.paper.okx.rest.call import RestEndpoint

_PARTS = (
    examples_bots,
    examples_copytrading,
    examples_earn,
    examples_fiat,
    examples_funding,
    examples_grid,
    examples_loan,
    examples_programs,
    examples_rfq,
    examples_staking,
    examples_subaccount,
)

ENDPOINTS: tuple[RestEndpoint, ...] = tuple(one for part in _PARTS for one in part.ENDPOINTS)
