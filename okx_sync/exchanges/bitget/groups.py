"""All groups of Bitget's REST API as attributes of one object; the client is one. None is declared yet."""

from __future__ import annotations

from okx_sync.exchanges.groups import LateGroups

__all__ = ["BitgetGroups"]


class BitgetGroups(LateGroups):
    """The groups, each carried out by ``carrier``."""
