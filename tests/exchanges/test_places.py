"""Where a dialect keeps topics: whatever it says belongs to a topic must be looked for where that topic is kept."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.exchanges.bitget.channels import TABLES as BITGET
from okx_sync.exchanges.bitget.dialect import dialect_for as bitget
from okx_sync.exchanges.bybit.channels import CHANNELS as BYBIT
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import dialect_for as bybit
from okx_sync.exchanges.okx.channels import CHANNELS as OKX
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Dialect, Topic

DIALECTS: Final[dict[str, tuple[Dialect, list[str]]]] = {
    "okx": (OkxDialect(), sorted(OKX)),
    **{f"bitget {one}": (bitget(one), sorted(BITGET[one].rows)) for one in BITGET},
    **{f"bybit {one}": (bybit(BybitConfig(protocol=one)), sorted(BYBIT[one].rows)) for one in BYBIT},
}
NAMES: Final = ("instId", "instType", "instFamily", "symbol", "coin", "ccy", "uid", "topic", "interval")
VALUES: Final = ("BTC-USDT", "btc-usdt", "linear", "SWAP", "X", "order", "order.linear")
ARGS: Final = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3)


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.data())
def test_what_matches_a_topic_is_looked_for_where_it_is_kept(name: str, data: st.DataObject) -> None:
    """Arguments of any case, more of them than asked for, and fewer."""
    dialect, channels = DIALECTS[name]
    channel = data.draw(st.sampled_from(channels))
    topic = Topic.of(channel, **data.draw(ARGS))
    said = {"channel": channel, "topic": channel} | data.draw(st.sampled_from([topic.arg, dict(topic.args)]))
    arg = {key: value for key, value in said.items() if data.draw(st.integers(0, 5))} | data.draw(ARGS)
    if dialect.matches(topic, arg):
        assert dialect.place(topic) in set(dialect.places(arg))
