"""The exchange that the cases of a file share."""

from __future__ import annotations

from tests.paper.rules.conftest import exchange as exchange
