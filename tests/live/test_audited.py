"""``ClientAudits`` without a REST side, and what ``audit`` refuses before anything is subscribed."""

from __future__ import annotations

from typing import Any, cast

import pytest

from okx_sync import ConfigError
from okx_sync.live.audited import Audited, AuditQueries, ClientAudits
from okx_sync.live.reporter import Reporter
from okx_sync.timing import Clock
from okx_sync.types import AccountUpdate


class Client(Audited):
    """As far as it is needed: nothing is subscribed where the call is refused."""

    def __init__(self, queries: AuditQueries | None) -> None:
        nobody = cast(Any, None)
        self._audits = ClientAudits(nobody, queries, Reporter(nobody), nobody, Clock())


QUERIES = AuditQueries(positions=list, account=AccountUpdate, open_orders=list, look_up=lambda _order: None)


def test_without_rest_there_is_nothing_to_compare_with() -> None:
    """The error says what helps."""
    with pytest.raises(ConfigError, match="nothing to audit") as caught:
        Client(None).audit()
    assert caught.value.hint


@pytest.mark.parametrize("wrong", [{"of": ()}, {"of": ["fills"]}, {"every_s": 0}, {"recheck_s": -1}])
def test_wrong_arguments(wrong: dict[str, Any]) -> None:
    """Each is told by name."""
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        Client(QUERIES).audit(**wrong)
